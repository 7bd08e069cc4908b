"""The last looks at a plan: waiting cases that fit after all, and starts that could be earlier."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from planner.hospital import SessionId
from planner.plan import Placement
from solvers.theatre.earlier import Earlier
from solvers.theatre.exact import Exact, Move
from solvers.theatre.inserting import Inserting
from solvers.theatre.layout import codes_of
from solvers.theatre.programme import Programme


def insert_waiting(programme: Programme, over: Callable[[], bool]) -> bool:
    """Place waiting cases of a programme where that gains; say whether any was."""
    exact = Exact(programme.ground, programme.plan())
    Inserting(programme, exact, over).run()
    return bool(exact.moves)


def begin_earlier(programme: Programme, over: Callable[[], bool]) -> None:
    """Let the sessions of the best plan begin as early as they may, at no price.

    Sessions that are as they were in the plan at hand stay so, and so does what is pinned.
    """
    desk, space = programme.ground.desk, programme.ground.space
    codes, starts = codes_of(space, desk.plan.placements)
    every = np.arange(space.cells, dtype=np.int32)
    programme.put(every, programme.ground.compiled.slots_of(codes), starts)
    exact = Exact(programme.ground, desk.plan)
    kept = {part[0].session: part for part in desk.request.plan.sessions}
    same = {part[0].session for part in desk.plan.sessions if _same(kept, part)}
    there = _there(programme)
    movable = programme.search.state.movable
    sessions = space.problem.sessions
    free = {
        move.cell
        for moves in there.values()
        for move in moves.values()
        if movable[move.cell]
        and sessions[int(programme.ground.layout.session[move.slot])].id not in same
    }
    Earlier(programme.ground, exact, there, free, over).run()
    if exact.moves and not desk.should_stop():
        placements = exact.outcome.plan.placements
        desk.take_alike(desk.plan.with_placements(placements))


def _same(kept: dict[SessionId, tuple[Placement, ...]], part: tuple[Placement, ...]) -> bool:
    return kept.get(part[0].session) == part


def _there(programme: Programme) -> dict[int, dict[int, Move]]:
    """Give what is placed with a start, by day and cell."""
    found: dict[int, dict[int, Move]] = defaultdict(dict)
    day = programme.ground.layout.day[programme.slots]
    for cell in np.flatnonzero((day >= 0) & (programme.starts >= 0)).tolist():
        slot, start = int(programme.slots[cell]), int(programme.starts[cell])
        found[int(day[cell])][cell] = Move(cell, slot, start)
    return found
