"""Theatre plans as the engine sees them: a code and a start a case, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from planner.cases import CaseId
from planner.hospital import Session
from planner.plan import Placement, Plan
from planner.rules.blocks import OFF
from planner.rules.theatre_space import TheatreSpace
from planner.study import Pin
from solvers.rows.arrays import Compiled, Short, Whole

OPEN: Final = -1
"""The start of a case that has none."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where slots lie: their session and day by number (−1 for left out and void)."""

    space: TheatreSpace
    compiled: Compiled
    session: Short  # slot → session number
    day: Short  # slot → day
    out: Short  # cell → the slot of leaving it out

    def session_of_code(self) -> Short:
        """Give the session number of each code, −1 for left out."""
        numbers = {session.id: k for k, session in enumerate(self.space.problem.sessions)}
        found = [-1, *(numbers[option.session.id] for option in self.space.options)]
        return np.array(found, np.int32)


def lay_out(space: TheatreSpace, compiled: Compiled) -> Layout:
    """Lay out the slots of a space."""
    numbers = {session.id: k for k, session in enumerate(space.problem.sessions)}
    session = [-1, *(numbers[option.session.id] for option in space.options)]
    day = [-1, *(option.session.day for option in space.options)]
    code = np.maximum(compiled.slot_code, OFF)
    out = compiled.slot_of_shared.reshape(compiled.cells, -1)[:, OFF].copy()
    return Layout(
        space,
        compiled,
        np.array(session, np.int32)[code],
        np.array(day, np.int32)[code],
        out,
    )


def codes_of(space: TheatreSpace, placements: Iterable[Placement]) -> tuple[Whole, Short]:
    """Give (code, start) a cell for some placements; what has no place in the space is left out.

    Starts are in minutes that pass after midnight of the session's day.
    """
    codes = np.full(space.cells, OFF, np.int64)
    starts = np.full(space.cells, OPEN, np.int32)
    for placement in placements:
        code = _code_of(space, placement)
        if code is not None:
            cell = space.cell_of[placement.case]
            codes[cell] = code
            if placement.start is not None:
                day = space.facts.sessions[placement.session].day
                starts[cell] = space.facts.passed(day, placement.start)
    return codes, starts


def start_of(space: TheatreSpace, session: Session, start: int) -> int | None:
    """Give a start as the clock shows it, from one in minutes that pass after midnight."""
    return None if start < 0 else int(space.facts.clock(session.day, start))


def _code_of(space: TheatreSpace, placement: Placement) -> int | None:
    """Look among the options of one case: an index of all takes 35 MB in a large hospital."""
    if placement.case not in space.cell_of:
        return None
    where = (placement.session, placement.surgeon)
    options = space.options_of(placement.case)
    return next((o.code for o in options if (o.session.id, o.surgeon) == where), None)


def plan_of(space: TheatreSpace, codes: Whole, starts: Short, before: Plan) -> Plan:
    """Give a plan with the placements of some codes and starts; its roster stays."""
    placements = []
    for cell in np.flatnonzero(codes > OFF).tolist():
        option = space.options[int(codes[cell]) - 1]
        start = start_of(space, option.session, int(starts[cell]))
        placements.append(Placement(option.case.id, option.session.id, option.surgeon, start))
    return before.with_placements(placements)


def pinned(space: TheatreSpace, plan: Plan, pins: Iterable[Pin]) -> list[int]:
    """Give the cells that pins hold: a case, or all that is in a session now."""
    found: set[int] = set()
    for pin in pins:
        if pin.kind == "case" and CaseId(pin.id) in space.cell_of:
            found.add(space.cell_of[CaseId(pin.id)])
        elif pin.kind == "session":
            inside = (p.case for p in plan.placements if p.session == pin.id)
            found.update(space.cell_of[case] for case in inside if case in space.cell_of)
    return sorted(found)
