"""A plan is seen before it is on disk: many rows are written beside the window.

Whoever needs the file waits for it. What could not be written is written again with what comes next.
"""

import threading
from collections.abc import Callable
from typing import Final, NamedTuple

from data.journal import Entry, RunEntry
from data.study_file import Opened
from data.writing import plan_under
from planner.plan import Plan, unshared
from planner.study import Study

MANY: Final = 1000
"""Rows of sessions and days that are others than before, from which writing them is felt."""


class _Waiting(NamedTuple):
    """A state that is seen, and not known to be on disk."""

    study: Study
    entry: Entry
    run: RunEntry | None


class Ahead:
    """Writes states of an open study; the newest one may still be under way."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._waiting: _Waiting | None = None
        self._there = threading.Event()
        self._after: list[Callable[[], object]] = []

    @property
    def study(self) -> Study:
        """The study as it is seen."""
        waiting = self._waiting
        return self._opened.study if waiting is None else waiting.study

    @property
    def pending(self) -> bool:
        """Whether something is seen that is not on disk yet."""
        if self._waiting is not None and self._there.is_set():
            self.opened()  # it waits for nothing
        return self._waiting is not None

    def opened(self) -> Opened:
        """Give the open file, once what is under way is written."""
        if self._waiting is not None:
            self._there.wait()
            if self._opened.study is self._waiting.study:
                self._go_on()
        return self._opened

    def once_written(self, then: Callable[[], object]) -> None:
        """Do something once what is seen is on disk: at once, where nothing is under way."""
        self._after.append(then)
        if not self.pending:
            self._go_on()

    def _go_on(self) -> None:
        self._waiting = None
        after, self._after = self._after, []
        for then in after:
            then()

    def close(self) -> None:
        """Let the study go once what is under way is written; what was not saved is given up."""
        self.opened().close()
        self._go_on()

    def settle(self) -> None:
        """Have everything written that is seen.

        Raises:
            Refused: it cannot be written.
        """
        opened, waiting = self.opened(), self._waiting
        if waiting is not None:  # what was under way has failed
            opened.record(waiting.study, waiting.entry, run=waiting.run)
            self._go_on()

    def record(self, after: Study, entry: Entry, run: RunEntry | None = None) -> None:
        """Write another state and its line in the journal.

        Raises:
            Refused: it, or what was seen before it, cannot be written.
        """
        self.settle()
        self._opened.record(after, entry, run=run)

    def begin(self, after: Study, entry: Entry, run: RunEntry | None = None) -> Callable[[], None]:
        """Have another state seen at once; what is given writes it, and is called beside.

        Raises:
            Refused: what was seen before it cannot be written.
        """
        self.settle()
        self._there.clear()
        self._waiting = _Waiting(after, entry, run)

        def write() -> None:
            try:
                self._opened.record(after, entry, run=run)
            finally:
                self._there.set()

        return write


def takes_long(before: Study, after: Study) -> bool:
    """Tell whether the plans of two states differ in so much that writing it is felt.

    A plan is written as what it has otherwise than its parent's: those of a new scenario are that, and
    another plan of a parent is felt once more for each child.
    """
    rows = 0
    there = {each.name for each in before.scenarios}
    plans = {id(each.plan) for each in before.scenarios}
    for each in after.scenarios:
        under = plan_under(after, each)
        if each.name in there:
            was = before.scenario(each.name)
            rows += _apart(was.plan, each.plan) + _apart(plan_under(before, was), under)
        elif id(each.plan) not in plans:  # not a branch, nor another name
            rows += _apart(under, each.plan)
    return rows > MANY


def _apart(one: Plan, other: Plan) -> int:
    if one is other:  # neither is read for it
        return 0
    sessions, days = unshared(one.sessions, other.sessions), unshared(one.days, other.days)
    return sum(len(partition) for side in (*sessions, *days) for partition in side)
