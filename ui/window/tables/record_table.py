"""The table of facts: keys, clipboard, and columns as wide as what is in them."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QTableView

from ui.window.tables.clipboard import lines_of, text_of
from ui.window.tables.record_columns import needed, shared
from ui.window.tables.record_delegate import RecordDelegate
from ui.window.tables.record_model import RecordModel
from ui.window.tables.record_paste import Block, at_cells, by_code
from ui.window.workbench import Workbench

ROW: Final = 25
_LOOKED_AT: Final = 40
"""How many records tell how wide a column is."""


class RecordTable(QTableView):
    """A table whose cells go to and come from a spreadsheet."""

    remove_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, bench: Workbench, records: RecordModel) -> None:
        super().__init__()
        self.records = records
        self._sized: tuple[str, str, int] = ("", "", 0)
        self._needed: list[int] = []
        self.setObjectName("facts")
        self.setModel(records)
        self.setItemDelegate(RecordDelegate(bench, records, self))
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(36)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)

    def fit(self) -> None:
        """Give each column the room that it needs, once a kind, language and width."""
        self.executeDelayedItemsLayout()  # the scroll bar of the kind before may go
        kind, lang, room = self.records.kind, self.records.bench.lang, self.viewport().width()
        if (kind, lang, room) == self._sized or not self.records.specs:
            return
        if (kind, lang) != self._sized[:2]:
            self._needed = self._measured()
        self._sized = kind, lang, room
        stretch = self.records.specs[-1].form not in ("whole", "time")  # numbers stay beside others
        for column, wide in enumerate(shared(self._needed, room, stretch=stretch)):
            self.setColumnWidth(column, wide)

    def _measured(self) -> list[int]:
        found, records = [], self.records.every[:_LOOKED_AT]
        for column, spec in enumerate(self.records.specs):
            heading = str(self.records.headerData(column, Qt.Orientation.Horizontal))
            words = [self.records.shown(record, spec) for record in records]
            sign = 12 if spec.link == "specialty" else 0
            found.append(needed(heading, words) + sign)
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new room."""
        super().resizeEvent(event)
        self.fit()
        here = self.currentIndex()
        if event.size().height() < event.oldSize().height() and here.isValid():
            before = QRect(QPoint(0, 0), event.oldSize())
            if before.intersects(self.visualRect(here)):
                self.scrollTo(here)  # what lies under the table has opened: the row stays in view

    def event(self, event: QEvent) -> bool:
        """Keep F2 for the cell: elsewhere it renames the scenario."""
        ours = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if ours and event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy, paste and delete as a spreadsheet does."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.remove_wanted.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_wanted.emit()
        else:
            super().keyPressEvent(event)

    def chosen_ids(self) -> list[str]:
        """Give the ids of the records in whose rows something is selected."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [str(self.records.records[row].id) for row in rows]

    def copy(self) -> None:
        """Put the selected cells on the clipboard, a line a row, a tab between cells."""
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        if not chosen:
            return
        columns = sorted({column for _, column in chosen})
        lines = [
            [self._typed(row, column) if (row, column) in chosen else "" for column in columns]
            for row in sorted({row for row, _ in chosen})
        ]
        QGuiApplication.clipboard().setText(text_of(lines))

    def _typed(self, row: int, column: int) -> str:
        return str(self.records.index(row, column).data(Qt.ItemDataRole.EditRole))

    def pasted(self) -> Block | None:
        """Say what the clipboard comes to from the current cell on; None: there is nothing.

        Raises:
            UnreadableLineError: a new record cannot be made of a line.
        """
        lines, here = lines_of(QGuiApplication.clipboard().text()), self.currentIndex()
        model = self.records
        if not lines or not model.specs or not (here.isValid() or not model.records):
            return None
        if max(here.column(), 0) == 0 and len(lines[0]) > 1:
            return by_code(model, lines)
        if len(lines) == 1 and len(lines[0]) == 1:  # one value goes into all selected cells
            places = [(index.row(), index.column()) for index in self.selectedIndexes()]
            cells = [(model.records[row], model.specs[column]) for row, column in places]
            return Block([(*cell, lines[0][0]) for cell in cells if cell[1].name != "id"])
        return at_cells(model, lines, here.row(), here.column())

    paste_wanted = Signal()

    def paste(self) -> None:
        """Ask for the clipboard to be taken."""
        self.paste_wanted.emit()
