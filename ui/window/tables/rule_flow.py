"""Chips side by side, on as many lines as they need."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP, TOP = 6, 2


class Flow(QWidget):
    """Places small widgets as text is placed: a line is broken where the next one has no room."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, widgets: Sequence[QWidget]) -> None:
        """Show widgets, in order; what was shown and is not among them is hidden."""
        for each in self.shown:
            if each not in widgets:
                each.hide()
        self.shown = list(widgets)
        for each in self.shown:
            each.setParent(self)
            each.show()
        self._place(self.width())
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of the widest, as high as needed there."""
        wide = max((each.sizeHint().width() for each in self.shown), default=0)
        return QSize(wide, self.heightForWidth(max(wide, self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of the widest."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Say that a narrower place needs more height."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Give the height of all lines."""
        return self._place(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place the widgets again."""
        self._place(event.size().width())

    def _place(self, width: int, *, move: bool = True) -> int:
        x, y, line = 0, TOP, 0
        for each in self.shown:
            size = each.sizeHint()
            if x > 0 and x + size.width() > width:
                x, y, line = 0, y + line + GAP, 0
            if move:
                each.setGeometry(x, y, size.width(), size.height())
            x, line = x + size.width() + GAP, max(line, size.height())
        return y + line
