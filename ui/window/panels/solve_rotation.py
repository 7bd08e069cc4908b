"""A rotation in the panel of solving: which one's lines are to be found."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from planner.problem import Problem
from ui.window.panels.parts import label
from ui.window.workbench import Workbench


class RotationChoice(QWidget):
    """The rotations of the open scenario, by code and name."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.title, self.box = label(), QComboBox()
        self.box.setObjectName("rotation")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.title)
        row.addWidget(self.box, 1)
        self.word()

    def offer(self, problem: Problem) -> None:
        """Offer the rotations that there are; the one chosen stays where it is still there."""
        wanted = [(f"{each.id}  {each.name}".strip(), each.id) for each in problem.rotations]
        if wanted == [
            (self.box.itemText(n), self.box.itemData(n)) for n in range(self.box.count())
        ]:
            return
        before = self.chosen
        self.box.clear()
        for words, id in wanted:
            self.box.addItem(words, id)
        self.box.setCurrentIndex(max(0, self.box.findData(before)))

    @property
    def chosen(self) -> str:
        """The code of the rotation that is chosen, "" where there is none."""
        return str(self.box.currentData() or "")

    @property
    def words(self) -> list[str]:
        """The options of a command that asks for it; none where there is only one."""
        return ["--rotation", self.chosen] if self.box.count() > 1 else []

    def word(self) -> None:
        """Take the words of the language."""
        self.title.setText(self.bench.say("roll_out.rotation"))
        self.box.setAccessibleName(self.title.text())
