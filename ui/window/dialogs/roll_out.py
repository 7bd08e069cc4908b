"""Rotations laid out on real dates: which, from when to when, and what it does before it is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.edits import EditRefusedError
from planner.facts import facts
from planner.rotation import RollOut
from planner.rotation.words import lines
from planner.words import day as day_words
from ui.window.dialogs.growing import GrowingDialog
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

WIDE, HIGH = 560, 400


class RollOutDialog(GrowingDialog):
    """The same as `planner scenario roll-out`: duties given and left out are listed first."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        document, say = bench.document, bench.say
        assert document is not None
        self.bench, self.document, self.problem = bench, document, document.problem
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("action.roll_out").rstrip("…"))
        self.resize(WIDE, HIGH)
        self.rotation, self.first, self.last = QComboBox(), QComboBox(), QComboBox()
        self._offer()
        self.about = label("second", say("roll_out.about"), wrap=True)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName(say("roll_out.told"))
        self.told.setTabChangesFocus(True)
        form = QFormLayout()
        named = (("rotation", self.rotation), ("first", self.first), ("last", self.last))
        for name, box in named:
            box.setObjectName(f"roll out {name}")
            form.addRow(say(f"roll_out.{name}"), box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.yes = buttons.addButton(say("roll_out.yes"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.lay_out)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.about)
        column.addWidget(self.told, 1)
        column.addWidget(buttons)
        for _, box in named:
            box.currentIndexChanged.connect(self.look)
        bench.document_changed.connect(self.reject)
        self.look()

    def _offer(self) -> None:
        """Offer all rotations and each one, and the days from the date of the facts on."""
        horizon = self.problem.horizon
        every = self.problem.rotations
        if len(every) != 1:
            self.rotation.addItem(self.bench.say("roll_out.all"), "")
        for each in every:
            self.rotation.addItem(f"{each.id}  {each.name}".strip(), each.id)
        for day in range(max(0, facts(self.problem).as_of), horizon.days):
            words = day_words(horizon.date(day), self.bench.lang)
            self.first.addItem(words, day)
            self.last.addItem(words, day)
        self.last.setCurrentIndex(self.last.count() - 1)

    @property
    def edit(self) -> RollOut:
        """The edit that the fields ask for."""
        named = self.rotation.currentData()
        first, last = self.first.currentData(), self.last.currentData()
        days = None if first is None else (int(first), int(last))
        rotations = (str(named),) if named else ()
        return RollOut(scenario=self.document.name, rotations=rotations, days=days)

    def look(self) -> None:
        """Say what it does, or why it cannot be done."""
        try:
            found = self.edit.found(self.document.study)
        except EditRefusedError as error:
            self.told.setPlainText(self.bench.sentence(error))
            self.yes.setEnabled(False)
            return
        self.told.setPlainText("\n\n".join(lines(self.problem, found, self.bench.lang)))
        self.yes.setEnabled(True)

    def lay_out(self) -> None:
        """Do it; it can be undone."""
        if self.bench.do(self.edit):
            self.accept()
