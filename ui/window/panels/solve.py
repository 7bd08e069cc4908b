"""The panel of solving."""

from PySide6.QtWidgets import QWidget

from ui.window.actions import Actions
from ui.window.workbench import Workbench


class SolvePanel(QWidget):
    """The panel of solving."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
