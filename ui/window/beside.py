"""Work beside the window: a job in a thread, and what it gave back in the window's own thread."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from data.events import event_of
from data.protecting import Seal
from data.runs import read_best
from planner.kpis import of_name, present
from planner.kpis.contract import Outcome
from planner.master.answer import compared
from planner.master.words import Comparison
from planner.rotation.comparing import Turned, turned
from planner.runs import MASTER, Finished, SolveRequest
from ui.window.rubbish import making

PAUSE: Final = 0.2
"""Seconds between two plans that are shown, at least."""
Found: TypeAlias = Outcome | Comparison | Turned
"""A plan that was audited, a grid that was judged, or lines of a rotation."""
_LOOK: Final = 10
"""Milliseconds between two looks for what a job has given."""


class Beside(QObject):
    """Does jobs that would make somebody wait; `drop` forgets those under way.

    A thread has no hold of anything of Qt: an object may be destroyed while it works, and a signal of
    what is being destroyed ends the program. It leaves what it found, and a timer here looks for it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._then: dict[int, Callable[[Any], None]] = {}
        self._found: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        self._begun = self._under_way = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._take)

    def drop(self) -> None:
        """Hear no more of the jobs under way."""
        self._then.clear()

    def do(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do a job in a thread, then something with what it gave, here; an exception is given too."""
        self._begun += 1
        self._under_way += 1
        self._then[self._begun] = then
        work = partial(_work, self._begun, job, self._found)
        threading.Thread(target=work, daemon=True, name="beside the window").start()
        self._timer.start()

    def _take(self) -> None:
        """Go on with what jobs have given."""
        there = []
        while not self._found.empty():
            number, found = self._found.get()
            self._under_way -= 1
            there.append((number, found))
        if not self._under_way:
            self._timer.stop()
        for number, found in there:
            then = self._then.pop(number, None)  # one before it may have dropped it
            if then is not None:
                then(found)


def _work(number: int, job: Callable[[], Any], left: SimpleQueue[tuple[int, Any]]) -> None:
    try:
        with making():
            found: Any = job()
    except Exception as error:  # noqa: BLE001 - whoever waits says it
        found = error
    left.put((number, found))


class Reader(QObject):
    """Reads and audits the plans of a run: the newest only, one at a time, with pauses between."""

    read = Signal(object, object)
    """An audited outcome or a judged grid, and the event of the run's end that it came with, or None."""
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beside = Beside(self)
        self._waiting: Callable[[], tuple[Found, Finished | None]] | None = None
        self._busy = False
        self._from = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.next)

    def clear(self) -> None:
        """Forget what waits and what is being read."""
        self._beside.drop()
        self._waiting, self._busy = None, False

    def offer(
        self,
        request: SolveRequest,
        path: Path,
        seal: Seal | None,
        final: dict[str, Any] | None = None,
    ) -> None:
        """Have a plan read, instead of any other that waits; `final` is the line of the end."""
        self._waiting = lambda: _audited(request, path, seal, final)
        if final is not None:
            self._from = 0.0
        self.next()

    def next(self) -> None:
        """Read what waits, if it is time."""
        job, early = self._waiting, self._from - time.monotonic()
        if job is None or self._busy:
            return
        if early > 0:
            self._timer.start(int(1000 * early) + 1)
            return
        self._busy, self._waiting = True, None
        begun = time.monotonic()

        def take(found: Any) -> None:
            self._busy = False
            self._from = time.monotonic() + max(PAUSE, time.monotonic() - begun)
            self.next()
            if isinstance(found, Exception):
                self.failed.emit(found)
            else:
                self.read.emit(*found)

        self._beside.do(job, take)


def _audited(
    request: SolveRequest, path: Path, seal: Seal | None, final: dict[str, Any] | None
) -> tuple[Found, Finished | None]:
    """Read and audit a plan, or judge the grid or the lines of an answer."""
    event = None if final is None else event_of(final, seal)
    finished = event if isinstance(event, Finished) else None
    if request.of_facts:
        changes = () if finished is None else finished.result.changes
        if request.of_facts == MASTER:
            return compared(request, changes), finished
        lines = turned(request.problem, request.rotation, changes)
        lines.after  # noqa: B018 - audited here
        return lines, finished
    plan = read_best(path, seal).plan if finished is None else finished.result.plan
    forecast = None if finished is None else finished.result.forecast
    outcome = Outcome(request.facts_of(plan), plan, request.waivers, forecast=forecast)
    look_over(outcome)
    return outcome, finished


def look_over(outcome: Outcome) -> Outcome:
    """Work out what the boards and panels will ask an outcome for, so that nobody waits for it there."""
    from ui.window.panels.indicators import TILES
    from ui.window.panels.solve_since import LINES

    outcome.judgement  # noqa: B018 - audited here
    for name in {*LINES, *(name for tiles in TILES.values() for name in tiles)}:
        kpi, _ = of_name(name)
        if present(kpi, outcome):
            outcome.figure(kpi)
    return outcome
