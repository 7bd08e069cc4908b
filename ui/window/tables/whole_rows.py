"""Lists and tables whose rows are all of one height show whole rows only: none is cut at the foot."""

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QListView, QTableView, QVBoxLayout, QWidget


class WholeRows(QObject):
    """Keeps free at the foot of a list what is no whole row, and scrolls it row by row."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.view = view
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        view.viewport().installEventFilter(self)  # rows are as high as its width lets them be

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look again at the height when the list, or a row, gets another one."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False

    def fit(self) -> None:
        """Leave free what is no whole row; a list lower than one row shows what it can."""
        view = self.view
        row = view.sizeHintForRow(0) + 2 * view.spacing()
        whole = view.height() - 2 * view.frameWidth()
        spare = whole % row if 0 < row <= whole else 0
        if spare != view.viewportMargins().bottom():
            view.setViewportMargins(0, 0, 0, spare)


class Foot(QWidget):
    """Lies over the row that is cut at the foot of a list whose rows differ in height."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.view = view
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.hide()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look again whenever rows are painted: they were scrolled, filtered, or are others."""
        if event.type() == QEvent.Type.Paint:
            self.place()
        return False

    def place(self) -> None:
        """Lie over a row that begins in view and ends out of it."""
        room = self.view.viewport().geometry()
        index = self.view.indexAt(QPoint(4, room.height() - 1))
        row = self.view.visualRect(index)
        cut = index.isValid() and row.top() > 0 and row.bottom() >= room.height()
        if cut:
            self.setGeometry(room.adjusted(0, row.top(), 0, 0))
            self.raise_()
        if cut == self.isHidden():
            self.setVisible(cut)


class WholeTable(QWidget):
    """A table with whole rows only: what is no whole row is left free under it.

    A table gives itself margins for its headers, so that this needs a widget around it.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__()
        self.table = table
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(table)
        self.setFocusProxy(table)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look again at the height where rows have another room: a scroll bar comes or goes."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Look again at the height."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Leave free what is no whole row."""
        around = self.table.height() - self.table.viewport().height()  # header, frame, scroll bar
        spare = spare_of(self.table, self.height() - around)
        if spare != self.column.contentsMargins().bottom():
            self.column.setContentsMargins(0, 0, 0, spare)


def spare_of(table: QTableView, room: int) -> int:
    """Give what is no whole row of a height, where there are more rows than it holds."""
    row = table.verticalHeader().defaultSectionSize()
    return room % row if 0 < row <= room < table.verticalHeader().length() else 0
