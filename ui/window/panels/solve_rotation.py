"""A rotation in the panel of solving: which one's lines are to be found, and those that were."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from planner.clock import WEEK
from planner.problem import Problem
from planner.rotation.comparing import Turned
from planner.rotation.explaining import OFF
from ui.window.look.type import SMALL, font
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


class LinesTable(QTableWidget):
    """Lines of a rotation by weekday; days that change are bold, coloured and told."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(0, WEEK)
        self.bench = bench
        self.setObjectName("rotation_lines")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(22)
        self.setFont(font(SMALL))
        self.hide()

    def show_lines(self, turned: Turned) -> None:
        """Show the lines that were found."""
        say, weeks, changed = self.bench.say, turned.weeks, set(turned.changed)
        self.setAccessibleName(say("rotation.lines"))
        self.setRowCount(len(weeks))
        self.setHorizontalHeaderLabels([say(f"board.weekday.{day}") for day in range(WEEK)])
        self.setVerticalHeaderLabels([str(number) for number in range(1, len(weeks) + 1)])
        now = turned.unrolled.wheel.weeks
        for row, week in enumerate(weeks):
            for day, shifts in enumerate(week):
                before = "+".join(now[row][day]) or OFF
                item = self._cell(row, day, "+".join(shifts) or OFF, before)
                self.setItem(row, day, item)
                if (row + 1, day) in changed:
                    item.setForeground(QColor(self.bench.theme.own))
                    item.setBackground(QColor(self.bench.theme.own_soft))
                    item.setFont(font(SMALL, 600))
        high = self.horizontalHeader().sizeHint().height() + 2
        self.setFixedHeight(high + sum(self.rowHeight(row) for row in range(len(weeks))))

    def _cell(self, row: int, day: int, shifts: str, before: str) -> QTableWidgetItem:
        item = QTableWidgetItem(shifts)
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        what = "stays" if shifts == before else "becomes"
        told = self.bench.say(
            f"rotation.day.{what}",
            number=row + 1,
            day=self.bench.say(f"date.weekday.long.{day}"),
            shift=shifts,
            before=before,
        )
        item.setToolTip(told)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        return item
