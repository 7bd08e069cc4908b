"""A purge: one person, or what is older than a day; what would go is told before it can be done."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QCompleter,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from data.purging import Purge
from data.refused import Refused
from planner.edits import EditRefusedError
from planner.erasing import KINDS
from planner.purging_words import count_lines, head_line, left_words, text_lines
from planner.study import Study
from ui.window.dialogs.date_field import DateField
from ui.window.dialogs.growing import GrowingDialog
from ui.window.document import Document
from ui.window.panels.parts import button, label, relook
from ui.window.workbench import Workbench

WIDE, HIGH = 540, 500
_SHOWN = 5
"""How many places are named in which something would be left."""


class PurgeDialog(GrowingDialog):
    """The same as `planner purge`: looked at first, and done with a tick and the red button."""

    wanted = Signal(object)
    """The purge that was looked at is to be done; whoever hears it closes it."""

    def __init__(self, bench: Workbench, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.document = bench, document
        self.made: Purge | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, HIGH)
        self.setWindowTitle(bench.say("action.purge").rstrip("…"))
        self._fields()
        self.about = label("second", wrap=True)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        self.told.setAccessibleName(bench.say("purge.told"))
        self.sure = QCheckBox(bench.say("purge.sure"))
        column = QVBoxLayout(self)
        column.addLayout(self.form)
        column.addWidget(self.about)
        column.addWidget(self.told, 1)
        column.addWidget(self.sure)
        column.addWidget(self._buttons())
        for signal in (self.one.toggled, self.person.textChanged, self.date.dateChanged):
            signal.connect(self.forget)
        self.sure.toggled.connect(self._enable)
        bench.document_changed.connect(self.reject)
        self.forget()

    def _fields(self) -> None:
        say = self.bench.say
        self.one, self.old = QRadioButton(say("purge.one")), QRadioButton(say("purge.old"))
        self.one.setChecked(True)
        self.person, self.date = QLineEdit(), DateField()
        self.known = people_of(self.document.study)
        completer = QCompleter([_entry(*each) for each in self.known.items()], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.person.setCompleter(completer)
        self.person.setPlaceholderText(say("purge.person.hint"))
        self.person.setAccessibleName(say("purge.one"))
        start = self.document.study.base.horizon.start
        self.date.put(start.replace(year=start.year - 1, day=1))
        self.date.setAccessibleName(say("purge.old"))
        self.form = QFormLayout()
        self.form.addRow(self.one, self.person)
        self.form.addRow(self.old, self.date)

    def _buttons(self) -> QDialogButtonBox:
        say, roles = self.bench.say, QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.see = buttons.addButton(say("purge.look"), roles.ActionRole)
        self.see.setDefault(True)
        self.go = button("danger", self.do, say("purge.go"))
        buttons.addButton(self.go, roles.DestructiveRole)
        self.see.clicked.connect(lambda _checked=False: self.look())
        buttons.rejected.connect(self.reject)
        return buttons

    # --- what is chosen -------------------------------------------------------------------------

    @property
    def by_person(self) -> bool:
        """Whether one person is to go, and not what is old."""
        return self.one.isChecked()

    @property
    def what(self) -> str | dt.date:
        """The code of a person, or a day."""
        if self.by_person:
            return self.person.text().partition(" · ")[0].strip()
        return self.date.day

    def forget(self) -> None:
        """Something else is chosen: what was looked at is not what would go."""
        self._drop()
        say = self.bench.say
        self.person.setEnabled(self.by_person)
        self.date.setEnabled(not self.by_person)
        relook(self.about, "second")
        self.about.setText(say("purge.about.person" if self.by_person else "purge.about.before"))
        self.told.clear()
        self.sure.setChecked(False)
        self._enable()

    def _enable(self) -> None:
        able = self.made is not None and not self.made.left
        self.see.setEnabled(not self.by_person or self.what in self.known)
        self.sure.setEnabled(able)
        self.go.setEnabled(able and self.sure.isChecked())

    def look(self) -> None:
        """Say what would go."""
        from ui.window.purging import ready

        self._drop()
        self.told.clear()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # every byte is looked through
        try:
            self.made = ready(self.document, self.what)
        except (EditRefusedError, Refused) as error:
            self._warn(self.bench.sentence(error))
        else:
            self._tell(self.made)
        finally:
            QApplication.restoreOverrideCursor()
        self._enable()

    def _tell(self, made: Purge) -> None:
        say, title = self.bench.say, self.document.title
        counts, lang, person = made.counts, self.bench.lang, self.by_person
        head = head_line(counts, lang, file=title, person=person, done=False)
        lines = [f"• {line}" for line in count_lines(counts, lang, person=person)]
        lines += [f"• {line}" for line in text_lines(made.texts, lang, done=False)]
        if self.document.unsaved:
            lines += ["", say("purge.unsaved")]
        self.told.setPlainText("\n".join([head, *lines]))
        if made.left:
            words = left_words(made.left[:_SHOWN], made.places, lang)
            self._warn(say("cli.purge.left", texts=words, path=title))

    def _warn(self, words: str) -> None:
        relook(self.about, "hard")
        self.about.setText(words)

    def do(self) -> None:
        """Do it; the study is opened again without what has gone."""
        made, self.made = self.made, None
        if made is not None:
            self.accept()
            self.wanted.emit(made)

    def _drop(self) -> None:
        if self.made is not None:
            self.made.opened.close()
        self.made = None

    def done(self, result: int) -> None:
        """Let go of what was looked at."""
        self._drop()
        super().done(result)


def people_of(study: Study) -> dict[str, str]:
    """Give whoever can be erased by code, with her name: staff, surgeons, patients, in any scenario."""
    found: dict[str, str] = {}
    for scenario in study.scenarios:
        problem = study.problem(scenario.name)
        for kind in KINDS:
            for record in problem.records(kind):
                found.setdefault(str(record.id), getattr(record, "name", ""))
    return found


def _entry(code: str, name: str) -> str:
    return f"{code} · {name}" if name else code
