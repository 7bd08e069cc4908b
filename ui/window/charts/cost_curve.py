"""The cost curve of a run: what the best plan costs over the seconds, above what none can go under."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from planner.words import number
from ui.window.look.type import TINY, font, width
from ui.window.run import Point, Run
from ui.window.workbench import Workbench

_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 10, 20
_GAP = 6
_FAR = 2
_QUARTERS, _HALVES, _ENDS = (0.0, 0.25, 0.5, 0.75, 1.0), (0.0, 0.5, 1.0), (0.0, 1.0)


class Curve(NamedTuple):
    """What is drawn: plans, bounds, how far the seconds go, and where the run is now."""

    plans: tuple[Point, ...] = ()
    bounds: tuple[Point, ...] = ()
    seconds: float = 60.0
    now: float = 0.0

    @classmethod
    def of(cls, run: Run) -> "Curve":
        """Give what a run has found and proven; what it leaves as it is costs nothing here."""
        bounds: Sequence[Point] = run.bound_curve
        if run.bound is not None and not bounds:
            bounds = (Point(0.0, run.bound),)
        rest = run.rest if run.alone and not run.of_facts else 0
        found, proven = (
            tuple(Point(each.seconds, each.cost - rest) for each in points)
            for points in (run.curve, bounds)
        )
        return cls(found, proven, run.seconds, run.spent)

    @property
    def rises(self) -> bool:
        """Whether a plan costs more than the one before: it breaks less that must be kept."""
        return any(after.cost > before.cost for before, after in pairwise(self.plans))


class CostCurve(QWidget):
    """A solid line with a dot a plan, and the bound as a dashed one; both are labelled."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.curve = Curve()
        self.setMinimumHeight(120)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As in the pictures."""
        return QSize(290, 160)

    def show_curve(self, curve: Curve) -> None:
        """Draw another curve, and say it in words for those who do not see it."""
        if curve != self.curve:
            self.curve = curve
            self.setAccessibleName(self.words())
            self.update()

    def words(self) -> str:
        """Say in a sentence what the curve shows."""
        say, plans = self.bench.say, self.curve.plans
        if not plans:
            return say("curve.empty")
        told = say(
            "curve.plans",
            n=len(plans),
            first=self._number(plans[0].cost),
            last=self._number(plans[-1].cost),
            seconds=round(plans[-1].seconds),
        )
        if self.curve.bounds:
            told += " " + say("curve.bound", bound=self._number(self.curve.bounds[-1].cost))
        if self.curve.rises:
            told += " " + say("curve.rising")
        return told

    def _number(self, cost: int) -> str:
        return number(cost, self.bench.lang)

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it all: it is small."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRectF(self.rect()))
        painter.end()

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the curve into a rectangle."""
        theme = self.bench.theme
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("paper"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(font(TINY))
        low, high, step = scale(self._costs())
        marks = range(low, high + 1, step)
        left = rect.left() + _LEFT + max(width(self._number(mark), TINY) for mark in marks) + _GAP
        inside = QRectF(left, rect.top() + _TOP, 0, 0)
        inside.setRight(rect.right() - _RIGHT - self._room())
        inside.setBottom(rect.bottom() - _BOTTOM)
        place = Place(inside, self._until(), low, high)
        self._axes(painter, rect, place, marks)
        self._lines(painter, place)

    def _costs(self) -> list[int]:
        """Give the costs that the axis is made for: plans that cost far more stay at its top."""
        plans = [point.cost for point in self.curve.plans]
        near = [cost for cost in plans if cost <= _FAR * plans[-1]]
        return [*near, *(point.cost for point in self.curve.bounds[-1:])]

    def _until(self) -> float:
        return max(self.curve.seconds, self.curve.now, 1.0)

    def _room(self) -> float:
        """Give the room that the labels need at the right."""
        return max((width(words, TINY, 600) for words, _, _ in self._labels()), default=0.0) + 4

    def _labels(self) -> list[tuple[str, int, str]]:
        found, say = [], self.bench.say
        if self.curve.plans:
            cost = self.curve.plans[-1].cost
            found.append((say("curve.found", cost=self._number(cost)), cost, "accent"))
        if self.curve.bounds:
            cost = self.curve.bounds[-1].cost
            found.append((say("curve.limit", cost=self._number(cost)), cost, "ink2"))
        return found

    def _axes(self, painter: QPainter, rect: QRectF, place: "Place", marks: Sequence[int]) -> None:
        theme, inside = self.bench.theme, place.inside
        for mark in marks:
            y = place.y(mark)
            painter.setPen(QPen(theme.colour("grid"), 1))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            painter.setPen(theme.colour("hint"))
            box = QRectF(rect.left(), y - 7, inside.left() - _GAP - rect.left(), 14)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, self._number(mark))
        painter.setPen(theme.colour("hint"))
        for x, words in self.times(place):
            painter.drawText(QPointF(x, rect.bottom() - 6), words)

    def times(self, place: "Place") -> list[tuple[float, str]]:
        """Give the moments along the foot and where they begin: as many as stand clear of each other."""
        until, inside, found = self._until(), place.inside, list[tuple[float, str]]()
        for shares in (_QUARTERS, _HALVES, _ENDS) if until % 4 == 0 else (_HALVES, _ENDS):
            found, end = [], inside.left() - _GAP
            for share in shares:  # round numbers only
                words = self.bench.say("curve.seconds", n=round(until * share))
                wide = width(words, TINY)
                x = min(
                    max(place.x(until * share) - wide / 2, inside.left()), inside.right() - wide
                )
                if x < end + _GAP:
                    break
                found.append((x, words))
                end = x + wide
            if len(found) == len(shares):
                break
        return found

    def _lines(self, painter: QPainter, place: "Place") -> None:
        theme = self.bench.theme
        self._ground(painter, place)
        self._step(painter, place, self.curve.bounds, theme.colour("ink2"), dashed=True)
        self._step(painter, place, self.curve.plans, theme.colour("accent"), dashed=False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        for point in self.curve.plans:
            painter.drawEllipse(QPointF(place.x(point.seconds), place.y(point.cost)), 2.6, 2.6)
        painter.setFont(font(TINY, 600))
        taken: list[float] = []
        for words, cost, token in self._labels():
            y = place.y(cost)
            while any(abs(y - other) < 13 for other in taken):
                y += 13 if y < place.inside.bottom() - 13 else -13
            taken.append(y)
            painter.setPen(theme.colour(token))
            painter.drawText(QPointF(place.inside.right() + 4, y + 4), words)

    def _ground(self, painter: QPainter, place: "Place") -> None:
        """Tint what lies under the plans, and mark where the run is now."""
        plans, inside, theme = self.curve.plans, place.inside, self.bench.theme
        if not plans:
            return
        path, now = self._path(place, plans), place.x(max(self.curve.now, plans[-1].seconds))
        path.lineTo(QPointF(now, inside.bottom()))
        path.lineTo(QPointF(place.x(plans[0].seconds), inside.bottom()))
        tint = QColor(theme.colour("accent"))
        tint.setAlphaF(0.10)
        painter.fillPath(path, tint)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(now, inside.top()), QPointF(now, inside.bottom()))

    def _path(self, place: "Place", points: tuple[Point, ...]) -> QPainterPath:
        """Give a line from point to point, up to now."""
        path = QPainterPath(QPointF(place.x(points[0].seconds), place.y(points[0].cost)))
        for before, here in pairwise(points):
            path.lineTo(QPointF(place.x(here.seconds), place.y(before.cost)))
            path.lineTo(QPointF(place.x(here.seconds), place.y(here.cost)))
        now = max(self.curve.now, points[-1].seconds)
        path.lineTo(QPointF(place.x(now), place.y(points[-1].cost)))
        return path

    def _step(
        self,
        painter: QPainter,
        place: "Place",
        points: tuple[Point, ...],
        colour: QColor,
        *,
        dashed: bool,
    ) -> None:
        """Draw a line that goes level until the next point."""
        if not points:
            return
        path = self._path(place, points)
        pen = QPen(colour, 1.6)
        if dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


class Place:
    """Seconds and costs as pixels."""

    def __init__(self, inside: QRectF, seconds: float, low: int, high: int) -> None:
        self.inside, self.seconds, self.low, self.high = inside, seconds, low, high

    def x(self, seconds: float) -> float:
        """Give where a moment is."""
        share = min(max(seconds / self.seconds, 0.0), 1.0)
        return self.inside.left() + self.inside.width() * share

    def y(self, cost: float) -> float:
        """Give where a cost is; one that is far too high stays at the top."""
        share = (cost - self.low) / max(self.high - self.low, 1)
        return self.inside.bottom() - self.inside.height() * min(max(share, 0.0), 1.0)


def scale(costs: Sequence[int]) -> tuple[int, int, int]:
    """Give the ends and the step of an axis of round numbers for some costs.

    >>> scale([1246, 1690])
    (1200, 1700, 100)
    >>> scale([])
    (0, 4, 1)
    """
    low, high = (min(costs), max(costs)) if costs else (0, 4)
    rough = max((high - low) / 5, 1.0)
    power = 10.0 ** floor(log10(rough))
    step = int(next(power * each for each in (1, 2, 5, 10) if power * each >= rough - 1e-9))
    first = low // step * step
    last = max(ceil(high / step) * step, first + step)
    return first, last, step
