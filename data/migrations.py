"""The formats of the study file: the SQL of each, and the way from one to the next.

A step changes a database of our own, never the file of a user. To add format N: write
`schema/NNNN.sql`, raise `SCHEMA`, add the step from N−1 and a sample of it to `tests/samples/released`.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from data.database import MEMORY, transaction
from data.plan_steps import put_plans, take_plans

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION: Final = 0x4F50414C  # "OPAL"
SCHEMA: Final = 7
_PAGES: Final = "PRAGMA page_size = 1024"  # a study has many small tables

Step = Callable[["Database"], None]


_USUAL_2: Final[Mapping[tuple[str, str], str]] = {
    ("wards", "start"): "'07:00'",
    ("wards", "end"): "'20:00'",
    ("procedures", "stay"): "120",
    ("surgeons", "rooms"): "1",
}


def _theatres(database: "Database") -> None:
    """Format 2: last days of work, the master schedule, teams, appointments and day units."""
    _to_format(database, 2, _USUAL_2)


def _rosters(database: "Database") -> None:
    """Format 3: amounts carried from the past, published rosters, half-days of shifts."""
    _to_format(database, 3, {})


def _rotations(database: "Database") -> None:
    """Format 4: rotations, their lines, people and weekly cover."""
    _to_format(database, 4, {})


def _specialties(database: "Database") -> None:
    """Format 5: specialties of teams."""
    _to_format(database, 5, {})


def _signatures(database: "Database") -> None:
    """Format 6: who signed a plan, what lines of the journal changed, and who shared the file.

    Plans hold the cases and days of people that differ, no more whole sessions and days.
    """
    rows = take_plans(database)
    _to_format(database, 6, {})
    put_plans(database, rows)


def _forecasts(database: "Database") -> None:
    """Format 7: a forecast may stand on that of the parent scenario; those that are there stand alone."""
    _to_format(database, 7, {})


def _to_format(database: "Database", version: int, usual: Mapping[tuple[str, str], str]) -> None:
    """Make the tables of a format; a new column is empty or 0 unless something is `usual`."""
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(schema_sql(version))
        tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
        there = dict(database.execute(tables).fetchall())
        for name, sql in model.execute(tables):
            if name not in there:
                database.execute(sql)
            elif there[name] != sql:
                _rebuild(database, name, sql, usual)


def _rebuild(
    database: "Database", name: str, sql: str, usual: Mapping[tuple[str, str], str]
) -> None:
    """Make a table anew and pour its rows in: columns stay in the order of the format."""
    database.execute(f'ALTER TABLE "{name}" RENAME TO "before"')
    database.execute(sql)
    held = {row[1] for row in database.execute('PRAGMA table_info("before")')}
    columns, values = [], []
    for _, column, kind, needed, _, _ in database.execute(f'PRAGMA table_info("{name}")'):
        empty = "NULL" if not needed else "0" if kind == "INTEGER" else "''"
        empty = "'[]'" if f'json_type("{column}")' in sql else empty
        columns.append(f'"{column}"')
        values.append(f'"{column}"' if column in held else usual.get((name, column), empty))
    into, taken = ", ".join(columns), ", ".join(values)
    database.execute(f'INSERT INTO "{name}" ({into}) SELECT {taken} FROM "before"')  # noqa: S608 - names are ours
    database.execute('DROP TABLE "before"')


STEPS: Final[Mapping[int, Step]] = {
    1: _theatres,
    2: _rosters,
    3: _rotations,
    4: _specialties,
    5: _signatures,
    6: _forecasts,
}
"""Format → the step that makes the next one of it; format 1 is the first."""


@cache
def schema_sql(version: int) -> str:
    """Give the statements that make an empty study file of a format."""
    return files("data.schema").joinpath(f"{version:04d}.sql").read_text(encoding="utf-8")


@cache
def _empty(version: int) -> bytes:
    """Give the database of an empty study file of a format: its statements are read once."""
    marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {version};"
    with closing(sqlite3.connect(MEMORY)) as made:
        made.execute(_PAGES)
        made.executescript(f"BEGIN; {schema_sql(version)}; {marks} COMMIT;")
        return made.serialize()


def create(connection: sqlite3.Connection, version: int = SCHEMA) -> None:
    """Make the tables of a format in an empty database."""
    connection.execute(_PAGES)
    with closing(sqlite3.connect(MEMORY)) as empty:
        empty.deserialize(_empty(version))
        empty.backup(connection)


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
