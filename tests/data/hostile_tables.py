"""Studies into whose tables another program has written: planted objects, and cells of every wrong kind."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from hostile_files import Hostile, Make, spoil

from data.migrations import SCHEMA, schema_sql


def sql(*statements: str) -> Make:
    """Write the good study and do something to it."""

    def make(path: Path, good: bytes) -> None:
        path.write_bytes(good)
        spoil(path, *statements)

    return make


def loosened(path: Path, table: str, *, keys: bool = True) -> None:
    """Take the bounds out of a table of a file, as only a hostile writer does; its keys if asked."""
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        [(statement,)] = plain.execute(
            "SELECT sql FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchall()
        lines = [
            line.split(" CHECK ")[0].rstrip(",") + ("," if line.rstrip().endswith(",") else "")
            for line in statement.splitlines()
        ]
        if not keys:
            lines = [line.replace(" PRIMARY KEY", "").replace(" UNIQUE", "") for line in lines]
        held = plain.execute(f'SELECT * FROM "{table}"').fetchall()
        plain.execute(f'DROP TABLE "{table}"')
        plain.execute("\n".join(lines).replace("STRICT", ""))
        for row in held:
            plain.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(row))})', row)


def forced(table: str, *statements: str, keys: bool = True) -> Make:
    """Write the good study, take the bounds out of a table, and do something to it."""

    def make(path: Path, good: bytes) -> None:
        path.write_bytes(good)
        loosened(path, table, keys=keys)
        spoil(path, *statements)

    return make


class Column(NamedTuple):
    """A column of the newest format."""

    table: str
    name: str
    type: str
    bounded: bool
    json: str
    key: bool


@cache
def columns() -> tuple[Column, ...]:
    """Give all columns of all tables, in order; `json` is what its cells hold, nothing: plain values."""
    found = []
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(schema_sql(SCHEMA))
        tables = model.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        for table, statement in tables.fetchall():
            for row in model.execute(f'PRAGMA table_xinfo("{table}")').fetchall():
                start = f'"{row[1]}"'
                line = next(e for e in statement.splitlines() if e.strip().startswith(start))
                json = "array" if "= 'array'" in line else "object" if "= 'object'" in line else ""
                json = json or ("value" if "json_valid" in line else "")
                rowid = row[2] == "INTEGER" and "PRIMARY KEY" in line
                found.append(Column(table, row[1], row[2], "CHECK" in line, json, rowid))
    return tuple(found)


# --- planted --------------------------------------------------------------------------------------

_ROOTS: Final = "(SELECT rootpage FROM sqlite_schema WHERE name = '{}')"
PLANTED: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("a trigger", ("CREATE TRIGGER t AFTER INSERT ON cases BEGIN DELETE FROM cases; END",)),
    ("a trigger at the journal", ("CREATE TRIGGER t BEFORE UPDATE ON journal BEGIN SELECT 1; END",)),
    (
        "a view with a trigger",
        (
            "CREATE VIEW v AS SELECT * FROM staff",
            "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN DELETE FROM staff; END",
        ),
    ),
    ("a view", ("CREATE VIEW v AS SELECT * FROM cases",)),
    (
        "a view without end",
        ("CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n",),
    ),
    ("a view that loads", ("CREATE VIEW v AS SELECT load_extension('/tmp/evil.so')",)),
    *(
        (f"a view for {table}", (f"DROP TABLE {table}", f"CREATE VIEW {table} AS SELECT 1 AS id"))
        for table in ("study", "cases", "rules", "plans", "journal", "scenarios")
    ),
    *(
        (f"a virtual table by {module}", (f"CREATE VIRTUAL TABLE v USING {module}",))
        for module in ("fts5(x)", "fts4(x)", "rtree(id, a, b)")
    ),
    (
        "a virtual table for pins",
        ("DROP TABLE pins", "CREATE VIRTUAL TABLE pins USING fts5(scenario, position, kind, id)"),
    ),
    *(
        (f"an index on {table}", (f"CREATE {unique} INDEX i ON {table} ({column}) {where}",))
        for table, column, unique, where in (
            ("cases", "id", "", ""),
            ("staff", "name", "UNIQUE", ""),
            ("duties", "person", "", "WHERE person > 'A'"),
            ("sessions", "length(theatre)", "", ""),
        )
    ),
    ("another table", ("CREATE TABLE other (x)",)),
    ("a table that counts", ("CREATE TABLE other (x INTEGER PRIMARY KEY AUTOINCREMENT)",)),
    ("statistics", ("ANALYZE",)),
    ("a computed column", ("ALTER TABLE cases ADD COLUMN spare TEXT AS (upper(id)) VIRTUAL",)),
    ("a column more", ("ALTER TABLE staff ADD COLUMN spare TEXT",)),
    ("a column less", ("ALTER TABLE cases DROP COLUMN note",)),
    ("a column by another name", ("ALTER TABLE sessions RENAME COLUMN theatre TO room",)),
    ("a table by another name", ("ALTER TABLE sessions RENAME TO lists",)),
    ("a table in capitals", ("ALTER TABLE sessions RENAME TO s", "ALTER TABLE s RENAME TO SESSIONS")),
    *((f"no {table}", (f"DROP TABLE {table}",)) for table in ("study", "changes", "waivers", "runs")),
)  # fmt: skip

GENERATED: Final = (
    "DROP TABLE equipment",
    """CREATE TABLE "equipment" ("position" INTEGER NOT NULL, "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL, "quantity" INTEGER NOT NULL AS (abs(-3)) STORED, "delay" INTEGER NOT NULL)""",
)
WRITABLE: Final[tuple[tuple[str, str], ...]] = (
    ("no words of a table", "SET sql = 'CREATE TABLE wards (' WHERE name = 'wards'"),
    ("nothing for a table", "SET sql = NULL WHERE name = 'wards'"),
    ("a number for a table", "SET sql = 3 WHERE name = 'wards'"),
    ("a name that is no text", "SET name = x'ff00' WHERE name = 'wards'"),
    ("no name", "SET name = '' WHERE name = 'wards'"),
    ("two of one name", "SET name = 'cases', tbl_name = 'cases' WHERE name = 'wards'"),
    ("a table of SQLite's own", "SET name = 'sqlite_evil' WHERE name = 'wards'"),
    ("a table that is an index", "SET type = 'index' WHERE name = 'wards'"),
    ("a table that is a trigger", "SET type = 'trigger' WHERE name = 'wards'"),
    ("a root of nothing", "SET rootpage = 0 WHERE name = 'wards'"),
    ("a root before all", "SET rootpage = -1 WHERE name = 'wards'"),
    ("a root behind all", "SET rootpage = 2147483647 WHERE name = 'wards'"),
    ("the root of the schema", "SET rootpage = 1 WHERE name = 'wards'"),
    ("the root of another table", f"SET rootpage = {_ROOTS.format('cases')} WHERE name = 'wards'"),
    ("the root of an index", f"SET rootpage = {_ROOTS.format('cases') } + 1 WHERE name = 'wards'"),
    ("a column that may be empty", """SET sql = replace(sql, '"quantity" INTEGER NOT NULL',
     '"quantity" INTEGER') WHERE name = 'equipment'"""),
    ("another default", """SET sql = replace(sql, '"quantity" INTEGER NOT NULL',
     '"quantity" INTEGER NOT NULL DEFAULT (randomblob(9))') WHERE name = 'equipment'"""),
    ("a table without numbers", "SET sql = replace(sql, 'STRICT', 'WITHOUT ROWID') WHERE name = 'pins'"),
)  # fmt: skip


def planted() -> Iterator[Hostile]:
    for name, statements in PLANTED:
        yield Hostile("planted", name, sql(*statements))
    yield Hostile("planted", "a generated column in the place of one", sql(*GENERATED))
    for name, change in WRITABLE:
        statements = ("PRAGMA writable_schema = ON", f"UPDATE sqlite_schema {change}")
        yield Hostile("schema", name, sql(*statements))


# --- cells ----------------------------------------------------------------------------------------

WHOLE: Final = ("'many'", "1.5", "x'00ff'", "-9223372036854775808", "1e300", "''")
REAL: Final = ("'fast'", "x'00'", "-1.0", "-9e999", "9e999")
TEXT: Final = (
    "x'00ff'",
    "CAST(x'c328' AS TEXT)",
    "CAST(x'eda080' AS TEXT)",
    "'a' || char(0) || hex(zeroblob(50000))",
    "hex(zeroblob(50000))",
)
UNBOUNDED: Final = ("'many'", "1.5", "x'00ff'")
LONG: Final = "hex(zeroblob(9000000))"  # longer than a cell may be at all


def cells() -> Iterator[Hostile]:
    """One wrong value in every column of every table."""
    random = Random(300)
    for column in columns():
        if column.key:
            continue  # SQLite itself lets nothing but a number in
        kinds = {"INTEGER": WHOLE if column.bounded else UNBOUNDED, "REAL": REAL}
        value = random.choice(kinds.get(column.type, TEXT))
        place = f'UPDATE "{column.table}" SET "{column.name}" = {value}'
        first = f'WHERE rowid = (SELECT min(rowid) FROM "{column.table}")'
        yield Hostile(
            "cell",
            f"{column.table}.{column.name} = {value}",
            filled(column.table, f"{place} {first}"),
        )
    for table, name in (("scenarios", "note"), ("journal", "reason"), ("cases", "note")):
        yield Hostile(
            "cell",
            f"{table}.{name} without end",
            forced(table, f"UPDATE {table} SET {name} = {LONG}"),
        )
    for table in (
        "cases",
        "staff",
        "sessions",
        "rules",
        "scenarios",
        "wards",
        "shifts",
        "surgeons",
    ):
        again = f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
        yield Hostile("twice", f"an id in {table}", forced(table, again, keys=False))


def filled(table: str, change: str) -> Make:
    """Take the bounds out of a table, see to it that there is a row, and change it."""

    def make(path: Path, good: bytes) -> None:
        path.write_bytes(good)
        loosened(path, table)
        with closing(sqlite3.connect(path, isolation_level=None)) as plain:
            if not plain.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]:
                names = [row[1] for row in plain.execute(f'PRAGMA table_xinfo("{table}")')]
                zeros = ", ".join("'0'" for _ in names)
                plain.execute(f'INSERT INTO "{table}" VALUES ({zeros})')
            assert plain.execute(change).rowcount == 1

    return make


def deep(signs: str, times: int, end: str) -> str:
    """Write a value that lies in itself, over and over."""
    return signs * times + end * times


LISTS: Final = (
    "[null]", "[{}]", "[1e999]", '["\\ud800"]', "[[[[]]]]", '["a\\u0000b"]', "[-1]", "[1.5]",
    deep("[", 900, "]"), deep("[", 1900, "]"), "[true]", '{"0": 1}', "3", "[", "[NaN]", "",
)  # fmt: skip
OBJECTS: Final = (
    '{"most": 1e999}', '{"\\ud800": 1}', '{"x": "\\udc00"}', '{"a":' * 900 + "1" + "}" * 900,
    '{"x": ' + deep("[", 1900, "]") + "}", "[]", "3", "{", '{"x": NaN}', "",
)  # fmt: skip


def values() -> Iterator[Hostile]:
    """Some wrong JSON in every cell that holds any."""
    random = Random(301)
    for column in columns():
        if not column.json:
            continue
        given = LISTS if column.json == "array" else OBJECTS
        for value in random.sample(given, 3):
            words = value.replace("'", "''")
            shown = value if len(value) < 20 else f"{value[:8]}… of {len(value)}"
            change = f'UPDATE "{column.table}" SET "{column.name}" = \'{words}\' WHERE rowid ='
            first = f'(SELECT min(rowid) FROM "{column.table}")'
            free = column.json == "value" or column.table == "deltas"
            yield Hostile(
                "value",
                f"{column.table}.{column.name} = {shown}",
                filled(column.table, f"{change} {first}"),
                harmless=free,
            )


def tables() -> tuple[Hostile, ...]:
    """Give all of them."""
    return (*planted(), *cells(), *values())
