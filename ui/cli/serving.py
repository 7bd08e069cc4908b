"""The worker at work: one run at a time, each through its run folder, events as JSON lines."""

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

from data.events import HELLO, event_plain
from data.refused import Refused
from data.runs import RunFolder, asked_run
from planner.plan import Plan
from planner.runs import Event, Failed, Finished, SolveRequest, SolveResult
from planner.view import TheatreView
from ui.cli.running import STACK, keep
from ui.cli.sentences import expected, ours
from ui.cli.speech import lang, say
from ui.cli.stopping import Stop

_NICE: Final = 5

Line = Mapping[str, Any]


class Worker:
    """Reads questions, writes events."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._writing = threading.Lock()
        self._stop = Stop()
        self._thread: threading.Thread | None = None
        self._busy = False
        self._granted = 0.0  # seconds on top of the budget of the run that is on

    def say(self, line: Any) -> None:
        """Write one line, whole, at once; a window that is gone means stop."""
        try:
            with self._writing:
                print(json.dumps(line, ensure_ascii=False), file=self._out, flush=True)
        except OSError:
            self._stop.ask()

    def take(self, words: str) -> None:
        """Do what a line asks for."""
        try:
            line = json.loads(words)
            do = line["do"]
        except (ValueError, TypeError, KeyError):
            self._fail("cli.worker.bad_line", line=words.strip()[:200])
            return
        match do:
            case "stop":
                self._stop.ask()
            case "more":
                self._grant(line.get("seconds"))
            case "solve":
                self._begin(line)
            case "simulate":
                _deep(lambda: self._simulate(line))
            case "repair" | "slots":
                _deep(lambda: self._answer(line))
            case "warm":
                _deep(warm_up)
            case _:
                self._fail("cli.worker.bad_line", line=words.strip()[:200])

    def end(self) -> None:
        """Stop the run that is on, and wait for its end."""
        self._stop.ask()
        if self._thread is not None:
            self._thread.join()

    def _grant(self, seconds: object) -> None:
        """Let the run that is on go on for longer; one that has ended hears of it no more."""
        if isinstance(seconds, int | float) and seconds > 0:
            self._granted += seconds
        else:
            self._fail("cli.worker.bad_line", line=f"more: {seconds}")

    def _begin(self, line: Line) -> None:
        if self._busy:
            self._fail("cli.worker.busy")
            return
        if self._thread is not None:
            self._thread.join()  # it has said its last word
        self._busy = True
        self._granted = 0.0
        self._stop = Stop()
        self._thread = _deep(lambda: self._solve(line))

    def _solve(self, line: Line) -> None:
        try:
            folder = asked_run(line)
            question = folder.question()
            self._run(folder, question.request)
        except Refused as error:
            self._busy = False
            self._fail(error.what, **error.facts)
        except BaseException as error:  # noqa: BLE001 - the window hears of it, and goes on
            self._busy = False
            self._fail("cli.worker.failed", why=ours(error))

    def _run(self, folder: RunFolder, request: SolveRequest) -> None:
        from solvers.engine import solve

        answers: list[SolveResult] = []

        def report(event: Event) -> None:
            keep(folder, request, event)
            if isinstance(event, Finished):  # whoever asked marks the folder, once the plan is kept
                answers.append(event.result)
                self._busy = False  # before it is said: whoever hears it may ask again at once
            self.say(event_plain(event, folder.best_path))

        solve(request, report, self._stop, lambda: self._granted)
        if answers and "roster" in answers[0].parts:
            plan = answers[0].plan
            _deep(lambda: remember(request, plan, lambda: self._busy))

    def _simulate(self, line: Line) -> None:
        """Simulate the plan of a question; this is short, and disturbs no run that is on."""
        told: dict[str, str] = {}
        try:
            folder = asked_run(line)
            told["forecast"] = str(simulated(folder))
            folder.finish("simulated")
        except Refused as error:
            told["why"] = error.sentence(lang())
        except BaseException as error:  # noqa: BLE001 - the window hears of it, and goes on
            told["why"] = say("cli.worker.failed", why=ours(error))
        self.say({"event": "simulated", "request": line.get("request"), **told})

    def _answer(self, line: Line) -> None:
        """Answer what is asked besides a run; this is short, and disturbs no run that is on."""
        from ui.cli.asking import answer

        told: dict[str, Any] = {}
        try:
            folder = asked_run(line)
            told["answer"] = answer(folder, line)
            folder.finish("answered")
        except Exception as error:  # noqa: BLE001 - the window hears of it, and goes on
            told["why"] = expected(error) or say("cli.worker.failed", why=ours(error))
        self.say({"event": "answered", "request": line.get("request"), **told})

    def _fail(self, what: str, **facts: str | int) -> None:
        self.say(event_plain(Failed(what=what, facts=facts), Path()))


def remember(request: SolveRequest, plan: Plan, busy: Callable[[], bool]) -> None:
    """Judge the roster of a run when all is told: a sick call about it is answered sooner then."""
    from planner.recent import recent

    for _ in recent(request.facts_of(plan), plan, request.waivers).auditing():
        if busy():
            return


def simulated(folder: RunFolder) -> Path:
    """Simulate the plan of a question; give the file of what was found.

    Raises:
        Refused: there is no question, or nothing can be written.
    """
    from solvers.risk.simulation import simulate

    request = folder.question().request
    found = simulate(TheatreView(request.problem, request.plan))
    assert found is not None
    return folder.write_forecast(found, request.problem.horizon)


def _deep(job: Callable[[], None]) -> threading.Thread:
    """Begin a job in a thread with a stack that compilers can go deep in."""
    thread = threading.Thread(target=job, daemon=True)
    before = threading.stack_size(STACK)
    try:
        thread.start()
    finally:
        threading.stack_size(before)
    return thread


def warm_up() -> None:
    """Load the engine before anybody asks for it; a fault shows when somebody does."""
    with contextlib.suppress(Exception):
        from solvers.engine import get_warm

        get_warm()


def serve() -> None:
    """Serve standard input until its end.

    The lines go to what was standard output; anything else that is printed goes to standard error.
    """
    from solvers.memory import keep_together

    keep_together()  # before there is a second thread
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        worker = Worker(out)
        worker.say(HELLO)
        if hasattr(os, "nice"):
            os.nice(_NICE)  # a window has the right of way
        for line in sys.stdin:
            if line.strip():
                worker.take(line)
        worker.end()
