"""What a session costs at least that is short of slack for longer cases (T37).

The root of a sum is no sum; but it lies above the straight line from nothing to the largest sum that
can be. So each case has a share of the slack for itself, and a session is short at least of its
length, plus these, less what it is open.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from planner.facts import GRID
from planner.rules.contract import Rule
from planner.rules.theatre_space import TheatreSpace
from solvers.rows.arrays import Compiled, Whole
from solvers.rows.knapsack import LENGTH, TURNOVER, Reals
from solvers.theatre.bound_sessions import Glance, Items, nothing


class Slack(NamedTuple):
    """A case's own share, and what all units of a session cost beside it; both where it is short."""

    risk: Reals  # item → cost
    short: Reals  # session × units → cost


def slack_of(
    space: TheatreSpace,
    compiled: Compiled,
    rules: Sequence[Rule[Any, Any]],
    items: Items,
    glance: Glance = nothing,
) -> Slack | None:
    """Price slack; None where no rule is about it, or nothing is known of the clock."""
    asked = [rule for rule in rules if rule.type == "session_slack" and not rule.hard]
    if len(asked) != 1 or not items.clocked:
        return None
    (rule,) = asked
    glance()
    deviations = _deviations(space, compiled, items)
    beta = getattr(rule, "beta", 0) / 100
    longest = int(items.known[:, TURNOVER].max(initial=0))
    width = items.late.shape[1] + longest
    risk, short = np.zeros(len(items.slot)), np.zeros((items.sessions, width))
    number = {session.id: k for k, session in enumerate(space.problem.sessions)}
    for session in space.sessions(rule.scope):
        glance()
        k = number[session.id]
        inside = slice(items.start[k], items.start[k + 1])
        squares = deviations[inside] ** 2
        known = items.known[inside]
        room = int(items.cap[k] + known[:, TURNOVER].max(initial=0))
        most = most_of(squares, known[:, LENGTH], items.cell[inside], room)
        if most > 0:
            risk[inside] = rule.price * beta * squares / np.sqrt(most)
        over = GRID * np.arange(width) - space.facts.spare(session) - space.facts.length(session)
        short[k] = rule.price * over
    return Slack(risk, short)


def _deviations(space: TheatreSpace, compiled: Compiled, items: Items) -> Reals:
    """Give the standard deviation of each item's minutes at the surgeon's pace."""
    facts = space.facts
    options = [space.options[code - 1] for code in compiled.slot_code[items.slot].tolist()]
    return np.array(
        [o.case.deviation * round(100 * facts.pace(o.case, o.surgeon)) / 10_000 for o in options]
    )


def most_of(value: Reals | Whole, length: Whole, cell: Whole | Any, room: float) -> float:
    """Give no less than the largest sum of values of items, each cell once, whose lengths fit a room."""
    ratio: dict[int, float] = defaultdict(float)
    largest: dict[int, float] = defaultdict(float)
    for each, worth, size in zip(cell.tolist(), value.tolist(), length.tolist(), strict=True):
        ratio[each] = max(ratio[each], worth / max(1, size))
        largest[each] = max(largest[each], worth)
    total = 0.0
    for rate, each in sorted(((r, c) for c, r in ratio.items() if r > 0), reverse=True):
        taken = min(room, largest[each] / rate)
        total += rate * taken
        room -= taken
    return total
