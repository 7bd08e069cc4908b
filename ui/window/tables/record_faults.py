"""What is wrong with the records of a kind; after an edit only the records that differ are looked at."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from planner.links import REFUSED, Ids
from planner.misfits import KINDS, stepwise
from planner.problem import RECORD_KINDS, Fault, Problem, doubles, record_faults
from planner.sentences import fault_words

MOMENT: Final = 0.006
"""Seconds for which the window may not answer while it looks on."""


class Unfit(QObject):
    """What keeps cases out of every plan of a problem: looked for after an edit, a little at a time."""

    found = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._faults: tuple[Fault, ...] = ()
        self._problem: Problem | None = None
        self._steps: Iterator[Fault | None] = iter(())
        self._fresh: list[Fault] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def of(self, problem: Problem, kind: str) -> list[Fault]:
        """Give the faults of a kind as they were last found; `found` says that they are others."""
        if kind in KINDS and problem is not self._problem:
            self._problem, self._steps, self._fresh = problem, stepwise(problem), []
            self._timer.start(0)
        return [fault for fault in self._faults if fault.kind == kind]

    def _look(self) -> None:
        """Look on for a moment, and for another one if there is more to look at."""
        until = time.perf_counter() + MOMENT
        for fault in self._steps:
            if fault is not None:
                self._fresh.append(fault)
            if time.perf_counter() > until:
                self._timer.start(0)
                return
        before, self._faults = self._faults, tuple(self._fresh)
        if self._faults != before:
            self.found.emit()


class FaultBook:
    """Faults by record and field; a fault of a whole record stands at its code."""

    def __init__(self, unfit: Unfit) -> None:
        self.unfit, self._kind = unfit, ""
        self._records: dict[str, tuple[Any, ...]] = {}
        self._ids: dict[str, set[str]] = {}
        self._known: dict[int, tuple[Any, tuple[Fault, ...]]] = {}

    def of(self, problem: Problem, kind: str) -> Mapping[tuple[str, str], list[Fault]]:
        """Give the faults of a kind in a problem."""
        if self._other_ids(problem) or kind != self._kind:
            self._kind, self._known = kind, {}
        found: dict[tuple[str, str], list[Fault]] = {}
        known, fresh = self._known, {}
        for record in problem.records(kind):
            seen = known.get(id(record))
            if seen is None:
                seen = record, tuple(record_faults(problem, kind, record, self._ids))
            fresh[id(record)] = seen
            for fault in seen[1]:
                found.setdefault((fault.id, fault.field or "id"), []).append(fault)
        self._known = fresh
        for fault in doubles(problem, kind) if len(self._ids[kind]) < len(fresh) else ():
            found.setdefault((fault.id, "id"), []).append(fault)
        for fault in self.unfit.of(problem, kind):
            if fault.id in self._ids[kind]:
                found.setdefault((fault.id, fault.field), []).append(fault)
        return found

    def _other_ids(self, problem: Problem) -> bool:
        """Read the ids of the kinds that differ; tell whether there are other ones than before."""
        other = False
        for kind in RECORD_KINDS:
            records = problem.records(kind)
            if self._records.get(kind) is not records:
                ids = {record.id for record in records}
                other = other or ids != self._ids.get(kind)
                self._records[kind], self._ids[kind] = records, ids
        return other


def impossible(
    ids: Ids, kind: str, record: Any, typed: Mapping[str, Any], lang: str
) -> dict[str, str]:
    """Say of values typed into a record which cannot be, by field: no plan could be judged with them.

    Of hours that end before they start it is the value to blame that alone makes them so, else both.
    """

    def wrong(**other: Any) -> list[Fault]:
        made = replace(record, **{**typed, **other})
        return [f for f in record_faults(ids.problem, kind, made, ids) if f.what in REFUSED]

    found = [fault for fault in wrong() if fault not in wrong(**_of(record, typed))]
    told: dict[str, str] = {}
    for fault in found:
        blamed = [name for name in typed if fault not in wrong(**_of(record, (name,)))]
        for name in blamed or typed:
            told[name] = fault_words(fault, lang)
    return told


def _of(record: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
