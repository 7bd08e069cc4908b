"""How good a roster could be at best: a linear program beside the search, where it costs little."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from planner.rules.contract import Waiver
from solvers.roster.meeting import Meeting
from solvers.roster.prices import at_least, step_of
from solvers.rows.arrays import Compiled
from solvers.rows.bound import lower_bound, missing
from solvers.rows.bound_apart import bound_apart
from solvers.rows.weights import JUDGED, Weights, weigh

LARGEST: Final = 12_000
"""Open slots up to which the linear program ends in a few seconds (Curtois 8: 4 200, two seconds)."""
_SHARE: Final = 0.15
"""Of the allowance, while the lanes spend theirs too: a third of that is its own."""
_APART: Final = 0.2
"""Of the CPU-seconds of a run, what bounding team by team may have: eight a team of the demo ward."""
_TEAM: Final = 40_000
"""Columns of a team that is worth a try (43 people of the demo ward: 27 000)."""


def bound_beside(
    meeting: Meeting, compiled: Compiled, waivers: Sequence[Waiver], lanes: int
) -> None:
    """Bound the cost of every legal roster, pinned or not, unless it takes too long or all is over.

    `lanes` are those that spend the allowance together.
    """
    if missing(compiled):
        return
    weights = weigh(compiled, waivers=waivers, kinds=JUDGED)
    step = step_of(compiled)

    def prove(value: int) -> None:
        meeting.prove(at_least(max(0, value), step), "rows")

    if _open_slots(compiled) <= LARGEST:
        _whole(meeting, compiled, weights, prove)
    else:
        left = meeting.allowance.left() * (1 if meeting.allowance.cpu else lanes)
        _apart(meeting, compiled, weights, prove, _APART * left)


def _open_slots(compiled: Compiled) -> int:
    """Count the slots of cells that are not past."""
    return int((compiled.fixed[compiled.slot_cell] == 0).sum())


def _whole(
    meeting: Meeting, compiled: Compiled, weights: Weights, prove: Callable[[int], None]
) -> None:
    allowance = meeting.allowance
    end = allowance.now() + _SHARE * allowance.left()
    found = lower_bound(
        compiled, weights, should_stop=lambda: meeting.over() or allowance.now() > end
    )
    if found is not None:
        prove(found.value)


def _apart(
    meeting: Meeting,
    compiled: Compiled,
    weights: Weights,
    prove: Callable[[int], None],
    seconds: float,
) -> None:
    end = time.thread_time() + seconds
    bound_apart(
        compiled,
        weights,
        should_stop=lambda: meeting.over() or time.thread_time() > end,
        told=prove,
        largest=_TEAM,
    )
