"""Specialties and procedures of the teaching hospital (domain reference 8.2).

Each specialty's minutes are split into four sizes of operation, so that mean and CV over all its
cases are those of the reference; three kinds a size, two for the largest.
"""

import math
from typing import Final, NamedTuple

from data.demo.kinds import Branch, Kind


class _Specialty(NamedTuple):
    """A line of the reference: shares, minutes, chances; `nights` is the inpatients' median."""

    id: str
    name: str
    short: str
    share: float
    mean: int
    cv: float
    turnover: int
    day: float
    icu: float
    surgeons: int
    nights: int


_TABLE: Final = (
    _Specialty("ORTHO", "Orthopédie", "ORT", 13.0, 100, 0.52, 26, 0.50, 0.03, 16, 3),
    _Specialty("TRAUMA", "Traumatologie différée", "TRA", 6.0, 105, 0.50, 25, 0.15, 0.04, 8, 4),
    _Specialty("VISC", "Viscéral et hépatobiliaire", "VIS", 12.0, 140, 0.65, 28, 0.40, 0.12, 14, 4),
    _Specialty("URO", "Urologie et transplantation", "URO", 9.0, 100, 0.70, 22, 0.50, 0.02, 9, 2),
    _Specialty("GYN", "Gynécologie et sénologie", "GYN", 9.0, 90, 0.55, 20, 0.65, 0.01, 11, 2),
    _Specialty("ORL", "ORL et chirurgie maxillo-faciale", "ORL", 10.0, 110, 0.70, 20, 0.55, 0.04, 12, 1),
    _Specialty("OPH", "Ophtalmologie", "OPH", 14.0, 40, 0.55, 10, 0.96, 0.0, 11, 1),
    _Specialty("NEURO", "Neurochirurgie", "NEU", 6.0, 185, 0.50, 38, 0.05, 0.25, 9, 5),
    _Specialty("CARDIAC", "Chirurgie cardiaque", "CAR", 3.5, 270, 0.28, 50, 0.0, 1.0, 7, 8),
    _Specialty("THOR", "Chirurgie thoracique et vasculaire", "THO", 6.0, 150, 0.60, 32, 0.25, 0.20, 9, 5),
    _Specialty("PLAST", "Chirurgie plastique", "PLA", 4.0, 115, 0.70, 22, 0.60, 0.02, 6, 2),
    _Specialty("PED", "Chirurgie pédiatrique", "PED", 6.0, 75, 0.65, 18, 0.70, 0.03, 8, 2),
    _Specialty("STOMA", "Stomatologie", "STO", 1.5, 60, 0.50, 15, 0.85, 0.0, 3, 1),
)  # fmt: skip


class _Size(NamedTuple):
    """A size of operation: share of cases, mean against the specialty's, nights, chance of ICU."""

    id: str
    name: str
    share: float
    mean: float
    nights: float
    icu: float


_SIZES: Final = (
    _Size("S", "courte", 0.30, 0.45 / 0.975, 0.5, 0.2),
    _Size("M", "moyenne", 0.40, 0.85 / 0.975, 1.0, 0.6),
    _Size("L", "longue", 0.22, 1.40 / 0.975, 1.3, 1.8),
    _Size("XL", "majeure", 0.08, 2.40 / 0.975, 1.8, 3.7),
)
_SPREAD: Final = math.sqrt(sum(s.share * s.mean**2 for s in _SIZES) - 1)
"""CV of the means of the sizes; a specialty of smaller CV draws them nearer to one another."""

_WITHIN: Final = 0.3

_EQUIPMENT: Final = {
    ("ORTHO", "S"): ("ARTHRO",), ("ORTHO", "M"): ("AMPLI",), ("ORTHO", "L"): ("BOITE-PTH",),
    ("ORTHO", "XL"): ("BOITE-PTG",), ("TRAUMA", "S"): ("AMPLI",), ("TRAUMA", "M"): ("AMPLI",),
    ("VISC", "S"): ("COELIO",), ("VISC", "M"): ("COELIO",), ("URO", "S"): ("LASER",),
    ("URO", "M"): ("AMPLI",), ("URO", "XL"): ("ROBOT",), ("GYN", "M"): ("COELIO",),
    ("GYN", "XL"): ("ROBOT",), ("ORL", "M"): ("MICROSCOPE",), ("ORL", "S"): ("LASER",),
    ("OPH", "S"): ("MICROSCOPE",), ("OPH", "M"): ("MICROSCOPE",), ("OPH", "L"): ("MICROSCOPE",),
    ("NEURO", "L"): ("NAVIGATION",), ("NEURO", "XL"): ("NAVIGATION", "MICROSCOPE"),
    ("CARDIAC", "S"): ("CEC",), ("CARDIAC", "M"): ("CEC",), ("CARDIAC", "L"): ("CEC",),
    ("CARDIAC", "XL"): ("CEC",), ("THOR", "S"): ("AMPLI",), ("PED", "M"): ("COELIO",),
}  # fmt: skip
_FEATURES: Final = {
    ("ORTHO", "L"): ("laminar",), ("ORTHO", "XL"): ("laminar",), ("TRAUMA", "L"): ("laminar",),
    ("TRAUMA", "XL"): ("laminar",), ("CARDIAC", "S"): ("perfusion",), ("CARDIAC", "M"): ("perfusion",),
    ("CARDIAC", "L"): ("perfusion",), ("CARDIAC", "XL"): ("perfusion",),
}  # fmt: skip
_AGES: Final = {"PED": (7, 4, 0, 17), "OPH": (70, 12, 4, 96), "CARDIAC": (67, 10, 18, 90)}


def _branch(line: _Specialty) -> Branch:
    within = min(_WITHIN, 0.7 * line.cv)
    between = math.sqrt((line.cv**2 - within**2) / (1 + within**2)) / _SPREAD
    days = _day_shares(line.day)
    kinds = []
    for size, day in zip(_SIZES, days, strict=True):
        usual = line.mean * (1 + between * (size.mean - 1))
        steps = (0.93, 1.07) if size.id == "XL" else (0.9, 1.0, 1.1)
        for number, step in enumerate(steps, start=1):
            kinds.append(
                Kind(
                    id=f"{line.id}-{size.id}{number}",
                    name=f"{line.name}, intervention {size.name} {number}",
                    mean=round(usual * step),
                    cv=within,
                    share=size.share / len(steps),
                    day=day,
                    nights=max(1, round(line.nights * size.nights)),
                    spread=0.4,
                    icu=1.0 if line.icu >= 1 else min(1.0, line.icu * size.icu),
                    turnover=line.turnover,
                    equipment=_EQUIPMENT.get((line.id, size.id), ()),
                    features=_FEATURES.get((line.id, size.id), ()),
                    local=line.id == "OPH" and size.id == "S",
                    age=_AGES.get(line.id, (52, 17, 16, 95)),
                    sex="f" if line.id == "GYN" else "",
                    urgent=line.id in ("CARDIAC", "NEURO", "TRAUMA") and size.id != "S",
                )
            )
    share, surgeons = line.share / 100, line.surgeons
    return Branch(
        id=line.id,
        name=line.name,
        short=line.short,
        share=share,
        surgeons=surgeons,
        kinds=tuple(kinds),
    )


def _day_shares(day: float) -> tuple[float, ...]:
    """Give the chance of day surgery by size; together the specialty's own."""
    small, medium = min(0.98, 1.6 * day), min(0.98, 1.15 * day)
    largest = 0.8 * day if day > 0.9 else 0.0
    shares = [size.share for size in _SIZES]
    rest = day - shares[0] * small - shares[1] * medium - shares[3] * largest
    return small, medium, min(1.0, max(0.0, rest / shares[2])), largest


BRANCHES: Final = tuple(_branch(line) for line in _TABLE)
