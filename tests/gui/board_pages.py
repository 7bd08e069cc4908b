"""Boards on their own, without a window around them: a roster page, a page of a comparison."""

from autumn_ward import study
from four_scenarios import four
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.window.actions import Actions
from ui.window.boards.compare_page import ComparePage
from ui.window.boards.roster_page import RosterPage
from ui.window.document import Document
from ui.window.workbench import Workbench


def ward_document(bench: Workbench) -> Document:
    """Open the ward in autumn, with a what-if of it."""
    return _taken(bench, Document.of(study(child="Nights")))


def four_document(bench: Workbench) -> Document:
    """Open the small house with four scenarios."""
    return _taken(bench, Document.of(four()))


def _taken(bench: Workbench, made: Document) -> Document:
    bench.take(made)
    return made


def roster_page(bench: Workbench, qtbot: QtBot) -> RosterPage:
    """Show the roster of what is open."""
    made = RosterPage(bench, Actions(bench, bench))
    _show(made, qtbot, 976, 600)
    return made


def compare_page(bench: Workbench, qtbot: QtBot) -> ComparePage:
    """Show the comparison of the open scenario with its parent, worked out."""
    QAccessible.setActive(True)
    made = ComparePage(bench, Actions(bench, bench))
    _show(made, qtbot, 1366, 640)
    made.settle()
    return made


def _show(made: QWidget, qtbot: QtBot, wide: int, high: int) -> None:
    qtbot.addWidget(made)
    made.resize(wide, high)
    made.show()
    qtbot.waitExposed(made)
