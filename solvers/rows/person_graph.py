"""A person's days as a graph: which courses of days are under way, and how far her counters are.

A node is the set of patterns that still can come true; it is worked out day by day, so no rule is
known here. Counters are carried beside it as small integers. What is too large to be carried is left
to the master problem, or left out: the graph then allows more than the rules do, never less.
"""

from collections.abc import Iterable
from math import prod
from typing import Any, Final, NamedTuple

import numpy as np

from solvers.rows.arrays import Short, Whole
from solvers.rows.person_counters import Track, tracked
from solvers.rows.person_rows import FORBIDDEN, Counter, Days

NODES: Final = 400
"""Nodes of a day up to which a person is gone through."""
CARRIED: Final = 6_000
"""Values of all counters together up to which they are carried exactly."""
TOGETHER: Final = 4
"""Counters that are carried at once."""


class Graph(NamedTuple):
    """What the dynamic program reads. Days, letters, nodes, classes and groups count from 0.

    Letters of a class let the same patterns go on; those of a group add the same to all counters
    too, so that only the cheapest one matters. An arc is `arc_start[day] + node · classes[day] +
    class`; its node is −1 where a hard rule forbids it.
    """

    letter_start: Short  # day → first letter
    group_start: Short  # day → first group
    group_class: Short
    choice_start: Short  # group → place in choices
    choices: Short  # letters, numbered over all days
    group_add: Short  # group × place of a counter
    classes: Short
    arc_start: Short
    arc_node: Short
    arc_cost: Whole
    arc_add: Short  # arc × place
    shift: Short  # day × place: the fall of values as the least one of the day rises
    top: Short  # day × place: the largest value kept
    below: Short  # day × place: 1 where a smaller value is forbidden, else it counts as the least
    above: Short
    end: Short  # day × place: where in end_cost it is judged, −1 where it is not
    end_cost: Whole
    stride: Short
    nodes: int  # most nodes of a day
    values: int  # of all counters together


class Drawn(NamedTuple):
    """A graph, and the counters of single days that it does not carry."""

    graph: Graph
    left: list[Counter]


def draw(days: Days) -> Drawn | None:
    """Make the graph of a person's days; None where there are too many nodes or no way through."""
    both = draw_both(days)
    return None if both is None else both[0]


def draw_both(days: Days) -> tuple[Drawn, Drawn] | None:
    """Make the graph that carries all it can, and a quick one; None as with `draw`.

    The quick one carries no upper limit of single days (so many nights): those are left. What counts
    courses of days has the first places in either, so both come from one walk through the days.
    """
    tracks = {index: tracked(days, index) for index in range(len(days.counters))}
    carried, left = _chosen(days, tracks, quick=False)
    walk = _Walk(days, {index: place for place, own in enumerate(carried) for index in own})
    if not walk.go():
        return None
    light, more = _chosen(days, tracks, quick=True)
    whole = Drawn(_graph(days, walk, carried), left)
    if light == carried:
        return whole, Drawn(whole.graph, more)
    return whole, Drawn(_graph(days, walk, light), more)


_Places = list[dict[int, Track]]
"""Place → the counters that take turns there, by their number."""


def _chosen(
    days: Days, tracks: dict[int, Track | None], *, quick: bool
) -> tuple[_Places, list[Counter]]:
    """Choose the counters to carry: courses of days first, as a master cannot have them."""

    def rank(index: int) -> tuple[bool, bool, int, int]:
        counter, track = days.counters[index], tracks[index]
        return not counter.patterns, not counter.floor, track.size if track else 0, index

    places: _Places = []
    left = []
    for index in sorted(tracks, key=rank):
        track = tracks[index]
        counter = days.counters[index]
        if track is None:
            continue
        light = quick and not counter.floor and not counter.patterns
        if (light or not _placed(places, index, track)) and not counter.patterns:
            left.append(counter)
    return places, left


def _placed(places: _Places, index: int, track: Track) -> bool:
    sizes = [max(each.size for each in own.values()) for own in places]
    for place, own in enumerate(places):
        if all(track.last < each.first or each.last < track.first for each in own.values()):
            now = prod(sizes) // sizes[place] * max(sizes[place], track.size)
            if now <= CARRIED:
                own[index] = track
                return True
    if len(places) < TOGETHER and prod(sizes) * track.size <= CARRIED:
        places.append({index: track})
        return True
    return False


class _Walk:
    """Goes through the days and numbers the nodes that can be reached."""

    def __init__(self, days: Days, place_of: dict[int, int]) -> None:
        self.days, self.place_of = days, place_of
        self.places = 1 + max(place_of.values(), default=-1)
        self.arcs: list[tuple[int, int, tuple[int, ...]]] = []
        self.arc_start: list[int] = []
        self.class_of: list[list[int]] = []  # day → letter → class
        self.nodes = 1
        count = len(days.letters)
        self._starts, self._ends = [0] * count, [0] * count
        self._over: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for number, pattern in enumerate(days.patterns):
            last = pattern.first + len(pattern.passing) - 1
            self._starts[pattern.first] |= 1 << number
            self._ends[last] |= 1 << number
            for day, passing in enumerate(pattern.passing, start=pattern.first):
                self._over[day].append((1 << number, passing))
        self._effects: dict[int, tuple[int, tuple[int, ...]]] = {}

    def go(self) -> bool:
        """Go through all days; tell whether a way through was found with few enough nodes."""
        now = [0]
        for day, letters in enumerate(self.days.letters):
            passing = self._passing(day, len(letters))
            kinds = list(dict.fromkeys(passing))
            place = {mask: number for number, mask in enumerate(kinds)}
            self.class_of.append([place[mask] for mask in passing])
            self.arc_start.append(len(self.arcs))
            after: dict[int, int] = {}
            starts, ends = self._starts[day], self._ends[day]
            for alive in now:
                for mask in kinds:
                    going = (alive | starts) & mask
                    cost, add = self._effect(going & ends)
                    if cost >= FORBIDDEN:
                        self.arcs.append((-1, 0, add))
                    else:
                        to = after.setdefault(going & ~ends, len(after))
                        self.arcs.append((to, cost, add))
            now = list(after)
            self.nodes = max(self.nodes, len(now))
            if not now or len(now) > NODES:
                return False
        return True

    def _passing(self, day: int, letters: int) -> list[int]:
        found = [0] * letters
        for bit, passing in self._over[day]:
            for letter in range(letters):
                if passing >> letter & 1:
                    found[letter] |= bit
        return found

    def _effect(self, done: int) -> tuple[int, tuple[int, ...]]:
        known = self._effects.get(done)
        if known is None:
            cost, add, rest = 0, [0] * self.places, done
            while rest:
                pattern = self.days.patterns[(rest & -rest).bit_length() - 1]
                rest &= rest - 1
                cost += pattern.cost
                if pattern.counter in self.place_of:
                    add[self.place_of[pattern.counter]] += pattern.amount
            known = self._effects[done] = cost, tuple(add)
        return known


def _graph(days: Days, walk: _Walk, carried: _Places) -> Graph:
    places = max(1, len(carried))
    count = len(days.letters)
    step = _steps(carried, count)
    groups = _Groups(days, walk, carried)
    arc_day = np.repeat(
        np.arange(count), np.diff([*walk.arc_start, len(walk.arcs)]).astype(np.int64)
    )
    add = np.zeros((len(walk.arcs), places), np.int64)
    if carried:
        add[:] = np.array([each[2] for each in walk.arcs], np.int64)[:, :places]
        add //= step[arc_day]
    tables = {
        name: np.zeros((count, places), np.int32) for name in ("shift", "top", "below", "above")
    }
    end = np.full((count, places), -1, np.int32)
    costs: list[int] = []
    for place, own in enumerate(carried):
        for track in own.values():
            part = slice(track.first, track.last + 1)
            for name in tables:
                tables[name][part, place] = getattr(track, name)
            end[track.last, place] = len(costs)
            costs.extend(track.end_cost)
    sizes = [max(track.size for track in own.values()) for own in carried] or [1]
    stride = np.cumprod([1, *sizes[:-1]])
    return Graph(
        letter_start=_start(map(len, days.letters)),
        group_start=_start(groups.counts),
        group_class=_short(groups.classes),
        choice_start=_start(map(len, groups.letters)),
        choices=_short([letter for own in groups.letters for letter in own]),
        group_add=_short(groups.add).reshape(-1, places),
        classes=_short([max(own) + 1 for own in walk.class_of]),
        arc_start=_short(walk.arc_start),
        arc_node=_short([each[0] for each in walk.arcs]),
        arc_cost=np.array([each[1] for each in walk.arcs], np.int64),
        arc_add=add.astype(np.int32),
        **tables,
        end=end,
        end_cost=np.array([*costs, 0], np.int64),
        stride=_short(stride),
        nodes=walk.nodes,
        values=prod(sizes),
    )


class _Groups:
    """Letters of a day by class and by what they add to the counters."""

    def __init__(self, days: Days, walk: _Walk, carried: _Places) -> None:
        self.counts: list[int] = []
        self.classes: list[int] = []
        self.letters: list[list[int]] = []
        self.add: list[list[int]] = []
        first = 0
        for day, letters in enumerate(days.letters):
            own = [_on(place, day) for place in carried]
            found: dict[tuple[int, ...], list[int]] = {}
            for letter in range(len(letters)):
                added = [track.add[day - track.first][letter] if track else 0 for track in own]
                key = (walk.class_of[day][letter], *(added or [0]))
                found.setdefault(key, []).append(first + letter)
            for key, members in found.items():
                self.classes.append(key[0])
                self.add.append(list(key[1:]))
                self.letters.append(members)
            self.counts.append(len(found))
            first += len(letters)


def _on(place: dict[int, Track], day: int) -> Track | None:
    return next((t for t in place.values() if t.first <= day <= t.last), None)


def _steps(carried: _Places, count: int) -> Whole:
    step = np.ones((count, max(1, len(carried))), np.int64)
    for place, own in enumerate(carried):
        for track in own.values():
            step[track.first : track.last + 1, place] = track.step
    return step


def _start(counts: Iterable[int]) -> Short:
    return np.concatenate(([0], np.cumsum(list(counts)))).astype(np.int32)


def _short(values: Any) -> Short:
    return np.ascontiguousarray(values, np.int32)
