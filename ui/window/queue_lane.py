"""A lane of the queue: one solver with its worker, and the scenario that it is at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from planner.plan import Plan
from ui.window.live import Unseen
from ui.window.run import Run
from ui.window.solving import Solver
from ui.window.workbench import Workbench

if TYPE_CHECKING:
    from ui.window.queueing import Item, Queue


class QuietSolver(Solver):
    """Solves beside the solver of the window: no board shows its plans, and its worker does not stay."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench, Unseen)

    def let_go(self) -> None:
        """Let the worker go; the next run starts another one."""
        self._ladder.stop()
        self._left = False
        self.worker.kill(wait=False)


class Lane(QObject):
    """Solves one scenario after another for a queue. The first lane is the solver of the window."""

    def __init__(self, queue: "Queue", solver: Solver) -> None:
        super().__init__(queue)
        self.queue, self.solver = queue, solver
        self.item: Item | None = None
        self.run: Run | None = None
        solver.over.connect(self._over)
        solver.changed.connect(self._moved)

    @property
    def left(self) -> float:
        """Seconds that the search at work may still take."""
        run = self.run
        return 0.0 if run is None or not run.on else max(run.seconds - run.spent, 0.0)

    def rest(self) -> None:
        """Give back what was taken for the queue alone."""
        if isinstance(self.solver, QuietSolver):
            self.solver.let_go()

    def free(self) -> None:
        """Be at nothing."""
        self.item = self.run = None

    def begin(self, item: "Item", workers: int) -> bool:
        """Begin with a scenario; tell whether it could be asked about."""
        queue = self.queue
        if not self.solver.start(
            queue.parts, queue.seconds, scenario=item.scenario, workers=workers
        ):
            return False
        item.state = "running"
        self.item, self.run = item, self.solver.run
        return True

    def _over(self) -> None:
        if self.item is not None and self.solver.run is self.run:
            QTimer.singleShot(0, self, self._take)  # whoever told it has more to do with the run

    def _take(self) -> None:
        """Take the plan of the run that is over into its scenario, and go on with the next one."""
        item, run = self.item, self.run
        if item is None or run is None or self.solver.run is not run or run.on:
            return
        self.item = None  # what becomes of the run now is ours
        stopped = run.ended.startswith("solve.stopped")
        if not run.ready:
            item.state = "lost" if run.ended and run.result is None and not stopped else "nothing"
            self.solver.reject()
        else:
            self._adopt(item, run)
        if stopped:
            self.queue.stop()
        self.queue.next(self)

    def _adopt(self, item: "Item", run: Run) -> None:
        run.keep_no_worse()
        _tell(item, run)
        if not self.solver.adopt():
            item.state = "gone"
            self.solver.reject()

    def _moved(self) -> None:
        """Go on where somebody has adopted or rejected the plan by hand, or the question was refused."""
        item, run = self.item, self.run
        self.queue.progressed.emit()
        if item is None or run is None or self.solver.run is run:
            return
        document = self.queue.bench.document
        item.state = "rejected" if run.asked else "refused"
        if document is None:
            return
        if run.best is not None and self.queue.there(item.scenario):
            if document.study.scenario(item.scenario).plan == run.best.plan:
                _tell(item, run)
        self.item = None
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        """Begin with the next one; with none where somebody solves something else by now."""
        if self.item is not None or not self.queue.items:
            return
        self.queue.next(self, free=self.solver.run is None)


def _tell(item: "Item", run: Run) -> None:
    """Note what the plan of a scenario cost, and what the one costs that it has now."""
    assert run.best is not None
    item.after = run.best.judgement.score
    item.state = "first"
    if run.before.plan != Plan():
        item.before = run.before.judgement.score
        item.state = "kept" if run.best.plan == run.before.plan else "better"
