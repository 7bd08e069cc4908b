"""A database of our own: in memory for a command, or in the state folder for a window."""

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from data.refused import Refused, SystemWords
from planner.plain import printable

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Cell, ...]

MEMORY: Final = ":memory:"


def connect(database: str = MEMORY) -> sqlite3.Connection:
    """Open a database of ours; transactions are begun and ended by `transaction` alone.

    It may be written in a thread, while nobody else reads it or writes.
    """
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA temp_store = MEMORY")  # what is sealed is on no disk in plain
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of a block or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def kept(connection: sqlite3.Connection, folder: Path | None) -> Iterator[None]:
    """Write all of a block into the working copy in a folder, or nothing of it.

    Raises:
        Refused: it cannot be written.
    """
    try:
        with transaction(connection):
            yield
    except sqlite3.OperationalError as error:
        why = SystemWords.of_database(error)
        raise Refused("study.not_kept", path=str(folder), why=why) from error


def insert(
    connection: sqlite3.Connection, table: str, names: Sequence[str], given: Iterable[Row]
) -> None:
    """Insert rows into a table of ours.

    Raises:
        Refused: a value is out of the bounds of its column, or an id stands twice.
    """
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    statement = f'INSERT INTO "{table}" ({listed}) VALUES ({marks})'  # noqa: S608 - names are ours
    last: Row = ()

    def remembered() -> Iterable[Row]:
        nonlocal last
        for row in given:
            last = row
            yield row

    try:
        connection.executemany(statement, remembered())
    except sqlite3.IntegrityError as error:
        column = column_of(error)
        found = dict(zip(names, last, strict=True))
        where = f"{table}[{found.get('id', found.get('name', ''))}]"
        if "UNIQUE" in str(error):
            raise Refused("study.double_id", where=where) from error
        value = str(found.get(column, ""))[:100]
        raise Refused("study.out_of_bounds", where=f"{where}.{column}", value=value) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise Refused("study.out_of_bounds", where=table, value=_unstorable(error, last)) from error


def _unstorable(error: OverflowError | UnicodeEncodeError, row: Row) -> str:
    """Give what of a row no column can hold: half a letter, or a number beyond 64 bits."""
    if isinstance(error, UnicodeEncodeError):
        return printable(error.object[error.start : error.end])
    beyond = (each for each in row if isinstance(each, int) and each.bit_length() > 63)
    return str(next(beyond, ""))[:100]


def column_of(error: sqlite3.IntegrityError) -> str:
    """Find the column that a message of SQLite is about."""
    found = re.search(r'failed: (\w+)$|"(\w+)"|\.(\w+)', str(error))
    return next((word for word in found.groups() if word), "?") if found else "?"
