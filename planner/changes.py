"""The four primitives of a scenario: set, adjust, add and remove a fact.

A change names a record by kind and id. `Set` remembers the value that it expected: when the parent
has moved on, the change is *shifted* and still applies; when its target is gone it is *broken* and
does nothing. Values are plain (see `planner.plain`), so that changes travel as they are.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from planner import fields
from planner.clock import MINUTES_A_DAY, calendar_day
from planner.plain import NotPlainError, Plain, from_plain, plain, to_plain, value
from planner.problem import ATTRIBUTES, ORDERS, Problem

STUDY_FIELDS = ("as_of", "order", "noon")
"""Fields of the problem itself that a change may set, as kind `problem`, id `problem`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Give a field another value."""

    kind: str
    id: str
    field: str
    expected: Plain = None
    value: Plain = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust:
    """Add a number to a whole or time field."""

    kind: str
    id: str
    field: str
    delta: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Add a record, given as plain values (`id` and, for rules, `type` among them)."""

    kind: str
    id: str
    record: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a record away; `record` is what it was, as plain values, where that is known."""

    kind: str
    id: str
    record: tuple[tuple[str, Any], ...] = dataclasses.field(default=(), compare=False)


Change: TypeAlias = Set | Adjust | Add | Remove


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """A named group of changes that belong together; switched off, it does nothing."""

    name: str
    changes: tuple[Change, ...] = ()
    enabled: bool = True


class Note(NamedTuple):
    """A change that did not meet what it expected: broken (no target) or shifted.

    `found` is the value that was there instead; of a record that is there already, its id.
    """

    set_name: str
    change: Change
    state: Literal["broken", "shifted"]
    found: Plain


def apply(problem: Problem, sets: Iterable[ChangeSet]) -> tuple[Problem, tuple[Note, ...]]:
    """Apply change sets in order; give the new problem and the changes that were broken or shifted."""
    notes: list[Note] = []
    working = _Working(problem)
    for group in sets:
        if group.enabled:
            for change in group.changes:
                note = working.apply(change)
                if note is not None:
                    notes.append(Note(group.name, change, *note))
    return working.done(), tuple(notes)


_Outcome: TypeAlias = tuple[Literal["broken", "shifted"], Plain] | None
_BROKEN: _Outcome = ("broken", None)


class _Working:
    """The records of the kinds that changes have touched so far, by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.own: dict[str, Any] = {}
        self.touched: dict[str, dict[str, Any]] = {}

    def apply(self, change: Change) -> _Outcome:
        try:
            if change.kind == "problem":
                return self._set_own(change)
            return self._set(change) if change.kind in ATTRIBUTES else _BROKEN
        except NotPlainError:
            return _BROKEN

    def _set(self, change: Change) -> _Outcome:
        records = self.touched.get(change.kind)
        if records is None:
            there = self.problem.records(change.kind)
            records = self.touched[change.kind] = {each.id: each for each in there}
        horizon = self.problem.horizon
        if isinstance(change, Add):
            if change.id in records:
                return "broken", change.id
            records[change.id] = from_plain(change.kind, dict(change.record), horizon)
            return None
        record = records.get(change.id)
        if record is None:
            return _BROKEN
        if isinstance(change, Remove):
            del records[change.id]
            return None
        spec = spec_of(record, change.field)
        before = plain(spec, getattr(record, spec.name), horizon)
        if isinstance(change, Adjust):
            number = getattr(record, spec.name)
            if spec.form not in ("whole", "time") or number is None:
                return _BROKEN
            after = min(max(number + change.delta, spec.low), spec.high)
            records[change.id] = dataclasses.replace(record, **{spec.name: after})
            return None
        after = value(spec, change.value, horizon)
        records[change.id] = dataclasses.replace(record, **{spec.name: after})
        return None if before == change.expected else ("shifted", before)

    def _set_own(self, change: Change) -> _Outcome:
        if not isinstance(change, Set) or change.field not in STUDY_FIELDS:
            return _BROKEN
        before = own_plain(self.problem, change.field)
        self.own[change.field] = _own_value(change.field, change.value)
        return None if before == change.expected else ("shifted", before)

    def done(self) -> Problem:
        problem = dataclasses.replace(self.problem, **self.own) if self.own else self.problem
        for kind, records in self.touched.items():
            problem = problem.with_records(kind, tuple(records.values()))
        return problem


def removal(problem: Problem, kind: str, id: str) -> Remove:
    """Give the change that takes a record away and remembers what it was."""
    record = next((each for each in problem.records(kind) if each.id == id), None)
    if record is None:
        return Remove(kind=kind, id=id)
    return Remove(kind=kind, id=id, record=tuple(to_plain(record, problem.horizon).items()))


def spec_of(record: Any, field: str) -> fields.FieldSpec:
    """Give the description of a field of a record.

    Raises:
        NotPlainError: the record has no such field, or it is the id, which never changes.
    """
    for spec in fields.specs(type(record)):
        if spec.name == field and field != "id":
            return spec
    raise NotPlainError("unknown_field", field, "")


def own_plain(problem: Problem, field: str) -> Plain:
    """Give a field of the problem itself as a plain value."""
    found = getattr(problem, field)
    return found.isoformat() if field == "as_of" else found  # type: ignore[no-any-return]


def _own_value(field: str, given: Plain) -> Any:
    """Take the value of a field of the problem itself.

    Raises:
        NotPlainError: the field may not have it.
    """
    if field == "as_of":
        try:
            return calendar_day(str(given))
        except ValueError as error:
            raise NotPlainError("not_day", field, given) from error
    minute = isinstance(given, int) and 0 <= given <= MINUTES_A_DAY
    if not (given in ORDERS if field == "order" else minute):
        raise NotPlainError("not_choice", field, given)
    return given
