"""The right dock: tabs of breaches, details and solving; the box of an outdated plan at its foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QTabWidget, QVBoxLayout, QWidget

from planner.words import number
from ui.window.actions import Actions
from ui.window.panels.breaches import BreachPanel
from ui.window.panels.detail import DetailPanel
from ui.window.panels.parts import label, relook
from ui.window.panels.solve import SolvePanel
from ui.window.panels.stale_box import StaleBox
from ui.window.recovery import Recovery
from ui.window.workbench import Workbench


class RightDock(QWidget):
    """Three tabs and a box."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.breaches = BreachPanel(bench, actions)
        self.detail = DetailPanel(bench, actions)
        self.solve = SolvePanel(bench, actions)
        for panel in (self.breaches, self.detail, self.solve):
            self.tabs.addTab(panel, "")
        self.count = label("count")
        self.tabs.tabBar().setTabButton(0, QTabBar.ButtonPosition.RightSide, self.count)
        self.stale = StaleBox(bench, actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.stale)
        self.foot = QWidget()  # a wide window has the legend of its board here
        self.foot.setObjectName("right_foot")
        QVBoxLayout(self.foot).setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.foot)
        bench.settled.connect(self.word)
        bench.language_changed.connect(self.word)
        actions["solve"].triggered.connect(self._watch)
        actions.on("pins", self.show_pins)
        actions.on("solve_several", self.ask_queue)
        self.recovery = Recovery(bench)
        bench.solver.watched.connect(self._watch)
        self.word()

    def show_pins(self) -> None:
        """Open the list of pins beside the window, once."""
        from ui.window.dialogs.pins import PinsDialog

        if self.bench.document is None:
            return
        there = self.window().findChild(PinsDialog) or PinsDialog(self.bench, self.window())
        there.show()
        there.activateWindow()

    def ask_queue(self) -> None:
        """Ask which scenarios are to be solved one after another."""
        from ui.window.dialogs.queue import ask_queue

        ask_queue(self.bench, self.window())

    def _watch(self) -> None:
        self.tabs.setCurrentWidget(self.solve)

    def word(self) -> None:
        """Give the tabs their words, and the number of breaches."""
        say, n = self.bench.say, self.breaches.count
        relook(self.count, "hard_count" if self.breaches.model.hard else "count")
        self.count.setText(number(n, self.bench.lang) if n else "")
        self.count.setFixedSize(self.count.sizeHint())
        self.tabs.setTabText(0, say("right.breaches"))  # and give the number its room
        told = say("right.breaches.told", n=n, hard=self.breaches.model.hard)
        if self.breaches.model.waits:  # nobody knows yet how many there are
            told = say("right.breaches")
        self.count.setAccessibleName(told)
        self.tabs.setTabToolTip(0, told)
        self.tabs.tabBar().setAccessibleTabName(0, told)
        self.tabs.setTabText(1, say("right.detail"))
        self.tabs.setTabText(2, say("right.solve"))
