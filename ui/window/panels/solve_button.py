"""The buttons at the end of the tool bar: publish, solve, stop."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.window.actions import Actions
from ui.window.panels.parts import button, relook
from ui.window.workbench import Workbench


class SolveButton(QWidget):
    """Publish, and the one button that solves, or stops while something is solved."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.publish = button("", actions["publish"].trigger)
        self.solve = button("primary", self.press)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.publish)
        row.addWidget(self.solve)
        actions.on("publish", self.ask)
        bench.solver.changed.connect(self.refresh)
        for signal in (bench.changed, bench.document_changed, bench.language_changed):
            signal.connect(self.refresh)
        bench.theme_changed.connect(self.refresh)
        self.refresh()

    @property
    def on(self) -> bool:
        """Whether something is being solved."""
        run = self.bench.solver.run
        return run is not None and run.on

    def press(self) -> None:
        """Solve, or stop."""
        self.actions_["stop" if self.on else "solve"].trigger()

    def refresh(self) -> None:
        """Show what the buttons do now."""
        say, icon, document = self.bench.say, self.bench.icon, self.bench.document
        may = document is not None and not document.read_only
        self.publish.setText(say("action.publish"))
        self.publish.setIcon(icon("send-check-outline"))
        self.publish.setEnabled(may and document is not None and document.provisional is None)
        id = "stop" if self.on else "solve"
        relook(self.solve, "danger" if self.on else "primary")
        self.solve.setText(say(f"action.{id}"))
        self.solve.setToolTip(self.actions_[id].toolTip())
        name, token = ("stop-circle-outline", "hard") if self.on else ("play", "on_accent")
        self.solve.setIcon(icon(name, token))
        self.solve.setEnabled(may)

    def ask(self) -> None:
        """Publish the plan of the open scenario, once somebody has seen whom that tells what."""
        from ui.window.dialogs.publish import ask_publish

        ask_publish(self.bench, self.window())
