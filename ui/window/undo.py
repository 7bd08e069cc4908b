"""The one undo command: a study before and after an edit, with the line of the journal it writes.

What is undone or done again is written before the stack moves: an exception inside a call of Qt's would
leave the stack at another place than the study, and nobody to say why.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

from data.journal import Entry, now
from planner.edits import Edit
from planner.study import Study

if TYPE_CHECKING:
    from ui.window.document import Document


UNDONE, REDONE = "journal.undone", "journal.redone"
"""What the journal says of a step that is taken back, or done again."""


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
        self._left, self._written = before, entry

    def redo(self) -> None:
        """Do it, or do it again; it is written already: what cannot be written is no step."""
        self.document.taken(self._left, self._written)

    def undo(self) -> None:
        """Take it back; that is written already too."""
        self.document.taken(self._left, self._written)

    def write(self, action: str) -> None:
        """Write that it is undone, or done again.

        Raises:
            Refused: the working copy cannot be written; the study is as it was.
        """
        line, self._left = self._line(action), self.document.study
        self.document.take(self.before if action == UNDONE else self.after, line)
        self._written = line

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


class Steps(QUndoStack):
    """The steps of a document; each is on disk before it is taken."""

    def undo(self) -> None:
        """Take the last step back.

        Raises:
            Refused: the working copy cannot be written; nothing has moved.
        """
        self._write(self.index() - 1, UNDONE)
        super().undo()

    def redo(self) -> None:
        """Do the next step again.

        Raises:
            Refused: the working copy cannot be written; nothing has moved.
        """
        self._write(self.index(), REDONE)
        super().redo()

    def _write(self, place: int, action: str) -> None:
        step = self.command(place)
        if isinstance(step, Step):
            step.write(action)
