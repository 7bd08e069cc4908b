"""What each line of the journal changed, kept backwards: the state after a line can be made again.

Triggers that live in the connection alone note each row that a line takes away or makes. What comes to
nothing is left out, and the rest is kept as text: the rows that went, the keys of those that came. Going
back takes the lines one by one, the newest first. It costs a file what its edits changed.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from data.database import transaction
from data.refused import Refused, is_full

MOST: Final = 4 * 2**20
"""Letters that a file keeps of it; the oldest lines are let go first."""
TAKEN: Final = ""
"""What stands for a line that came with another file, and changed nothing here."""
_HISTORY: Final = frozenset({"journal", "runs", "deltas", "shared"})
_GONE, _MADE = -1, 1


def begin(connection: sqlite3.Connection, still: frozenset[str] = frozenset()) -> None:
    """Note from now on what is changed, inside the caller's transaction.

    Tables that stay still need no triggers yet: to make all of them costs more than most edits.
    """
    watched = {name for (name,) in connection.execute("SELECT tbl_name FROM temp.sqlite_schema")}
    if "noted" not in watched:
        connection.execute(
            "CREATE TEMP TABLE noted (number INTEGER PRIMARY KEY, place TEXT, made INTEGER, cells TEXT)"
        )
    for name in _names(connection):
        if name not in watched and name not in still:
            _watch(connection, name)
    connection.execute("DELETE FROM temp.noted")


def keep(connection: sqlite3.Connection, line: int) -> None:
    """Keep what was noted since `begin` as what a line of the journal changed."""
    net: dict[str, Counter[str]] = {}
    noted = connection.execute("SELECT place, made, cells FROM temp.noted ORDER BY number")
    for name, made, cells in noted:
        net.setdefault(name, Counter())[cells] += made
    connection.execute("DELETE FROM temp.noted")
    parts = (
        _part(name, *_columns(connection, name), rows)
        for name, rows in net.items()
        if any(rows.values())
    )
    _write(connection, line, "{" + ",".join(parts) + "}")


def keep_taken(connection: sqlite3.Connection, line: int) -> None:
    """Keep that a line of the journal came with another file."""
    _write(connection, line, TAKEN)


def trim(connection: sqlite3.Connection, most: int = MOST) -> None:
    """Let the oldest lines go where a file would keep too much of them."""
    room = most
    sizes = connection.execute("SELECT line, length(body) FROM deltas ORDER BY line DESC")
    for line, size in sizes.fetchall():
        room -= size
        if room < 0:
            connection.execute("DELETE FROM deltas WHERE line <= ?", (line,))
            return


def reachable(connection: sqlite3.Connection) -> frozenset[int]:
    """Give the lines of the journal after which the state can be made again; the last one always."""
    found = set()
    lines = connection.execute(
        "SELECT number, body FROM journal LEFT JOIN deltas ON line = number ORDER BY number DESC"
    )
    for number, body in lines:
        if body != TAKEN:
            found.add(int(number))
        if body is None:
            break
    return frozenset(found)


def go_back(connection: sqlite3.Connection, line: int) -> None:
    """Make a database of ours what it was after a line of its journal, and end the journal there.

    Raises:
        Refused: the file does not hold enough for it, or what it holds is not of our making.
    """
    if line not in reachable(connection):
        raise Refused("journal.no_state", line=line)
    later = connection.execute(
        "SELECT body FROM deltas WHERE line > ? ORDER BY line DESC", (line,)
    ).fetchall()
    try:
        with transaction(connection):
            for (body,) in later:
                if body != TAKEN:
                    _undo(connection, json.loads(body))
            connection.execute("DELETE FROM deltas WHERE line > ?", (line,))
            connection.execute("DELETE FROM journal WHERE number > ?", (line,))
            connection.execute(
                "DELETE FROM runs WHERE id NOT IN (SELECT run FROM journal WHERE run IS NOT NULL)"
            )
    except (
        sqlite3.Error,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as error:
        if is_full(error):
            raise
        raise Refused("journal.bad_state", line=line) from error


def _undo(connection: sqlite3.Connection, body: Mapping[str, Mapping[str, Any]]) -> None:
    """Take one line back: what it made goes, then what it took away comes again."""
    known = set(_names(connection))
    for name, part in body.items():
        if name not in known:
            raise KeyError(name)
        columns, keys = _columns(connection, name)
        if part["columns"] != list(columns):
            raise ValueError(name)
        where = " AND ".join(f'"{key}" IS ?' for key in keys)
        connection.executemany(f'DELETE FROM "{name}" WHERE {where}', part["made"])  # noqa: S608 - names are ours
    for name, part in body.items():
        marks = ", ".join("?" * len(part["columns"]))
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', part["gone"])  # noqa: S608 - names are ours


# --- noting ---------------------------------------------------------------------------------------


def _watch(connection: sqlite3.Connection, name: str) -> None:
    columns, _ = _columns(connection, name)
    old, new = (_noting(name, columns, side) for side in ("OLD", "NEW"))
    for event, noting in (("DELETE", old), ("INSERT", new), ("UPDATE", old + new)):
        connection.execute(
            f'CREATE TEMP TRIGGER "{name} {event}" AFTER {event} ON main."{name}"'
            f" BEGIN {noting} END"
        )


def _noting(name: str, columns: Sequence[str], side: str) -> str:
    made = _GONE if side == "OLD" else _MADE
    cells = ", ".join(f'{side}."{column}"' for column in columns)
    return f"INSERT INTO noted (place, made, cells) VALUES ('{name}', {made}, json_array({cells}));"  # noqa: S608 - names are ours


def _names(connection: sqlite3.Connection) -> list[str]:
    """Give the tables that hold a study."""
    names = connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
    return [name for (name,) in names if name not in _HISTORY]


def _columns(connection: sqlite3.Connection, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the columns of a table, and those of its key."""
    rows = connection.execute(f'PRAGMA main.table_info("{name}")').fetchall()
    keys = tuple(row[1] for row in sorted(rows, key=lambda row: row[5]) if row[5])
    return tuple(row[1] for row in rows), keys


def _part(name: str, columns: Sequence[str], keys: Sequence[str], rows: Counter[str]) -> str:
    """Write what came of a table: its columns, the rows that went, the keys of those that came."""
    places = [columns.index(key) for key in keys]
    gone = ",".join(cells for cells, net in rows.items() if net < 0)
    made = [json.loads(cells) for cells, net in rows.items() if net > 0]
    came = json.dumps([[cells[at] for at in places] for cells in made], ensure_ascii=False)
    return f'{json.dumps(name)}:{{"columns":{json.dumps(columns)},"gone":[{gone}],"made":{came}}}'


def _write(connection: sqlite3.Connection, line: int, body: str) -> None:
    connection.execute("INSERT INTO deltas (line, body) VALUES (?, ?)", (line, body))
