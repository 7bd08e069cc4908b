"""Small parts that panels share: a heading, a link, a chip, a hairline, an empty state."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.window.workbench import Workbench


def label(look: str = "", words: str = "", *, wrap: bool = False) -> QLabel:
    """Give a plain-text label with a look of the style sheet."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    return made


def message_box(parent: QWidget | None, icon: QMessageBox.Icon, words: str) -> QMessageBox:
    """Give a box that shows its words as they are: names in them are never read as markup."""
    made = QMessageBox(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setIcon(icon)
    made.setText(words)
    return made


def plain_tip(words: str) -> str:
    """Give words for a tooltip that shows them as they are, and breaks its lines as they do."""
    return escape(words).replace("\n", "<br>") if "<" in words else words


def verbatim(words: str) -> str:
    """Give words for a menu or a button that shows their ampersands."""
    return words.replace("&", "&&")


def relook(widget: QWidget, look: str) -> None:
    """Give a widget another look of the style sheet."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class _Button(QPushButton):
    """A button that Enter presses too, as it does everywhere else that keys choose something."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press the button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(look: str, do: Callable[[], object] | None = None, words: str = "") -> QPushButton:
    """Give a button: `primary`, `danger`, `link`, `chip` or "" for a plain one."""
    made = _Button(words)
    made.setProperty("look", look)
    made.setAutoDefault(False)
    if look in ("link", "chip"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made


def hairline() -> QFrame:
    """Give a line between parts of a panel."""
    made = QFrame()
    made.setProperty("look", "line")
    made.setFixedHeight(1)
    return made


class Heading(QWidget):
    """The heading of a panel: its title, a count beside it, a button at the end."""

    def __init__(self, *right: QWidget) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "heading")
        self.setFixedHeight(28)
        self.title, self.count = label("panel"), label("hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 4, 0)
        row.addWidget(self.title)
        row.addWidget(self.count)
        row.addStretch(1)
        for each in right:
            row.addWidget(each)


class Empty(QWidget):
    """An empty state: one sentence, and one button that helps."""

    def __init__(
        self,
        bench: Workbench,
        sentence: str,
        action: str = "",
        do: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.bench, self.sentence, self.action = bench, sentence, action
        self.words = label("second", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button("link", do)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self.button.setVisible(bool(action))
        bench.language_changed.connect(self.word)
        self.word()

    def say(self, sentence: str, action: str = "") -> None:
        """Say another sentence, with another button or none."""
        self.sentence, self.action = sentence, action
        self.button.setVisible(bool(action))
        self.word()

    def word(self) -> None:
        """Take the words of the language."""
        self.words.setText(self.bench.say(self.sentence))
        if self.action:
            self.button.setText(self.bench.say(self.action))
