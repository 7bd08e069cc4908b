"""Lists show whole rows, whatever their height."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QStringListModel
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from pytestqt.qtbot import QtBot

from ui.window.tables.whole_rows import Foot, WholeRows, WholeTable

Index = QModelIndex | QPersistentModelIndex


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


class _Uneven(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        return QSize(100, 30 if index.row() % 3 else 44)


def test_a_list_of_uneven_rows_hides_the_one_that_is_cut(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel([f"row {n}" for n in range(40)]))
    uneven = _Uneven(view)
    view.setItemDelegate(uneven)
    foot = Foot(view)
    view.resize(200, 200)
    with qtbot.waitExposed(view):
        view.show()
    for first in (0, 1, 2, 20, 40):
        view.verticalScrollBar().setValue(first)
        view.viewport().grab()
        room = view.viewport().height()
        rows = [view.visualRect(view.model().index(row, 0)) for row in range(40)]
        cut = [rect for rect in rows if 0 < rect.top() < room <= rect.bottom()]
        assert foot.isVisible() == bool(cut), first
        if cut:
            assert foot.y() == view.viewport().y() + cut[0].top()
        assert not any(rect.top() < 0 <= rect.bottom() for rect in rows)
    assert rows[-1].bottom() < room, "the last one can be seen"
    view.resize(200, 2000)
    view.viewport().grab()
    assert foot.isHidden()
