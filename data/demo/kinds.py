"""Kinds of operation of a demo hospital: what a procedure record holds, and what is drawn from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from planner.cases import Procedure, ProcedureId
from planner.hospital import EquipmentId, Specialty, SpecialtyId

GAMMA = 0.35
"""Shift of the lognormal durations, as a share of the mean (domain reference 8.1)."""


class Kind(NamedTuple):
    """A kind of operation. `share` within its specialty; `day` and `icu` are chances.

    `nights` is the median of inpatients, `spread` its σ. `extra` is equipment that only a share of
    the cases needs. `surgeons`: only that many of the specialty do it (0: all).
    """

    id: str
    name: str
    mean: int
    cv: float
    share: float
    day: float
    nights: int
    spread: float
    icu: float
    turnover: int
    equipment: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    extra: tuple[str, float] | None = None
    local: bool = False
    age: tuple[int, int, int, int] = (52, 17, 16, 95)  # mean, deviation, youngest, oldest
    sex: str = ""
    urgent: bool = False
    surgeons: int = 0

    @property
    def recovery(self) -> int:
        """Planned minutes in the recovery room: none after a local, longer after a long case."""
        if self.local:
            return 0
        return 100 if self.mean >= 110 else 75

    @property
    def stay(self) -> int:
        """Planned minutes in the day unit after that: an hour after a local, else two."""
        return 60 if self.local else 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A specialty of a demo hospital: share of the waiting list, load of its sessions, surgeons.

    `load` is (mean + turnover) over session minutes; None: as the draws have it.
    """

    id: str
    name: str
    short: str
    share: float
    surgeons: int
    kinds: tuple[Kind, ...]
    load: float | None = None


def specialties(branches: Iterable[Branch]) -> tuple[Specialty, ...]:
    """Give the specialty records."""
    return tuple(Specialty(id=SpecialtyId(b.id), name=b.name) for b in branches)


def procedures(branches: Iterable[Branch]) -> tuple[Procedure, ...]:
    """Give the procedure records of all specialties."""
    return tuple(
        Procedure(
            id=ProcedureId(kind.id),
            name=kind.name,
            specialty=SpecialtyId(branch.id),
            mean=kind.mean,
            deviation=round(kind.mean * kind.cv),
            shift=round(kind.mean * GAMMA),
            turnover=kind.turnover,
            features=frozenset(kind.features),
            equipment=frozenset(EquipmentId(each) for each in kind.equipment),
            anaesthesia="local" if kind.local else "general",
            recovery=kind.recovery,
            stay=kind.stay,
        )
        for branch in branches
        for kind in branch.kinds
    )
