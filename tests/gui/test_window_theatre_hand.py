"""Hands on the theatre board: drag, nudge, keep with a reason, take out, pin; each can be undone."""

from dataclasses import replace

import pytest
from kpi_house import case, house, session
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Record
from planner.hospital import Theatre
from planner.plan import Placement, Plan
from planner.rules.theatre.in_session import InSession
from planner.rules.theatre.owner import Owner
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.study import Pin, Study
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


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own; a reason is given without a dialogue."""
    document = Document.of(Study(id="t", name="t", base=PROBLEM))
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


def at(page: TheatrePage, row: int, minute: int) -> QPoint:
    """Give the point of the viewport at a minute of a row."""
    shown = page.view.layout_
    x, y = shown.x(0, minute), (row + 0.6) * shown.row
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


def test_a_case_is_dragged_within_its_session_on_the_grid(page: TheatrePage, qtbot: QtBot) -> None:
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 563))
    found = where(page, "K1")
    assert found is not None
    assert found[0] == "A"
    assert found[1] % 5 == 0
    assert abs(found[1] - 543) <= 3  # held at the same minute of the case
    assert not page.drag.active
    assert page.bench.document is not None
    page.bench.document.stack.undo()
    assert where(page, "K1") == ("A", 480)


def test_a_small_move_of_the_mouse_only_selects(page: TheatrePage, qtbot: QtBot) -> None:
    board, point = page.view.viewport(), at(page, 0, 500)
    qtbot.mousePress(board, LEFT, NONE, point)
    move(page, point + QPoint(2, 1))
    qtbot.mouseRelease(board, LEFT, NONE, point + QPoint(2, 1))
    assert where(page, "K1") == ("A", 480)
    assert page.bench.selection.now.id == "K1"


def test_while_dragging_the_bubble_says_what_breaks_and_by_how_much(
    page: TheatrePage, qtbot: QtBot
) -> None:
    board = page.view.viewport()
    qtbot.mousePress(board, LEFT, NONE, at(page, 0, 500))
    move(page, at(page, 0, 520))
    move(page, at(page, 0, 730))  # over K2
    qtbot.waitUntil(lambda: page.drag.landing is not None and page.drag.landing.verdict is not None)
    landing = page.drag.landing
    assert landing is not None
    assert landing.verdict is not None
    assert not landing.verdict.allowed
    bubble = page.drag.bubble
    assert bubble.isVisible()
    assert "overlaps" in bubble.told.text()
    assert any(digit in bubble.told.text() for digit in "123456789")
    assert "Esc" in bubble.keys.text()
    source = page.view.visualRect(page.model.index(page.model.numbers("case", "K1")[0]))
    assert not bubble.geometry().intersects(source)
    frame = page.drag._frame(landing, page.drag.carried).toRect()  # type: ignore[arg-type]
    assert not bubble.geometry().intersects(frame)
    move(page, at(page, 0, 630))
    qtbot.waitUntil(lambda: bool(page.drag.landing and page.drag.landing.verdict))
    assert page.drag.landing is not None
    assert page.drag.landing.verdict is not None
    assert page.drag.landing.verdict.allowed
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.drag.active
    assert not bubble.isVisible()
    assert where(page, "K1") == ("A", 480)


def test_a_refused_drop_stays_in_the_air_and_goes_back(page: TheatrePage, qtbot: QtBot) -> None:
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 740))
    assert page.drag.held
    assert page.drag.bubble.keep.isVisible()
    assert where(page, "K1") == ("A", 480)  # nothing was done yet
    page.drag.bubble.back.click()
    assert not page.drag.active
    assert page.bench.document is not None
    assert page.bench.document.stack.count() == 1  # only the plan at the start


def test_shift_drop_keeps_a_refused_place_with_a_reason_in_one_step(
    page: TheatrePage, qtbot: QtBot
) -> None:
    asked: list[list[str]] = []

    def answer(sentences: list[str]) -> str:
        asked.append(sentences)
        return "The surgeon asked for it"

    page.drag.ask = answer
    document = page.bench.document
    assert document is not None
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 740), SHIFT)
    assert len(asked) == 1
    assert "overlaps" in asked[0][0]
    found = where(page, "K1")
    assert found is not None
    assert found[1] > 700
    waivers = document.study.waivers("base")
    assert [waiver.reason for waiver in waivers] == ["The surgeon asked for it"]
    assert document.outcome().judgement.hard == ()  # accepted, whole
    numbers = page.model.numbers("case", "K1")
    assert page.view.painter_.sign(numbers[0], page.model.item(numbers[0])) == "accepted"
    document.stack.undo()
    assert where(page, "K1") == ("A", 480)
    assert document.study.waivers("base") == ()


def test_without_a_reason_nothing_is_kept(page: TheatrePage, qtbot: QtBot) -> None:
    page.drag.ask = lambda sentences: None
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 740), SHIFT)
    assert page.drag.held  # it can still be put back or kept
    assert where(page, "K1") == ("A", 480)
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.drag.active


def test_a_case_goes_to_the_tray_and_comes_back_with_a_surgeon(
    page: TheatrePage, qtbot: QtBot
) -> None:
    board = page.view.viewport()
    tray = board.mapFromGlobal(page.tray.mapToGlobal(page.tray.rect().center()))
    drag(page, qtbot, at(page, 0, 500), tray)
    assert where(page, "K1") is None
    card = page.tray.model.number("K1")
    assert card >= 0
    cards = page.tray.list
    start = cards.visualRect(page.tray.model.index(card)).center()
    qtbot.mousePress(cards.viewport(), LEFT, NONE, start)
    qtbot.mouseMove(cards.viewport(), start + QPoint(3, 0))
    cards.pulled.emit("K1", cards.viewport().mapToGlobal(start).toPointF())
    move(page, at(page, 0, 600))
    qtbot.mouseRelease(board, LEFT, NONE, at(page, 0, 600))
    assert where(page, "K1") == ("A", 600)
    assert page.bench.document is not None
    (placed,) = [p for p in page.bench.document.plan.placements if p.case == "K1"]
    assert placed.surgeon in ("X1", "X2")


def test_where_there_is_no_session_nothing_lands(page: TheatrePage, qtbot: QtBot) -> None:
    page.day = 1
    page.refresh()
    assert page.drag.take("K1")
    names = [theatre.id for theatre in page.view.layout_.theatres]
    assert names == ["R1"]
    page.drag.aim(0, 0, 500)
    assert page.drag.landing is not None
    assert page.drag.landing.session.id == "C"
    assert page.drag.drop()
    assert where(page, "K1") == ("C", 500)
    page.show_week(True)
    assert page.drag.take("K4")
    page.drag.aim(1, 1, 500)  # R2 on Tuesday
    assert page.drag.landing is None
    assert "no session" in page.drag.bubble.title.text()
    assert not page.drag.drop()


def test_a_landing_after_midnight_belongs_to_the_session_of_the_day_before(
    page: TheatrePage,
) -> None:
    page.show_week(True)
    assert page.drag.take("K1")
    page.drag.aim(3, 0, 60)  # Thursday 01:00
    landing = page.drag.landing
    assert landing is not None
    assert (landing.session.id, landing.begun) == ("N", 1500)
    assert page.drag.drop()
    assert where(page, "K1") == ("N", 1500)
    places = [page.model.item(n).place for n in page.model.numbers("case", "K1")]
    assert places == [3]


def test_keys_nudge_a_case_in_one_undo_step(page: TheatrePage, qtbot: QtBot) -> None:
    page.bench.selection.pick("case", "K1")
    for _ in range(3):
        qtbot.keyClick(page.view, Qt.Key.Key_Right, ALT)
    assert where(page, "K1") == ("A", 495)
    qtbot.keyClick(page.view, Qt.Key.Key_Left, ALT)
    assert where(page, "K1") == ("A", 490)
    assert page.bench.document is not None
    page.bench.document.stack.undo()
    assert where(page, "K1") == ("A", 480)


def test_keys_carry_a_case_over_an_illegal_place_and_beyond(
    page: TheatrePage, qtbot: QtBot
) -> None:
    page.drag.ask = lambda sentences: "Agreed"
    page.bench.selection.pick("case", "K1")
    qtbot.keyClick(page.view, Qt.Key.Key_Down, ALT)  # R2 08:00: K4 is there
    assert page.drag.held
    assert where(page, "K1") == ("A", 480)
    qtbot.keyClick(page.view, Qt.Key.Key_Up, ALT)  # back where it is allowed
    assert not page.drag.active
    assert where(page, "K1") == ("A", 480)
    qtbot.keyClick(page.view, Qt.Key.Key_Down, ALT)
    qtbot.keyClick(page.view, Qt.Key.Key_Return, SHIFT)
    assert where(page, "K1") == ("B", 480)
    assert page.bench.document is not None
    assert [w.reason for w in page.bench.document.study.waivers("base")] == ["Agreed"]


def test_delete_takes_out_and_f4_pins(page: TheatrePage, qtbot: QtBot) -> None:
    document = page.bench.document
    assert document is not None
    page.bench.selection.pick("case", "K1", "K2")
    page.actions_["pin"].trigger()
    assert set(document.scenario.pins) == {Pin(kind="case", id="K1"), Pin(kind="case", id="K2")}
    assert page.model.scene.pinned == {"K1", "K2"}
    page.actions_["pin"].trigger()
    assert document.scenario.pins == ()
    page.bench.selection.pick("session", "A")
    page.actions_["pin"].trigger()
    assert document.scenario.pins == (Pin(kind="session", id="A"),)
    page.bench.selection.pick("case", "K1", "K2")
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert where(page, "K1") is None
    assert where(page, "K2") is None
    document.stack.undo()
    assert where(page, "K2") == ("A", 720)


def test_a_move_that_mends_more_than_it_breaks_is_allowed(page: TheatrePage) -> None:
    """What was broken before does not count against a move that breaks it less."""
    document = page.bench.document
    assert document is not None
    page.bench.do(AdoptPlan(scenario="base", plan=Plan.build([
        Placement("K1", "A", "X1", 480), Placement("K2", "A", "X1", 500)])))  # fmt: skip
    assert page.drag.take("K2")
    page.drag.aim(0, 0, 530)  # overlaps less
    page.drag.judge()
    assert page.drag.landing is not None
    assert page.drag.landing.verdict is not None
    assert page.drag.landing.verdict.allowed


def test_a_read_only_study_is_not_changed(page: TheatrePage, qtbot: QtBot) -> None:
    document = page.bench.document
    assert document is not None
    document.read_only = True
    page.bench.selection.pick("case", "K1")
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.keyClick(page.view, Qt.Key.Key_Right, ALT)
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 600))
    assert where(page, "K1") == ("A", 480)
    assert not page.drag.active


def test_the_best_place_is_found_by_key_from_the_tray(page: TheatrePage, qtbot: QtBot) -> None:
    assert page.tray.model.number("K3") == 0
    page.tray.list.setCurrentIndex(page.tray.model.index(0))
    qtbot.keyClick(page.tray.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: where(page, "K3") is not None)
    assert page.bench.document is not None
    assert page.bench.document.outcome().judgement.hard == ()
    assert where(page, "K3") == ("A", 555)  # after K1 and its turnover, before K2
    assert page.bench.selection.now.id == "K3"
    page.bench.document.stack.undo()
    assert where(page, "K3") is None


def test_a_case_that_fits_nowhere_stays_in_the_tray(page: TheatrePage, qtbot: QtBot) -> None:
    document = page.bench.document
    assert document is not None
    longer = Set(kind="case", id="K3", field="mean", expected=45, value=900)
    page.bench.do(Record(scenario="base", group=ChangeSet(name="Long", changes=(longer,))))
    with qtbot.waitSignal(page.bench.told, check_params_cb=lambda _words, wrong: wrong) as said:
        page.tray.best.click()
    assert "K3" in str(said.args)
    assert where(page, "K3") is None


def test_shift_enter_accepts_what_a_case_breaks_where_it_is(
    page: TheatrePage, qtbot: QtBot
) -> None:
    page.drag.ask = lambda sentences: f"{len(sentences)} seen"
    overlap = Plan.build([Placement("K1", "A", "X1", 480), Placement("K2", "A", "X2", 500)])
    page.bench.do(AdoptPlan(scenario="base", plan=overlap))
    page.bench.selection.pick("case", "K1")
    qtbot.keyClick(page.view, Qt.Key.Key_Return, SHIFT)
    document = page.bench.document
    assert document is not None
    assert [w.reason for w in document.study.waivers("base")] == ["1 seen"]
    assert document.outcome().judgement.hard == ()


def test_what_is_wanted_out_of_sight_is_brought_into_view_later(page: TheatrePage) -> None:
    page.hide()
    page.bench.selection.go("session", "N")
    page.show()
    assert page.model.scene.days == (2,)
    (chosen,) = page.view.selectionModel().selectedIndexes()
    assert page.model.item(chosen).id == "N"
