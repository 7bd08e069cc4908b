"""A study written into the tables of a database of ours, by difference.

Values are frozen and share what did not change, so comparing by identity first makes the writing of
an edit cost what the edit touched.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any, Final

from data.codec import change_plain, dumps, pin_plain, place, waiver_plain
from data.database import Row, insert
from data.forecast_rows import TABLES as FORECASTS
from data.forecast_rows import delete_forecast, write_forecast
from data.plan_rows import EMPTY, Stands, write_plan
from data.rows import columns, rows_at
from planner.changes import ChangeSet
from planner.clock import Horizon, written
from planner.forecast import Forecast
from planner.plan import Plan
from planner.problem import ATTRIBUTES, Problem
from planner.study import Scenario, Study

_OWNED: Final = ("change_sets", "changes", "pins", "waivers", "signatures")
"""Tables whose rows belong to a scenario, but for those of its plans."""


def write(connection: sqlite3.Connection, before: Study | None, after: Study) -> None:
    """Bring the tables from one study to another, inside the caller's transaction.

    Raises:
        Refused: a value is out of the bounds of its column, or an id stands twice.
    """
    moved = before is None or before.base.horizon != after.base.horizon  # all days are dates
    known = None if moved else before
    if known is None:
        for table in (*ATTRIBUTES.values(), "scenarios", *_OWNED):
            connection.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names are ours
        for table in ("plans", "placements", "duties", *FORECASTS):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names are ours
    _write_study(connection, after)
    for kind in ATTRIBUTES:
        _write_records(connection, kind, known.base if known else None, after.base)
    _write_scenarios(connection, known, after)


def still(before: Study, after: Study) -> frozenset[str]:
    """Give the tables of records that `write` leaves alone between two studies."""
    one, other = before.base, after.base
    if one.horizon != other.horizon:
        return frozenset()
    return frozenset(
        table for kind, table in ATTRIBUTES.items() if one.records(kind) is other.records(kind)
    )


def _write_study(connection: sqlite3.Connection, study: Study) -> None:
    base = study.base
    connection.execute("DELETE FROM study")
    names = ("key", "id", "name", "start", "days", "zone", "as_of", "clock", "order", "noon")
    own = (
        1,
        study.id,
        study.name,
        base.horizon.start.isoformat(),
        base.horizon.days,
        base.horizon.zone,
        base.as_of.isoformat(),
        int(base.clock),
        base.order,
        written(base.noon),
    )
    insert(connection, "study", names, [own])


def _write_records(
    connection: sqlite3.Connection, kind: str, before: Problem | None, after: Problem
) -> None:
    table = ATTRIBUTES[kind]
    new = after.records(kind)
    old: tuple[Any, ...] = () if before is None else before.records(kind)
    if new is old:
        return
    known = {row[1]: row for row in rows_at(kind, _apart(old, new), after.horizon)}
    fresh = [
        row for row in rows_at(kind, _apart(new, old), after.horizon) if known.get(row[1]) != row
    ]
    gone = known.keys() - {record.id for record in new}
    changed = [row[1] for row in fresh if row[1] in known]
    connection.executemany(
        f'DELETE FROM "{table}" WHERE id = ?',  # noqa: S608 - names are ours
        [(id,) for id in (*gone, *changed)],
    )
    insert(connection, table, ("position", *columns(kind)), fresh)


def _apart(records: Sequence[Any], others: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Give the records that are not in the same place of others: an edit shares what it leaves alone."""
    for at, (record, other) in enumerate(zip_longest(records, others[: len(records)])):
        if record is not other:
            yield at, record


def _write_scenarios(connection: sqlite3.Connection, before: Study | None, after: Study) -> None:
    numbers: dict[str, int] = dict(connection.execute("SELECT name, number FROM scenarios"))
    names = {scenario.name for scenario in after.scenarios}
    old = {each.name: each for each in before.scenarios} if before else {}
    for name in numbers.keys() - names:
        _delete_scenario(connection, numbers[name])
    for at, scenario in enumerate(after.scenarios):
        number = numbers.get(scenario.name)
        if number is None:
            number = max(numbers.values(), default=0) + 1
            numbers[scenario.name] = number
        else:
            connection.execute("DELETE FROM scenarios WHERE number = ?", (number,))
        own = (number, at, scenario.name, scenario.parent, scenario.note)
        insert(connection, "scenarios", ("number", "position", "name", "parent", "note"), [own])
        _write_owned(connection, number, old.get(scenario.name), scenario, after.base.horizon)
        _write_plans(connection, number, scenario, before, after)
        _write_forecast(connection, number, scenario, before, after)


def _delete_scenario(connection: sqlite3.Connection, number: int) -> None:
    for (plan,) in connection.execute(
        "SELECT number FROM plans WHERE scenario = ?", (number,)
    ).fetchall():
        _delete_plan(connection, plan)
    for table in _OWNED:
        connection.execute(f"DELETE FROM {table} WHERE scenario = ?", (number,))  # noqa: S608 - names are ours
    delete_forecast(connection, number)
    connection.execute("DELETE FROM scenarios WHERE number = ?", (number,))


def _delete_plan(connection: sqlite3.Connection, plan: int) -> None:
    for table in ("placements", "duties"):
        connection.execute(f"DELETE FROM {table} WHERE plan = ?", (plan,))  # noqa: S608 - names are ours
    connection.execute("DELETE FROM plans WHERE number = ?", (plan,))


def _write_forecast(
    connection: sqlite3.Connection, number: int, new: Scenario, before: Study | None, after: Study
) -> None:
    old, under = _found(before, new.name), _forecast_under(after, new)
    if before is not None and old is not None:
        was = (old.forecast, _forecast_under(before, old))
        if was == (new.forecast, under):
            return
    delete_forecast(connection, number)
    if new.forecast is not None:
        write_forecast(connection, number, new.forecast, under, after.base.horizon)


def _forecast_under(study: Study, scenario: Scenario) -> Forecast | None:
    """Give the forecast that a scenario's is written on."""
    return None if scenario.parent is None else study.scenario(scenario.parent).forecast


def _write_owned(
    connection: sqlite3.Connection,
    number: int,
    old: Scenario | None,
    new: Scenario,
    horizon: Horizon,
) -> None:
    if old is None or old.changes != new.changes:
        for table in ("change_sets", "changes"):
            connection.execute(f"DELETE FROM {table} WHERE scenario = ?", (number,))  # noqa: S608 - names are ours
        groups = [(number, at, each.name, int(each.enabled)) for at, each in enumerate(new.changes)]
        insert(connection, "change_sets", ("scenario", "position", "name", "enabled"), groups)
        for at, group in enumerate(new.changes):
            _write_changes(connection, number, at, group)
    if old is None or old.pins != new.pins:
        _write_listed(connection, "pins", number, [pin_plain(pin, horizon) for pin in new.pins])
    if old is None or old.waivers != new.waivers:
        made = [waiver_plain(waiver, horizon) for waiver in new.waivers]
        cells = [each | {"subjects": dumps(each["subjects"])} for each in made]
        _write_listed(connection, "waivers", number, cells)
    if old is None or old.signatures != new.signatures:
        _write_listed(connection, "signatures", number, [asdict(s) for s in new.signatures])


def _write_listed(
    connection: sqlite3.Connection, table: str, number: int, given: Sequence[Mapping[str, Any]]
) -> None:
    """Write the pins, waivers or signatures of a scenario anew; there are few."""
    connection.execute(f"DELETE FROM {table} WHERE scenario = ?", (number,))  # noqa: S608 - names are ours
    if given:
        names = ("scenario", "position", *given[0])
        cells = [(number, at, *each.values()) for at, each in enumerate(given)]
        insert(connection, table, names, cells)


def _write_changes(connection: sqlite3.Connection, number: int, at: int, group: ChangeSet) -> None:
    made = [change_plain(change) for change in group.changes]
    names = (
        "scenario",
        "change_set",
        "position",
        "action",
        "kind",
        "id",
        "field",
        "expected",
        "value",
    )
    cells: list[Row] = []
    for place_in_set, change in enumerate(made):
        json_cells = (
            dumps(change[name]) if name in change else None for name in ("expected", "value")
        )
        own = (change["action"], change["kind"], change["id"], change.get("field"))
        cells.append((number, at, place_in_set, *own, *json_cells))
    insert(connection, "changes", names, cells)


def _write_plans(
    connection: sqlite3.Connection,
    number: int,
    scenario: Scenario,
    before: Study | None,
    after: Study,
) -> None:
    under = plan_under(after, scenario)
    old = _found(before, scenario.name)
    old_under = plan_under(before, old) if before and old else EMPTY
    horizon = after.base.horizon
    fresh = _Stored(scenario.plan, under, scenario.made_for)
    stale = _Stored(old.plan, old_under, old.made_for) if old else None
    same = before is not None and _same_line(before, after, scenario.name)
    fresh.write(connection, number, "plan", stale, horizon, keep_score=same)
    published = None if old is None or old.published is None else old.published
    stale = None if old is None or published is None else _Stored(published, old.plan, None)
    if scenario.published is not None:
        fresh = _Stored(scenario.published, scenario.plan, None)
        fresh.write(connection, number, "published", stale, horizon, keep_score=False)
    elif stale is not None:
        _delete_plan(connection, _plan_number(connection, number, "published") or 0)


class _Stored:
    """A plan, the plan that it stands on, and what it was made for."""

    def __init__(self, plan: Plan, under: Plan, made_for: str | None) -> None:
        self.plan = plan
        self.under = under
        self.made_for = made_for

    def write(
        self,
        connection: sqlite3.Connection,
        scenario: int,
        which: str,
        before: "_Stored | None",
        horizon: Horizon,
        *,
        keep_score: bool,
    ) -> None:
        """Bring the rows of the plan from what they were."""
        number = _plan_number(connection, scenario, which)
        if number is None:
            cursor = connection.execute(
                'INSERT INTO plans (scenario, "which", made_for) VALUES (?, ?, ?)',
                (scenario, which, self.made_for),
            )
            number = cursor.lastrowid or 0
        else:
            connection.execute(
                "UPDATE plans SET made_for = ? WHERE number = ?", (self.made_for, number)
            )
        if not keep_score:
            connection.execute(
                "UPDATE plans SET score = NULL, indicators = NULL WHERE number = ?", (number,)
            )
        if before is not None and before.plan is self.plan and before.under is self.under:
            return
        known = Stands(before.plan, before.under) if before else None
        with place("plans"):
            write_plan(connection, number, known, Stands(self.plan, self.under), horizon)


def _plan_number(connection: sqlite3.Connection, scenario: int, which: str) -> int | None:
    found = connection.execute(
        'SELECT number FROM plans WHERE scenario = ? AND "which" = ?', (scenario, which)
    ).fetchone()
    return found[0] if found else None


def _found(study: Study | None, name: str) -> Scenario | None:
    if study is None:
        return None
    return next((scenario for scenario in study.scenarios if scenario.name == name), None)


def plan_under(study: Study, scenario: Scenario) -> Plan:
    """Give the plan that a scenario's is written on: what is the same in both takes no rows."""
    return EMPTY if scenario.parent is None else study.scenario(scenario.parent).plan


def _same_line(before: Study, after: Study, name: str) -> bool:
    """Tell whether nothing changed that a plan's score and indicators depend on."""
    if _found(before, name) is None or before.base is not after.base:
        return False
    was, now = before.scenario(name), after.scenario(name)
    if was.plan is not now.plan or was.forecast != now.forecast:
        return False
    old, new = before.line(name), after.line(name)
    return [(each.name, each.changes, each.waivers) for each in old] == [
        (each.name, each.changes, each.waivers) for each in new
    ]
