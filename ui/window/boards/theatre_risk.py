"""The tail of a session: from its planned end to where chance may take it, and the chance to be late.

It tapers from the planned end to the end that 95 of 100 days stay within, with a tick where half of
them are over. Where the next session leaves no room for the number, that stands over the band.
"""

from collections import defaultdict
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from planner.clock import MINUTES_A_DAY
from planner.forecast_words import chance
from ui.window.boards.theatre_labels import APART
from ui.window.boards.theatre_layout import Layout
from ui.window.boards.theatre_scene import Item, Scene
from ui.window.look.specialties import mixed
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, font, width
from ui.window.workbench import Workbench

TOKENS: Final = {"low": ("turn", "ink2"), "some": ("soft_mark", "soft"), "much": ("hard", "hard")}
"""The colours of a risk: of the tail, and of its number."""
_HIGH: Final = 0.62
"""The height of the tail at the planned end, in that of a bar."""
_SHARE: Final = 0.35
_GAP: Final = 5.0
WEDGE: Final = 9.0
"""Width of the small tail beside a number over a band."""


class Tail(NamedTuple):
    """Where a tail lies: from the planned end to its tip, with the tick, and room up to an edge."""

    begin: float
    tick: float
    tip: float
    edge: float


class Risks:
    """Paints the tails of a scene."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self._scene = Scene()
        self._starts: dict[tuple[int, int], list[int]] = {}

    def paint(self, painter: QPainter, scene: Scene, layout: Layout, item: Item) -> None:
        """Paint the tail of a session, and its number where there is room beside it."""
        tail = self.tail(scene, layout, item)
        if tail is None:
            return
        assert item.band is not None
        assert item.band.expected is not None
        theme, late = self.bench.theme, item.band.expected.late
        fill, ink = TOKENS[item.band.expected.risk]
        painter.setOpacity(0.3 if scene.faint(item) else 1)
        frame = layout.block(item.place, item.row, 0, 0)
        middle, half = frame.center().y(), frame.height() * _HIGH / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(theme, fill))
        painter.drawPolygon(_wedge(tail.begin, tail.tip, middle, half))
        if tail.begin < tail.tick < tail.tip:
            high = half * (tail.tip - tail.tick) / (tail.tip - tail.begin) + 2
            painter.setPen(QPen(theme.colour(ink), 1.2))
            painter.drawLine(QLineF(tail.tick, middle - high, tail.tick, middle + high))
        if self.beside(tail, late):
            painter.setFont(font(SMALL, 600))
            painter.setPen(theme.colour(ink))
            painter.drawText(QPointF(tail.tip + _GAP, middle + 4), chance(late, self.bench.lang))
        painter.setOpacity(1)

    def over(
        self, painter: QPainter, scene: Scene, layout: Layout, item: Item, rect: QRectF, taken: float,
        name: float,
    ) -> float:  # fmt: skip
        """Write the number over the band where it has no room beside the tail; give the room taken.

        `taken` is what fill and badge take at the right end, `name` what the shortest label needs.
        """
        told, risk = self._told(scene, layout, item)
        room = _room(told)
        if not told or name + taken + room > rect.width():
            return taken
        fill, ink = TOKENS[risk]
        left = rect.right() - taken - room
        theme = self.bench.theme
        paint_wedge(painter, theme, fill, QPointF(left, rect.top() + 7.5))
        painter.setFont(font(TINY, 600))
        painter.setPen(theme.colour(ink))
        painter.drawText(QPointF(left + WEDGE + 2, rect.top() + 11), told)
        return taken + room

    def needs(self, scene: Scene, layout: Layout, item: Item) -> float:
        """Give the room over the band that a number must have before the fill: that of a real risk."""
        told, risk = self._told(scene, layout, item)
        return _room(told) if told and risk != "low" else 0.0

    def _told(self, scene: Scene, layout: Layout, item: Item) -> tuple[str, str]:
        """Give what has to stand over a band, "" where nothing has to, and the level of its risk."""
        band = item.band
        if band is None or item.over or not (band.expected or band.outdated):
            return "", "low"
        if band.expected is None:
            return "?", "low"
        tail, late = self.tail(scene, layout, item), band.expected.late
        if tail is not None and self.beside(tail, late):
            return "", "low"
        return chance(late, self.bench.lang), band.expected.risk

    def frame(self, scene: Scene, layout: Layout, item: Item) -> QRectF:
        """Give where the tail of a session and the number beside it can be pointed at."""
        tail = self.tail(scene, layout, item)
        if tail is None or item.band is None or item.band.expected is None:
            return QRectF()
        late, right = item.band.expected.late, min(tail.tip, tail.edge)
        if self.beside(tail, late):
            right = tail.tip + _GAP + width(chance(late, self.bench.lang), SMALL, 600)
        bar = layout.block(item.place, item.row, 0, 0)
        return QRectF(tail.begin, bar.top(), right - tail.begin, bar.height())

    def tail(self, scene: Scene, layout: Layout, item: Item) -> Tail | None:
        """Give where the tail of a session lies; None where it has none, or is over before its plan."""
        band = item.band
        if item.kind != "session" or band is None or band.expected is None or item.over:
            return None
        planned = max((bar.end for bar in band.bars), default=MINUTES_A_DAY)
        last = min(band.expected.nearly, layout.last, MINUTES_A_DAY)
        if last <= planned:
            return None
        edge = (item.place + 1) * layout.column - 2
        following = [s for s in self._starting(scene, item) if s >= planned]
        if following:
            edge = layout.x(item.place, min(following)) - 2
        begin, tick, tip = (
            layout.x(item.place, each) for each in (planned, band.expected.half, last)
        )
        return Tail(begin, tick, tip, edge)

    def beside(self, tail: Tail, late: int) -> bool:
        """Tell whether the number has room between the tip of a tail and what comes next."""
        return tail.tip + _GAP + width(chance(late, self.bench.lang), SMALL, 600) <= tail.edge

    def _starting(self, scene: Scene, item: Item) -> list[int]:
        """Give the starts of all that lies in the same theatre on the same day."""
        if self._scene is not scene:
            found: dict[tuple[int, int], list[int]] = defaultdict(list)
            for each in scene.items:
                if each.kind in ("session", "case") or (each.kind == "ghost" and not each.over):
                    found[each.row, each.place].append(each.start)
            self._scene, self._starts = scene, dict(found)
        return self._starts.get((item.row, item.place), [])


def paint_wedge(painter: QPainter, theme: Theme, fill: str, at: QPointF) -> None:
    """Paint the small tail that stands before a number, from a point at its left."""
    painter.setPen(QPen(theme.colour(fill), 1))
    painter.setBrush(faded(theme, fill))
    painter.drawPolygon(_wedge(at.x(), at.x() + WEDGE, at.y(), 3.5))


def paint_sample(painter: QPainter, frame: QRectF, theme: Theme) -> None:
    """Paint a tail for the legend."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(theme, "soft_mark"))
    middle = frame.center().y()
    painter.drawPolygon(_wedge(frame.left(), frame.right(), middle, frame.height() / 2 - 1))
    painter.setPen(QPen(theme.colour("soft"), 1.2))
    tick = frame.left() + frame.width() / 3
    painter.drawLine(QLineF(tick, frame.top() + 1, tick, frame.bottom() - 1))


def _room(told: str) -> float:
    return WEDGE + 2 + width(told, TINY, 600) + APART


def _wedge(left: float, right: float, middle: float, half: float) -> QPolygonF:
    return QPolygonF(
        [QPointF(left, middle - half), QPointF(right, middle), QPointF(left, middle + half)]
    )


def faded(theme: Theme, token: str) -> QColor:
    """Give a colour of a theme as a tail has it, over paper."""
    return mixed(theme.colour("paper"), theme.colour(token), _SHARE)
