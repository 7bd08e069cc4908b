"""Whose the values of records are: the open scenario's own, inherited from a parent, or the base's."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from planner.fields import FieldSpec
from planner.problem import Problem
from ui.window.document import Document

Origin: TypeAlias = Literal["base", "inherited", "own"]
_NOTHING = object()


class RecordOrigins:
    """The records of a kind beside those of the parent scenario and of the base."""

    def __init__(self, document: Document, kind: str) -> None:
        parent = document.scenario.parent
        self.child = parent is not None
        self.base = _by_id(document.study.base, kind)
        above = document.study.base if parent is None else document.study.problem(parent)
        self.parent = self.base if above is document.study.base else _by_id(above, kind)

    def of(self, record: Any, spec: FieldSpec) -> Origin:
        """Tell whose value a field of a record has."""
        if not self.child:
            return "base"
        above, base = self.parent.get(record.id), self.base.get(record.id)
        if above is record and base is record:
            return "base"
        value = getattr(record, spec.name)
        if getattr(above, spec.name, _NOTHING) != value:
            return "own"
        return "inherited" if getattr(base, spec.name, _NOTHING) != value else "base"

    def own(self, record: Any) -> bool:
        """Tell whether the record, or any value of it, is the open scenario's own."""
        above = self.parent.get(record.id)
        return self.child and above is not record and above != record

    def count_own(self, records: Sequence[Any]) -> int:
        """Count the records that are own, or have a value that is."""
        if not self.child:
            return 0
        above = self.parent.get
        return sum(1 for each in records if (was := above(each.id)) is not each and was != each)


def changed_kinds(document: Document) -> frozenset[str]:
    """Give the kinds of which the open scenario has changes of its own."""
    groups = document.scenario.changes
    return frozenset(each.kind for group in groups if group.enabled for each in group.changes)


def _by_id(problem: Problem, kind: str) -> Mapping[str, Any]:
    return {record.id: record for record in problem.records(kind)}
