"""The frozen columns of the roster board: nights and weekends beside fair shares, titles that sort."""

import pytest
from board_pages import roster_page, ward_document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.hand_edits import Assign
from planner.study import BASE
from ui.window.boards.roster_grid import RosterGrid
from ui.window.boards.roster_page import RosterPage
from ui.window.document import Document
from ui.window.workbench import Workbench

TOLD = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def columns(page: RosterPage, row: int) -> list[str]:
    model = page.grid.people_model
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


def people(page: RosterPage) -> list[str]:
    assert page.grid.sheet is not None
    return [person.id for person in page.grid.sheet.people]


def test_nights_and_weekends_stand_beside_fair_shares(page: RosterPage, bench: Workbench) -> None:
    assert columns(page, 2)[3:] == ["2 +1", "1 +1"]
    assert columns(page, 0)[3:] == ["0 −1", "0"]
    model = page.grid.people_model
    told = model.data(model.index(2, 0), TOLD)
    assert "2 nights, fair share 0.7" in told
    assert "1 weekend, fair share 0.3" in told
    bench.do(Assign(scenario=BASE, duties=(("IADE-01", 9, "N"), ("IADE-02", 9, "N"))))
    assert [columns(page, row)[3] for row in range(3)] == ["1", "1", "2 +1"]
    across = Qt.Orientation.Horizontal
    titles = [model.headerData(column, across) for column in range(5)]
    assert titles == ["Person", "Hours", "Balance", "Nights", "Wkds"]


def test_days_have_the_room_of_nights_and_weekends_where_there_is_little(page: RosterPage) -> None:
    page.span(2)
    titles = page.grid.cover.corner.titles
    assert [each.isVisible() for each in titles] == [True] * 5
    wide = page.grid.people.width()
    page.grid.resize(480, 400)
    assert [each.isVisible() for each in titles] == [True] * 3 + [False] * 2
    assert page.grid.people.width() < wide
    page.grid.resize(976, 400)
    assert page.grid.people.width() == wide


def test_a_title_sorts_people_and_nothing_jumps_while_they_are_edited(
    page: RosterPage, bench: Workbench
) -> None:
    first = people(page)
    titles = {each.column: each for each in page.grid.cover.corner.titles}
    QTest.keyClick(titles["hours"], Qt.Key.Key_Space)
    assert people(page)[:3] == ["IADE-03", "AS-01", "AS-02"]
    assert page.grid.sheet is not None
    assert page.grid.sheet.breaks == frozenset()
    titles = {each.column: each for each in page.grid.cover.corner.titles}
    assert titles["hours"].accessibleName() == "Hours, sorted, the most first"
    bench.do(Assign(scenario=BASE, duties=(("IADE-03", 5, None), ("IADE-03", 6, None))))
    assert people(page)[0] == "IADE-03"
    page.sort("hours")
    assert people(page)[-1] == "AS-01"
    page.sort("hours")
    assert people(page) == first
    page.sort("nights")
    assert people(page)[0] == "AS-02"
    page.sort("person")
    assert people(page) == first


def test_titles_of_a_comparison_cannot_be_pressed(bench: Workbench, page: RosterPage) -> None:
    grid = RosterGrid(bench)
    grid.setParent(page)
    grid.take(page.grid.sheet)
    assert [each.isEnabled() for each in grid.cover.corner.titles] == [False] * 5
    assert grid.cover.corner.titles[1].accessibleName() == "Hours"
    assert all(each.isEnabled() for each in page.grid.cover.corner.titles)
