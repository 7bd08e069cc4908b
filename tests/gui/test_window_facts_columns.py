"""The columns of the tables of facts: what is seen fits, in both languages, and nothing is cut off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.fields import KINDS, specs
from planner.problem import RECORD_KINDS
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.look.palette import dress
from ui.window.look.type import SMALL, width
from ui.window.tables.facts_page import FactsPage
from ui.window.tables.record_columns import WIDEST, columns, shared
from ui.window.workbench import Workbench

CENTRE = 1366 - 188 - 254


@pytest.mark.parametrize(
    ("widths", "room", "wanted"),
    [
        ([100, 100, 100], 250, [125, 125, 100]),
        ([100, 100, 100], 301, [100, 100, 101]),
        ([300, 100], 200, [300, 100]),
        ([50, 60, 200], 113, [52, 61, 200]),
        ([], 100, []),
    ],
)
def test_columns_that_fit_share_the_room(widths: list[int], room: int, wanted: list[int]) -> None:
    assert shared(widths, room) == wanted


def test_numbers_at_the_end_stay_beside_the_others() -> None:
    assert shared([100, 100], 500, stretch=False) == [100, 100]


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_no_field_is_lost_by_the_order_of_columns(kind: str) -> None:
    assert sorted(spec.name for spec in columns(kind)) == sorted(
        spec.name for spec in specs(KINDS[kind])
    )
    assert columns(kind)[0].name == "id"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_seen_of_every_kind_is_seen_whole(
    bench: Workbench, small_document: Document, qtbot: QtBot, qapp: QApplication, lang: str
) -> None:
    if not qapp.styleSheet():
        dress(qapp, bench.theme)
    bench.speak(lang)
    page = FactsPage(bench, Actions(bench, bench))
    qtbot.addWidget(page)
    page.resize(CENTRE, 600)
    page.show()
    for row in range(page.kinds.count()):
        page.kinds.setCurrentRow(row)
        words = page.kinds.item(row).text()
        assert width(words, weight=600) + 14 + 52 <= page.kinds.width(), words
        edge, seen = 0, 0
        for column, spec in enumerate(page.model.specs):
            wide = page.table.columnWidth(column)
            heading = str(page.model.headerData(column, Qt.Orientation.Horizontal))
            assert width(heading, SMALL, 600) + 16 <= wide, heading
            for record in page.model.records[:20]:
                told = page.model.shown(record, spec)
                assert min(width(told), WIDEST) + 16 <= wide, (page.kind, told)
            edge += wide
            seen += edge <= page.table.viewport().width()
        whole = seen == len(page.model.specs)
        room = page.table.viewport().width()
        widths = [page.table.columnWidth(column) for column in range(seen)]
        assert seen >= min(6, len(page.model.specs))
        assert whole or sum(widths) == room  # the next column begins where the view ends
