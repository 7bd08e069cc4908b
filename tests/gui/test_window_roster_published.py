"""The roster board beside the published one: what stands, what is another, what is over."""

from dataclasses import replace

import pytest
from board_pages import roster_page, ward_document
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from planner.edits import Publish
from planner.hand_edits import Assign
from planner.study import BASE
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


def at(page: RosterPage, person: str, day: int) -> str:
    sheet = page.grid.sheet
    assert sheet is not None
    return str(page.grid.model.data(page.grid.model.index(sheet.place[person], day), TOLD))


def test_days_that_are_over_are_told(bench: Workbench, document: Document, qtbot: QtBot) -> None:
    base = replace(document.study.base, as_of=document.problem.horizon.date(2))
    bench.take(Document.of(replace(document.study, base=base)))
    page = roster_page(bench, qtbot)
    assert ["past" in at(page, "AS-01", day) for day in range(4)] == [True, True, False, False]
    assert "past" in page.legend.accessibleName()
    told = page.grid.cover_model.headerData(1, Qt.Orientation.Horizontal, TOLD)
    assert told == "Tuesday 20 October 2026, past, draft"
    bench.do(Publish(scenario=BASE))
    assert "past, kept when solving" in at(page, "AS-01", 1)
    assert "past, kept when solving" in page.legend.accessibleName()


def test_published_days_have_a_line_until_they_change(page: RosterPage, bench: Workbench) -> None:
    assert page.grid.sheet is not None
    dates = page.grid.cover_model

    def told(day: int) -> str:
        return str(dates.headerData(day, Qt.Orientation.Horizontal, TOLD))

    assert told(1) == "Tuesday 20 October 2026, draft"
    assert "draft" in page.legend.accessibleName()
    bench.do(Publish(scenario=BASE))
    assert {told(day).rpartition(", ")[2] for day in range(14)} == {"published"}
    bench.do(Assign(scenario=BASE, duties=(("AS-03", 1, "M"), ("AS-01", 1, None))))
    states = [told(day).rpartition(", ")[2] for day in range(3)]
    assert states == ["published", "not as published", "published"]
    assert at(page, "AS-03", 1).endswith("published: off")
    assert at(page, "AS-01", 1).endswith("published: J9")
    assert "published" not in at(page, "AS-01", 2)
    row = page.grid.sheet.place["AS-01"]
    assert [mark.what for mark in page.grid.sheet.face(row).marks] == ["unpublished"]
    bench.do(Publish(scenario=BASE))
    assert page.grid.sheet.face(row).marks == ()
