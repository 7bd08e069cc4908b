"""The house of the tests of hands on the theatre board, and how a mouse drags there."""

from dataclasses import replace

from kpi_house import case, house, session
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.edits import AdoptPlan
from planner.hospital import Theatre
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre.in_session import InSession
from planner.rules.theatre.owner import Owner
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.study import Study
from ui.window.actions import Actions
from ui.window.boards.theatre_page import TheatrePage
from ui.window.document import Document
from ui.window.workbench import Workbench

PROBLEM = replace(
    house(
        days=7,
        sessions=(
            session("A"),
            session("B", theatre="R2", end=750),
            session("C", 1),
            session("N", 2, start=1200, end=1680),
        ),
        cases=(case("K1", 60), case("K2", 120), case("K3", 45, due=2), case("K4", 300)),
        rules=(
            RoomOverlap(id="T01"),
            InSession(id="T03"),
            Owner(id="T07"),
            SessionOvertime(id="late", tier=2, after="end"),
        ),
    ),
    theatres=(Theatre(id="R1"), Theatre(id="R2"), Theatre(id="R3")),
)
PLACED = (
    Placement("K1", "A", "X1", 480),
    Placement("K2", "A", "X1", 720),
    Placement("K4", "B", "X2", 480),
)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
NONE_BUTTON = Qt.MouseButton.NoButton
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def handled(bench: Workbench, qtbot: QtBot, problem: Problem = PROBLEM) -> TheatrePage:
    """Show the theatre view on its own, with a small plan to be changed by hand."""
    document = Document.of(Study(id="t", name="t", base=problem))
    document.do(AdoptPlan(scenario="base", plan=Plan.build(PLACED)))
    bench.take(document)
    made = TheatrePage(bench, Actions(bench, bench))
    made.resize(1000, 760)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def where(page: TheatrePage, case: str) -> tuple[str, int] | None:
    """Give the session and start of a case."""
    assert page.bench.document is not None
    plan = page.bench.document.plan
    found = {p.case: (str(p.session), p.start or 0) for p in plan.placements}
    return found.get(case)  # type: ignore[call-overload,no-any-return]  # ids are strings


def at(page: TheatrePage, row: int, minute: int, place: int = 0) -> QPoint:
    """Give the point of the viewport at a minute of a row, on a day."""
    shown = page.view.layout_
    x, y = shown.x(place, minute), shown.tops[row] + 0.6 * shown.high(row)
    return QPoint(round(x) - page.view.horizontalOffset(), round(y) - page.view.verticalOffset())


def drag(
    page: TheatrePage, qtbot: QtBot, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = NONE
) -> None:
    """Drag by mouse from point to point, in three moves."""
    board = page.view.viewport()
    qtbot.mousePress(board, LEFT, NONE, start)
    middle = (start + end) / 2
    for point in (start + QPoint(14, 0), middle, end):
        move(page, point)
    qtbot.mouseRelease(board, LEFT, held, end)


def move(page: TheatrePage, point: QPoint) -> None:
    """Move the mouse, with the left button held down."""
    board = page.view.viewport()
    there = QPointF(board.mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), there, NONE_BUTTON, LEFT, NONE)
    QApplication.sendEvent(board, event)
