"""A roster as the engine sees it: cells laid out by line and day, plans as codes and back."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.people import StaffId
from planner.plan import Duty, Plan
from planner.rules.space import OFF, RosterSpace
from planner.study import Pin
from solvers.rows.arrays import Compiled, Short, Whole


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines (person × track) of cells, −1 where there is none; `people[i]` are the lines of person i.

    `grid` covers the horizon only: history cells never move.
    """

    space: RosterSpace
    lines: list[list[int]]
    tracks: list[int]
    people: list[list[int]]

    @property
    def grid(self) -> Short:
        """Line × day → cell."""
        return np.array(self.lines, np.int32).reshape(len(self.lines), -1)

    @property
    def cells(self) -> list[int]:
        """All cells of the horizon."""
        return [cell for line in self.lines for cell in line if cell >= 0]

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return self.space.last + 1


def lay_out(space: RosterSpace) -> Layout:
    """Lay the cells of a space out by person, track and day."""
    lines: list[list[int]] = []
    tracks: list[int] = []
    people: list[list[int]] = []
    for person in space.problem.staff:
        own = []
        for number, track in enumerate(space.tracks):
            own.append(len(lines))
            cells = (space.cell(person.id, track, day) for day in range(space.last + 1))
            lines.append([-1 if cell is None else cell for cell in cells])
            tracks.append(number)
        people.append(own)
    return Layout(space, lines, tracks, people)


def codes_of(space: RosterSpace, compiled: Compiled, duties: Iterable[Duty]) -> list[int]:
    """Give a code a cell for the duties of a plan; what has no place in the space is left out."""
    codes = [OFF if space.fixed(cell) is None else space.fixed(cell) for cell in range(space.cells)]
    for duty in duties:
        code = space.code_of.get(duty.shift)
        shift = None if code is None else space.shift_of[code]
        if code is None or shift is None or duty.day < 0:
            continue
        cell = space.cell(duty.person, shift.track, duty.day)
        if cell is not None and compiled.slot_of_shared[cell * compiled.shared + code] >= 0:
            codes[cell] = code
    return [OFF if code is None else code for code in codes]


def plan_of(space: RosterSpace, codes: Whole | list[int], before: Plan) -> Plan:
    """Give a plan with the roster of some codes; its placements stay."""
    duties = []
    for cell in np.flatnonzero(np.asarray(codes) > OFF).tolist():
        person, _, day = space.places[cell]
        shift = space.shift_of[int(codes[cell])]
        if day >= 0 and shift is not None:
            duties.append(Duty(StaffId(person), day, shift.id))
    return before.with_duties(duties)


def pinned(space: RosterSpace, pins: Iterable[Pin]) -> list[int]:
    """Give the cells that pins hold: a person's days, or whole days."""
    found: set[int] = set()
    for pin in pins:
        if pin.kind not in ("person", "day"):
            continue
        first = 0 if pin.first is None else pin.first
        last = space.last if pin.last is None else pin.last
        people = [pin.id] if pin.kind == "person" else [p.id for p in space.problem.staff]
        for person in people:
            if person in space.facts.staff:
                found.update(space.cells_on(person, max(first, 0), min(last, space.last)))
    return sorted(found)


def days_of(space: RosterSpace) -> list[list[list[int]]]:
    """Give the cells of each person, day by day of those that are known, history first."""
    found = []
    for person in space.problem.staff:
        days = range(space.first_known(person.id), space.last + 1)
        cells = [list(space.cells_on(person.id, day)) for day in days]
        found.append([own for own in cells if own])
    return found
