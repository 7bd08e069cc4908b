"""Scenarios of a study solved in turn, or some side by side: a queue before a few workers."""

import dataclasses
import queue
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from data.lock import lock_path
from data.runs import RunFolder, create_run
from planner.runs import Failed, Finished, SolveRequest, SolveResult
from planner.study import BASE
from planner.words import number
from ui.cli.adopting import adopt, outcome_document, request_for, unscheduled
from ui.cli.display import ShowEach, displays
from ui.cli.elsewhere import Elsewhere, Heard
from ui.cli.running import Run, no_worse
from ui.cli.show import document, note, score_words, table, telling
from ui.cli.speech import lang, say
from ui.cli.stopping import Stop, listening
from ui.cli.targets import Loaded, Target

_LOOK: Final = 0.2
"""Seconds after which somebody looks whether the queue is to stop."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the queue."""

    scenario: str
    request: SolveRequest
    folder: RunFolder

    @property
    def title(self) -> str:
        """The scenario's name, as it is told."""
        return _title(self.scenario)


class Queue:
    """What waits, what is at work, and what came of it, scenario by scenario.

    `take` is called with each run that has ended, in the order of their ends.
    """

    def __init__(self, stop: Stop, show: ShowEach, take: Callable[[Asked, Run], None]) -> None:
        self.stop, self.show, self.take = stop, show, take
        self.lost: list[str] = []
        """Scenarios whose worker ended without an answer."""
        self._heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._at_work: dict[Elsewhere, Asked] = {}
        self._idle: list[Elsewhere] = []
        self._told_to_stop = False

    def run(self, questions: Sequence[Asked], jobs: int) -> None:
        """Solve all of them, `jobs` at a time; after a stop none begins any more."""
        waiting = deque(questions)
        try:
            while waiting or self._at_work:
                while waiting and len(self._at_work) < jobs and not self.stop():
                    self._begin(waiting.popleft())
                if self.stop():
                    waiting.clear()
                    self._ask_to_stop()
                try:
                    self._hear(self._heard.get(timeout=_LOOK))
                except queue.Empty:
                    continue
        finally:
            for worker in (*self._at_work, *self._idle):
                worker.end()

    def _begin(self, asked: Asked) -> None:
        worker = self._idle.pop() if self._idle else Elsewhere(self._heard)
        self._at_work[worker] = asked
        worker.solve(asked.folder)

    def _ask_to_stop(self) -> None:
        if not self._told_to_stop:
            self._told_to_stop = True
            for worker in self._at_work:
                worker.stop()

    def _hear(self, heard: Heard) -> None:
        asked = self._at_work.get(heard.worker)
        if asked is None:
            return  # its last word has been heard before
        event = heard.event
        if event is not None:
            self.show(asked.title, event)
        match event:
            case Finished():
                del self._at_work[heard.worker]
                self._idle.append(heard.worker)
                self.take(asked, self._run(asked, event.result))
            case Failed() | None:
                del self._at_work[heard.worker]
                self.lost.append(asked.scenario)
                note("cli.queue.lost", scenario=asked.title)
                heard.worker.end()

    def _run(self, asked: Asked, result: SolveResult) -> Run:
        kept = no_worse(asked.request, result)
        return Run(folder=asked.folder, request=asked.request, result=kept, stopped=self.stop())


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a queue: who was asked about, the runs that ended, whose worker was lost."""

    asked: tuple[str, ...]
    runs: Mapping[str, Run]
    lost: tuple[str, ...]
    stopped: bool

    @property
    def not_begun(self) -> tuple[str, ...]:
        """Those that a stop came before."""
        return tuple(name for name in self.asked if name not in {*self.runs, *self.lost})


def solve_all(
    loaded: Loaded,
    chosen: Sequence[str],
    parts: Sequence[str],
    settings: Mapping[str, Any],
    *,
    jobs: int,
    save: bool,
) -> Done:
    """Solve the chosen scenarios of a study, or all; all questions are made before the first run.

    `jobs` at a time; `save`: the study is saved after each. Side by side, a run has one processor unless
    more are asked for.

    Raises:
        Told: a scenario cannot be asked about; nothing has begun then.
        UnknownScenarioError: there is none of a name that is chosen.
        Refused: the study cannot be written.
    """
    every = list(dict.fromkeys(loaded.study.scenario(name).name for name in chosen))
    every = every or [scenario.name for scenario in loaded.study.scenarios]
    workers = settings["workers"] or (1 if jobs > 1 else 0)
    shared = {**settings, "workers": workers}
    requests = {name: request_for(_at(loaded, name), parts, shared) for name in every}
    questions = [_ask(loaded, name, request) for name, request in requests.items()]
    stop, runs = Stop(), dict[str, Run]()

    def take(asked: Asked, done: Run) -> None:
        runs[asked.scenario] = done
        if done.found:
            adopt(_at(loaded, asked.scenario), done, save=save)
            note("cli.queue.solved", scenario=asked.title, score=score_words(done.result.score))
        done.folder.finish(done.result.status)

    def leave() -> None:
        if save and loaded.opened.path is not None:
            lock_path(loaded.opened.path).unlink(missing_ok=True)

    seconds = settings["budget"].seconds
    with displays(settings["events"], seconds) as show, listening(stop, leave):
        solving = Queue(stop, show, take)
        solving.run(questions, jobs)
    for asked in questions:
        if asked.scenario not in runs and asked.scenario not in solving.lost:
            asked.folder.finish("stopped")
    return Done(asked=tuple(every), runs=runs, lost=tuple(solving.lost), stopped=stop())


def _at(loaded: Loaded, scenario: str) -> Loaded:
    target = Target(loaded.target.path, None if scenario == BASE else scenario)
    return dataclasses.replace(loaded, target=target)


def _ask(loaded: Loaded, scenario: str, request: SolveRequest) -> Asked:
    folder = create_run(loaded.study.id, loaded.opened.seal)
    folder.write_request(scenario, request)
    return Asked(scenario, request, folder)


def tell(done: Done, loaded: Loaded, out: Path | None, *, as_json: bool) -> None:
    """Tell what came of a queue: a line a scenario, or one document."""
    names = [each.name for each in loaded.study.scenarios if each.name in done.runs]
    if done.not_begun:
        left = ", ".join(_title(name) for name in done.not_begun)
        note("cli.queue.not_begun", scenarios=left)
    with telling():
        if as_json:
            found = [{"scenario": name} | outcome_document(done.runs[name]) for name in names]
            document(
                {"scenarios": found, "lost": list(done.lost), "not_begun": list(done.not_begun)}
            )
            return
        table(
            [say(f"cli.queue.{title}") for title in _TITLES],
            [_row(name, done.runs[name]) for name in names],
            right=(2, 3),
        )
        written = (
            out if out is not None else loaded.target.path if loaded.importer is None else None
        )
        if written is not None and any(run.found for run in done.runs.values()):
            print(say("cli.written", path=str(written)))


def _title(name: str) -> str:
    return say("cli.base") if name == BASE else name


_TITLES: Final = ("scenario", "score", "unscheduled", "seconds")


def _row(name: str, done: Run) -> list[str]:
    title = _title(name)
    if not done.found:
        return [title, say("cli.status.nothing"), "", ""]
    waiting = str(unscheduled(done)) if done.request.problem.cases else ""
    seconds = number(done.result.seconds, lang(), 0)
    return [title, score_words(done.result.score), waiting, seconds]
