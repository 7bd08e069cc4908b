"""A database of our own: in memory for a command, or in the state folder for a window."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MEMORY: Final = ":memory:"


def connect(database: str = MEMORY) -> sqlite3.Connection:
    """Open a database of ours; transactions are begun and ended by `transaction` alone."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
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
