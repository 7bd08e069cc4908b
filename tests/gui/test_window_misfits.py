"""What keeps a case out of every plan stands beside its cell, and why a case waits in its details."""

import pytest
from facts_bench import cell, facts_page
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.panels.detail import DetailPanel
from ui.window.tables.facts_page import FactsPage
from ui.window.tables.record_model import FAULT
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, small_document: Document, qtbot: QtBot) -> FactsPage:
    return facts_page(bench, qtbot)


def test_a_case_that_became_too_long_is_a_fault_until_it_is_undone(
    small_document: Document, page: FactsPage, qtbot: QtBot
) -> None:
    page.kinds.choose("case")
    case = small_document.problem.cases[0]
    index = page.model.index(*cell(page.model, case.id, "mean"))
    page.table.setCurrentIndex(index)
    assert page.model.setData(index, "23 h")
    qtbot.waitUntil(lambda: page.faulty.text().endswith("· 1"))
    assert "no session that may take it is as long" in index.data(FAULT)
    assert page.strip.isVisible()
    assert "open a longer session" in page.why.text()
    small_document.stack.undo()
    qtbot.waitUntil(lambda: page.faulty.text().endswith("· 0"))
    assert not page.strip.isVisible()


def test_details_say_why_a_case_waits(
    bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    panel = DetailPanel(bench, Actions(bench, bench))
    qtbot.addWidget(panel)
    panel.show()
    bench.selection.pick("case", small_document.problem.cases[0].id)
    for lang, told in (("en", "No theatre plan has been made yet."), ("fr", "Aucun programme")):
        bench.speak(lang)
        assert any(told in each.text() for each in panel.findChildren(QLabel))
