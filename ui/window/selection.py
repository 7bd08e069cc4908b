"""What is selected: one selection that all boards, tables and panels show."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Things of one kind (case, session, staff, rule, any kind of record), perhaps on days.

    `day` is where a board should go; `last` the last of several days of a person; `field` the one
    field of a record that is looked at.
    """

    kind: str = ""
    ids: tuple[str, ...] = ()
    day: int | None = None
    last: int | None = None
    field: str = ""

    @property
    def id(self) -> str:
        """The one id, or the first."""
        return self.ids[0] if self.ids else ""


NOTHING = Picked()


class Selection(QObject):
    """The selection of a window; `changed` is sent once for each real change."""

    changed = Signal()
    wanted = Signal()
    """Somebody asks that the selection be brought into view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = NOTHING

    def pick(
        self,
        kind: str,
        *ids: str,
        day: int | None = None,
        last: int | None = None,
        field: str = "",
    ) -> None:
        """Select some things of a kind."""
        found = Picked(kind=kind, ids=ids, day=day, last=last, field=field)
        self._set(found if ids else NOTHING)

    def clear(self) -> None:
        """Select nothing."""
        self._set(NOTHING)

    def go(self, kind: str, *ids: str, day: int | None = None, last: int | None = None) -> None:
        """Select something, and ask the views to show it."""
        self.pick(kind, *ids, day=day, last=last)
        self.wanted.emit()

    def _set(self, picked: Picked) -> None:
        if picked != self.now:
            self.now = picked
            self.changed.emit()
