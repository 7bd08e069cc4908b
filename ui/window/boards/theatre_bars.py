"""Paints the bars of cases: fill, spine in one of four forms, labels as full as fit, small marks."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from planner.boards.marks import Sign
from planner.boards.theatre import Bar
from ui.window.boards.theatre_colours import bar_note, bar_tone
from ui.window.boards.theatre_scene import Item, Scene
from ui.window.boards.theatre_words import length_ladder, one_name, title_ladder
from ui.window.look.icons import pixmap
from ui.window.look.signs import outline
from ui.window.look.specialties import Form, Tone
from ui.window.look.type import BODY, SMALL, TINY, fitting, font, width
from ui.window.workbench import Workbench

_KEPT = 4000
_DOT = 10.0
"""The room of the dot before a length that is changed."""


class Look(NamedTuple):
    """All that a bar's picture depends on; equal looks share one picture."""

    wide: int
    high: int
    tone: str
    titles: tuple[str, ...]
    lengths: tuple[str, ...]
    icons: tuple[str, ...]
    changed: str
    sign: Sign
    loose: bool
    cut: str
    ratio: float


class Bars:
    """Paints bars from pictures that are made once for each look."""

    def __init__(self, bench: Workbench, tones: Mapping[str, Tone]) -> None:
        self.bench, self.theme, self.tones = bench, bench.theme, tones
        self.known: dict[Look, QPixmap] = {}
        self._lengths: dict[tuple[str, str, int, str], tuple[str, ...]] = {}

    def paint(self, painter: QPainter, scene: Scene, item: Item, rect: QRectF, sign: Sign) -> None:
        """Paint a bar in its frame."""
        bar = item.bar
        assert bar is not None
        left, top = round(rect.left()), round(rect.top())
        wide, high = max(2, round(rect.right()) - left), max(4, round(rect.bottom()) - top)
        ratio = painter.device().devicePixelRatioF()
        look = self.look(scene, item, bar, wide, high, ratio)._replace(sign=sign)
        picture = self.known.get(look)
        if picture is None:
            if len(self.known) > _KEPT:
                self.known.clear()
            picture = self.known[look] = self.made(look)
        painter.drawPixmap(left, top, picture)

    def look(self, scene: Scene, item: Item, bar: Bar, wide: int, high: int, ratio: float) -> Look:
        """Say what a bar looks like."""
        case = bar.case
        icons = []
        if case.id in scene.pinned or (item.band and item.band.session.id in scene.shut):
            icons.append("pin")
        if case.id in scene.stale:
            icons.append("clock-alert-outline")
        if bar.moved:
            icons.append("swap-vertical-bold")
        origin = scene.origins.get(("case", case.id))
        changed = "" if origin is None else "own" if origin.own else "inherited"
        whole = bar.end - bar.start
        cut = "" if item.minutes == whole else "left" if item.over else "right"
        note = bar_note(scene, bar, item.band)
        words = self.bench.lang, case.mode, whole, note
        lengths = self._lengths.get(words)
        if lengths is None:
            lengths = self._lengths[words] = length_ladder(self.bench, case.mode, whole, note)
        tone = bar_tone(scene, bar, item.band)
        titles = self.titles(scene, item, bar, wide)
        return Look(wide, high, tone, titles, lengths, tuple(icons), changed,
                    "", not bar.timed, cut, ratio)  # fmt: skip

    def titles(self, scene: Scene, item: Item, bar: Bar, wide: int) -> tuple[str, ...]:
        """Give the names of a bar; the one that fits all of its procedure, where bars are compared.

        Two names of one procedure in one picture would look like two procedures.
        """
        return one_name(scene, item, title_ladder(scene, bar), wide)

    def made(self, look: Look) -> QPixmap:
        """Make the picture of a look."""
        picture = QPixmap(round(look.wide * look.ratio), round(look.high * look.ratio))
        picture.setDevicePixelRatio(look.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._body(painter, look)
        self._labels(painter, look)
        if look.sign:
            painter.setPen(outline(look.sign, self.theme))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, look.wide - 2, look.high - 2), 3, 3)
        painter.end()
        return picture

    def _body(self, painter: QPainter, look: Look) -> None:
        tone = self.tones.get(look.tone)
        fill = QColor(self.theme.side) if tone is None else tone.fill
        border = QPen(QColor(self.theme.line) if tone is None else tone.border, 1)
        if look.loose:
            border.setDashPattern([3, 2])
        painter.setPen(border)
        painter.setBrush(fill)
        frame = QRectF(0.5, 0.5, look.wide - 1, look.high - 1)
        if look.cut == "left":
            frame.setLeft(-8)
        if look.cut == "right":
            frame.setRight(look.wide + 8)
        painter.drawRoundedRect(frame, 3, 3)
        if tone is not None and look.wide > 5 and look.cut != "left":
            paint_spine(painter, tone.form, tone.spine, look.high)

    def _labels(self, painter: QPainter, look: Look) -> None:
        left, room = 10.0, look.wide - 14.0
        if look.wide < 16:
            return
        if not fitting(look.titles, room, TINY, 600):
            left, room = 8.0, look.wide - 10.0
        if not fitting(look.titles, room, TINY, 600) and self._upright(painter, look):
            return
        wanted = 14.0 * len(look.icons)
        below = not fitting(look.titles, room - wanted, TINY, 600) and look.high >= 28
        icons = self._icons(painter, look, below=below)
        painter.setPen(QColor(self.theme.ink))
        if look.high < 28:
            self._one_line(painter, look, left, room - icons)
            return
        over, under = (room, room - icons) if below else (room - icons, room)
        size = BODY if fitting(look.titles, over, BODY, 600) else TINY
        middle = look.high / 2
        painter.setFont(font(size, 600))
        painter.drawText(QPointF(left, middle - 2), fitting(look.titles, over, size, 600))
        self._length(painter, look, QPointF(left, middle + 12), under)

    def _length(self, painter: QPainter, look: Look, at: QPointF, room: float) -> None:
        if look.changed:
            colour = QColor(self.theme.own if look.changed == "own" else self.theme.ink2)
            painter.setPen(QPen(colour, 1.2))
            painter.setBrush(colour if look.changed == "own" else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at + QPointF(3.5, -4), 3, 3)
            at, room = at + QPointF(_DOT, 0), room - _DOT
        own = look.changed == "own"
        painter.setPen(QColor(self.theme.own if own else self.theme.ink2))
        weight = 600 if own else 400
        painter.setFont(font(SMALL, weight))
        painter.drawText(at, fitting(look.lengths, room, SMALL, weight))

    def _one_line(self, painter: QPainter, look: Look, left: float, room: float) -> None:
        base, weight = look.high / 2 + 4, 600 if look.changed == "own" else 400
        wide = {w: width(w, SMALL, weight) + (_DOT if look.changed else 0) for w in look.lengths}
        length = next((w for w in look.lengths[1:] if wide[w] < room / 2), "")
        rest = room - (wide[length] + 6 if length else 0)
        title = fitting(look.titles, rest, SMALL, 600)
        if not title:
            title, length = fitting(look.titles, room, TINY, 600), ""
        painter.setFont(font(SMALL if length else TINY, 600))
        painter.drawText(QPointF(left, base), title)
        if length:
            at = QPointF(left + room - wide[length], base)
            self._length(painter, look._replace(lengths=(length,)), at, room)

    def _upright(self, painter: QPainter, look: Look) -> bool:
        """Write the name from below upwards on a narrow bar; tell whether there is room for it."""
        words = fitting(look.titles, look.high - 5, TINY, 500)
        if not words:
            return False
        painter.save()
        painter.translate((8 + look.wide) / 2 + 3.5, look.high - 3)
        painter.rotate(-90)
        painter.setPen(QColor(self.theme.ink))
        painter.setFont(font(TINY, 500))
        painter.drawText(QPointF(0, 0), words)
        painter.restore()
        return True

    def _icons(self, painter: QPainter, look: Look, *, below: bool) -> float:
        """Paint the small marks at the right, beside a badge; give the room that they take."""
        taken = 8.0 if look.sign and not below else 0.0
        top = 3.0 if look.high >= 28 else (look.high - 12) / 2
        kept = 8.0 if below else width(look.titles[-1], TINY, 600)  # which has its place first
        if below:
            top = look.high / 2 + 2
        for name in look.icons:
            if taken + 14 > look.wide - 14 - kept:
                break
            token = "own" if name == "swap-vertical-bold" else "ink2"
            picture = pixmap(name, self.theme, token, 12, look.ratio)
            painter.drawPixmap(QPointF(look.wide - 15 - taken, top), picture)
            taken += 14
        return taken if look.icons else 0.0


def paint_spine(painter: QPainter, form: Form, colour: QColor, high: float) -> None:
    """Paint the spine of a specialty at the left edge, 6 pixels wide."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if form == "solid":
        painter.drawRoundedRect(QRectF(0, 0, 6, high), 2, 2)
    elif form == "double":
        painter.drawRect(QRectF(0, 0, 2, high))
        painter.drawRect(QRectF(4, 0, 2, high))
    elif form == "dots":
        y = 4.0
        while y < high - 1:
            painter.drawEllipse(QPointF(3, y), 2.5, 2.5)
            y += 7
    else:
        y = 0.0
        while y < high:
            painter.drawRect(QRectF(0, y, 6, min(5, high - y)))
            y += 7.5
