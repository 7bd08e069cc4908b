"""The panel of solving: what is asked, how far it is, how good it is, and what to do with it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QProgressBar,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.runs import FACT_PARTS, MASTER, ROTATION
from ui.window.actions import Actions
from ui.window.charts.cost_curve import CostCurve, Curve
from ui.window.dialogs.settle import settled
from ui.window.look.type import LARGE, font
from ui.window.panels.parts import button, hairline, label, relook
from ui.window.panels.pins_line import PinsLine
from ui.window.panels.queue import QueueView
from ui.window.panels.solve_asked import Asked
from ui.window.panels.solve_command import command, run_command
from ui.window.panels.solve_master import GridAnswer, Weights
from ui.window.panels.solve_options import Options
from ui.window.panels.solve_parts import USUAL, PartChips
from ui.window.panels.solve_rotation import RotationChoice
from ui.window.panels.solve_since import Since
from ui.window.panels.solve_steps import Steps
from ui.window.panels.solve_words import (
    cost_words,
    limit_words,
    remark_lines,
    state_words,
    why_words,
)
from ui.window.question import Asked as How
from ui.window.question import parts_of
from ui.window.run import STEPS, Run
from ui.window.simulating import Simulator
from ui.window.workbench import Workbench

MORE = 60
WIDTH = 318
"""Pixels of the dock that the panel asks for while it is shown."""


class SolvePanel(QWidget):
    """One panel for the question, the run and its plan."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_, self.solver = bench, actions, bench.solver
        self._build()
        actions.on("solve", self.start)
        actions.on("stop", self.solver.stop)
        actions.on("copy_command", self.copy_command)
        self.simulator = Simulator(bench)
        actions.on("simulate", self.simulator.start)
        self.solver.changed.connect(self.refresh)
        bench.changed.connect(self.refresh)
        bench.document_changed.connect(self._fit)
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.word)
        self._fit()
        self.word()

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("look", "side")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        self.queue = QueueView(self.bench)
        column.addWidget(self.queue)
        column.addLayout(self._question())
        column.addWidget(self._progress())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._decision())

    def _question(self) -> QLayout:
        self.chips = PartChips(self.bench)
        self.chips.changed.connect(self.refresh)
        self.parts = self.chips.chips
        self.seconds = QSpinBox()
        self.seconds.setRange(1, 24 * 3600)
        self.seconds.setValue(self.bench.settings.number("solve/seconds", 60))
        self.seconds.valueChanged.connect(
            lambda value: self.bench.settings.keep("solve/seconds", value)
        )
        self.options = Options(self.bench, self.actions_)
        self.long = label()
        row = QHBoxLayout()
        row.addWidget(self.long)
        row.addWidget(self.seconds)
        row.addStretch(1)
        self.go = button("primary", self.start)
        self.settings = QWidget()
        settings = QVBoxLayout(self.settings)
        settings.setContentsMargins(0, 0, 0, 0)
        settings.setSpacing(6)
        settings.addLayout(row)
        settings.addWidget(self.options)
        self.weights = Weights(self.bench)
        self.rotation = RotationChoice(self.bench)
        for each in (self.weights, self.rotation):
            settings.addWidget(each)
        self.pins = PinsLine(self.bench, self.actions_, "second")
        settings.addWidget(self.pins)
        settings.addWidget(self.go)
        self.about = label("second", wrap=True)
        settings.addWidget(self.about)
        self.asked = Asked(self.bench)
        settings.addWidget(self.asked)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.chips)
        column.addWidget(self.settings)
        return column

    def _progress(self) -> QWidget:
        self.steps = Steps(self.bench)
        self.spent = label()
        self.more = button("link", lambda: self.solver.more(MORE))
        time = QHBoxLayout()
        time.addWidget(self.spent, 1)
        time.addWidget(self.more)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.state = label("second", wrap=True)
        self.limit = label("large", wrap=True)
        self.limit.setFont(font(LARGE, 600))
        self.cost = label("second", wrap=True)
        self.chart = CostCurve(self.bench)
        self.rising = label("hint", wrap=True)
        self.since_title = label("panel")
        self.since = Since(self.bench)
        self.live = button("link", self.turn)
        self.remarks = label("second", wrap=True)
        self.progress = QWidget()
        column = QVBoxLayout(self.progress)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.steps)
        column.addLayout(time)
        for each in (self.bar, self.state, self.limit, self.cost, self.chart, self.rising):
            column.addWidget(each)
        self.answer = GridAnswer(self.bench)
        column.addWidget(self.answer)
        column.addWidget(self.since_title)
        column.addWidget(self.since)
        column.addWidget(self.live, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.remarks)
        return self.progress

    def _decision(self) -> QWidget:
        self.adopt = button("primary", self.take)
        self.stop = button("danger", self.solver.stop)
        self.branch = button("", self.adopt_as_new)
        self.why = label("second", wrap=True)
        self.copy = button("link", self.copy_command)
        self.reject = button("link", self.solver.reject)
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.addWidget(self.adopt, 0, 0)
        grid.addWidget(self.stop, 0, 1)
        grid.addWidget(self.branch, 1, 0, 1, 2)
        grid.addWidget(self.why, 2, 0, 1, 2)
        grid.addWidget(self.copy, 3, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.reject, 3, 1, Qt.AlignmentFlag.AlignRight)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(6)
        column.addWidget(hairline())
        column.addLayout(grid)
        return foot

    # --- doing ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a run as the settings of the panel say."""
        run = self.solver.run
        if (run is not None and run.on) or not settled(self.bench, self):
            return
        self.solver.start(self.chosen(), float(self.seconds.value()), **self.how())

    def how(self) -> How:
        """Give what else is asked, beside parts and seconds."""
        return {
            "afresh": self.options.afresh,
            "master": self.weights.options,
            "rotation": self.rotation.chosen,
            "linked": self.options.linked,
        }

    def chosen(self) -> tuple[str, ...]:
        """Give the parts that are asked for."""
        return self.chips.chosen

    def turn(self) -> None:
        """Show the run's plans on the boards, or that of the scenario instead."""
        live = self.solver.live
        if live.shown:
            live.stand_aside()
        else:
            live.follow(True)

    def take(self, branch: str = "") -> None:
        """Adopt what was found; after changes of facts it is the turn of what stands on them."""
        run = self.solver.run
        if self.solver.adopt(branch) and run is not None and run.of_facts:
            self.chips.choose(USUAL)
            self.bench.told.emit(self.bench.say(f"solve.adopted_{run.of_facts}"), False)

    def adopt_as_new(self) -> None:
        """Adopt the plan in a new scenario on the run's own, with a name that is free."""
        document, run = self.bench.document, self.solver.run
        if document is None or run is None:
            return
        if run.afar:
            self.take()
            return
        taken = {scenario.name for scenario in document.study.scenarios}
        free = (self.bench.say("solve.new_name", n=n) for n in range(1, len(taken) + 2))
        self.take(next(name for name in free if name not in taken))

    def copy_command(self) -> None:
        """Put the command line that does the same on the clipboard."""
        document = self.bench.document
        if document is None:
            return
        command = self.command()
        if command is None:
            self.bench.told.emit(self.bench.say("solve.no_file"), True)
            return
        QGuiApplication.clipboard().setText(command)
        told = "solve.copied_unsaved" if document.unsaved else "solve.copied"
        self.bench.told.emit(self.bench.say(told, command=command), False)

    def command(self) -> str | None:
        """Give the command that solves as the panel would, or does; None without a file."""
        document, run = self.bench.document, self.solver.run
        if document is None or document.path is None:
            return None
        path = document.path
        parts = self.chosen() if run is None else run.request.parts
        rotation = self.rotation.words if ROTATION in parts else []
        if run is not None:
            return run_command(path, run, rotation)
        seconds = float(self.seconds.value())
        return command(path, document.name, parts, seconds, self.how(), rotation)

    # --- room -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask the dock for the room that the panel needs."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self._widen(WIDTH))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Give the dock its width back."""
        super().hideEvent(event)
        if self._before:
            QTimer.singleShot(0, self, lambda: self._widen(0))

    _before = 0

    def _widen(self, wanted: int) -> None:
        dock, main = self._around()
        if dock is None or main is None or not dock.isVisible():
            return
        if wanted and dock.width() < wanted:
            self._before = dock.width()
            main.resizeDocks([dock], [wanted], Qt.Orientation.Horizontal)
        elif not wanted and self._before and not self.isVisible():
            main.resizeDocks([dock], [self._before], Qt.Orientation.Horizontal)
            self._before = 0

    def _around(self) -> tuple[QDockWidget | None, QMainWindow | None]:
        """Give the dock and the window that the panel stands in, if it does."""
        here = self.parentWidget()
        dock: QDockWidget | None = None
        while here is not None and not isinstance(here, QMainWindow):
            dock = here if isinstance(here, QDockWidget) else dock
            here = here.parentWidget()
        return dock, here

    # --- showing --------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Offer the parts that the problem has."""
        document = self.bench.document
        if document is not None:
            self.chips.fit(parts_of(document.problem))
            self.rotation.offer(document.problem)
        self.refresh()

    def word(self) -> None:
        """Take the words of the language, and icons in the colours of the theme."""
        say, icon = self.bench.say, self.bench.icon
        self.chips.word()
        self.weights.word()
        self.rotation.word()
        self.long.setText(say("solve.seconds"))
        self.seconds.setSuffix(say("solve.seconds.suffix"))
        self.seconds.setAccessibleName(say("solve.seconds"))
        self.options.word()
        self.go.setText(say("action.solve"))
        self.go.setIcon(icon("play", "on_accent"))
        self.more.setText(say("solve.more", n=MORE))
        self.since_title.setText(say("solve.since"))
        self.adopt.setText(say("solve.adopt"))
        self.adopt.setIcon(icon("check-bold", "on_accent"))
        self.stop.setText(say("action.stop"))
        self.stop.setIcon(icon("stop-circle-outline", "hard"))
        self.branch.setText(say("solve.branch"))
        self.copy.setText(say("solve.copy"))
        self.copy.setIcon(icon("console", "accent"))
        self.reject.setText(say("solve.reject"))
        self.refresh(again=True)

    def refresh(self, *, again: bool = False) -> None:
        """Show how things stand."""
        document, run = self.bench.document, self.solver.run
        on = run is not None and run.on
        may = document is not None and not document.read_only
        self.actions_["solve"].setEnabled(may and not on)
        self.actions_["stop"].setEnabled(on)
        alone = next((part for part in FACT_PARTS if part in self.chosen()), "")
        self.options.fit(self.chosen(), waiting=run is None)
        self.weights.setVisible(alone == MASTER)
        self.rotation.setVisible(alone == ROTATION)
        self.about.setText(self.bench.say(f"solve.about_{alone}" if alone else "solve.about"))
        self.settings.setVisible(run is None)
        self.pins.say_kept(self.chosen())
        self.go.setEnabled(may and bool(self.chosen()))
        self.progress.setVisible(run is not None)
        for each in (self.adopt, self.stop, self.branch, self.reject, self.why):
            each.setVisible(run is not None)
        if run is not None:
            self._show_run(run, again=again)
        self.chips.show_run(run)
        self.answer.show_run(run, again=again)

    def _show_run(self, run: Run, *, again: bool) -> None:
        say, best = self.bench.say, run.best
        over = not run.on
        came_to_its_end = over and run.result is not None
        last = len(STEPS) if run.proven else len(STEPS) - 1
        self.steps.setVisible(not run.of_facts)  # a grid is found and proven in one step
        self.steps.show_step(last if came_to_its_end else run.step, over=over)
        spent = min(run.spent, run.seconds) if run.on else run.spent
        self.spent.setText(say("solve.spent", spent=int(spent), of=int(run.seconds)))
        share = 1.0 if came_to_its_end else min(1.0, spent / max(run.seconds, 1.0))
        self.bar.setValue(int(1000 * share))
        self.state.setText(state_words(self.bench, run, outdated=self.solver.live.outdated))
        self.limit.setText(limit_words(self.bench, run))
        self.limit.setVisible(run.cost is not None)
        self.cost.setVisible(run.cost is not None)
        self.cost.setText(cost_words(self.bench, run))
        if best is not None:
            self.since.show_change(run.before, best, again=again)
        for each in (self.chart, self.since, self.since_title, self.live):
            each.setVisible(best is not None)
        self.live.setText(say("solve.unfollow" if self.solver.live.shown else "solve.follow"))
        self.chart.show_curve(Curve.of(run))
        self.rising.setText(say("curve.rising"))
        self.rising.setVisible(best is not None and self.chart.curve.rises)
        relook(self.branch, "primary" if run.afar else "")
        self.branch.setIcon(self.bench.icon("source-branch", "on_accent" if run.afar else "ink2"))
        self.adopt.setVisible(not run.afar)
        self.adopt.setEnabled(run.ready)
        self.branch.setEnabled(run.ready)
        self.stop.setEnabled(run.state == "running")
        token = "hard" if self.stop.isEnabled() else "hint"
        self.stop.setIcon(self.bench.icon("stop-circle-outline", token))
        self.more.setEnabled(run.state != "stopping" and not run.proven)
        self.more.setVisible(not run.of_facts)
        self.why.setText(why_words(self.bench, run))
        self.remarks.setText(remark_lines(self.bench, run))
        self.remarks.setVisible(bool(run.remarks))
