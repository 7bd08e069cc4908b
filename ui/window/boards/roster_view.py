"""The duties of a roster: a table that is painted at once, typed into, and dragged in."""

from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from ui.window.boards.roster_hand import Place
from ui.window.boards.roster_model import DutyModel
from ui.window.boards.roster_painter import RosterPainter
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_stamps import Stamps
from ui.window.boards.roster_tables import frame_of, plain
from ui.window.boards.roster_tiles import Tiles, key_of
from ui.window.workbench import Workbench

_EDGE: Final = 18
"""Pixels from the edge at which a drag scrolls."""
_ALT = Qt.KeyboardModifier.AltModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class DutyTable(QTableView):
    """People × days. It says what the hand does; the page makes edits of it."""

    typed = Signal(str, int)
    """Some text at a moment in milliseconds."""
    cleared = Signal()
    ended = Signal()
    """Escape: what is typed next is another word."""
    passed = Signal(int)
    """The duty goes so many rows down (up where negative)."""
    kept = Signal()
    asked = Signal(object)
    """A menu is wanted at a point of the screen."""
    carried = Signal(object, object, object)
    """A duty is dragged: from a place, over a place (None: nowhere), the pointer."""
    dropped = Signal(object, object, bool)
    """A duty was let go: from a place, over a place, with Shift held."""
    let_go = Signal()
    """A drag was given up."""
    zoomed = Signal(int)
    stretched = Signal(int)
    picked = Signal()
    """Other cells were selected by hand."""

    def __init__(self, bench: Workbench, model: DutyModel) -> None:
        super().__init__()
        self.bench = bench
        self.setModel(model)
        self.duties = model
        plain(self)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.ghosts = False
        self.ghost_token = "ink2"  # noqa: S105 - the name of a colour
        self.editable = True
        self.landing: tuple[Place, bool] | None = None
        """Where a dragged duty would land, and whether it may."""
        self._pointer: QPoint | None = None
        self._painter: RosterPainter | None = None
        self.narrowest = 0
        self._source: Place | None = None
        self._pressed: QPoint | None = None
        self._carrying = False

    # --- where things are -----------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self.duties.sheet

    def place_at(self, point: QPoint) -> Place | None:
        """Give the person and day under a point."""
        index = self.indexAt(point)
        if self.sheet is None or not index.isValid():
            return None
        return self.sheet.people[index.row()].id, index.column()

    def box_of(self, place: Place) -> QRectF | None:
        """Give the rectangle of a person's day in the viewport."""
        if self.sheet is None or place[0] not in self.sheet.place:
            return None
        frame = frame_of(self, len(self.sheet.days))
        return frame.box(self.sheet.place[place[0]], place[1], place[1])

    def places(self) -> list[Place]:
        """Give the selected cells, person by person."""
        sheet = self.sheet
        if sheet is None:
            return []
        return [
            (sheet.people[row].id, day)
            for part in self._parts()
            for row in range(part.top(), part.bottom() + 1)
            for day in range(part.left(), part.right() + 1)
        ]

    def _parts(self) -> list[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    def here(self) -> Place | None:
        """Give the current cell."""
        index = self.currentIndex()
        if self.sheet is None or not index.isValid():
            return None
        return self.sheet.people[index.row()].id, index.column()

    def choose(self, person: str, first: int, last: int | None = None) -> None:
        """Select some days of a person, without saying so."""
        sheet = self.sheet
        if sheet is None or person not in sheet.place:
            return
        row = sheet.place[person]
        stop = min(first if last is None else last, sheet.days.stop - 1)
        start = self.model().index(row, max(0, min(first, stop)))
        chosen = QItemSelection(start, self.model().index(row, max(0, stop)))
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(chosen, select)
        self.selectionModel().setCurrentIndex(start, QItemSelectionModel.SelectionFlag.NoUpdate)

    def repaint_rows(self, rows: list[int]) -> None:
        """Paint some rows again, with the badges that stand over their edges."""
        frame_top, height = -self.verticalOffset(), self.verticalHeader().defaultSectionSize()
        for row in rows:
            top = frame_top + row * height
            if top + height >= 0 and top <= self.viewport().height():
                self.viewport().update(QRect(0, top - 8, self.viewport().width(), height + 16))

    # --- painting -------------------------------------------------------------------------------

    def restyle(self) -> None:
        """Make the pictures again: another theme, other shifts."""
        self._painter = None
        self.viewport().update()

    def painter(self) -> RosterPainter:
        """Give the painter of the theme and screen."""
        ratio = self.devicePixelRatioF()
        if self._painter is None or self._painter.stamps.ratio != ratio:
            shifts = self.sheet.problem.shifts if self.sheet is not None else ()
            theme, by_id = self.bench.theme, {str(shift.id): shift for shift in shifts}
            tiles = Tiles(theme, ratio, by_id)
            self._painter = RosterPainter(theme, tiles, Stamps(theme, ratio))
        self._painter.tiles.fit(self.narrowest)
        self._painter.ghosts = self.ghosts
        self._painter.ghost_token = self.ghost_token
        return self._painter

    def paint_ahead(self, row: int) -> None:
        """Paint a row that is not in view yet, where there is room to keep it."""
        known = self._painter
        if (
            known is not None
            and known.strips.worn
            and self.sheet is not None
            and row < known.strips.room
        ):
            known.picture(self.sheet, row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what is shown, at once."""
        painter = QPainter(self.viewport())
        if self.sheet is None or not self.sheet.days:
            painter.fillRect(event.rect(), QColor(self.bench.theme.paper))
            return
        frame = frame_of(self, len(self.sheet.days))
        self.painter().paint(painter, self.sheet, frame, event.rect())
        self._selected(painter)
        self._landing(painter)
        self._in_hand(painter)
        painter.end()

    def _selected(self, painter: QPainter) -> None:
        assert self.sheet is not None
        frame = frame_of(self, len(self.sheet.days))
        colour = QColor(self.bench.theme.focus)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in self._parts():
            box = frame.box(part.top(), part.left(), part.right())
            box.setBottom(box.bottom() + (part.bottom() - part.top()) * frame.height)
            painter.drawRoundedRect(box.adjusted(0.3, 0, -1.3, -1.5), 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _landing(self, painter: QPainter) -> None:
        if self.landing is None:
            return
        place, allowed = self.landing
        box = self.box_of(place)
        if box is None:
            return
        theme = self.bench.theme
        colour = QColor(theme.accent if allowed else theme.hard)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not allowed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.setOpacity(0.35)
            painter.fillRect(box, Qt.BrushStyle.BDiagPattern)
            painter.fillRect(box, QColor(theme.hard_soft))
            painter.setOpacity(1)
        painter.setPen(QPen(colour, 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -1.5, -1.5), 3, 3)

    def _in_hand(self, painter: QPainter) -> None:
        """Paint the duty that is carried, at the pointer."""
        if not self._carrying or self._source is None or self._pointer is None:
            return
        box, sheet = self.box_of(self._source), self.sheet
        if box is None or sheet is None:
            return
        cell = sheet.row(sheet.place[self._source[0]]).cells[self._source[1]]
        key = key_of(tuple(str(shift.id) for shift in cell.shifts), None)
        tile = self.painter().tiles.tile(key, int(box.width()) - 2, int(box.height()) - 3)
        painter.setOpacity(0.85)
        painter.drawPixmap(self._pointer + QPoint(3, 3), tile)
        painter.setOpacity(1)

    # --- keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Letters set shifts, Delete a day off, Alt with arrows passes a duty on."""
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape and self._carrying:
            self.give_up()
        elif key == Qt.Key.Key_Escape:
            self.ended.emit()
            super().keyPressEvent(event)
            return
        elif held & _ALT and key in _MOVES:
            self.passed.emit(_MOVES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit() if held & _SHIFT else self._ask()
        elif event.text().strip() and event.text().isprintable() and not held & (_ALT | _CTRL):
            self.typed.emit(event.text(), event.timestamp())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _ask(self) -> None:
        """Ask for a menu under the current cell."""
        here = self.here()
        box = None if here is None else self.box_of(here)
        if box is not None:
            self.asked.emit(self.viewport().mapToGlobal(box.bottomLeft().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for a menu at the pointer, or under the cell where a key asks."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask()
        elif self.place_at(self.viewport().mapFromGlobal(event.globalPos())) is not None:
            self.asked.emit(event.globalPos())

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Letters set shifts; they do not look for people."""

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """With nothing chosen yet, the first cell is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.sheet is not None and self.sheet.people:
            self.setCurrentIndex(self.model().index(0, 0))

    # --- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose a cell; one with a duty may be dragged."""
        self._pressed = self._source = None
        point = event.position().toPoint()
        place = self.place_at(point)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and place is not None and self.editable and not event.modifiers():
            assert self.sheet is not None
            if self.sheet.rows.view.shifts(*place):
                self._pressed, self._source = point, place
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Carry the duty, or choose more cells."""
        point = event.position().toPoint()
        if self._source is None or self._pressed is None:
            super().mouseMoveEvent(event)
            return
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._carrying or far:
            self._carrying = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.scroll_along(point)
            self._pointer = point
            inside = self.viewport().rect().contains(point)
            self.carried.emit(self._source, self.place_at(point) if inside else None, point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the duty go."""
        source, carrying = self._source, self._carrying
        if carrying and source is not None:
            point = event.position().toPoint()
            inside = self.viewport().rect().contains(point)
            target = self.place_at(point) if inside else None
            self.give_up()
            if target is not None and target != source:
                self.dropped.emit(source, target, bool(event.modifiers() & _SHIFT))
            return
        self._source = self._pressed = None
        super().mouseReleaseEvent(event)

    def give_up(self) -> None:
        """End a drag."""
        self._source = self._pressed = None
        self._carrying = False
        self.landing = None
        self.unsetCursor()
        self.viewport().update()
        self.let_go.emit()

    def scroll_along(self, point: QPoint) -> None:
        """Scroll while a duty is carried along an edge."""
        inside = self.viewport().rect()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if point.y() < _EDGE or point.y() > inside.height() - _EDGE:
            down.setValue(down.value() + (1 if point.y() > _EDGE else -1))
        if point.x() < _EDGE or point.x() > inside.width() - _EDGE:
            across.setValue(across.value() + (_EDGE if point.x() > _EDGE else -_EDGE))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; with Ctrl zoom the days, with Ctrl and Shift the rows."""
        held = event.modifiers()
        if not held & _CTRL:
            super().wheelEvent(event)
            return
        turn = event.angleDelta().y() or event.angleDelta().x()
        by = 1 if turn > 0 else -1
        (self.stretched if held & _SHIFT else self.zoomed).emit(by)
        event.accept()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        """Say that other cells are selected."""
        super().selectionChanged(selected, deselected)
        parts = (*selected.toList(), *deselected.toList())
        self.repaint_rows([row for p in parts for row in range(p.top(), p.bottom() + 1)])
        self.picked.emit()
