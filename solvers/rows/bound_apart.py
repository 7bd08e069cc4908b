"""A lower bound as the sum over parts that have no row in common, such as the teams of a ward.

Each part is a linear program for the interior point method, which takes a tenth of the time of the
simplex method on all of it. What it finds is not believed: prices of rows prove a bound whatever they
are, by what the cheapest codes cost at these prices, so that it may end before it is exact.
"""

from collections.abc import Callable
from typing import Any, Final

import highspy
import numpy as np

from solvers.rows.arrays import Compiled, Whole
from solvers.rows.bound import Model, model_of, solver_of, whole_units
from solvers.rows.weights import Weights

_WORTH_IT: Final = 20
"""Columns below which a part by itself is left out."""
_EXACT: Final = 1e-5
"""Of the cost, how far prices may be from the best ones: digits beyond are rounded up anyway."""


def bound_apart(
    compiled: Compiled,
    weights: Weights,
    should_stop: Callable[[], bool] = lambda: False,
    told: Callable[[int], None] = lambda _: None,
    largest: int | None = None,
) -> tuple[int, int, int]:
    """Give a lower bound of the soft cost: (bound, parts done, parts in all); `told` after each.

    What is not done, or has more than the `largest` number of columns, counts as nothing, as no cost
    is below nothing. `should_stop` is asked while a part is solved.
    """
    value, done = 0.0, 0
    parts = sorted(model_of(compiled, weights).apart(_WORTH_IT), key=lambda part: part.columns)
    for part in parts:
        if should_stop() or (largest is not None and part.columns > largest):
            break
        found = _bound(part, should_stop)
        if found is not None:
            value += max(0.0, found)
            done += 1
            told(whole_units(value))
    return max(0, whole_units(value)), done, len(parts)


def _bound(part: Model, should_stop: Callable[[], bool]) -> float | None:
    """Bound a part by the prices that the interior point method finds; None where it finds none."""
    solver = solver_of(part)
    for option, wanted in (
        ("solver", "ipx"),
        ("run_crossover", "off"),
        ("ipm_optimality_tolerance", _EXACT),
    ):
        solver.setOptionValue(option, wanted)
    _listen(solver, should_stop)
    solver.run()
    solution = solver.getSolution()
    if not solution.dual_valid:
        return None
    return proven(part, np.array(solution.row_dual))


def _listen(solver: Any, should_stop: Callable[[], bool]) -> None:
    """Let the interior point method end when somebody says so."""

    def look(_kind: Any, _message: str, _out: Any, answer: Any, _data: Any) -> None:
        if answer is not None and should_stop():
            answer.user_interrupt = True

    solver.setCallback(look, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackIpmInterrupt)


def proven(model: Model, prices: Whole) -> float:
    """Give what any solution costs at least, by any prices of the rows.

    For prices y the cost c·x is y·(A·x) + (c − A′·y)·x; each part is at least its least value within
    the bounds of rows and columns. A price that would ask for a bound that is not there is changed.
    """
    row, column, value = (np.concatenate([each[i] for each in model.entry]) for i in range(3))
    cost, upper = np.concatenate(model.cost), np.concatenate(model.upper)
    low, high = np.concatenate(model.low), np.concatenate(model.high)
    prices = np.where(np.isfinite(low), prices, np.minimum(prices, 0.0))
    prices = np.where(np.isfinite(high), prices, np.maximum(prices, 0.0))
    # what may be as large as it likes lies in one row, and its cost limits the price of that row
    free = ~np.isfinite(upper)[column]
    limit = cost[column[free]] / value[free]
    most, least = np.full(len(prices), np.inf), np.full(len(prices), -np.inf)
    up = value[free] > 0
    np.minimum.at(most, row[free][up], limit[up])
    np.maximum.at(least, row[free][~up], limit[~up])
    prices = np.clip(prices, least, most)
    left = cost - np.bincount(column, value * prices[row], minlength=model.columns)
    of_rows = np.where(prices > 0, prices * np.where(prices > 0, low, 0.0), 0.0)
    of_rows += np.where(prices < 0, prices * np.where(prices < 0, high, 0.0), 0.0)
    room = np.where(np.isfinite(upper), upper, 0.0)
    return float(of_rows.sum() + (np.minimum(left, 0.0) * room).sum())
