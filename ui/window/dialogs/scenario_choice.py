"""Which scenarios of another file are to stand in the comparison."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.window.dialogs.growing import GrowingDialog
from ui.window.panels.parts import label, plain_tip
from ui.window.workbench import Workbench

_KEY = Qt.ItemDataRole.UserRole
WIDE, HIGH = 420, 320


class ScenarioChoice(GrowingDialog):
    """Scenarios to tick; all are ticked at first. `names` are the words of each by its key."""

    wanted = Signal(list)
    """The keys that were ticked."""

    def __init__(
        self, bench: Workbench, file: str, names: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        say = bench.say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, HIGH)
        self.setWindowTitle(say("compare_view.which_file"))
        told = say("compare_view.which_scenarios", file=file)
        self.list = QListWidget()
        self.list.setAccessibleName(told)
        for key, words in names.items():
            item = QListWidgetItem(words, self.list)
            item.setData(_KEY, key)
            item.setToolTip(plain_tip(words))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.list.setCurrentRow(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.go = buttons.addButton(say("compare_view.take"), role)
        self.go.setDefault(True)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label("title", told, wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.list.itemChanged.connect(self._look)
        bench.document_changed.connect(self.reject)

    @property
    def chosen(self) -> list[str]:
        """The keys that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return [str(item.data(_KEY)) for item in ticked]

    def _look(self) -> None:
        self.go.setEnabled(bool(self.chosen))

    def _take(self) -> None:
        self.wanted.emit(self.chosen)
        self.accept()
