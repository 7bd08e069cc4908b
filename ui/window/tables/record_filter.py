"""Sorting and filtering of a table of facts: words, own values only, faults only."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from ui.window.tables.record_model import SORT, RecordModel


class RecordFilter(QSortFilterProxyModel):
    """A proxy over a `RecordModel`; all words typed must stand somewhere in a row."""

    def __init__(self, model: RecordModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.words: tuple[str, ...] = ()
        self.own = False
        self.faulty = False
        self.setSourceModel(model)
        self.setSortRole(SORT)
        self.setDynamicSortFilter(True)

    def narrow(self, words: str, *, own: bool, faulty: bool) -> None:
        """Show only rows with all words, own values, faults."""
        self.beginFilterChange()
        self.words = tuple(words.casefold().split())
        self.own, self.faulty = own, faulty
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @property
    def narrowed(self) -> bool:
        """Whether anything may be hidden."""
        return bool(self.words) or self.own or self.faulty

    def filterAcceptsRow(  # noqa: N802 - Qt's name
        self, row: int, parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Tell whether a record is to be shown."""
        record = self.model.records[row]
        if self.own and not self.model.own(record):
            return False
        if self.faulty and not self.model.wrong(record):
            return False
        if not self.words:
            return True
        columns = range(self.model.columnCount())
        cells = (
            self.model.index(row, column).data(Qt.ItemDataRole.DisplayRole) for column in columns
        )
        text = " ".join(str(cell) for cell in cells if cell).casefold()
        return all(word in text for word in self.words)

    def lessThan(  # noqa: N802 - Qt's name
        self,
        left: QModelIndex | QPersistentModelIndex,
        right: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Compare by the order of the field."""
        return bool(left.data(SORT) < right.data(SORT))
