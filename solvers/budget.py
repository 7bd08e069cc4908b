"""What a run may spend and has spent: wall seconds, CPU-seconds of all processes, or effort.

With an effort no clock is read: work is counted in kernel moves and deterministic CP-SAT seconds.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from planner.runs import Budget

TRIES_AN_EFFORT: Final = 1_000_000
DETERMINISTIC_AN_EFFORT: Final = 1.0


def processors() -> int:
    """Give the number of processors of this machine."""
    return os.cpu_count() or 1


def cpu_seconds() -> float:
    """Give the CPU time of this process, its threads and its ended children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@dataclass(slots=True)
class Meter:
    """Reads both clocks since the start of a run."""

    _wall: float = field(default_factory=time.monotonic)
    _cpu: float = field(default_factory=cpu_seconds)

    @property
    def seconds(self) -> float:
        """Wall seconds since the start."""
        return time.monotonic() - self._wall

    @property
    def cpu_seconds(self) -> float:
        """CPU-seconds of all processes since the start."""
        return cpu_seconds() - self._cpu


Granted: TypeAlias = Callable[[], float]
"""What has been granted on top of a budget since the start of its run; it only grows."""


def nothing_more() -> float:
    """Grant nothing."""
    return 0.0


@dataclass(slots=True)
class Allowance:
    """What one part of a run may spend, until its meter shows `until` (in the budget's unit).

    `granted` comes on top of `until` while the part is at work. `effort` is set instead where work is
    counted; then `left` has no meaning and is never asked.
    """

    meter: Meter
    until: float = 0.0
    cpu: bool = False
    effort: float | None = None
    granted: Granted = nothing_more

    @property
    def counted(self) -> bool:
        """Whether work is counted instead of timed."""
        return self.effort is not None

    @property
    def tries(self) -> int:
        """Kernel moves that an effort pays for."""
        return int((self.effort or 0.0) * TRIES_AN_EFFORT)

    @property
    def deterministic(self) -> float:
        """Deterministic CP-SAT seconds that an effort pays for."""
        return (self.effort or 0.0) * DETERMINISTIC_AN_EFFORT

    def now(self) -> float:
        """Give what the meter shows, in the unit of the budget."""
        return self.meter.cpu_seconds if self.cpu else self.meter.seconds

    def left(self) -> float:
        """Give what is left, in the unit of the budget; never below 0."""
        return max(0.0, self.until + self.granted() - self.now())

    def over(self) -> bool:
        """Tell whether nothing is left; never so where work is counted."""
        return not self.counted and self.left() <= 0.0

    def share(self, part: float) -> "Allowance":
        """Give an allowance of a part of what is left now."""
        if self.effort is not None:
            return Allowance(self.meter, effort=self.effort * part)
        before = self.granted()

        def granted() -> float:
            return part * (self.granted() - before)

        return Allowance(self.meter, self.now() + part * self.left(), self.cpu, granted=granted)


def allow(budget: Budget, meter: Meter, granted: Granted = nothing_more) -> Allowance:
    """Make the allowance of a whole run; `granted` may give it more while it is on."""
    if budget.effort is not None:
        return Allowance(meter, effort=float(budget.effort))
    if budget.cpu_seconds is not None:
        return Allowance(meter, budget.cpu_seconds, cpu=True, granted=granted)
    return Allowance(meter, budget.seconds or 0.0, granted=granted)
