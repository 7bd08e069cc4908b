"""The view of theatres: indicators, the board bar, the board, the tray."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.window.actions import Actions
from ui.window.workbench import Workbench


class TheatrePage(QWidget):
    """The view of theatres: indicators, the board bar, the board, the tray."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
