"""How long a case may last: the distribution of its duration as bars, with its mean as a line."""

from itertools import pairwise
from math import log
from statistics import NormalDist
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from planner.cases import Case, Duration, Procedure
from planner.problem import Problem
from planner.words import minutes
from ui.window.look.type import TINY, font, width
from ui.window.workbench import Workbench

BARS: Final = 12
_FOOT: Final = 16
_ENDS: Final = (0.005, 0.985)
"""Shares of cases from which to which the bars go; the longest few would make them narrow."""


def duration_of(problem: Problem, record: Any) -> Duration | None:
    """Give the distribution of a case or procedure; None where it has none."""
    if isinstance(record, Case):
        known = (each.shift for each in problem.procedures if each.id == record.procedure)
        shift = next(known, 0)
    elif isinstance(record, Procedure):
        shift = record.shift
    else:
        return None
    if not record.deviation or record.mean <= shift:
        return None
    return Duration(mean=record.mean, deviation=record.deviation, shift=shift)


def bars(duration: Duration) -> tuple[float, float, list[float]]:
    """Give the ends of the bars in minutes, and the share of cases in each."""
    low, high = (duration.quantile(share) for share in _ENDS)
    normal = NormalDist(duration.mu, duration.sigma)
    at = [low + (high - low) * place / BARS for place in range(BARS + 1)]
    up_to = [normal.cdf(log(max(each - duration.shift, 1e-9))) for each in at]
    return low, high, [after - before for before, after in pairwise(up_to)]


class Durations(QWidget):
    """The bars, and in words what they say for those who do not see them."""

    def __init__(self, bench: Workbench, duration: Duration) -> None:
        super().__init__()
        self.bench, self.duration = bench, duration
        self.words = bench.say(
            "detail.durations.told",
            median=minutes(duration.quantile(0.5)),
            most=minutes(duration.quantile(0.9)),
        )
        self.setAccessibleName(self.words)
        self.setFixedHeight(84)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As in the pictures."""
        return QSize(220, 84)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint bars, the mean, and minutes under both ends."""
        painter, theme = QPainter(self), self.bench.theme
        low, high, shares = bars(self.duration)
        room = QRectF(0, 2, self.width(), self.height() - _FOOT - 2)
        wide, most = room.width() / BARS, max(shares)
        fill = QColor(theme.accent)
        fill.setAlphaF(0.45)
        for place, share in enumerate(shares):
            tall = room.height() * share / most
            left = room.left() + place * wide
            painter.fillRect(QRectF(left + 1, room.bottom() - tall, wide - 2, tall), fill)
        x = room.left() + room.width() * (self.duration.mean - low) / (high - low)
        painter.setPen(QPen(QColor(theme.own), 2))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setPen(QColor(theme.hint))
        painter.setFont(font(TINY))
        foot = self.height() - 4
        last = minutes(high)
        painter.drawText(QPointF(0, foot), minutes(low))
        painter.drawText(QPointF(room.right() - width(last, TINY), foot), last)
        mean = minutes(self.duration.mean)
        middle = min(max(x - width(mean, TINY) / 2, width(minutes(low), TINY) + 6),
                     room.right() - width(last, TINY) - width(mean, TINY) - 6)  # fmt: skip
        painter.drawText(QPointF(middle, foot), mean)
        painter.end()
