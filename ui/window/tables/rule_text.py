"""A text that is read, and edited in its place: a pencil opens it, Enter keeps it, Escape does not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from ui.window.panels.parts import label
from ui.window.workbench import Workbench


class TextField(QWidget):
    """A label that wraps, and a line over it while somebody writes."""

    entered = Signal(str)

    def __init__(self, bench: Workbench, look: str, most: int) -> None:
        super().__init__()
        self.bench = bench
        self.words, self.line, self.pencil = label(look, wrap=True), QLineEdit(), QToolButton()
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.line.setMaxLength(most)
        self.line.hide()
        self.line.installEventFilter(self)
        self.line.editingFinished.connect(self._done)
        self.pencil.setIconSize(QSize(14, 14))
        self.pencil.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pencil.clicked.connect(lambda _=False: self.write())
        self.row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.pencil, 0, Qt.AlignmentFlag.AlignTop)
        self._text = ""
        self.setFocusProxy(self.pencil)

    def show_text(self, text: str, instead: str = "", *, read: str = "") -> None:
        """Show a text, or what stands where there is none; one being written stays.

        `read` is how it reads in the language of the window; what is written is the text itself.
        """
        self._text = text
        self.words.setText(read or text or instead)
        self.pencil.setIcon(self.bench.icon("pencil-outline"))

    def name(self, words: str) -> None:
        """Give the field its accessible name."""
        self.line.setAccessibleName(words)
        told = self.bench.say("rules.write", field=words)
        self.pencil.setAccessibleName(told)
        self.pencil.setToolTip(told)

    def write(self) -> None:
        """Open the line."""
        self.line.setText(self._text)
        self._swap(writing=True)
        self.line.setFocus()
        self.line.selectAll()

    def _swap(self, *, writing: bool) -> None:
        self.words.setVisible(not writing)
        self.pencil.setVisible(not writing)
        self.line.setVisible(writing)

    def _done(self) -> None:
        if self.line.isHidden():
            return
        self._swap(writing=False)
        text = self.line.text().strip()
        if text != self._text:
            self.entered.emit(text)
        self.pencil.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Escape close the line without a change."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.line and escape and event.type() == QEvent.Type.KeyPress:
            self.line.setText(self._text)
            self._done()
            return True
        return super().eventFilter(watched, event)
