"""The two headers of the theatre board: hours (and days) above it, names of theatres at its left."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from planner.words import clock
from planner.words import day as write_day
from ui.window.boards.past_days import past_brush
from ui.window.look.type import BODY, ROOM, SMALL, TINY, fitting, font, width

if TYPE_CHECKING:
    from ui.window.boards.theatre_view import TheatreView

DAY_HEIGHT, WEEK_HEIGHT, NAMES = 22, 40, 75
_TWO_LINES = 30


class TimeHeader(QWidget):
    """Hours of a day, or days of a week; a click on a day opens it."""

    chosen = Signal(int)
    """A day, by its number."""

    def __init__(self, view: "TheatreView") -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give the height that the hours need."""
        return QSize(100, WEEK_HEIGHT if self.view.layout_.week else DAY_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint hours and days."""
        theme, layout = self.view.bench.theme, self.view.layout_
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.side))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.translate(-self.view.horizontalOffset(), 0)
        self._past(painter)
        dates = self.dates() if layout.coarse else {}
        for place, day in enumerate(layout.days):
            if layout.coarse:
                self._narrow_day(painter, place, day, dates.get(day, ""))
                continue
            if layout.week:
                self._day(painter, place, day)
            self._hours(painter, place)
        painter.end()

    def _past(self, painter: QPainter) -> None:
        """Hatch the days that are over."""
        theme, layout, until = self.view.bench.theme, self.view.layout_, self.view.painter_.past
        for place, day in enumerate(layout.days):
            if day < until:
                wide = layout.column if layout.week else max(layout.width, self.width())
                box = QRectF(place * layout.column, 0, wide, self.height() - 1)
                painter.fillRect(box, past_brush(theme, theme.side))

    def _narrow_day(self, painter: QPainter, place: int, day: int, words: str) -> None:
        """Paint one of many days: its date, and over the first of a week the number of that week."""
        theme, layout = self.view.bench.theme, self.view.layout_
        outcome, bench = self.view.model_.scene.outcome, self.view.bench
        if outcome is None:
            return
        horizon, x = outcome.problem.horizon, place * layout.column
        monday = horizon.monday(day)
        begins = place == 0 or horizon.monday(layout.days[place - 1]) != monday
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(x, 0 if begins else self.height() - 20), QPointF(x, self.height()))
        if begins:
            there = sum(horizon.monday(each) == monday for each in layout.days)
            number = horizon.iso_week(day)[1]
            week = bench.say("theatre.week_number", week=number)
            painter.setPen(QColor(theme.ink))
            painter.setFont(font(SMALL, 600))
            room = there * layout.column - 10
            told = fitting((week, str(number)), room, SMALL, 600)
            painter.drawText(QPointF(x + 6, 14), told)
        painter.setPen(QColor(theme.ink2))
        painter.setFont(font(TINY))
        middle = x + (layout.column - width(words, TINY)) / 2
        painter.drawText(QPointF(middle, self.height() - 7), words)

    def _hours(self, painter: QPainter, place: int) -> None:
        theme, layout = self.view.bench.theme, self.view.layout_
        painter.setPen(QColor(theme.hint if layout.week else theme.ink2))
        painter.setFont(font(TINY if layout.week else SMALL))
        size = TINY if layout.week else SMALL
        widest = width("00" if layout.week else clock(1080), size) + 12
        for hour in layout.hours(widest):
            words = str(hour // 60) if layout.week else clock(hour)
            x = layout.x(place, hour) - width(words, size) / 2
            painter.drawText(QPointF(x, self.height() - 7), words)

    def _day(self, painter: QPainter, place: int, day: int) -> None:
        theme, layout = self.view.bench.theme, self.view.layout_
        outcome = self.view.model_.scene.outcome
        if outcome is None:
            return
        x = place * layout.column
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        words = write_day(outcome.problem.horizon.date(day), self.view.bench.lang, "short")
        painter.setPen(QColor(theme.ink))
        painter.setFont(font(BODY, 600))
        painter.drawText(QPointF(x + 8, 15), fitting((words,), layout.column - 12, BODY, 600))
        told = self.fills().get(day, "")
        painter.setPen(QColor(theme.ink2))
        painter.setFont(font(SMALL))
        painter.drawText(QPointF(x + layout.column - 8 - width(told, SMALL), 15), told)

    def dates(self) -> Mapping[int, str]:
        """Give the dates of many days, all in the same form: the fullest that fits on every day."""
        bench, layout = self.view.bench, self.view.layout_
        outcome = self.view.model_.scene.outcome
        forms: tuple[list[str], ...] = ([], [], [], [])
        if outcome is None:
            return {}
        for day in layout.days:
            date = outcome.problem.horizon.date(day)
            weekday = bench.say(f"date.weekday.short.{date.weekday()}")
            forms[0].append(write_day(date, bench.lang, "short"))
            forms[1].append(f"{weekday} {date.day}")
            forms[2].append(f"{weekday[:2]} {date.day}")
            forms[3].append(str(date.day))
        room = layout.column - 6
        found = next((f for f in forms if all(width(w, TINY) <= room for w in f)), forms[-1])
        return dict(zip(layout.days, found, strict=True))

    def fills(self) -> Mapping[int, str]:
        """Say how full days are, all in the same words: as many as fit on every one of them."""
        say, lang = self.view.bench.say, self.view.bench.lang
        layout, outcome = self.view.layout_, self.view.model_.scene.outcome
        found = {day: fill for day in layout.days if (fill := self._fill(day)) is not None}
        if outcome is None:
            return {}
        rooms = {
            day: layout.column
            - width(write_day(outcome.problem.horizon.date(day), lang, "short"), BODY, 600)
            - 24
            for day in found
        }
        for message in ("theatre.day_fill", "board.fill"):
            told = {day: say(message, fill=fill) for day, fill in found.items()}
            if all(width(words, SMALL) <= rooms[day] for day, words in told.items()):
                return told
        return {}

    def _fill(self, day: int) -> int | None:
        """Give how full the sessions of a day are, in per cent."""
        board = self.view.model_.scene.board
        rows = next((each.rows for each in board.days if each.day == day), ())
        bands = [b for row in rows for b in row.bands if not b.session.closed]
        offered = sum(band.minutes for band in bands)
        used = sum(band.fill * band.minutes for band in bands)
        return round(used / offered) if offered else None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open a day of a week."""
        layout = self.view.layout_
        if layout.week and event.button() == Qt.MouseButton.LeftButton:
            x = event.position().x() + self.view.horizontalOffset()
            self.chosen.emit(layout.days[layout.day_at(x)])


class NameHeader(QWidget):
    """The theatres, one below the other."""

    def __init__(self, view: "TheatreView") -> None:
        super().__init__(view)
        self.view = view

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the names that are in view."""
        theme, layout = self.view.bench.theme, self.view.layout_
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.side))
        offset = self.view.verticalOffset()
        for row in layout.rows(offset, offset + self.height()):
            theatre = layout.theatres[row]
            frame = QRectF(0, layout.tops[row] - offset, self.width(), layout.high(row))
            self._name(painter, frame, str(theatre.id), (theatre.name, theatre.suite))
            painter.setPen(QColor(theme.grid))
            painter.drawLine(frame.bottomLeft(), frame.bottomRight())
        painter.setPen(QColor(theme.line))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

    def _name(self, painter: QPainter, frame: QRectF, id: str, names: tuple[str, ...]) -> None:
        theme = self.view.bench.theme
        room = frame.width() - 14
        names = tuple(name for name in names if name != id)
        low = frame.height() < _TWO_LINES
        second = "" if low else fitting(names, room, TINY)
        middle = frame.center().y()
        painter.setPen(QColor(theme.ink))
        size = next((s for s in (ROOM, BODY, TINY) if width(id, s, 600) <= room), TINY)
        painter.setFont(font(size, 600))
        painter.drawText(QPointF(8, middle - 2 if second else middle + 5), id)
        painter.setPen(QColor(theme.ink2))
        painter.setFont(font(TINY))
        if second:
            painter.drawText(QPointF(8, middle + 12), second)
        elif low:
            left = 8 + width(id, size, 600) + 6
            words = fitting(names, frame.width() - left - 4, TINY)
            painter.drawText(QPointF(left, middle + 5), words)
