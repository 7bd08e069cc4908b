"""Contracts and shift types of the demo hospitals (domain reference 5.3)."""

from typing import Final

from planner.people import Contract, ContractId, ShiftId
from planner.rostering import ShiftType

FPH: Final = ContractId("FPH")
CONTRACTS: Final = (Contract(id=FPH, name="Fonction publique hospitalière, 35 h", week=2100),)


def _shift(id: str, name: str, start: int, end: int, *tags: str) -> ShiftType:
    return ShiftType(
        id=ShiftId(id), name=name, start=start, end=end, tags=frozenset({"work", *tags})
    )


THEATRE_SHIFTS: Final = (
    _shift("J9", "Journée 9 h", 450, 990, "day"),
    _shift("J10", "Journée 10 h", 450, 1050, "day"),
    _shift("M", "Matin", 450, 906, "day", "early"),
    _shift("S", "Soir", 654, 1110, "day", "late"),
    _shift("D12", "Jour 12 h", 450, 1170, "day", "twelve"),
    _shift("N12", "Nuit 12 h", 1170, 1890, "night", "twelve"),
)
"""Shifts of the theatre block, breaks included in working time."""

WARD_SHIFTS: Final = (
    _shift("M", "Matin", 420, 876, "day", "early"),
    _shift("S", "Soir", 804, 1260, "day", "late"),
    _shift("N10", "Nuit 10 h", 1260, 1860, "night"),
    _shift("D12", "Jour 12 h", 420, 1140, "day", "twelve"),
    _shift("N12", "Nuit 12 h", 1140, 1860, "night", "twelve"),
)
"""Shifts of a ward: the three meet, so that each hands over to the next."""
