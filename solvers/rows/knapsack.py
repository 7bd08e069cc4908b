"""The cheapest set of cases for each session of a theatre, seen by itself: a knapsack with a clock.

Cases come in the order in which they would best be operated. A state is the cases' length so far (in
units of the grid), which surgeons are in (a bit each), and whether a case is in whose turnover is
the one that lies outside the session, before the first case. Time makes a case dearer by the slope
of its cost. Plain arrays only, as in `kernel.py`.
"""

from typing import Any, Final, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

from solvers.rows.jit import INNER, OUTER

Reals: TypeAlias = NDArray[np.float64]
FAR: Final = 1e18
"""The cost of what cannot be."""
MOST: Final = 48
"""Cases of a set that are told; sessions are too short for more."""
BIT, LENGTH, TURNOVER = range(3)
"""What is known of an item, in whole units."""
VALUE, AGAIN, SLOPE, RISK = range(4)
"""What an item costs: by itself, more as not the first of its surgeon, more for each unit before it;
and more if the session is short of slack."""


@njit(**INNER)
def _take(value: Any, choice: Any, most: int, masks: int, bit: int, length: int, cost: Any) -> None:
    """Let every state take a case; `cost`: as her first, as her next, a unit; and whether it marks it.

    The last is the lowest mark of a state: 1 if all are marked.
    """
    lone, again, slope, marks, lowest = cost
    for mask in range(masks):
        if not mask & bit:
            continue
        for flag in range(1, lowest - 1, -1):
            for u in range(most + 1):
                choice[flag, mask, u] = 0
            if marks and not flag:
                continue
            for before in range(flag, -1 if marks else flag - 1, -1):
                for source in range(2):
                    old = mask ^ bit if source else mask
                    more = lone if source else again
                    for u in range(most - length, -1, -1):
                        reached = value[before, old, u] + more + slope * u
                        if reached < value[flag, mask, u + length]:
                            value[flag, mask, u + length] = reached
                            choice[flag, mask, u + length] = 1 + source + 2 * before


@njit(**INNER)
def _trace(choice: Any, items: Any, mask: int, u: int, told: Any) -> int:
    """Write down the cases of a state by their place in the session, the last first; give how many."""
    flag, count = 1, 0
    for j in range(len(items) - 1, -1, -1):
        if mask & items[j, BIT]:
            how = np.int64(choice[j, flag, mask, u])
            if how > 0 and count < MOST:
                told[count] = j
                count += 1
                if (how - 1) & 1:
                    mask ^= items[j, BIT]
                flag = int((how - 1) >> 1)
                u -= items[j, LENGTH]
    return count


@njit(**INNER)
def _fill(
    items: Any,
    costs: Any,
    lone: Any,
    masks: int,
    most: int,
    spare: int,
    exact: bool,
    risk: float,
    value: Any,
    choice: Any,
) -> None:
    """Find the cheapest set for every state of a session; `risk` is the share of what slack costs."""
    for flag in range(2):
        for mask in range(masks):
            for u in range(most + 1):
                value[flag, mask, u] = FAR
    lowest = 0 if exact else 1
    value[lowest, 0, 0] = 0.0
    for j in range(len(items)):
        bit, slope = items[j, BIT], costs[j, SLOPE]
        cost = costs[j, VALUE] + slope * (items[j, TURNOVER] - spare) + risk * costs[j, RISK]
        place = 0
        while bit >> place > 1:
            place += 1
        each = (cost + lone[place], cost + costs[j, AGAIN], slope)
        marks = exact and items[j, TURNOVER] == spare
        _take(value, choice[j], most, masks, bit, items[j, LENGTH], (*each, marks, lowest))


@njit(**OUTER)
def cheapest_sets(
    items: Any,  # item × (bit, length, turnover)
    costs: Any,  # item × (value, again, slope, risk)
    start: Any,  # session → its first item
    lone: Any,  # session × place of a bit: what the first case of a surgeon costs more
    masks: Any,  # session → sets of surgeons
    cap: Any,  # session → units until the last end
    late: Any,  # session × unit: what an end there costs
    short: Any,  # session × units in all: what is short of slack, less the cases' own
    spares: Any,  # (session, spare), one a search
    exact: bool,  # whether a set has to hold a case with the spare turnover
    value: Any,  # short of slack or not × flag × mask × unit
    choice: Any,  # short of slack or not × item × flag × mask × unit
    best: Any,  # search → cost
    told: Any,  # search × item
    count: Any,
) -> None:
    """Find the cheapest set, not an empty one, for each session and turnover of the first case.

    A state costs what it costs at least with slack enough, and at least without: the larger counts.
    """
    for k in range(len(spares)):
        session, spare = spares[k, 0], spares[k, 1]
        first, last = start[session], start[session + 1]
        inside, most = items[first:last], cap[session] + spare
        for risk in range(len(value)):
            _fill(
                inside,
                costs[first:last],
                lone[session],
                masks[session],
                most,
                spare,
                exact,
                risk / max(1, len(value) - 1),
                value[risk],
                choice[risk],
            )
        best[k], count[k] = FAR, 0
        best_mask, best_u, best_risk = 0, 0, 0
        for mask in range(1, masks[session]):
            for u in range(most + 1):
                cost, at = value[0, 1, mask, u], 0
                for risk in range(1, len(value)):
                    share = risk / (len(value) - 1)
                    if value[risk, 1, mask, u] + share * short[session, u] > cost:
                        cost, at = value[risk, 1, mask, u] + share * short[session, u], risk
                cost += late[session, max(0, u - spare)]
                if cost < best[k]:
                    best[k], best_mask, best_u, best_risk = cost, mask, u, at
        if best[k] < FAR / 2:
            count[k] = _trace(choice[best_risk], inside, best_mask, best_u, told[k])
        for c in range(count[k]):
            told[k, c] += first


def try_out() -> None:
    """Look for the cheapest set of no case at all: compiles the kernel, or loads it."""
    whole, none = np.zeros(1, np.int64), np.zeros((1, 1))
    cheapest_sets(
        np.zeros((0, 3), np.int64),
        np.zeros((0, 4)),
        np.zeros(2, np.int64),
        none,
        whole + 1,
        whole,
        none,
        none,
        np.zeros((1, 2), np.int64),
        False,
        np.zeros((1, 2, 1, 1)),
        np.zeros((1, 0, 2, 1, 1), np.uint8),
        np.zeros(1),
        np.zeros((1, MOST), np.int64),
        np.zeros(1, np.int64),
    )
