"""What moved on since a plan was made: the reasons beside the mark "out of date".

A plan remembers only the fingerprint of its facts and rules. The facts that had it are looked for
among those that the study can still make: with fewer of the scenario's change sets, with one of them
switched, and with the base as it was before what the journal says was recorded into it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from planner.changes import Add, Adjust, Change, ChangeSet, Remove, Set, apply
from planner.compare import Stale, inputs
from planner.fingerprint import fingerprint
from planner.problem import Problem
from planner.study import Study


class _Earlier(NamedTuple):
    """A problem that may have been in force once, and the names of what came since."""

    problem: Problem
    since: tuple[str, ...]


def staleness(study: Study, name: str, recorded: Sequence[ChangeSet] = ()) -> Stale | None:
    """Say what moved on since a scenario's plan was made; None where the plan is up to date.

    `recorded` are the change sets that were recorded into the base, the newest last.

    Raises:
        UnknownScenarioError: the study has no such scenario.
    """
    if not study.stale(name):
        return None
    made_for, now = study.scenario(name).made_for, study.problem(name)
    for earlier in _earlier(study, name, recorded):
        if fingerprint(earlier.problem) == made_for:
            moved = tuple(inputs(name, earlier.problem, now))
            return Stale(scenario=name, groups=earlier.since, inputs=moved)
    return Stale(scenario=name)


def _earlier(study: Study, name: str, recorded: Sequence[ChangeSet]) -> Iterator[_Earlier]:
    """Give what may have been in force, the nearest first."""
    sets = tuple(study.changes(name))
    since: tuple[str, ...] = ()
    base: Problem | None = study.base
    for group in (None, *reversed(recorded)):
        if group is not None:
            base = without(base, group)
            since = (group.name, *since)
        if base is None:
            return
        yield from _with_fewer(base, sets, since)


def _with_fewer(
    base: Problem, sets: tuple[ChangeSet, ...], since: tuple[str, ...]
) -> Iterator[_Earlier]:
    for count in range(len(sets), -1, -1):
        later = tuple(group.name for group in sets[count:] if group.enabled)
        yield _Earlier(apply(base, sets[:count])[0], (*since, *later))
    for place, group in enumerate(sets):
        switched = replace(group, enabled=not group.enabled)
        tried = (*sets[:place], switched, *sets[place + 1 :])
        yield _Earlier(apply(base, tried)[0], (*since, group.name))


def without(problem: Problem | None, group: ChangeSet) -> Problem | None:
    """Take a recorded change set back out of a base; None where that cannot be done."""
    backward = [_inverse(change) for change in reversed(group.changes)]
    undo = tuple(change for change in backward if change is not None)
    if problem is None or len(undo) < len(backward):
        return None
    return apply(problem, (ChangeSet(name=group.name, changes=undo),))[0]


def _inverse(change: Change) -> Change | None:
    """Give the change that takes one back; None: what was removed is not known any more."""
    kind, id = change.kind, change.id
    match change:
        case Set():
            return Set(
                kind=kind,
                id=id,
                field=change.field,
                expected=change.value,
                value=change.expected,
            )
        case Adjust():
            return Adjust(kind=kind, id=id, field=change.field, delta=-change.delta)
        case Add():
            return Remove(kind=kind, id=id)
        case Remove():
            return Add(kind=kind, id=id, record=change.record) if change.record else None
