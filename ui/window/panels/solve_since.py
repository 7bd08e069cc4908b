"""What a run has changed since its start, in four lines: from, to, and whether that is better."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from planner.kpi_words import sense, written
from planner.kpis import of_name, present
from planner.kpis.contract import Outcome, value
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench

LINES: Final = ("hard_breaches", "unscheduled", "planned_overtime", "wishes_refused")


class Since(QWidget):
    """A line an indicator; those that the problem has nothing of are left out."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self._now: tuple[Outcome, Outcome] | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        self.lines: dict[str, tuple[QLabel, QLabel, QLabel, QLabel]] = {}
        for row, name in enumerate(LINES):
            line = label(), label("hint"), label("hint", "→"), label("")
            for column, each in enumerate(line):
                grid.addWidget(each, row, column, right if column else Qt.AlignmentFlag.AlignLeft)
            self.lines[name] = line

    def show_change(self, before: Outcome, after: Outcome, *, again: bool = False) -> None:
        """Show what is different; nothing is counted twice."""
        if not again and self._now is not None:
            if self._now[0] is before and self._now[1] is after:
                return
        self._now = before, after
        lang, say = self.bench.lang, self.bench.say
        for name, (title, start, arrow, end) in self.lines.items():
            kpi, _ = of_name(name)
            there = present(kpi, after)
            for each in (title, start, arrow, end):
                each.setVisible(there)
            if not there:
                continue
            was, now = value(before.figure(kpi)), value(after.figure(kpi))  # type: ignore[arg-type]
            title.setText(say(f"solve.since.{name}"))
            start.setText(written(kpi, was, lang))
            end.setText(written(kpi, now, lang))
            seen = start.text() != end.text()
            better = sense(kpi, (now or 0) - (was or 0)) if seen else ""
            relook(end, better or "panel")
            told = say("solve.since.told", what=title.text(), before=start.text(), after=end.text())
            end.setAccessibleName(told)
