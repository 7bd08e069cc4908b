"""Links to nothing that an edit of the facts would make."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from planner.fields import KINDS, specs
from planner.problem import RECORD_KINDS, Fault, Problem, all_ids, record_faults

Ids: TypeAlias = Mapping[str, set[str]]


def broken(before: Problem, after: Problem) -> Iterator[Fault]:
    """Find the links to nothing that `after` has and `before` has not; only what differs is looked at."""
    if before is after:
        return
    kinds = [kind for kind in RECORD_KINDS if before.records(kind) is not after.records(kind)]
    if not kinds:
        return
    had, ids = all_ids(before), all_ids(after)
    gone = {kind: had[kind] - ids[kind] for kind in kinds if had[kind] - ids[kind]}
    for kind in RECORD_KINDS:
        pointed = {spec.link for spec in specs(KINDS[kind])} & gone.keys()
        if kind == "absence" and gone.keys() & {"staff", "surgeon"}:
            pointed.add("staff")
        if not pointed and kind not in kinds:
            continue
        old = {each.id: each for each in before.records(kind)}
        for record in after.records(kind):
            same = old.get(record.id)
            if same is not record or pointed:
                found = _to_nothing(after, kind, record, ids)
                known = _to_nothing(before, kind, same, had) if found and same else []
                yield from (fault for fault in found if fault not in known)


def _to_nothing(problem: Problem, kind: str, record: Any, ids: Ids) -> list[Fault]:
    found = record_faults(problem, kind, record, ids)
    return [fault for fault in found if fault.what == "unknown_link"]
