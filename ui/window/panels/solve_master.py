"""The master schedule in the panel of solving: what grids are weighed by, and what came of it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from planner.master.options import BOUNDS, MasterOptions
from planner.master.words import Comparison, explained
from planner.rotation.explaining import explained as lines_explained
from ui.window.panels.parts import button, label
from ui.window.panels.solve_rotation import LinesTable
from ui.window.run import Run
from ui.window.workbench import Workbench

_USUAL = MasterOptions()


class Weights(QWidget):
    """A number for each thing that grids are weighed by."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setVerticalSpacing(4)
        self.fields: dict[str, QSpinBox] = {}
        for name, (low, high) in BOUNDS.items():
            field = self.fields[name] = QSpinBox()
            field.setObjectName(f"master_{name}")
            field.setRange(low, high)
            field.setGroupSeparatorShown(True)
            field.setValue(getattr(_USUAL, name))
            self.form.addRow(QLabel(), field)
        self.word()

    @property
    def options(self) -> MasterOptions:
        """What the fields say."""
        values: dict[str, Any] = {name: field.value() for name, field in self.fields.items()}
        return replace(_USUAL, **values)

    def word(self) -> None:
        """Take the words of the language."""
        for name, field in self.fields.items():
            words = self.bench.say(f"master.weight.{name}")
            told = self.bench.say(f"master.weight.{name}.tip")
            title = self.form.labelForField(field)
            assert isinstance(title, QLabel)
            title.setText(words)
            title.setToolTip(told)
            field.setToolTip(told)
            field.setAccessibleName(words)
            field.setLocale(QLocale(self.bench.lang))
            field.setSuffix("\u202f%" if name in ("fill", "keep") else "")


def weight_words(options: MasterOptions) -> list[str]:
    """Give the options of a command that weighs grids in the same way."""
    return [
        word
        for name in BOUNDS
        if getattr(options, name) != getattr(_USUAL, name)
        for word in ("--master", f"{name}={getattr(options, name)}")
    ]


class GridAnswer(QWidget):
    """Who wins and loses half-days, why, the beds of the fullest days; and the grid in a window.

    Of a rotation the lines that were found, and what they cost and break.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._shown: object = None
        self.told = label("", wrap=True)
        self.told.setObjectName("grid_told")
        self.see = button("link", self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.lines = LinesTable(bench)
        column.addWidget(self.see)
        column.addWidget(self.lines)
        column.addWidget(self.told)
        self.hide()

    def show_run(self, run: Run | None, *, again: bool = False) -> None:
        """Say what a run found, once it is over."""
        grid = None if run is None else run.grid
        self.setVisible(grid is not None)
        if grid is None or (grid is self._shown and not again):
            return
        self._shown = grid
        lang, is_grid = self.bench.lang, isinstance(grid, Comparison)
        if isinstance(grid, Comparison):
            told = explained(grid, lang)
        else:
            told = lines_explained(grid, lang, lines=False)
            self.lines.show_lines(grid)
        self.lines.setVisible(not is_grid)
        self.told.setText("\n\n".join(told))
        self.see.setText(self.bench.say("master.see"))
        self.see.setVisible(is_grid)

    def open(self) -> None:
        """Show the grid before and after."""
        from ui.window.dialogs.master_grid import MasterGridDialog

        run = self.bench.solver.run
        if run is not None and isinstance(run.grid, Comparison):
            MasterGridDialog(self.bench, run.grid, self.window()).open()
