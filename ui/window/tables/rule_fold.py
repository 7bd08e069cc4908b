"""What most rules of a type leave as it is stands folded in the form of a rule, behind one button."""

from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QWidget

from planner.rule_words import seldom
from planner.rules.contract import Rule
from ui.window.document import Document
from ui.window.panels.parts import button
from ui.window.tables.rule_origin import Origins
from ui.window.workbench import Workbench

FEWEST: Final = 3
"""Fewer parameters are not worth a fold."""


class Fold:
    """A button, and under it rows that it shows; once open it stays so for other rules."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.open, self.many = False, 0
        self.button = button("link", self.toggle)
        self.inside = QWidget()
        self.grid = QGridLayout()
        self.parts: tuple[QWidget, ...] = (self.button,)

    def begin(self, many: int) -> None:
        """Begin anew, for so many rows."""
        self.many = many
        self.inside = QWidget()
        self.grid = QGridLayout(self.inside)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(6)
        self.grid.setVerticalSpacing(7)
        self.grid.setColumnStretch(2, 1)

    def lay(self, grid: QGridLayout, *, shown: bool) -> None:
        """Take a place at the end of a grid, if there is anything to fold; `shown` in any case.

        The form of a study that is only looked at cannot be pressed.
        """
        if not self.many:
            self.inside.deleteLater()
            return
        at = grid.rowCount()
        grid.addWidget(self.button, at, 1, 1, 3)
        grid.addWidget(self.inside, at + 1, 0, 1, 4)
        self.button.setToolTip(self.bench.say("rules.fold.tip"))
        self.open = self.open or shown
        self._show()

    def toggle(self) -> None:
        """Show the rows, or hide them."""
        self.open = not self.open
        self._show()

    def holds(self, widget: QWidget) -> bool:
        """Tell whether a field lies in it."""
        return bool(self.many) and self.inside.isAncestorOf(widget)

    def _show(self) -> None:
        self.button.setText(
            f"{'▾' if self.open else '▸'} {self.bench.say('rules.fold', n=self.many)}"
        )
        self.button.show()
        self.inside.setVisible(self.open)


def folded_of(document: Document, rule: Rule[Any, Any]) -> frozenset[str]:
    """Give the parameters to fold: as usual here, in the parent and in the base."""
    origins = Origins(document)
    rules = (rule, origins.base.get(rule.id, rule), origins.parent.get(rule.id, rule))
    found = frozenset.intersection(*(seldom(each) for each in rules if type(each) is type(rule)))
    return found if len(found) >= FEWEST else frozenset()
