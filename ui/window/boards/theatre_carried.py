"""What is carried over the theatre board: the case in the hand, where it would land, how that looks."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from planner.cases import Case
from planner.hospital import Session
from planner.view import Placed
from planner.words import clock, clock_words
from ui.window.boards.theatre_bars import paint_spine
from ui.window.boards.theatre_moves import Verdict
from ui.window.boards.theatre_stamps import hatch
from ui.window.boards.theatre_view import TheatreView
from ui.window.look.tokens import Theme
from ui.window.look.type import BODY, SMALL, fitting, font


@dataclass(slots=True)
class Carried:
    """A case in the hand: how long it is, where it was, at which of its minutes it is held."""

    case: Case
    minutes: int
    was: Placed | None
    grab: float = 0.0


@dataclass(slots=True)
class Landing:
    """Where it would land; the verdict comes a moment later."""

    place: int
    row: int
    start: int
    session: Session
    begun: int
    verdict: Verdict | None = None


def frame_of(view: TheatreView, landing: Landing, carried: Carried) -> QRectF:
    """Give the frame of a landing on the board."""
    assert view.bench.document is not None
    horizon, day = view.bench.document.problem.horizon, view.layout_.days[landing.place]
    end = landing.start + carried.minutes
    if not horizon.even(day):
        end = next(horizon.pieces(day, landing.start, end))[2]
    return view.layout_.block(landing.place, landing.row, landing.start, end)


def paint_carried(
    painter: QPainter,
    view: TheatreView,
    carried: Carried,
    landing: Landing | None,
    nowhere: QRectF | None,
) -> None:
    """Paint the place left, the landing frame, and the case over it; `nowhere`: it cannot land."""
    for number in view.model_.numbers("case", carried.case.id):
        _source(painter, view, carried, view.frame(view.model_.item(number)))
    if nowhere is not None:
        _refused(painter, view.bench.theme, nowhere)
    if landing is not None:
        _landing(painter, view, carried, landing)


def _landing(painter: QPainter, view: TheatreView, carried: Carried, landing: Landing) -> None:
    """Paint the frame, and the case in it; over a hatched frame the case floats, as it may not land."""
    theme, found, frame = view.bench.theme, landing.verdict, frame_of(view, landing, carried)
    refused = found is not None and not found.allowed
    if refused:
        _refused(painter, theme, frame)
    inner = frame.translated(6, -4) if refused else frame
    tone = view.painter_.tones.get(carried.case.specialty)
    painter.setPen(QPen(QColor(theme.ctl) if tone is None else tone.border, 1))
    painter.setBrush(QColor(theme.side) if tone is None else tone.fill)
    painter.drawRoundedRect(inner, 3, 3)
    if tone is not None and inner.width() > 8:
        painter.save()
        painter.translate(inner.topLeft())
        paint_spine(painter, tone.form, tone.spine, inner.height())
        painter.restore()
    if not refused:
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 3, 3)
    _labels(painter, view, carried, landing, inner.adjusted(10, 0, -4, 0))


def _labels(
    painter: QPainter, view: TheatreView, carried: Carried, landing: Landing, room: QRectF
) -> None:
    """Write what is carried, and from when until when it would last."""
    theme = view.bench.theme
    assert view.bench.document is not None
    horizon, begin = view.bench.document.problem.horizon, landing.begun % 1440
    end = horizon.shown(landing.session.day, landing.begun, carried.minutes)
    until = clock_words(type(end)(end % 1440), view.bench.lang)
    times = (f"{clock(begin)}–{until}", clock(begin))
    code = str(carried.case.procedure)
    codes = (code, view.model_.scene.codes.get(code, code))
    painter.setPen(QColor(theme.ink))
    if room.height() < 28:
        ladder = (f"{times[1]} · {codes[0]}", f"{times[1]} · {codes[1]}", times[1])
        painter.setFont(font(SMALL, 600))
        words = fitting(ladder, room.width(), SMALL, 600)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        return
    middle = room.center().y()
    painter.setFont(font(BODY, 600))
    painter.drawText(QPointF(room.left(), middle - 2), fitting(codes, room.width(), BODY, 600))
    painter.setPen(QColor(theme.ink2))
    painter.setFont(font(SMALL, 500))
    words = fitting(times, room.width(), SMALL, 500)
    painter.drawText(QPointF(room.left(), middle + 12), words)


def _refused(painter: QPainter, theme: Theme, frame: QRectF) -> None:
    painter.setPen(QPen(QColor(theme.hard), 2))
    painter.setBrush(hatch(theme.hard, theme.hard_soft, 0.5))
    painter.drawRoundedRect(frame, 3, 3)


def _source(painter: QPainter, view: TheatreView, carried: Carried, rect: QRectF) -> None:
    bench, theme = view.bench, view.bench.theme
    pen = QPen(QColor(theme.ink2), 1.3)
    pen.setDashPattern([4, 2.5])
    painter.setPen(pen)
    painter.setBrush(QColor(theme.paper))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QColor(theme.ink2))
    painter.setFont(font(SMALL, 400, italic=True))
    leaving = bench.say("theatre.leaving")
    code = str(carried.case.procedure)
    short = view.model_.scene.codes.get(code, code)
    ladder = (f"{code} · {leaving}", f"{short} · {leaving}", leaving)
    words = fitting(ladder, rect.width() - 10, SMALL)
    painter.drawText(rect.adjusted(6, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, words)
