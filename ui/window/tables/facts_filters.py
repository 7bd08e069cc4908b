"""Chips over a table of facts that open a menu: the records of one specialty, or due by a day."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton

from planner.fields import FieldSpec
from ui.window.panels.parts import plain_tip, verbatim
from ui.window.workbench import Workbench

DUE: Final = ("past", "7", "14", "28", "later", "none")
"""What may be asked of due dates: gone by, within so many days, later than all these, none given."""


def of_specialty(record: Any, specs: Sequence[FieldSpec], wanted: str) -> bool:
    """Tell whether a record has to do with a specialty."""
    for spec in specs:
        if spec.link == "specialty":
            value = getattr(record, spec.name)
            if value == wanted or (spec.form == "links" and wanted in value):
                return True
    return False


def due_then(due: int | None, as_of: int, wanted: str) -> bool:
    """Tell whether a due date is as wanted, seen from the day on which the facts were true."""
    if due is None or wanted == "none":
        return due is None and wanted == "none"
    left = due - as_of
    if wanted == "past":
        return left < 0
    return left > int(DUE[3]) if wanted == "later" else 0 <= left <= int(wanted)


class FilterChip(QPushButton):
    """A chip with a menu; what is chosen stands on it."""

    chosen = Signal()

    def __init__(self, bench: Workbench, message: str, sign: str) -> None:
        super().__init__()
        self.bench, self.message, self.sign = bench, message, sign
        self.value = ""
        self.brief = False
        """Whether a sign stands for its name, while nothing is chosen."""
        self.choices: tuple[tuple[str, str], ...] = ()
        self.setProperty("look", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(12, 12))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the words
        self.offered = QMenu(self)
        self.offered.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(self.offered)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer values with their words; a choice that is gone is let go."""
        self.choices = tuple(choices)
        if self.value not in dict(self.choices):
            self.value = ""
        self.offered.clear()
        for value, words in (("", self.bench.say("facts.filter.all")), *self.choices):
            action = self.offered.addAction(verbatim(words))
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _=False, value=value: self.choose(value))
            if not value:
                self.offered.addSeparator()
        self._word()

    def choose(self, value: str) -> None:
        """Choose a value, "" for all."""
        if value != self.value:
            self.value = value
            self.offer(self.choices)
            self.chosen.emit()
        self.setChecked(bool(self.value))

    def shorten(self, brief: bool) -> None:
        """Let a sign stand for the name, or not."""
        if brief != self.brief:
            self.brief = brief
            self._word()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the menu with Enter too, as all other buttons are pressed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _word(self) -> None:
        name = self.bench.say(self.message)
        words = dict(self.choices).get(self.value, "")
        told = self.bench.say("facts.filter.of", name=name, value=words) if words else name
        alone = self.brief and not words
        self.setText("" if alone else verbatim(words or name))
        self.setAccessibleName(told)
        self.setToolTip(plain_tip(told))
        self.setIcon(self.bench.icon(self.sign if alone else "chevron-down", "ink2"))
        self.setChecked(bool(self.value))
