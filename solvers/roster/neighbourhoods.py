"""Which cells to free together: all staff on few days, some staff for two weeks, round a costly day."""

import random
from collections.abc import Callable
from typing import Final

import numpy as np

from solvers.rows.arrays import Short, Whole, amounts, values
from solvers.rows.search import Search
from solvers.rows.weights import SHIFT

FORTNIGHT: Final = 14
_ROUND: Final = 3
_LENGTHS: Final = (7, 14, 28)

Chooser = Callable[[int, random.Random], Short]
WindowChooser = Callable[[int, random.Random], tuple[list[int], int, int]]
"""Gives people, the first day and the day after the last, for about so many cells."""


def choosers(search: Search, grid: Short) -> dict[str, Chooser]:
    """Give the ways to choose cells of a roster, by name; `grid` is line × day → cell."""
    free = np.where(grid >= 0, search.state.movable[np.maximum(grid, 0)] != 0, False)
    lines, days = grid.shape
    per_day = max(1, int(free.sum()) // max(days, 1))

    def cells(chosen: Short | slice | list[int], first: int, last: int) -> Short:
        box = grid[chosen, first:last]
        return np.ascontiguousarray(box[free[chosen, first:last]], np.int32)

    def few_days(size: int, draw: random.Random) -> Short:
        length = min(days, max(1, round(size / per_day)))
        first = draw.randrange(days - length + 1)
        return cells(slice(None), first, first + length)

    def few_people(size: int, draw: random.Random) -> Short:
        length = min(days, FORTNIGHT)
        count = min(lines, max(2, round(size / length)))
        first = draw.randrange(days - length + 1)
        return cells(sorted(draw.sample(range(lines), count)), first, first + length)

    def costly_day(size: int, draw: random.Random) -> Short:
        day = _drawn(_daily_cost(search, days), draw)
        length = min(days, 2 * _ROUND + 1)
        count = max(2, round(size / length))
        if count >= lines:
            count, length = lines, min(days, max(length, round(size / per_day)))
        first = min(max(0, day - length // 2), days - length)
        return cells(sorted(draw.sample(range(lines), count)), first, first + length)

    return {"few_days": few_days, "few_people": few_people, "costly_day": costly_day}


def window_choosers(people: int, days: int) -> dict[str, WindowChooser]:
    """Give the ways to choose windows: all people on few days, some on many, one or a few on all."""

    def some(count: int, length: int, draw: random.Random) -> tuple[list[int], int, int]:
        first = draw.randrange(days - length + 1)
        return sorted(draw.sample(range(people), count)), first, first + length

    def window_of_all(size: int, draw: random.Random) -> tuple[list[int], int, int]:
        return some(people, min(days, max(1, round(size / people))), draw)

    def window_of_some(size: int, draw: random.Random) -> tuple[list[int], int, int]:
        length = min(days, draw.choice(_LENGTHS))
        return some(min(people, max(2, round(size / length))), length, draw)

    def whole_rows(size: int, draw: random.Random) -> tuple[list[int], int, int]:
        return some(min(people, max(1, round(size / days))), days, draw)

    return {
        "window_of_all": window_of_all,
        "window_of_some": window_of_some,
        "whole_rows": whole_rows,
    }


def _daily_cost(search: Search, days: int) -> Whole:
    """What the broken rows of single days cost, day by day."""
    compiled, weights = search.compiled, search.weights
    value, _ = values(compiled, search.state.current)
    left = np.maximum(amounts(compiled, value) - weights.row_free, 0)
    costs = np.zeros(days, np.int64)
    weight = np.where(weights.row >= 1 << SHIFT, weights.row >> SHIFT, weights.row)
    for row in np.flatnonzero(left * weight).tolist():
        about = compiled.rows.about[row]
        if about.first == about.last and 0 <= about.first < days:
            costs[about.first] += left[row] * weight[row]
    return costs


def _drawn(costs: Whole, draw: random.Random) -> int:
    """Draw a day by its cost; any day where none costs anything."""
    if not costs.any():
        return draw.randrange(len(costs))
    return draw.choices(range(len(costs)), costs.tolist())[0]
