"""Answers to something that has happened: the form that says it, what each answer costs, adopting one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.clock import written
from planner.day_events import Moment
from planner.day_repair import Repair
from planner.edits import EditRefusedError
from ui.window.asking import Asker, refusal
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.growing import GrowingDialog
from ui.window.document import Document
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench


class AnswersDialog(GrowingDialog):
    """Asks the worker for answers, shows them, and adopts one as an edit.

    A kind of it says what has happened, and what an answer is as an edit.
    """

    PARTS: ClassVar[tuple[str, ...]] = ("theatre",)
    """Parts of the plan that are asked about."""
    TOLD: ClassVar[tuple[str, ...]] = ("patients", "surgeons", "rooms")
    """Kinds of those who have to be told, in order."""

    def __init__(self, bench: Workbench, form: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.form = bench, form
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(620, 560)
        self.possible = False
        self.answers: list[Mapping[str, Any]] = []
        self.told = label("second", wrap=True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.list, self.detail = QListWidget(), QPlainTextEdit()
        self.list.setAccessibleName(bench.say("repair.answers"))
        self.list.setFixedHeight(132)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(bench.say("repair.detail"))
        self.detail.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.look = buttons.addButton(bench.say("repair.look"), action)
        self.adopt = buttons.addButton(
            bench.say("repair.adopt"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.look.clicked.connect(lambda _checked=False: self.ask())
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for each in (self.form, self.told, self.list, self.detail, buttons):
            column.addWidget(each)
        self.form.changed.connect(self._try)
        self.list.currentRowChanged.connect(self._show)
        self.asker = Asker(bench, self, self.show_answers, self._refuse, self.PARTS)
        self._try()

    # --- what a kind of it says ---------------------------------------------------------------------

    def happen(self, document: Document) -> str:
        """Let it happen to the open plan; give the sentence that says it.

        Raises:
            EditRefusedError: it cannot be.
        """
        raise NotImplementedError

    @property
    def occurrence(self) -> str:
        """What has happened, as it is typed."""
        raise NotImplementedError

    @property
    def moment(self) -> Moment:
        """When it is."""
        raise NotImplementedError

    def edit(self, document: Document, answer: Mapping[str, Any], at: str) -> Repair:
        """Give the edit that takes what has happened, and an answer to it."""
        raise NotImplementedError

    # --- asking and taking --------------------------------------------------------------------------

    def _try(self) -> None:
        """Say what the form says, or why it cannot be; answers to something else go."""
        self.asker.forget()
        self.answers = []
        self.list.clear()
        self.detail.clear()
        document = self.bench.document
        self.possible = False
        if document is None:
            return
        try:
            words = self.happen(document)
        except EditRefusedError as error:
            self._refuse(refusal(self.bench, error))
        else:
            self.possible = True
            relook(self.told, "second")
            self.told.setText(words)
        self.look.setEnabled(self.possible)
        self.look.setDefault(self.possible)
        self.adopt.setEnabled(False)

    def _refuse(self, words: str) -> None:
        relook(self.told, "hard")
        self.told.setText(words)

    @property
    def date(self) -> str:
        """The date on which it is."""
        document = self.bench.document
        assert document is not None
        return document.problem.horizon.date(self.moment.day).isoformat()

    def ask(self) -> None:
        """Ask for answers to what has happened."""
        if not self.possible:
            return
        relook(self.told, "second")
        self.told.setText(self.bench.say("repair.looking"))
        now = written(self.moment.now)
        self.asker.ask("repair", occurrence=self.occurrence, day=self.date, now=now)

    def show_answers(self, found: Mapping[str, Any]) -> None:
        """Show the answers, the best first and chosen."""
        self.told.setText(f"{found['moment']}. {found['sentence']}")
        self.answers = list(found["answers"])
        self.list.clear()
        for answer in self.answers:
            self.list.addItem(f"{answer['title']}. {answer['cost']}")
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _show(self, row: int) -> None:
        """Tell an answer in full."""
        there = 0 <= row < len(self.answers)
        document = self.bench.document
        self.adopt.setEnabled(there and document is not None and may_edit(document))
        self.detail.setPlainText("\n".join(self._lines(self.answers[row])) if there else "")

    def _lines(self, answer: Mapping[str, Any]) -> list[str]:
        say, told = self.bench.say, answer["told"]
        hard, soft = (
            [
                say("cli.repair.hard" if each["hard"] else "cli.repair.soft", what=each["sentence"])
                for each in answer["breaches"]
                if each["hard"] == wanted
            ]
            for wanted in (True, False)
        )
        lines = [str(answer["cost"]), *hard]
        for kind in self.TOLD:
            if told[kind]:
                lines += ["", say(f"repair.tell.{kind}"), *map(str, told[kind])]
        return [*lines, *([""] if soft else []), *soft]

    def take(self) -> None:
        """Adopt the answer that is chosen, with what has happened, as one edit."""
        document, row = self.bench.document, self.list.currentRow()
        if document is None or not self.possible or not 0 <= row < len(self.answers):
            return
        at = f"{self.date} {written(self.moment.now)}"
        if self.bench.do(self.edit(document, self.answers[row], at)):
            self.accept()
