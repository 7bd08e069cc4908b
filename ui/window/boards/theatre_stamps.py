"""Small pictures that are made once: hatches of turnovers and closed rooms, badges of breaches."""

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from planner.boards.marks import Sign
from ui.window.look.signs import paint_badge
from ui.window.look.specialties import mixed
from ui.window.look.tokens import Theme


def hatch(stroke: str, ground: str, share: float) -> QBrush:
    """Give a brush of slanted lines."""
    return QBrush(_hatched(stroke, ground, share))


@lru_cache(maxsize=32)
def _hatched(stroke: str, ground: str, share: float) -> QPixmap:
    size = 8
    tile = QPixmap(size * 2, size * 2)
    tile.setDevicePixelRatio(2)
    tile.fill(QColor(ground))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(mixed(QColor(ground), QColor(stroke), share), 1))
    for shift in (-size, 0, size):
        painter.drawPolyline(QPolygonF([QPointF(shift, size), QPointF(shift + size, 0)]))
    painter.end()
    return tile


@lru_cache(maxsize=64)
def badge(sign: Sign, theme: Theme, size: int, ratio: float) -> QPixmap:
    """Give a badge as a picture of `size + 4` pixels a side."""
    side = size + 4
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_badge(painter, sign, QPointF(side / 2, side / 2), theme, size)
    painter.end()
    return picture
