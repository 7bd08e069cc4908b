"""The header of a roster: weeks and months, weekdays, days, and the line of what is published."""

from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHeaderView, QWidget

from planner.boards.roster_published import Published
from planner.clock import Horizon
from planner.words import say
from ui.window.boards.past_days import past_brush
from ui.window.boards.roster_model import CoverModel
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_stamps import Stamps
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, fitting
from ui.window.workbench import Workbench

WEEKS, HEAD = 15, 50
"""Height of the line of weeks, and of all lines."""
WIDE = 19
"""Width from which each day has its number."""


class Dates(QHeaderView):
    """The dates over the cover rows."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.bench = bench
        self.stamps = Stamps(bench.theme, 1)
        self.here: tuple[int, int] | None = None
        """The days that are selected."""
        self._published = Published()
        self._known: object = None
        self._picture = QPixmap()

    def point_out(self, days: tuple[int, int] | None) -> None:
        """Mark the days that are selected."""
        if days == self.here:
            return
        for span in (self.here, days):
            if span is not None:
                left = self.sectionViewportPosition(span[0])
                end = self.sectionViewportPosition(span[1]) + self.sectionSize(span[1])
                self.viewport().update(QRect(left, WEEKS, end - left, HEAD - WEEKS))
        self.here = days

    def show_published(self, published: Published) -> None:
        """Paint the line again where other days are as they were published."""
        if published[:2] != self._published[:2]:
            self._published = published
            self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines."""
        return QSize(super().sizeHint().width(), HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay down the picture of the dates, made again where something differs."""
        model, ratio = self.model(), self.devicePixelRatioF()
        sheet = model.sheet if isinstance(model, CoverModel) else None
        painter = QPainter(self.viewport())
        if sheet is None:
            painter.fillRect(event.rect(), QColor(self.bench.theme.side))
        else:
            sizes = self.offset(), self.length(), self.count(), self.viewport().size()
            looks = self.bench.theme.name, self.bench.lang, ratio
            shown = self.here, sheet.published[:2], sheet.past, sheet.off, sheet.problem.horizon
            if self._known != (sizes, looks, shown):
                self._known = (sizes, looks, shown)
                self._picture = self._paint(sheet, ratio)
            painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _paint(self, sheet: Sheet, ratio: float) -> QPixmap:
        if not self.stamps.fits(self.bench.theme, ratio):
            self.stamps = Stamps(self.bench.theme, ratio)
        size, off = self.viewport().size(), self.offset()
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(self.bench.theme.side))
        painter = QPainter(made)
        for day in sheet.days:
            left, wide = self.sectionPosition(day) - off, self.sectionSize(day)
            if left + wide >= 0 and left <= size.width():
                self._day(painter, sheet, day, QRect(left, WEEKS, wide, HEAD - WEEKS))
        self._weeks(painter, sheet, off)
        painter.end()
        return made

    def _day(self, painter: QPainter, sheet: Sheet, day: int, box: QRect) -> None:
        theme, horizon = self.bench.theme, sheet.problem.horizon
        if day in sheet.off:
            painter.fillRect(box, QColor(theme.weekend))
        if day in sheet.past:
            painter.fillRect(
                box, past_brush(theme, theme.weekend if day in sheet.off else theme.side)
            )
        if self.here is not None and self.here[0] <= day <= self.here[1]:
            painter.fillRect(box, QColor(theme.accent_soft))
        monday = horizon.weekday(day) == 0
        line = QColor(theme.line if monday else theme.grid)
        painter.fillRect(box.left(), box.top(), 1, box.height(), line)
        letter, number = letters(self.bench.lang)[horizon.weekday(day)], str(horizon.date(day).day)
        high = QRectF(box.left(), box.top() + 1, box.width(), 14)
        low = QRectF(box.left(), box.top() + 14, box.width(), 16)
        self.stamps.centre(painter, high, letter, TINY, 400, theme.hint)
        if box.width() >= WIDE:
            self.stamps.centre(painter, low, number, SMALL, 600, theme.ink)
        elif monday or day == 0:  # one number a week where there is no room for more
            self.stamps.side(painter, low.adjusted(2, 0, 0, 0), number, SMALL, 600, theme.ink)
        band(painter, QRectF(box), sheet.state(day), theme)

    def _weeks(self, painter: QPainter, sheet: Sheet, off: int) -> None:
        horizon, theme = sheet.problem.horizon, self.bench.theme
        starts = [day for day in sheet.days if day == 0 or horizon.weekday(day) == 0]
        for first, stop in zip(starts, [*starts[1:], sheet.days.stop], strict=True):
            left = self.sectionPosition(first) - off
            end = self.sectionPosition(stop - 1) + self.sectionSize(stop - 1) - off
            left = max(0, left)
            if end <= 0 or left > self.viewport().width():
                continue
            painter.fillRect(left, 0, 1, WEEKS, QColor(theme.line))
            box = QRectF(left + 4, 1, end - left - 5, WEEKS - 1)
            words = fitting(week_words(horizon, first, self.bench.lang), box.width() - 2, TINY, 500)
            if words:
                self.stamps.side(painter, box, words, TINY, 500, theme.hint)


def band(painter: QPainter, box: QRectF, state: str, theme: Theme) -> None:
    """Paint the line at the foot of a day: whole as published, broken where it differs, dashed a draft."""
    y, left, wide = box.bottom() - 3, box.left(), box.width()
    if state == "draft":
        x = left + 1
        while x < box.right() - 1:
            painter.fillRect(QRectF(x, y + 1, min(4.0, box.right() - 1 - x), 2), QColor(theme.turn))
            x += 7
        return
    accent = QColor(theme.accent)
    if state == "published":
        painter.fillRect(QRectF(left, y, wide, 3), accent)
        return
    third = round(wide / 3)
    painter.fillRect(QRectF(left, y, third, 3), accent)
    painter.fillRect(QRectF(box.right() - third, y, third, 3), accent)


@cache
def letters(lang: str) -> tuple[str, ...]:
    """Give the letters of the weekdays, Monday first."""
    return tuple(say(f"board.weekday.{weekday}", lang) for weekday in range(7))


@lru_cache(maxsize=512)
def week_words(horizon: Horizon, day: int, lang: str) -> tuple[str, ...]:
    """Give the ladder of a week's name: number with month and year, with month, number alone."""
    date = horizon.date(day)
    week = say("roster.week", lang, week=horizon.iso_week(day)[1])
    month = say(f"date.month.long.{date.month}", lang)
    short = say(f"date.month.short.{date.month}", lang)
    return (
        f"{week} · {month} {date.year}",
        f"{week} · {month}",
        f"{week} · {short}",
        week,
        str(horizon.iso_week(day)[1]),
    )
