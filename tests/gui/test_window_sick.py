"""Sick calls from the roster board: what the form says, answers of the real worker, one edit, undone."""

import pytest
from board_pages import roster_page, ward_document
from PySide6.QtCore import QTime
from pytestqt.qtbot import QtBot
from solving_bench import LONG, Pretend

from planner.words import LANGUAGES
from ui.window.boards.roster_page import RosterPage
from ui.window.dialogs.sick import SickDialog
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def called(page: RosterPage, person: str, day: int) -> SickDialog:
    """Open the dialog for a person's cell."""
    page.grid.duties.choose(person, day)
    page.user.call_sick()
    (dialog,) = page.findChildren(SickDialog)
    return dialog


def busy(document: Document) -> tuple[str, int]:
    """Give the first duty that is not on the first day."""
    duty = next(each for each in document.plan.duties if each.day > 0)
    return str(duty.person), duty.day


def test_the_form_says_what_is_lost_and_what_cannot_be(
    page: RosterPage, document: Document
) -> None:
    person, day = busy(document)
    dialog = called(page, person, day)
    assert dialog.form.happening.people == (person,)
    assert dialog.form.happening.first == document.problem.horizon.date(day)
    assert "1 duty is lost." in dialog.told.text()
    dialog.form.days.setValue(3)
    assert dialog.form.happening.last == document.problem.horizon.date(day + 2)
    assert dialog.look.isEnabled()
    dialog.form.people.setText("nobody")
    assert "There is nobody nobody" in dialog.told.text()
    assert not dialog.look.isEnabled()
    dialog.form.people.setText("")
    assert not dialog.look.isEnabled()


def test_a_duty_that_has_begun_is_not_lost(page: RosterPage, document: Document) -> None:
    dialog = called(page, *busy(document))
    dialog.form.now.setTime(QTime(23, 59))
    assert "0 duties are lost." in dialog.told.text()


def test_without_a_cell_nobody_is_sick(page: RosterPage, bench: Workbench) -> None:
    said: list[str] = []
    bench.told.connect(lambda words, _bad: said.append(words))
    page.grid.duties.clearSelection()
    page.grid.duties.setCurrentIndex(page.grid.duties.model().index(-1, -1))
    page.user.call_sick()
    assert said == ["Select a cell of the person who is sick, on the first day of it."]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_is_adopted_as_one_edit_and_undone(
    page: RosterPage, document: Document, qtbot: QtBot, pretend: Pretend, lang: str
) -> None:
    pretend("idle")
    bench = page.bench
    bench.speak(lang)
    before, steps = document.study, document.stack.count()
    person, day = busy(document)
    dialog = called(page, person, day)
    dialog.ask()
    qtbot.waitUntil(lambda: bool(dialog.answers), timeout=LONG)
    assert dialog.answers[-1]["reach"] in ("nothing", "one", "two")
    dialog.list.setCurrentRow(len(dialog.answers) - 1)
    dialog.take()
    assert document.stack.count() == steps + 1
    assert not any(each.person == person and each.day == day for each in document.plan.duties)
    assert person in {each.person for each in document.problem.absences}
    document.stack.undo()
    assert document.study == before
