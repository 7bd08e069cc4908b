"""Who has other facts than when the roster was made: her own record, absences, wishes, past."""

from collections.abc import Iterator, Mapping
from typing import Any

from planner.compare import InputChange
from planner.problem import Problem
from ui.window.document import Document
from ui.window.panels.states import stale


class OutdatedPeople:
    """The last answer, kept while facts stay as they are: hand edits of the plan do not change it."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] = ()
        self._found: frozenset[str] = frozenset()

    def of(self, document: Document) -> frozenset[str]:
        """Give the people; none for a provisional plan, which is made for the facts of now."""
        study, name = document.study, document.name
        if document.provisional is not None or not study.stale(name):
            return frozenset()
        key = (document.problem, study.scenario(name).made_for)
        if len(self._key) != 2 or self._key[0] is not key[0] or self._key[1] != key[1]:
            found = stale(document)
            moved = () if found is None else found.inputs
            self._found = frozenset(id for each in moved for id in _people(document.problem, each))
            self._key = key
        return self._found


def _people(problem: Problem, change: InputChange) -> Iterator[str]:
    """Give the person that a change of facts is about, where it is about one."""
    if change.kind in ("staff", "history"):
        yield change.id
    elif change.kind in ("absence", "request"):
        for side in (change.before, change.after):
            if isinstance(side, Mapping) and isinstance(side.get("person"), str):
                yield str(side["person"])
        if change.field:
            records = problem.records(change.kind)
            yield from (str(record.person) for record in records if record.id == change.id)
