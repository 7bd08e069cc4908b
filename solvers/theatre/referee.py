"""Who accepts a change of the programme: the audit, at a tenth of the time at most.

Changes that a model found good are made at once and stay pending until the audit is affordable; if
it does not find the plan better, they are taken back together.
"""

import threading
import time
from collections.abc import Iterable
from typing import Final

import numpy as np

from planner.score import Score
from solvers.rows.arrays import Short
from solvers.theatre.programme import Before, Programme

_SHARE: Final = 0.1


class Referee:
    """Keeps the accepted plan of a programme; all who change it hold `lock`."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.desk = programme.ground.desk
        self.lock = threading.RLock()
        self.score: Score = programme.judged()
        self.made = 0  # changes so far, and times that some were taken back
        self.at_work: dict[object, frozenset[int]] = {}  # the days of each lane's block
        self.offered: set[int] = set()  # cases left out that some lane has tried to place elsewhere
        self._cell = np.zeros(programme.ground.space.cells, np.int64)  # when it last changed
        self._day: dict[int, int] = {}
        self._all = 0
        self._pending: list[Before] = []
        self._spent = 0.0
        self._since = time.process_time()
        self.desk.offer(programme.plan(), self.score)

    def begin(self) -> None:
        """Begin anew from the programme as it is, which others have changed."""
        with self.lock:
            self.score = self.programme.judged()
            self.made += 1
            self._all = self.made
            self.offered.clear()
            self._pending.clear()
            self.desk.offer(self.programme.plan(), self.score)

    def changed(self, cells: Short, days: Iterable[int], since: int) -> bool:
        """Tell whether something was changed on some days, or of some cases, since `made` was such."""
        if self._all > since or (self._cell[cells] > since).any():
            return True
        return any(self._day.get(day, 0) > since for day in days)

    def make(self, cells: Short, slots: Short, starts: Short, *, surely: bool = False) -> bool:
        """Make a change, and audit it if that is affordable; tell whether it still stands."""
        with self.lock:
            if surely:
                self.settle()
            hard = self.programme.search.cost.hard
            before = self.programme.put(cells, slots, starts)
            self._note(before, slots)
            self._pending.append(before)
            surely = surely or self.programme.search.cost.hard > hard
            return self.settle() if surely or self._affordable() else True

    def _note(self, before: Before, slots: Short) -> None:
        """Note what a change touches."""
        self.made += 1
        self._cell[before.cells] = self.made
        day = self.programme.ground.layout.day
        for each in np.unique(day[np.concatenate((before.slots, slots))]).tolist():
            self._day[each] = self.made

    def settle(self) -> bool:
        """Audit what is pending; keep it if the plan is better, else take it back."""
        with self.lock:
            if not self._pending:
                return True
            before = time.thread_time()
            plan = self.programme.plan()
            score = self.desk.judged(plan)
            kept = score.key < self.score.key
            if kept:
                self.score = score
                self.desk.offer(plan, score)
            else:
                self.made += 1
                self._all = self.made
                for change in reversed(self._pending):
                    self.programme.undo(change)
            self._pending.clear()
            self._spent += time.thread_time() - before
            return kept

    def _affordable(self) -> bool:
        if self.desk.allowance.counted:
            return True
        return self._spent <= _SHARE * (time.process_time() - self._since)
