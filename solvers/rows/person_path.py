"""The cheapest days of a person: a dynamic program over her graph, exact in whole numbers."""

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit

from solvers.rows.arrays import Short, Whole
from solvers.rows.jit import INNER, OUTER
from solvers.rows.person_graph import Graph, draw
from solvers.rows.person_rows import FORBIDDEN, Days

_FORBIDDEN: Final = FORBIDDEN
_FULL: Final = -2


class _Work(NamedTuple):
    """Scratch: labels one after another, day by day, and where the label of a key lies."""

    node: Short
    value: Short
    cost: Whole
    back: Short
    letter: Short
    layer: Short  # day → first label
    at: Short  # key → label of the day
    best_letter: Short
    best_cost: Whole
    part: Short  # values of the counters of a label
    judged: Whole  # what counters cost that end on a day


class Path(NamedTuple):
    """A course of days: its cost and the letter of each day, numbered over all days."""

    cost: int
    letters: Short


class Planner:
    """Finds cheapest courses of days; keeps its scratch arrays between people."""

    def __init__(self) -> None:
        self.labels = 0  # made so far: the measure of work
        self._labels = 1 << 14
        self._work = _scratch(1, 1, 1, self._labels)
        self._shape = (1, 1, 1)

    def cheapest(
        self, graph: Graph, prices: Whole, most: int = 1, room: int = FORBIDDEN
    ) -> list[Path]:
        """Give up to `most` cheapest courses that end differently, cheapest first.

        `prices` are those of the letters of all days. None is found where none is allowed, and none
        that costs over `room` more than the cheapest.
        """
        days, groups = len(graph.classes), len(graph.group_class)
        keys = graph.nodes * graph.values
        if self._shape[0] < keys or self._shape[1] < days or self._shape[2] < groups:
            now, need = self._shape, (keys, days, groups)
            self._shape = (max(now[0], need[0]), max(now[1], need[1]), max(now[2], need[2]))
            self._work = _scratch(*self._shape, self._labels)
        while True:
            found = int(_label(graph, prices, self._work))
            if found != _FULL:
                self.labels += found
                break
            self._labels *= 2
            self._work = _scratch(*self._shape, self._labels)
        work = self._work
        first, end = int(work.layer[days]), int(work.layer[days + 1])
        if first == end:
            return []
        costs = work.cost[first:end]
        order = [int(costs.argmin())] if most == 1 else np.argsort(costs, kind="stable")[:most]
        dearest = int(costs[order[0]]) + room
        near = [int(label) for label in order if costs[label] <= dearest]
        return [self._path(first + label, days) for label in near]

    def _path(self, label: int, days: int) -> Path:
        work = self._work
        letters = np.zeros(days, np.int32)
        _trace(work.letter, work.back, label, letters)
        return Path(int(work.cost[label]), letters)


def _scratch(keys: int, days: int, groups: int, labels: int) -> _Work:
    return _Work(
        node=np.zeros(labels, np.int32),
        value=np.zeros(labels, np.int32),
        cost=np.zeros(labels, np.int64),
        back=np.zeros(labels, np.int32),
        letter=np.zeros(labels, np.int32),
        layer=np.zeros(days + 2, np.int32),
        at=np.full(keys, -1, np.int32),
        best_letter=np.zeros(groups, np.int32),
        best_cost=np.zeros(groups, np.int64),
        part=np.zeros(8, np.int32),
        judged=np.zeros(1, np.int64),
    )


@njit(**INNER)
def _choose(g: Graph, prices: Whole, w: Any) -> None:
    """Find the cheapest letter of each group."""
    for group in range(len(g.group_class)):
        best = _FORBIDDEN
        letter = np.int64(-1)
        for i in range(g.choice_start[group], g.choice_start[group + 1]):
            price = prices[g.choices[i]]
            if price < best:
                best = price
                letter = np.int64(g.choices[i])
        w.best_cost[group] = best
        w.best_letter[group] = letter


@njit(**INNER)
def _count(g: Graph, w: Any, day: Any, group: Any, arc: Any) -> Any:
    """Give all counters after a day as one number, −1 where forbidden; `judged` is their cost."""
    value = np.int64(0)
    w.judged[0] = 0
    for p in range(g.shift.shape[1]):
        x = np.int64(w.part[p]) + g.group_add[group, p] + g.arc_add[arc, p] + g.shift[day, p]
        top = np.int64(g.top[day, p])
        if x < 0:
            if g.below[day, p] != 0:
                return np.int64(-1)
            x = np.int64(0)
        if x > top:
            if g.above[day, p] != 0 or top < 0:
                return np.int64(-1)
            x = top
        if g.end[day, p] >= 0:
            judged = g.end_cost[g.end[day, p] + x]
            if judged >= _FORBIDDEN:
                return np.int64(-1)
            w.judged[0] += judged
            x = np.int64(0)
        value = value + x * g.stride[p]
    return value


@njit(**INNER)
def _clear(g: Graph, w: Any, first: Any, end: Any) -> None:
    for k in range(first, end):
        w.at[np.int64(w.node[k]) * g.values + w.value[k]] = -1


@njit(**INNER)
def _split(g: Graph, w: Any, label: Any) -> None:
    """Take the counters of a label apart."""
    rest = np.int64(w.value[label])
    for p in range(g.shift.shape[1] - 1, -1, -1):
        w.part[p] = rest // g.stride[p]
        rest = rest - np.int64(w.part[p]) * g.stride[p]


@njit(**INNER)
def _extend(g: Graph, w: Any, day: Any, label: Any, count: Any) -> Any:
    """Take a label over a day; give the number of labels, −2 where they have no room."""
    _split(g, w, label)
    start = g.arc_start[day] + np.int64(w.node[label]) * np.int64(g.classes[day])
    for group in range(g.group_start[day], g.group_start[day + 1]):
        arc = start + g.group_class[group]
        node = np.int64(g.arc_node[arc])
        if w.best_letter[group] < 0 or node < 0:
            continue
        value = _count(g, w, day, group, arc)
        if value < 0:
            continue
        cost = w.cost[label] + w.best_cost[group] + g.arc_cost[arc] + w.judged[0]
        key = node * g.values + value
        at = np.int64(w.at[key])
        if at < 0:
            if count >= len(w.node):
                return np.int64(_FULL)
            at = count
            count += 1
            w.at[key] = at
            w.node[at] = node
            w.value[at] = value
        elif w.cost[at] <= cost:
            continue
        w.cost[at] = cost
        w.back[at] = label
        w.letter[at] = w.best_letter[group]
    return count


@njit(**OUTER)
def _label(g: Graph, prices: Whole, w: Any) -> Any:
    """Label all days; give the number of labels, −2 where they have no room."""
    _choose(g, prices, w)
    w.layer[0] = 0
    w.layer[1] = 1
    w.node[0] = 0
    w.value[0] = 0
    w.cost[0] = 0
    count = np.int64(1)
    for day in range(len(g.classes)):
        begin = np.int64(w.layer[day])
        end = np.int64(w.layer[day + 1])
        for label in range(begin, end):
            more = _extend(g, w, day, label, count)
            if more == _FULL:
                return np.int64(_FULL)  # all scratch is made anew
            count = more
        _clear(g, w, end, count)
        w.layer[day + 2] = count
    return count


@njit(**OUTER)
def _trace(letter: Short, back: Short, label: int, found: Short) -> None:
    """Fill in the letters of a label's course, from its last day to its first."""
    at = np.int64(label)
    for day in range(len(found) - 1, -1, -1):
        found[day] = letter[at]
        at = np.int64(back[at])


def try_out() -> None:
    """Compile, or load what is compiled."""
    drawn = draw(Days([[(1,)]], [(0,)], [], []))
    if drawn is not None:
        Planner().cheapest(drawn.graph, np.zeros(1, np.int64))
