"""A step of a plan on its way out: proposed, approved or withdrawn, with who signs and why."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from data.account import signature
from planner.edits import EditRefusedError
from planner.publishing import publishing
from planner.publishing_words import notices
from planner.signatures import APPROVED, DRAFT, PROPOSED, Signature
from planner.signing import Sign, Withdraw
from planner.signing_words import lines, signer
from planner.standing import standing
from planner.words import day
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.growing import GrowingDialog
from ui.window.document import Document
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

WIDE = 520


class SignForm(QWidget):
    """In whose name something is signed, nobody else's where that is empty, and why."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.name, self.reason = QLineEdit(), QLineEdit()
        self.name.setObjectName("sign name")
        self.reason.setObjectName("sign reason")
        mine = signature(DRAFT)
        hint = signer(mine, bench.lang) if mine.declared else mine.account
        self.name.setPlaceholderText(bench.say("sign.name.hint", account=hint))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(bench.say("sign.name"), self.name)
        form.addRow(bench.say("sign.reason"), self.reason)
        self.name.textChanged.connect(self.changed)
        self.reason.textChanged.connect(self.changed)

    def signed(self, step: str) -> Signature:
        """Sign a step with what the form says."""
        return signature(step, self.name.text(), self.reason.text())


class SignDialog(GrowingDialog):
    """Shows how the open scenario stands and what a step means; the same edit as the command line."""

    def __init__(
        self, bench: Workbench, document: Document, step: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.bench, self.document, self.step = bench, document, step
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDE)
        say, shown = bench.say, bench.called(document.name)
        self.setWindowTitle(say(f"sign.{step}.title", scenario=shown))
        self.title = label("title", say(f"sign.{step}.ask", scenario=shown), wrap=True)
        self.about = label("second", say(f"sign.{step}.about"), wrap=True)
        self.stands, self.notice = label("", wrap=True), label("soft", wrap=True)
        self.form = SignForm(bench)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.yes = buttons.addButton(
            say(f"sign.{step}.yes"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.yes.setDefault(True)
        buttons.accepted.connect(self.sign)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for each in (self.title, self.about, self.stands, self.notice, self.form, buttons):
            column.addWidget(each)
        self._show(self.stands, list(lines(standing(document.study, document.name), bench.lang)))
        self._show(self.notice, [] if step == DRAFT else _warned(bench, document))
        self.yes.setFocus()

    @staticmethod
    def _show(where: QLabel, words: list[str]) -> None:
        where.setText("\n".join(words))
        where.setVisible(bool(words))

    def sign(self) -> None:
        """Take the step, as one edit."""
        name, signed = self.document.name, self.form.signed(self.step)
        edit = (
            Withdraw(scenario=name, signature=signed)
            if self.step == DRAFT
            else Sign(scenario=name, signature=signed)
        )
        if self.bench.do(edit):
            what, facts = edit.label
            told = dict(facts) | {"scenario": self.bench.called(name)}
            self.bench.told.emit(self.bench.say(what, **told), False)
            self.accept()


def _warned(bench: Workbench, document: Document) -> list[str]:
    """Say what speaks against publishing the plan, and which notice it would not keep."""
    known = document.outcome(document.name).judgement
    found = publishing(document.study, document.name, bench.say("appointments.told"), known)
    doubts = [bench.say(what, **facts) for what, facts in found.doubts]
    told = [*notices(found, bench.lang)]
    return [*doubts, *told, *([counted_from(bench, document)] if told else [])]


def counted_from(bench: Workbench, document: Document) -> str:
    """Say from which day notice is counted: that of the facts, however long ago it was."""
    return bench.say("sign.counted", day=day(document.problem.as_of, bench.lang, "date"))


STEPS = {"propose": PROPOSED, "approve": APPROVED, "withdraw": DRAFT}
"""Action → the step that it takes."""


def ask_sign(bench: Workbench, action: str, parent: QWidget) -> None:
    """Ask whether the open scenario is to be proposed, approved or withdrawn, and do it."""
    document = bench.document
    if document is None or not may_edit(document):
        return
    step, name = STEPS[action], document.name
    edit = Withdraw if step == DRAFT else Sign
    try:
        edit(scenario=name, signature=signature(step)).apply(document.study)
    except EditRefusedError as error:
        tell_refused(bench, error.what, error.facts)
    else:
        SignDialog(bench, document, step, parent).open()


def tell_refused(bench: Workbench, what: str, facts: Mapping[str, str | int]) -> None:
    """Say why a step cannot be taken now, with the name that is shown for the open scenario."""
    assert bench.document is not None
    told = {**facts, "scenario": bench.called(bench.document.name)}
    bench.told.emit(bench.say(what, **told), True)
