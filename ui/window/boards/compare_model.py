"""The figures of a comparison as Qt asks for them: indicators × sides, with words for each cell."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner import kpi_words
from planner.compare import KpiRow
from ui.window.boards.compare_scene import lettered
from ui.window.boards.compare_sides import Compared, Side
from ui.window.boards.compare_words import row_sentence
from ui.window.workbench import Workbench

_ARROWS: Final = {"+": "↑", "−": "↓"}
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_TOLD = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class KpiModel(QAbstractTableModel):
    """Indicators × title, sides and, with two sides, difference and bar."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.compared: Compared | None = None
        self.rows: tuple[KpiRow, ...] = ()

    def take(self, compared: Compared | None, rows: tuple[KpiRow, ...]) -> None:
        """Show other figures."""
        self.beginResetModel()
        self.compared, self.rows = compared, rows
        self.endResetModel()

    def look(self, compared: Compared) -> None:
        """Know that another side is looked at; no figure is another one."""
        self.compared = compared
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are shown."""
        return () if self.compared is None else self.compared.sides

    @property
    def pair(self) -> bool:
        """Whether two sides stand there, with a column for their difference."""
        return len(self.sides) == 2

    @property
    def many(self) -> bool:
        """Whether there are more sides than boards."""
        return self.compared is not None and self.compared.many

    def side(self, column: int) -> Side | None:
        """Give the side of a column."""
        return self.sides[column - 1] if 0 < column <= len(self.sides) else None

    def other(self, column: int) -> Side | None:
        """Give the side whose difference stands in a column."""
        if self.compared is None or column == 0:
            return None
        if self.pair:
            return self.compared.others[0] if column > len(self.sides) else None
        side = self.side(column)
        return None if side is self.compared.reference else side

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """One row an indicator."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """Title, sides, and for two their difference in words and as a bar."""
        if parent.isValid() or not self.sides:
            return 0
        return 1 + len(self.sides) + (2 if self.pair else 0)

    def value(self, row: int, side: Side) -> str:
        """Write a value."""
        shown = self.rows[row]
        return kpi_words.row_value(shown, side.name, self.bench.lang)

    def difference(self, row: int, side: Side) -> tuple[str, str]:
        """Write a difference with its arrow, and tell its sense."""
        shown = self.rows[row]
        delta = shown.delta.get(side.name)
        words = kpi_words.row_difference(shown, side.name, self.bench.lang)
        sense = "" if words == "=" else kpi_words.sense(shown.kpi, delta)
        return f"{_ARROWS.get(words[:1], '')} {words}".strip(), sense

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the words of a cell, or the sentence of its indicator with the definition."""
        if self.compared is None or not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._display(row, column)
        if role in _TOLD:
            sentence = row_sentence(self.bench, self.rows[row], self.compared)
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{sentence}\n{self.definition(row)}"
            return sentence
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.definition(row)
        return None

    def _display(self, row: int, column: int) -> str:
        if column == 0:
            return kpi_words.row_title(self.rows[row], self.bench.lang)
        side = self.side(column)
        if side is not None:
            return self.value(row, side)
        other = self.other(column)
        return self.difference(row, other)[0] if other is not None and column == 3 else ""

    def definition(self, row: int) -> str:
        """Say what an indicator counts."""
        return kpi_words.definition(self.rows[row].kpi, self.bench.lang)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the title of a column: a letter for a side."""
        shown = (*_TOLD, Qt.ItemDataRole.DisplayRole)
        if orientation != Qt.Orientation.Horizontal or self.compared is None or role not in shown:
            return None
        say, side = self.bench.say, self.side(section)
        if side is not None:
            if role == Qt.ItemDataRole.DisplayRole:
                return side.letter
            told = say("compare_view.refer", side=lettered(self.bench, side))
            stale = f" · {say('compare_view.state_stale')}" if side.state.stale else ""
            return f"{told}{stale}"
        if section == 0:
            return say("report.indicator")
        return self.minus() if section == 3 else say("compare_view.senses")

    def minus(self) -> str:
        """Say which side is taken from which: B − A."""
        assert self.compared is not None
        return f"{self.compared.others[0].letter} − {self.compared.reference.letter}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
