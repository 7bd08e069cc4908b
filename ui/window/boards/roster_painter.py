"""Paints the duties of a roster: ground, tiles, small marks, ghosts, runs of breaches, what is selected.

Only what a region shows is looked at; lines of a kind are drawn together.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from planner.boards.roster import Cell, Run
from ui.window.boards.roster_sheet import Mark, Sheet
from ui.window.boards.roster_tiles import Tiles
from ui.window.look.signs import outline, paint_badge
from ui.window.look.tokens import Theme
from ui.window.look.type import SMALL, TINY, fitting, font

BADGE = 11


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
    """Paints one sheet with one set of tiles."""

    def __init__(self, sheet: Sheet, tiles: Tiles, theme: Theme, *, ghosts: bool = False) -> None:
        self.sheet, self.tiles, self.theme, self.ghosts = sheet, tiles, theme, ghosts

    def paint(self, painter: QPainter, frame: Frame, rect: QRect) -> None:
        """Paint what a rectangle shows."""
        rows = frame.rows(rect, len(self.sheet.people))
        columns = frame.columns(rect)
        bottom = frame.top + len(self.sheet.people) * frame.height
        ground(painter, self.sheet, self.theme, frame, rect, columns, bottom)
        self._lines(painter, frame, rect, rows)
        for row in rows:
            self._tiles(painter, frame, row, columns)
        for row in rows:
            self._runs(painter, frame, row, columns)

    def _lines(self, painter: QPainter, frame: Frame, rect: QRect, rows: range) -> None:
        thin, thick, right = [], [], min(rect.right() + 1, frame.lefts[-1])
        for row in rows:
            y = frame.top + row * frame.height - 0.5
            line = QLineF(rect.left(), y, right, y)
            (thick if row in self.sheet.breaks else thin).append(line)
        painter.setPen(QPen(QColor(self.theme.grid), 1))
        painter.drawLines(thin)
        painter.setPen(QPen(QColor(self.theme.ctl), 1.4))
        painter.drawLines(thick)

    def _tiles(self, painter: QPainter, frame: Frame, row: int, columns: range) -> None:
        face = self.sheet.face(row)
        lefts, height = frame.lefts, frame.height
        y, tile = frame.top + row * height, self.tiles.tile
        first, stop = columns.start, columns.stop
        taken = set()
        for column, key in face.tiles:
            if first <= column < stop:
                left = lefts[column]
                width = lefts[column + 1] - left - 2
                if self.ghosts and face.row.cells[column].before:
                    width = max(8, width - 9)
                painter.drawPixmap(left + 1, y + 1, tile(key, width, height - 3))
                taken.add(column)
        middle = y + height // 2
        dots = [
            QRectF((lefts[c] + lefts[c + 1]) / 2 - 1, middle - 1, 2, 2)
            for c in columns
            if c not in taken
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRects(dots)
        for mark in face.marks:
            if first <= mark.column < stop:
                self._mark(painter, frame, row, mark, face.row.cells[mark.column])

    def _mark(self, painter: QPainter, frame: Frame, row: int, mark: Mark, cell: Cell) -> None:
        box = frame.box(row, mark.column, mark.column)
        theme = self.theme
        if mark.what == "fixed":
            bar = QRectF(box.center().x() - 5, box.bottom() - 4.5, 10, 2)
            key = self.tiles.tones[cell.tone].ink if cell.shifts else QColor(theme.ink)
            painter.fillRect(bar, key)
        elif mark.what == "changed":
            if self.ghosts:
                self._ghost(painter, box, cell)
            corner = [box.topLeft() + QPointF(1, 1), box.topLeft() + QPointF(7, 1)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.own))
            painter.drawPolygon(QPolygonF([*corner, box.topLeft() + QPointF(1, 7)]))
        else:
            paint_wish(painter, box.topLeft() + QPointF(4.5, 4.5), theme, mark.what)

    def _ghost(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        """Paint what the other plan has: a dashed frame, its letter at the right."""
        ink = QColor(self.theme.ink2)
        pen = QPen(ink, 1.3)
        pen.setDashPattern([3, 2])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -2), 3, 3)
        words = "+".join(cell.before or ())
        if words:
            room = box.adjusted(box.width() - 11, 0, -1, 0) if cell.shifts else box
            size = TINY if cell.shifts else SMALL
            painter.setFont(font(size, 500, italic=True))
            shown = fitting((words, words[:1]), room.width(), size, 500)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _runs(self, painter: QPainter, frame: Frame, row: int, columns: range) -> None:
        runs = self.sheet.row(row).runs
        if not runs or not columns:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        last_day = len(frame.lefts) - 2
        for run in runs:
            if run.sign and run.first < columns.stop and run.last >= columns.start:
                self._run(painter, frame.box(row, run.first, min(run.last, last_day)), run)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _run(self, painter: QPainter, box: QRectF, run: Run) -> None:
        painter.setPen(outline(run.sign, self.theme))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 0.5, -1, -1.5), 3, 3)
        centre = QPointF(box.right() - 2, box.top() + 1)
        paint_badge(painter, run.sign, centre, self.theme, BADGE)


def ground(
    painter: QPainter,
    sheet: Sheet,
    theme: Theme,
    frame: Frame,
    rect: QRect,
    columns: Iterable[int],
    bottom: int,
) -> None:
    """Paint paper, days off and the lines between days and weeks."""
    painter.fillRect(rect, QColor(theme.paper))
    top, low = rect.top(), min(rect.bottom() + 1, bottom)
    off = [
        QRectF(frame.lefts[day], top, frame.lefts[day + 1] - frame.lefts[day], low - top)
        for day in columns
        if day in sheet.off
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.weekend))
    painter.drawRects(off)
    thin, thick = [], []
    for day in columns:
        x = frame.lefts[day] - 0.5
        monday = sheet.problem.horizon.weekday(day) == 0
        (thick if monday else thin).append(QLineF(x, top, x, low))
    painter.setPen(QPen(QColor(theme.grid), 1))
    painter.drawLines(thin)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawLines(thick)


def paint_wish(painter: QPainter, centre: QPointF, theme: Theme, what: str) -> None:
    """Paint the mark of a wish: a disc for a granted one, a struck ring for a refused one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if what == "granted":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(centre, 2.6, 2.6)
    else:
        painter.setPen(QPen(QColor(theme.worse), 1.3))
        painter.setBrush(QColor(theme.paper))
        painter.drawEllipse(centre, 3, 3)
        painter.drawLine(centre + QPointF(-2.2, 2.2), centre + QPointF(2.2, -2.2))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
