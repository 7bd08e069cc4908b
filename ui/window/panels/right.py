"""The right dock: breaches, details, solving; the box of an outdated plan at its foot."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.window.actions import Actions
from ui.window.workbench import Workbench


class RightDock(QWidget):
    """The right dock: breaches, details, solving; the box of an outdated plan at its foot."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
