"""A study read from the tables of a database of ours.

The rows may have come from anybody's file: what the tables' own bounds let through is judged here.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from data import journal
from data.codec import Unfit, change_of, horizon_of, loads, pin_of, place, waiver_of
from data.forecast_rows import read_forecast
from data.plan_rows import EMPTY, read_plan
from data.refused import Refused
from data.rows import columns, records
from planner.changes import ChangeSet
from planner.clock import Horizon, calendar_day, read_time
from planner.problem import ATTRIBUTES, Problem
from planner.signatures import Signature
from planner.study import BASE, DEEPEST, Scenario, Study

_SIGNATURE: Final = ("step", "account", "name", "made", "reason", "digest")
_WAIVER: Final = ("rule", "subjects", "first", "last", "most", "reason", "author", "made")


class TooDeep(Unfit):
    """A scenario that stands on more others, one on another, than one can be worked with."""

    def of(self, path: Path) -> Refused:
        """Say in which file it is."""
        return Refused("study.too_deep", path=str(path), scenario=self.value, most=DEEPEST)


def read(connection: sqlite3.Connection) -> Study:
    """Read the study of a database of ours.

    Raises:
        Unfit: a value does not fit; it says which.
    """
    names = ("id", "name", "start", "days", "zone", "as_of", "clock", "order", "noon")
    listed = ", ".join(f'"{name}"' for name in names)
    own = connection.execute(f"SELECT {listed} FROM study").fetchone()  # noqa: S608 - names are ours
    if own is None:
        raise Unfit("study", "")
    cells = dict(zip(names, own, strict=True))
    with place("study"):
        horizon = horizon_of(cells["start"], cells["days"], cells["zone"])
        as_of, noon = calendar_day(cells["as_of"]), read_time(cells["noon"])
    base = Problem(
        horizon=horizon,
        as_of=as_of,
        clock=bool(cells["clock"]),
        order=cells["order"],
        noon=noon,
        **{name: _read_records(connection, kind, horizon) for kind, name in ATTRIBUTES.items()},
    )
    scenarios = _read_scenarios(connection, horizon)
    _refuse_strays(connection)
    _refuse_nameless(connection)
    journal.refuse_unfit(connection)
    return Study(id=cells["id"], name=cells["name"], base=base, scenarios=scenarios)


_OF_SCENARIO: Final = "own.number = row.scenario"
_STRAYS: Final = (
    ("change_sets", "scenario", "scenarios", _OF_SCENARIO),
    ("pins", "scenario", "scenarios", _OF_SCENARIO),
    ("waivers", "scenario", "scenarios", _OF_SCENARIO),
    ("signatures", "scenario", "scenarios", _OF_SCENARIO),
    ("plans", "scenario", "scenarios", _OF_SCENARIO),
    ("forecasts", "scenario", "scenarios", _OF_SCENARIO),
    (
        "changes",
        "scenario",
        "change_sets",
        "own.scenario = row.scenario AND own.position = row.change_set",
    ),
    ("forecast_stands", "scenario", "forecasts", "own.scenario = row.scenario"),
    ("forecast_days", "scenario", "forecasts", "own.scenario = row.scenario"),
    (
        "forecast_sessions",
        "scenario",
        "forecast_days",
        "own.scenario = row.scenario AND own.day = row.day",
    ),
    ("placements", "plan", "plans", "own.number = row.plan"),
    ("duties", "plan", "plans", "own.number = row.plan"),
)
"""Tables whose rows belong to a row of another one: name, column, the other one, and how it is found."""


def _refuse_strays(connection: sqlite3.Connection) -> None:
    """Refuse rows of nobody: they were somebody's, or would become those of a scenario to come."""
    for table, column, owner, found in _STRAYS:
        stray = connection.execute(
            f"SELECT {column} FROM {table} AS row WHERE NOT EXISTS"  # noqa: S608 - names are ours
            f" (SELECT 1 FROM {owner} AS own WHERE {found}) LIMIT 1"
        ).fetchone()
        if stray is not None:
            raise Unfit(f"{table}.{column}", f"{stray[0]}?")


_CODES: Final = (
    ("placements", "case"),
    ("placements", "session"),
    ("placements", "surgeon"),
    ("duties", "person"),
    ("duties", "shift"),
)
"""Columns of plans with the code of a record; those of the records are judged with them."""


def _refuse_nameless(connection: sqlite3.Connection) -> None:
    """Refuse rows of a plan with an empty code: nobody could look for it, nor type it."""
    for table, column in _CODES:
        found = connection.execute(
            f"SELECT 1 FROM {table} WHERE trim(\"{column}\") = '' LIMIT 1"  # noqa: S608 - names are ours
        ).fetchone()
        if found is not None:
            raise Unfit(f"{table}.{column}", "")


def _read_records(connection: sqlite3.Connection, kind: str, horizon: Horizon) -> tuple[Any, ...]:
    listed = ", ".join(f'"{name}"' for name in columns(kind))
    found = connection.execute(
        f'SELECT {listed} FROM "{ATTRIBUTES[kind]}" ORDER BY position'  # noqa: S608 - names are ours
    )
    return records(kind, found, horizon)


def _read_scenarios(connection: sqlite3.Connection, horizon: Horizon) -> tuple[Scenario, ...]:
    """Read scenarios; each parent stands before its children, so that no line runs in a circle."""
    found: dict[str, Scenario] = {}
    depths: dict[str, int] = {}
    rows_of = "SELECT number, name, parent, note FROM scenarios ORDER BY position, number"
    for number, name, parent, note in connection.execute(rows_of).fetchall():
        depths[name] = 0 if parent is None else depths.get(parent, 0) + 1
        if depths[name] > DEEPEST:
            raise TooDeep("scenarios", name)
        with place(f"scenarios[{name}]"):
            if (parent is None) == bool(found) or (parent is not None and parent not in found):
                raise ValueError(f"parent {parent}")
            if (parent is None) != (name == BASE) or not name.isprintable():
                raise ValueError(name)
            under = None if parent is None else found[parent]
            found[name] = _read_scenario(connection, number, name, under, horizon, note)
    if not found:
        raise Unfit("scenarios", "")
    return tuple(found.values())


def _read_scenario(
    connection: sqlite3.Connection,
    number: int,
    name: str,
    under: Scenario | None,
    horizon: Horizon,
    note: str,
) -> Scenario:
    plans = _plans_of(connection, number)
    below = EMPTY if under is None else under.plan
    plan, made_for, published = below, None, None
    if "plan" in plans:
        plan, made_for = read_plan(connection, plans["plan"][0], below, horizon), plans["plan"][1]
    if "published" in plans:
        published = read_plan(connection, plans["published"][0], plan, horizon)
    return Scenario(
        name=name,
        parent=None if under is None else under.name,
        changes=_read_changes(connection, number),
        plan=plan,
        made_for=made_for,
        forecast=read_forecast(
            connection, number, None if under is None else under.forecast, horizon
        ),
        published=published,
        signatures=tuple(
            Signature(**row) for row in _owned(connection, "signatures", number, _SIGNATURE)
        ),
        pins=tuple(
            pin_of(row, horizon)
            for row in _owned(connection, "pins", number, ("kind", "id", "first", "last"))
        ),
        waivers=tuple(
            waiver_of({**row, "subjects": loads(row["subjects"])}, horizon)
            for row in _owned(connection, "waivers", number, _WAIVER)
        ),
        note=note,
    )


def _plans_of(connection: sqlite3.Connection, scenario: int) -> dict[str, tuple[int, str | None]]:
    """Give number and purpose of a scenario's plans; sheets kept with them are read on demand later."""
    found: dict[str, tuple[int, str | None]] = {}
    for number, which, made_for, *sheets in connection.execute(
        'SELECT number, "which", made_for, score, indicators FROM plans WHERE scenario = ?',
        (scenario,),
    ).fetchall():
        for sheet in sheets:
            if sheet is not None:
                loads(sheet)  # here it is judged
        found[which] = number, made_for
    return found


def _owned(
    connection: sqlite3.Connection, table: str, number: int, names: Sequence[str]
) -> list[dict[str, Any]]:
    listed = ", ".join(f'"{name}"' for name in names)
    found = connection.execute(
        f"SELECT {listed} FROM {table} WHERE scenario = ? ORDER BY position",  # noqa: S608 - names are ours
        (number,),
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def _read_changes(connection: sqlite3.Connection, number: int) -> tuple[ChangeSet, ...]:
    groups = _owned(connection, "change_sets", number, ("position", "name", "enabled"))
    names = ("change_set", "action", "kind", "id", "field", "expected", "value")
    changes: dict[int, list[dict[str, Any]]] = {}
    for row in _owned(connection, "changes", number, names):
        for name in ("expected", "value"):
            row[name] = None if row[name] is None else loads(row[name])
        changes.setdefault(row["change_set"], []).append(row)
    return tuple(
        ChangeSet(
            name=group["name"],
            enabled=bool(group["enabled"]),
            changes=tuple(change_of(row) for row in changes.get(group["position"], ())),
        )
        for group in groups
    )
