"""Paints where nobody works: hatched, with the reason on a plate at the left."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from planner.boards.origins import Origin
from planner.change_set_words import group_words
from ui.window.boards.theatre_layout import LABEL
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, fitting, font, width

_DOT = 12


def paint_shut(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    hatched: QBrush,
    why: tuple[str, ...],
    origin: Origin | None = None,
    lang: str = "en",
) -> None:
    """Hatch a stretch of a row; `why` is the reason, from full to short, and `origin` its changes.

    A stretch no higher than a line has the plate in its middle.
    """
    painter.fillRect(rect.toRect(), hatched)
    ladder = why if origin is None else (group_words(origin.group, lang), *why)
    mark = 0 if origin is None else _DOT
    words = fitting(ladder, rect.width() - 12 - mark, SMALL, 500)
    if not words and not mark:
        return
    low = rect.height() < 2 * LABEL
    high = min(rect.height(), LABEL + 1)
    top = rect.center().y() - high / 2 if low else rect.top()
    plate = QRectF(rect.left(), top, width(words, SMALL, 500) + 12 + mark, high)
    painter.fillRect(plate.toRect(), QColor(theme.paper))
    own = origin is not None and origin.own
    colour = QColor(theme.own if own else theme.ink2)
    painter.setPen(QPen(colour, 1))
    if mark:
        painter.setBrush(colour if own else Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawEllipse(QPointF(plate.left() + 8, plate.top() + 8), 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(font(SMALL, 500))
    painter.drawText(QPointF(plate.left() + 5 + mark, plate.top() + 12), words)
