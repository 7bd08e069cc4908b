"""Paints sessions where four weeks stand side by side: how full each is, how many cases, how late."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from planner.boards.marks import Sign
from planner.boards.theatre import Band
from planner.forecast_words import chance
from ui.window.boards.theatre_bars import paint_spine
from ui.window.boards.theatre_risk import TOKENS, WEDGE, paint_wedge
from ui.window.look.specialties import Tone
from ui.window.look.tokens import Theme
from ui.window.look.type import TINY, fitting, font, width
from ui.window.workbench import Workbench

_STRIP: Final = 4.0
"""The height of the strip that says a session is late."""
_LINE: Final = 13.0
_BADGE: Final = 11.0
_SPINE: Final = 4.0


class Line(NamedTuple):
    """A line of words from full to short."""

    ladder: tuple[str, ...]
    colour: str
    weight: int = 500


class Loads:
    """Paints a session as a vessel: filled from below by its load, with its figures."""

    def __init__(self, bench: Workbench, tones: Mapping[str, Tone], late: QBrush) -> None:
        self.bench, self.tones, self.late = bench, tones, late
        self.theme: Theme = bench.theme

    def paint(
        self, painter: QPainter, rect: QRectF, band: Band, codes: tuple[str, ...], sign: Sign
    ) -> None:
        """Paint a session in its frame; `codes` are its owner's, from full to short."""
        theme, tone = self.theme, self.tones.get(band.tone)  # whatever colours mean of cases
        painter.fillRect(rect, QColor(theme.side) if tone is None else tone.band)
        high = (rect.height() - 1) * min(100, band.fill) / 100 if band.bars else 0.0
        load = QRectF(rect.left(), rect.bottom() - high, rect.width(), high).toRect()
        plain = tone is None or tone.fill == tone.band  # high contrast has no pale fills
        painter.fillRect(load, QColor(theme.closed) if tone is None or plain else tone.fill)
        border = QPen(QColor(theme.line) if tone is None else tone.border, 1)
        painter.setPen(border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if high:
            painter.drawLine(load.topRight(), load.topRight() - QPointF(5, 0).toPoint())
        spine = tone is not None and rect.width() >= 12
        if tone is not None and spine:
            painter.save()
            painter.translate(rect.topLeft())
            painter.setClipRect(QRectF(0, 0, _SPINE, rect.height()))
            paint_spine(painter, tone.form, tone.spine, rect.height())
            painter.restore()
        if band.late > 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), _STRIP), self.late)
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(theme.hard))
        inner = rect.adjusted(_SPINE + 2 if spine else 2, 0, -1, 0)
        if fitting(codes, inner.width(), TINY, 500):
            self._lines(painter, inner, band, self._figures(band, codes), bool(sign))
        else:
            self._upright(painter, inner, band, codes, bool(sign))

    def _figures(self, band: Band, codes: tuple[str, ...]) -> list[Line]:
        """Give owner, cases, and overtime or load."""
        theme, say, n = self.theme, self.bench.say, len(band.bars)
        found = [Line(codes, theme.ink2)]
        if n:
            found.append(Line((say("theatre.band.cases", n=n), str(n)), theme.ink, 600))
        if band.late > 0:
            late = say("theatre.late.short", late=band.late)
            found.append(Line((late, f"+{band.late}"), theme.hard, 600))
        elif n:
            full = theme.hard if band.fill > 100 else theme.ink2
            found.append(Line((say("board.fill", fill=band.fill),), full))
        return found

    def _lines(
        self, painter: QPainter, rect: QRectF, band: Band, lines: list[Line], sign: bool
    ) -> None:
        """Write what has room: first the cases, then the owner, then the load, then the chance."""
        most = int((rect.height() - 2) // _LINE)
        if most < len(lines):
            lines = lines[1:] if band.bars and most < 2 else lines[:most]
        at = rect.topLeft() + QPointF(0, 12)
        for place, line in enumerate(lines):
            room = rect.width() - (_BADGE if sign and place == 0 else 0)
            painter.setFont(font(TINY, line.weight))
            painter.setPen(QColor(line.colour))
            words = fitting(line.ladder, room, TINY, line.weight)
            painter.drawText(at + QPointF(0, place * _LINE), words)
        if len(lines) < most:
            self._risk(painter, at + QPointF(0, len(lines) * _LINE), rect.width(), band)

    def _upright(
        self, painter: QPainter, rect: QRectF, band: Band, codes: tuple[str, ...], sign: bool
    ) -> None:
        """Write owner and cases from below upwards, where the width has room for neither."""
        count = self.bench.say("theatre.band.cases", n=len(band.bars))
        ladder = (
            *(f"{code} · {count}" for code in codes),
            *(f"{c} · {len(band.bars)}" for c in codes),
        )
        room = rect.height() - (_BADGE if sign else _STRIP) - 6
        words = fitting((*(ladder if band.bars else ()), *codes), room, TINY, 500)
        if not words or rect.width() < 10:
            return
        painter.save()
        painter.setFont(font(TINY, 500))
        painter.setPen(QColor(self.theme.ink))
        painter.translate(rect.center().x() + 3.5, rect.bottom() - 3)
        painter.rotate(-90)
        painter.drawText(QPointF(0, 0), words)
        painter.restore()

    def _risk(self, painter: QPainter, at: QPointF, room: float, band: Band) -> None:
        """Write a chance to finish late that is not small, with its wedge."""
        found = band.expected
        if found is None or found.risk == "low":
            return
        words = chance(found.late, self.bench.lang)
        if width(words, TINY, 600) > room - WEDGE - 2:
            return
        fill, ink = TOKENS[found.risk]
        paint_wedge(painter, self.theme, fill, at + QPointF(0, -3.5))
        painter.setFont(font(TINY, 600))
        painter.setPen(self.theme.colour(ink))
        painter.drawText(at + QPointF(WEDGE + 2, 0), words)
