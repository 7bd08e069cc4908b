"""The lanes themselves: a list view below the theatre board, on the same axis of time."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from planner.boards.codes import short_codes
from planner.boards.lane_words import lane_name
from ui.window.boards.theatre_header import NAMES
from ui.window.boards.theatre_lane_model import LaneModel, Stretch
from ui.window.boards.theatre_lane_painter import LANE, NAME, LanePainter, name_lines
from ui.window.boards.theatre_model import tip
from ui.window.look.type import font
from ui.window.workbench import Workbench

if TYPE_CHECKING:
    from ui.window.boards.theatre_view import TheatreView

Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction
_NARROWEST: Final = 3.0


class LaneView(QListView):
    """Lanes that scroll down by themselves, and across with the board."""

    def __init__(self, bench: Workbench, board: "TheatreView") -> None:
        super().__init__()
        self.bench, self.board = bench, board
        self.model_ = LaneModel(bench)
        self.model_.setParent(self)
        self.painter_ = LanePainter(bench.theme)
        self.names = LaneNames(self)
        self.rows: dict[int, QPixmap] = {}  # pictures of rows, for one place of the board
        self._seen: tuple[float, ...] = ()
        self.setModel(self.model_)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setMinimumSize(1, 1)
        self.clicked.connect(self.pick)
        self.model_.modelReset.connect(self.again)
        board.scaled.connect(self.again)
        board.horizontalScrollBar().valueChanged.connect(self.follow)

    def again(self) -> None:
        """Lay out and paint all again."""
        self.rows.clear()
        self.updateGeometries()
        self.viewport().update()
        self.names.update()

    def follow(self) -> None:
        """Go to the right or left with the board."""
        self.viewport().update()

    def retint(self) -> None:
        """Take the colours of the theme."""
        self.painter_ = LanePainter(self.bench.theme)
        self.again()

    # --- geometry ---------------------------------------------------------------------------------

    @property
    def whole(self) -> int:
        """The height of all lanes."""
        return LANE * len(self.model_.things)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Set the scroll bar, and the names beside the lanes."""
        self.setViewportMargins(NAMES, 0, 0, 0)
        inside = self.contentsRect()
        self.names.setGeometry(inside.left(), inside.top(), NAMES, inside.height())
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(LANE)
        bar.setRange(0, max(0, self.whole - page))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the scroll bar again."""
        super().resizeEvent(event)
        self.updateGeometries()

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Leave entries where they are."""
        self.updateGeometries()

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Give how far the board is scrolled to the right."""
        return self.board.horizontalOffset()

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Give how far the lanes are scrolled down."""
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Scroll: what is in view is painted again."""
        self.viewport().update()
        self.names.update()

    def frame(self, each: Stretch) -> QRectF:
        """Give the frame of an entry, unscrolled."""
        shown = self.board.layout_
        left, right = each.place * shown.column, (each.place + 1) * shown.column
        if each.step is not None:
            left, right = self.painter_.across(shown, each.place, each.step)
        wide = max(_NARROWEST, right - left)
        return QRectF(min(left, shown.width - wide), each.row * LANE, wide, LANE)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """Give where an entry is in the viewport."""
        if not index.isValid():
            return QRect()
        rect = self.frame(self.model_.stretches[index.row()])
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset()).toRect()

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:  # noqa: N802 - Qt's
        """Give what has to be painted when a selection changes: all."""
        return QRegion(self.viewport().rect())

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Give the entry at a point."""
        at = point + QPoint(self.horizontalOffset(), self.verticalOffset())
        cell = at.y() // LANE, self.board.layout_.day_at(at.x())
        for number in self.model_.cells.get(cell, ()):
            if self.frame(self.model_.stretches[number]).contains(at):
                return self.model_.index(number)
        return QModelIndex()

    def setSelection(  # noqa: N802 - Qt's name
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select what is at the point."""
        index = self.indexAt(rect.topLeft())
        chosen = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(chosen, command)

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring an entry into view, the board with it."""
        rect, room = self.visualRect(index), self.viewport().rect()
        across, down = self.board.horizontalScrollBar(), self.verticalScrollBar()
        if rect.left() < 0 or rect.left() > room.right() - 10:
            across.setValue(across.value() + rect.left() - 20)
        if rect.top() < 0:
            down.setValue(down.value() + rect.top())
        elif rect.bottom() > room.bottom():
            down.setValue(down.value() + rect.bottom() - room.bottom())

    def isIndexHidden(self, _index: Index) -> bool:  # noqa: N802 - Qt's name
        """Show everything."""
        return False

    # --- keys and mouse ---------------------------------------------------------------------------

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Walk along a lane in order of time, or to the lane above or below at the same time."""
        found, here = self.model_.stretches, self.currentIndex().row()
        if not found:
            return QModelIndex()
        if action == _Action.MoveHome or here < 0:
            return self.model_.index(0)
        if action == _Action.MoveEnd:
            return self.model_.index(len(found) - 1)
        if action in (_Action.MoveRight, _Action.MoveNext, _Action.MoveLeft, _Action.MovePrevious):
            by = 1 if action in (_Action.MoveRight, _Action.MoveNext) else -1
            return self.model_.index(min(len(found) - 1, max(0, here + by)))
        by = -1 if action in (_Action.MoveUp, _Action.MovePageUp) else 1
        now = found[here]
        there = self.model_.cells.get((now.row + by, now.place), ())
        middle = sum(now.times)
        near = min(there, key=lambda n: abs(sum(found[n].times) - middle), default=here)
        return self.model_.index(near)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Say what the keys have come to, as a pointer that rests there would be told."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and self.hasFocus():
            words = self.model_.data(current, Qt.ItemDataRole.ToolTipRole)
            at = self.viewport().mapToGlobal(self.visualRect(current).bottomLeft())
            QToolTip.showText(at, words, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ring the cases of an entry on the board by Enter; else walk."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pick(self.currentIndex())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll the lanes; zoom and pan the board, which they stand under."""
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & held:
            self.board.wheelEvent(event)
        else:
            super().wheelEvent(event)

    def pick(self, index: QModelIndex) -> None:
        """Select the cases of an entry, which the board then rings."""
        if index.isValid():
            each = self.model_.stretches[index.row()]
            if each.cases:
                day = self.board.layout_.days[each.place]
                self.bench.selection.pick("case", *each.cases, day=day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open a day of several."""
        shown = self.board.layout_
        if len(shown.days) > 1:
            at = event.position().toPoint().x() + self.horizontalOffset()
            self.board.times.chosen.emit(shown.days[shown.day_at(at)])

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the lanes that are in view."""
        shown, theme = self.board.layout_, self.bench.theme
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QColor(theme.paper))
        offset = QPoint(self.horizontalOffset(), self.verticalOffset())
        painter.translate(-offset)
        area = event.rect().translated(offset)
        seen = (offset.x(), self.viewport().width(), self.devicePixelRatioF(), shown.column)
        if seen != self._seen:
            self.rows.clear()
            self._seen = seen
        for row in range(
            area.top() // LANE, min(len(self.model_.things), area.bottom() // LANE + 1)
        ):
            picture = self.rows.get(row)
            if picture is None:
                picture = self.rows[row] = self._row(row)
            painter.drawPixmap(offset.x(), row * LANE, picture)
        current = self.currentIndex()
        if current.isValid() and self.hasFocus():
            self.painter_.ring(painter, self.frame(self.model_.stretches[current.row()]))
        painter.end()

    def _row(self, row: int) -> QPixmap:
        """Make the picture of a row as far as it is seen."""
        shown, theme, ratio = self.board.layout_, self.bench.theme, self.devicePixelRatioF()
        wide, left = self.viewport().width(), self.horizontalOffset()
        picture = QPixmap(round(wide * ratio), round(LANE * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(theme.paper))
        painter = QPainter(picture)
        painter.translate(-left, 0)
        lanes = self.model_.things[row].lanes
        if tuple(lane.day for lane in lanes) != shown.days:
            lanes = ()  # the board went on, and the lanes follow
        for place in range(shown.day_at(left), shown.day_at(left + wide) + 1):
            if place < len(lanes):
                self.painter_.lane(painter, shown, lanes[place], place, left + wide)
            if shown.week:
                x = round((place + 1) * shown.column)
                painter.setPen(QPen(QColor(theme.line), 1))
                painter.drawLine(x, 0, x, LANE)
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.drawLine(left, LANE - 1, left + wide, LANE - 1)
        painter.end()
        return picture


class LaneNames(QWidget):
    """The names of the things, one below the other."""

    def __init__(self, view: LaneView) -> None:
        super().__init__(view)
        self.view = view

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the names that are in view."""
        theme, things = self.view.bench.theme, self.view.model_.things
        codes = short_codes(thing.id for thing in things)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.side))
        offset = self.view.verticalOffset()
        for row in range(offset // LANE, min(len(things), (offset + self.height()) // LANE + 1)):
            thing, y = things[row], row * LANE - offset
            size, lines = name_lines(thing, codes[thing.id], NAME)
            painter.setFont(font(size, 500))
            painter.setPen(QColor(theme.ink))
            first = y + LANE // 2 + (4 if len(lines) == 1 else -2)
            for place, words in enumerate(lines):
                painter.drawText(8, first + 11 * place, words)
            painter.setPen(QColor(theme.grid))
            painter.drawLine(0, y + LANE - 1, self.width(), y + LANE - 1)
        painter.setPen(QColor(theme.line))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell a name in full to a pointer that rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = (event.pos().y() + self.view.verticalOffset()) // LANE
            if 0 <= row < len(self.view.model_.things):
                thing = self.view.model_.things[row]
                QToolTip.showText(event.globalPos(), tip(f"{lane_name(thing)} · {thing.id}"), self)
                return True
        return super().event(event)
