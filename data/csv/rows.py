"""A table read from a file: its records, the line of each, and the faults of the rest."""

from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from data.csv.durations import CellError
from data.csv.files import Sheet
from data.csv.headers import Column, columns_of
from data.csv.readers import Reader, reader
from data.importing import FileFault, Unreadable, unopened
from data.tables import Table
from planner.clock import MINUTES_A_DAY, Horizon, Twice
from planner.problem import UNUSED

_OVERNIGHT: Final = frozenset({"shift", "duty"})


@dataclass(slots=True, kw_only=True)
class Loaded:
    """What a file gave: `records` with their `lines`, `words` above each field.

    `lost` are the ids of lines that made no record, `left_out` those of lines that are done without.
    """

    table: Table
    file: str
    records: list[Any] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    faults: list[FileFault] = field(default_factory=list)

    def fault(self, what: str, line: int, column: str = "", **facts: str | int) -> None:
        """Add a fault at a line, with the words that stand above the column's field."""
        words = self.words.get(column, column)
        found = FileFault(what=what, file=self.file, row=line, column=words, facts=facts)
        self.faults.append(found)

    def leave_out(self, lines: Container[int]) -> None:
        """Do without the records of some lines, and those of lines that made none."""
        self.left_out |= self.lost
        self.lost.clear()
        kept = []
        for record, line in zip(self.records, self.lines, strict=True):
            if line in lines:
                self.left_out.add(getattr(record, "id", ""))
            else:
                kept.append((record, line))
        self.records = [record for record, _ in kept]
        self.lines = [line for _, line in kept]


def load(table: Table, path: Path, horizon: Horizon) -> Loaded:
    """Read a file of a table; every row that can be read is a record, the others are faults."""
    loaded = Loaded(table=table, file=path.name)
    try:
        sheet = Sheet(path)
    except Unreadable as error:
        loaded.faults.append(error.fault)
        return loaded
    except OSError as error:
        loaded.faults.append(unopened(path, error))
        return loaded
    columns = columns_of(sheet, table)
    loaded.words = {column.spec.name: column.words for column in columns if column is not None}
    if not sheet.faults:
        _Rows(loaded, columns, horizon).read(sheet)
    loaded.faults += sheet.faults
    return loaded


class _Rows:
    """Reads the rows of a sheet whose header is in order."""

    def __init__(self, loaded: Loaded, columns: list[Column | None], horizon: Horizon) -> None:
        self.loaded = loaded
        self.record, self.horizon = loaded.table.record, horizon
        kind = loaded.table.kind
        self.cells: list[tuple[str, Reader]] = [
            (column.spec.name, reader(column.spec, kind, horizon, hours=column.hours))
            for column in columns
            if column is not None
        ]
        self.timed = {"start", "end"} <= {name for name, _ in self.cells}
        self.has_id = any(name == "id" for name, _ in self.cells)
        self.first: dict[str, int] = {}

    def read(self, sheet: Sheet) -> None:
        """Make a record of every row, or say what is wrong with it."""
        loaded, record, cells = self.loaded, self.record, self.cells
        for line, row in sheet.rows():
            try:
                values = {
                    name: read(words) for (name, read), words in zip(cells, row, strict=False)
                }
            except CellError:
                self._explain(line, row)
                continue
            if self.timed and not self._times(line, values):
                self._lose(values)
                continue
            if self.has_id and not self._is_new(line, values["id"]):
                continue
            loaded.records.append(record(**values))
            loaded.lines.append(line)

    def _explain(self, line: int, row: list[str]) -> None:
        """Read a row cell by cell, to name all that is wrong in it."""
        values = {}
        for (name, read), words in zip(self.cells, row, strict=False):
            try:
                values[name] = read(words)
            except CellError as error:
                self.loaded.fault(error.what, line, name, **error.facts)
        self._lose(values)

    def _lose(self, values: dict[str, Any]) -> None:
        """Remember the id of a row that made no record: links to it are no faults of their own."""
        if isinstance(values.get("id"), str):
            self.loaded.lost.add(values["id"])

    def _is_new(self, line: int, id: str) -> bool:
        first = self.first.setdefault(" ".join(id.split()), line)  # nobody sees two blanks in it
        if first != line:
            self.loaded.fault("double_id", line, "id", value=id, first=first)
        return first == line

    def _ends_again(self, values: dict[str, Any], start: int, end: int) -> bool:
        """Tell whether the end of a placement comes after its start, in the hour that comes again."""
        day = values.get("date")
        if self.loaded.table.kind != "placement" or day is None or isinstance(end, Twice):
            return False
        more = self.horizon.comes_again(day, end)
        return more > 0 and self.horizon.elapsed(day, end) + more > self.horizon.elapsed(day, start)

    def _times(self, line: int, values: dict[str, Any]) -> bool:
        """Let an end at 00:00, and that of a shift, lie on the next day; refuse no or all day.

        A session that ends before it starts is a record all the same: it is named, and not used.
        """
        start, end = values["start"], values["end"]
        if start is None or end is None or start < end:
            return True
        if end < start and (end == 0 or self.loaded.table.kind in _OVERNIGHT):
            values["end"] = end + MINUTES_A_DAY
            return True
        if self._ends_again(values, start, end) or self.loaded.table.kind in UNUSED:
            return True  # what is not used is told of the record
        what = "no_length" if start == end else "ends_before_start"
        self.loaded.fault(what, line, "end")
        return False
