"""The tray of vacancies: what is in it, dragged onto a person, and the list of who could take it."""

from collections.abc import Callable

import pytest
from board_pages import roster_page, ward_document
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.hand_edits import Assign
from planner.study import BASE
from ui.window.boards import roster_filling
from ui.window.boards.roster_page import RosterPage
from ui.window.boards.roster_sheet import Group
from ui.window.dialogs.takers import TakersDialog
from ui.window.document import Document
from ui.window.workbench import Workbench

TOLD = Qt.ItemDataRole.AccessibleTextRole
KEY, HELD, MOUSE = Qt.Key, Qt.KeyboardModifier, QEvent.Type


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    made = roster_page(bench, qtbot)
    made.tray.open(True)
    return made


def told(page: RosterPage) -> list[str]:
    model = page.tray.model
    return [str(model.data(model.index(row, 0), TOLD)) for row in range(model.rowCount())]


def works(document: Document, person: str, day: int) -> str:
    there = (duty for duty in document.scenario.plan.duties if duty.person == person)
    return "+".join(sorted(duty.shift for duty in there if duty.day == day))


def drag(page: RosterPage, number: int, to: tuple[str, int], *, held: bool, drop: bool) -> None:
    """Drag a card of the tray over a cell with the mouse."""
    cards = page.tray.list
    box = page.grid.duties.box_of(to)
    assert box is not None
    start = cards.visualRect(page.tray.model.index(number, 0)).center()
    goal = page.grid.duties.viewport().mapToGlobal(box.center().toPoint())
    steps = [(MOUSE.MouseButtonPress, start), (MOUSE.MouseMove, start + QPoint(20, 0))]
    steps.append((MOUSE.MouseMove, cards.viewport().mapFromGlobal(goal)))
    if drop:
        steps.append((MOUSE.MouseButtonRelease, steps[-1][1]))
    shift = HELD.ShiftModifier if held else HELD.NoModifier
    for kind, point in steps:
        button = Qt.MouseButton.NoButton if kind == MOUSE.MouseMove else Qt.MouseButton.LeftButton
        spot = QPointF(point), QPointF(cards.viewport().mapToGlobal(point))
        event = QMouseEvent(kind, *spot, button, Qt.MouseButton.LeftButton, shift)
        QApplication.sendEvent(cards.viewport(), event)


Asked = Callable[[], TakersDialog]


@pytest.fixture
def asked(page: RosterPage, qtbot: QtBot) -> Asked:
    """Give the dialog that is open, once everybody was tried."""

    def give() -> TakersDialog:
        dialog = next(each for each in page.findChildren(TakersDialog) if each.isVisible())
        while dialog.timer.isActive():
            dialog.step()
        return dialog

    return give


def test_the_model_is_sound(page: RosterPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.tray.model, force_py=True)


def test_what_nobody_holds_is_in_the_tray(page: RosterPage, bench: Workbench) -> None:
    assert told(page) == [
        "IADE-M, Thursday 22 October 2026: M with iade, 1 missing",
        "IADE-M, Friday 23 October 2026: M with iade, 1 missing",
    ]
    assert page.tray.count.text() == "2"
    bench.do(Assign(scenario=BASE, duties=(("IADE-02", 3, "M"),)))
    assert len(told(page)) == 1
    bench.do(Assign(scenario=BASE, duties=(("IADE-03", 4, "M"),)))
    assert page.tray.isHidden()
    page.bench.document.stack.undo()  # type: ignore[union-attr]
    assert not page.tray.isHidden()


def test_a_group_has_its_own_vacancies(page: RosterPage) -> None:
    page.bar.choose(Group(role="AS"))
    assert told(page) == []
    page.bar.choose(Group(role="IADE"))
    assert len(told(page)) == 2


def test_a_card_points_out_its_post(page: RosterPage, bench: Workbench) -> None:
    page.tray.list.setCurrentIndex(page.tray.model.index(1, 0))
    assert (bench.selection.now.kind, bench.selection.now.day) == ("cover", 4)
    assert page.grid.cover.here == (0, 4)


def test_a_card_brings_its_day_into_view(page: RosterPage, bench: Workbench) -> None:
    page.span(1)
    page.grid.go_to(7)
    assert page.grid.first_day() == 7
    page.tray.list.setCurrentIndex(page.tray.model.index(1, 0))
    assert page.grid.first_day() == 0


def test_the_board_scrolls_under_a_card_at_its_edge(page: RosterPage) -> None:
    page.grid.show_span(1, "roomy")
    page.resize(976, 330)
    assert page.grid.down.maximum() > 0
    box = page.grid.duties.viewport().rect()
    low = page.grid.duties.viewport().mapToGlobal(QPoint(box.center().x(), box.bottom() - 4))
    page.filling.carry(0, low)
    assert page.grid.down.value() == 1


def test_dropped_on_a_person_it_is_hers_on_its_day(page: RosterPage, document: Document) -> None:
    drag(page, 0, ("IADE-02", 9), held=False, drop=False)
    assert page.grid.duties.landing == (("IADE-02", 3), True)
    assert page.user.bubble.isVisible()
    assert "IADE-02" in page.user.bubble.words
    QTest.keyClick(page.tray.list, KEY.Key_Escape)
    assert page.grid.duties.landing is None
    assert page.user.bubble.isHidden()
    drag(page, 0, ("IADE-02", 9), held=False, drop=True)
    assert works(document, "IADE-02", 3) == "M"
    assert works(document, "IADE-02", 9) == ""
    document.stack.undo()
    assert works(document, "IADE-02", 3) == ""


def test_who_lacks_the_skill_is_not_given_it(
    page: RosterPage, document: Document, bench: Workbench
) -> None:
    said: list[str] = []
    bench.told.connect(lambda words, _bad: said.append(words))
    drag(page, 0, ("AS-01", 3), held=False, drop=True)
    assert works(document, "AS-01", 3) == ""
    assert said[-1].startswith("AS-01 cannot take it on Thu 22 Oct")


def test_what_must_be_kept_wants_shift_and_a_reason(
    page: RosterPage, document: Document, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.do(Assign(scenario=BASE, duties=(("IADE-03", 2, "N"),)))
    monkeypatch.setattr(roster_filling, "ask_reason", lambda *_: "agreed")
    drag(page, 0, ("IADE-03", 3), held=False, drop=True)
    assert works(document, "IADE-03", 3) == ""
    drag(page, 0, ("IADE-03", 3), held=True, drop=True)
    assert works(document, "IADE-03", 3) == "M"
    assert [waiver.reason for waiver in document.scenario.waivers] == ["agreed"]


def test_enter_lists_who_could_take_it_with_the_price(
    page: RosterPage, document: Document, asked: Asked
) -> None:
    page.tray.list.setCurrentIndex(page.tray.model.index(0, 0))
    QTest.keyClick(page.tray.list, KEY.Key_Return)
    dialog = asked()
    assert dialog.told.text().startswith("3 people could take it, 3 of them")
    first = dialog.list.item(0).text()
    assert "Breaks nothing that must be kept" in first
    assert "points less than the vacancy" in first
    QTest.keyClick(dialog.list, KEY.Key_Return)
    assert works(document, first.partition(":")[0], 3) == "M"
    assert not dialog.isVisible()
    document.stack.undo()
    assert len(told(page)) == 2, "one edit"


def test_enter_on_a_post_that_is_short_lists_them_too(page: RosterPage, asked: Asked) -> None:
    cover = page.grid.cover
    cover.setCurrentIndex(page.grid.cover_model.index(0, 4))
    QTest.keyClick(cover, KEY.Key_Return)
    assert "Friday 23 October" in asked().what.text()


def test_a_list_of_prices_goes_with_its_plan(
    page: RosterPage, bench: Workbench, asked: Asked
) -> None:
    page.filling.ask()
    dialog = asked()
    bench.do(Assign(scenario=BASE, duties=(("AS-03", 12, "M"),)))
    assert not dialog.isVisible()


def test_the_tray_has_a_menu(page: RosterPage) -> None:
    page.tray.list.setCurrentIndex(page.tray.model.index(0, 0))
    page.tray.list.customContextMenuRequested.emit(QPoint(20, 20))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Who could take it?"]
    menu.close()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_word_of_the_header_is_cut(page: RosterPage, bench: Workbench, lang: str) -> None:
    bench.speak(lang)
    page.resize(924, 600)
    for each in (page.tray.title, page.tray.who, page.tray.count):
        assert each.width() >= each.sizeHint().width()
