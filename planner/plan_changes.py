"""Where two plans differ: other placements of cases, other duties of people."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from planner.kpis.contract import Outcome
from planner.people import ShiftId, StaffId
from planner.plan import Placement


class PlacementChange(NamedTuple):
    """A case placed differently; None: it waits."""

    scenario: str
    before: Placement | None
    after: Placement | None

    @property
    def case(self) -> str:
        """The case that it is about."""
        known = self.before or self.after
        return known.case if known is not None else ""


class DutyChange(NamedTuple):
    """A person with another shift on a track of a day; None: off."""

    scenario: str
    person: StaffId
    day: int
    track: str
    before: ShiftId | None
    after: ShiftId | None


def placements(scenario: str, base: Outcome, other: Outcome) -> Iterator[PlacementChange]:
    before = {placement.case: placement for placement in base.plan.placements}
    after = {placement.case: placement for placement in other.plan.placements}
    for case in sorted(before.keys() | after.keys()):
        if before.get(case) != after.get(case):
            yield PlacementChange(scenario, before.get(case), after.get(case))


def duties(scenario: str, base: Outcome, other: Outcome) -> Iterator[DutyChange]:
    before, after = _by_cell(base), _by_cell(other)
    for cell in sorted(before.keys() | after.keys()):
        was, now = before.get(cell, set()), after.get(cell, set())
        gone, new = sorted(was - now), sorted(now - was)
        for one, two in zip_longest(gone, new):
            yield DutyChange(scenario, *cell, one, two)


def _by_cell(outcome: Outcome) -> dict[tuple[StaffId, int, str], set[ShiftId]]:
    """Give the shifts by person, day and track: one each in a plan of ours, any number in others'."""
    shifts = outcome.roster.facts.shifts
    found: dict[tuple[StaffId, int, str], set[ShiftId]] = defaultdict(set)
    for duty in outcome.plan.duties:
        track = shifts[duty.shift].track if duty.shift in shifts else ""
        found[duty.person, duty.day, track].add(duty.shift)
    return found


def duty_grid(
    changes: Sequence[DutyChange], off: str
) -> tuple[tuple[int, ...], list[tuple[str | None, ...]]]:
    """Give the days that differ, and a line a person: her name, and on each day "before → after".

    `off` is what stands for no shift; None where nothing differs.
    """
    days = tuple(sorted({change.day for change in changes}))
    cells: dict[str, dict[int, list[str]]] = {}
    for change in changes:
        words = f"{change.before or off} → {change.after or off}"
        cells.setdefault(str(change.person), {}).setdefault(change.day, []).append(words)
    lines = [
        (person, *(", ".join(found[day]) if day in found else None for day in days))
        for person, found in sorted(cells.items())
    ]
    return days, lines
