"""The chips of the panel of solving: which parts are asked for, and how far each of them is."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from planner.runs import FACT_PARTS, RUN_PARTS
from planner.score import PARTS
from ui.window.panels.parts import button
from ui.window.run import Run
from ui.window.workbench import Workbench

USUAL: Final = frozenset(PARTS)
"""The parts that are planned where nobody chooses."""
IN_A_ROW: Final = 3
"""Chips in a row: more would hold the panel wider than its dock."""


class PartChips(QWidget):
    """A chip a part; what changes facts is asked for alone, for the others stand on it."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.chips = {part: button("chip") for part in RUN_PARTS}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(6)
        self.grid.setColumnStretch(IN_A_ROW, 1)
        for part, chip in self.chips.items():
            chip.setCheckable(True)
            chip.setChecked(part in USUAL)
            chip.setIconSize(QSize(13, 13))
            chip.setObjectName(f"part_{part}")
            chip.toggled.connect(lambda on, part=part: self._toggled(part, on=on))
        self._place(self.chips)

    def _place(self, parts: Iterable[str]) -> None:
        """Lay chips out in rows that fit into a narrow panel."""
        for place, part in enumerate(parts):
            self.grid.addWidget(self.chips[part], *divmod(place, IN_A_ROW))

    def _toggled(self, part: str, *, on: bool) -> None:
        for other, chip in self.chips.items():
            alone = other in FACT_PARTS or part in FACT_PARTS
            if on and alone and other != part:
                chip.setChecked(False)
        self.changed.emit()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The parts that are asked for."""
        return tuple(part for part, chip in self.chips.items() if chip.isChecked())

    def fit(self, has: Mapping[str, bool]) -> None:
        """Offer the parts that there is something to plan of."""
        for part, chip in self.chips.items():
            chip.setVisible(has[part])
        self._place([part for part in self.chips if has[part]])
        if any(part in FACT_PARTS and not has[part] for part in self.chosen):
            self.choose(USUAL)

    def choose(self, parts: Collection[str]) -> None:
        """Ask for these parts, and for no other."""
        for part, chip in self.chips.items():
            chip.setChecked(part in parts)

    def word(self) -> None:
        """Take the words of the language."""
        for part, chip in self.chips.items():
            chip.setText(self.bench.say(f"solve.part.{part}"))
            chip.setToolTip(self.bench.say(f"solve.part.{part}.tip"))

    def show_run(self, run: Run | None) -> None:
        """Mark the part at work, those done and those to come; no choice while there is a run."""
        order = tuple(self.chips)
        for part, chip in self.chips.items():
            chip.setEnabled(run is None)
            if run is None:
                name = "check" if chip.isChecked() else "minus"
            elif part not in run.request.parts:
                name = "minus"
            elif run.on and part == run.part:
                name = "progress-clock"
            else:
                done = not run.on or order.index(part) < order.index(run.part or order[0])
                name = "check" if done else "timer-sand"
            chip.setIcon(self.bench.icon(name))
