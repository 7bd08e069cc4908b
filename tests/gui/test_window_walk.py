"""Tab goes round each view and misses nothing, also after what is on show was made anew."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot
from rules_bench import settle

from planner.edits import Branch
from planner.study import BASE
from ui.window.focus import stops
from ui.window.main_window import MainWindow

KEY, HELD = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def working(working: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with the small demo hospital and a what-if of it."""
    main = working
    assert main.bench.do(Branch(parent=BASE, name="Other"))
    main.resize(1366, 768)
    with qtbot.waitActive(main):
        main.activateWindow()
    return main


def walked(main: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier) -> list[QWidget]:
    """Press a key until the focus is back where it was; give where it has been."""
    first = main.focusWidget()
    seen = [first]
    for _ in range(200):
        QTest.keyClick(main.focusWidget(), key, held)
        if main.focusWidget() is first:
            return seen
        assert main.focusWidget() not in seen, f"caught at {main.focusWidget()}"
        seen.append(main.focusWidget())
    raise AssertionError("never back")


def wanted(main: MainWindow) -> set[QWidget]:
    parts = (
        main.around.bar,
        main.around.strip,
        main.around.left,
        main.current_page(),
        main.around.right,
    )
    return {stop for part in parts for stop in stops(part)}


def next_rule(main: MainWindow) -> None:
    QTest.keyClick(main.page("rules").list, KEY.Key_Down)  # type: ignore[attr-defined]


def next_kind(main: MainWindow) -> None:
    facts: Any = main.page("facts")
    facts.kinds.choose("session")


def another_side(main: MainWindow) -> None:
    QTest.keyClick(main.page("compare").table, KEY.Key_Down)  # type: ignore[attr-defined]


def pick(main: MainWindow) -> None:
    case = main.bench.document.problem.cases[0]  # type: ignore[union-attr]
    main.bench.selection.go("case", str(case.id))


@pytest.mark.parametrize(
    ("view", "change"),
    [
        ("theatre", pick),
        ("roster", pick),
        ("facts", next_kind),
        ("rules", next_rule),
        ("compare", another_side),
    ],
)
def test_tab_goes_round_a_view_and_misses_nothing(
    working: MainWindow, qtbot: QtBot, view: str, change: Callable[[MainWindow], None]
) -> None:
    main = working
    lists = {"rules": ("kinds", "rules"), "facts": ("kinds", "facts")}
    main.show_view(view)
    if view == "compare":
        qtbot.waitUntil(lambda: main.page("compare").table.isVisible())  # type: ignore[attr-defined]
    settle()
    for turn in range(2):
        if turn:
            main.current_page().setFocus()
            change(main)
            settle()
        there = walked(main, KEY.Key_Tab, HELD.NoModifier)
        assert set(there) == wanted(main)
        if turn:
            back = walked(main, KEY.Key_Backtab, HELD.ShiftModifier)
            assert back == [back[0], *reversed(there[1:])]
        assert places(main, there) == sorted(places(main, there))
    stops_of_f6 = walked(main, KEY.Key_F6, HELD.NoModifier)
    assert set(lists.get(view, ())) <= {stop.objectName() for stop in stops_of_f6}


def places(main: MainWindow, walk: list[QWidget]) -> list[int]:
    """Give the areas of a walk by number, from the tool bar on."""
    areas = main.focus.areas()
    start = next(n for n, stop in enumerate(walk) if main.around.bar.isAncestorOf(stop))
    while main.around.bar.isAncestorOf(walk[start - 1]):
        start -= 1
    found = []
    for stop in [*walk[start:], *walk[:start]]:
        place = next((n for n, a in enumerate(areas) if a is stop or a.isAncestorOf(stop)), None)
        assert place is not None, f"in no area: {stop} {stop.objectName()}"
        found.append(place)
    return found


AROUND = ("QToolBar", "Banner", "ScenariosPanel", "ChangesPanel")


_BOARD = ("IndicatorStrip", "TheatreBar", "TheatreView")


@pytest.mark.parametrize(
    ("view", "inner"),
    [
        ("theatre", (*_BOARD, "LanePanel", "TheatreTray", "RightDock")),
        ("roster", ("IndicatorStrip", "RosterBar", "RosterGrid", "RightDock")),
        ("facts", ("KindsList", "FactsBar", "RecordTable", "RightDock")),
        ("rules", ("RowView", "QWidget", "RowView", "RuleForm")),
    ],
)
def test_f6_goes_through_the_areas_in_the_order_of_reading(
    working: MainWindow, view: str, inner: tuple[str, ...]
) -> None:
    main = working
    assert main.bench.document is not None
    main.bench.document.show("Other")
    main.show_view(view)
    settle()
    main.focus.enter(main.around.bar)
    areas = main.focus.areas()
    walk = walked(main, KEY.Key_F6, HELD.NoModifier)
    found = [next(a for a in areas if a is stop or a.isAncestorOf(stop)) for stop in walk]
    names = [type(area).__name__ for area in dict.fromkeys(found)]
    assert [each for each in names if not each.endswith("Empty")] == [*AROUND, *inner]


def test_what_the_keys_reach_beside_the_boards_has_a_name(working: MainWindow) -> None:
    around = working.around
    lists = (around.left_side.scenarios.tree, around.right_dock.breaches.view, around.go_to)
    for each in lists:
        found = QAccessible.queryAccessibleInterface(each)
        assert found is not None
        assert found.text(QAccessible.Text.Name)
    buttons = around.go_to.findChildren(QToolButton)
    assert buttons
    assert all(each.focusPolicy() == Qt.FocusPolicy.NoFocus for each in buttons)
