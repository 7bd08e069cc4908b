"""The master grid of the teaching hospital: 170 room-days a week in four suites (domain reference 8.2)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from data.demo.grid import Slot

CENTRAL: Final = "Central"
HEAD: Final = "Tête-cou"
MOTHER: Final = "Mère-enfant"
DAY: Final = "Ambulatoire"

ROOMS: Final = {
    CENTRAL: tuple(f"C{n:02d}" for n in range(1, 17)),
    HEAD: tuple(f"T{n:02d}" for n in range(1, 9)),
    MOTHER: tuple(f"F{n:02d}" for n in range(1, 7)),
    DAY: tuple(f"A{n:02d}" for n in range(1, 8)),
}
"""Theatres for elective lists."""

EMERGENCY: Final = (("C17", CENTRAL), ("C18", CENTRAL), ("T09", HEAD))
"""Theatres kept for emergencies, day and night."""


class Block(NamedTuple):
    """What a specialty has in a suite each week: whole days and halves."""

    specialty: str
    suite: str
    days: int
    halves: int


BLOCKS: Final = (
    Block("CARDIAC", CENTRAL, 14, 0), Block("ORTHO", CENTRAL, 13, 0), Block("TRAUMA", CENTRAL, 8, 4),
    Block("THOR", CENTRAL, 12, 4), Block("VISC", CENTRAL, 18, 0), Block("URO", CENTRAL, 8, 0),
    Block("NEURO", HEAD, 15, 4), Block("ORL", HEAD, 13, 4), Block("OPH", HEAD, 4, 0),
    Block("GYN", MOTHER, 9, 8), Block("PED", MOTHER, 4, 6), Block("PLAST", MOTHER, 3, 0),
    Block("VISC", DAY, 4, 8), Block("ORTHO", DAY, 4, 8), Block("URO", DAY, 2, 8),
    Block("ORL", DAY, 0, 4), Block("OPH", DAY, 0, 10), Block("PLAST", DAY, 0, 8),
    Block("STOMA", DAY, 0, 2),
)  # fmt: skip
"""131 whole days and 78 halves a week: 209 sessions."""


def grid() -> tuple[Slot, ...]:
    """Lay the blocks over rooms and weekdays: each specialty evenly over the week, in few rooms."""
    return tuple(slot for suite in ROOMS for slot in _suite(suite))


def _suite(suite: str) -> list[Slot]:
    """Lay whole days first; then halves, specialties in turn, each second one beside a first."""
    blocks = [block for block in BLOCKS if block.suite == suite]
    found: list[Slot] = []
    for block in blocks:
        for _ in range(block.days):
            day, room = _place(found, block.specialty, ROOMS[suite])
            found.append(Slot(day, room, "J", block.specialty))
    most = max(block.halves for block in blocks)
    halves = [block for turn in range(most) for block in blocks if turn < block.halves]
    for number, block in enumerate(halves):
        if number % 2:
            day, room = found[-1].weekday, found[-1].theatre
        else:
            day, room = _place(found, block.specialty, ROOMS[suite])
        found.append(Slot(day, room, "A" if number % 2 else "M", block.specialty))
    return found


def _place(found: Sequence[Slot], specialty: str, rooms: Sequence[str]) -> tuple[int, str]:
    """Choose the weekday on which the specialty, then the suite, has least; then its usual room."""
    taken = {(slot.weekday, slot.theatre) for slot in found}
    mine = [slot for slot in found if slot.specialty == specialty]
    used = [sum((day, room) in taken for room in rooms) for day in range(5)]
    days = [day for day in range(5) if used[day] < len(rooms)]
    day = min(days, key=lambda d: (sum(s.weekday == d for s in mine), used[d], d))
    free = [room for room in rooms if (day, room) not in taken]
    room = min(
        free,
        key=lambda r: (-sum(s.theatre == r for s in mine), sum(s.theatre == r for s in found), r),
    )
    return day, room
