"""Dragging a case over the theatre board: a ghost on the grid, a landing frame, a bubble, a drop.

By mouse or by keys the same thing is carried. A landing that breaks a hard rule is shown and
explained; it stays open until it is kept with a reason, or put back.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter
from PySide6.QtWidgets import QWidget

from planner.cases import CaseId
from planner.facts import facts
from planner.score import Judged
from planner.sentences import breach_sentence
from ui.window.boards.theatre_bubble import Bubble
from ui.window.boards.theatre_carried import Carried, Landing, frame_of, paint_carried
from ui.window.boards.theatre_moves import (
    Verdict,
    accept,
    broken,
    keep,
    may_edit,
    place,
    same,
    session_for,
    take_out,
    verdict,
)
from ui.window.boards.theatre_view import TheatreView
from ui.window.dialogs.ask import ask_reason

PAUSE: Final = 12
"""Milliseconds for which a landing must stand before it is judged."""
EDGE: Final = 18
"""Pixels from an edge within which the board scrolls."""


class Drag(QObject):
    """What is carried, where to, and what that would break."""

    def __init__(self, view: TheatreView, tray: Callable[[QPoint], bool]) -> None:
        super().__init__(view)
        self.view, self.bench, self.over_tray = view, view.bench, tray
        self.carried: Carried | None = None
        self.landing: Landing | None = None
        self.held = self.to_tray = False
        self.nowhere: QRectF | None = None  # over a theatre that has no session on the day
        self.ask: Callable[[list[str]], str | None] = self._ask
        self.bubble = Bubble(view.bench, view.viewport(), self.keep, self.cancel)
        self._told: Callable[[], None] | None = None
        for signal in (view.bench.language_changed, view.bench.theme_changed):
            signal.connect(self._tell_again)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PAUSE)
        self.timer.timeout.connect(self.judge)
        self.edge = QTimer(self)
        self.edge.setInterval(40)
        self.edge.timeout.connect(self._roll)
        self._at = (QPoint(), QPoint())
        view.over = self.paint

    def _ask(self, sentences: list[str]) -> str | None:
        return ask_reason(self.bench, sentences, self.view.window())

    @property
    def active(self) -> bool:
        """Whether something is carried."""
        return self.carried is not None

    def may(self) -> bool:
        """Tell whether the plan on screen may be changed by hand, and say why where it may not."""
        document = self.bench.document
        if document is None or may_edit(document):
            return document is not None
        what = "theatre.provisional.edit" if document.provisional is not None else "read_only"
        self.bench.told.emit(self.bench.say(what, file=document.title), True)
        return False

    # --- carrying -----------------------------------------------------------------------------------

    def take(self, case: str, grab: float = 0.0) -> bool:
        """Take a case into the hand; tell whether that may be."""
        document = self.bench.document
        if document is None or not self.may():
            return False
        known = facts(document.problem)
        was = document.outcome().theatre.where(CaseId(case))
        found = known.cases[CaseId(case)]
        minutes = known.minutes(found, None) if was is None else was.minutes
        self.carried = Carried(found, minutes, was, grab)
        self.landing, self.held, self.to_tray = None, False, False
        return True

    def over(self, at: QPoint, everywhere: QPoint) -> None:
        """Carry to a point of the viewport; `everywhere` is the same one on the screen."""
        carried = self.carried
        if carried is None or self.held:
            return
        self._at = (at, everywhere)
        self.to_tray = self.over_tray(everywhere)
        self._near_edge(at)
        if self.to_tray:
            self._land(None)
            self._tell(partial(self._say_tray, carried))
            return
        shown = self.view.layout_
        point = self.view.on_board(at)
        row, column = shown.row_at(point.y()), shown.day_at(point.x())
        inside = self.view.viewport().rect().contains(at)
        if row < 0 or not inside:
            self._land(None)
            self.bubble.hide()
            return
        self.aim(column, row, shown.snapped(point.x() - carried.grab * shown.scale))

    def _near_edge(self, at: QPoint) -> None:
        """Scroll while the hand rests at an edge of the board."""
        room = self.view.viewport().rect()
        if room.contains(at) and not room.adjusted(EDGE, EDGE, -EDGE, -EDGE).contains(at):
            self.edge.start()
        else:
            self.edge.stop()

    def _roll(self) -> None:
        at, everywhere = self._at
        room = self.view.viewport().rect()
        for bar, value, low, high in (
            (self.view.horizontalScrollBar(), at.x(), room.left(), room.right()),
            (self.view.verticalScrollBar(), at.y(), room.top(), room.bottom()),
        ):
            by = -12 if value < low + EDGE else 12 if value > high - EDGE else 0
            bar.setValue(bar.value() + by)
        self.over(at, everywhere)

    def aim(self, column: int, row: int, start: int) -> None:
        """Carry to a theatre on a day, at a start; the day before where that is negative."""
        shown = self.view.layout_
        document = self.bench.document
        assert document is not None
        found = session_for(
            facts(document.problem), shown.theatres[row].id, shown.days[column], start
        )
        if found is None:
            self._land(None)
            self._tell(partial(self._say_nothing_here, row, column, start))
            return
        session, begun = found
        before = self.landing
        if before is None or (before.session, before.begun) != (session, begun):
            self._land(Landing(column, row, start, session, begun))

    def _land(self, landing: Landing | None) -> None:
        self.landing, self.nowhere = landing, None
        if landing is not None:
            self.timer.start()
        else:
            self.timer.stop()
        self.view.viewport().update()

    def judge(self) -> None:
        """Judge the landing, and say what it breaks."""
        document, landing, carried = self.bench.document, self.landing, self.carried
        if document is None or landing is None or carried is None:
            return
        if landing.verdict is None:
            landing.verdict = verdict(document, carried.case.id, landing.session, landing.begun)
        self._tell(partial(self._say, landing, carried))
        self.view.viewport().update()

    # --- dropping -----------------------------------------------------------------------------------

    def drop(self, *, with_reason: bool = False) -> bool:
        """Let go; tell whether the plan was changed. A refused landing stays in the air, explained."""
        document, landing, carried = self.bench.document, self.landing, self.carried
        if document is None or carried is None:
            return False
        if self.to_tray:
            edit = take_out(document, [carried.case.id])
            self.cancel()
            return edit is not None and self.bench.do(edit)
        if landing is None:
            if self.nowhere is not None:
                self.bench.told.emit(self.bubble.title.text(), True)
            self.cancel()
            return False
        self.timer.stop()
        self.edge.stop()
        self.judge()
        found = landing.verdict
        assert found is not None
        if same(document, found.placement):
            self.cancel()
            return False
        if found.allowed:
            self.cancel()
            done = self.bench.do(place(document, found.placement))
            self.tell_new_place(found)
            return done
        self.held = True
        self._tell(partial(self._say, landing, carried))
        return self.keep() if with_reason else False

    def keep(self) -> bool:
        """Ask for a reason and keep the refused landing with it; without one all stays as it is."""
        document, landing = self.bench.document, self.landing
        if document is None or landing is None or landing.verdict is None:
            return False
        found = landing.verdict
        reason = self.ask([self._sentence(each) for each in found.hard])
        if not reason:
            return False
        self.cancel()
        return self.bench.do(keep(document, found, reason), reason=reason)

    def accept(self, case: str) -> bool:
        """Ask for a reason to leave a case where it breaks hard rules; tell whether it was given."""
        document = self.bench.document
        if document is None or not self.may():
            return False
        hard = broken(document, case)
        reason = self.ask([self._sentence(each) for each in hard]) if hard else None
        return bool(reason) and self.bench.do(
            accept(document, hard, reason or ""), reason=reason or ""
        )

    def cancel(self) -> None:
        """Put it back where it was."""
        self.timer.stop()
        self.edge.stop()
        self.carried = self.landing = self.nowhere = self._told = None
        self.held = self.to_tray = False
        self.bubble.hide()
        if QWidget.mouseGrabber() is self.view.viewport():
            self.view.viewport().releaseMouse()  # a card of the tray was carried
        self.view.viewport().unsetCursor()
        self.view.viewport().update()

    def tell_new_place(self, found: Verdict) -> None:
        """Say where a case went, on screen and to who listens."""
        where = facts(self.bench.document.problem).sessions[found.placement.session]  # type: ignore[union-attr]  # just edited
        words = self.bench.say(
            "theatre.placed",
            case=found.placement.case,
            theatre=where.theatre,
            start=found.placement.start,
        )
        self.bench.told.emit(words, False)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, words))

    # --- words --------------------------------------------------------------------------------------

    def _sentence(self, judged: Judged) -> str:
        assert self.bench.document is not None
        problem = self.bench.document.problem
        return breach_sentence(problem, judged.rule, judged.breach, self.bench.lang)

    def origin(self) -> str:
        """Say where the case was, "" for the tray."""
        carried = self.carried
        return "" if carried is None or carried.was is None else str(carried.was.session.theatre)

    def _tell(self, words: Callable[[], None]) -> None:
        """Say something in the bubble, and keep it for another language or other colours."""
        self._told = words
        words()

    def _tell_again(self) -> None:
        if self._told is not None and self.bubble.isVisible():
            self._told()

    def _say(self, landing: Landing, carried: Carried) -> None:
        document = self.bench.document
        assert document is not None
        horizon = document.problem.horizon
        end = horizon.shown(landing.session.day, landing.begun, carried.minutes)
        theatre = self.view.layout_.theatres[landing.row].id
        where = self.bench.say(
            "theatre.landing", theatre=theatre, start=landing.begun, end=end, case=carried.case.id
        )
        found = landing.verdict
        self.bubble.say(document.problem, where, found, held=self.held, origin=self.origin())
        frame = self._frame(landing, carried)
        self._put(frame)

    def _say_tray(self, carried: Carried) -> None:
        self.bubble.say_plainly(self.bench.say("theatre.to_tray", case=carried.case.id))
        room = self.view.viewport().rect()
        self._put(QRectF(room.center().x(), room.bottom() - 4, 4, 4), on_board=False)

    def _say_nothing_here(self, row: int, column: int, start: int) -> None:
        document, carried = self.bench.document, self.carried
        assert document is not None
        assert carried is not None
        shown = self.view.layout_
        words = self.bench.say(
            "theatre.no_session",
            theatre=shown.theatres[row].id,
            day=document.problem.horizon.date(shown.days[column]),
        )
        self.bubble.say_plainly(words)
        self.nowhere = shown.rect(column, row, start, start + carried.minutes)
        self._put(self.nowhere)

    def _put(self, frame: QRectF, *, on_board: bool = True) -> None:
        view = self.view
        offset = QPoint(view.horizontalOffset(), view.verticalOffset()) if on_board else QPoint()
        near = frame.toRect().translated(-offset)
        self.bubble.put_beside([near, *self._sources()], near)

    def _sources(self) -> list[QRect]:
        carried = self.carried
        if carried is None:
            return []
        numbers = self.view.model_.numbers("case", carried.case.id)
        return [self.view.visualRect(self.view.model_.index(n)) for n in numbers]

    def _frame(self, landing: Landing, carried: Carried) -> QRectF:
        return frame_of(self.view, landing, carried)

    def paint(self, painter: QPainter) -> None:
        """Paint what is carried over the board."""
        if self.carried is not None:
            paint_carried(painter, self.view, self.carried, self.landing, self.nowhere)
