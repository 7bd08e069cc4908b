"""Repair on the day: what has happened, the answers with what they cost, and adopting one of them."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.cases import CaseId
from planner.clock import written
from planner.day_repair import Answer, Move, adopting
from planner.day_struck import Struck, strike
from planner.day_words import event_sentence, placement_of
from planner.edits import EditRefusedError
from ui.window.asking import Asker, refusal
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.day_event import DayEventForm
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench


class RepairDialog(QDialog):
    """Asks the worker for answers, shows them, and adopts one as an edit."""

    def __init__(self, bench: Workbench, day: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.day = bench, day
        document = bench.document
        assert document is not None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(620, 560)
        self.date = document.problem.horizon.date(day)
        self.setWindowTitle(bench.say("repair.title", day=self.date))
        self.struck: Struck | None = None
        self.answers: list[Mapping[str, Any]] = []
        self.form = DayEventForm(bench, document.problem, document.outcome().theatre, day)
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
        self.asker = Asker(bench, self, self.show_answers, self._refuse)
        self._try()

    def _try(self) -> None:
        """Say what the form says, or why it cannot be; answers to something else go."""
        self.asker.forget()
        self.answers = []
        self.list.clear()
        self.detail.clear()
        document = self.bench.document
        self.struck = None
        if document is None:
            return
        try:
            self.struck = strike(
                document.problem, document.plan, self.form.happening, self.form.moment
            )
        except EditRefusedError as error:
            self._refuse(refusal(self.bench, error))
        else:
            relook(self.told, "second")
            self.told.setText(event_sentence(self.form.happening, self.bench.lang))
        self.look.setEnabled(self.struck is not None)
        self.look.setDefault(self.struck is not None)
        self.adopt.setEnabled(False)

    def _refuse(self, words: str) -> None:
        relook(self.told, "hard")
        self.told.setText(words)

    def ask(self) -> None:
        """Ask for answers to what has happened."""
        if self.struck is None:
            return
        relook(self.told, "second")
        self.told.setText(self.bench.say("repair.looking"))
        event, (_, now) = self.struck.event, self.struck.moment
        self.asker.ask(
            "repair", occurrence=event.words, day=self.date.isoformat(), now=written(now)
        )

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
        for kind in ("patients", "surgeons", "rooms"):
            if told[kind]:
                lines += ["", say(f"repair.tell.{kind}"), *map(str, told[kind])]
        return [*lines, *([""] if soft else []), *soft]

    def take(self) -> None:
        """Adopt the answer that is chosen, with what has happened, as one edit."""
        document, row = self.bench.document, self.list.currentRow()
        if document is None or self.struck is None or not 0 <= row < len(self.answers):
            return
        moves = tuple(self._move(move) for move in self.answers[row]["moves"])
        answer = Answer(reach=str(self.answers[row]["reach"]), moves=moves)
        at = f"{self.date.isoformat()} {written(self.struck.moment.now)}"
        edit = adopting(document.study, document.name, self.struck, answer, at)
        if self.bench.do(edit):
            self.accept()

    def _move(self, plain: Mapping[str, Any]) -> Move:
        case = str(plain["case"])
        sides = (placement_of(case, plain[side]) for side in ("from", "to"))
        return Move(CaseId(case), *sides)
