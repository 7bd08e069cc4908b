"""What the boards show of a run: its newest plan, the one they stay with, or the scenario's own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.window.run import Run

if TYPE_CHECKING:
    from ui.window.solving import Solver


class Live(QObject):
    """Shows the plans of the solver's run on the boards, for as long as they are to be followed."""

    def __init__(self, solver: "Solver") -> None:
        super().__init__(solver)
        self.solver, self.bench = solver, solver.bench
        self.number = 0
        """Which of the run's plans it is that was shown last."""
        self.on = True
        """Whether the boards follow the newest plan."""
        self._insisted = False  # somebody wants to see plans for facts that have changed since

    def clear(self) -> None:
        """Show no plan of the run."""
        if self.bench.document is not None:
            self.bench.document.preview(None)

    def begin(self) -> None:
        """Follow a run that begins."""
        self.on, self._insisted, self.number = True, False, 0

    @property
    def shown(self) -> bool:
        """Whether the boards show a plan of the run."""
        document = self.bench.document
        return document is not None and document.provisional is not None

    @property
    def outdated(self) -> bool:
        """Whether facts or rules have been edited in the run's scenario since it began."""
        document, run = self.bench.document, self.solver.run
        return document is not None and run is not None and run.outdated(document.study)

    def making(self, part: str) -> bool:
        """Whether a plan of a part is being made for the open scenario."""
        document, run = self.bench.document, self.solver.run
        if document is None or run is None or not run.on:
            return False
        return run.scenario == document.name and part in run.request.parts and not run.gone

    def show(self, run: Run) -> None:
        """Show the best plan of a run, where it is followed and its scenario is open."""
        document = self.bench.document
        if document is None or run.best is None or not self.on or document.name != run.scenario:
            return
        run.follow(document.study)
        if run.gone:
            return
        if document.problem is run.request.problem:
            document.know(run.best)
        self.number = run.plans
        document.preview(run.best.plan)

    def follow(self, on: bool) -> None:
        """Have the boards follow the newest plan of the run, or stay with what they show."""
        self.on = on
        self._insisted = on and self.outdated
        if on and self.solver.run is not None:
            self.show(self.solver.run)
        self.solver.changed.emit()

    def stand_aside(self) -> None:
        """Have the boards show the scenario's own plan, until somebody asks to follow again."""
        self.on = self._insisted = False
        self.clear()
        self.solver.changed.emit()

    def look(self) -> None:
        """Show the plan again to somebody who comes back to the scenario of the run.

        Once facts are edited it is a plan for other facts, and shown only where somebody asks for it.
        """
        document, run = self.bench.document, self.solver.run
        if document is not None and run is not None:
            run.follow(document.study)
        if document is None or run is None or run.best is None or not self.on:
            return
        if self.outdated and not self._insisted:
            self.stand_aside()
        elif document.name == run.scenario and document.provisional is None:
            QTimer.singleShot(0, self, self._again)

    def _again(self) -> None:
        if self.solver.run is not None:
            self.show(self.solver.run)


class Unseen(Live):
    """Shows nothing: runs beside the one that is watched."""

    def clear(self) -> None:
        """Leave the boards what they show."""

    def show(self, run: Run) -> None:
        """Leave the boards what they show."""

    def look(self) -> None:
        """Follow the scenario of the run; show nothing."""
        document, run = self.bench.document, self.solver.run
        if document is not None and run is not None:
            run.follow(document.study)
