"""The three signs of breaches: triangle hard, diamond soft, disc with a tick accepted.

The same shapes stand on boards, in lists and in tables; outlines are solid, dashed and dotted.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from planner.boards.marks import Sign
from ui.window.look.tokens import Theme
from ui.window.look.type import font


def colour(sign: Sign, theme: Theme) -> QColor:
    """Give the colour of a sign's outline and badge."""
    tokens = {"hard": theme.hard, "soft": theme.soft_mark, "accepted": theme.waived}
    return QColor(tokens.get(sign, theme.ink2))


def outline(sign: Sign, theme: Theme) -> QPen:
    """Give the pen of the outline round what a breach is about."""
    pen = QPen(colour(sign, theme), 2 if sign == "hard" else 1.5)
    if sign == "soft":
        pen.setDashPattern([3, 2])
    if sign == "accepted":
        pen.setDashPattern([1, 2])
    return pen


def paint_badge(
    painter: QPainter, sign: Sign, centre: QPointF, theme: Theme, size: float = 13
) -> None:
    """Paint the badge of a sign round a point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.paper), 1))
    painter.setBrush(colour(sign, theme))
    half = size / 2
    x, y = centre.x(), centre.y()
    if sign == "hard":
        points = ((x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8))
        painter.drawPolygon(QPolygonF([QPointF(*each) for each in points]))
    elif sign == "soft":
        corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
        painter.drawPolygon(QPolygonF([QPointF(*each) for each in corners]))
    else:
        painter.drawEllipse(centre, half * 0.9, half * 0.9)
    painter.setPen(QPen(QColor(theme.paper), 1.6))
    if sign == "accepted":
        tick = (
            (x - half * 0.4, y),
            (x - half * 0.1, y + half * 0.35),
            (x + half * 0.45, y - half * 0.35),
        )
        painter.drawPolyline(QPolygonF([QPointF(*each) for each in tick]))
    else:
        painter.setFont(font(10, 600))
        down = 1.5 if sign == "hard" else 0
        box = QRectF(x - half, y - half + down, size, size)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!")
    painter.restore()
