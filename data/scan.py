"""Looks for what must not be in a shared file: codes of people and cases, and free text, byte by byte."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

_LONG: Final = 5
"""Letters from which a code is looked for in every byte of the file; shorter ones come by chance."""
_TEXT: Final = 8
"""The same of free text, which may be a common word."""
_WORD: Final = re.compile(r"[^\s\"',;:|+/=\[\](){}]+")


def found_in(path: Path, codes: Iterable[str], texts: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the codes and free texts that stand in a file of a study: see `found_within`."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return _found(path.read_bytes(), connection, codes, texts)


def found_within(whole: bytes, codes: Iterable[str], texts: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the codes and free texts that stand in a study: in cells, between them, in what is free.

    Longer ones are looked for among all bytes, as UTF-8 and UTF-16; short codes as words of cells,
    short texts, and those that are words of the file's own tables, as whole cells.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(whole)
        return _found(whole, connection, codes, texts)


def _found(
    whole: bytes, connection: sqlite3.Connection, codes: Iterable[str], texts: Iterable[str]
) -> tuple[str, ...]:
    cells, tables = _read(connection)
    words = cells.union(*map(_WORD.findall, cells))
    found = {code for code in codes if code in words or _among(code, whole, _LONG)}
    for text in texts:
        if text in cells or (text not in tables and _among(text, whole, _TEXT)):
            found.add(text)
    return tuple(sorted(found - {""}))


def _among(text: str, whole: bytes, least: int) -> bool:
    if len(text) < least:
        return False
    return any(text.encode(form) in whole for form in ("utf-8", "utf-16-le", "utf-16-be"))


def _read(connection: sqlite3.Connection) -> tuple[set[str], str]:
    """Give the text cells of a file, and the words that its tables are made with."""
    cells: set[str] = set()
    made = connection.execute("SELECT name, type, sql FROM sqlite_schema").fetchall()
    for name, type, _ in made:
        if type == "table":
            for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - our own
                cells.update(cell for cell in row if isinstance(cell, str))
    return cells, " ".join(sql or "" for _, _, sql in made)
