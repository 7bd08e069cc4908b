"""Moving a change of the open scenario up, down, to the parent and away: by menu and by keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget

from planner.edits import EditRefusedError
from planner.stacking import Drop, Reorder, lifted
from ui.window.workbench import Workbench

NAME = Qt.ItemDataRole.UserRole
"""Where an item of the list has the name of its change set; the line of the plan has none."""


class ChangeMoves:
    """The actions of a list of change sets; each is undone as one step."""

    def __init__(self, bench: Workbench, view: QListWidget) -> None:
        self.bench, self.view = bench, view
        self.up = self._action("Alt+Up", lambda: self._reorder(-1))
        self.down = self._action("Alt+Down", lambda: self._reorder(1))
        self.lift = self._action("Alt+Left", self._lift)
        self.drop = self._action("Del", self._drop)

    def _action(self, keys: str, do: Callable[[], None]) -> QAction:
        action = QAction(self.view)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        self.view.addAction(action)
        return action

    def offered(self) -> tuple[QAction, ...]:
        """Give the actions with their words, each enabled where it can be done."""
        document, say = self.bench.document, self.bench.say
        parent = None if document is None else document.scenario.parent
        row, sets = self.view.currentRow(), self._count()
        may = document is not None and not document.read_only and row < sets
        for action, word, able in (
            (self.up, "up", row > 0),
            (self.down, "down", row < sets - 1),
            (self.drop, "drop", True),
        ):
            action.setText(say(f"changes.{word}"))
            action.setEnabled(may and able)
        self.lift.setText(say("changes.lift", parent=self.bench.called(parent)))
        self.lift.setEnabled(may)
        return (self.up, self.down, self.lift, self.drop)

    def _count(self) -> int:
        document = self.bench.document
        return 0 if document is None else len(document.scenario.changes)

    def _name(self) -> str | None:
        """Give the name of the current change set; None where nothing can be done with it."""
        document = self.bench.document
        if self.view.currentRow() < 0 or document is None or document.read_only:
            return None
        name = self.view.currentItem().data(NAME)
        return None if name is None else str(name)

    def _reorder(self, by: int) -> None:
        name, row = self._name(), self.view.currentRow() + by
        if name is not None and 0 <= row < self._count():
            self.bench.do(Reorder(scenario=self._open(), group=name, place=row))
            self.view.setCurrentRow(row)

    def _lift(self) -> None:
        name, document = self._name(), self.bench.document
        if name is None or document is None:
            return
        try:
            edit = lifted(document.study, document.name, name)
        except EditRefusedError as error:
            self.bench.told.emit(self.bench.sentence(error), True)
        else:
            self.bench.do(edit)

    def _drop(self) -> None:
        name, row = self._name(), self.view.currentRow()
        if name is not None and self.bench.do(Drop(scenario=self._open(), group=name)):
            self.view.setCurrentRow(min(row, self.view.count() - 1))  # the next one, by keys too

    def _open(self) -> str:
        document = self.bench.document
        return "" if document is None else document.name
