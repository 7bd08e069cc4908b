"""The box at the foot of the right dock: the plan no longer follows the facts, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.window.actions import Actions
from ui.window.panels.parts import button, label, plain_tip
from ui.window.panels.states import details, reasons, stale
from ui.window.workbench import Workbench


class StaleBox(QWidget):
    """Hidden while the plan is up to date."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "stale")
        self.sign, self.title = QLabel(), label("stale_title", wrap=True)
        self.why = label("stale_why", wrap=True)
        self.solve = button("link", actions["solve"].trigger)
        self.both = button("link", actions["compare_parent"].trigger)
        head = QHBoxLayout()
        head.addWidget(self.sign)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.why)
        links = QHBoxLayout()
        links.setSpacing(8)
        links.addWidget(self.solve)
        links.addWidget(self.both)
        links.addStretch(1)
        column.addLayout(links)
        for signal in (bench.settled, bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show the reasons, or hide."""
        document = self.bench.document
        found = None if document is None else stale(document)
        self.setVisible(found is not None)
        if found is None:
            return
        told = reasons(found, self.bench.lang)
        self.sign.setPixmap(self.bench.icon("clock-alert-outline", "stale").pixmap(16, 16))
        self.title.setText(self.bench.say("stale_box.title"))
        self.why.setText("\n".join(f"• {each}" for each in told))
        at_length = "\n".join(details(found, self.bench.lang))
        self.why.setToolTip(plain_tip(at_length))
        self.why.setAccessibleDescription(at_length)
        self.solve.setText(self.bench.say("stale_box.solve"))
        self.solve.setIcon(self.bench.icon("play", "accent"))
        self.both.setText(self.bench.say("stale_box.both"))
        self.both.setToolTip(self.bench.say("stale_box.both.tip"))
        self.both.setVisible(document is not None and document.scenario.parent is not None)
        self._make_room()

    def _make_room(self) -> None:
        """Take the height of other words at once: till the layouts settle they would be cut."""
        for each in (self, self.parentWidget()):
            layout = None if each is None else each.layout()
            if layout is not None:
                layout.invalidate()
                layout.activate()
