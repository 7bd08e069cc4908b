"""Paints where another plan has a case: dashed, in italics, with the place that the case has here."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from planner.boards.compare import now_on_the_wall
from planner.words import clock, day
from ui.window.boards.theatre_layout import Layout
from ui.window.boards.theatre_scene import Item, Scene
from ui.window.boards.theatre_words import one_name
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, fitting, font
from ui.window.workbench import Workbench

_LEAST, _TWO_LINES = 18, 28
"""Heights from which a ghost has words, and two lines of them."""


def ghost_places(bench: Workbench, layout: Layout, item: Item) -> tuple[str, ...]:
    """Say where a ghost's case is here: another day, theatre or time, nowhere; from full to short."""
    assert item.ghost is not None
    now = item.ghost.now
    if now is None:
        return bench.say("theatre.waiting"), bench.say("theatre.waiting.short")
    assert bench.document is not None
    horizon, theatre = bench.document.problem.horizon, str(now.session.theatre)
    on, start = now_on_the_wall(now, horizon)
    if on != layout.days[item.place]:
        date = day(horizon.date(on), bench.lang, "short")
        return f"→ {theatre}, {date}", f"→ {date}"
    if theatre != layout.theatres[item.row].id:
        return (f"→ {theatre}",)
    return (f"→ {clock(start)}",)


def paint_ghost(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    codes: tuple[str, ...],
    places: tuple[str, ...],
) -> None:
    """Paint a ghost, with as many words as there is room for."""
    pen = QPen(QColor(theme.ink2), 1.3)
    pen.setDashPattern([4, 2.5])
    painter.setPen(pen)
    painter.setBrush(QColor(theme.paper))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if rect.height() < _LEAST:
        return
    painter.setPen(QColor(theme.ink2))
    painter.setFont(font(SMALL, 400, italic=True))
    room, middle = rect.width() - 12, rect.center().y()
    both = tuple(f"{code} {place}" for code in codes for place in places)
    if rect.height() < _TWO_LINES:
        words = fitting((*both, *places), room, SMALL)
        painter.drawText(QPointF(rect.left() + 6, middle + 4), words)
        return
    title = fitting(codes, room, SMALL)
    if not title:
        _upright(painter, rect, (*both, *places, *codes))
        return
    painter.drawText(QPointF(rect.left() + 6, middle - 3), title)
    painter.drawText(QPointF(rect.left() + 6, middle + 11), fitting(places, room, SMALL))


def _upright(painter: QPainter, rect: QRectF, ladder: tuple[str, ...]) -> None:
    """Write from below upwards, where that has room."""
    words = fitting(ladder, rect.height() - 8, TINY)
    if not words or rect.width() < 12:
        return
    painter.save()
    painter.setFont(font(TINY, 400, italic=True))
    painter.translate(rect.center().x() + 3.5, rect.bottom() - 4)
    painter.rotate(-90)
    painter.drawText(QPointF(0, 0), words)
    painter.restore()


def ghost_codes(scene: Scene, item: Item, wide: float) -> tuple[str, ...]:
    """Give the names of a ghost's procedure from full to short; one, where its bars have one."""
    assert item.ghost is not None
    code = str(item.ghost.case.procedure)
    short = scene.codes.get(code, code)
    ladder = tuple(dict.fromkeys((code, short, scene.tiny.get(code, short))))
    return one_name(scene, item, ladder, wide)
