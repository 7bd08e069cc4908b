"""A run of the engine in this process: through its run folder, so that a kill costs no plan."""

import dataclasses
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from data.lock import lock_path
from data.runs import Best, RunFolder, create_run
from data.study_file import Opened
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import Event, Finished, Improved, SolveRequest, SolveResult
from planner.score import judge
from ui.cli.stopping import Stop, listening

STACK: Final = 64 * 1024 * 1024
"""Bytes of stack of the thread that solves: compilers of kernels go deep."""

Show = Callable[[Event], None]


@dataclass(frozen=True, kw_only=True)  # no slots: the outcome is worked out once
class Run:
    """A run that has come to its end, with its folder; `stopped`: somebody asked for it."""

    folder: RunFolder
    request: SolveRequest
    result: SolveResult
    stopped: bool

    @property
    def found(self) -> bool:
        """Whether there is a plan to keep."""
        return self.result.status != "nothing"

    @cached_property
    def outcome(self) -> Outcome:
        """The plan that was found, audited when something reads it."""
        return Outcome(self.problem, self.result.plan, self.request.waivers)

    @cached_property
    def problem(self) -> Problem:
        """The facts and rules in which the plan is judged."""
        return self.request.facts_of(self.result.plan)


def run(
    opened: Opened,
    scenario: str,
    request: SolveRequest,
    show: Show,
    *,
    stop: Stop,
    lock: Path | None = None,
) -> Run:
    """Ask the engine, showing its events; the best plan stands in the run folder all the time.

    `lock` is the study whose lock is put away where somebody cannot wait for the end.

    Raises:
        Refused: the run folder cannot be used.
    """
    folder = create_run(opened.study.id, opened.seal)
    folder.write_request(scenario, request)
    events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
    thread = _Solving(request, folder, events, stop)

    def leave() -> None:
        if lock is not None:
            lock_path(lock).unlink(missing_ok=True)

    with listening(stop, leave):
        _begin(thread)
        while (event := events.get()) is not None:
            show(event)
        thread.join()
    result = no_worse(request, thread.outcome())
    return Run(folder=folder, request=request, result=result, stopped=stop())


def _begin(thread: threading.Thread) -> None:
    before = threading.stack_size(STACK)
    try:
        thread.start()
    finally:
        threading.stack_size(before)


class _Solving(threading.Thread):
    """The engine at work, so that the main thread hears Ctrl-C at once."""

    def __init__(
        self,
        request: SolveRequest,
        folder: RunFolder,
        events: "queue.SimpleQueue[Event | None]",
        stop: Stop,
    ) -> None:
        super().__init__(name="solving", daemon=True)
        self._request, self._folder, self._events, self._stop = request, folder, events, stop
        self._result: SolveResult | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            from solvers.engine import solve

            self._result = solve(self._request, self._report, self._stop)
        except BaseException as error:  # noqa: BLE001 - raised again by who waits
            self._error = error
        finally:
            self._events.put(None)

    def outcome(self) -> SolveResult:
        """Give the result, or raise what the engine raised."""
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result

    def _report(self, event: Event) -> None:
        keep(self._folder, self._request, event)
        self._events.put(event)


def keep(folder: RunFolder, request: SolveRequest, event: Event) -> None:
    """Write the best plan of an event into the run folder, before anybody hears of it.

    Raises:
        Refused: it cannot be written.
    """
    horizon = request.problem.horizon
    match event:
        case Improved():
            best = Best(
                plan=event.plan,
                score=event.score,
                horizon=horizon,
                part=event.part,
                seconds=event.seconds,
                cpu_seconds=event.cpu_seconds,
            )
            folder.write_best(best)
        case Finished():  # also without a plan of its own: the plan at hand is then the best
            result = event.result
            best = Best(
                plan=result.plan,
                score=result.score,
                horizon=horizon,
                seconds=result.seconds,
                cpu_seconds=result.cpu_seconds,
                forecast=result.forecast,
            )
            folder.write_best(best)


def no_worse(request: SolveRequest, result: SolveResult) -> SolveResult:
    """Keep the plan at hand where a short run has found nothing as good."""
    if result.status == "nothing" or request.plan == Plan() or result.plan == request.plan:
        return result
    if request.linked:  # the plan at hand was among those that were compared
        return result
    before = judge(request.ordered, request.plan, request.waivers).score
    if before.key >= result.score.key:
        return result
    return dataclasses.replace(result, plan=request.plan, score=before, forecast=None)
