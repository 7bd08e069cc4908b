"""One cooling by several lanes: each anneals some people on some days, then hands on what it changed.

Lanes that cool a large roster each by itself end no colder than one alone. No two of them ever have a
person or a day in common, so neither a row of hers nor the cover of a day is changed twice: lanes
that shared days filled the same post at once, and never got cold (Curtois 15: 6 173).
"""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import numpy as np

from solvers.roster.lane import COLD, END, END_LEGAL, WARM, Lane
from solvers.rows.arrays import Bools
from solvers.rows.moves_roster import RosterMoves, anneal
from solvers.rows.search import Search

_MOMENT: Final = 100_000
"""Tries of a lane on the people and days that it has drawn: some hundredths of a second."""
_TAKEN: Final = 0.8
"""Of all people, and of all days, what the lanes have together; the others are there to be drawn."""
_BETWEEN: Final = 16
"""Moments between two looks whether a lane's best roster is better than what is known."""
_LATE: Final = 0.5
"""Of the cooling, from which a lane that joins makes it shorter, not longer."""


class _Box(NamedTuple):
    """What a lane has for a moment: people, by number, and days."""

    people: list[int]
    days: list[int]


class Cooling:
    """A roster that lanes cool together, each for some CPU-seconds that it brings.

    `people[i]` are the lines of person i. `hot` is the first temperature, in cover units.
    """

    def __init__(
        self,
        search: Search,
        moves: RosterMoves,
        people: Sequence[Sequence[int]],
        hot: float,
    ) -> None:
        self.hot = hot
        self._slots = search.state.best.copy()
        self._people = people
        self._grid = moves.grid.reshape(-1, moves.days)
        self._days = moves.days
        self._done = 0.0  # share of the way from hot to cold
        self._left = 0.0  # seconds
        self._lanes = self._ever = 0
        self._free = list(range(len(people)))
        self._open = np.ones(moves.days, bool)  # days that no lane has
        self._changed = threading.Condition()

    def work(self, lane: Lane, seconds: float) -> None:
        """Cool the roster with the other lanes; the lane ends on the best roster that it has seen."""
        search = lane.search
        search.back_to_best()
        best, slots, moments = search.best_cost, search.state.best.copy(), 0
        with self._joined(seconds):
            while self._left > 0.0 and not lane.over():
                self._moment(lane)
                moments += 1
                if search.best_cost < best:
                    best, slots = search.best_cost, search.state.best.copy()
                    if moments % _BETWEEN == 0:
                        lane.bring()
        with self._changed:
            self._changed.wait_for(lambda: len(self._free) == len(self._people))
            found = self._slots.copy()
        search.become(slots)
        search.keep()
        search.become(found)
        lane.own = self._ever == 1
        lane.settle(int(END * seconds * lane.rate), self.hot)

    @contextmanager
    def _joined(self, seconds: float) -> Iterator[None]:
        with self._changed:
            if self._done < _LATE:
                self._left += seconds
            self._lanes += 1
            self._ever += 1
        try:
            yield
        finally:
            with self._changed:
                self._lanes -= 1

    def _moment(self, lane: Lane) -> None:
        """Anneal some people on some days, all else as it was left."""
        search, before = lane.search, time.thread_time()
        mine = self._take(lane.draw)
        try:
            with self._changed:
                slots = self._slots.copy()
            search.become(slots)
            search.keep()
            heat, times = self._heat()
            anneal(
                search,
                lane.moves.box(self._lines(mine), mine.days),
                tries=_MOMENT,
                hot=heat * lane.unit,
                cold=heat * lane.unit,
                legal=lane.legal * times,
                stop=lane.stop,
            )
        finally:
            self._give_back(search, mine, time.thread_time() - before)

    def _lines(self, mine: _Box) -> list[int]:
        return [line for each in mine.people for line in self._people[each]]

    def _take(self, draw: random.Random) -> _Box:
        """Draw people and days that no other lane has: everything where there is none."""
        with self._changed:
            people, days = len(self._people), self._days
            if self._lanes > 1:
                people = max(1, int(_TAKEN * people / self._lanes))
                days = max(1, int(_TAKEN * days / self._lanes))
            self._changed.wait_for(lambda: self._free_enough(people, days))
            first = draw.choice(_starts(self._open, days))
            run = [(first + day) % self._days for day in range(days)]
            mine = _Box(draw.sample(self._free, people), run)
            taken = set(mine.people)
            self._free = [each for each in self._free if each not in taken]
            self._open[mine.days] = False
            return mine

    def _free_enough(self, people: int, days: int) -> bool:
        return len(self._free) >= people and bool(_starts(self._open, days))

    def _give_back(self, search: Search, mine: _Box, spent: float) -> None:
        with self._changed:
            cells = self._grid[np.ix_(self._lines(mine), mine.days)].ravel()
            cells = cells[cells >= 0]
            self._slots[cells] = search.state.current[cells]
            self._free.extend(mine.people)
            self._open[mine.days] = True
            share = min(1.0, spent / max(self._left, 1e-9))
            self._done += (1.0 - self._done) * share
            self._left -= spent
            self._changed.notify_all()

    def _heat(self) -> tuple[float, float]:
        """Give the temperature now in cover units, and what a hard unit costs, in legal prices."""
        done, end = self._done, 1.0 - END
        if done < end:
            return self.hot * (COLD / self.hot) ** (done / end), 1.0
        warm = min(self.hot, WARM)
        return warm * (COLD / warm) ** min(1.0, (done - end) / END), END_LEGAL


def _starts(open_: Bools, length: int) -> list[int]:
    """Give the first days of all runs of so many open days; the first day follows the last one."""
    days = len(open_)
    if length == days:
        return [0] if open_.all() else []
    closed = np.concatenate(([0], np.cumsum(np.tile(~open_, 2))))
    found: list[int] = np.flatnonzero(closed[length : length + days] == closed[:days]).tolist()
    return found
