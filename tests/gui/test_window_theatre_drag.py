"""Dragging on the theatre board: what is said on the way, where it lands, what can be undone."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from theatre_hands import LEFT, NONE, PLACED, PROBLEM, SHIFT, at, drag, handled, move, where

from planner.people import Absence
from planner.plan import Plan
from planner.rules.contract import Rule
from planner.rules.theatre.surgeon_away import SurgeonAway
from planner.rules.theatre.surgeon_overlap import SurgeonOverlap
from ui.window.boards.theatre_bubble import spot
from ui.window.boards.theatre_page import TheatrePage
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan to be changed by hand."""
    return handled(bench, qtbot)


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


def test_the_bubble_speaks_the_language_of_the_moment(page: TheatrePage, qtbot: QtBot) -> None:
    bubble, bench = page.drag.bubble, page.bench
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 740))
    assert page.drag.held
    english = [bubble.title.text(), bubble.told.text(), bubble.keep.text(), bubble.back.text()]
    bench.speak("fr")
    french = [bubble.title.text(), bubble.told.text(), bubble.keep.text(), bubble.back.text()]
    assert all(a and a != b for a, b in zip(english, french, strict=True))
    bubble.back.click()
    qtbot.mousePress(page.view.viewport(), LEFT, NONE, at(page, 0, 500))
    move(page, at(page, 0, 530))
    move(page, at(page, 2, 700))
    assert "R3" in bubble.title.text()
    before = bubble.title.text()
    bench.speak("en")
    assert bubble.title.text() != before
    page.drag.cancel()
    bench.speak("fr")
    assert not bubble.isVisible()


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
    page.drag.aim(0, 0, 500)
    assert page.drag.landing is not None
    assert page.drag.landing.session.id == "C"
    assert page.drag.drop()
    assert where(page, "K1") == ("C", 500)
    page.show_span("week")
    assert page.drag.take("K4")
    page.drag.aim(1, 1, 500)  # R2 on Tuesday
    assert page.drag.landing is None
    assert "no session" in page.drag.bubble.title.text()
    assert not page.drag.drop()


def test_a_landing_after_midnight_belongs_to_the_session_of_the_day_before(
    page: TheatrePage,
) -> None:
    page.show_span("week")
    assert page.drag.take("K1")
    page.drag.aim(3, 0, 60)  # Thursday 01:00
    landing = page.drag.landing
    assert landing is not None
    assert (landing.session.id, landing.begun) == ("N", 1500)
    assert page.drag.drop()
    assert where(page, "K1") == ("N", 1500)
    places = [page.model.item(n).place for n in page.model.numbers("case", "K1")]
    assert places == [3]


def test_a_case_is_dropped_on_another_day_of_a_week(page: TheatrePage, qtbot: QtBot) -> None:
    page.show_span("week")
    page.resize(1500, 760)
    QApplication.processEvents()
    drag(page, qtbot, at(page, 0, 500), at(page, 0, 620, place=1))
    found = where(page, "K1")
    assert found is not None
    assert found[0] == "C"
    assert abs(found[1] - 600) <= 10  # held at the same minute of the case
    assert page.bench.document is not None
    page.bench.document.stack.undo()
    assert where(page, "K1") == ("A", 480)


def test_over_a_theatre_without_a_session_the_bubble_says_so_at_the_pointer(
    page: TheatrePage, qtbot: QtBot
) -> None:
    board = page.view.viewport()
    qtbot.mousePress(board, LEFT, NONE, at(page, 0, 500))
    move(page, at(page, 0, 530))
    there = at(page, 2, 700)
    move(page, there)  # R3 has none
    assert page.drag.landing is None
    assert page.drag.nowhere is not None
    bubble = page.drag.bubble
    assert "R3" in bubble.title.text()
    assert not bubble.geometry().contains(there)
    assert not bubble.geometry().intersects(page.drag.nowhere.toRect())
    assert (bubble.geometry().center() - there).manhattanLength() < 400
    page.view.viewport().grab()  # painting it raises nothing
    with qtbot.waitSignal(page.bench.told, check_params_cb=lambda words, wrong: wrong) as said:
        qtbot.mouseRelease(board, LEFT, NONE, there)
    assert "R3" in str(said.args)
    assert where(page, "K1") == ("A", 480)


@pytest.mark.parametrize("room", [(847, 450), (700, 300)])
@pytest.mark.parametrize("words", [60, 130])
def test_the_bubble_never_covers_source_or_target(room: tuple[int, int], words: int) -> None:
    inside = QRect(0, 0, *room)
    for number in range(600):
        wide, high = 20 + 37 * number % 220, (26, 55, 70)[number % 3]
        near = QRect(61 * number % (room[0] - 40), 43 * number % (room[1] - 20), wide, high)
        source = QRect(97 * number % (room[0] - 40), 29 * number % (room[1] - 20), wide, high)
        found = QRect(spot(QSize(316, words), inside, near, [source]), QSize(316, words))
        assert inside.contains(found)
        if words <= 60 or room[1] >= 400:
            assert not found.intersects(near), number
            assert not found.intersects(source), number


def test_a_provisional_plan_that_comes_while_dragging_ends_the_drag(
    page: TheatrePage, qtbot: QtBot
) -> None:
    document, board = page.bench.document, page.view.viewport()
    assert document is not None
    page._pulled("K3", QPointF(board.mapToGlobal(at(page, 0, 600))))
    assert QWidget.mouseGrabber() is board
    document.preview(Plan.build(PLACED[:2]))
    assert not page.drag.active
    assert QWidget.mouseGrabber() is None  # the mouse is free again
    assert not page.drag.bubble.isVisible()
    qtbot.mouseRelease(board, LEFT, NONE, at(page, 0, 600))
    document.preview(None)
    assert where(page, "K3") is None


def test_escape_lets_a_card_of_the_tray_go_and_gives_the_mouse_back(
    page: TheatrePage, qtbot: QtBot
) -> None:
    board = page.view.viewport()
    page._pulled("K3", QPointF(board.mapToGlobal(at(page, 0, 600))))
    page.drag.judge()
    assert "tray" not in page.drag.bubble.title.text()
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert (page.drag.active, QWidget.mouseGrabber()) == (False, None)


def test_back_to_the_tray_is_said_as_such(page: TheatrePage, qtbot: QtBot) -> None:
    for lang, words in (("en", "Put back into the tray (Esc)"),
                        ("fr", "Laisser à programmer (Échap)")):  # fmt: skip
        page.bench.speak(lang)
        assert page.drag.take("K3")
        page.drag.aim(0, 0, 740)  # over K2
        assert not page.drag.drop()
        assert page.drag.held
        assert page.drag.bubble.back.text() == words
        page.drag.cancel()


@pytest.mark.parametrize(
    ("rule", "row", "minute"),
    [(SurgeonOverlap(id="T05"), 1, 510), (SurgeonAway(id="T06"), 0, 620)],
    ids=["at work elsewhere", "away"],
)
def test_a_drop_is_refused_where_the_surgeon_cannot_be(
    bench: Workbench, qtbot: QtBot, rule: Rule[Any, Any], row: int, minute: int
) -> None:
    """X1 operates K1 at 8:00 and is away from 10:00 to 11:00."""
    away = Absence(id="L1", person="X1", first=0, last=0, start=600, end=660)
    placed = replace(PROBLEM, absences=(away,), rules=(rule,))
    page = handled(bench, qtbot, placed)
    start = (0, 500) if row == 0 else (0, 740)  # K1, or K2 to the other theatre
    case = "K1" if row == 0 else "K2"
    before = where(page, case)
    drag(page, qtbot, at(page, *start), at(page, row, minute))
    assert page.drag.held
    assert page.drag.landing is not None
    assert page.drag.landing.verdict is not None
    assert [each.rule.id for each in page.drag.landing.verdict.hard] == [rule.id]
    assert where(page, case) == before
    page.drag.cancel()
