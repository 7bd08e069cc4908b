"""Short questions: yes or no, and a written reason."""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.window.panels.parts import label, message_box
from ui.window.workbench import Workbench


def confirm(parent: QWidget | None, question: str, yes: str) -> bool:
    """Ask whether something is to be done; `yes` says what the button does."""
    box = message_box(parent, QMessageBox.Icon.Question, question)
    do = box.addButton(yes.rstrip("…"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is do


class ReasonDialog(QDialog):
    """Asks why a breach is accepted: its sentences, and a reason that must be written."""

    def __init__(
        self, bench: Workbench, sentences: list[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(bench.say("reason.title"))
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.addWidget(label("title", bench.say("reason.keep", n=len(sentences)), wrap=True))
        for sentence in sentences[:6]:
            column.addWidget(label("hard", sentence, wrap=True))
        if len(sentences) > 6:
            column.addWidget(label("hint", bench.say("reason.more", n=len(sentences) - 6)))
        self.field = QPlainTextEdit()
        self.field.setObjectName("reason")
        self.field.setPlaceholderText(bench.say("reason.hint"))
        self.field.setFixedHeight(72)
        self.field.setTabChangesFocus(True)
        column.addWidget(self.field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = buttons.addButton(
            bench.say("reason.do"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.keep.setEnabled(False)
        self.field.textChanged.connect(lambda: self.keep.setEnabled(bool(self.reason)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    @property
    def reason(self) -> str:
        """What was written."""
        return self.field.toPlainText().strip()


def ask_reason(bench: Workbench, sentences: list[str], parent: QWidget | None = None) -> str | None:
    """Ask for the reason to keep what breaks rules; None: it is not kept."""
    dialog = ReasonDialog(bench, sentences, parent)
    try:
        return dialog.reason if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
