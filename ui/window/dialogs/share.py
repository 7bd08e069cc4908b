"""Sharing: which part of a study, with or without names, what is left out and who may be recognised."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from data.sharing import of_scenario
from data.state import state_folder
from planner.rarity import rare_cases, rare_lines
from planner.sharing_words import left_out_lines
from planner.study import Study
from ui.window.dialogs.growing import GrowingDialog
from ui.window.document import Document
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench

WIDE, HIGH = 600, 600


class Wanted(NamedTuple):
    """What is to be shared, still with all names, and how."""

    study: Study
    names: bool
    read_only: bool = False
    protect: bool = False
    reason: str = ""


class ShareDialog(GrowingDialog):
    """The same as `planner share`; `write` is given what is wanted, and tells whether it has begun.

    Whoever writes says by `over` how it went.
    """

    def __init__(
        self,
        bench: Workbench,
        document: Document,
        write: Callable[[Wanted], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bench, self.document, self.write = bench, document, write
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, HIGH)
        say = bench.say
        self.setWindowTitle(say("action.share").rstrip("…"))
        self.what = QComboBox()
        self.what.setObjectName("what_is_shared")
        self._offer()
        self.hidden, self.named = (
            QRadioButton(say("share.hidden")),
            QRadioButton(say("share.named")),
        )
        self.hidden.setChecked(True)
        self.about = label("second", wrap=True)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName(say("share.told"))
        self.told.setTabChangesFocus(True)
        self.key = label("second", wrap=True)
        self.form = QFormLayout()
        self.form.addRow(say("share.what"), self.what)
        self.form.addRow(say("share.how"), self.hidden)
        self.form.addRow("", self.named)
        self.read_only = QCheckBox(say("share.read_only"))
        self.protect = QCheckBox(say("share.protect"))
        self.protect.setChecked(
            document.sealed
        )  # what was protected stays so unless somebody says no
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(say("cli.share.reason"))
        self.form.addRow(say("share.asked"), self.read_only)
        self.form.addRow("", self.protect)
        self.form.addRow(say("share.reason"), self.reason)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(say("share.go"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.share)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(self.form)
        column.addWidget(self.about)
        column.addWidget(self.told, 1)
        column.addStretch()  # where nothing is left out, what is asked stays together
        column.addWidget(self.key)
        column.addWidget(buttons)
        self.what.currentIndexChanged.connect(self.look)
        self.hidden.toggled.connect(self.look)
        bench.document_changed.connect(self.reject)
        self.gone = False
        self.finished.connect(self._leave)
        self.look()

    def _offer(self) -> None:
        say = self.bench.say
        self.what.addItem(say("share.whole"), "")
        for scenario in self.document.study.scenarios:
            if scenario.parent is None:
                self.what.addItem(say("share.base"), scenario.name)
            else:
                self.what.addItem(say("share.one", scenario=scenario.name), scenario.name)

    @property
    def study(self) -> Study:
        """The study that is to be written, still with all names."""
        name, study = str(self.what.currentData()), self.document.study
        return of_scenario(study, name) if name else study

    @property
    def names(self) -> bool:
        """Whether names, codes and texts stay."""
        return self.named.isChecked()

    def look(self) -> None:
        """Say what is left out, and which cases may be recognised all the same."""
        say, lang, study = self.bench.say, self.bench.lang, self.study
        relook(self.about, "hard" if self.names else "second")
        self.about.setText(say("cli.share.names" if self.names else "share.about"))
        self.told.setVisible(not self.names)
        self.key.setVisible(not self.names)
        if self.names:  # nothing more is told: the room for it is given back
            self.resize(self.width(), self.minimumSizeHint().height())
            return
        self.resize(self.width(), max(self.height(), HIGH))
        lines = [f"• {line}" for line in left_out_lines(study, lang)]
        found = rare_cases(study.base.cases)
        if found:
            lines += ["", say("cli.share.rare", n=len(found))]
            lines += [f"    {line}" for line in rare_lines(study.base, found, lang)]
        self.told.setPlainText("\n".join(lines))
        self.key.setText(say("share.key", folder=str(state_folder() / "keys")))

    def share(self) -> None:
        """Ask for a place and write it there."""
        wanted = Wanted(
            self.study,
            self.names,
            self.read_only.isChecked(),
            self.protect.isChecked(),
            self.reason.text().strip(),
        )
        self.go.setEnabled(not self.write(wanted))

    def over(self, written: bool) -> None:
        """Go once the file is there; where it is not, stay as it was filled in, to be tried again."""
        if self.gone:
            return
        self.go.setEnabled(True)
        if written:
            self.accept()

    def _leave(self) -> None:
        self.gone = True
