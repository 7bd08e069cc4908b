"""The switch of a rule: painted in lists, and a button of its own in the form."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.window.look.tokens import Theme
from ui.window.workbench import Workbench

WIDE, HIGH = 30, 16


def paint_toggle(
    painter: QPainter, at: QPointF, theme: Theme, *, on: bool, focus: bool = False
) -> None:
    """Paint a switch whose left top corner is at a point: filled and right on, hollow and left off."""
    box = QRectF(at.x(), at.y(), WIDE, HIGH).adjusted(0.7, 0.7, -0.7, -0.7)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.accent if on else theme.ctl), 1.4))
    painter.setBrush(QColor(theme.accent if on else theme.paper))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.on_accent if on else theme.ctl))
    middle = box.right() - box.height() / 2 if on else box.left() + box.height() / 2
    painter.drawEllipse(QPointF(middle, box.center().y()), 5, 5)
    if focus:
        painter.setPen(QPen(QColor(theme.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), HIGH / 2 + 2, HIGH / 2 + 2)
    painter.restore()


class Toggle(QAbstractButton):
    """A switch with a word beside it."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give room for the switch and its word."""
        return QSize(WIDE + 14 + self.fontMetrics().horizontalAdvance(self.text()), HIGH + 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the switch, then its word."""
        theme = self.bench.theme
        painter = QPainter(self)
        top = (self.height() - HIGH) / 2
        paint_toggle(painter, QPointF(4, top), theme, on=self.isChecked(), focus=self.hasFocus())
        painter.setPen(QColor(theme.ink if self.isEnabled() else theme.hint))
        words = self.rect().adjusted(WIDE + 12, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()
