"""Plans in the study file: only the sessions and days in which a plan differs from another one.

A scenario's plan stands on its parent's, a published plan on the scenario's own. So a what-if that
moves twenty cases costs a few rows, and saving an edit writes one partition.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from data.codec import place
from data.database import Row, insert
from planner.cases import CaseId
from planner.clock import Horizon, read_time, written
from planner.fields import FieldSpec
from planner.hospital import SessionId
from planner.people import ShiftId, StaffId
from planner.plain import value
from planner.plan import Duty, Placement, Plan

Key: TypeAlias = tuple[str, str]
"""Part (`session` or `day`) and what it is: a session's id, or a date."""
Partition: TypeAlias = tuple[Placement, ...] | tuple[Duty, ...]

_DAY: Final = FieldSpec(name="day", form="day", low=-4000, high=4000)
EMPTY: Final = Plan()
_PLACEMENT: Final = ("plan", "session", "position", "case", "surgeon", "start")


class _Parts(NamedTuple):
    sessions: dict[SessionId, tuple[Placement, ...]]
    days: dict[int, tuple[Duty, ...]]


def _parts(plan: Plan) -> _Parts:
    sessions = {partition[0].session: partition for partition in plan.sessions}
    return _Parts(sessions, {partition[0].day: partition for partition in plan.days})


def differences(plan: Plan, under: Plan, horizon: Horizon) -> dict[Key, Partition]:
    """Give the partitions of a plan that are not as in another; what is empty here is told too."""
    if plan is under:
        return {}
    mine, theirs = _parts(plan), _parts(under)
    found: dict[Key, Partition] = {}
    for session in sorted(mine.sessions.keys() | theirs.sessions.keys()):
        here = mine.sessions.get(session, ())
        if here != theirs.sessions.get(session, ()):
            found["session", session] = here
    for day in sorted(mine.days.keys() | theirs.days.keys()):
        duties = mine.days.get(day, ())
        if duties != theirs.days.get(day, ()):
            found["day", horizon.date(day).isoformat()] = duties
    return found


def write_partitions(
    connection: sqlite3.Connection,
    plan: int,
    before: Mapping[Key, Partition],
    after: Mapping[Key, Partition],
) -> None:
    """Bring the stored partitions of a plan from one state to another."""
    gone = [key for key in before if key not in after or before[key] != after[key]]
    fresh = [key for key in after if key not in before or before[key] != after[key]]
    for part, key in gone:
        table, column = ("placements", "session") if part == "session" else ("duties", "day")
        connection.execute(
            f'DELETE FROM {table} WHERE plan = ? AND "{column}" = ?',  # noqa: S608 - names are ours
            (plan, key),
        )
    connection.executemany(
        "DELETE FROM partitions WHERE plan = ? AND part = ? AND key = ?",
        [(plan, *key) for key in gone],
    )
    insert(connection, "partitions", ("plan", "part", "key"), [(plan, *key) for key in fresh])
    placements = _placement_rows(plan, (after[key] for key in fresh))
    insert(connection, "placements", _PLACEMENT, placements)
    duties: list[Row] = [
        (plan, key[1], at, duty.person, duty.shift)
        for key in fresh
        for at, duty in enumerate(after[key])
        if isinstance(duty, Duty)
    ]
    insert(connection, "duties", ("plan", "day", "position", "person", "shift"), duties)


def _placement_rows(plan: int, partitions: Iterable[Partition]) -> list[Row]:
    rows: list[Row] = []
    for partition in partitions:
        for at, each in enumerate(partition):
            if isinstance(each, Placement):
                start = None if each.start is None else written(each.start)
                rows.append((plan, each.session, at, each.case, each.surgeon, start))
    return rows


def read_plan(connection: sqlite3.Connection, plan: int, under: Plan, horizon: Horizon) -> Plan:
    """Read a plan that stands on another.

    Raises:
        Refused: a row does not fit.
    """
    keys = connection.execute("SELECT part, key FROM partitions WHERE plan = ?", (plan,)).fetchall()
    if not keys:
        return under
    parts = _parts(under)
    with place("partitions"):
        for part, key in keys:
            if part == "session":
                parts.sessions.pop(SessionId(key), None)
            else:
                parts.days.pop(value(_DAY, key, horizon), None)
    own = _parts(Plan.build(_placements(connection, plan), _duties(connection, plan, horizon)))
    parts.sessions.update(own.sessions)
    parts.days.update(own.days)
    return Plan(
        sessions=tuple(parts.sessions[session] for session in sorted(parts.sessions)),
        days=tuple(parts.days[day] for day in sorted(parts.days)),
    )


def _placements(connection: sqlite3.Connection, plan: int) -> list[Placement]:
    rows = connection.execute(
        'SELECT "case", session, surgeon, start FROM placements WHERE plan = ?', (plan,)
    )
    with place("placements"):
        return [
            Placement(
                CaseId(case),
                SessionId(session),
                surgeon,
                None if start is None else read_time(start),
            )
            for case, session, surgeon, start in rows
        ]


def _duties(connection: sqlite3.Connection, plan: int, horizon: Horizon) -> list[Duty]:
    rows = connection.execute("SELECT person, day, shift FROM duties WHERE plan = ?", (plan,))
    days: dict[str, int] = {}
    found = []
    with place("duties"):
        for person, day, shift in rows:
            if day not in days:
                days[day] = value(_DAY, day, horizon)
            found.append(Duty(StaffId(person), days[day], ShiftId(shift)))
    return found
