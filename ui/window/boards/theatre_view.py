"""The theatre board itself: one list view with one painter, theatres × time.

Qt's list view gives selection, keyboard and the tree of accessible things; geometry and painting are
ours, and cost only what is in view.
"""

from collections.abc import Callable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.window.boards.theatre_header import DAY_HEIGHT, NAMES, WEEK_HEIGHT, NameHeader, TimeHeader
from ui.window.boards.theatre_layout import HIGHEST, Density, Layout, layout
from ui.window.boards.theatre_model import TheatreModel
from ui.window.boards.theatre_painter import TheatrePainter
from ui.window.boards.theatre_scene import Item
from ui.window.boards.theatre_tiles import Tiles
from ui.window.boards.theatre_walk import walked
from ui.window.boards.theatre_zoom import NOTCH, Push, most_zoom
from ui.window.workbench import Workbench

Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction


class TheatreView(QListView):
    """The board; `scaled` is sent when zoom or size change where things stand."""

    scaled = Signal()
    turned = Signal(int, int)
    """Time is to be seen finer (1) or coarser (-1) than zoom can show it; round a day, by its number."""

    def __init__(self, bench: Workbench, model: TheatreModel) -> None:
        super().__init__()
        self.bench, self.model_ = bench, model
        self.layout_ = Layout()
        self.painter_ = TheatrePainter(bench)
        self.tiles = Tiles(self)
        self.zoom, self.taller, self.most = 1.0, 1.0, HIGHEST
        self._push = Push()
        self.density: Density = "normal"
        self.lanes = False
        self.thrifty = False  # rows that look as before keep their pictures
        self.over: Callable[[QPainter], None] | None = None  # paints what is dragged, over all
        self._pan: QPoint | None = None
        self._arranging = False
        self.times, self.names = TimeHeader(self), NameHeader(self)
        self.corner = QWidget(self)
        self.corner.setProperty("look", "side")
        self.corner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMinimumSize(QSize(320, 120))
        model.modelReset.connect(self._renew)

    # --- geometry ---------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay the scene out in the room there is; scroll bars that come or go change the room."""
        if self._arranging:
            return
        self._arranging = True
        across = Qt.ScrollBarPolicy
        wide = across.ScrollBarAlwaysOff if self.zoom <= 1 else across.ScrollBarAlwaysOn
        self.setHorizontalScrollBarPolicy(wide)
        for _ in range(3):
            room = self._arrange()
            if self.viewport().size() == room:
                break
        self._arranging = False
        self.refresh()
        self.scaled.emit()

    def _renew(self) -> None:
        """Lay another scene out; where nothing has moved, only rows that look different are painted."""
        shown, kept, changed = self.layout_, self.tiles.known, self.model_.changed
        self.arrange()
        if self.thrifty and changed is not None and shown == self.layout_:
            self.tiles.known = kept
            self.tiles.forget_rows(changed)

    def _arrange(self) -> QSize:
        """Lay the scene out once; give the room that was there."""
        scene = self.model_.scene
        high = WEEK_HEIGHT if len(scene.days) > 1 else DAY_HEIGHT
        self.setViewportMargins(NAMES, high, 0, 0)
        self._place_headers(high)
        room = self.viewport().size()
        self.layout_ = layout(
            scene.days,
            scene.theatres,
            scene.hours,
            (room.width(), room.height()),
            zoom=self.zoom,
            density=self.density,
            taller=self.taller,
            lanes=self.lanes,
            low=scene.low,
            coarse=scene.coarse,
            most=self.most,
        )
        self.updateGeometries()
        return room

    def refresh(self) -> None:
        """Paint all again, from nothing."""
        self.tiles.forget()
        self.painter_.forget()
        self.viewport().update()
        self.times.update()
        self.names.update()

    def _place_headers(self, high: int) -> None:
        inside = self.contentsRect()
        self.times.setGeometry(inside.left() + NAMES, inside.top(), inside.width() - NAMES, high)
        self.names.setGeometry(inside.left(), inside.top() + high, NAMES, inside.height() - high)
        self.corner.setGeometry(inside.left(), inside.top(), NAMES, high)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Set the scroll bars."""
        room = self.viewport().size()
        for bar, whole, page in (
            (self.horizontalScrollBar(), self.layout_.width, room.width()),
            (self.verticalScrollBar(), self.layout_.height, room.height()),
        ):
            bar.setPageStep(page)
            bar.setSingleStep(30)
            bar.setRange(0, max(0, round(whole) - page))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the width again."""
        super().resizeEvent(event)
        self.arrange()

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Leave items where the layout has them."""
        self.updateGeometries()

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Give how far the board is scrolled to the right."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Give how far the board is scrolled down."""
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Scroll: what is in view is painted again."""
        self.viewport().update()
        if dx:
            self.times.update()
        if dy:
            self.names.update()

    def frame(self, item: Item) -> QRectF:
        """Give the frame of an item on the board, unscrolled."""
        return self.painter_.frame(self.layout_, item)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """Give where an item is in the viewport."""
        if not index.isValid():
            return QRect()
        rect = self.frame(self.model_.item(index))
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset()).toRect()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 - Qt's
        """Give what has to be painted when a selection changes: all, it is cheap."""
        return QRegion(self.viewport().rect())

    def on_board(self, point: QPoint) -> QPoint:
        """Give a point of the viewport as one of the board."""
        return point + QPoint(self.horizontalOffset(), self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Give what is at a point: a bar before a ghost, a ghost before its session, its tail last."""
        at = self.on_board(point)
        row, place = self.layout_.row_at(at.y()), self.layout_.day_at(at.x())
        found = tail = -1
        for number in self.model_.cell(row, place):
            item = self.model_.item(number)
            if self.frame(item).contains(at):
                found = number if found < 0 or item.kind != "session" else found
                if item.kind == "case":
                    break
            elif self.painter_.risks.frame(self.model_.scene, self.layout_, item).contains(at):
                tail = number
        found = tail if found < 0 else found
        return self.model_.index(found) if found >= 0 else QModelIndex()

    def setSelection(  # noqa: N802 - Qt's name
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select what is at the point; a bar covers its session."""
        index = self.indexAt(rect.topLeft())
        chosen = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(chosen, command)

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring an item into view."""
        rect = self.visualRect(index)
        room = self.viewport().rect()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if rect.left() < 0 or (rect.right() > room.right() and rect.width() >= room.width()):
            across.setValue(across.value() + rect.left() - 20)
        elif rect.right() > room.right():
            across.setValue(across.value() + rect.right() - room.right() + 20)
        if rect.top() < 18:
            down.setValue(down.value() + rect.top() - 20)
        elif rect.bottom() > room.bottom():
            down.setValue(down.value() + rect.bottom() - room.bottom() + 6)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Walk from bar to bar: along the row, or to the nearest one above or below."""
        number = walked(self.model_, self.currentIndex().row(), action)
        return self.model_.index(number) if number >= 0 else QModelIndex()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802 - Qt's name
        """Show everything."""
        return False

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what is in view, and what is dragged over it."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = QPoint(self.horizontalOffset(), self.verticalOffset())
        painter.translate(-offset)
        area = QRectF(event.rect().translated(offset))
        self.painter_.ground(painter, self.layout_, area, below=True)
        for row, chunk in self.tiles.meeting(self.layout_, area):
            self.tiles.paint(painter, row, chunk)
        if offset.x() > 0 and not self.layout_.coarse:
            self._headings(painter, area, offset.x())
        for index in self.selectionModel().selectedIndexes():
            self.painter_.ring(painter, self.frame(self.model_.item(index)))
        if self.over is not None:
            self.over(painter)
        painter.end()

    def _headings(self, painter: QPainter, area: QRectF, left: int) -> None:
        """Write once more whose the sessions are that begin left of what is seen."""
        shown, scene = self.layout_, self.model_.scene
        place = shown.day_at(left)
        for row in dict.fromkeys(row for row, _ in self.tiles.meeting(shown, area)):
            for number in self.model_.cell(row, place):
                item = self.model_.item(number)
                frame = self.frame(item)
                if item.kind == "session" and frame.left() < left < frame.right() - 40:
                    self.painter_.heading(painter, scene, frame, item, left)

    def visible(self, area: QRectF, row: int) -> list[int]:
        """Give the numbers of the items of a row that meet an area."""
        shown = self.layout_
        left, right = shown.day_at(area.left() - 160), shown.day_at(area.right())
        found = [
            number for place in range(left, right + 1) for number in self.model_.cell(row, place)
        ]
        wide = area.adjusted(-160, 0, 20, 0)  # words about overtime stand to the right
        return [n for n in found if self._meets(self.model_.item(n), wide)]

    def _meets(self, item: Item, area: QRectF) -> bool:
        shown = self.layout_
        left, right = shown.x(item.place, item.start), shown.x(item.place, item.end)
        return left <= area.right() and right >= area.left()

    # --- wheel and pan ----------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll; with Ctrl zoom time, with Ctrl and Shift rows, with Shift pan."""
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            factor = NOTCH**steps
            if held & Qt.KeyboardModifier.ShiftModifier:
                self.stretch(factor)
            else:
                self.zoom_by(factor, round(event.position().x()))
        elif held & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - round(steps * 90))
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - round(steps * 60))
        event.accept()

    def zoom_by(self, factor: float, at: int | None = None) -> None:
        """Zoom time; what is at a position of the viewport stays there."""
        at = self.viewport().width() // 2 if at is None else at
        x = at + self.horizontalOffset()
        zoom = min(most_zoom(self.layout_), max(1.0, self.zoom * factor))
        place, minute = self.layout_.day_at(x), self.layout_.minute_at(x)
        if zoom == self.zoom:
            turn = self._push.by(factor) if self.layout_.days else 0
            if turn:
                self.turned.emit(turn, self.layout_.days[place])
            return
        self._push.notches = 0.0
        self.zoom = zoom
        self.arrange()
        self.horizontalScrollBar().setValue(round(self.layout_.x(place, minute) - at))

    def stretch(self, factor: float) -> None:
        """Make rows higher or lower."""
        self.taller = min(3.0, max(0.6, self.taller * factor))
        self.arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pan with the middle button; else select."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open a day of several."""
        shown = self.layout_
        if len(shown.days) > 1 and event.button() == Qt.MouseButton.LeftButton:
            at = self.on_board(event.position().toPoint())
            self.times.chosen.emit(shown.days[shown.day_at(at.x())])
            return
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the day of a session that stands alone; else walk."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        index = self.currentIndex()
        if enter and self.layout_.coarse and index.isValid():
            self.times.chosen.emit(self.layout_.days[self.model_.item(index).place])
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pan while the middle button is down."""
        if self._pan is not None:
            now = event.position().toPoint()
            moved, self._pan = now - self._pan, now
            for bar, by in (
                (self.horizontalScrollBar(), moved.x()),
                (self.verticalScrollBar(), moved.y()),
            ):
                bar.setValue(bar.value() - by)
            return
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End a pan."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = None
            self.viewport().unsetCursor()
            return
        super().mouseReleaseEvent(event)
