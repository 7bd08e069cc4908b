"""The history of a study without somebody: an anonymous code in the place of whoever is erased.

What is JSON stays so: names of fields and words of ours are nobody's, whatever somebody is called. What a
line says was written about her alone, an absence's reason for instance, is emptied, as it is in the facts.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from data.codec import dumps, loads
from planner.disguise import FREE
from planner.naming import Person
from planner.study import BASE


class _Cells(NamedTuple):
    """Columns of a table that may name somebody: texts, JSON, and JSON whose names are free texts."""

    texts: tuple[str, ...] = ()
    json: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


_TABLES: Final[Mapping[str, _Cells]] = {
    "journal": _Cells(("author", "reason"), ("scenarios", "parameters"), ("fingerprints",)),
    "runs": _Cells(("scenario",), ("options", "score")),
    "shared": _Cells(("author", "reason")),
}
_OURS: Final = frozenset({"action", "ancestor", "field", "kind", "part", "parts", "step", "what"})
"""Names under which words of ours stand, from which a line is read again."""
_WORD: Final = re.compile(r"[a-z][a-z_.-]*")


def forget(connection: sqlite3.Connection, person: Person) -> int:
    """Put the anonymous code in the place of a person in all of the history; count the rows.

    Raises:
        Refused: a cell is no JSON where that is written.
    """
    return sum(_forget(connection, table, cells, person) for table, cells in _TABLES.items())


def _forget(connection: sqlite3.Connection, table: str, cells: _Cells, person: Person) -> int:

    def cleared(text: str) -> str:
        return text if text == BASE else person.cleared(text)

    ways: dict[str, Callable[[str], str]] = dict.fromkeys(cells.texts, cleared)
    ways |= dict.fromkeys(cells.json, lambda cell: dumps(_within(loads(cell), cleared, person)))
    ways |= dict.fromkeys(cells.named, lambda cell: dumps(_named(loads(cell), cleared)))
    count, listed = 0, ", ".join(ways)
    rows = connection.execute(f"SELECT rowid, {listed} FROM {table}").fetchall()  # noqa: S608 - names are ours
    for row, *before in rows:
        after = [
            cell if cell is None else way(cell)
            for way, cell in zip(ways.values(), before, strict=True)
        ]
        if after != before:
            marks = ", ".join(f"{name} = ?" for name in ways)
            connection.execute(f"UPDATE {table} SET {marks} WHERE rowid = ?", (*after, row))  # noqa: S608 - names are ours
            count += 1
    return count


def _within(value: Any, cleared: Callable[[str], str], person: Person) -> Any:
    """Give a value of JSON without a person; a name of a field is hers where it is her whole code."""
    match value:
        case str():
            return cleared(value)
        case list():
            return [_within(each, cleared, person) for each in value]
        case dict():
            value = _without_hers(value, person)
            return {
                person.anonymous if name == person.id else name: each
                if name in _OURS and _is_ours(each)
                else _within(each, cleared, person)
                for name, each in value.items()
            }
    return value


def _without_hers(value: dict[str, Any], person: Person) -> dict[str, Any]:
    """Give a change without what it writes about her alone; any other value as it is."""
    match value:
        case {"action": "set", "kind": str(kind), "id": str(id), "field": str(field)}:
            if (kind, id) in person.own and (kind, field) in FREE:
                return value | {"expected": "", "value": ""}
        case {"action": "add" | "remove", "kind": str(kind), "id": str(id), "value": dict(record)}:
            absent = kind == "absence" and record.get("person") == person.id
            if absent or (kind, id) in person.own:
                free = {field: "" for field in record if (kind, field) in FREE}
                return value | {"value": record | free}
    return value


def _is_ours(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_ours, value))
    return isinstance(value, str) and bool(_WORD.fullmatch(value))


def _named(value: Any, cleared: Callable[[str], str]) -> Any:
    return {cleared(name): each for name, each in value.items()}
