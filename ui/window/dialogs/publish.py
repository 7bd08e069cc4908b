"""Publishing: what speaks against it, what rules on notice say, and whom it tells what, before it is done."""

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.edits import EditRefusedError
from planner.publishing import Publishing, publishing
from planner.publishing_words import Section, lines, sections, unkept
from planner.signatures import PUBLISHED
from planner.signing_words import lines as standing_lines
from planner.standing import refusal, standing
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.growing import GrowingDialog
from ui.window.dialogs.signing import SignForm, counted_from, tell_refused
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench

WIDE, HIGH = 620, 460


class PublishDialog(GrowingDialog):
    """Shows what publishing the plan of the open scenario does; the same as the command line."""

    def __init__(self, bench: Workbench, found: Publishing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.found = bench, found
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, HIGH)
        document, say = bench.document, bench.say
        assert document is not None
        self.shown = bench.called(document.name)
        self.setWindowTitle(say("publish.title", scenario=self.shown))
        self.title = label("title", say("publish.ask", scenario=self.shown), wrap=True)
        self.about = label("second", say("publish.about"), wrap=True)
        self.doubts, self.notice = label("hard", wrap=True), label("soft", wrap=True)
        self.tell = QCheckBox(say("publish.tell"))
        self.tell.setChecked(True)
        self.tell.setToolTip(say("publish.tell.tip"))
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setAccessibleName(say("publish.list"))
        self.list.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        roles = QDialogButtonBox.ButtonRole
        self.copy = buttons.addButton(say("publish.copy"), roles.ActionRole)
        self.yes = buttons.addButton(say("publish.yes"), roles.AcceptRole)
        self.yes.setDefault(True)
        self.form = SignForm(bench)
        self.stands, self.refused = label("", wrap=True), label("hard", wrap=True)
        self.form.changed.connect(self._may)
        self.copy.clicked.connect(self.copy_list)
        buttons.accepted.connect(self.publish)
        buttons.rejected.connect(self.reject)
        self.tell.toggled.connect(self.look)
        column = QVBoxLayout(self)
        above = (self.title, self.about, self.stands, self.doubts, self.tell, self.notice)
        for each in above:
            column.addWidget(each)
        column.addWidget(self.list, 1)
        for below in (self.form, self.refused, buttons):
            column.addWidget(below)
        stands = standing(document.study, document.name)
        self._write(self.stands, list(standing_lines(stands, bench.lang)))
        self._may()
        self._show()
        self.yes.setFocus()

    def look(self) -> None:
        """Say again what it does, where people are told and where they are not."""
        self.found = what_it_does(self.bench, tell=self.tell.isChecked())
        self._show()
        self._may()

    def _show(self) -> None:
        say, found = self.bench.say, self.found
        said = list(sections(found, self.bench.lang))
        self._write(self.doubts, [say(what, **facts) for what, facts in found.doubts])
        notice = [each for each in said if each.what == "notice"]
        relook(self.notice, "hard" if any(each.grave for each in notice) else "soft")
        document = self.bench.document
        since = [counted_from(self.bench, document)] if notice and document is not None else []
        self._write(self.notice, [*(each.heading for each in notice), *since])
        self.copy.setEnabled(bool(said) and self.tell.isChecked())
        self.list.setPlainText("\n".join(self._told(found, said)))

    def _told(self, found: Publishing, said: list[Section]) -> list[str]:
        """Say whom to tell first, then each breach of notice."""
        if not self.tell.isChecked():
            return [self.bench.say("publish.silent")]
        ordered = sorted(said, key=lambda each: each.what == "notice")
        told = [line for each in ordered for line in (each.heading, *_inset(each), "")]
        if not found.patients and not found.staff:
            told.insert(0, self.bench.say("publish.nobody"))
        return told

    def _write(self, where: QLabel, words: list[str]) -> None:
        where.setText("\n".join(words))
        where.setVisible(bool(words))

    def copy_list(self) -> None:
        """Copy whom to tell what, to be sent or printed."""
        QApplication.clipboard().setText("\n".join(lines(self.found, self.bench.lang)))

    def _may(self) -> None:
        """Say which step comes first, that a second person is needed, or a reason, until it is there."""
        document = self.bench.document
        assert document is not None
        signed, words = self.form.signed(PUBLISHED), list[str]()
        found = refusal(document.study, signed, document.name)
        if found is not None:
            words.append(self.bench.say(found[0], **{**found[1], "scenario": self.shown}))
        elif not signed.reason.strip() and unkept(self.found, self.bench.lang):
            words.append(self.bench.say("publish.say_why"))
        self._write(self.refused, words)
        self.yes.setEnabled(not words)

    def publish(self) -> None:
        """Publish, as one edit."""
        if self.bench.do(
            dataclasses.replace(self.found.edit, signature=self.form.signed(PUBLISHED))
        ):
            self.bench.told.emit(self.bench.say("publish.done", scenario=self.shown), False)
            self.accept()


def _inset(section: Section) -> list[str]:
    return [f"    {line}" for line in section.lines]


def what_it_does(bench: Workbench, *, tell: bool = True) -> Publishing:
    """Say what publishing the plan of the open scenario does.

    Raises:
        EditRefusedError: there is no plan.
    """
    document = bench.document
    assert document is not None
    called = bench.say("appointments.told") if tell else None
    known = document.outcome(document.name).judgement
    return publishing(document.study, document.name, called, known)


def ask_publish(bench: Workbench, parent: QWidget) -> None:
    """Show whom publishing the plan of the open scenario tells what, and publish it where it is approved."""
    if not may_edit(bench.document):
        return
    document = bench.document
    assert document is not None
    try:
        found = what_it_does(bench)
    except EditRefusedError as error:
        tell_refused(bench, error.what, error.facts)
        return
    PublishDialog(bench, found, parent).open()
