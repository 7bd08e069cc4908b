"""Lists show whole rows, whatever their height."""

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QListView, QTableView
from pytestqt.qtbot import QtBot

from ui.window.tables.whole_rows import WholeRows, WholeTable


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


def test_no_row_of_a_table_is_cut_either(qtbot: QtBot) -> None:
    view = QTableView()
    view.setModel(QStringListModel([f"row {n}" for n in range(60)]))
    view.verticalHeader().setDefaultSectionSize(25)
    whole = WholeTable(view)
    qtbot.addWidget(whole)
    whole.show()
    for high in (203, 249, 270):
        whole.resize(200, high)
        qtbot.waitUntil(lambda: view.viewport().height() % 25 == 0)
        assert view.viewport().height() > high - 2 * 25 - 20
        for row in (4, 59):
            view.verticalScrollBar().setValue(row)
            assert view.visualRect(view.model().index(view.rowAt(0), 0)).top() == 0
        last = view.visualRect(view.model().index(59, 0))
        assert last.bottom() < view.viewport().height(), "the last row can be seen"
    whole.resize(200, 2000)
    qtbot.waitUntil(lambda: view.height() == 2000)  # nothing is left free where all is seen
