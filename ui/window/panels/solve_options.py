"""How a plan is searched for: from the plan at hand or afresh, theatres and roster in turn or each once."""

from collections.abc import Collection

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from planner.following import linkable
from planner.runs import FACT_PARTS
from ui.window.actions import Actions
from ui.window.panels.parts import plain_tip
from ui.window.panels.solve_parts import USUAL
from ui.window.workbench import Workbench


class Options(QWidget):
    """Two boxes to tick; the second one is an action of the menu as well."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.action = bench, actions["linked"]
        self.at_hand, self.together = QCheckBox(), QCheckBox()
        self.at_hand.setChecked(True)
        self.together.setObjectName("linked")
        self.action.toggled.connect(self.together.setChecked)
        self.together.toggled.connect(self.action.setChecked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for each in (self.at_hand, self.together):
            column.addWidget(each)
        self.word()

    @property
    def afresh(self) -> bool:
        """Whether the plan at hand is left aside."""
        return not self.at_hand.isChecked()

    @property
    def linked(self) -> bool:
        """Whether theatres and roster are planned in turn; they can be where both are asked for."""
        return self.together.isChecked() and not self.together.isHidden()

    def fit(self, parts: Collection[str], *, waiting: bool) -> None:
        """Offer what goes with some parts; `waiting`: no run is in the way."""
        document = self.bench.document
        may = document is not None and set(parts) == USUAL and linkable(document.problem)
        self.at_hand.setVisible(not set(FACT_PARTS) & set(parts))
        self.together.setVisible(may)
        able = may and waiting and document is not None and not document.read_only
        self.action.setEnabled(able)

    def word(self) -> None:
        """Take the words of the language."""
        say = self.bench.say
        self.at_hand.setText(say("solve.at_hand"))
        self.together.setText(say("action.linked"))
        self.together.setToolTip(plain_tip(say("action.linked.tip")))
