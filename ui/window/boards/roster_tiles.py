"""Cells of the roster as small pictures, made once a content and width and painted ever after."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from planner.boards.codes import initial, letters
from planner.boards.roster import away_code, away_tone, tone
from planner.rostering import ShiftType
from ui.window.look.duties import Duty, duties
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, fitting, font

HATCH: Final = 4
CORNER: Final = 6
"""Width of the mark of a wish."""
LOW: Final = 18
"""Height under which a mark in the corner lies over a letter in the middle."""
AWAY: Final = "~"
"""What a key begins with that is an absence; other keys are ids of shifts joined by `+`."""


class Tiles:
    """The pictures of one theme and pixel ratio; `shifts` are those of the problem by id.

    `narrowest` is the width of the narrowest cells of the board, 0 where it does not matter: columns
    differ by a pixel, and what does not fit into some is written short in all.
    """

    def __init__(self, theme: Theme, ratio: float, shifts: Mapping[str, ShiftType]) -> None:
        self.theme, self.ratio, self.shifts = theme, ratio, shifts
        self.tones: Mapping[str, Duty] = duties(theme)
        self.letters = letters(shifts)
        self.narrowest = 0
        self._made: dict[tuple[str, int, int, bool], QPixmap] = {}

    def fit(self, narrowest: int) -> None:
        """Take the width of the narrowest cells."""
        if narrowest != self.narrowest:
            self.narrowest = narrowest
            self._made.clear()

    def tile(self, key: str, width: int, height: int, *, wished: bool = False) -> QPixmap:
        """Give the picture of a cell's content, in logical pixels.

        `wished`: the mark of a wish stands in the corner, and low cells make way for it.
        """
        low = wished and height < LOW
        found = self._made.get((key, width, height, low))
        if found is None:
            found = self._made[key, width, height, low] = self._make(key, width, height, low)
        return found

    def _make(self, key: str, width: int, height: int, low: bool) -> QPixmap:
        picture = QPixmap(round(width * self.ratio), round(height * self.ratio))
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, width, height)
        away, _, ids = key.partition(AWAY) if AWAY in key else ("", "", key)
        names = ids.split("+") if ids else []
        if AWAY in key:
            self._away(painter, box, away, lettered=not names)
        part = width / max(1, len(names))
        for place, name in enumerate(names):
            left = QRectF(place * part, 0, part, height)
            self._shift(painter, left, name, over=AWAY in key, low=low and place == 0)
        painter.end()
        return picture

    def _shift(self, painter: QPainter, box: QRectF, id: str, *, over: bool, low: bool) -> None:
        shift = self.shifts.get(id)
        duty = self.tones["day" if shift is None else tone(shift)]
        inner = box.adjusted(3, 3, -3, -3) if over else box
        # no outline over an absence: it would run through the letter
        paint_tile(painter, inner, duty._replace(outline=None) if over else duty)
        room, short = inner.width() - 1 - self._more(box), self.letters.get(id)
        letter(painter, inner, id, duty.ink, room=room, low=low, short=short)

    def _more(self, box: QRectF) -> int:
        """Tell of a cell that is a pixel wider than others on the board."""
        return int(box.width() == self.narrowest + 1)

    def _away(self, painter: QPainter, box: QRectF, reason: str, *, lettered: bool) -> None:
        duty = self.tones[away_tone(reason)]
        paint_tile(painter, box, duty)
        if lettered:
            room = box.width() - 1 - self._more(box)
            letter(painter, box, away_code(reason), duty.ink, room=room)


def key_of(ids: tuple[str, ...], away: str | None) -> str:
    """Give the key of a cell's content: `J9`, `M+A`, `Congé annuel~`, "" for a day off."""
    together = "+".join(ids)
    return together if away is None else f"{away}{AWAY}{together}"


def paint_tile(painter: QPainter, box: QRectF, duty: Duty) -> None:
    """Paint the ground of a cell: fill, outline or hatching."""
    inner = box.adjusted(0.7, 0.7, -0.7, -0.7) if duty.outline is not None else box
    path = QPainterPath()
    path.addRoundedRect(inner, 3, 3)
    painter.fillPath(path, duty.fill)
    if duty.hatched:
        painter.save()
        painter.setClipPath(path)
        ink = QColor(duty.ink)
        ink.setAlphaF(0.24)
        painter.setPen(QPen(ink, 1))
        at = box.left() - box.height()
        while at < box.right():
            painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
            at += HATCH
        painter.restore()
    if duty.outline is not None:
        painter.setPen(QPen(duty.outline, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 3, 3)


def letter(
    painter: QPainter,
    box: QRectF,
    id: str,
    ink: QColor,
    *,
    room: float | None = None,
    low: bool = False,
    short: str | None = None,
) -> None:
    """Write an id into a cell: whole, whole and smaller, or `short` (its first letter).

    `low`: out of the way of the mark in the corner, at its right, else small and down.
    """
    size, words = lettered(id, box.width() - 1 if room is None else room, short)
    at = Qt.AlignmentFlag.AlignCenter
    if low and fitting((words,), box.width() - CORNER - 1, size, 600):
        box = box.adjusted(CORNER, 0, 0, 0)
    elif low:
        size, box = TINY, box.adjusted(0, 0, -1, 0)
        at = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
    painter.setPen(ink)
    painter.setFont(font(size, 600))
    painter.drawText(box, at, words)


def lettered(id: str, room: float, short: str | None = None) -> tuple[int, str]:
    """Give the size and the letters of an id that a cell has room for."""
    size = SMALL if fitting((id,), room, SMALL, 600) else TINY
    return size, fitting((id, short or initial(id)), room, size, 600)


def ghost_ladder(words: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Give what may stand for a duty of another plan: whole, or short where no other shift is meant.

    Its tone is not painted, which tells the duties of the plan itself apart.
    """
    short = initial(words)
    others = any(id != words and str(id).startswith(short) for id in ids)
    return (words,) if others else (words, short)
