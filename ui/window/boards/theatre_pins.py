"""Pins on the theatre board: what is selected, or all sessions of a day."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from planner.study import Pin
from ui.window.boards.pinning import are_pinned, pin
from ui.window.boards.theatre_moves import pins_of
from ui.window.selection import Picked

if TYPE_CHECKING:
    from ui.window.boards.theatre_page import TheatrePage


class TheatrePins:
    """What the keys and the menu of the board do with pins."""

    def __init__(self, page: "TheatrePage") -> None:
        self.page, self.bench = page, page.bench

    @property
    def selected(self) -> tuple[Pin, ...]:
        """What there is to pin of the selection."""
        document = self.bench.document
        if document is None:
            return ()
        return pins_of(document, self.bench.selection.now, self.page.days())

    @property
    def day(self) -> int:
        """The day of what is selected, or the one shown."""
        now, shown = self.bench.selection.now.day, self.page.days()
        return now if now in shown else self.page.day

    @property
    def whole(self) -> tuple[Pin, ...]:
        """All sessions of the day."""
        document = self.bench.document
        here = Picked(kind="day", ids=(str(self.day),))
        return () if document is None else pins_of(document, here, (self.day,))

    def pin(self) -> None:
        """Pin what is selected, or set it free."""
        pin(self.bench, self.selected)

    def pin_day(self) -> None:
        """Pin a whole day, or set it free."""
        pin(self.bench, self.whole)

    def offer(self, menu: QMenu) -> None:
        """Add to the menu of what is selected what the keys would do."""
        actions, say = self.page.actions_, self.bench.say
        document = self.bench.document
        if document is None or document.read_only:
            return
        date = document.problem.horizon.date(self.day)
        for id, wanted in (("pin", self.selected), ("pin_day", self.whole)):
            words = say(f"pin.{'un' * are_pinned(self.bench, wanted)}{id}", day=date)
            keys = actions[id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action = menu.addAction(f"{words}\t{keys}")
            action.setIcon(actions[id].icon())
            action.setObjectName(id)
            action.setEnabled(bool(wanted))
            action.triggered.connect(lambda _=False, it=actions[id]: it.trigger())
        menu.addAction(actions["pins"])
