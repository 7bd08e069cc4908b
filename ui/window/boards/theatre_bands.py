"""Paints sessions where four weeks stand side by side: how full each is, how many cases, how late."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from planner.boards.marks import Sign
from planner.boards.theatre import Band
from planner.forecast_words import chance
from ui.window.boards.theatre_bars import paint_spine
from ui.window.boards.theatre_risk import TOKENS, WEDGE, paint_wedge
from ui.window.boards.theatre_stamps import badge
from ui.window.look.specialties import Tone
from ui.window.look.tokens import Theme
from ui.window.look.type import TINY, fitting, font, width
from ui.window.workbench import Workbench

_KEPT: Final = 4000
_STRIP: Final = 4.0
"""The height of the strip that says a session is late."""
_LINE: Final = 13.0
_BADGE: Final = 11.0
_SPINE: Final = 4.0


class Look(NamedTuple):
    """All that a session's picture depends on; equal looks share one picture."""

    wide: int
    high: int
    tone: str
    codes: tuple[str, ...]
    cases: int
    fill: int
    late: int
    chance: int
    risk: str
    moved: bool
    sign: Sign
    lang: str
    ratio: float


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
        self.known: dict[Look, QPixmap] = {}

    def paint(
        self, painter: QPainter, rect: QRectF, band: Band, codes: tuple[str, ...], sign: Sign
    ) -> None:
        """Paint a session in its frame; `codes` are its owner's, from full to short."""
        found = band.expected
        late, risk = (0, "") if found is None or found.risk == "low" else (found.late, found.risk)
        ratio = painter.device().devicePixelRatioF()
        look = Look(
            max(2, round(rect.width())), max(4, round(rect.height())), band.tone, codes,
            len(band.bars), band.fill if band.bars else 0, max(0, band.late), late, risk,
            any(bar.moved for bar in band.bars), sign, self.bench.lang, ratio,
        )  # fmt: skip
        picture = self.known.get(look)
        if picture is None:
            if len(self.known) > _KEPT:
                self.known.clear()
            picture = self.known[look] = self.made(look)
        painter.drawPixmap(rect.topLeft(), picture)

    def made(self, look: Look) -> QPixmap:
        """Make the picture of a look."""
        picture = QPixmap(round(look.wide * look.ratio), round(look.high * look.ratio))
        picture.setDevicePixelRatio(look.ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(0, 0, look.wide, look.high)
        tone = self.tones.get(look.tone)
        spine = tone is not None and look.wide >= 12
        inner = rect.adjusted(_SPINE + 2 if spine else 2, 0, -1, 0)
        level = bool(fitting(look.codes, inner.width(), TINY, 500))
        self._vessel(painter, rect, look, tone, tick=level)
        if tone is not None and spine:
            painter.save()
            painter.setClipRect(QRectF(0, 0, _SPINE, look.high))
            paint_spine(painter, tone.form, tone.spine, look.high)
            painter.restore()
        if look.late:
            painter.fillRect(QRectF(0, 0, look.wide, _STRIP), self.late)
            painter.fillRect(QRectF(0, 0, look.wide, 1), QColor(self.theme.hard))
        if level:
            self._lines(painter, inner, look)
        else:
            self._upright(painter, inner, look)
        if look.moved:
            paint_corner(painter, rect, self.theme)
        if look.sign:
            stamp = badge(look.sign, self.theme, 11, look.ratio)
            painter.drawPixmap(QPointF(look.wide - 15, 0), stamp)
        painter.end()
        return picture

    def _vessel(
        self, painter: QPainter, rect: QRectF, look: Look, tone: Tone | None, *, tick: bool
    ) -> None:
        """Paint the frame and the load in it, with a tick at its height where no word is."""
        theme = self.theme
        painter.fillRect(rect, QColor(theme.paper))
        painter.fillRect(rect, QColor(theme.side) if tone is None else tone.band)
        high = round((look.high - 1) * min(100, look.fill) / 100)
        load = QRectF(0, look.high - high, look.wide, high)
        plain = tone is None or tone.fill == tone.band  # high contrast has no pale fills
        painter.fillRect(load, QColor(theme.closed) if tone is None or plain else tone.fill)
        painter.setPen(QPen(QColor(theme.line) if tone is None else tone.border, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        if high and tick:
            y = load.top() + 0.5
            painter.drawLine(QPointF(look.wide - 5, y), QPointF(look.wide - 1, y))

    def _figures(self, look: Look) -> list[Line]:
        """Give owner, cases, and overtime or load."""
        theme, say, n = self.theme, self.bench.say, look.cases
        found = [Line(look.codes, theme.ink2)]
        if n:
            found.append(Line((say("theatre.band.cases", n=n), str(n)), theme.ink, 600))
        if look.late:
            found.append(Line((f"+{look.late}'",), theme.hard, 600))  # one form in all columns
        elif n:
            full = theme.hard if look.fill > 100 else theme.ink2
            found.append(Line((say("board.fill", fill=look.fill),), full))
        return found

    def _lines(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Write what has room: first the owner, then the cases, the load, the chance to be late."""
        most, lines = int((rect.height() - 2) // _LINE), self._figures(look)
        at = rect.topLeft() + QPointF(0, 12)
        for place, line in enumerate(lines[:most]):
            room = rect.width() - (_BADGE if look.sign and place == 0 else 0)
            painter.setFont(font(TINY, line.weight))
            painter.setPen(QColor(line.colour))
            words = fitting(line.ladder, room, TINY, line.weight)
            painter.drawText(at + QPointF(0, place * _LINE), words)
        if look.risk and len(lines) < most:
            self._risk(painter, at + QPointF(0, len(lines) * _LINE), rect.width(), look)

    def _upright(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """Write owner and cases from below upwards, where the width has room for neither."""
        count = self.bench.say("theatre.band.cases", n=look.cases)
        counts = (count, str(look.cases)) if look.cases else ()
        both = (f"{code} · {each}" for each in counts for code in look.codes)
        room = rect.height() - (_BADGE if look.sign else _STRIP) - 6
        words = fitting((*both, *look.codes), room, TINY, 500)
        if not words or rect.width() < 10:
            return
        painter.save()
        painter.setFont(font(TINY, 500))
        painter.setPen(QColor(self.theme.ink))
        painter.translate(rect.center().x() + 3.5, rect.bottom() - 3)
        painter.rotate(-90)
        painter.drawText(QPointF(0, 0), words)
        painter.restore()

    def _risk(self, painter: QPainter, at: QPointF, room: float, look: Look) -> None:
        """Write a chance to finish late that is not small, with its wedge."""
        words = chance(look.chance, self.bench.lang)
        if width(words, TINY, 600) > room - WEDGE - 2:
            return
        fill, ink = TOKENS[look.risk]
        paint_wedge(painter, self.theme, fill, at + QPointF(0, -3.5))
        painter.setFont(font(TINY, 600))
        painter.setPen(self.theme.colour(ink))
        painter.drawText(at + QPointF(WEDGE + 2, 0), words)


def paint_corner(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the corner of a session whose cases stand otherwise in the parent's plan."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.own))
    at, across, down = rect.bottomRight(), QPointF(-7, 0), QPointF(0, -7)
    painter.drawPolygon(QPolygonF([at, at + across, at + down]))
