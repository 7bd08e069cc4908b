"""Fields set once more: the last value takes the place of those that the scenario gave before."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from planner.changes import Change, Set, spec_of
from planner.edits import EditRefusedError, Record
from planner.hand_edits import Inherit
from planner.plain import NotPlainError, Plain, plain
from planner.problem import ATTRIBUTES, Problem
from planner.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Record):
    """Add a group of set fields in place of what the scenario has changed in them before.

    A field set to what it inherits is own no more. In the base the fields are set as they are.
    """

    def apply(self, study: Study) -> Study:
        if study.scenario(self.scenario).parent is None:
            return Record.apply(self, study)
        for change in self.group.changes:
            if isinstance(change, Set):
                study = _inherited(study, self.scenario, change)
        changes = tuple(_needed(study.problem(self.scenario), self.group.changes))
        if not changes:
            return study
        group = dataclasses.replace(self.group, changes=changes)
        return Record(scenario=self.scenario, group=group).apply(study)


def _inherited(study: Study, scenario: str, change: Set) -> Study:
    """Give up the scenario's own changes of a field, if it has any."""
    back = Inherit(scenario=scenario, kind=change.kind, id=change.id, field=change.field)
    try:
        return back.apply(study)
    except EditRefusedError:
        return study


def _needed(problem: Problem, changes: tuple[Change, ...]) -> Iterator[Change]:
    """Leave out what is so already, and expect what is there."""
    for change in changes:
        if not isinstance(change, Set):
            yield change
            continue
        found = _found(problem, change)
        if found != change.value:
            yield dataclasses.replace(change, expected=found)


def _found(problem: Problem, change: Set) -> Plain:
    records = problem.records(change.kind) if change.kind in ATTRIBUTES else ()
    record = next((each for each in records if each.id == change.id), None)
    if record is None:
        return None
    try:
        spec = spec_of(record, change.field)
    except NotPlainError:
        return None
    return plain(spec, getattr(record, spec.name), problem.horizon)
