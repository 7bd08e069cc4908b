"""Taking a block from a spreadsheet into a table of facts: into the cells from the current one on.

A block whose first column comes into the codes is taken by code: a line with a known one changes that
record, another one adds a record, wherever it stands. All of it is one change.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from planner.changes import Change
from planner.fields import FieldSpec
from ui.window.tables import cells
from ui.window.tables.record_edits import addition
from ui.window.tables.record_model import RecordModel


class Block(NamedTuple):
    """What a block comes to: words for fields of records, records to add, cells without a place."""

    typed: Sequence[tuple[Any, FieldSpec, str]]
    added: Sequence[Change] = ()
    left: int = 0


class UnreadableLineError(ValueError):
    """A line that would be a new record and cannot be read: its number, field and reason."""

    def __init__(self, line: int, field: FieldSpec, error: cells.CellError) -> None:
        super().__init__(f"{line}: {field.name}")
        self.line, self.field, self.error = line, field, error


def at_cells(model: RecordModel, lines: Sequence[Sequence[str]], row: int, column: int) -> Block:
    """Lay a block over the cells from one on; what comes over the edge has no place."""
    typed, left = [], 0
    for down, line in enumerate(lines):
        for right, words in enumerate(line):
            place = row + down, column + right
            there = place[0] < len(model.records) and place[1] < len(model.specs)
            if there and model.specs[place[1]].name != "id":
                typed.append((model.records[place[0]], model.specs[place[1]], words))
            elif words.strip():
                left += 1
    return Block(typed, (), left)


def by_code(model: RecordModel, lines: Sequence[Sequence[str]]) -> Block:
    """Take lines that begin with a code; a first line of headings is none.

    Raises:
        UnreadableLineError: a new record cannot be made of a line.
    """
    known = {str(record.id): record for record in model.every}
    typed: list[tuple[Any, FieldSpec, str]] = []
    fresh: dict[str, tuple[int, dict[str, str]]] = {}
    left, fields = 0, model.specs[1:]
    headings = {
        cells.heading(model.kind, spec, model.bench.lang).casefold() for spec in model.specs
    }
    for number, line in enumerate(lines, 1):
        code, rest = (line[0].strip(), line[1:]) if line else ("", [])
        if not code or (number == 1 and code.casefold() in headings | {"code", "id"}):
            continue
        left += sum(bool(words.strip()) for words in rest[len(fields) :])
        told = list(zip(fields, rest, strict=False))
        if code in known:
            typed += [(known[code], spec, words) for spec, words in told]
        else:
            fresh[code] = number, {spec.name: words for spec, words in told}
    read = cells.readers(model.kind, model.problem.horizon)
    added = [_made(model, read, code, number, words) for code, (number, words) in fresh.items()]
    return Block(typed, added, left)


def _made(
    model: RecordModel,
    read: Callable[[FieldSpec, str], Any],
    code: str,
    number: int,
    words: dict[str, str],
) -> Change:
    values = {}
    for spec in model.specs:
        given = code if spec.name == "id" else words.get(spec.name, "")
        try:
            if given.strip() or spec.required:
                values[spec.name] = read(spec, given)
        except cells.CellError as error:
            raise UnreadableLineError(number, spec, error) from error
    return addition(model.kind, values, model.problem.horizon)
