"""The tray under the theatre board: cards, filters, what is overdue."""

from dataclasses import replace

import pytest
from kpi_house import case
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from theatre_house import PLACED, PROBLEM, opened, shown

from planner.cases import Priority
from planner.rules.theatre.unscheduled import Unscheduled
from ui.window.boards.theatre_page import TheatrePage
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan."""
    return shown(bench, qtbot)


def test_every_card_of_the_tray_has_a_name(page: TheatrePage, bench: Workbench) -> None:
    bench.speak("fr")
    found = QAccessible.queryAccessibleInterface(page.tray.list)
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(page.tray.model.rowCount())]
    assert [name.split(" · ")[0] for name in names] == ["K3", "K4"]
    assert "échéance le" in names[0]


def cards(page: TheatrePage) -> list[str]:
    return [str(card.case.id) for card in page.tray.model.cards]


def choose(chip: QPushButton, data: str) -> None:
    """Choose an entry of a chip's menu."""
    chip.menu().aboutToShow.emit()
    (action,) = [each for each in chip.menu().actions() if each.data() == data]
    action.trigger()


@pytest.fixture
def waiting(bench: Workbench, page: TheatrePage) -> TheatrePage:
    """A tray of four cases: overdue by two days, due soon, due late, and never due."""
    cases = (
        case("OVER", 45, due=-2),
        case("SOON", 90, due=6, mode="day", specialty="T"),
        case("LATE", 150, due=60, mode="day"),
        case("NEVER", 30, mode="outpatient"),
    )
    opened(bench, replace(PROBLEM, cases=cases), ())
    page.resize(1100, 760)
    QApplication.processEvents()
    return page


def test_chips_keep_cards_back_and_say_how_many(waiting: TheatrePage) -> None:
    tray, sieves = waiting.tray, waiting.tray.sieves
    assert cards(waiting) == ["OVER", "SOON", "LATE", "NEVER"]
    assert tray.count.text() == "4"
    for chip, data, left in (
        (sieves.due, "overdue", ["OVER"]),
        (sieves.due, "week", ["OVER", "SOON"]),
        (sieves.due, "month", ["OVER", "SOON"]),
        (sieves.due, "later", ["LATE", "NEVER"]),
        (sieves.due, "", ["OVER", "SOON", "LATE", "NEVER"]),
        (sieves.length, "short", ["OVER", "NEVER"]),
        (sieves.length, "middle", ["SOON"]),
        (sieves.length, "long", ["LATE"]),
        (sieves.length, "", ["OVER", "SOON", "LATE", "NEVER"]),
        (sieves.specialty, "T", ["SOON"]),
    ):
        choose(chip, data)
        assert cards(waiting) == left, data
    assert tray.count.text() == "1 / 4"
    assert (sieves.specialty.text(), sieves.specialty.isChecked()) == ("T", True)
    choose(sieves.specialty, "T")
    sieves.ambulatory.click()
    assert cards(waiting) == ["SOON", "LATE", "NEVER"]
    choose(sieves.length, "short")
    choose(sieves.due, "overdue")
    assert cards(waiting) == []
    assert (tray.empty.isVisible(), tray.empty.words.text()) == (True, "Nothing matches.")
    tray.empty.button.click()
    assert len(cards(waiting)) == 4
    assert not any(chip.isChecked() for chip in sieves.chips)


def test_classes_keep_cards_back_together_with_other_filters(
    bench: Workbench, page: TheatrePage
) -> None:
    cases = (
        case("A", 45, priority="P1"),
        case("B", 90, priority="P2", mode="day"),
        case("C", 30, priority="P3", mode="day"),
    )
    classes = (Priority(id="P1", name="now"), Priority(id="P2"), Priority(id="P3"))
    opened(bench, replace(PROBLEM, cases=cases, priorities=classes), ())
    tray, sieves = page.tray, page.tray.sieves
    sieves.priority.menu().aboutToShow.emit()
    assert [each.text() for each in sieves.priority.menu().actions()] == ["P1 · now", "P2", "P3"]
    assert not sieves.none.isVisible()
    choose(sieves.priority, "P1")
    choose(sieves.priority, "P2")
    assert (cards(page), tray.count.text(), sieves.priority.text()) == (
        ["A", "B"],
        "2 / 3",
        "P1, P2",
    )
    assert tray.count.accessibleName() == "2 of 3 cases without a place"
    sieves.ambulatory.click()
    assert cards(page) == ["B"]
    assert sieves.all.text() == "2 filters"  # as it stands where there is little room
    assert sieves.none.isVisible()
    sieves.none.setFocus()
    QTest.keyClick(sieves.none, Qt.Key.Key_Space)
    assert cards(page) == ["A", "B", "C"]
    assert not sieves.none.isVisible()


def test_a_filter_goes_with_its_study(waiting: TheatrePage, bench: Workbench) -> None:
    waiting.tray.sieves.ambulatory.click()
    opened(bench, PROBLEM, PLACED)
    assert cards(waiting) == ["K3", "K4"]


def test_an_overdue_case_is_marked_and_says_by_how_much(
    waiting: TheatrePage, bench: Workbench
) -> None:
    tray = waiting.tray
    bench.speak("fr")
    name = tray.model.data(tray.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "échéance dépassée de 2\u00a0jours" in name.replace(" jours", "\u00a0jours")
    assert "dépassée" not in tray.model.data(
        tray.model.index(1), Qt.ItemDataRole.AccessibleTextRole
    )
    picture = tray.list.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    marked = []
    for number in range(4):
        rect = tray.list.visualRect(tray.model.index(number))
        spots = [(x, y) for x in range(rect.left(), rect.right()) for y in range(rect.bottom())]
        colours = {picture.pixel(round(x * ratio), round(y * ratio)) for x, y in spots}
        marked.append(QColor(bench.theme.soft_mark).rgb() in colours)
    assert marked == [True, False, False, False]


def test_a_breach_about_a_waiting_case_is_told_on_its_card(bench: Workbench, qtbot: QtBot) -> None:
    rule = Unscheduled(id="must")
    page = shown(bench, qtbot)
    opened(bench, replace(PROBLEM, rules=(rule,)), PLACED)
    board = page.model.scene.board
    assert [card.sign for card in board.tray] == ["hard", "hard"]
    name = page.tray.model.data(page.tray.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Must:" in name


def test_chips_fold_into_one_where_there_is_little_room(
    waiting: TheatrePage, bench: Workbench
) -> None:
    for lang in ("en", "fr"):
        bench.speak(lang)
        for wide in (520, 700, 838, 924, 1200):
            waiting.resize(wide, 760)
            QApplication.processEvents()
            tray = waiting.tray
            assert tray.width() == wide
            assert tray.sieves.all.isVisible() != tray.sieves.specialty.isVisible()
            for each in tray.head.findChildren(QPushButton):
                if each.isVisible():
                    assert each.width() >= each.sizeHint().width(), (wide, each.text())
            assert tray.best.geometry().right() <= wide
        assert tray.order.isVisible()
    tray.sieves.day_action.trigger()
    assert cards(waiting) == ["SOON", "LATE", "NEVER"]


def test_in_a_low_window_the_tray_opens_on_demand(waiting: TheatrePage) -> None:
    tray = waiting.tray
    waiting.resize(1100, 697)
    QApplication.processEvents()
    assert not tray.list.isVisible()
    assert tray.title.isVisible()
    assert not tray.sieves.isVisible()
    waiting.actions_["tray"].trigger()
    assert tray.list.isVisible()
    waiting.resize(1100, 690)
    QApplication.processEvents()
    assert tray.list.isVisible()  # as it was asked for
    tray.title.click()
    assert not tray.list.isVisible()
    assert not waiting.actions_["tray"].isChecked()
