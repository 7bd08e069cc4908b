"""The four phases of a run as a row of discs: done, under way, to come."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.window.look.icons import pixmap
from ui.window.look.type import SMALL, font
from ui.window.run import STEPS
from ui.window.workbench import Workbench

_RADIUS = 7.5


class Steps(QWidget):
    """Where a run is: `at` is the phase under way, or the first one that it did not come to the end of.

    A run that ends without a proof has its last disc empty.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.at = 0
        self.over = False
        self.setFixedHeight(42)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As in the pictures."""
        return QSize(290, 42)

    def show_step(self, at: int, *, over: bool = False) -> None:
        """Show another phase; `over`: nothing is under way any more."""
        self.at, self.over = at, over
        now = STEPS[min(at - (over and at < len(STEPS)), len(STEPS) - 1)]
        words = self.bench.say(f"solve.step.{now}")
        n, of = min(at + 1, len(STEPS)), len(STEPS)
        self.setAccessibleName(self.bench.say("solve.step", phase=words, n=n, of=of))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint discs, lines and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, y = self.bench.theme, 12.0
        apart = self.width() / len(STEPS)
        reached = self.at + (not self.over)
        for place, name in enumerate(STEPS):
            x = apart * (place + 0.5)
            if place:
                painter.setPen(QPen(theme.colour("accent" if place < reached else "line"), 2))
                painter.drawLine(QPointF(x - apart + _RADIUS, y), QPointF(x - _RADIUS, y))
            self._disc(painter, QPointF(x, y), place)
            now = place == self.at and not self.over
            painter.setFont(font(SMALL, 600 if now else 400))
            painter.setPen(theme.colour("ink" if place < reached else "hint"))
            box = QRectF(x - apart / 2, y + 11, apart, 16)
            words = self.bench.say(f"solve.step.{name}")
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)
        painter.end()

    def _disc(self, painter: QPainter, at: QPointF, place: int) -> None:
        theme = self.bench.theme
        done, now = place < self.at, place == self.at and not self.over
        painter.setPen(QPen(theme.colour("accent" if done or now else "ctl"), 1.6))
        painter.setBrush(theme.colour("accent" if done else "side"))
        painter.drawEllipse(at, _RADIUS, _RADIUS)
        if done:
            ratio = self.devicePixelRatioF()
            tick = pixmap("check-bold", theme, "on_accent", 10, ratio)
            painter.drawPixmap(at - QPointF(5, 5), tick)
        elif now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(at, 3.2, 3.2)
