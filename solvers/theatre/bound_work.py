"""A bound in pieces, beside a search: each call goes on where the last one ended.

Nothing that was told is taken back. In a budget of time a call takes a share of what is left; but
until all parts of the hospital are known it goes on, as less says nothing. An effort pays for rounds.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from planner.rules.contract import Rule
from solvers.rows.arrays import Short
from solvers.rows.compile import StoppedError
from solvers.theatre.bound import LowerBound
from solvers.theatre.programme import Ground

_SHARE: Final = 0.15
"""The share of the time left that a call may take."""
_FIRST: Final = 0.5
"""The share that it may take until it knows of all parts of the hospital."""
_LONGEST: Final = 30.0
_MORE: Final = 1.02
"""How much better a bound has to be to be told before the end of a call."""
_SWEEPS: Final = 10
"""Rounds over all parts of a hospital that an effort pays for."""


class BoundWork:
    """Works on the bound of a theatre search; `lock` is held while it tells what it has found."""

    def __init__(self, ground: Ground, rules: Sequence[Rule[Any, Any]]) -> None:
        self._ground = ground
        self._rules = rules
        self._bound: LowerBound | None = None
        self._values: Iterator[int] = iter(())
        self._pieces = 0
        self._told = 0

    def go_on(self, slots: Short, lock: threading.RLock) -> None:
        """Work for a call's share; the sets of a plan (the slot of each case) are a good start."""
        over = self._until()
        with contextlib.suppress(StoppedError):
            self._work(self._begun(slots), over, lock)

    def _work(self, bound: LowerBound, over: Callable[[bool], bool], lock: threading.RLock) -> None:
        desk, allowance = self._ground.desk, self._ground.desk.allowance
        value = self._told
        for value in self._values:
            self._pieces += 1
            whole = self._pieces >= bound.pieces(1)  # before that, parts are missing
            if whole and value > _MORE * self._told:
                self._tell(value, lock)
            if desk.should_stop() or (not allowance.counted and allowance.over()):
                break
            if over(whole):
                break
        if allowance.counted or self._pieces >= bound.pieces(1):
            self._tell(value, lock)

    def _begun(self, slots: Short) -> LowerBound:
        self._glance()
        if self._bound is None:
            ground = self._ground
            waived = frozenset(waiver.rule for waiver in ground.desk.request.waivers)
            self._bound = LowerBound(
                ground.space,
                ground.compiled,
                ground.open_weights,
                self._rules,
                waived,
                self._glance,
            )
            self._values = self._bound.rounds(slots)
        return self._bound

    def _glance(self) -> None:
        """Leave the work at a stop: making a bound takes seconds in a large hospital."""
        if self._ground.desk.should_stop():
            raise StoppedError

    def _until(self) -> Callable[[bool], bool]:
        """Give a test for the end of a call, told whether all parts are known."""
        allowance = self._ground.desk.allowance
        if allowance.counted:
            sweeps = int(_SWEEPS * (allowance.effort or 0.0))
            return lambda _: self._bound is not None and self._pieces >= self._bound.pieces(sweeps)
        clock = time.thread_time if allowance.cpu else time.monotonic
        began, left = clock(), allowance.left()
        share = min(_LONGEST, _SHARE * left)
        return lambda whole: clock() - began > (share if whole else _FIRST * left)

    def _tell(self, value: int, lock: threading.RLock) -> None:
        with lock:
            self._ground.desk.prove(value, "sessions")
        self._told = max(self._told, value)
