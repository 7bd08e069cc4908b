"""Paints a lane: steps of what is held, the line of what there is, and what is too much above it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from planner.boards.lane_words import lane_name
from planner.boards.marks import Sign
from planner.boards.theatre_lanes import Lane, Step, Thing
from ui.window.boards.theatre_header import NAMES
from ui.window.boards.theatre_layout import Layout
from ui.window.boards.theatre_stamps import badge, hatch
from ui.window.look.specialties import mixed
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, fitting, font, width

LANE: Final = 24
"""The height of a lane."""
NAME: Final = NAMES - 12.0
"""The room of a name beside its lane."""
_TOP, _FOOT = 4.0, 2.0
_HELD: Final = 0.28
"""The share of ink in what is held."""
_BADGE: Final = 11
_GAUGE: Final = 8.0
"""The width of a day of four weeks."""
_TOKENS: Final[Mapping[Sign, tuple[str, str, str]]] = {
    "hard": ("hard", "hard_soft", "hard"),
    "soft": ("soft_mark", "soft_soft", "soft"),
    "accepted": ("waived", "waived_soft", "waived"),
    "": ("ink2", "closed", "ink"),
}
"""Of what is too much: the tokens of its hatch, of the ground of that, and of its number."""


def share(lane: Lane) -> str:
    """Write the most that is held, of how many: 9/11."""
    return f"{lane.peak}/{lane.there}"


class LanePainter:
    """Paints lanes in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.paper = QColor(theme.paper)
        self.held = mixed(self.paper, QColor(theme.ink), _HELD)
        self.shut = QColor(theme.closed)
        self.edge, self.there = QPen(QColor(theme.ink2), 1), QPen(QColor(theme.ink2), 1)
        self.there.setDashPattern([2, 2])

    def lane(self, painter: QPainter, layout: Layout, lane: Lane, place: int, edge: float) -> None:
        """Paint a thing on a day in its column, from 0 down; words end at the edge of what is seen."""
        column = QRectF(place * layout.column, 0, layout.column, LANE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._closed(painter, layout, lane, place, column)
        high = (LANE - _TOP - _FOOT) / max(1, lane.there, lane.peak)
        foot = LANE - _FOOT
        if layout.coarse:
            begin = column.left() + 3  # a gauge, which leaves room for figures
            self._stairs(painter, [(begin, begin + _GAUGE, lane.peak)], lane, foot, high)
        else:
            steps = [(*self.across(layout, place, step), step.asked) for step in lane.steps]
            self._stairs(painter, steps, lane, foot, high)
        line = foot - lane.there * high
        painter.setPen(self.there)
        painter.drawLine(QLineF(column.left() + 1, line, column.right() - 1, line))
        column.setRight(max(column.left() + 30, min(column.right(), edge)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._told(painter, lane, column)

    def across(self, layout: Layout, place: int, step: Step) -> tuple[float, float]:
        """Give where a step begins and ends, inside the column of its day."""
        left, right = place * layout.column, (place + 1) * layout.column
        begin, end = layout.x(place, step.start), layout.x(place, step.end)
        return min(max(left, begin), right), max(left, min(right, end))

    def _closed(
        self, painter: QPainter, layout: Layout, lane: Lane, place: int, column: QRectF
    ) -> None:
        """Paint the hours in which it is closed, or all day where there is none of it."""
        if lane.there == 0:
            painter.fillRect(column, self.shut)
        elif lane.hours is not None and not layout.coarse:
            opens, closes = (layout.x(place, hour) for hour in lane.hours)
            before, after = QRectF(column), QRectF(column)
            before.setRight(max(column.left(), min(opens, column.right())))
            after.setLeft(min(column.right(), max(closes, column.left())))
            painter.fillRect(before, self.shut)
            painter.fillRect(after, self.shut)

    def _stairs(
        self,
        painter: QPainter,
        steps: list[tuple[float, float, int]],
        lane: Lane,
        foot: float,
        high: float,
    ) -> None:
        """Fill what is held up to what there is, and hatch what is beyond."""
        there = lane.there
        painter.setBrush(self.held)
        painter.setPen(self.edge)
        corners: list[QPointF] = []
        last = -1.0
        for begin, end, asked in steps:
            level = foot - min(asked, there) * high
            if begin != last:  # nobody was there in between, or an hour comes again
                _polygon(painter, corners, foot)
                corners = []
            corners += (QPointF(begin, level), QPointF(end, level))
            last = end
        _polygon(painter, corners, foot)
        if lane.peak <= there:
            return
        stroke, ground, _ = _TOKENS[lane.sign]
        too_much = hatch(getattr(self.theme, stroke), getattr(self.theme, ground), 0.7)
        for begin, end, asked in steps:
            if asked > there:
                top, most = foot - asked * high, (asked - there) * high
                painter.fillRect(QRectF(begin, top, end - begin, most), too_much)
                painter.fillRect(QRectF(begin, top, end - begin, 1), self._colour(stroke))

    def _colour(self, token: str) -> QColor:
        return self.theme.colour(token)

    def _told(self, painter: QPainter, lane: Lane, column: QRectF) -> None:
        """Write the most of a day at its right end, with the sign of what is wrong."""
        if not lane.peak and not lane.sign:
            return
        over = lane.peak > lane.there
        weight = 600 if over or lane.sign else 500
        room = column.width() - 5 - (_BADGE + 2 if lane.sign else 0)
        words = fitting((share(lane), str(lane.peak)), room, TINY, weight)
        left = column.right() - 4 - width(words, TINY, weight)
        plate = QRectF(left - 2, column.center().y() - 7, column.right() - left, 14)
        if lane.sign:
            plate.setLeft(plate.left() - _BADGE - 3)
        painter.fillRect(plate, self.shut if lane.there == 0 else self.paper)
        painter.setFont(font(TINY, weight))
        painter.setPen(self.theme.colour(_TOKENS[lane.sign][2] if over or lane.sign else "ink2"))
        painter.drawText(QPointF(left, column.center().y() + 4), words)
        if lane.sign:
            at = QPointF(left - _BADGE - 4, column.center().y() - 7)
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(at, badge(lane.sign, self.theme, _BADGE - 1, ratio))

    def sample(self, painter: QPainter, frame: QRectF) -> None:
        """Paint a lane for the legend."""
        for left, right, high in ((0.0, 0.4, 0.4), (0.4, 0.75, 0.75), (0.75, 1.0, 0.4)):
            top, wide = frame.bottom() - high * frame.height(), (right - left) * frame.width()
            rect = QRectF(frame.left() + left * frame.width(), top, wide, high * frame.height())
            painter.fillRect(rect, self.held)
        painter.setPen(self.there)
        painter.drawLine(QLineF(frame.left(), frame.top() + 1.5, frame.right(), frame.top() + 1.5))

    def ring(self, painter: QPainter, rect: QRectF) -> None:
        """Ring the entry at which the keys are."""
        painter.setPen(QPen(QColor(self.theme.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)


def name_lines(thing: Thing, code: str, room: float) -> tuple[int, tuple[str, ...]]:
    """Give the size and the lines in which a thing is named beside its lane.

    Its name on one line or on two, else its id, else a short code; wherever it is named, it is so.
    """
    name = lane_name(thing)
    if width(name, SMALL, 500) <= room:
        return SMALL, (name,)
    words = name.split()
    for at in range(len(words) - 1, 0, -1):
        lines = " ".join(words[:at]), " ".join(words[at:])
        if all(width(line, TINY, 500) <= room for line in lines):
            return TINY, lines
    size = next((s for s in (SMALL, TINY) if width(thing.id, s, 500) <= room), SMALL)
    return size, (fitting((thing.id, code), room, size, 500),)


def _polygon(painter: QPainter, corners: list[QPointF], foot: float) -> None:
    """Fill what lies under some corners, down to the foot."""
    if corners:
        ends = QPointF(corners[0].x(), foot), QPointF(corners[-1].x(), foot)
        painter.drawPolygon(QPolygonF([ends[0], *corners, ends[1]]))
