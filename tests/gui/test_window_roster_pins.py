"""Pins on the roster: days of a person, days of everybody, all days of people."""

import pytest
from board_pages import roster_page, ward_document
from pytestqt.qtbot import QtBot

from planner.edits import SetPins
from planner.study import BASE, Pin
from ui.window.boards.roster_page import RosterPage
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def test_pins_are_set_and_freed(page: RosterPage, document: Document, bench: Workbench) -> None:
    page.grid.duties.choose("AS-01", 0, 2)
    page.user.pin()
    assert document.scenario.pins == (Pin(kind="person", id="AS-01", first=0, last=2),)
    page.user.pin()
    assert document.scenario.pins == ()
    bench.do(SetPins(scenario=BASE, pins=(Pin(kind="person", id="AS-01", first=0, last=6),)))
    page.grid.duties.choose("AS-01", 3)
    page.user.pin()
    assert {(pin.first, pin.last) for pin in document.scenario.pins} == {(0, 2), (4, 6)}


def test_days_of_everybody_and_all_days_of_people_are_pinned(
    page: RosterPage, document: Document
) -> None:
    page.grid.duties.choose("AS-01", 0, 2)
    page.actions_["pin_day"].trigger()
    assert document.scenario.pins == (Pin(kind="day", id="", first=0, last=2),)
    page.user.pin()  # a day of everybody is not freed for one
    page.actions_["pin_day"].trigger()
    assert document.scenario.pins == ()
    for do in ("Pin", "Unpin"):
        (people,) = (
            each for each in page.user.menu().actions() if each.objectName() == "pin people"
        )
        assert people.text() == f"{do} all days of these people"
        people.trigger()
    assert document.scenario.pins == ()
