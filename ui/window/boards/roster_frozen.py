"""What stays in place around the duties of a roster: dates, cover rows, names with hours and balance."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from planner.boards.roster import Cover
from planner.words import MINUS, say
from ui.window.boards.roster_model import CoverModel, PeopleModel
from ui.window.boards.roster_painter import Frame, ground
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_words import balance, hours, need_words
from ui.window.look.signs import paint_badge
from ui.window.look.type import BODY, SMALL, TINY, fitting, font, width
from ui.window.workbench import Workbench

HOURS, BALANCE = 46, 46
WEEKS, HEAD, COVER = 15, 50, 18
FAR: Final = 600
"""Minutes off the contract from which a balance is written in colour."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def plain(table: QTableView) -> None:
    """Make a table that we paint: no scroll bars, no frame, fixed sizes."""
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.setShowGrid(False)
    table.setCornerButtonEnabled(False)
    table.setTabKeyNavigation(False)
    for header in (table.horizontalHeader(), table.verticalHeader()):
        header.setMinimumSectionSize(4)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def frame_of(table: QTableView, days: int) -> Frame:
    """Give where the rows and columns of a table lie in its viewport."""
    header = table.horizontalHeader()
    off = header.offset()
    lefts = [header.sectionPosition(day) - off for day in range(days)]
    end = header.length() - off
    height = table.verticalHeader().defaultSectionSize()
    return Frame([*lefts, end], -table.verticalOffset(), height)


class Dates(QHeaderView):
    """Weeks and months, weekday letters and numbers of days, and the line of what is published."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.bench = bench
        self.here: tuple[int, int] | None = None
        """The days that are selected."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines."""
        return QSize(super().sizeHint().width(), HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what is shown of the dates."""
        model = self.model()
        sheet = model.sheet if isinstance(model, CoverModel) else None
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self.bench.theme.side))
        if sheet is None:
            return
        off = self.offset()
        for day in sheet.days:
            left, wide = self.sectionPosition(day) - off, self.sectionSize(day)
            if left + wide >= event.rect().left() and left <= event.rect().right():
                self._day(painter, sheet, day, QRect(left, WEEKS, wide, HEAD - WEEKS))
        self._weeks(painter, sheet, off)
        painter.end()

    def _day(self, painter: QPainter, sheet: Sheet, day: int, box: QRect) -> None:
        theme, horizon = self.bench.theme, sheet.problem.horizon
        if day in sheet.off:
            painter.fillRect(box, QColor(theme.weekend))
        if self.here is not None and self.here[0] <= day <= self.here[1]:
            painter.fillRect(box, QColor(theme.accent_soft))
        monday = horizon.weekday(day) == 0
        painter.setPen(QColor(theme.line if monday else theme.grid))
        painter.drawLine(box.left() - 1, box.top(), box.left() - 1, box.bottom())
        number = str(horizon.date(day).day)
        size = SMALL if width(number, SMALL, 600) <= box.width() - 2 else TINY
        if width(number, size, 600) <= box.width() or monday:
            painter.setPen(QColor(theme.hint))
            painter.setFont(font(TINY))
            letter = self.bench.say(f"board.weekday.{horizon.weekday(day)}")
            painter.drawText(box.adjusted(0, 1, 0, -19), Qt.AlignmentFlag.AlignCenter, letter)
            painter.setPen(QColor(theme.ink))
            painter.setFont(font(size, 600))
            painter.drawText(box.adjusted(0, 14, 0, -4), Qt.AlignmentFlag.AlignCenter, number)
        self._line(painter, box, published=day in sheet.published)

    def _line(self, painter: QPainter, box: QRect, *, published: bool) -> None:
        y = box.bottom() - 1
        if published:
            painter.fillRect(box.left(), y - 1, box.width(), 3, QColor(self.bench.theme.accent))
        else:
            for x in range(box.left() + 1, box.right(), 7):
                painter.fillRect(x, y, 4, 2, QColor(self.bench.theme.turn))

    def _weeks(self, painter: QPainter, sheet: Sheet, off: int) -> None:
        horizon, theme = sheet.problem.horizon, self.bench.theme
        starts = [day for day in sheet.days if day == 0 or horizon.weekday(day) == 0]
        painter.setFont(font(TINY, 500))
        for first, stop in zip(starts, [*starts[1:], sheet.days.stop], strict=True):
            left = max(0, self.sectionPosition(first) - off)
            end = self.sectionPosition(stop - 1) + self.sectionSize(stop - 1) - off
            if end <= 0 or left > self.viewport().width():
                continue
            painter.setPen(QColor(theme.line))
            painter.drawLine(left - 1, 0, left - 1, WEEKS)
            words = week_words(sheet, first, self.bench.lang)
            painter.setPen(QColor(theme.hint))
            box = QRectF(left + 4, 1, end - left - 5, WEEKS - 1)
            painter.drawText(box, _LEFT, fitting(words, box.width(), TINY, 500))


def week_words(sheet: Sheet, day: int, lang: str) -> tuple[str, ...]:
    """Give the ladder of a week's name: number with month and year, with month, number alone."""
    horizon = sheet.problem.horizon
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


class Posts(QHeaderView):
    """The names of the posts, and what each needs."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.bench = bench
        self.wide = 174

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the frozen columns."""
        return QSize(self.wide, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:  # noqa: N802 - Qt's name
        """Paint one post."""
        model, theme = self.model(), self.bench.theme
        painter.fillRect(rect, QColor(theme.side))
        if not isinstance(model, CoverModel) or model.sheet is None:
            return
        post = model.sheet.posts[number]
        need = need_words(post, self.bench.lang)
        inside = QRectF(rect).adjusted(8, 0, -6, 0)
        room = inside.width() - width(need, SMALL) - 8
        painter.setPen(QColor(theme.ink))
        painter.setFont(font(SMALL, 500))
        label = fitting((post.label,), room if need else inside.width(), SMALL, 500)
        if not label:  # the need can be read in the cells as well
            label, need = fitting((post.label, post.label[:12]), inside.width(), SMALL, 500), ""
        painter.drawText(inside, _LEFT, label)
        painter.setPen(QColor(theme.hint))
        painter.setFont(font(SMALL))
        painter.drawText(inside, _RIGHT, need)


class CoverTable(QTableView):
    """The frozen rows under the dates: what each post needs and has."""

    def __init__(self, bench: Workbench, model: CoverModel) -> None:
        super().__init__()
        self.bench = bench
        self.dates, self.posts = Dates(bench, self), Posts(bench, self)
        self.setHorizontalHeader(self.dates)
        self.setVerticalHeader(self.posts)
        self.setModel(model)
        plain(self)
        self.posts.setDefaultSectionSize(COVER)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.here: tuple[int, int] | None = None
        """The post and day that is selected."""
        self.corner = Corner(bench, self)

    def fit(self, rows: int) -> None:
        """Show so many rows; the others are scrolled to."""
        self.setFixedHeight(HEAD + COVER * rows + (1 if rows else 0))
        self.corner.setGeometry(0, 0, self.posts.wide, HEAD)
        self.corner.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the numbers that are shown."""
        model = self.model()
        assert isinstance(model, CoverModel)
        painter = QPainter(self.viewport())
        theme, sheet = self.bench.theme, model.sheet
        if sheet is None:
            painter.fillRect(event.rect(), QColor(theme.paper))
            return
        frame = frame_of(self, len(sheet.days))
        columns = frame.columns(event.rect())
        bottom = frame.top + len(sheet.posts) * frame.height
        ground(painter, sheet, theme, frame, event.rect(), columns, bottom)
        for row in frame.rows(event.rect(), len(sheet.posts)):
            for day in columns:
                cover = sheet.posts[row].days.get(day)
                if cover is not None:
                    self._cell(painter, frame.box(row, day, day), cover)
        painter.setPen(QPen(QColor(theme.ctl), 1))
        painter.drawLine(
            0, self.viewport().height() - 1, frame.lefts[-1], self.viewport().height() - 1
        )
        if self.here is not None:
            self._ring(painter, frame)
        painter.end()

    def _cell(self, painter: QPainter, box: QRectF, cover: Cover) -> None:
        theme, state = self.bench.theme, cover.state
        words = f"{MINUS}{-cover.off}" if cover.off < 0 else f"+{cover.off}" if cover.off else ""
        painter.setFont(font(SMALL, 600 if state in ("short", "thin") else 400))
        tokens = {"short": theme.on_accent if theme.dark else "#FFFFFF", "thin": theme.soft}
        tokens |= {"met": theme.hint, "over": theme.better}
        if state == "short":
            painter.fillRect(box.adjusted(0.5, 1, -1.5, -1), QColor(theme.hard))
        painter.setPen(QColor(tokens[state]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words or str(cover.there))

    def _ring(self, painter: QPainter, frame: Frame) -> None:
        assert self.here is not None
        row, day = self.here
        painter.setPen(QPen(QColor(self.bench.theme.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.box(row, day, day).adjusted(1, 1, -1, -1))


class Corner(QWidget):
    """The titles of the frozen columns, beside the dates."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint three titles."""
        painter, theme = QPainter(self), self.bench.theme
        painter.fillRect(self.rect(), QColor(theme.side))
        painter.setPen(QColor(theme.ink2))
        painter.setFont(font(SMALL, 600))
        line = QRectF(0, HEAD - 24, self.width(), 16)
        painter.drawText(line.adjusted(8, 0, 0, 0), _LEFT, self.bench.say("board.person"))
        right = line.adjusted(0, 0, -BALANCE - 4, 0)
        painter.drawText(right, _RIGHT, self.bench.say("board.hours"))
        painter.drawText(line.adjusted(0, 0, -4, 0), _RIGHT, self.bench.say("board.balance"))
        painter.end()


class PeopleTable(QTableView):
    """The frozen columns: who, how many hours, how far off the contract."""

    def __init__(self, bench: Workbench, model: PeopleModel) -> None:
        super().__init__()
        self.bench = bench
        self.setModel(model)
        plain(self)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.here: frozenset[int] = frozenset()
        """The rows that are selected."""

    def fit(self, name: int) -> None:
        """Give the columns their widths."""
        for column, wide in enumerate((name, HOURS, BALANCE)):
            self.setColumnWidth(column, wide)
        self.setFixedWidth(name + HOURS + BALANCE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows that are shown."""
        model = self.model()
        assert isinstance(model, PeopleModel)
        painter, sheet = QPainter(self.viewport()), model.sheet
        painter.fillRect(event.rect(), QColor(self.bench.theme.side))
        if sheet is not None:
            frame = frame_of(self, 3)
            for row in frame.rows(event.rect(), len(sheet.people)):
                self._row(painter, frame, sheet, row)
        painter.end()

    def _row(self, painter: QPainter, frame: Frame, sheet: Sheet, number: int) -> None:
        theme, row, lang = self.bench.theme, sheet.row(number), self.bench.lang
        whole = frame.box(number, 0, 2)
        if number in self.here:
            painter.fillRect(whole, QColor(theme.accent_soft))
            painter.fillRect(QRectF(0, whole.top(), 3, whole.height()), QColor(theme.focus))
        thick = number in sheet.breaks
        painter.setPen(QPen(QColor(theme.ctl if thick else theme.grid), 1.4 if thick else 1))
        painter.drawLine(QPointF(0, whole.top() - 0.5), QPointF(whole.right(), whole.top() - 0.5))
        size = BODY if frame.height >= 17 else SMALL
        painter.setFont(font(size, 500))
        painter.setPen(QColor(theme.ink))
        name = frame.box(number, 0, 0).adjusted(8, 0, -2, 0)
        id = row.person.id
        painter.drawText(name, _LEFT, fitting((id, id[-8:]), name.width(), size, 500))
        painter.setFont(font(SMALL))
        painter.setPen(QColor(theme.ink2))
        painter.drawText(
            frame.box(number, 1, 1).adjusted(0, 0, -4, 0), _RIGHT, hours(row.minutes, lang)
        )
        far = abs(row.minutes - row.due) >= FAR
        if far:
            painter.setFont(font(SMALL, 600))
            painter.setPen(QColor(theme.worse))
        painter.drawText(frame.box(number, 2, 2).adjusted(0, 0, -4, 0), _RIGHT, balance(row, lang))
        if row.sign:
            centre = QPointF(name.right() - 5, whole.center().y())
            paint_badge(painter, row.sign, centre, theme, min(12, frame.height - 4))


def name_width(sheet: Sheet) -> int:
    """Give how wide the names are, with room for a badge."""
    widest = max((width(person.id, BODY, 500) for person in sheet.people), default=0)
    return max(84, min(170, round(widest) + 26))
