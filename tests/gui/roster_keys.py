"""Hands on the roster board: a page that takes keys, cells chosen, keys pressed, what is worked then."""

from board_pages import roster_page
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.window.boards.roster_page import RosterPage
from ui.window.document import Document
from ui.window.workbench import Workbench

HELD = Qt.KeyboardModifier


def focused(bench: Workbench, qtbot: QtBot) -> RosterPage:
    """Show the roster of what is open; keys go to it."""
    made = roster_page(bench, qtbot)
    made.setFocus()
    return made


def go(page: RosterPage, person: str, first: int, last: int | None = None) -> None:
    page.grid.duties.choose(person, first, last)


def press(page: RosterPage, key: Qt.Key | str, held: Qt.KeyboardModifier = HELD.NoModifier) -> None:
    if isinstance(key, str):
        QTest.keyClicks(page.grid.duties, key, held)
    else:
        QTest.keyClick(page.grid.duties, key, held)


def works(document: Document, person: str, day: int) -> str:
    there = (duty for duty in document.scenario.plan.duties if duty.person == person)
    return "+".join(sorted(duty.shift for duty in there if duty.day == day))
