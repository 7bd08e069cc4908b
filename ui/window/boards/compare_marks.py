"""The letter of a side, and the painter that gives ghosts the colour of the plan they come from."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from planner.boards.compare import now_on_the_wall
from planner.boards.theatre import Band
from planner.words import clock, day
from ui.window.boards.compare_sessions import Beside
from ui.window.boards.compare_sides import Side
from ui.window.boards.theatre_labels import APART
from ui.window.boards.theatre_layout import Layout
from ui.window.boards.theatre_painter import TheatrePainter
from ui.window.boards.theatre_scene import Item, Scene
from ui.window.look.tokens import Theme
from ui.window.look.type import BODY, SMALL, TINY, fitting, font, width
from ui.window.workbench import Workbench

WIDE, HIGH = 20, 18
"""The size of a letter."""


def paint_letter(painter: QPainter, frame: QRectF, theme: Theme, letter: str, token: str) -> None:
    """Paint a letter on a plate of its colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(token))
    painter.drawRoundedRect(frame, 4, 4)
    painter.setPen(QColor(theme.paper))
    painter.setFont(font(BODY, 600))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


@lru_cache(maxsize=64)
def letter_picture(letter: str, token: str, theme: Theme, ratio: float) -> QPixmap:
    """Give a letter as a picture."""
    made = QPixmap(round(WIDE * ratio), round(HIGH * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_letter(painter, QRectF(0, 0, WIDE, HIGH), theme, letter, token)
    painter.end()
    return made


def dashed(colour: QColor) -> QPen:
    """Give the pen of what only the other plan has."""
    pen = QPen(colour, 1.3)
    pen.setDashPattern([4, 2.5])
    return pen


class Letter(QWidget):
    """A side's letter."""

    def __init__(self, bench: Workbench, letter: str = "A", token: str = "ink2") -> None:  # noqa: S107 - a colour
        super().__init__()
        self.bench = bench
        self.setFixedSize(QSize(WIDE, HIGH))
        self.become(letter, token)

    def become(self, letter: str, token: str) -> None:
        """Stand for another side."""
        self.letter, self.token = letter, token
        self.setAccessibleName(letter)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the plate."""
        painter = QPainter(self)
        frame = QRectF(0, 0, WIDE, HIGH)
        paint_letter(painter, frame, self.bench.theme, self.letter, self.token)
        painter.end()


class Ladder(QWidget):
    """A line of words: the fullest of some that fits."""

    def __init__(
        self, bench: Workbench, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        super().__init__()
        self.bench, self.side = bench, side
        self.words: tuple[str, ...] = ()
        self.setFixedHeight(18)

    def tell(self, *words: str) -> None:
        """Say something, the fullest words first."""
        self.words = words
        self.setAccessibleName(words[0] if words else "")
        self.updateGeometry()
        self.update()

    def shown(self) -> str:
        """Give the words that fit."""
        return fitting(self.words, self.width() + 1, SMALL)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the fullest words."""
        return QSize(round(width(self.words[0], SMALL)) + 1 if self.words else 0, 18)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as the shortest words."""
        return QSize(round(width(self.words[-1], SMALL)) + 1 if self.words else 0, 18)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the words."""
        painter = QPainter(self)
        painter.setPen(QColor(self.bench.theme.ink2))
        painter.setFont(font(SMALL))
        side = Qt.AlignmentFlag.AlignVCenter | self.side
        painter.drawText(QRectF(self.rect()), side, self.shown())
        painter.end()


class ComparePainter(TheatrePainter):
    """The painter of a theatre board whose ghosts say whose plan they are of."""

    across: Side | None = None
    """The side that the ghosts come from."""
    beside: Beside = Beside({}, ())
    """What that side has of sessions that differ."""

    def paint(
        self,
        painter: QPainter,
        scene: Scene,
        layout: Layout,
        area: QRectF,
        numbers: Iterable[int],
    ) -> None:
        """Paint the items, over the frames of sessions that only the other plan has."""
        super().paint(painter, scene, layout, area, numbers)
        for lost in self.beside.lost:
            rect = layout.rect(0, lost.row, lost.start, lost.end)
            if self.across is not None and rect.intersects(area):
                self._lost(painter, rect, lost.words, self.theme.colour(self.across.token))

    def _lost(self, painter: QPainter, rect: QRectF, words: str, colour: QColor) -> None:
        painter.setPen(dashed(colour))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(font(TINY, 500))
        shown = fitting((words,), rect.width() - 10, TINY, 500)
        painter.drawText(QPointF(rect.left() + 6, rect.top() + 11), shown)

    def label(
        self, painter: QPainter, scene: Scene, rect: QRectF, band: Band, taken: float
    ) -> None:
        """Write whose session it is, and what it is in the other plan where that differs."""
        words = self.beside.words.get(band.session.id, "")
        room = width(words, TINY, 600) + 10
        code = width(self.ladder(scene, band)[-1], TINY, 500) + 15 + APART  # it goes before
        if not words or self.across is None or rect.width() - taken < room + code:
            super().label(painter, scene, rect, band, taken)
            return
        super().label(painter, scene, rect, band, taken + room)
        painter.setFont(font(TINY, 600))
        painter.setPen(self.theme.colour(self.across.token))
        painter.drawText(QPointF(rect.right() - taken - room + 4, rect.top() + 11), words)

    def ghost(self, painter: QPainter, scene: Scene, layout: Layout, item: Item) -> None:
        """Paint where the other plan has a case, in the colour of its letter."""
        ghost, across = item.ghost, self.across
        if ghost is None or across is None:
            return
        colour = self.theme.colour(across.token)
        rect = self.frame(layout, item).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(dashed(colour))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(rect, 3, 3)
        if rect.height() < 12:
            return
        painter.setPen(colour)
        code = str(ghost.case.procedure)
        codes = (code, scene.codes.get(code, code))
        places = self.places(scene, layout, item, across)
        room, left, middle = rect.width() - 12, rect.left() + 6, rect.center().y()
        if rect.height() < 28:
            ladder = (*(f"{codes[-1]} {each}" for each in places), *places)
            painter.setFont(font(SMALL, 500))
            painter.drawText(QPointF(left, middle + 4), fitting(ladder, room, SMALL, 500))
            return
        painter.setFont(font(SMALL, 400, italic=True))
        painter.drawText(QPointF(left, middle - 3), fitting(codes, room, SMALL))
        size = SMALL if any(width(each, SMALL, 500) <= room for each in places) else TINY
        painter.setFont(font(size, 500))
        painter.drawText(QPointF(left, middle + 11), fitting(places, room, size, 500))

    def places(self, scene: Scene, layout: Layout, item: Item, across: Side) -> tuple[str, ...]:
        """Give the words about where a ghost is here: in A → S5, in A."""
        say = self.bench.say
        assert item.ghost is not None
        assert scene.outcome is not None
        now, letter = item.ghost.now, across.letter
        short = say("compare_view.in", letter=letter)
        if now is None:
            return (say("compare_view.in_waits", letter=letter), short, letter)
        theatre = str(now.session.theatre)
        where = [theatre]
        horizon = scene.outcome.problem.horizon
        on, start = now_on_the_wall(now, horizon)
        if on != layout.days[item.place]:
            date = day(horizon.date(on), self.bench.lang, "short")
            where = [f"{theatre}, {date}", date]
        elif theatre == layout.theatres[item.row].id:
            where = [clock(start)]
        full = (say("compare_view.in_now", letter=letter, where=each) for each in where)
        return (*full, short, letter)
