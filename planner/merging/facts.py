"""The base facts of two studies merged: every record of every kind, field by field."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from planner.changes import own_plain
from planner.clock import written
from planner.fields import specs
from planner.links import REFUSED
from planner.merging.conflicts import Conflict, Desk, Place, canonical
from planner.merging.rows import merged_rows
from planner.plain import Plain, plain, to_plain
from planner.problem import ATTRIBUTES, Fault, Problem, faults
from planner.study import BASE

Three = tuple[Problem, Problem, Problem]
"""The facts that both began with, ours and theirs."""
OWN: Final = ("as_of", "clock", "order", "noon")
"""The fields of a problem that are no records."""
_ROUNDS: Final = 12
"""A record put back may name another one that is gone too, and so on."""


def merged_facts(desk: Desk, three: Three) -> Problem:
    """Merge the base problems of a study; what both sides changed is settled at the desk.

    The three have the same horizon. What one side has removed and the other one names is kept.
    """
    ours = three[1]
    own: dict[str, Any] = {}
    for name in OWN:
        place = Place(BASE, "facts", "problem", "problem", name)
        values = tuple(getattr(each, name) for each in three)
        own[name] = desk.three(place, values, _own_shown(ours, name), "differs")
    made = dataclasses.replace(ours, **own)
    for kind in ATTRIBUTES:
        made = made.with_records(kind, _records(desk, kind, three))
    return mended(desk, made, three)


def _own_shown(problem: Problem, name: str) -> Any:
    def show(value: Any) -> Plain:
        if name == "noon":
            return written(value)
        if name == "clock":
            return bool(value)
        return own_plain(dataclasses.replace(problem, **{name: value}), name)

    return show


def _records(desk: Desk, kind: str, three: Three) -> tuple[Any, ...]:
    base, ours, theirs = (problem.records(kind) for problem in three)
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs

    def settle(id: str, values: tuple[Any, Any, Any]) -> Any:
        return _record(desk, kind, id, values, three[0])

    rows = merged_rows((_by_id(base), _by_id(ours), _by_id(theirs)), settle)
    return tuple(rows.values())


def _by_id(records: Sequence[Any]) -> dict[str, Any]:
    return {str(record.id): record for record in records}


def _record(desk: Desk, kind: str, id: str, values: tuple[Any, Any, Any], problem: Problem) -> Any:
    """Merge a record that both sides have touched."""
    horizon = problem.horizon
    if None in values or len({type(each) for each in values}) > 1:
        return desk.three(
            Place(BASE, "facts", kind, id), values, lambda each: _whole(each, problem)
        )
    changed = {}
    for spec in specs(type(values[0])):
        was, mine, other = (getattr(each, spec.name) for each in values)
        if was == mine == other:
            continue
        place = Place(BASE, "facts", kind, id, spec.name)

        def show(value: Any, spec: Any = spec) -> Plain:
            return plain(spec, value, horizon)

        changed[spec.name] = desk.three(place, (was, mine, other), show, "differs")
    return dataclasses.replace(values[0], **changed)


def _whole(record: Any, problem: Problem) -> Plain:
    return None if record is None else to_plain(record, problem.horizon)


# --- what one side alone would never have had ---------------------------------------------------


def mended(desk: Desk, made: Problem, three: Three) -> Problem:
    """Put back what one side has removed and the other names; settle records whose fields clash."""
    if any(made == each for each in three):
        return made
    known = {fault for each in three for fault in faults(each)}
    for _ in range(_ROUNDS):
        fresh = [each for each in faults(made) if each.what in REFUSED and each not in known]
        changed = dict[tuple[str, str], Any]()
        for fault in fresh:
            changed |= dict(_mending(desk, fault, three))
        if not changed:
            break
        made = with_changed(made, changed)
    return made


def _mending(desk: Desk, fault: Fault, three: Three) -> Iterator[tuple[tuple[str, str], Any]]:
    """Give the record that takes a fault away, by its kind and id."""
    facts = dict(fault.facts)
    if fault.what == "unknown_link":
        yield from put_back(desk, str(facts["link"]), str(facts["value"]), three)
        return
    values = tuple(_by_id(each.records(fault.kind)).get(fault.id) for each in three)
    place = Place(BASE, "facts", fault.kind, fault.id)
    base, ours, theirs = values
    neutral = min((e for e in values if e is not None), key=canonical) if base is None else base
    settled = desk.settle(
        place, "differs", (base, ours, theirs), lambda each: _whole(each, three[0]), neutral
    )
    yield (fault.kind, fault.id), neutral if settled is None else settled


def put_back(
    desk: Desk, link: str, id: str, three: Three, scenario: str = BASE
) -> Iterator[tuple[tuple[str, str], Any]]:
    """Give the record that a side has removed and the other names, wherever it was; tell of it."""
    for kind in (link, *(("surgeon",) if link == "staff" else ())):
        values = [_by_id(each.records(kind)).get(id) for each in three]
        base, ours, theirs = (_whole(each, three[0]) for each in values)
        if values[0] is None:
            continue
        place = Place(scenario, "facts", kind, id)
        desk.tell(
            Conflict(
                place=place,
                what="named",
                base=base,
                ours=ours,
                theirs=theirs,
                kept=base,
                chosen="base" if desk.choice(place) else "",
            )
        )
        yield (kind, id), values[0]


def with_changed(problem: Problem, changed: Mapping[tuple[str, str], Any]) -> Problem:
    """Give a problem with other records; those put back come last."""
    for kind in {kind for kind, _ in changed}:
        rows = _by_id(problem.records(kind))
        rows |= {id: record for (each, id), record in changed.items() if each == kind}
        problem = problem.with_records(kind, tuple(rows.values()))
    return problem
