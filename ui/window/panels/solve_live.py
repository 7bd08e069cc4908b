"""The line above a board that shows a plan of a run: which one it is, and whether newer ones follow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.window.panels.parts import button, label
from ui.window.workbench import Workbench

HEIGHT = 36


class LiveBar(QWidget):
    """Hidden while the board shows the scenario's own plan."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench, self.live = bench, bench.solver.live
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "provisional")
        self.setFixedHeight(HEIGHT)
        self.sign, self.title, self.about = QLabel(), label("panel"), label()
        self.follow = button("", self._turn)
        self.follow.setObjectName("follow")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.sign)
        row.addWidget(self.title)
        row.addWidget(self.about, 1)
        row.addWidget(self.follow)
        for signal in (bench.changed, bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        bench.solver.changed.connect(self.refresh)
        self.refresh()

    def _turn(self) -> None:
        self.live.follow(not self.live.on)

    def refresh(self) -> None:
        """Say which plan is shown."""
        say, run = self.bench.say, self.bench.solver.run
        self.setVisible(self.live.shown)
        if not self.live.shown:
            return
        self.sign.setPixmap(self.bench.icon("progress-clock", "accent").pixmap(16, 16))
        number = self.live.number
        self.title.setText(say("solve.live.number", number=number) if number else say("solve.live"))
        self.about.setText(say("solve.live.about"))
        self.follow.setVisible(run is not None and run.on)
        self.follow.setText(say("solve.live.stay" if self.live.on else "solve.live.follow"))
        self.follow.setToolTip(say("solve.live.on" if self.live.on else "solve.live.off"))
