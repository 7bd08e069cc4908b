"""Mouse and keys on the theatre board: what picks a case up, nudges it, drops it, takes it out."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from planner.cases import CaseId
from ui.window.boards.theatre_drag import Drag
from ui.window.boards.theatre_layout import SNAP
from ui.window.boards.theatre_moves import place, take_out, theatres_beside
from ui.window.boards.theatre_view import TheatreView

_Key = Qt.Key
_NUDGES: Final = {_Key.Key_Left: (-SNAP, 0), _Key.Key_Right: (SNAP, 0),
                  _Key.Key_Up: (0, -1), _Key.Key_Down: (0, 1)}  # fmt: skip


class Hand(QObject):
    """Listens to the board and its viewport."""

    def __init__(self, view: TheatreView, drag: Drag) -> None:
        super().__init__(view)
        self.view, self.drag, self.bench = view, drag, view.bench
        self.pressed: QPoint | None = None
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what belongs to a drag; leave the rest to the view."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._ours(event):
                event.accept()
                return True
            return event.type() == QEvent.Type.KeyPress and self.key(event)
        if isinstance(event, QMouseEvent) and watched is self.view.viewport():
            return self.mouse(event)
        return False

    # --- mouse --------------------------------------------------------------------------------------

    def mouse(self, event: QMouseEvent) -> bool:
        """Follow the mouse; tell whether the view is to know nothing of it."""
        left = Qt.MouseButton.LeftButton
        at = event.position().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress:
            if self.drag.held:
                self.drag.cancel()
            self.pressed = at if event.button() == left else None
            return False
        if event.type() == QEvent.Type.MouseMove:
            if self.drag.active and not self.drag.held:
                self.drag.over(at, event.globalPosition().toPoint())
                return True
            if self.pressed is not None and event.buttons() & left:
                far = (at - self.pressed).manhattanLength()
                return far < QApplication.startDragDistance() or self.begin(at, event)
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == left:
            self.pressed = None
            if self.drag.active and not self.drag.held:
                self.view.viewport().releaseMouse()
                self.drag.over(at, event.globalPosition().toPoint())
                shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.drag.drop(with_reason=bool(shift))
                return True
        return False

    def begin(self, at: QPoint, event: QMouseEvent) -> bool:
        """Take the bar under the press into the hand."""
        pressed, self.pressed = self.pressed, None
        index = self.view.indexAt(pressed or at)
        if not index.isValid():
            return True
        item = self.view.model_.item(index)
        if item.kind != "case" or item.bar is None or item.band is None:
            return True
        x = self.view.on_board(pressed or at).x()
        minute = self.view.layout_.minute_at(x)
        day = self.view.layout_.days[item.place]
        grab = minute - item.bar.start + 1440 * (day - item.band.session.day)
        if self.drag.take(item.id, grab):
            self.view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.drag.over(at, event.globalPosition().toPoint())
        return True

    # --- keys ---------------------------------------------------------------------------------------

    def _ours(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        escape = event.key() == _Key.Key_Escape and self.drag.active
        return escape or bool(alt and self._step(event))

    def _step(self, event: QKeyEvent) -> tuple[int, int] | None:
        return _NUDGES.get(_Key(event.key()))

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key asks; tell whether it was ours."""
        held = event.modifiers()
        enter = event.key() in (_Key.Key_Return, _Key.Key_Enter)
        if event.key() == _Key.Key_Escape:
            if self.drag.active:
                self.drag.cancel()
                self.view.viewport().releaseMouse()
                return True
            return False
        if self.drag.held and enter:
            if held & Qt.KeyboardModifier.ShiftModifier:
                self.drag.keep()
            return True
        if enter and held & Qt.KeyboardModifier.ShiftModifier:
            self.drag.accept(self.bench.selection.now.id)
            return True
        step = self._step(event)
        if step is not None and held & Qt.KeyboardModifier.AltModifier:
            self.nudge(*step)
            return True
        if event.key() in (_Key.Key_Delete, _Key.Key_Backspace):
            self.take_out()
            return True
        return False

    def take_out(self) -> None:
        """Put the selected cases into the tray."""
        document, now = self.bench.document, self.bench.selection.now
        if document is None or now.kind != "case" or not self.drag.may():
            return
        self.drag.cancel()
        edit = take_out(document, now.ids)
        if edit is not None:
            self.bench.do(edit)

    def nudge(self, minutes: int, rows: int) -> None:
        """Move the selected case by minutes, or to the next theatre up or down."""
        document, now = self.bench.document, self.bench.selection.now
        if document is None or now.kind != "case" or len(now.ids) != 1:
            return
        where = document.outcome().theatre.where(CaseId(now.id))
        landing = self.drag.landing if self.drag.held else None
        if where is None or (landing is None and not self.drag.take(now.id)):
            return
        self.drag.held = False
        shown, days = self.view.layout_, self.view.layout_.days
        if landing is not None:
            column, row, start = landing.place, landing.row, landing.start
        else:
            names = [theatre.id for theatre in shown.theatres]
            if where.session.day not in days or where.session.theatre not in names:
                self.drag.cancel()
                return
            column, row = days.index(where.session.day), names.index(where.session.theatre)
            start = where.session.start if where.start is None else where.start
        if rows:
            row = self._row(row, column, rows)
        self.drag.landing = None
        self.drag.aim(column, row, start + minutes)
        if self.drag.landing is None:
            self.drag.cancel()
            return
        self.settle()

    def _row(self, row: int, column: int, by: int) -> int:
        """Give the next row up or down that has a session on the day."""
        document, shown = self.bench.document, self.view.layout_
        assert document is not None
        names = [str(theatre.id) for theatre in shown.theatres]
        beside = theatres_beside(document, names, names[row], shown.days[column], by)
        return names.index(next(beside, names[row]))

    def settle(self) -> None:
        """Place what is carried where it is allowed; else leave it in the air, explained."""
        drag, document = self.drag, self.bench.document
        landing = drag.landing
        assert document is not None
        assert landing is not None
        assert drag.carried is not None
        case = drag.carried.case.id
        drag.timer.stop()
        drag.judge()
        found = landing.verdict
        if found is not None and found.allowed:
            drag.cancel()
            self.bench.do(place(document, found.placement), burst=f"nudge {case}")
        else:
            drag.held = True
            drag.judge()
