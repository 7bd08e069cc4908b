"""What is wrong with the records of a kind; after an edit only the records that differ are looked at."""

from collections.abc import Mapping
from typing import Any

from planner.problem import Fault, Problem, all_ids, doubles, record_faults


class FaultBook:
    """Faults by record and field; a fault of a whole record stands at its code."""

    def __init__(self) -> None:
        self._kind, self._ids = "", dict[str, set[str]]()
        self._known: dict[int, tuple[Any, tuple[Fault, ...]]] = {}

    def of(self, problem: Problem, kind: str) -> Mapping[tuple[str, str], list[Fault]]:
        """Give the faults of a kind in a problem."""
        ids = all_ids(problem)
        if (kind, ids) != (self._kind, self._ids):
            self._kind, self._ids, self._known = kind, ids, {}
        found: dict[tuple[str, str], list[Fault]] = {}
        known, fresh = self._known, {}
        for record in problem.records(kind):
            seen = known.get(id(record))
            if seen is None:
                seen = record, tuple(record_faults(problem, kind, record, ids))
            fresh[id(record)] = seen
            for fault in seen[1]:
                found.setdefault((fault.id, fault.field or "id"), []).append(fault)
        self._known = fresh
        for fault in doubles(problem, kind) if len(ids[kind]) < len(fresh) else ():
            found.setdefault((fault.id, "id"), []).append(fault)
        return found
