"""Two plans merged: where each case is, and what each person does on a track of a day."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from planner.clock import Horizon, written
from planner.merging.conflicts import Desk, Place
from planner.merging.rows import merged_rows
from planner.plain import Plain
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.study import BASE

Cell = tuple[str, ...]
"""(case, ID), or (duty, PERSON, DAY, TRACK) with the day as digits."""
Names = frozenset[tuple[str, str]]
"""Records, each by its kind and id."""
_KINDS: Final = ("case", "session", "surgeon", "staff", "shift")
Held = tuple[Any, ...]
"""The placements of a case, or the shifts of a person: one in a plan of ours, any in others'."""


def cells(plan: Plan, tracks: Mapping[str, str]) -> dict[Cell, Held]:
    """Give what a plan holds, by case and by person, day and track."""
    found: dict[Cell, list[Any]] = defaultdict(list)
    for placement in plan.placements:
        found["case", placement.case].append(placement)
    for duty in plan.duties:
        track = tracks.get(duty.shift, "")
        found["duty", duty.person, str(duty.day), track].append(duty.shift)
    return {cell: tuple(held) for cell, held in found.items()}


class Known(NamedTuple):
    """What records the facts have that both began with, ours, theirs, and those that come of them."""

    base: Names = frozenset()
    ours: Names = frozenset()
    theirs: Names = frozenset()
    made: Names = frozenset()

    @property
    def back(self) -> tuple[Names, Names]:
        """The records that each side has taken away, and that are there all the same."""
        return (self.base - self.ours) & self.made, (self.base - self.theirs) & self.made

    @property
    def gone(self) -> Names:
        """The records that some of them had, and that are there no more."""
        return (self.base | self.ours | self.theirs) - self.made


def named_by(problem: Problem) -> Names:
    """Give the records of a problem that a plan may name."""
    return frozenset((kind, str(each.id)) for kind in _KINDS for each in problem.records(kind))


def merged_plan(
    desk: Desk,
    where: tuple[str, str],
    three: tuple[Plan, Plan, Plan],
    tracks: Mapping[str, str],
    horizon: Horizon,
    known: Known,
) -> Plan:
    """Merge plans cell by cell; `where` is the scenario and the part.

    A cell that both have filled differently keeps what it held before, or nothing but one of both. What
    a side has lost because a record went comes back with the record; where that goes, its cell does.
    """
    base, ours, theirs = three
    back, gone = known.back, known.gone
    if not any((*back, gone)):
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
    before = cells(base, tracks)
    sides = [cells(each, tracks) for each in (ours, theirs)]
    for side, there in zip(sides, back, strict=True):
        if there:
            lost = (cell for cell in before if cell not in side)
            side |= {cell: before[cell] for cell in lost if names(cell, before[cell]) & there}

    def settle(cell: Cell, values: tuple[Held | None, Held | None, Held | None]) -> Held | None:
        place = place_of(where, cell, horizon)
        without = set().union(*(names(cell, each or ()) for each in values)) & gone
        if not without:
            return desk.three(place, values, shown)
        if not any(desk.choice(Place(BASE, "facts", *name)) for name in without):
            desk.settle(place, "removed", values, shown, None)
        return None

    kept = merged_rows((before, sides[0], sides[1]), settle)
    return plan_of(kept)


def names(cell: Cell, held: Held) -> Names:
    """Give the records that a cell names."""
    if cell[0] == "duty":
        return frozenset({("staff", cell[1]), *(("shift", str(shift)) for shift in held)})
    places = {("session", str(each.session)) for each in held}
    surgeons = {("surgeon", str(each.surgeon)) for each in held if each.surgeon is not None}
    return frozenset({("case", cell[1])} | places | surgeons)


def plan_of(held: Mapping[Cell, Held]) -> Plan:
    """Make a plan of what it holds."""
    return Plan.build(
        (each for cell, there in held.items() if cell[0] == "case" for each in there),
        (
            Duty(cell[1], int(cell[2]), shift)  # type: ignore[arg-type]  # ids are strings
            for cell, there in held.items()
            if cell[0] == "duty"
            for shift in there
        ),
    )


def place_of(where: tuple[str, str], cell: Cell, horizon: Horizon) -> Place:
    """Give the place of a cell: of a duty the field is its date, and its track where it has a name."""
    kind, id, *rest = cell
    if not rest:
        return Place(*where, kind, id)
    day, track = rest
    date = horizon.date(int(day)).isoformat()
    return Place(*where, kind, id, f"{date} {track}".rstrip())


def shown(held: Held | None) -> Plain:
    """Give what a cell holds as a plain value."""
    if not held:
        return None
    if not isinstance(held[0], Placement):
        return held[0] if len(held) == 1 else list(held)
    made = [
        {
            "session": each.session,
            "surgeon": each.surgeon,
            "start": None if each.start is None else written(each.start),
        }
        for each in held
    ]
    return made[0] if len(made) == 1 else made
