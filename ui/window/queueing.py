"""The queue of a window: scenarios solved one after another, each plan taken as it comes.

A plan enters its scenario as an edit of its own. Where none is better than the one at hand, that one
stays. Stopping keeps what is done, with the best plan of the run at work, and begins no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from planner.plan import Plan
from planner.score import Score
from ui.window.run import Run
from ui.window.workbench import Workbench


@dataclass(slots=True, kw_only=True)
class Item:
    """A scenario of the queue, how it stands, and what its plan cost before and after.

    `state`: `waiting`, `running`; `better`, `first`, `kept` with a plan at the end; `nothing`, `lost`,
    `refused`, `rejected`, `gone`, `stopped` without another one.
    """

    scenario: str
    state: str = "waiting"
    before: Score | None = None
    after: Score | None = None


class Queue(QObject):
    """What waits, what is at work, and what came of it. Its runs are those of the solver of the window."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bench, self.solver = bench, bench.solver
        self.items: list[Item] = []
        self.parts: tuple[str, ...] = ()
        self.seconds = 0.0
        self._at: Item | None = None
        self._run: Run | None = None
        self.solver.over.connect(self._over)
        self.solver.changed.connect(self._moved)
        bench.renamed.connect(self._renamed)
        bench.document_changed.connect(self.clear)

    @property
    def on(self) -> bool:
        """Whether something waits or is at work."""
        return any(item.state in ("waiting", "running") for item in self.items)

    @property
    def done(self) -> int:
        """How many are over."""
        return sum(item.state not in ("waiting", "running") for item in self.items)

    @property
    def left(self) -> float:
        """Seconds that the searches still to come, and the one at work, may take."""
        waiting = sum(item.state == "waiting" for item in self.items)
        run = self._run
        here = 0.0 if run is None or not run.on else max(run.seconds - run.spent, 0.0)
        return waiting * self.seconds + here

    def start(self, scenarios: Sequence[str], parts: tuple[str, ...], seconds: float) -> bool:
        """Begin to solve scenarios in their order; tell whether there is anything to do."""
        run = self.solver.run
        if self.on or not scenarios or (run is not None and run.on):
            return False
        self.items = [Item(scenario=name) for name in scenarios]
        self.parts, self.seconds = parts, seconds
        self._next()
        self.solver.watched.emit()
        return True

    def stop(self) -> None:
        """Begin no more, and stop what is at work with its best plan."""
        self._drop_waiting()
        self.solver.stop()
        self.changed.emit()

    def clear(self) -> None:
        """Forget the queue: it is over, or its study is closed."""
        self.items, self._at, self._run = [], None, None
        self.changed.emit()

    def _drop_waiting(self) -> None:
        for item in self.items:
            if item.state == "waiting":
                item.state = "stopped"

    # --- one after another ----------------------------------------------------------------------

    def _next(self) -> None:
        """Begin with the next one that can be asked about; say so where there is none."""
        self._at = self._run = None
        for item in self.items:
            if item.state != "waiting":
                continue
            item.state = "gone"
            if not self._there(item.scenario):
                continue
            item.state = "refused"
            if self.solver.start(self.parts, self.seconds, scenario=item.scenario):
                item.state = "running"
                self._at, self._run = item, self.solver.run
                break
        self.changed.emit()
        if self._at is None:
            n = sum(item.state in ("better", "first") for item in self.items)
            told = self.bench.say("queue.over", n=n, of=len(self.items))
            self.bench.told.emit(told, False)

    def _there(self, name: str) -> bool:
        document = self.bench.document
        return document is not None and any(e.name == name for e in document.study.scenarios)

    def _over(self) -> None:
        if self._at is not None and self.solver.run is self._run:
            QTimer.singleShot(0, self, self._take)  # whoever told it has more to do with the run

    def _take(self) -> None:
        """Take the plan of the run that is over into its scenario, and go on with the next one."""
        item, run = self._at, self._run
        if item is None or run is None or self.solver.run is not run or run.on:
            return
        self._at = None  # what becomes of the run now is ours
        stopped = run.ended.startswith("solve.stopped")
        if not run.ready:
            item.state = "lost" if run.ended and run.result is None and not stopped else "nothing"
            self.solver.reject()
        else:
            self._adopt(item, run)
        if stopped:
            self._drop_waiting()
        self._next()

    def _adopt(self, item: Item, run: Run) -> None:
        run.keep_no_worse()
        self._tell(item, run)
        if not self.solver.adopt():
            item.state = "gone"
            self.solver.reject()

    def _tell(self, item: Item, run: Run) -> None:
        """Note what the plan of a scenario cost, and what the one costs that it has now."""
        assert run.best is not None
        item.after = run.best.judgement.score
        item.state = "first"
        if run.before.plan != Plan():
            item.before = run.before.judgement.score
            item.state = "kept" if run.best.plan == run.before.plan else "better"

    def _moved(self) -> None:
        """Go on where somebody has adopted or rejected the plan by hand, or the question was refused."""
        item, run = self._at, self._run
        if item is None or run is None or self.solver.run is run:
            return
        document = self.bench.document
        item.state = "rejected" if run.asked else "refused"
        if document is None:
            return
        if run.best is not None and self._there(item.scenario):
            if document.study.scenario(item.scenario).plan == run.best.plan:
                self._tell(item, run)
        self._at = None
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        """Begin with the next one; with none where somebody solves something else by now."""
        if self._at is not None or not self.items:
            return
        if self.solver.run is not None:
            self._drop_waiting()
        self._next()

    def _renamed(self, names: Mapping[str, str]) -> None:
        for item in self.items:
            item.scenario = names.get(item.scenario, item.scenario)
        self.changed.emit()
