"""Which cells to free together: all staff on few days, some staff for two weeks, round a costly day."""

import random
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from solvers.rows.arrays import Compiled, Short, Whole, amounts, values
from solvers.rows.lns import Operator
from solvers.rows.search import Search
from solvers.rows.weights import SHIFT

FORTNIGHT: Final = 14
_ROUND: Final = 3
_LENGTHS: Final = (7, 14, 28)
_DRAWS: Final = 8
_GROW: Final = 1.12

Chooser = Callable[[int, random.Random], Short]
Window = tuple[list[int], int, int]
"""People, the first day and the day after the last."""
WindowChooser = Callable[[int, random.Random], Window]
"""Gives a window of about so many cells."""


def choosers(search: Search, grid: Short, crews: Sequence[Short]) -> dict[str, Chooser]:
    """Give the ways to choose cells of a roster, by name; `grid` is line × day → cell.

    Cells that are freed together are of one of the `crews`, lines that work together.
    """
    free = np.where(grid >= 0, search.state.movable[np.maximum(grid, 0)] != 0, False)
    days: int = grid.shape[1]
    sizes = [int(free[crew].sum()) for crew in crews]
    costs = Costs(search, grid, crews)

    def cells(chosen: Short | list[int], first: int, last: int) -> Short:
        box = grid[chosen, first:last]
        return np.ascontiguousarray(box[free[chosen, first:last]], np.int32)

    def crew(draw: random.Random) -> int:
        if len(crews) == 1:
            return 0
        number: int = draw.choices(range(len(crews)), sizes)[0]
        return number

    def per_day(number: int) -> int:
        return max(1, sizes[number] // max(days, 1))

    def few_days(size: int, draw: random.Random) -> Short:
        number = crew(draw)
        length = min(days, max(1, round(size / per_day(number))))
        first = draw.randrange(days - length + 1)
        return cells(crews[number], first, first + length)

    def few_people(size: int, draw: random.Random) -> Short:
        lines = crews[crew(draw)].tolist()
        length = min(days, FORTNIGHT)
        count = min(len(lines), max(2, round(size / length)))
        first = draw.randrange(days - length + 1)
        return cells(sorted(draw.sample(lines, count)), first, first + length)

    def costly_day(size: int, draw: random.Random) -> Short:
        number, day = costs.drawn(draw)
        lines = crews[number].tolist()
        length = min(days, 2 * _ROUND + 1)
        count = max(2, round(size / length))
        if count >= len(lines):
            count, length = len(lines), min(days, max(length, round(size / per_day(number))))
        first = min(max(0, day - length // 2), days - length)
        return cells(sorted(draw.sample(lines, count)), first, first + length)

    return {"few_days": few_days, "few_people": few_people, "costly_day": costly_day}


def window_choosers(people: int, days: int) -> dict[str, WindowChooser]:
    """Give the ways to choose windows: all people on few days, some on many, one or a few on all."""

    def some(count: int, length: int, draw: random.Random) -> Window:
        first = draw.randrange(days - length + 1)
        return sorted(draw.sample(range(people), count)), first, first + length

    def window_of_all(size: int, draw: random.Random) -> Window:
        return some(people, min(days, max(1, round(size / people))), draw)

    def window_of_some(size: int, draw: random.Random) -> Window:
        length = min(days, draw.choice(_LENGTHS))
        return some(min(people, max(2, round(size / length))), length, draw)

    def whole_rows(size: int, draw: random.Random) -> Window:
        return some(min(people, max(1, round(size / days))), days, draw)

    return {
        "window_of_all": window_of_all,
        "window_of_some": window_of_some,
        "whole_rows": whole_rows,
    }


class Solved:
    """The windows that are proven to gain nothing while the roster costs what it costs."""

    def __init__(self) -> None:
        self._cost: object = None
        self._windows: list[Window] = []

    def add(self, window: Window, cost: object) -> None:
        """Note a window that gained nothing."""
        self._at(cost)
        self._windows.append(window)

    def holds(self, window: Window, cost: object) -> bool:
        """Tell whether a window lies within one of these."""
        self._at(cost)
        people, first, last = window
        return any(
            begin <= first and last <= end and set(people) <= set(others)
            for others, begin, end in self._windows
        )

    def _at(self, cost: object) -> None:
        if cost != self._cost:
            self._cost = cost
            self._windows.clear()


def fresh(
    way: WindowChooser, operator: Operator, solved: Solved, cost: object, draw: random.Random
) -> Window:
    """Choose a window that is not yet known to gain nothing; windows grow where all of them are."""
    while True:
        for _ in range(_DRAWS):
            window = way(round(operator.size), draw)
            if not solved.holds(window, cost):
                return window
        if operator.size >= operator.most:
            return window
        operator.size = min(operator.most, operator.size * _GROW)


class Costs:
    """What the broken rows of single days cost, by crew and day."""

    def __init__(self, search: Search, grid: Short, crews: Sequence[Short]) -> None:
        self._search, self._days = search, grid.shape[1]
        self._crews = len(crews)
        self._crew_of = _crews_of_rows(search.compiled, grid, crews)

    def drawn(self, draw: random.Random) -> tuple[int, int]:
        """Draw a crew and a day by what they cost; any where nothing costs anything."""
        costs = self._now()
        places = range(len(costs))
        place = draw.choices(places, costs.tolist())[0] if costs.any() else draw.choice(places)
        return place // self._days, place % self._days

    def _now(self) -> Whole:
        compiled, weights = self._search.compiled, self._search.weights
        value, _ = values(compiled, self._search.state.current)
        left = np.maximum(amounts(compiled, value) - weights.row_free, 0)
        costs = np.zeros(self._crews * self._days, np.int64)
        weight = np.where(weights.row >= 1 << SHIFT, weights.row >> SHIFT, weights.row)
        for row in np.flatnonzero(left * weight).tolist():
            about = compiled.rows.about[row]
            if about.first == about.last and 0 <= about.first < self._days:
                place = self._crew_of[row] * self._days + about.first
                costs[place] += left[row] * weight[row]
        return costs


def _crews_of_rows(compiled: Compiled, grid: Short, crews: Sequence[Short]) -> list[int]:
    """Give the crew of most cells of each row, the first where none of them is in one."""
    crew_of = np.full(compiled.cells, -1, np.int64)
    for number in range(len(crews) - 1, -1, -1):
        inside = grid[crews[number]]
        crew_of[inside[inside >= 0]] = number
    slot = np.repeat(np.arange(compiled.slots), np.diff(compiled.loads.start))
    crew = crew_of[compiled.slot_cell[slot]]
    votes = np.zeros((len(compiled.rows.lo), len(crews)), np.int64)
    np.add.at(votes, (compiled.loads.target[crew >= 0], crew[crew >= 0]), 1)
    found: list[int] = votes.argmax(axis=1).tolist()
    return found
