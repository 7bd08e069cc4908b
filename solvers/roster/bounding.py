"""How good a roster could be at best: a linear program beside the search, where it costs little."""

from collections.abc import Sequence
from typing import Final

from planner.rules.contract import Waiver
from solvers.roster.meeting import Meeting
from solvers.roster.prices import at_least, step_of
from solvers.rows.arrays import Compiled
from solvers.rows.bound import lower_bound, missing
from solvers.rows.weights import JUDGED, weigh

LARGEST: Final = 12_000
"""Open slots up to which the linear program ends in a few seconds (Curtois 8: 4 200, two seconds)."""
_SHARE: Final = 0.15
"""Of the allowance, while the lanes spend theirs too: a third of that is its own."""


def bound_beside(meeting: Meeting, compiled: Compiled, waivers: Sequence[Waiver]) -> None:
    """Bound the cost of every legal roster, pinned or not, unless it takes too long or all is over."""
    if compiled.slots > LARGEST or missing(compiled):
        return
    allowance = meeting.allowance
    end = allowance.now() + _SHARE * allowance.left()
    found = lower_bound(
        compiled,
        weigh(compiled, waivers=waivers, kinds=JUDGED),
        should_stop=lambda: meeting.over() or allowance.now() > end,
    )
    if found is not None:
        meeting.prove(at_least(max(0, found.value), step_of(compiled)), "rows")
