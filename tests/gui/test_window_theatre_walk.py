"""Getting about on the theatre board: selection, keys, wheel, actions, sizes."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from theatre_house import PLACED, PROBLEM, kinds, opened, shown

from planner.hand_edits import Place, TakeOut
from planner.plan import Placement
from ui.window.boards.theatre_layout import HEIGHTS
from ui.window.boards.theatre_page import TheatrePage
from ui.window.main_window import MainWindow
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan."""
    return shown(bench, qtbot)


def test_one_selection_goes_both_ways(page: TheatrePage, bench: Workbench, qtbot: QtBot) -> None:
    (number,) = page.model.numbers("case", "K2")
    at = page.view.visualRect(page.model.index(number)).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (bench.selection.now.kind, bench.selection.now.ids) == ("case", ("K2",))
    page.open_day(1)
    bench.selection.go("session", "A")
    assert page.model.scene.days == (0,)
    (chosen,) = page.view.selectionModel().selectedIndexes()
    assert page.model.item(chosen).id == "A"
    bench.selection.go("case", "K3")  # it waits
    (card,) = page.tray.list.selectionModel().selectedIndexes()
    assert page.tray.model.cards[card.row()].case.id == "K3"
    assert page.view.selectionModel().selectedIndexes() == []


def test_arrows_walk_from_bar_to_bar(page: TheatrePage, bench: Workbench, qtbot: QtBot) -> None:
    bench.do(Place(scenario="base", placement=Placement("K3", "B", "X2", 840)))
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(page.view, key)
        seen.append(bench.selection.now.id)
    assert seen == ["K1", "K2", "K3", "K2", "K1"]


def wheel(page: TheatrePage, held: Qt.KeyboardModifier) -> None:
    at = QPointF(300, 60)
    there = QPointF(page.view.viewport().mapToGlobal(at.toPoint()))
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turned = QPoint(0, 120)
    event = QWheelEvent(at, there, QPoint(), turned, none, held, phase, False)
    QApplication.sendEvent(page.view.viewport(), event)


def test_the_wheel_zooms_time_round_the_pointer_and_pans(page: TheatrePage) -> None:
    before = page.view.layout_.minute_at(300)
    wheel(page, Qt.KeyboardModifier.ControlModifier)
    assert page.view.zoom > 1
    scrolled = page.view.horizontalOffset()
    assert page.view.layout_.minute_at(300 + scrolled) == pytest.approx(before, abs=2)
    wheel(page, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.horizontalOffset() < scrolled
    high = page.view.layout_.row
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    wheel(page, both)
    assert page.view.layout_.row > high
    for _ in range(30):
        page.actions_["zoom_out"].trigger()
    assert page.view.layout_.width == page.view.viewport().width()


def test_actions_of_the_view_show_and_hide(page: TheatrePage) -> None:
    page.actions_["legend"].trigger()
    assert page.legend.isVisible()
    assert page.actions_["legend"].isChecked()
    page.actions_["tray"].trigger()
    assert not page.tray.list.isVisible()
    rows = set()
    for _ in HEIGHTS:
        page.actions_["density"].trigger()
        rows.add(page.view.layout_.row)
    assert len(rows) == 3


def test_a_breach_about_a_surgeon_or_a_theatre_shows_its_bars(
    page: TheatrePage, bench: Workbench
) -> None:
    page.open_day(3)
    for kind, id, meant in (("surgeon", "X1", {"K1", "K2"}), ("theatre", "R1", {"A"})):
        bench.selection.go(kind, id, day=0)
        chosen = page.view.selectionModel().selectedIndexes()
        assert {page.model.item(index).id for index in chosen} == meant
        assert bench.selection.now.kind == kind  # showing is not choosing
    bench.selection.go("day", "3", day=3)
    assert page.model.scene.days == (3,)


def test_leaving_events_alone_that_are_not_ours(page: TheatrePage) -> None:
    assert not page.hand.eventFilter(page.view, QEvent(QEvent.Type.Enter))


def test_hidden_it_waits_and_catches_up_when_shown(page: TheatrePage, bench: Workbench) -> None:
    page.hide()
    bench.do(TakeOut(scenario="base", cases=frozenset({"K1"})))
    assert kinds(page)["case"] == 2
    page.show()
    assert kinds(page)["case"] == 1


def test_the_board_finds_its_place_at_every_size(page: TheatrePage) -> None:
    """Scroll bars that come and go with the room they take must not chase one another."""
    for high in range(400, 900, 37):
        for wide in (520, 700, 1300):
            page.resize(wide, high)
            QApplication.processEvents()
            room = page.view.viewport().width()
            assert page.view.layout_.width == pytest.approx(room, abs=20)
            assert page.tray.opened == (high >= 740)


def test_in_a_wide_window_the_legend_stands_in_the_right_dock(main: MainWindow) -> None:
    document = opened(main.bench, PROBLEM, PLACED)
    document.stack.setClean()
    document.read_only = True  # closing the window asks for nothing
    main.resize(1366, 768)
    main.show_view("theatre")
    page = main.page("theatre")
    assert isinstance(page, TheatrePage)
    QApplication.processEvents()
    assert not page.legend.isVisible()

    def at(wide: int) -> tuple[bool, bool]:
        main.resize(wide, 900)
        QApplication.processEvents()
        QApplication.processEvents()
        return page.legend.isVisible(), main.around.right_dock.isAncestorOf(page.legend)

    assert at(1920) == (True, True)  # unasked: it takes nothing of the board there
    assert main.actions_["legend"].isChecked()
    assert page.legend.height() == page.legend.lines(page.legend.width())
    main.show_view("facts")
    assert not page.legend.isVisible()
    main.show_view("theatre")
    assert at(1920) == (True, True)
    assert at(1366) == (False, False)
    main.actions_["legend"].trigger()
    assert at(1366) == (True, False)
    assert page.isAncestorOf(page.legend)
    assert at(1920) == (True, True)
    main.actions_["legend"].trigger()
    assert at(1920)[0] is False
    assert at(1366)[0] is False
