"""The one undo command: a study before and after an edit, with the line of the journal it writes."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from data.journal import Entry, now
from planner.edits import Edit
from planner.study import Study

if TYPE_CHECKING:
    from ui.window.document import Document


class Step(QUndoCommand):
    """An edit done; undoing and doing it again are lines of the journal too.

    Steps with the same `burst` (letters typed into one roster row, nudges of one case) become one.
    """

    def __init__(
        self,
        document: "Document",
        before: Study,
        after: Study,
        entry: Entry,
        *,
        edit: Edit,
        burst: str = "",
    ) -> None:
        super().__init__()
        self.document, self.before, self.after = document, before, after
        self.entry, self.edit, self.burst = entry, edit, burst
        self.scenario = document.name
        self._done = False

    def redo(self) -> None:
        """Do it, or do it again."""
        entry = self.entry if not self._done else self._line("journal.redone")
        if self._done:
            self.document.take(self.after, entry)
        else:  # it is written already: what cannot be written is no step
            self.document.taken(self.before, entry)
        self._done = True

    def undo(self) -> None:
        """Take it back."""
        self.document.take(self.before, self._line("journal.undone"))

    def id(self) -> int:
        """Give a number that is the same for steps of one burst; −1: never merged."""
        return hash(self.burst) % (1 << 30) if self.burst else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        """Take a later step of the same burst into this one."""
        if (
            not isinstance(other, Step)
            or other.burst != self.burst
            or other.before is not self.after
        ):
            return False
        self.after, self.entry, self.edit = other.after, other.entry, other.edit
        return True

    def _line(self, action: str) -> Entry:
        parameters = {"what": self.entry.action, **self.entry.parameters}
        return replace(self.entry, action=action, parameters=parameters, made=now(), number=0)
