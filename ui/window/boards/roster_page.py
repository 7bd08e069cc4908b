"""The view of staff: indicators, the board bar, the roster board, its legend."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.window.actions import Actions
from ui.window.workbench import Workbench


class RosterPage(QWidget):
    """The view of staff: indicators, the board bar, the roster board, its legend."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
