"""Menus on what is current in lists and tables, by mouse and by Shift+F10."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu
from pytestqt.qtbot import QtBot
from rules_bench import settle
from test_window_walk import working  # noqa: F401 - a fixture
from theatre_hands import handled, where

from planner.commands import expand
from planner.edits import Record
from ui.window.main_window import MainWindow
from ui.window.workbench import Workbench

REASON = QContextMenuEvent.Reason


def menu_of(view: QAbstractItemView, *, key: bool) -> QMenu:
    """Ask for the menu of a list as a key does in the list, or as a mouse does on its current row."""
    view.setFocus()
    at = view.visualRect(view.currentIndex()).center()
    target = view if key else view.viewport()
    at = QPoint(view.width() - 3, view.height() - 3) if key else at
    reason = REASON.Keyboard if key else REASON.Mouse
    QApplication.sendEvent(target, QContextMenuEvent(reason, at, target.mapToGlobal(at)))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu), "no menu"
    return found


def lines(menu: QMenu) -> list[str]:
    told = [each.text() for each in menu.actions() if not each.isSeparator()]
    assert all(told), "a line without words"
    menu.close()
    return told


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_lists_and_tables_offer_what_can_be_done(
    working: MainWindow,  # noqa: F811
    qtbot: QtBot,
    lang: str,
) -> None:
    main, say = working, working.bench.say
    main.bench.speak(lang)
    document = main.bench.document
    assert document is not None
    document.show("Other")
    group = expand(document.problem, "close-room", document.problem.theatres[0].id, "monday")
    assert main.bench.do(Record(scenario="Other", group=group))
    main.bench.settle()
    pages: dict[str, Any] = {name: main.page(name) for name in ("facts", "rules", "compare")}
    side, dock = main.around.left_side.changes, main.around.right_dock.breaches
    side.list.setCurrentRow(0)
    words = [
        ("facts", side.list, say("changes.turn_off")),
        ("facts", side.list, main.actions_["what_if"].text()),
        ("facts", dock.view, say("breach.why")),
        ("facts", pages["facts"].table, say("facts.paste")),
        ("facts", pages["facts"].table, say("facts.remove")),
        ("rules", pages["rules"].list, say("rules.duplicate")),
        ("compare", pages["compare"].table, main.actions_["differences"].text()),
    ]
    for view, which, wanted in words:
        main.show_view(view)
        if view == "compare":
            pages["compare"].settle()
        settle()
        if not which.currentIndex().isValid():
            which.setCurrentIndex(which.model().index(0, 0))
        for key in (False, True):
            assert wanted in lines(menu_of(which, key=key)), (view, key)


def test_a_change_is_switched_off_and_on_by_its_menu(working: MainWindow) -> None:  # noqa: F811
    main, document = working, working.bench.document
    assert document is not None
    document.show("Other")
    group = expand(document.problem, "close-room", document.problem.theatres[0].id, "monday")
    assert main.bench.do(Record(scenario="Other", group=group))
    for on in (False, True):
        settle()
        shown = main.around.left_side.changes.list
        shown.setCurrentRow(0)
        menu = menu_of(shown, key=True)
        menu.actions()[0].trigger()
        menu.close()
        assert document.scenario.changes[0].enabled == on


def test_what_waits_already_is_not_put_there_again(bench: Workbench, qtbot: QtBot) -> None:
    page = handled(bench, qtbot)
    out, best = bench.say("theatre.take_out"), bench.say("theatre.tray.best")
    for case, there, not_there in (("K1", out, best), ("K3", best, out)):  # K3 waits
        bench.selection.go("case", case)
        at = QPoint(5, 5)
        page.contextMenuEvent(QContextMenuEvent(REASON.Keyboard, at, page.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        words = {action.text(): action for action in menu.actions()}
        assert there in words
        assert not_there not in words
        if case == "K3":
            words[best].trigger()
        menu.close()
    qtbot.waitUntil(lambda: where(page, "K3") is not None)
