"""The changes that make some records of a problem what they are to be."""

from collections.abc import Iterable, Iterator
from typing import Any

from planner.changes import Add, Change, Set
from planner.fields import specs
from planner.plain import plain, to_plain
from planner.problem import Problem


def towards(problem: Problem, kind: str, wanted: Iterable[Any]) -> Iterator[Change]:
    """Set each field in which a record is not yet as it is wanted; add records that are not there."""
    there = {record.id: record for record in problem.records(kind)}
    for record in wanted:
        before = there.get(record.id)
        if before is None:
            values = tuple(to_plain(record, problem.horizon).items())
            yield Add(kind=kind, id=record.id, record=values)
            continue
        for spec in specs(type(record)):
            was, now = (
                plain(spec, getattr(each, spec.name), problem.horizon) for each in (before, record)
            )
            if was != now:
                yield Set(kind=kind, id=record.id, field=spec.name, expected=was, value=now)
