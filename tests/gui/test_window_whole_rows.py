"""Lists show whole rows, whatever their height."""

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from ui.window.tables.whole_rows import WholeRows


def test_no_row_is_cut_at_the_foot_nor_at_the_top(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel([f"row {n}" for n in range(60)]))
    WholeRows(view)
    view.show()
    row = view.sizeHintForRow(0)
    for high in (7 * row + 3, 8 * row - 1, 9 * row + 2 * view.frameWidth()):
        view.resize(200, high)
        assert view.viewport().height() % row == 0, high
        assert view.viewport().height() > high - row - 2 * view.frameWidth() - 1
        view.verticalScrollBar().setValue(5)
        assert view.visualRect(view.model().index(5, 0)).top() == 0
    view.resize(200, row // 2)  # lower than a row: what can be shown is
    assert view.viewport().height() > 0
