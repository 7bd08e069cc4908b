"""Letters typed into the roster: which shift they mean, quick and slow hands, Delete, Escape."""

import pytest
from autumn_ward import SHIFTS, ward
from board_pages import ward_document
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from roster_keys import focused, go, press, works

from ui.window.boards.roster_hand import QUICK, Typing, starting
from ui.window.boards.roster_page import RosterPage
from ui.window.document import Document
from ui.window.workbench import Workbench

KEY = Qt.Key


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return focused(bench, qtbot)


def test_letters_mean_the_first_shift_that_begins_with_them() -> None:
    problem = ward()
    found = {typed: starting(problem, typed) for typed in ("m", "j", "J1", "n", "na", "x")}
    ids = {typed: shift and shift.id for typed, shift in found.items()}
    assert ids == {"m": "M", "j": "J9", "J1": "J10", "n": "N", "na": "NA", "x": None}


def test_quick_letters_are_one_word_slow_ones_are_two() -> None:
    problem, typing = ward(), Typing()
    here, next_ = ("AS-03", 0), ("AS-03", 1)
    assert typing.press("j", 1000, here, problem) == (SHIFTS[1], here)
    assert typing.press("1", 1200, next_, problem) == (SHIFTS[2], here)  # J10 where J9 was
    assert typing.press("n", 1300, next_, problem) == (SHIFTS[3], next_)
    assert typing.press("n", 1400, ("AS-03", 2), problem) == (SHIFTS[3], ("AS-03", 2))
    assert typing.press("j", 5000, here, problem) == (SHIFTS[1], here)
    assert typing.press("n", 5000 + QUICK + 1, next_, problem) == (SHIFTS[3], next_)


def test_a_slow_hand_goes_on_with_a_word_where_nothing_else_begins_so() -> None:
    problem, typing = ward(), Typing()
    here, next_ = ("AS-03", 0), ("AS-03", 1)
    typing.press("j", 1000, here, problem)
    assert typing.press("1", 9000, next_, problem) == (SHIFTS[2], here)  # no shift begins with 1
    assert typing.press("0", 19000, next_, problem) == (SHIFTS[2], here)
    assert typing.press("j", 20000, next_, problem) == (SHIFTS[1], next_)
    assert typing.press("1", 20100, ("AS-03", 7), problem) is None  # the hand has gone elsewhere
    typing.press("n", 30000, here, problem)
    assert typing.press("a", 30100, next_, problem) == (SHIFTS[4], here)
    typing.press("n", 40000, here, problem)
    typing.forget()
    assert typing.press("a", 40100, next_, problem) is None


@pytest.mark.parametrize(
    ("typed", "shift"),
    [("m", "M"), ("M", "M"), ("j", "J9"), ("j9", "J9"), ("j1", "J10"), ("n", "N"), ("na", "NA")],
)
def test_every_shift_has_its_letters(
    page: RosterPage, document: Document, typed: str, shift: str
) -> None:
    go(page, "AS-03", 7)
    press(page, typed)
    assert works(document, "AS-03", 7) in (shift, f"N+{shift}")  # a call is beside a duty
    assert page.grid.duties.here() == ("AS-03", 8)
    go(page, "AS-03", 7)
    press(page, KEY.Key_Delete)
    assert works(document, "AS-03", 7) == ""


def test_escape_ends_a_word(page: RosterPage, document: Document) -> None:
    go(page, "AS-03", 7)
    press(page, "n")
    press(page, KEY.Key_Escape)
    press(page, "a")
    assert [works(document, "AS-03", day) for day in (7, 8)] == ["N", ""]


def test_typing_fills_a_row_and_is_one_step_to_undo(page: RosterPage, document: Document) -> None:
    go(page, "AS-03", 7)
    steps = document.stack.count()
    press(page, "mnm")
    assert [works(document, "AS-03", day) for day in (7, 8, 9)] == ["M", "N", "M"]
    assert page.grid.duties.here() == ("AS-03", 10)
    assert document.stack.count() == steps + 1
    document.stack.undo()
    assert [works(document, "AS-03", day) for day in (7, 8, 9)] == ["", "", ""]
    document.stack.redo()
    assert works(document, "AS-03", 8) == "N"


def test_a_call_is_added_to_a_duty_of_work(page: RosterPage, document: Document) -> None:
    go(page, "IADE-01", 0)
    press(page, "na")
    assert works(document, "IADE-01", 0) == "N+NA"  # the call has a track of its own
    go(page, "IADE-01", 0)
    press(page, "m")
    assert works(document, "IADE-01", 0) == "M+NA"


def test_a_letter_without_a_shift_says_so(
    page: RosterPage, document: Document, bench: Workbench, qtbot: QtBot
) -> None:
    go(page, "IADE-01", 0)
    with qtbot.waitSignal(bench.told) as told:
        press(page, "x")
    assert told.args == ["No shift begins with “x”.", True]
    assert works(document, "IADE-01", 0) == "M"


def test_letters_and_delete_work_on_all_that_is_selected(
    page: RosterPage, document: Document
) -> None:
    go(page, "AS-03", 7, 9)
    press(page, "n")
    assert [works(document, "AS-03", day) for day in (6, 7, 8, 9, 10)] == ["", "N", "N", "N", ""]
    press(page, KEY.Key_Delete)
    assert [works(document, "AS-03", day) for day in (7, 8, 9)] == ["", "", ""]


def test_nothing_is_edited_under_a_provisional_plan(
    page: RosterPage, document: Document, bench: Workbench, qtbot: QtBot
) -> None:
    document.preview(document.scenario.plan.with_duties(()))
    go(page, "AS-03", 7)
    with qtbot.waitSignal(bench.told) as told:
        press(page, "m")
    assert told.args[1] is True
    assert works(document, "AS-03", 7) == ""
