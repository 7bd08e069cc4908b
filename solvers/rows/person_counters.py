"""How a counter of a person is carried from day to day: in steps, and only where it matters.

Values from which the same end is certain count as one; values from which only a forbidden end can
be reached are dropped. What is kept of a day counts from 0.
"""

from math import gcd
from typing import NamedTuple

from solvers.rows.person_rows import FORBIDDEN, Days


class Track(NamedTuple):
    """A counter from `first` to `last`: tables by day, and what its final values cost."""

    first: int
    last: int
    step: int
    add: list[list[int]]  # day → letter → steps
    shift: list[int]
    top: list[int]
    below: list[int]
    above: list[int]
    end_cost: list[int]
    size: int


def tracked(days: Days, index: int) -> Track | None:
    """Give the table of a counter, None where every course of days ends at no cost.

    A course of days is counted on its last day.
    """
    counter = days.counters[index]
    first, last = counter.first, counter.last
    span = range(first, last + 1)
    amount = [counter.amount.get(d, (0,) * len(days.letters[d])) for d in span]
    least = [min(own) for own in amount]
    given: dict[int, list[int]] = {}
    for pattern in days.patterns:
        if pattern.counter == index:
            given.setdefault(pattern.first + len(pattern.passing) - 1, []).append(pattern.amount)
    step = gcd(
        *(v - low for own, low in zip(amount, least, strict=True) for v in own),
        *(v for own in given.values() for v in own),
    )
    step = step or 1
    add = [[(v - low) // step for v in own] for own, low in zip(amount, least, strict=True)]
    rise = [
        max(own) + sum(v // step for v in given.get(d, ()) if v > 0)
        for d, own in zip(span, add, strict=True)
    ]
    fall = [sum(v // step for v in given.get(d, ()) if v < 0) for d in span]
    constant = sum(least)
    highest, lowest = sum(rise), sum(fall)
    cost = {v: counter.cost(constant + step * v) for v in range(lowest, highest + 1)}
    flat_low, flat_high = _flat(cost, lowest, highest, 1), _flat(cost, highest, lowest, -1)
    if flat_low == highest and cost[lowest] == 0:
        return None
    cut_low, cut_high = cost[lowest] >= FORBIDDEN, cost[highest] >= FORBIDDEN
    if flat_low == highest:  # one cost for all
        cut_low = cut_high = False
    shift, top, lows = [], [], [0]
    up, down = highest, lowest
    reach_low = reach_high = 0
    for gain, loss in zip(rise, fall, strict=True):
        up, down = up - gain, down - loss
        reach_low, reach_high = reach_low + loss, reach_high + gain
        low = max(reach_low, flat_low - up + (1 if cut_low else 0))
        high = min(reach_high, flat_high - down - (1 if cut_high else 0))
        shift.append(lows[-1] - low)
        top.append(max(high - low, -1))
        lows.append(low)
    end_cost = [cost[min(max(lows[-1] + v, lowest), highest)] for v in range(top[-1] + 1)]
    marks = [1 if cut_low else 0] * len(span), [1 if cut_high else 0] * len(span)
    return Track(*(first, last, step, add, shift, top, *marks, end_cost), size=max(1, max(top) + 1))


def _flat(cost: dict[int, int], start: int, end: int, way: int) -> int:
    """Give how far from `start` the cost stays the same."""
    value = start
    while value != end and cost[value + way] == cost[start]:
        value += way
    return value
