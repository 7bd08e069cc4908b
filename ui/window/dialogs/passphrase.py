"""A passphrase asked for: once to open a file, twice for a new one."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from data.protecting import LEAST, is_sealed, opens
from ui.window.dialogs.growing import GrowingDialog
from ui.window.panels.parts import label
from ui.window.workbench import Workbench

WIDE = 440


class PassphraseDialog(GrowingDialog):
    """Asks for a passphrase; `twice` for a new file, where the button waits until both are the same."""

    def __init__(
        self, bench: Workbench, words: str, parent: QWidget | None = None, *, twice: bool = False
    ) -> None:
        super().__init__(parent)
        say = self.say = bench.say
        self.setWindowTitle(say("passphrase.title"))
        self.setMinimumWidth(WIDE)
        self.once, self.again = _field(), _field()
        self.once.setAccessibleName(say("passphrase.title"))
        self.again.setAccessibleName(say("passphrase.again"))
        self.again.setPlaceholderText(say("passphrase.again"))
        self.again.setVisible(twice)
        self.twice = twice
        self.told = label("hint", wrap=True)
        self.told.setVisible(twice)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.yes = buttons.addButton(
            say("passphrase.set" if twice else "passphrase.open"),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        self.yes.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for each in (label("", words, wrap=True), self.once, self.again, self.told, buttons):
            column.addWidget(each)
        for field in (self.once, self.again):
            field.textChanged.connect(self._look)
        self._look()
        self.once.setFocus()

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.once.text()

    def _look(self) -> None:
        lacks = ""
        if self.twice and len(self.passphrase.strip()) < LEAST:
            lacks = self.say("seal.short", n=LEAST)
        elif self.twice and self.again.text() != self.passphrase:
            lacks = self.say("passphrase.differ")
        self.told.setText(lacks)
        self.yes.setEnabled(bool(self.passphrase.strip()) and not lacks)


def _field() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def ask_passphrase(
    bench: Workbench, words: str, parent: QWidget, *, twice: bool = False
) -> str | None:
    """Ask for a passphrase, `words` say what for; None: nobody gave one."""
    dialog = PassphraseDialog(bench, words, parent, twice=twice)
    try:
        return dialog.passphrase if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


def unlock(bench: Workbench, path: Path, parent: QWidget) -> str | None:
    """Ask for the passphrase of a file until it opens; "" where it has none, None: nobody gave it."""
    if not is_sealed(path):
        return ""
    typed = ask_passphrase(bench, bench.say("seal.needed", path=path.name), parent)
    while typed is not None and not opens(path, typed):
        typed = ask_passphrase(bench, bench.say("seal.wrong", path=path.name), parent)
    return typed
