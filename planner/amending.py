"""Fields set once more: the last value takes the place of those before, or is stacked over them."""

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.changes import (
    STUDY_FIELDS,
    Add,
    Adjust,
    Change,
    ChangeSet,
    Remove,
    Set,
    own_plain,
    spec_of,
)
from planner.edits import Edit, Record
from planner.hand_edits import Inherit, Together
from planner.plain import NotPlainError, Plain, plain
from planner.problem import ATTRIBUTES, Problem
from planner.study import Scenario, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Record):
    """Add a group of changes in place of what the scenario has changed there before.

    A field set to what it inherits is own no more, a record that the scenario itself has added goes
    without a trace. In the base everything is done as it is.
    """

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        if scenario.parent is None:
            return Record.apply(self, study)
        gone = _removed(self.group) & _added(scenario)
        study = _without(study, scenario, _outdated(self.group, gone))
        return _recorded(study, self.scenario, self.group, gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack(Record):
    """Add a group of changes over all that the scenario has changed before.

    Where both change a field the later one counts, and once it is switched off the earlier one again.
    So a field set to the value that another group gives it is set once more.
    """

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        if scenario.parent is None:
            return Record.apply(self, study)
        own = {
            (each.kind, each.id, each.field)
            for group in scenario.changes
            for each in group.changes
            if isinstance(each, Set | Adjust)
        }
        return _recorded(study, self.scenario, self.group, own=own)


def _recorded(
    study: Study,
    name: str,
    group: ChangeSet,
    gone: Collection[tuple[str, str]] = (),
    own: Collection[tuple[str, str, str]] = (),
) -> Study:
    """Record what is not so already, under a name that no other group of the scenario has.

    A field among `own` is set even to the value that it has.
    """
    changes = tuple(_needed(study.problem(name), group.changes, gone, own))
    if not changes:
        return study
    free = _free_name(study.scenario(name), group.name)
    group = dataclasses.replace(group, name=free, changes=changes)
    return Record(scenario=name, group=group).apply(study)


def _free_name(scenario: Scenario, name: str) -> str:
    """Give a name that no other group of a scenario has: groups are switched by their names."""
    taken, free, number = {group.name for group in scenario.changes}, name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def carried(study: Study, scenario: str, kind: str, id: str, field: str, name: str) -> Edit:
    """Give the edit that gives the parent a scenario's value of a field; the scenario inherits it then.

    `name` is that of the change in the parent; the base has no changes, its field itself is set.
    """
    parent = study.scenario(scenario).parent
    assert parent is not None
    above, here = (
        _Records(study.problem(each)).value(kind, id, field) for each in (parent, scenario)
    )
    change = Set(kind=kind, id=id, field=field, expected=above, value=here)
    up = Amend(scenario=parent, group=ChangeSet(name=name, changes=(change,)))
    return Together(edits=(up, Inherit(scenario=scenario, kind=kind, id=id, field=field)))


def _removed(group: ChangeSet) -> set[tuple[str, str]]:
    return {(each.kind, each.id) for each in group.changes if isinstance(each, Remove)}


def _added(scenario: Scenario) -> set[tuple[str, str]]:
    changes = (change for group in scenario.changes for change in group.changes)
    return {(each.kind, each.id) for each in changes if isinstance(each, Add)}


def _outdated(group: ChangeSet, gone: set[tuple[str, str]]) -> Callable[[Change], bool]:
    """Tell which changes a group takes the place of: of the same fields, of records that go."""
    fields = {(each.kind, each.id, each.field) for each in group.changes if isinstance(each, Set)}

    def meant(change: Change) -> bool:
        if isinstance(change, Set | Adjust) and (change.kind, change.id, change.field) in fields:
            return True
        return (change.kind, change.id) in gone and not isinstance(change, Remove)

    return meant


def _without(study: Study, scenario: Scenario, meant: Callable[[Change], bool]) -> Study:
    """Take some of a scenario's own changes away; a group that has none left goes."""
    groups: list[ChangeSet] = []
    for group in scenario.changes:
        kept = tuple(change for change in group.changes if not meant(change))
        if len(kept) == len(group.changes):
            groups.append(group)
        elif kept:
            groups.append(dataclasses.replace(group, changes=kept))
    if tuple(groups) == scenario.changes:
        return study
    return study.replace(dataclasses.replace(scenario, changes=tuple(groups)))


def _needed(
    problem: Problem,
    changes: tuple[Change, ...],
    gone: Collection[tuple[str, str]],
    own: Collection[tuple[str, str, str]],
) -> Iterator[Change]:
    """Leave out what is so already, and expect what is there."""
    records = _Records(problem)
    for change in changes:
        if isinstance(change, Set):
            found = records.value(change.kind, change.id, change.field)
            if found != change.value or (change.kind, change.id, change.field) in own:
                yield dataclasses.replace(change, expected=found)
        elif (change.kind, change.id) not in gone or records.has(change.kind, change.id):
            yield change


class _Records:
    """The records of a problem by kind and id; each kind is looked through once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[str, Mapping[str, Any]] = {}

    def of(self, kind: str) -> Mapping[str, Any]:
        if kind not in self.known:
            found = self.problem.records(kind) if kind in ATTRIBUTES else ()
            self.known[kind] = {str(record.id): record for record in found}
        return self.known[kind]

    def has(self, kind: str, id: str) -> bool:
        return id in self.of(kind)

    def value(self, kind: str, id: str, field: str) -> Plain:
        """Give the value of a field, of a record or of the problem itself; None where there is none."""
        if kind == "problem":
            return own_plain(self.problem, field) if field in STUDY_FIELDS else None
        record = self.of(kind).get(id)
        if record is None:
            return None
        try:
            spec = spec_of(record, field)
        except NotPlainError:
            return None
        return plain(spec, getattr(record, spec.name), self.problem.horizon)
