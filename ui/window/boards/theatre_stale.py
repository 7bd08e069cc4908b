"""Which cases and sessions have other facts than when the plan was made, worked out once."""

from typing import Any

from ui.window.document import Document
from ui.window.panels.states import stale


class Outdated:
    """The last answer, kept while facts stay as they are: hand edits of the plan do not change it."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] = ()
        self._found: frozenset[str] = frozenset()

    def of(self, document: Document) -> frozenset[str]:
        """Give the ids; none for a provisional plan, which is made for the facts of now."""
        study, name = document.study, document.name
        if document.provisional is not None or not study.stale(name):
            return frozenset()
        key = (id(document), study.base, tuple(study.changes(name)), study.scenario(name).made_for)
        if not self._same(key):
            found = stale(document)
            moved = () if found is None else found.inputs
            self._found = frozenset(e.id for e in moved if e.kind in ("case", "session"))
            self._key = key
        return self._found

    def _same(self, key: tuple[Any, ...]) -> bool:
        known = self._key
        return bool(known) and known[1] is key[1] and (known[0], *known[2:]) == (key[0], *key[2:])
