"""What only the whole folder can tell: links, bounds and orders of dates, with file and row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from data.csv.cells import joined
from data.csv.rows import Loaded
from data.importing import FileFault
from planner.clock import Horizon
from planner.fields import specs
from planner.problem import (
    ATTRIBUTES,
    RECORD_KINDS,
    Fault,
    Problem,
    faults,
    refuses,
    unused,
)

_ABSENCES, _SURGEONS = f"{ATTRIBUTES['absence']}.csv", f"{ATTRIBUTES['surgeon']}.csv"

_TOGETHER: Final = re.compile(r"[\s,;/+&]+")
"""What people put between two codes of a cell."""

Key = tuple[str, str, str, str]


class Unknown:
    """Codes that no table holds, each told once with the number of its lines."""

    def __init__(self, tables: Mapping[str, Loaded]) -> None:
        """Start with none."""
        self._found: dict[Key, list[int]] = defaultdict(list)
        self._columns: dict[Key, str] = {}
        self._apart: dict[Key, str] = {}
        self._left_out: dict[str, set[str]] = defaultdict(set)
        for kind, loaded in tables.items():
            if kind in ATTRIBUTES:
                self._left_out[f"{ATTRIBUTES[kind]}.csv"] = loaded.left_out

    def add(
        self, loaded: Loaded, line: int, field: str, value: str, kind: str, apart: str = ""
    ) -> None:
        """Note that a cell names a record of a kind that there is not.

        `apart` is how it would be written where it holds several codes that there are.
        """
        table = f"{ATTRIBUTES[kind]}.csv"
        if loaded.file == _ABSENCES and value in self._left_out[_SURGEONS]:
            table = _SURGEONS  # surgeons are absent too
        key = (loaded.file, field, value, table)
        self._found[key].append(line)
        self._columns[key] = loaded.words.get(field, field)
        self._apart[key] = apart

    def faults(self) -> Iterable[FileFault]:
        """Give one fault a code, at its first line."""
        for key, lines in self._found.items():
            file, _, value, table = key
            facts: dict[str, str | int] = {"value": value, "table": table, "n": len(lines)}
            column = self._columns[key]
            what = "names_left_out" if value in self._left_out[table] else "unknown_code"
            if self._apart[key]:
                what, facts = "codes_together", {**facts, "apart": self._apart[key]}
            yield FileFault(what=what, file=file, row=lines[0], column=column, facts=facts)

    def lines(self) -> Iterable[tuple[str, int]]:
        """Give all their lines, each with its file."""
        return ((file, line) for (file, *_), lines in self._found.items() for line in lines)


def consistency(
    problem: Problem, tables: Mapping[str, Loaded], unknown: Unknown
) -> tuple[list[FileFault], list[FileFault]]:
    """Give the faults and the remarks of a problem, each at the row of its record.

    Remarks are what a plan can be made with all the same.
    """
    lines = {
        (kind, record.id): line
        for kind, loaded in tables.items()
        if kind in RECORD_KINDS
        for record, line in zip(loaded.records, loaded.lines, strict=True)
    }
    found: list[FileFault] = []
    tolerated: list[FileFault] = []
    without_history: list[str] = []
    for fault in faults(problem):
        loaded = tables.get(fault.kind)
        if fault.what == "no_history":
            without_history.append(fault.id)
        elif loaded is not None:
            line = lines.get((fault.kind, fault.id), 0)
            if fault.what == "unknown_link":
                _unknown(fault, loaded, line, tables, unknown)
            else:
                placed = _placed(fault, loaded, line, problem.horizon)
                (found if refuses(fault) else tolerated).append(placed)
    return found, [*tolerated, *_history(without_history)]


def _unknown(
    fault: Fault, loaded: Loaded, line: int, tables: Mapping[str, Loaded], unknown: Unknown
) -> None:
    facts = dict(fault.facts)
    kind, value = str(facts["link"]), str(facts["value"])
    if kind not in tables or value not in tables[kind].lost:
        several = {spec.name for spec in specs(loaded.table.record) if spec.form == "links"}
        there = {record.id for record in tables[kind].records} if kind in tables else set()
        codes = _TOGETHER.split(value) if fault.field in several else []
        apart = joined(codes) if len(codes) > 1 and there.issuperset(codes) else ""
        unknown.add(loaded, line, fault.field, value, kind, apart)


def _placed(fault: Fault, loaded: Loaded, line: int, horizon: Horizon) -> FileFault:
    what, facts = fault.what, dict(fault.facts)
    days = {spec.name for spec in specs(loaded.table.record) if spec.form == "day"}
    if what == "out_of_bounds" and fault.field in days:
        what = "far_day"
        facts["value"] = horizon.date(int(facts["value"])).isoformat()
    if unused(fault):
        what = f"unused_{fault.kind}"
    return FileFault(
        what=what,
        file=loaded.file,
        row=line,
        column=loaded.words.get(fault.field, fault.field),
        facts={"id": fault.id, **facts},
    )


def _history(people: list[str]) -> list[FileFault]:
    if not people:
        return []
    shown = ", ".join(people[:10]) + (" …" if len(people) > 10 else "")
    facts: dict[str, str | int] = {"n": len(people), "people": shown}
    return [FileFault(what="no_history", file="histories.csv", facts=facts)]


def known_ids(problem: Problem) -> dict[str, set[str]]:
    """Give the ids of every kind of record."""
    ids: dict[str, set[str]] = {}
    for kind in RECORD_KINDS:
        records: tuple[Any, ...] = problem.records(kind)
        ids[kind] = {record.id for record in records}
    return ids
