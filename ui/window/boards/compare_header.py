"""The header of the figures: letters that choose the reference, the words worse and better."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.window.boards.compare_marks import HIGH, WIDE, letter_picture
from ui.window.boards.compare_model import KpiModel
from ui.window.boards.compare_scene import title
from ui.window.boards.compare_sides import Side
from ui.window.look.icons import pixmap
from ui.window.look.type import SMALL, TINY, font, metrics
from ui.window.workbench import Workbench

SIGN = 14
HEAD, NAMED = 30, 46
"""Height of the header, and of one with names under its letters."""


class KpiHeader(QHeaderView):
    """The header: letters that choose the reference with a click, the words worse and better."""

    chosen = Signal(str)
    """A scenario is to be the reference."""

    def __init__(self, bench: Workbench, model: KpiModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.bench, self.kpis = bench, model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD)
        self.sectionClicked.connect(self._clicked)
        self._at = 0

    def fit(self) -> None:
        """Leave room for names where there are many letters."""
        self.setFixedHeight(NAMED if self.kpis.many else HEAD)

    def _clicked(self, section: int) -> None:
        side = self.kpis.side(section)
        if side is not None and self._at >= self._frozen:
            self.chosen.emit(side.name)

    @property
    def _frozen(self) -> int:
        """Width of the title that stands over scrolled columns."""
        return self.sectionSize(0) if self.kpis.many and self.offset() > 0 else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where it was, so that the title never counts as the column beneath it."""
        self._at = round(event.position().x())
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the header, and the first title over what was scrolled beneath it."""
        super().paintEvent(event)
        if self._frozen:
            painter = QPainter(self.viewport())
            self.paintSection(painter, QRect(0, 0, self._frozen, self.height()), 0)
            painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show a hand over letters."""
        side = self.kpis.side(self.logicalIndexAt(event.position().toPoint()))
        shape = Qt.CursorShape.ArrowCursor if side is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        """Paint a title, a letter, or the words worse and better."""
        theme, say = self.bench.theme, self.bench.say
        painter.save()
        painter.fillRect(rect, QColor(theme.side))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.line))
        side = self.kpis.side(logicalIndex)
        box = QRectF(rect.adjusted(0, 0, -8, -1))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if side is not None:
            self._letter(painter, rect, side)
        elif logicalIndex == 0:
            painter.setPen(QColor(theme.ink2))
            painter.setFont(font(SMALL, 600))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(10, 0, 0, 0), left, say("report.indicator"))
        elif logicalIndex == 3:
            painter.setPen(QColor(theme.ink2))
            painter.setFont(font(SMALL, 600))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.kpis.minus())
        else:
            middle = rect.center().x()
            painter.setFont(font(TINY, 500))
            painter.setPen(QColor(theme.worse))
            room = QRectF(rect.left() - 40, rect.top(), middle - rect.left() + 35, rect.height())
            painter.drawText(room, right, say("indicator.worse"))
            painter.setPen(QColor(theme.better))
            room = QRectF(middle + 5, rect.top(), rect.right() - middle, rect.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, say("indicator.better"))
        painter.restore()

    def _letter(self, painter: QPainter, rect: QRect, side: Side) -> None:
        theme = self.bench.theme
        ratio = self.devicePixelRatioF()
        picture = letter_picture(side.letter, side.token, theme, ratio)
        compared = self.kpis.compared
        named = HEAD if compared is not None and compared.many else rect.height()
        left, top = rect.right() - WIDE - 8, rect.top() + named // 2 - HIGH // 2
        if compared is not None and compared.many:
            self._name(painter, rect, side, seen=side in compared.beside)
        painter.drawPixmap(left, top, picture)
        if side.state.stale:
            sign = pixmap("clock-alert-outline", theme, "stale", SIGN, ratio)
            painter.drawPixmap(left - SIGN - 4, top + (HIGH - SIGN) // 2, sign)
        if compared is not None and side is compared.reference:
            painter.fillRect(left, top + HIGH + 2, WIDE, 2, theme.colour(side.token))

    def _name(self, painter: QPainter, rect: QRect, side: Side, *, seen: bool) -> None:
        """Write as much of a name under its letter as there is room for."""
        theme = self.bench.theme
        if seen:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(theme.accent_soft))
        box = rect.adjusted(4, HEAD, -8, -2)
        elided = Qt.TextElideMode.ElideMiddle
        words = metrics(TINY).elidedText(title(self.bench, side), elided, box.width())
        painter.setFont(font(TINY))
        painter.setPen(QColor(theme.ink2))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(box), right, words)
