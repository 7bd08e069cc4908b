"""Three tables that views and screen readers ask: people × days, the people, posts × days."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.boards.roster import Row
from planner.words import day as write_day
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_words import (
    balance,
    cell_sentence,
    cover_sentence,
    hours,
    person_sentence,
    share_words,
)
from ui.window.workbench import Workbench

Index = QModelIndex | QPersistentModelIndex
_TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_NONE = QModelIndex()


class _Table(QAbstractTableModel):
    """A table of a sheet."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.sheet: Sheet | None = None

    def take(self, sheet: Sheet | None) -> None:
        """Show another sheet, with other people or days."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be chosen; none is edited in a field."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _days(self) -> int:
        return 0 if self.sheet is None else len(self.sheet.days)

    def _date(self, day: int, form: str) -> str:
        assert self.sheet is not None
        return write_day(self.sheet.problem.horizon.date(day), self.bench.lang, form)

    def label(self, row: int) -> str:
        """Give what a row is about."""
        raise NotImplementedError

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the date of a column, what a row is about."""
        if self.sheet is None or role not in (*_TOLD, Qt.ItemDataRole.DisplayRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.label(section) if 0 <= section < self.rowCount() else None
        return self.title(section, role) if 0 <= section < self.columnCount() else None

    def title(self, column: int, role: int) -> str:
        """Give the date of a column, whole where it is told."""
        return self._date(column, "day" if role in _TOLD else "short")


class DutyModel(_Table):
    """People × days."""

    def change(self, sheet: Sheet, people: frozenset[str] | None) -> list[int]:
        """Take a sheet with the same people; give the rows that differ (None: all may)."""
        self.sheet = sheet
        if people is None:
            rows = list(range(len(sheet.people)))
        else:
            rows = sorted(sheet.place[id] for id in people if id in sheet.place)
        last = max(0, self._days() - 1)
        if len(rows) > 30 and rows:  # one message for all is less work than one each
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], last))
        else:
            for row in rows:
                self.dataChanged.emit(self.index(row, 0), self.index(row, last))
        return rows

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """One row a person."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.people)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """One column a day."""
        return 0 if parent.isValid() else self._days()

    def row(self, number: int) -> Row:
        """Give a row."""
        assert self.sheet is not None
        return self.sheet.row(number)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the shifts of a cell, or everything about it as a sentence."""
        if self.sheet is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            cell = self.row(index.row()).cells[index.column()]
            return " + ".join(shift.id for shift in cell.shifts)
        if role in _TOLD:
            row = self.row(index.row())
            cell = row.cells[index.column()]
            return cell_sentence(self.sheet, row, cell, self.bench.lang)
        return None

    def label(self, row: int) -> str:
        """Give the person of a row."""
        assert self.sheet is not None
        return self.sheet.people[row].id


class PeopleModel(DutyModel):
    """The frozen columns: name, hours, balance, nights and weekends where there are any."""

    def names(self) -> tuple[str, ...]:
        """Give the names of the columns."""
        return ("person", "hours", "balance", *(self.sheet.burdens if self.sheet else ()))

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """Name, hours, balance, burdens."""
        return 0 if parent.isValid() else len(self.names())

    def _days(self) -> int:
        return len(self.names())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the words of a cell; all of them say who the row is."""
        if self.sheet is None or not index.isValid():
            return None
        row = self.row(index.row())
        lang = self.bench.lang
        if role in _TOLD:
            return person_sentence(self.sheet, row, lang)
        if role == Qt.ItemDataRole.DisplayRole:
            shares = (share_words(each) for each in self.sheet.shares(row.person.id))
            figures = (hours(row.minutes, lang), balance(row, lang), *shares)
            return (row.person.id, *figures)[index.column()]
        return None

    def title(self, column: int, role: int) -> str:
        """Give the title of a column."""
        return self.bench.say(f"board.{self.names()[column]}")


class CoverModel(_Table):
    """Posts × days."""

    def title(self, column: int, role: int) -> str:
        """Give the date of a column, and whether it is past, published or a draft."""
        words = super().title(column, role)
        if role not in _TOLD or self.sheet is None:
            return words
        states = [self.bench.say(self.sheet.over)] if column in self.sheet.past else []
        return ", ".join([words, *states, self.bench.say(f"roster.{self.sheet.state(column)}")])

    def change(self, sheet: Sheet, days: frozenset[int] | None) -> None:
        """Take a sheet with the same posts, counted again on some days."""
        self.sheet = sheet
        last = self.rowCount() - 1
        columns = sorted(sheet.days if days is None else days & frozenset(sheet.days))
        if last >= 0 and columns:
            top, bottom = self.index(0, columns[0]), self.index(last, columns[-1])
            self.dataChanged.emit(top, bottom)

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """One row a post."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.posts)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """One column a day."""
        return 0 if parent.isValid() else self._days()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give how many are there, or a sentence about it; nothing on days without a need."""
        if self.sheet is None or not index.isValid():
            return None
        post = self.sheet.posts[index.row()]
        cover = post.days.get(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if cover is None else str(cover.there)
        if role in _TOLD:
            if cover is None:
                date = self.sheet.problem.horizon.date(index.column())
                return self.bench.say("roster.cover.none", post=post.label, day=date)
            return cover_sentence(self.sheet.problem, post, cover, self.bench.lang)
        return None

    def label(self, row: int) -> str:
        """Give the post of a row."""
        assert self.sheet is not None
        return self.sheet.posts[row].label
