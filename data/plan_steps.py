"""The way of plans to format 6: whole sessions and days become cases and people's days.

Up to format 5 a plan held every row of each session and day in which it differed from the plan below.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from sqlite_utils import Database

Part: TypeAlias = dict[str, list[tuple[Any, ...]]]
"""Rows by session, or by date: (case, surgeon, start) or (person, shift)."""
_COLUMNS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "session": ("placements", "session", ("case", "surgeon", "start")),
    "day": ("duties", "day", ("person", "shift")),
}


def take_plans(database: "Database") -> dict[str, list[tuple[Any, ...]]]:
    """Give the rows of format 6 by table, and take the tables of before away."""
    rows: dict[str, list[tuple[Any, ...]]] = {"placements": [], "duties": []}
    scenarios = database.execute(
        "SELECT number, name, parent FROM scenarios ORDER BY position, number"
    )
    plans = {
        (scenario, which): number
        for number, scenario, which in database.execute(
            'SELECT number, scenario, "which" FROM plans'
        )
    }
    whole: dict[str, dict[str, Part]] = {}
    nothing: dict[str, Part] = {part: {} for part in _COLUMNS}
    for scenario, name, parent in scenarios.fetchall():
        under = whole.get(parent, nothing)
        for which in ("plan", "published"):
            number = plans.get((scenario, which))
            if number is None:
                continue
            made = {part: _whole(database, number, part, under[part]) for part in _COLUMNS}
            rows["placements"] += _placements(number, under["session"], made["session"])
            rows["duties"] += _duties(number, under["day"], made["day"])
            under = made if which == "plan" else under
        whole[name] = under
    for table in ("partitions", "placements", "duties"):
        database.execute(f"DROP TABLE {table}")
    return rows


def _whole(database: "Database", number: int, part: str, under: Part) -> Part:
    """Give all rows of a plan: those of the plan below, but for the parts of its own."""
    table, column, columns = _COLUMNS[part]
    found = dict(under)
    for (key,) in database.execute(
        "SELECT key FROM partitions WHERE plan = ? AND part = ?", (number, part)
    ).fetchall():
        found.pop(key, None)
    own: Part = defaultdict(list)
    listed = ", ".join(f'"{name}"' for name in columns)
    for key, *row in database.execute(
        f'SELECT "{column}", {listed} FROM {table} WHERE plan = ? ORDER BY position',  # noqa: S608 - ours
        (number,),
    ).fetchall():
        own[key].append(tuple(row))
    return found | own


def _placements(number: int, under: Part, made: Part) -> list[tuple[Any, ...]]:
    """Give the rows of the cases that are not as in the plan below."""
    below, here = (
        _keyed((case, (session, *rest)) for session, rows in part.items() for case, *rest in rows)
        for part in (under, made)
    )
    return [
        (number, case, at, *(row or (None, None, None)))
        for case in sorted(below.keys() | here.keys())
        if below.get(case) != here.get(case)
        for at, row in enumerate(here.get(case, [()]))
    ]


def _duties(number: int, under: Part, made: Part) -> list[tuple[Any, ...]]:
    """Give the rows of the days of people that are not as in the plan below."""
    below, here = (
        _keyed(((day, person), (shift,)) for day, rows in part.items() for person, shift in rows)
        for part in (under, made)
    )
    return [
        (number, *cell, at, *(row or (None,)))
        for cell in sorted(below.keys() | here.keys())
        if below.get(cell) != here.get(cell)
        for at, row in enumerate(here.get(cell, [()]))
    ]


def _keyed(pairs: Any) -> dict[Any, list[tuple[Any, ...]]]:
    found: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: sorted(rows, key=repr) for key, rows in found.items()}


def put_plans(database: "Database", rows: Mapping[str, list[tuple[Any, ...]]]) -> None:
    """Write what was taken into the tables of format 6."""
    columns = {
        "placements": '"plan", "case", "position", "session", "surgeon", "start"',
        "duties": '"plan", "day", "person", "position", "shift"',
    }
    for table, names in columns.items():
        marks = ", ".join("?" * (names.count(",") + 1))
        database.conn.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names are ours
            rows[table],
        )
