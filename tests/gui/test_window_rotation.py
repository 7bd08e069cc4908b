"""Rotations in the window: laid out from the roster, told before it is done, undone as one step."""

import pytest
from board_pages import roster_page
from pytestqt.qtbot import QtBot
from rotation_house import house

from planner.people import Absence
from planner.study import Study
from ui.window.boards.roster_page import RosterPage
from ui.window.dialogs.roll_out import RollOutDialog
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    away = Absence(id="a", person="P1", first=2, last=2)
    made = Document.of(Study(id="trame1", base=house(absences=(away,))))
    bench.take(made)
    return made


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def opened(page: RosterPage) -> RollOutDialog:
    page.user.roll_out()
    (dialog,) = page.findChildren(RollOutDialog)
    return dialog


def test_it_is_told_before_it_is_done_and_undone_as_one_step(
    page: RosterPage, document: Document
) -> None:
    dialog = opened(page)
    assert dialog.told.toPlainText().startswith("65 duties of 3 people laid out")
    assert "P1 Wed 7 Oct M" in dialog.told.toPlainText()
    assert not any(document.plan.duties)
    dialog.yes.click()
    assert len([*document.plan.duties]) == 65
    assert not document.study.stale(document.name)
    document.stack.undo()
    assert not any(document.plan.duties)


def test_days_are_chosen_and_what_cannot_be_is_said(
    page: RosterPage, document: Document, bench: Workbench
) -> None:
    dialog = opened(page)
    dialog.first.setCurrentIndex(7)
    dialog.last.setCurrentIndex(13)
    assert dialog.edit.days == (7, 13)
    assert "from Mon 12 Oct to Sun 18 Oct" in dialog.told.toPlainText()
    dialog.last.setCurrentIndex(3)
    assert dialog.told.toPlainText().startswith("The days end (8 October 2026) before")
    assert not dialog.yes.isEnabled()
    dialog.reject()
    assert not any(document.plan.duties)


def test_without_a_rotation_it_says_what_to_do(bench: Workbench, qtbot: QtBot) -> None:
    bare = house(rotations=(), lines=(), turns=(), weekly=())
    bench.take(Document.of(Study(id="bare", base=bare)))
    bench.speak("fr")
    dialog = opened(roster_page(bench, qtbot))
    assert dialog.told.toPlainText().startswith("Cette étude n’a pas de roulement")
    assert not dialog.yes.isEnabled()
    bench.speak("en")
