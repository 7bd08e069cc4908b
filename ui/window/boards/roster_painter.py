"""Paints the duties of a roster: ground, tiles, small marks, ghosts, runs of breaches, what is selected.

Only what a region shows is looked at; lines of a kind are drawn together.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from planner.boards.roster import Cell
from ui.window.boards.past_days import past_brush
from ui.window.boards.roster_sheet import Mark, Sheet
from ui.window.boards.roster_stamps import Stamps
from ui.window.boards.roster_strips import Strips
from ui.window.boards.roster_tiles import LOW, Tiles, ghost_ladder
from ui.window.look.signs import outline
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, fitting, font, width

BADGE = 11
UNPUBLISHED = 7
"""Side of the corner of a day that is another than the one published."""
FRAME = 4
"""What the dashed frame of a ghost takes of the width of its cell."""


class Frame(NamedTuple):
    """Where rows and columns lie in the viewport: left edges (one more than days), top, height."""

    lefts: Sequence[int]
    top: int
    height: int

    def rows(self, rect: QRect, count: int) -> range:
        """Give the rows that a rectangle shows, and one more at both ends for badges."""
        first = (rect.top() - self.top) // self.height - 1
        return range(max(0, first), min(count, (rect.bottom() - self.top) // self.height + 2))

    def columns(self, rect: QRect) -> range:
        """Give the columns that a rectangle shows."""
        last = len(self.lefts) - 1
        first = next((c for c in range(last) if self.lefts[c + 1] > rect.left()), last)
        stop = next((c for c in range(first, last) if self.lefts[c] > rect.right()), last)
        return range(first, stop)

    def box(self, row: int, first: int, last: int) -> QRectF:
        """Give the rectangle of some columns of a row."""
        left = self.lefts[first]
        return QRectF(left, self.top + row * self.height, self.lefts[last + 1] - left, self.height)


class RosterPainter:
    """Paints a sheet with the pictures of one theme and pixel ratio."""

    def __init__(self, theme: Theme, tiles: Tiles, stamps: Stamps) -> None:
        self.theme, self.tiles, self.stamps = theme, tiles, stamps
        self.ground = Ground(theme, stamps.ratio)
        self.strips = Strips()
        self._frame = Frame((0,), 0, 1)
        self.ghosts = False
        self.ghost_token = "ink2"  # noqa: S105 - the name of a colour
        """The colour of the other plan."""

    def paint(self, painter: QPainter, sheet: Sheet, frame: Frame, rect: QRect) -> None:
        """Paint what a rectangle shows."""
        self.sheet = sheet
        rows, columns = frame.rows(rect, len(sheet.people)), frame.columns(rect)
        bottom = frame.top + len(sheet.people) * frame.height
        self.wear(sheet, frame)
        for row in rows:
            top = frame.top + row * frame.height
            painter.drawPixmap(frame.lefts[0], top, self.picture(sheet, row))
        beyond = rect.adjusted(0, max(0, bottom - rect.top()), 0, 0)
        painter.fillRect(beyond, QColor(self.theme.paper))
        if rect.right() >= frame.lefts[-1]:
            right = QRect(frame.lefts[-1], rect.top(), rect.right() + 1, rect.height())
            painter.fillRect(right, QColor(self.theme.paper))
        self._breaks(painter, frame, rows)
        for row in rows:
            self._runs(painter, frame, row, columns)

    def wear(self, sheet: Sheet, frame: Frame) -> None:
        """Have rows of the widths and height of a frame."""
        left = frame.lefts[0]
        lefts = tuple(each - left for each in frame.lefts)
        kind = sheet.off, sheet.past, sheet.problem.horizon
        style = (lefts, *kind, self.ghosts, self.ghost_token)
        self.strips.wear(lefts[-1], frame.height, self.stamps.ratio, *style)
        self._frame = Frame(lefts, 0, frame.height)

    def picture(self, sheet: Sheet, row: int) -> QPixmap:
        """Give a row as a picture: ground, tiles, small marks."""
        face = sheet.face(row)
        return self.strips.strip(face.row.person.id, face, partial(self._whole, sheet, row))

    def _whole(self, sheet: Sheet, row: int, painter: QPainter) -> None:
        frame = self._frame._replace(top=-row * self._frame.height)
        self.ground.lay(painter, sheet, frame, range(row, row + 1), dots=True)
        self._tiles(painter, sheet, frame, row)

    def _breaks(self, painter: QPainter, frame: Frame, rows: range) -> None:
        for row in rows:
            if row in self.sheet.breaks:
                y = frame.top + row * frame.height - 1
                painter.fillRect(frame.lefts[0], y, frame.lefts[-1], 2, QColor(self.theme.ctl))

    def _tiles(self, painter: QPainter, sheet: Sheet, frame: Frame, row: int) -> None:
        face = sheet.face(row)
        lefts, height, cells = frame.lefts, frame.height, face.row.cells
        wished = {mark.column for mark in face.marks if mark.what in ("granted", "refused")}
        for column, key in face.tiles:
            left = lefts[column] + 1
            width = lefts[column + 1] - left - 1
            if self.ghosts and cells[column].before:
                width = max(8, width - 9)
            painter.drawPixmap(
                left, 1, self.tiles.tile(key, width, height - 3, wished=column in wished)
            )
        for mark in face.marks:
            self._mark(painter, frame, row, mark, cells[mark.column])

    def _mark(self, painter: QPainter, frame: Frame, row: int, mark: Mark, cell: Cell) -> None:
        box = frame.box(row, mark.column, mark.column)
        theme = self.theme
        if mark.what == "fixed":
            bar = QRectF(box.center().x() - 5, box.bottom() - 4.5, 10, 2)
            key = self.tiles.tones[cell.tone].ink if cell.shifts else QColor(theme.ink)
            painter.fillRect(bar, key)
        elif mark.what == "unpublished":
            paint_unpublished(painter, box.bottomRight() - QPointF(1, 2), theme)
        elif mark.what == "changed":
            if self.ghosts:
                self._ghost(painter, box, cell)
            corner = [box.topLeft() + QPointF(1, 1), box.topLeft() + QPointF(7, 1)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.own))
            painter.drawPolygon(QPolygonF([*corner, box.topLeft() + QPointF(1, 7)]))
        else:
            low = frame.height - 3 < LOW
            painter.drawPixmap(box.topLeft(), self.stamps.wish(mark.what, low=low))

    def _ghost(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        """Paint what the other plan has: a dashed frame, its letter at the right."""
        ink = self.theme.colour(self.ghost_token)
        pen = QPen(ink, 1.3)
        pen.setDashPattern([3, 2])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -2), 3, 3)
        words = "+".join(cell.before or ())
        if words:
            place = box.adjusted(box.width() - 11, 0, -1, 0) if cell.shifts else box
            room = place.width() - (0 if cell.shifts else FRAME)
            ladder = ghost_ladder(words, self.tiles.shifts)
            sizes = (TINY,) if cell.shifts else (SMALL, TINY)
            size = next((each for each in sizes if width(words, each, 500) <= room), TINY)
            painter.setFont(font(size, 500, italic=True))
            shown = fitting(ladder, room, size, 500)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _runs(self, painter: QPainter, frame: Frame, row: int, columns: range) -> None:
        runs = self.sheet.face(row).outlines
        if not runs or not columns:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        last_day = len(frame.lefts) - 2
        for first, last, sign in runs:
            if first < columns.stop and last >= columns.start:
                box = frame.box(row, first, min(last, last_day))
                painter.setPen(outline(sign, self.theme))
                painter.drawRoundedRect(box.adjusted(1, 0.5, -1, -1.5), 3, 3)
                self.stamps.pin(painter, sign, QPointF(box.right() - 2, box.top() + 1), BADGE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_unpublished(painter: QPainter, corner: QPointF, theme: Theme) -> None:
    """Paint the corner of a day that is another than the one published."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.paper), 1))
    painter.setBrush(QColor(theme.accent))
    size = UNPUBLISHED
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(size, 0), corner - QPointF(0, size)]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class Ground:
    """The ground of a row as a picture: paper, days off, lines between days, a dot for each day off."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme, self.ratio = theme, ratio
        self._key: tuple[object, ...] = ()
        self._made = QPixmap()

    def lay(
        self, painter: QPainter, sheet: Sheet, frame: Frame, rows: range, *, dots: bool
    ) -> None:
        """Lay the ground of some rows."""
        left, wide = frame.lefts[0], frame.lefts[-1] - frame.lefts[0]
        lefts = tuple(each - left for each in frame.lefts)
        key = (lefts, frame.height, sheet.off, sheet.past, sheet.problem.horizon, dots)
        if key != self._key:
            self._key, self._made = key, self._make(sheet, lefts, frame.height, wide, dots=dots)
        for row in rows:
            painter.drawPixmap(left, frame.top + row * frame.height, self._made)

    def _make(
        self, sheet: Sheet, lefts: Sequence[int], height: int, wide: int, *, dots: bool
    ) -> QPixmap:
        theme = self.theme
        made = QPixmap(max(1, round(wide * self.ratio)), max(1, round(height * self.ratio)))
        made.setDevicePixelRatio(self.ratio)
        made.fill(QColor(theme.paper))
        painter = QPainter(made)
        middle = height // 2
        for day in sheet.days:
            left, right = lefts[day], lefts[day + 1]
            if day in sheet.off:
                painter.fillRect(left, 0, right - left, height, QColor(theme.weekend))
            if day in sheet.past:
                under = theme.weekend if day in sheet.off else theme.paper
                painter.fillRect(left, 0, right - left, height, past_brush(theme, under))
            monday = sheet.problem.horizon.weekday(day) == 0
            painter.fillRect(left, 0, 1, height, QColor(theme.line if monday else theme.grid))
            if dots:
                painter.fillRect((left + right) // 2 - 1, middle - 1, 2, 2, QColor(theme.line))
        painter.fillRect(0, height - 1, wide, 1, QColor(theme.grid))
        painter.end()
        return made
