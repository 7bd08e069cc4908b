"""Repair on the day and good places from the window: the real worker answers, an edit takes it."""

from typing import Any

import pytest
from pictures import cut
from PySide6.QtCore import QDate, QDateTime, QTime
from pytestqt.qtbot import QtBot
from solving_bench import LONG, Pretend, longer
from theatre_hands import handled, where

from planner.day_events import Event
from planner.words import LANGUAGES
from ui.window.boards.theatre_page import TheatrePage
from ui.window.dialogs.day_event import present
from ui.window.dialogs.repair import RepairDialog
from ui.window.dialogs.slots import SlotsDialog
from ui.window.dialogs.what_if import WhatIfDialog
from ui.window.steps import step_words
from ui.window.undo import Step
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """K1 at eight and K2 at noon in R1, K4 in R2; K3 waits."""
    return handled(bench, qtbot)


def opened(page: TheatrePage, qtbot: QtBot, kind: type[Any]) -> Any:
    """Give the dialog that has been opened over the board."""
    (dialog,) = page.findChildren(kind)
    qtbot.waitExposed(dialog)
    return dialog


def asked(page: TheatrePage, qtbot: QtBot, kind: str, subject: str, minutes: int = 45) -> Any:
    page.on_the_day.happened(0)
    dialog: RepairDialog = opened(page, qtbot, RepairDialog)
    dialog.form.begin(kind, subject)
    dialog.form.minutes.setValue(minutes)
    return dialog


def test_the_form_begins_with_what_is_selected_and_says_what_cannot_be(
    page: TheatrePage, qtbot: QtBot
) -> None:
    page.bench.selection.go("case", "K2")
    page.on_the_day.happened(5)
    dialog: RepairDialog = opened(page, qtbot, RepairDialog)
    assert dialog.form.happening == Event(kind="overrun", subject="K2", minutes=45)
    assert dialog.form.moment == (0, 480)  # as the first session of the day begins
    dialog.form.now.setTime(QTime(10, 0))
    assert dialog.look.isEnabled()
    assert not dialog.adopt.isEnabled()
    dialog.form.begin("cancel", "K1")
    assert not dialog.look.isEnabled()
    assert "K1" in dialog.told.text()
    dialog.form.begin("emergency", "S")
    assert dialog.form.form.isRowVisible(dialog.form.priority)
    assert not dialog.form.form.isRowVisible(dialog.form.at)
    assert dialog.form.form.isRowVisible(dialog.form.within)
    assert dialog.form.happening.within is None
    dialog.form.within.setValue(60)
    assert dialog.form.happening.words == "emergency:90,S,P2,60"
    assert "to begin within 1\N{NO-BREAK SPACE}h" in dialog.told.text()
    dialog.form.begin("close", "R1")
    assert dialog.form.happening == Event(kind="close", subject="R1", at=540)
    assert not dialog.form.form.isRowVisible(dialog.form.within)


def test_on_the_day_itself_it_is_now(page: TheatrePage) -> None:
    assert page.bench.document is not None
    problem = page.bench.document.problem
    today = problem.horizon.date(2)
    at = QDateTime(QDate(today.year, today.month, today.day), QTime(13, 47))
    assert present(problem, 2, at) == 827
    assert present(problem, 0, at) == 480
    assert present(problem, 2, at.addDays(1)) == 1200  # its session is that of the night
    assert present(problem, 6, at) == 0  # nobody works


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_is_adopted_as_one_edit_and_undone(
    page: TheatrePage, qtbot: QtBot, pretend: Pretend, lang: str
) -> None:
    pretend("idle")
    bench = page.bench
    bench.speak(lang)
    assert bench.document is not None
    before, base = bench.document.stack.count(), bench.document.study
    dialog = asked(page, qtbot, "overrun", "K1", 240)
    dialog.form.now.setTime(QTime(9, 0))
    dialog.ask()
    qtbot.waitUntil(lambda: bool(dialog.answers), timeout=LONG)
    assert {answer["reach"] for answer in dialog.answers} >= {"nothing"}
    assert "K2" in dialog.detail.toPlainText()
    dialog.take()
    assert bench.document.stack.count() == before + 1
    step = bench.document.stack.command(before)
    assert isinstance(step, Step)
    assert "overrun:" not in step_words(step, "fr")
    assert "2026-" not in step_words(step, "fr")
    assert where(page, "K1") == ("A", 480)
    assert where(page, "K2") == ("A", 780)
    assert next(each for each in bench.document.problem.cases if each.id == "K1").mean == 300
    bench.document.stack.undo()
    assert bench.document.study == base
    assert where(page, "K2") == ("A", 720)


def test_answers_go_when_the_form_says_something_else(
    page: TheatrePage, qtbot: QtBot, pretend: Pretend
) -> None:
    pretend("idle")
    dialog = asked(page, qtbot, "overrun", "K1", 240)
    dialog.ask()
    dialog.form.minutes.setValue(250)
    assert not dialog.asker.busy
    assert dialog.list.count() == 0
    assert not dialog.adopt.isEnabled()


def test_what_the_worker_cannot_answer_is_said(
    page: TheatrePage, qtbot: QtBot, pretend: Pretend
) -> None:
    pretend("nothing")
    dialog = asked(page, qtbot, "overrun", "K1", 240)
    dialog.ask()
    qtbot.waitUntil(lambda: dialog.told.text() == "out of luck", timeout=LONG)
    assert not dialog.adopt.isEnabled()


def test_an_answer_to_another_state_of_the_study_is_not_taken(
    page: TheatrePage, qtbot: QtBot, pretend: Pretend
) -> None:
    pretend("idle")
    bench = page.bench
    assert bench.document is not None
    dialog = asked(page, qtbot, "overrun", "K1", 240)
    dialog.ask()
    bench.do(longer(bench.document))
    qtbot.waitUntil(lambda: not dialog.asker.busy, timeout=LONG)
    assert dialog.told.text() == bench.say("asking.changed")
    assert dialog.answers == []


def test_a_waiting_case_is_placed_by_a_click(
    page: TheatrePage, qtbot: QtBot, pretend: Pretend
) -> None:
    pretend("idle")
    page.on_the_day.places("K3")
    dialog: SlotsDialog = opened(page, qtbot, SlotsDialog)
    qtbot.waitUntil(lambda: bool(dialog.buttons), timeout=LONG)
    assert 1 <= len(dialog.buttons) <= 3
    session, start = dialog.slots[0]["session"], dialog.slots[0]["start"]
    dialog.buttons[0].click()
    hours, minutes = map(int, str(start).split(":"))
    assert where(page, "K3") == (session, 60 * hours + minutes)


NOWHERE = "There is no place for K3 without moving anybody: " + "; ".join(
    f"{n} sessions are of another specialty" for n in range(100, 104)
)


def test_a_refusal_of_several_lines_is_seen_whole(page: TheatrePage, qtbot: QtBot) -> None:
    dialog = SlotsDialog(page.bench, "K3")
    qtbot.addWidget(dialog)
    dialog.asker.forget()
    dialog.show()
    qtbot.waitExposed(dialog)
    low = dialog.height()
    dialog.show_places({"slots": [], "sentence": NOWHERE})
    qtbot.waitUntil(lambda: dialog.height() > low)
    qtbot.waitUntil(lambda: not cut(dialog))
    dialog.resize(dialog.minimumWidth(), low)
    dialog.told.setText(f"{NOWHERE}. {NOWHERE}")
    qtbot.waitUntil(lambda: not cut(dialog))


def test_words_of_several_lines_are_seen_whole_above_answers(
    page: TheatrePage, qtbot: QtBot
) -> None:
    dialog = asked(page, qtbot, "emergency", "S")
    dialog._refuse(f"{NOWHERE}. {NOWHERE}")
    qtbot.waitUntil(lambda: not cut(dialog))


def test_words_of_several_lines_are_seen_whole_under_a_command(
    bench: Workbench, page: TheatrePage, qtbot: QtBot
) -> None:
    assert bench.document is not None
    dialog = WhatIfDialog(bench, bench.document.problem)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.told.setText(f"{NOWHERE}. {NOWHERE}")
    qtbot.waitUntil(lambda: not cut(dialog))


def test_what_is_offered_depends_on_what_is_selected(page: TheatrePage) -> None:
    from PySide6.QtWidgets import QMenu

    say = page.bench.say
    for case, words in (("K1", say("action.repair")), ("K3", say("slots.offer"))):
        page.bench.selection.go("case", case)
        menu = QMenu()
        page.on_the_day.offer(menu, 0)
        assert [action.text() for action in menu.actions()] == [words]
