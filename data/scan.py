"""Looks for what must not be in a shared file: codes of people and cases, and free text, byte by byte."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from planner.plain import texts_within

_LONG: Final = 5
"""Letters from which a code is looked for in every byte of the file; shorter ones come by chance."""
_TEXT: Final = 8
"""The same of free text, which may be a common word."""
_WORD: Final = re.compile(r"[^\W_]+")
_DATE: Final = re.compile(
    r"(?<!\d)(?=(\d{8}(?!\d)|(?:\d{4}|\d\d?)([-/._])\d\d?\2(?:\d{4}|\d\d?)(?!\d)))"
)
"""What may be a date: eight digits, or three numbers with one sign between them."""

_OURS: Final = frozenset({"journal", "shared", "deltas"})
"""Tables that tell who wrote the file, and with which program."""

_CHANGED: Final = frozenset({"expected", "value"})
"""Columns of a change that hold values of its field."""


def found_in(path: Path, codes: Iterable[str], texts: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the codes and free texts that stand in a file of a study: see `found_within`."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return _found(path.read_bytes(), connection, codes, texts)


def found_within(
    whole: bytes,
    codes: Iterable[str],
    texts: Iterable[str] = (),
    dates: frozenset[str] = frozenset(),
    public: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Give the codes, free texts and dates that stand in a study: in cells, between them, in what is free.

    Longer ones are looked for among all bytes, as UTF-8 and UTF-16. Short codes are words of cells,
    between any signs that are no letters or digits; numbers, which count many things, are whole cells,
    as are short texts and those that are words of the file's own tables. Dates are parts of cells.
    Cells that are `public` texts may have any word, and a text that is a part of one is looked for in the
    other cells alone.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(whole)
        return _found(whole, connection, codes, texts, dates, public)


def _found(
    whole: bytes,
    connection: sqlite3.Connection,
    codes: Iterable[str],
    texts: Iterable[str],
    dates: frozenset[str] = frozenset(),
    public: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    cells, tables = _read(connection)
    here = _words_of(cells - public)
    among = _Bytes(whole)
    found = {code for code in codes if here(code) or among.have(code, _LONG)}
    may_be = "\n".join(public)
    for text in texts:
        if text in cells or (text not in tables and among.have(text, _TEXT)):
            if text not in may_be or any(text in cell for cell in cells - public):
                found.add(text)
    if dates:
        written = {each for cell in cells for each, _ in _DATE.findall(cell)}
        found |= dates & written
    return tuple(sorted(found - {""}))


def _words_of(cells: set[str]) -> Callable[[str], bool]:
    """Give what tells whether a code is a cell, or a word or several within one."""
    words = set().union(*map(_WORD.findall, cells))
    all_cells = "\n".join(cells)

    def here(code: str) -> bool:
        if code in cells:
            return True
        own = _WORD.findall(code)
        if code.isdecimal() or not own or not words.issuperset(own):
            return False
        if own == [code]:
            return True
        return bool(re.search(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])", all_cells))

    return here


class _Bytes:
    """All bytes of a file. Most texts are not among them, as some four bytes in a row of theirs are not."""

    def __init__(self, whole: bytes) -> None:
        self.whole = whole
        self.fours = {whole[at : at + 4] for at in range(len(whole) - 3)}

    def have(self, text: str, least: int) -> bool:
        """Tell whether a text of at least so many letters is among them, as UTF-8 or UTF-16."""
        return len(text) >= least and any(
            self._have(text.encode(form)) for form in ("utf-8", "utf-16-le", "utf-16-be")
        )

    def _have(self, sought: bytes) -> bool:
        fours = (sought[at : at + 4] for at in range(len(sought) - 3))
        return all(four in self.fours for four in fours) and sought in self.whole


def _read(connection: sqlite3.Connection) -> tuple[set[str], str]:
    """Give the text cells of a file, and the words that its tables are made with."""
    cells: set[str] = set()
    made = connection.execute("SELECT name, type, sql FROM sqlite_schema").fetchall()
    for name, type, _ in made:
        if type == "table":
            for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - our own
                cells.update(cell for cell in row if isinstance(cell, str))
    return cells, " ".join(sql or "" for _, _, sql in made)


def texts_in(whole: bytes) -> frozenset[str]:
    """Give the texts of a study's own tables, those within lists and the like one by one."""
    return frozenset(places_in(whole))


def places_in(whole: bytes) -> dict[str, tuple[str, str, str]]:
    """Give the texts of a study's own tables, each with table, id and column of its first place.

    Of a change it is the kind, id and field that it changes.
    """
    found: dict[str, tuple[str, str, str]] = {}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(whole)
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            if table in _OURS:
                continue
            rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own
            columns = [each[0] for each in rows.description]
            for row in rows:
                _place(found, table, dict(zip(columns, row, strict=True)))
    return found


def _place(found: dict[str, tuple[str, str, str]], table: str, row: dict[str, Any]) -> None:
    """Note where the texts of a row stand, but for those that are known already."""
    if table == "changes":
        table = str(row["kind"])
    id = str(next((row[name] for name in ("id", "name", "case", "person") if name in row), ""))
    for column, cell in row.items():
        if isinstance(cell, str):
            field = str(row.get("field") or column) if column in _CHANGED else column
            for text in _leaves(cell):
                found.setdefault(text, (table, id, field))


def _leaves(cell: str) -> Iterator[str]:
    if not cell.startswith(("[", "{")):
        yield cell
        return
    try:
        yield from texts_within(json.loads(cell))
    except (ValueError, RecursionError):  # it only begins like one
        yield cell
