"""Which scenarios are to be solved, what of them, how long for each, and how many at a time."""

import os
import shlex
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.plan import Plan
from planner.runs import FACT_PARTS
from planner.study import Scenario
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.growing import GrowingDialog
from ui.window.dialogs.settle import settled
from ui.window.document import Document
from ui.window.panels.parts import button, label, plain_tip
from ui.window.panels.solve_parts import USUAL, PartChips
from ui.window.panels.states import state
from ui.window.question import parts_of
from ui.window.workbench import Workbench

_NAME = Qt.ItemDataRole.UserRole
WIDE, HIGH = 460, 440


class QueueDialog(GrowingDialog):
    """The same as `planner solve --all-scenarios`, or `--scenario` for some of them."""

    def __init__(self, bench: Workbench, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.document = bench, document
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, HIGH)
        say = bench.say
        self.setWindowTitle(say("action.solve_several").rstrip("…"))
        self.chips = PartChips(bench)
        self.chips.word()
        has = parts_of(document.study.base)
        self.chips.fit({part: has[part] and part not in FACT_PARTS for part in has})
        self.chips.choose(USUAL)
        self.list = QListWidget()
        self.list.setObjectName("scenarios_to_solve")
        self.list.setAccessibleName(say("queue.which"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for scenario in document.study.scenarios:
            self.list.addItem(self._line(scenario))
        self.list.setCurrentRow(0)
        self.about = label("second", wrap=True)
        column = QVBoxLayout(self)
        column.addWidget(label("title", say("queue.which"), wrap=True))
        column.addWidget(self.list, 1)
        column.addLayout(self._choosing())
        column.addWidget(self.chips)
        column.addLayout(self._time())
        column.addWidget(self.about)
        column.addWidget(self._buttons())
        self.list.itemChanged.connect(self.look)
        self.chips.changed.connect(self.look)
        self.seconds.valueChanged.connect(self.look)
        self.jobs.valueChanged.connect(self.look)
        bench.document_changed.connect(self.reject)
        self.look()

    def _line(self, scenario: Scenario) -> QListWidgetItem:
        """Give a scenario to be ticked; how its plan stands has a line of its own under a long name."""
        say, stands = self.bench.say, state(self.document.study, scenario.name)
        told = [self.bench.called(None if stands.base else scenario.name)]
        if scenario.plan == Plan():
            told.append(say("queue.no_plan"))
        elif stands.stale:
            told.append(say("banner.stale"))
        made = QListWidgetItem(self.bench.icon(*stands.icon), "\n".join(told))
        made.setData(_NAME, scenario.name)
        made.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(told))
        made.setToolTip(plain_tip(made.text()))
        made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        made.setCheckState(Qt.CheckState.Checked)
        return made

    def _choosing(self) -> QHBoxLayout:
        say = self.bench.say
        self.all = button("link", lambda: self.choose(lambda _: True), say("queue.all"))
        self.none = button("link", lambda: self.choose(lambda _: False), say("queue.none"))
        self.needy = button("link", lambda: self.choose(self._needs), say("queue.needy"))
        row = QHBoxLayout()
        for each in (self.all, self.none, self.needy):
            row.addWidget(each)
        row.addStretch(1)
        return row

    def _time(self) -> QHBoxLayout:
        say = self.bench.say
        self.seconds = QSpinBox()
        self.seconds.setRange(1, 24 * 3600)
        self.seconds.setValue(self.bench.settings.number("solve/seconds", 60))
        self.seconds.setSuffix(say("solve.seconds.suffix"))
        self.seconds.setAccessibleName(say("queue.seconds"))
        self.jobs = QSpinBox()
        self.jobs.setRange(1, max(1, os.cpu_count() or 1))
        self.jobs.setAccessibleName(say("queue.jobs"))
        row = QHBoxLayout()
        row.addWidget(label("", say("queue.seconds")))
        row.addWidget(self.seconds)
        row.addSpacing(12)
        row.addWidget(label("", say("queue.jobs")))
        row.addWidget(self.jobs)
        row.addStretch(1)
        return row

    def _buttons(self) -> QDialogButtonBox:
        say, roles = self.bench.say, QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.copy = buttons.addButton(say("solve.copy"), roles.ActionRole)
        self.go = buttons.addButton(say("queue.go"), roles.AcceptRole)
        self.go.setDefault(True)
        self.copy.clicked.connect(lambda _checked=False: self.copy_command())
        buttons.accepted.connect(self.solve)
        buttons.rejected.connect(self.reject)
        return buttons

    # --- what is chosen -------------------------------------------------------------------------

    def choose(self, wanted: Callable[[str], bool]) -> None:
        """Tick the scenarios whose name a test lets pass, and no other."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            on = wanted(str(item.data(_NAME)))
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _needs(self, name: str) -> bool:
        """Tell whether a scenario has no plan, or one that is out of date."""
        study = self.document.study
        return study.scenario(name).plan == Plan() or study.stale(name)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The scenarios that are ticked, in their order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(str(item.data(_NAME)) for item in ticked)

    def look(self) -> None:
        """Say how long it takes, and what becomes of the plans."""
        n = len(self.chosen)
        rounds = -(-n // self.jobs.value())
        left = -(-rounds * self.seconds.value() // 60)
        self.chips.show_run(None)
        self.about.setText(self.bench.say("queue.about", n=n, left=left))
        self.go.setEnabled(bool(n and self.chips.chosen) and may_edit(self.document))
        self.copy.setEnabled(bool(n and self.chips.chosen) and self.document.path is not None)

    @property
    def command(self) -> str:
        """The command line that does the same, once the study has a file."""
        words = ["planner", "solve", str(self.document.path)]
        every = len(self.chosen) == self.list.count()
        chosen = [word for name in self.chosen for word in ("--scenario", name)]
        words += ["--all-scenarios"] if every else chosen
        if set(self.chips.chosen) != USUAL:
            words += ["--parts", ",".join(self.chips.chosen)]
        words += ["--jobs", f"{self.jobs.value()}"] if self.jobs.value() > 1 else []
        return shlex.join([*words, "--seconds", f"{self.seconds.value()}"])

    def copy_command(self) -> None:
        """Put the command line on the clipboard."""
        QGuiApplication.clipboard().setText(self.command)
        told = "solve.copied_unsaved" if self.document.unsaved else "solve.copied"
        self.bench.told.emit(self.bench.say(told, command=self.command), False)

    def solve(self) -> None:
        """Begin."""
        chosen, parts, seconds = self.chosen, self.chips.chosen, float(self.seconds.value())
        if self.bench.queue.start(chosen, parts, seconds, self.jobs.value()):
            self.accept()


def queue_up(bench: Workbench, scenario: str, parent: QWidget) -> None:
    """Solve one scenario beside the open one, behind those that wait; its plan is taken as it comes."""
    queue, seconds = bench.queue, float(bench.settings.number("solve/seconds", 60))
    if queue.on:
        begun = queue.also(scenario)
    else:
        begun = settled(bench, parent) and queue.start((scenario,), tuple(USUAL), seconds)
    if begun:
        bench.told.emit(bench.say("queue.beside", scenario=bench.called(scenario)), False)


def ask_queue(bench: Workbench, parent: QWidget) -> None:
    """Ask which scenarios are to be solved, once no plan that waits would be lost by it."""
    document, queue = bench.document, bench.queue
    if document is None:
        return
    if queue.on:
        bench.told.emit(bench.say("queue.title", n=queue.done, of=len(queue.items)), False)
    elif settled(bench, parent):
        QueueDialog(bench, document, parent).open()
