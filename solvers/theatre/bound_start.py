"""Prices of cases to begin a bound with: what a case is worth if all that sessions have is time.

Each session has a price for its time, raised where more would come than fits and lowered else. A case
is worth the least of what leaving it out costs and of its cheapest place, time included.
"""

from typing import Final

import numpy as np

from solvers.rows.arrays import Whole
from solvers.rows.knapsack import Reals

_STEPS: Final = 300


def worth_of_cases(
    left_out: Reals,
    cell: Whole,
    session: Whole,
    cost: Reals,
    length: Reals,
    cap: Reals,
    opening: Reals,
) -> Reals:
    """Give a price a case; `cost` and `length` are of items, `cap` and `opening` of sessions."""
    order = np.argsort(cell, kind="stable")
    cell, session, cost, length = cell[order], session[order], cost[order], length[order]
    used, first = np.unique(cell, return_index=True)
    time = np.zeros(len(cap))
    best, best_worth = -np.inf, left_out.copy()
    reach = float(np.abs(cost).max(initial=1.0) / max(1.0, np.median(length)))
    for step in range(_STEPS):
        place = cost + time[session] * length
        worth = left_out.copy()
        worth[used] = np.minimum(worth[used], np.minimum.reduceat(place, first))
        room = opening - time * cap
        total = float(worth.sum() + np.minimum(0.0, room).sum())
        if total > best:
            best, best_worth = total, worth
        wanted = place <= worth[cell]
        once = wanted / np.maximum(1, np.bincount(cell, wanted, minlength=len(left_out)))[cell]
        more = np.bincount(session, once * length, minlength=len(cap)) - cap * (room < 0)
        time = np.maximum(0.0, time + reach / (10 + step) * more / np.maximum(1.0, cap))
    return best_worth
