"""The grid of owners before and after: theatres and weeks by weekday, what each specialty has, beds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from planner.boards.master import GridCell, grid_board
from planner.master.words import Comparison, weekday_words
from planner.words import clock, minutes, number
from ui.window.look.type import BODY, font
from ui.window.workbench import Workbench


class MasterGridDialog(QDialog):
    """Three tables: the grid, the specialties, the wards."""

    def __init__(
        self, bench: Workbench, compared: Comparison, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.bench, self.compared = bench, compared
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(bench.say("master.grid.title"))
        self.resize(900, 520)
        self.tabs = QTabWidget()
        self.grid, self.shares, self.beds = self._grid(), self._shares(), self._beds()
        for table, name in ((self.grid, "grid"), (self.shares, "shares"), (self.beds, "beds")):
            words = bench.say(f"master.grid.{name}")
            table.setAccessibleName(words)
            self.tabs.addTab(table, words)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs)
        column.addWidget(buttons)
        bench.document_changed.connect(self.reject)

    def _grid(self) -> QTableWidget:
        say, rows = self.bench.say, grid_board(self.compared)
        weeks = self.compared.grid.weeks
        days = max((len(row.days) for row in rows), default=0)
        heads = [say(f"date.weekday.short.{day}") for day in range(days)]
        names = [
            str(row.theatre)
            if weeks == 1
            else say("master.grid.row", theatre=row.theatre, week=row.week)
            for row in rows
        ]
        table = _table(heads, names)
        for place, row in enumerate(rows):
            for day, cells in enumerate(row.days):
                table.setItem(place, day, self._cell(cells))
        return table

    def _cell(self, cells: Sequence[GridCell]) -> QTableWidgetItem:
        """Write a day of a theatre: hours and owner, an arrow to the new one where there is one."""
        item = QTableWidgetItem("\n".join(self._words(cell) for cell in cells))
        told = "\n".join(self._sentence(cell) for cell in cells)
        item.setToolTip(told)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        if any(cell.changed for cell in cells):
            item.setForeground(QColor(self.bench.theme.own))
            item.setBackground(QColor(self.bench.theme.own_soft))
            item.setFont(font(BODY, 600))
        return item

    def _words(self, cell: GridCell) -> str:
        owner = cell.before or self.bench.say("board.closed")
        hours = f"{clock(cell.start)}–{clock(cell.end)}"
        return f"{hours} {owner} → {cell.after}" if cell.changed else f"{hours} {owner}"

    def _sentence(self, cell: GridCell) -> str:
        what = "changed" if cell.changed else "stays" if cell.free else "fixed"
        told = {"template": cell.template, "before": cell.before, "after": cell.after}
        return self.bench.say(f"master.grid.{what}", **told)

    def _shares(self) -> QTableWidget:
        say, lang = self.bench.say, self.bench.lang
        keys = ("before", "after", "asked", "waiting_before", "waiting_after")
        shares = list(self.compared.shares())
        heads = [say(f"master.grid.{key}", n=self.compared.grid.weeks) for key in keys]
        table = _table(heads, [str(share.specialty) for share in shares])
        for row, share in enumerate(shares):
            written = [number(share.before, lang), number(share.after, lang)]
            written += [minutes(getattr(share, key)) for key in keys[2:]]
            for column, words in enumerate(written):
                changed = column == 1 and share.before != share.after
                table.setItem(row, column, self._figure(words, changed=changed))
        return table

    def _beds(self) -> QTableWidget:
        say, lang = self.bench.say, self.bench.lang
        before, after = self.compared.before, self.compared.after
        keys = ("peak_before", "peak_after", "variance_before", "variance_after")
        table = _table([say(f"master.grid.{key}") for key in keys], [str(w) for w in before.load])
        for row, ward in enumerate(before.load):
            peaks = (grade.peak(ward) for grade in (before, after))
            written = [
                say("master.grid.peak", beds=beds, day=weekday_words(day, lang))
                for beds, day in peaks
            ]
            written += [number(grade.variance([ward]), lang) for grade in (before, after)]
            for column, words in enumerate(written):
                changed = column % 2 == 1 and words != written[column - 1]
                table.setItem(row, column, self._figure(words, changed=changed))
        return table

    def _figure(self, words: str, *, changed: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if changed:
            item.setForeground(QColor(self.bench.theme.own))
            item.setFont(font(BODY, 600))
        return item


def _table(columns: Sequence[str], rows: Sequence[str]) -> QTableWidget:
    table = QTableWidget(len(rows), len(columns))
    table.setHorizontalHeaderLabels(list(columns))
    table.setVerticalHeaderLabels(list(rows))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setWordWrap(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.setTabKeyNavigation(False)
    return table
