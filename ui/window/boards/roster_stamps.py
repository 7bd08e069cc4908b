"""Short words and badges as small pictures: painted once, laid down ever after.

Writing a word costs as much as laying down twenty pictures; a board has the same few hundred words.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from planner.boards.marks import Sign
from ui.window.look.signs import paint_badge
from ui.window.look.tokens import Theme
from ui.window.look.type import font, metrics, width

MOST = 4000


class Stamps:
    """The pictures of one theme and pixel ratio."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme, self.ratio = theme, ratio
        self._made: dict[tuple[str, int, int, str], QPixmap] = {}

    def fits(self, theme: Theme, ratio: float) -> bool:
        """Tell whether they are of a theme and pixel ratio."""
        return self.theme is theme and self.ratio == ratio

    def words(self, words: str, size: int, weight: int, colour: str) -> QPixmap:
        """Give some words in a size, weight and colour."""
        key = (words, size, weight, colour)
        found = self._made.get(key)
        if found is None:
            if len(self._made) > MOST:
                self._made.clear()
            found = self._made[key] = self._written(words, size, weight, colour)
        return found

    def badge(self, sign: Sign, size: int) -> QPixmap:
        """Give the badge of a sign."""
        key = (sign, size, -1, "")
        found = self._made.get(key)
        if found is None:
            side = size + 4
            found = self._made[key] = self._empty(side, side)
            painter = QPainter(found)
            paint_badge(painter, sign, QPointF(side / 2, side / 2), self.theme, size)
            painter.end()
        return found

    def wish(self, what: str, *, low: bool = False) -> QPixmap:
        """Give the mark of a wish as it stands in the corner of a cell, smaller in a low one."""
        key = (what, int(low), -2, "")
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._empty(8, 8)
            painter = QPainter(found)
            centre = QPointF(2.3, 2.3) if low else QPointF(3.4, 3.2)
            paint_wish(painter, centre, self.theme, what, size=0.7 if low else 1.0)
            painter.end()
        return found

    def _written(self, words: str, size: int, weight: int, colour: str) -> QPixmap:
        wide, high = int(width(words, size, weight)) + 2, int(metrics(size, weight).height()) + 1
        picture = self._empty(wide, high)
        painter = QPainter(picture)
        painter.setFont(font(size, weight))
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(0, 0, wide, high), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
        return picture

    def _empty(self, wide: int, high: int) -> QPixmap:
        picture = QPixmap(round(wide * self.ratio), round(high * self.ratio))
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    # --- laying down ----------------------------------------------------------------------------

    def centre(
        self, painter: QPainter, box: QRectF, words: str, size: int, weight: int, colour: str
    ) -> None:
        """Lay words into the middle of a box."""
        made = self.words(words, size, weight, colour)
        wide, high = made.width() / self.ratio, made.height() / self.ratio
        left = round(box.left() + (box.width() - wide) / 2)
        painter.drawPixmap(left, round(box.top() + (box.height() - high) / 2), made)

    def side(
        self,
        painter: QPainter,
        box: QRectF,
        words: str,
        size: int,
        weight: int,
        colour: str,
        *,
        right: bool = False,
    ) -> None:
        """Lay words to the left or right side of a box."""
        made = self.words(words, size, weight, colour)
        wide, high = made.width() / self.ratio, made.height() / self.ratio
        left = round(box.right() - wide if right else box.left())
        painter.drawPixmap(left, round(box.top() + (box.height() - high) / 2), made)

    def pin(self, painter: QPainter, sign: Sign, centre: QPointF, size: int) -> None:
        """Lay a badge round a point."""
        half = (size + 4) / 2
        where = QPointF(round(centre.x() - half), round(centre.y() - half))
        painter.drawPixmap(where, self.badge(sign, size))


def paint_wish(
    painter: QPainter, centre: QPointF, theme: Theme, what: str, *, size: float = 1.0
) -> None:
    """Paint the mark of a wish: a disc for a granted one, a struck ring for a refused one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if what == "granted":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(centre, 2.4 * size, 2.4 * size)
    else:
        painter.setPen(QPen(QColor(theme.worse), 1.3 * size))
        painter.setBrush(QColor(theme.paper))
        painter.drawEllipse(centre, 2.7 * size, 2.7 * size)
        painter.drawLine(centre + QPointF(-2, 2) * size, centre + QPointF(2, -2) * size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
