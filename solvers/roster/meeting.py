"""Where the lanes of a roster meet: the best roster of all, audited and told at a bounded price."""

import threading
import time
from collections.abc import Callable
from typing import Final

from planner.runs import Source
from solvers.budget import Allowance
from solvers.desk import Desk
from solvers.roster.pricing import Pricing
from solvers.rows.arrays import Whole
from solvers.rows.weights import Cost

_AUDITS: Final = 0.05


class Meeting:
    """Where lanes leave their best roster; audits take at most a twentieth of the CPU time.

    Those that have to be (`surely`) are not counted: the next one would wait for them.
    """

    def __init__(self, desk: Desk, allowance: Allowance, told: Callable[[Whole], bool]) -> None:
        self.allowance = allowance
        self.pricing: Pricing | None = None  # the people as one lane has read them
        self._desk = desk
        self._told = told
        self._lock = threading.Lock()
        self._best: tuple[Cost, Whole] | None = None
        self._waiting = False
        self._spent = 0.0
        self._since = time.process_time()

    @property
    def counted(self) -> bool:
        """Whether work is counted, so that no clock may be read."""
        return self.allowance.counted

    def over(self) -> bool:
        """Tell whether all lanes have to end."""
        return self._desk.should_stop() or self.allowance.over() or self._desk.proven

    def bring(self, cost: Cost, codes: Whole, *, surely: bool = False) -> None:
        """Leave a roster; it is audited and told now, or soon, if it is the best."""
        with self._lock:
            if self._best is None or cost < self._best[0]:
                self._best = (cost, codes)
                self._waiting = True
            if self._waiting and (surely or self._affordable()):
                before = self._spent
                self._tell(self._best[1])
                self._spent = before if surely else self._spent

    def take(self) -> tuple[Cost, Whole] | None:
        """Give the best roster left here, with its cost in the search."""
        with self._lock:
            return self._best

    def end(self) -> None:
        """Tell what still waits."""
        with self._lock:
            if self._waiting and self._best is not None:
                self._tell(self._best[1])

    def prove(self, bound: int, source: Source) -> None:
        """Take a bound on the soft cost of any legal roster."""
        with self._lock:
            self._desk.prove(bound, source)

    def _affordable(self) -> bool:
        return self.counted or self._spent <= _AUDITS * (time.process_time() - self._since)

    def _tell(self, codes: Whole) -> None:
        before = time.thread_time()
        self._told(codes)
        self._waiting = False
        self._spent += time.thread_time() - before
