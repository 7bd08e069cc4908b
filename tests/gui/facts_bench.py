"""What tests of the tables of facts share: the page by itself, and where a cell is."""

from pytestqt.qtbot import QtBot

from ui.window.actions import Actions
from ui.window.tables.facts_page import FactsPage
from ui.window.tables.record_model import RecordModel
from ui.window.workbench import Workbench


def facts_page(bench: Workbench, qtbot: QtBot) -> FactsPage:
    """Show the view of facts without a window."""
    made = FactsPage(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def cell(model: RecordModel, id: str, field: str) -> tuple[int, int]:
    """Give the row of a record and the column of a field."""
    row = next(k for k, record in enumerate(model.records) if record.id == id)
    return row, next(k for k, spec in enumerate(model.specs) if spec.name == field)
