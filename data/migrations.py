"""The formats of the study file: the SQL of each, and the way from one to the next.

A step changes a database of our own, never the file of a user. To add format N: write
`schema/NNNN.sql`, raise `SCHEMA`, add the step from N−1 and a sample of it to `tests/samples/released`.
"""

import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from data.database import transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION: Final = 0x4F50414C  # "OPAL"
SCHEMA: Final = 2

Step = Callable[["Database"], None]


def _last_days(database: "Database") -> None:
    """Format 2: staff members have a last day of work."""
    check = """CHECK (date("last", '+0 days') IS "last")"""
    database.execute(f'ALTER TABLE "staff" ADD COLUMN "last" TEXT {check}')


STEPS: Final[Mapping[int, Step]] = {1: _last_days}
"""Format → the step that makes the next one of it; format 1 is the first."""


@cache
def schema_sql(version: int) -> str:
    """Give the statements that make an empty study file of a format."""
    return files("data.schema").joinpath(f"{version:04d}.sql").read_text(encoding="utf-8")


def create(connection: sqlite3.Connection, version: int = SCHEMA) -> None:
    """Make the tables of a format in an empty database."""
    connection.execute("PRAGMA page_size = 1024")  # a study has many small tables
    marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {version};"
    # One transaction: each that reaches a disk waits for it.
    connection.executescript(f"BEGIN; {schema_sql(version)}; {marks} COMMIT;")


def migrate(
    connection: sqlite3.Connection,
    version: int,
    *,
    to: int = SCHEMA,
    steps: Mapping[int, Step] = STEPS,
) -> None:
    """Bring a database of ours from a format to a newer one, all steps or none.

    Raises:
        KeyError: there is no step from a format on the way.
    """
    if version >= to:
        return
    from sqlite_utils import Database  # it loads pandas: only old files pay for it

    with transaction(connection):
        for number in range(version, to):
            steps[number](Database(connection))
        connection.execute(f"PRAGMA user_version = {to}")
