"""Call-outs recorded from the roster board: the moment of the cell, what breaks, one step to undo."""

import datetime as dt

import pytest
from board_pages import roster_page, ward_document
from PySide6.QtCore import QDate, QTime
from pytestqt.qtbot import QtBot

from planner.people import StaffId
from planner.plan import Duty
from planner.rostering import CALLOUT
from planner.study import BASE
from ui.window.boards.roster_page import RosterPage
from ui.window.dialogs.call_out import CallOutDialog
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def called(page: RosterPage, person: str, day: int) -> CallOutDialog:
    """Open the dialog for a person's cell."""
    page.grid.duties.choose(person, day)
    page.user.call_out()
    (dialog,) = page.findChildren(CallOutDialog)
    return dialog


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_is_told_what_a_call_out_breaks_before_it_is_recorded(
    page: RosterPage, document: Document, bench: Workbench, lang: str
) -> None:
    bench.speak(lang)
    duty = next(each for each in document.plan.duties if each.day > 0)
    dialog = called(page, str(duty.person), duty.day)
    assert dialog.call.person == duty.person
    assert dialog.call.day == duty.day
    dialog.start.setTime(QTime(2, 10))
    dialog.minutes.setValue(95)
    assert bench.say("call_out.not_on_call", person=duty.person) in dialog.told.toPlainText()
    before = document.study
    dialog.record()
    shifts = {str(s.id) for s in document.problem.shifts if CALLOUT in s.tags}
    assert shifts == {"CO-0210-95"}
    made = Duty(StaffId(str(duty.person)), duty.day, "CO-0210-95")  # type: ignore[arg-type]
    assert made in set(document.plan.duties)
    assert duty in set(document.plan.duties)
    document.stack.undo()
    assert document.study == before


def test_one_before_the_period_becomes_part_of_the_past(
    page: RosterPage, document: Document, bench: Workbench
) -> None:
    person = str(document.problem.staff[0].id)
    dialog = called(page, person, 0)
    day = document.problem.horizon.date(0) - dt.timedelta(days=1)
    dialog.date.setDate(QDate(day.year, day.month, day.day))
    assert dialog.call.day == -1
    assert dialog.told.toPlainText() == bench.say("call_out.past")
    dialog.record()
    history = next(each for each in document.problem.histories if each.id == person)
    assert "CO-" in history.past[-1]
    assert document.study.scenario(BASE).parent is None


def test_it_is_in_the_menu_of_a_cell_and_asks_for_one(page: RosterPage, bench: Workbench) -> None:
    said: list[str] = []
    bench.told.connect(lambda words, _bad: said.append(words))
    page.grid.duties.clearSelection()
    page.grid.duties.setCurrentIndex(page.grid.duties.model().index(-1, -1))
    page.user.call_out()
    assert said == [bench.say("call_out.choose")]
    assert bench.document is not None
    page.grid.duties.choose(str(bench.document.problem.staff[0].id), 0)
    menu = page.user.menu()
    assert "call_out" in {action.objectName() for action in menu.actions()}
    menu.deleteLater()
