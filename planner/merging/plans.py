"""Two plans merged: where each case is, and what each person does on a track of a day."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from planner.clock import Horizon, written
from planner.merging.conflicts import Desk, Place
from planner.merging.rows import merged_rows
from planner.plain import Plain
from planner.plan import Duty, Placement, Plan

Cell = tuple[str, ...]
"""(case, ID), or (duty, PERSON, DAY, TRACK) with the day as digits."""
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


def merged_plan(
    desk: Desk,
    where: tuple[str, str],
    three: tuple[Plan, Plan, Plan],
    tracks: Mapping[str, str],
    horizon: Horizon,
) -> Plan:
    """Merge plans cell by cell; `where` is the scenario and the part, plan or published.

    A cell that both have filled differently keeps what it held before, or nothing but one of both.
    """
    base, ours, theirs = three
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs

    def settle(cell: Cell, values: tuple[Held | None, Held | None, Held | None]) -> Held | None:
        return desk.three(place_of(where, cell, horizon), values, _shown)

    kept = merged_rows((cells(base, tracks), cells(ours, tracks), cells(theirs, tracks)), settle)
    return plan_of(kept)


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


def _shown(held: Held | None) -> Plain:
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
