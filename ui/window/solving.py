"""Solving in the window: one warm worker, one run at a time, its plans shown as they come.

The worker is a process: it can be killed, and it can die, and neither takes an edit with it. Whatever
takes long (writing the question, reading and auditing a plan) is done in a thread beside.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, Unpack

from PySide6.QtCore import QObject, QTimer, Signal

from data.events import PROTOCOL, event_of
from data.refused import Refused
from data.run_codec import run_entry
from data.runs import RunFolder
from planner.edits import EditRefusedError
from planner.runs import Bound, Event, Failed, Finished, Phase, Remark, SolveRequest
from planner.words import known
from ui.window.beside import Beside, Found, Reader
from ui.window.live import Live
from ui.window.question import Asked, question, written
from ui.window.run import Run
from ui.window.workbench import Workbench
from ui.window.worker import Worker

LADDER: Final = 300
"""Milliseconds after which a run that was stopped is over, whatever its worker does."""
FAREWELL: Final = 2_000
"""Milliseconds that its worker then has to come to its end by itself, and so to stay warm."""
TICK: Final = 200
"""Milliseconds between two looks of the panel."""


class Solver(QObject):
    """The one that solves for a window."""

    changed = Signal()
    """Something about the run is to be shown again; at most some five times a second."""
    watched = Signal()
    """A run for the open scenario has begun, and is to be seen."""
    over = Signal()
    """The run has come to its end: its plan waits to be adopted or rejected."""

    def __init__(self, bench: Workbench, live: type[Live] = Live) -> None:
        super().__init__(bench)
        self.bench = bench
        self.worker = Worker(self)
        self.run: Run | None = None
        self.live = live(self)
        self._beside, self._reader = Beside(self), Reader(self)
        self._ending: tuple[str, Mapping[str, str | int]] | None = None
        self._answered = False  # the worker has said its last word about the run
        self._left = False  # the worker has not yet ended a run that nobody waits for any more
        self.worker.said.connect(self._heard)
        self.worker.died.connect(self._died)
        self._reader.read.connect(self._take)
        self._reader.failed.connect(self._unread)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self.changed)
        self._ladder = QTimer(self)
        self._ladder.setSingleShot(True)
        self._ladder.timeout.connect(self._give_up)
        bench.document_changed.connect(self._other_document)
        bench.renamed.connect(self._renamed)
        bench.changed.connect(self.live.look)

    # --- asking ---------------------------------------------------------------------------------

    def warm_up(self) -> None:
        """Start the worker and let it load the engine, while nobody waits."""
        if not self.worker.number:
            self.worker.tell({"do": "warm"})

    def start(
        self,
        parts: tuple[str, ...] = ("theatre", "roster"),
        seconds: float = 60.0,
        *,
        scenario: str | None = None,
        **asked: Unpack[Asked],
    ) -> bool:
        """Begin a run for a scenario (the open one); say why where it cannot be. Tell whether it began.

        `asked` is what else `question` takes. Facts that contradict each other end it a moment later.
        """
        document = self.bench.document
        if document is None or (self.run is not None and self.run.on):
            return False
        name = document.name if scenario is None else scenario
        try:
            request = question(document.study, name, parts, seconds, **asked)
        except EditRefusedError as error:
            self.bench.told.emit(self.bench.sentence(error), True)
            return False
        if self.run is not None:  # one whose plan nobody took
            self._on_disk(self.run.finish, "rejected")
        self.live.clear()
        self.run = Run.of(name, request, document.outcome(name), seconds)
        self.live.begin()
        self._ask(request)
        self.changed.emit()
        if scenario is None:
            self.watched.emit()
        return True

    def take_up(self, run: Run) -> None:
        """Have the plan of a run that is over wait to be adopted or rejected."""
        if self.run is not None:
            return
        self.run = run
        self.live.begin()
        self.live.show(run)
        self.bench.told.emit(self.bench.say(run.ended), False)
        self.watched.emit()
        self.changed.emit()

    def more(self, seconds: float = 60.0) -> None:
        """Give a run more time; one that has come to its end goes on from its best plan."""
        run = self.run
        if run is None or run.state == "stopping":
            return
        if run.on:
            run.extend(seconds)
            if run.asked:
                self.worker.tell({"do": "more", "seconds": seconds})
        else:
            run.seconds += seconds
            self._go_on(run, seconds)
        self.changed.emit()

    def _go_on(self, run: Run, seconds: float) -> None:
        run.began = time.monotonic() - run.spent
        run.state, run.ended, run.result = "running", "", None
        run.due, run.extended = seconds, False
        self._on_disk(run.finish, "continued")
        self._ask(run.onward(seconds))

    def _ask(self, request: SolveRequest) -> None:
        """Write the question and tell the worker, without making anybody wait."""
        run, document = self.run, self.bench.document
        assert run is not None
        assert document is not None
        study, seal = document.study.id, document.seal
        scenario, lang = run.scenario, self.bench.lang
        self._clear()
        self._ladder.stop()
        if self._left:  # it would answer that it is busy
            self.worker.kill(wait=False)
            self._left = False
        self.worker.start()
        self._tick.start()

        def told(found: RunFolder | Exception) -> None:
            if isinstance(found, EditRefusedError):
                self._withdraw(found)
                return
            if isinstance(found, Exception):
                self._unread(found)
                return
            run.folder = found
            if run.scenario != scenario:  # renamed while the question was being written
                self._on_disk(found.rename, run.scenario)
            if run.state == "running":
                run.asked = True
                self.worker.tell(found.line("solve"))
                if run.extended:  # while the question was being written
                    more = run.due - (request.budget.seconds or 0.0)
                    self.worker.tell({"do": "more", "seconds": more})

        self._beside.do(lambda: written(study, seal, scenario, request, lang), told)

    def _withdraw(self, error: EditRefusedError) -> None:
        """Take back a question that makes no sense; say why."""
        self.run = None
        self._tick.stop()
        self.bench.told.emit(self.bench.sentence(error), True)
        self.changed.emit()

    def _clear(self) -> None:
        self._beside.drop()
        self._reader.clear()
        self._ending, self._answered = None, False

    def _heard(self, line: Mapping[str, Any]) -> None:
        """Take a line of the worker."""
        run, kind = self.run, line.get("event")
        if kind == "hello":
            if line.get("protocol") != PROTOCOL:
                self._end("solve.other_version")
            return
        if self._left:
            if kind in ("finished", "failed"):
                self._left = False
                self._ladder.stop()
            return
        if run is None or not run.on or not run.asked:
            return
        if kind in ("improved", "finished"):
            if isinstance(line.get("bound"), int) and "part" in line:
                part = str(line["part"])  # its own event has told before what proved it
                run.prove(part, line["bound"], run.sources.get(part, "rows"))
            run.plans += kind == "improved"
            final = dict(line) if kind == "finished" else None
            self._answered = self._answered or final is not None
            self._reader.offer(run.request, Path(str(line.get("best", ""))), run.seal, final)
            return
        try:
            self._note(run, event_of(line, run.seal))
        except Refused as error:
            self._end("solve.failed", why=error.sentence(self.bench.lang))

    def _note(self, run: Run, event: Event) -> None:
        match event:
            case Phase():
                run.enter(event.part, event.name)
            case Bound():
                run.prove(event.part, event.bound, event.source)
            case Remark():
                run.remarks.append((event.what, event.facts))
            case Failed():
                why = self.bench.say(event.what, **event.facts)
                self._end("solve.failed", why=why)

    def _take(self, outcome: Found, finished: Finished | None) -> None:
        """Take a plan that was read and audited, or a grid or lines that were judged."""
        run = self.run
        if run is None:
            return
        nothing = finished is not None and finished.result.status == "nothing"
        if not nothing and run.take(outcome):
            self.live.show(run)
        if finished is not None:
            self._finished(run, finished)
        elif self._ending is not None:
            why, facts = self._ending
            self._end(why, **facts)
        self.changed.emit()

    def _unread(self, error: Exception) -> None:
        """Something could not be written or read: the run is over, with what there was."""
        self._end("solve.failed", why=self.bench.sentence(error))

    def _finished(self, run: Run, event: Finished) -> None:
        run.result = event.result
        if event.result.status == "nothing" and not run.ready:
            self._end("solve.stopped" if run.state == "stopping" else "solve.nothing_found")
        elif run.state == "running" and run.unspent(event.result):
            self._go_on(run, run.unspent(event.result))
        else:
            self._end("solve.stopped" if run.state == "stopping" else "")

    def _end(self, why: str = "", /, **facts: str | int) -> None:
        """Note that the run is over; its best plan stays on offer."""
        run = self.run
        self._tick.stop()
        if not self._left:
            self._ladder.stop()
        if run is not None and run.state != "over":
            asked = why == "solve.stopped"
            if not run.ready and known(f"{why}.early"):
                why = f"{why}.early"  # no plan is here to be spoken of
            run.end(why, **facts)
            if why:
                self.bench.told.emit(self.bench.say(why, **facts), not asked)
            self.over.emit()
        self.changed.emit()

    def stop(self) -> None:
        """Stop with the best plan: it is on offer at once; a better one may come for a moment."""
        run = self.run
        if run is None or run.state != "running":
            return
        if not run.asked:
            self._end("solve.stopped")
            return
        run.state = "stopping"
        self.worker.tell({"do": "stop"})
        self._ladder.start(FAREWELL if run.of_facts else LADDER)  # a grid comes at the end only
        self.changed.emit()

    def _give_up(self) -> None:
        """Wait no longer: for the last plan of a run, then for its worker; another one is started."""
        run = self.run
        if run is not None and run.on and self._answered:  # its last plan is still being read
            if run.ready:
                self._end("solve.stopped")
        elif run is not None and run.on:
            self._left = True
            self._ladder.start(FAREWELL)
            self._rescue(run, "solve.stopped")
        elif self._left:
            self.worker.kill(wait=False)
            self._left = False
            self.warm_up()

    def _leave(self, run: Run) -> None:
        """Wait no longer for a run; its worker is told to stop, and killed where it does not."""
        if run.on and run.asked:
            self.worker.tell({"do": "stop"})
            self._left = True
            self._ladder.start(FAREWELL)
        run.end()

    def _rescue(self, run: Run, why: str, /, **facts: str | int) -> None:
        """Call a run without a worker over; a plan being read, and its last one, may come in later."""
        if run.folder is None or not run.folder.best_path.exists():
            self._clear()
            self._end(why, **facts)
            return
        self._ending, self._answered = (why, facts), False
        self._reader.offer(run.request, run.folder.best_path, run.seal)
        if run.best is not None:
            self._end(why, **facts)

    def _died(self, code: int, words: str) -> None:
        run, self._left = self.run, False
        if run is None or not run.on:
            return
        self._ladder.stop()
        told = "solve.ended_by_itself.memory" if code in (-9, 137) else "solve.ended_by_itself"
        if run.state == "stopping":
            told = "solve.stopped"
        self._rescue(run, told, code=code, words=words)

    def _other_document(self) -> None:
        """Another document, or none: the run and its worker go."""
        if self.run is not None:
            self._on_disk(self.run.finish, "rejected")
        busy = self.run is not None and self.run.on
        self.run = None
        self._tick.stop()
        self._ladder.stop()
        self._clear()
        if busy or self.bench.document is None:
            self.worker.kill()
        self.changed.emit()

    def _renamed(self, names: Mapping[str, str]) -> None:
        """Follow the scenario of the run to its new name."""
        run = self.run
        if run is not None and run.scenario in names:
            self._on_disk(run.rename, names[run.scenario])
            self.changed.emit()

    def adopt(self, branch: str = "", *, reason: str = "") -> bool:
        """Adopt what was found, in the run's scenario or in a new one; the run is over then.

        A plan for facts that have changed since is taken all the same, and marked out of date.
        """
        document, run = self.bench.document, self.run
        if document is None or run is None or not run.ready:
            return False
        run.follow(document.study)
        if run.gone:
            self.bench.told.emit(self.bench.say("solve.scenario_gone", scenario=run.scenario), True)
            return False  # its plan is not lost: the scenario may come back, by undo or by its name
        self._leave(run)
        name = branch or run.taker(document.study, self.bench.lang)
        edit = run.adopting(document.study, name if name != run.scenario else "", self.bench.lang)
        entry = run_entry(run.id, name, run.request, run.answer())
        self.run, best = None, run.best
        self.live.clear()
        done = self.bench.do(edit, run=entry, reason=reason)
        if not done:
            self.run = run
            self.changed.emit()
            return False
        if best is not None and document.study.problem(name) is best.problem:
            document.know(best)
        self._close(run, run.answer().status)
        if name != run.scenario:
            document.show(name)
        return True

    def reject(self) -> None:
        """Put the plan of the run away; the scenario keeps its own."""
        run = self.run
        if run is None:
            return
        self._leave(run)
        self.run = None
        self.live.clear()
        self._close(run, "rejected")

    def _close(self, run: Run, status: str) -> None:
        self._tick.stop()
        self.bench.once_written(partial(self._on_disk, run.finish, status))
        self._clear()
        self.changed.emit()

    def _on_disk(self, write: Callable[[str], None], word: str) -> None:
        """Write a word into a run's folder; say why where it cannot be."""
        try:
            write(word)
        except Refused as error:
            self.bench.told.emit(error.sentence(self.bench.lang), True)
