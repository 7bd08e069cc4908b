"""A lane's work with whole rosters as columns: price until nothing gains, bound, dive to rosters."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np

from planner.rules.contract import Waiver
from solvers.roster.dive import dive
from solvers.roster.lane import Lane
from solvers.roster.polish import smoothed
from solvers.roster.pricing import Pricing, set_up
from solvers.roster.windows import Windows
from solvers.rows.arrays import Compiled
from solvers.rows.bound import missing
from solvers.rows.weights import JUDGED, weigh

LARGEST: Final = 100_000
"""Slots up to which people are read one by one; twenty-six weeks of fifty people take four seconds."""
_SHARE: Final = 0.4
"""Of a lane's time, until pricing has to be done with."""
_QUICK: Final = 0.2
"""The same without upper limits of people: often there is no time to dive then, only a bound."""
_DIVING: Final = 0.25
"""Of a lane's time, for dives that gain."""
_USUAL: Final = 50
"""Rounds until nothing gains (23 to 50 on Curtois 2 to 18): what cannot have them is left alone."""
_TRIAL: Final = 3
_SLOWER: Final = 1.6
"""Times as long as in the trial that rounds take later without upper limits (Curtois 18: 1.65)."""
_SAMPLE: Final = 6
_READ: Final = 0.1
"""Share for reading everybody from which it is given up: a ward with twenty weeks of history took half
of a lane's annealing, and left what is hers alone out of the columns."""
_DEAR: Final = 0.025
"""Share for pricing everybody once from which it is not even tried (Curtois 13: 120 people)."""
_DIVES: Final = ((15, 0.8), (15, 0.999), (20, 0.6), (10, 0.9))
"""Rounds of pricing after each step of a dive, and the share from which people are fixed together."""
_FEWEST: Final = 2
"""Rounds below which a dive is no use, polished or not."""
_HALF: Final = 0.5
"""Of the time for dives: what the first may take; polishing takes as long."""
_PATIENCE: Final = 4
_END: Final = 0.7
LABELS_AN_EFFORT: Final = 3_000_000
"""Labels of the dynamic program that an effort pays for."""

People = Sequence[Sequence[Sequence[int]]]


class Work:
    """How much of its time, or of its labels, a lane has spent on columns."""

    def __init__(self, lane: Lane, seconds: float) -> None:
        self.lane = lane
        self.pricing: Pricing | None = None
        self.windows: Windows | None = None
        self.once = 0.0  # what it takes to price everybody once, all that can be carried
        self._seconds = seconds
        self._start = 0.0 if lane.meeting.counted else self._now()

    def _now(self) -> float:
        """Read the clock of this lane: all lanes spend the CPU-seconds of a budget."""
        allowance = self.lane.meeting.allowance
        return time.thread_time() if allowance.cpu else allowance.now()

    def used(self) -> float:
        """Give the share of the time, or of the labels of an effort, that is spent."""
        allowance = self.lane.meeting.allowance
        if allowance.counted:
            labels = self.pricing.planner.labels if self.pricing is not None else 0
            labels += self.windows.labels if self.windows is not None else 0
            return labels / max(1.0, LABELS_AN_EFFORT * (allowance.effort or 0.0))
        return (self._now() - self._start) / max(self._seconds, 1e-9)

    def over(self, share: float) -> bool:
        """Tell whether a share is spent, or the lane has to end."""
        return self.lane.over() or self.used() > share


class _Reading:
    """Tells, person by person, whether reading them all takes too long for columns to be worth it."""

    def __init__(self, work: Work, people: int) -> None:
        self._work, self._people, self._read = work, people, 0
        self._before = work.used()

    def too_long(self) -> bool:
        """Tell it before another person is read."""
        used = self._work.used() - self._before
        self._read += 1
        some = self._read > _SAMPLE
        return (some and used * self._people / (self._read - 1) > _READ) or self._work.over(_SHARE)


def by_columns(
    lane: Lane,
    compiled: Compiled,
    waivers: Sequence[Waiver],
    people: People,
    seconds: float,
    *,
    pinned: bool,
) -> bool:
    """Bring rosters made of columns, and the bound; tell whether there was time for such a roster.

    `seconds` are those of the lane, in the budget's unit. The bound is that of every roster, so none
    is told where pins hold some days.
    """
    if compiled.slots > LARGEST or missing(compiled):
        return False
    work = Work(lane, seconds)
    search = lane.search
    reading = _Reading(work, len(people))
    pricing = set_up(
        compiled,
        weigh(compiled, waivers=waivers, kinds=JUDGED),
        people,
        search.state.best,
        search.state.movable,
        reading.too_long,
    )
    if pricing is None:
        return False
    work.pricing = lane.meeting.pricing = pricing
    if not _converged(pricing, work):
        return False
    if pricing.bound is not None and not pinned:
        lane.meeting.prove(max(0, pricing.bound), "columns")
    return _dive(pricing, work)


def _converged(pricing: Pricing, work: Work) -> bool:
    def share() -> float:
        return _QUICK if pricing.quick else _SHARE

    def over() -> bool:
        return work.over(share())

    if _dear(pricing, work):
        return False
    pricing.master.add(pricing.columns_of(work.lane.search.state.best))
    before = work.used()
    if not pricing.begin(over):
        return False
    work.once = work.used() - before
    before = work.used()
    pricing.quick = work.once * _USUAL > _SHARE - before
    if not pricing.converge(over, _TRIAL):
        return False
    left, each = share() - work.used(), (work.used() - before) / _TRIAL
    rest = each * (_USUAL - _TRIAL) * (_SLOWER if pricing.quick else 1.0)
    if not work.lane.meeting.counted and rest > left:
        return False
    return pricing.converge(over)


def _dear(pricing: Pricing, work: Work) -> bool:
    """Tell from some people whether pricing everybody once takes too long for many rounds."""
    count = len(pricing.people)
    duals = np.zeros(len(pricing.master.rows), np.int64)
    pricing.priced(0, duals)  # the first one makes room
    some = range(0, count, max(1, count // _SAMPLE))
    before = work.used()
    for number in some:
        pricing.priced(number, duals)
    return (work.used() - before) * count / len(some) > _DEAR


def _dive(pricing: Pricing, work: Work) -> bool:
    """Dive while that gains, with one setting after another; tell whether any came to its end."""
    lane, dry, number = work.lane, 0, 0
    windows = work.windows = lane.read(pricing)
    end = min(_END, work.used() + _DIVING)

    def over() -> bool:
        return work.over(end)

    while dry < _PATIENCE and not over():
        rounds, together = _DIVES[number % len(_DIVES)]
        rounds = min(rounds, _affordable(pricing, work, end))
        if rounds < _FEWEST:
            return number > 0
        half = work.used() + _HALF * (end - work.used())
        hurry = partial(work.over, half)
        chosen = dive(pricing, over, rounds=rounds, together=together, hurry=hurry)
        if chosen is None:
            break
        number += 1
        rough, slots = lane.search.state.best.copy(), pricing.slots_of(chosen)
        rough[lane.search.compiled.slot_cell[slots]] = slots
        days, counted = lane.moves.days, lane.meeting.counted
        better = smoothed(rough, lane.search, windows, days, over, counted=counted)
        dry = 0 if better else dry + 1
        lane.bring()
    return number > 0


def _affordable(pricing: Pricing, work: Work, end: float) -> int:
    """Give how many rounds a step a dive has time for: a step a person, of half of them on average.

    Half of the rounds of a step find nothing more, so that half is counted (measured: 8 to 10 seconds
    on Curtois 8 where this says 10).
    """
    each = work.once * len(pricing.people) / 4
    left = _HALF * (end - work.used())
    return int(min(left / max(each, 1e-9), _DIVES[0][0] * 2))
