"""Lists whose rows are all of one height show whole rows only: none is cut at the top or the foot."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QListView


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
