"""What a hard unit costs while a roster is sought: enough to matter, not so much that all freezes."""

from collections.abc import Sequence
from dataclasses import replace
from math import gcd
from typing import Final

import numpy as np

from solvers.rows.arrays import Compiled, Whole
from solvers.rows.search import Search
from solvers.rows.weights import Weights

OCCURRENCE: Final = 720
"""What a hard occurrence weighs by default; a minute weighs 1."""
STAY: Final = 0.03
"""What it seems to cost to change a day of somebody, in cover units, where a plan is kept near."""
_TIMES: Final = 2.0
_LEAST: Final = 0.25


def step_of(compiled: Compiled) -> int:
    """Give what the soft cost of every roster is a multiple of."""
    return gcd(*(rule.price for rule in compiled.rules if rule.tier)) or 1


def at_least(bound: int, step: int) -> int:
    """Give the least cost a roster may have at a bound.

    >>> at_least(1303, 5)
    1305
    """
    return -(-bound // step) * step


def with_minutes(compiled: Compiled, weights: Weights) -> Weights:
    """Make the smallest step of a hard row of minutes weigh a quarter of an occurrence, at least.

    Minutes weigh 1, so a step of ten would be sold for less than any wish. Only the search sees
    this: whether a roster is legal does not change, and what it costs is the audit's to say.
    """
    rows, nevers = compiled.rows, compiled.nevers
    row, never = weights.row.copy(), weights.never.copy()
    row_of_load, step_of_load = compiled.loads.target, compiled.loads.value
    for number, rule in enumerate(compiled.rules):
        if rule.tier != 0 or rule.unit != "minute":
            continue
        own = rows.rule == number
        steps = np.unique(step_of_load[own[row_of_load]])
        times = _times(gcd(*(int(abs(step)) for step in steps)) * rule.price)
        row[own] *= times
        for item in np.flatnonzero(nevers.rule == number).tolist():
            never[item] *= _times(int(nevers.amount[item]) * rule.price)
    return replace(weights, row=row, never=never)


def staying(
    compiled: Compiled,
    weights: Weights,
    codes: Sequence[int] | Whole,
    lost: Sequence[int],
    unit: float,
) -> Weights:
    """Make it cost something to leave a duty, or a day off, of a plan at hand.

    The cells in `lost` had to give up theirs, and may take any.
    """
    stay = np.full(compiled.slots, int(STAY * unit), np.int64)
    stay[compiled.slots_of(codes)] = 0
    stay[np.isin(compiled.slot_cell, lost)] = 0
    stay[compiled.slot_start[:-1]] = 0  # the void code of each cell
    return replace(weights, price=weights.price + stay)


def _times(weight: int) -> int:
    return max(1, round(_LEAST * OCCURRENCE / weight)) if weight else 1


def legal_price(search: Search, unit: float) -> float:
    """Give the price of a hard unit in an annealing: two cover units an occurrence.

    Measured: seven units are legal sooner, and freeze where legal plans lie far apart.
    """
    rules = search.compiled.rules
    hard = [rule.price for rule in rules if rule.tier == 0 and rule.unit != "minute"]
    return max(_TIMES * unit / (float(np.median(hard)) if hard else OCCURRENCE), 1e-3)
