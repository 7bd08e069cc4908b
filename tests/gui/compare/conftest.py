"""The small house with four scenarios, and the comparison of the base with a closed session."""

import pytest
from board_pages import compare_page, four_document
from pytestqt.qtbot import QtBot

from ui.window.boards.compare_page import ComparePage
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    return four_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> ComparePage:
    """The comparison on its own: base against the scenario with a closed session."""
    document.show("Closed")
    return compare_page(bench, qtbot)
