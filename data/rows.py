"""Records and rules as rows of their tables, and back: a cell is a plain value, lists are JSON."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from data.codec import dumps, loads, place
from data.database import Cell, Row
from data.tables import Table, table
from planner.clock import Horizon
from planner.fields import FieldSpec, specs
from planner.plain import from_plain, plain, value
from planner.rules.contract import Rule

_AS_IT_IS: Final = frozenset({"text", "whole", "choice", "link"})
_JSON: Final = frozenset({"links", "tags", "days", "weekdays", "words", "pairs", "scope"})


@cache
def columns(kind: str) -> tuple[str, ...]:
    """Name the columns of a kind's table, but for `position`."""
    if kind != "rule":
        return tuple(spec.name for spec in table(kind).columns)
    own = [spec.name for spec in specs(Rule)]
    return (own[0], "type", *own[1:], "parameters")


def rows_at(kind: str, placed: Iterable[tuple[int, Any]], horizon: Horizon) -> list[Row]:
    """Give records with their positions as rows of their table, the position first."""
    if kind == "rule":
        return [(at, *_rule_row(rule, horizon)) for at, rule in placed]
    described = table(kind).columns
    return [
        (at, *[_cell(spec, getattr(record, spec.name), horizon) for spec in described])
        for at, record in placed
    ]


def records(kind: str, rows: Iterable[Sequence[Cell]], horizon: Horizon) -> tuple[Any, ...]:
    """Make records of rows without their position.

    Raises:
        Refused: a cell does not fit; the sentence names table, id and column.
    """
    if kind == "rule":
        return tuple(_rule(row, horizon) for row in rows)
    described = table(kind)
    known: dict[tuple[str, Cell], Any] = {}
    return tuple(_record(described, row, horizon, known) for row in rows)


def _cell(spec: FieldSpec, given: Any, horizon: Horizon) -> Cell:
    if given is None or spec.form in _AS_IT_IS:
        return given  # type: ignore[no-any-return]  # such a field holds text or a number
    if spec.form == "flag":
        return int(given)
    found = plain(spec, given, horizon)
    return dumps(found) if spec.form in _JSON else found  # type: ignore[return-value]  # day, time


def _record(
    described: Table, row: Sequence[Cell], horizon: Horizon, known: dict[tuple[str, Cell], Any]
) -> Any:
    """Make a record of its cells.

    The table's own bounds have judged text and numbers. Dates, times and sets repeat in a column:
    each is made once, and shared.
    """
    made: dict[str, Any] = {}
    with place(f"{described.name}[{row[0]}]"):
        if not str(row[0]).strip():
            value(described.columns[0], row[0], horizon)  # says that a code may not be empty
        for spec, cell in zip(described.columns, row, strict=True):
            if cell is None or spec.form in _AS_IT_IS:
                if isinstance(cell, str) and not cell.isprintable():
                    value(spec, cell, horizon)  # says so where a sign may not stand there
                made[spec.name] = cell
            elif spec.form == "flag":
                made[spec.name] = bool(cell)
            else:
                key = (spec.name, cell)
                if key not in known:
                    known[key] = value(spec, _given(spec, cell), horizon)
                made[spec.name] = known[key]
        return described.record(**made)


def _given(spec: FieldSpec, cell: Cell) -> Any:
    return loads(cell) if spec.form in _JSON and isinstance(cell, str) else cell


def _rule_row(rule: Rule[Any, Any], horizon: Horizon) -> Row:
    own = {spec.name: _cell(spec, getattr(rule, spec.name), horizon) for spec in specs(Rule)}
    parameters = {
        spec.name: plain(spec, getattr(rule, spec.name), horizon)
        for spec in specs(type(rule))
        if spec.name not in own
    }
    own |= {"type": rule.type, "parameters": dumps(parameters)}
    return tuple(own[name] for name in columns("rule"))


def _rule(row: Sequence[Cell], horizon: Horizon) -> Any:
    with place(f"rules[{row[0]}]"):
        cells: Mapping[str, Cell] = dict(zip(columns("rule"), row, strict=True))
        values: dict[str, Any] = {"type": cells["type"], **loads(str(cells["parameters"]))}
        for spec in specs(Rule):
            values[spec.name] = _given(spec, cells[spec.name])
        return from_plain("rule", values, horizon)
