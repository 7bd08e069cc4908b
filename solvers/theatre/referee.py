"""Who accepts a change of the programme: the audit, at a tenth of the time at most.

Changes that a model found good are made at once and stay pending until the audit is affordable; if
it does not find the plan better, they are taken back together.
"""

import threading
import time
from typing import Final

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
        self._pending: list[Before] = []
        self._spent = 0.0
        self._since = time.process_time()
        self.desk.offer(programme.plan(), self.score)

    def begin(self) -> None:
        """Begin anew from the programme as it is, which others have changed."""
        with self.lock:
            self.score = self.programme.judged()
            self.made += 1
            self._pending.clear()
            self.desk.offer(self.programme.plan(), self.score)

    def make(self, cells: Short, slots: Short, starts: Short, *, surely: bool = False) -> bool:
        """Make a change, and audit it if that is affordable; tell whether it still stands."""
        with self.lock:
            if surely:
                self.settle()
            self.made += 1
            self._pending.append(self.programme.put(cells, slots, starts))
            return self.settle() if surely or self._affordable() else True

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
                for change in reversed(self._pending):
                    self.programme.undo(change)
            self._pending.clear()
            self._spent += time.thread_time() - before
            return kept

    def _affordable(self) -> bool:
        if self.desk.allowance.counted:
            return True
        return self._spent <= _SHARE * (time.process_time() - self._since)
