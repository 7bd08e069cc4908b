"""Plans in the study file: only the cases and people's days that a plan has otherwise than another one.

A scenario's plan stands on its parent's, a published plan on the scenario's own. So a what-if that
moves twenty cases costs twenty rows, and saving an edit writes what the edit moved.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Final, NamedTuple, TypeAlias, TypeVar

from data.codec import place
from data.database import Row, insert
from planner.cases import CaseId
from planner.clock import Horizon, read_time, written
from planner.fields import FieldSpec
from planner.hospital import SessionId
from planner.people import ShiftId, StaffId
from planner.plain import value
from planner.plan import Duty, Partitions, Placement, Plan, unshared

Cell: TypeAlias = tuple[int, StaffId]
"""A day of a person."""
K = TypeVar("K")
V = TypeVar("V")

_DAY: Final = FieldSpec(name="day", form="day", low=-4000, high=4000)
EMPTY: Final = Plan()
_PLACEMENT: Final = ("plan", "case", "position", "session", "surgeon", "start")
_DUTY: Final = ("plan", "day", "person", "position", "shift")


class Stands(NamedTuple):
    """A plan, and the one that it stands on."""

    plan: Plan
    under: Plan


class _Keys(NamedTuple):
    """What may be stored otherwise than before: cases, and days of people."""

    cases: frozenset[CaseId]
    cells: frozenset[Cell]


_Rows: TypeAlias = tuple[dict[CaseId, tuple[Placement, ...]], dict[Cell, tuple[Duty, ...]]]
_FEW: Final = 100
_KEPT: Final = 4
_known: list[tuple[Plan, _Keys, _Rows]] = []


def write_plan(
    connection: sqlite3.Connection,
    number: int,
    before: Stands | None,
    after: Stands,
    horizon: Horizon,
) -> None:
    """Bring the stored rows of a plan from one state to another; what did not move is not looked at."""
    if before is None:  # nothing is stored yet: what is alike never will be
        before, keys = Stands(EMPTY, EMPTY), _apart(after.under, after.plan)
    else:
        keys = _union(_apart(before.plan, after.plan), _apart(before.under, after.under))
    old, new = _stored(before, keys), _stored(after, keys)
    _write_placements(connection, number, old[0], new[0])
    _write_duties(connection, number, old[1], new[1], horizon)


def _write_placements(
    connection: sqlite3.Connection,
    number: int,
    old: Mapping[CaseId, tuple[Placement, ...]],
    new: Mapping[CaseId, tuple[Placement, ...]],
) -> None:
    gone, fresh = _moved(old, new)
    connection.executemany(
        'DELETE FROM placements WHERE plan = ? AND "case" = ?', [(number, case) for case in gone]
    )
    rows: list[Row] = []
    for case, placements in fresh.items():
        for at, each in enumerate(placements):
            start = None if each.start is None else written(each.start)
            rows.append((number, case, at, each.session, each.surgeon, start))
        if not placements:
            rows.append((number, case, 0, None, None, None))
    insert(connection, "placements", _PLACEMENT, rows)


def _write_duties(
    connection: sqlite3.Connection,
    number: int,
    old: Mapping[Cell, tuple[Duty, ...]],
    new: Mapping[Cell, tuple[Duty, ...]],
    horizon: Horizon,
) -> None:
    gone, fresh = _moved(old, new)
    dates = {day: horizon.date(day).isoformat() for day, _ in (*gone, *fresh)}
    connection.executemany(
        "DELETE FROM duties WHERE plan = ? AND day = ? AND person = ?",
        [(number, dates[day], person) for day, person in gone],
    )
    rows: list[Row] = []
    for (day, person), duties in fresh.items():
        shifts: tuple[ShiftId | None, ...] = tuple(each.shift for each in duties) or (None,)
        rows += [(number, dates[day], person, at, shift) for at, shift in enumerate(shifts)]
    insert(connection, "duties", _DUTY, rows)


def _moved(old: Mapping[K, V], new: Mapping[K, V]) -> tuple[list[K], dict[K, V]]:
    """Give the keys whose rows go, and what is to be stored anew."""
    gone = [key for key, rows in old.items() if new.get(key) != rows]
    return gone, {key: new[key] for key in new if old.get(key) != new[key]}


def _union(one: _Keys, other: _Keys) -> _Keys:
    return _Keys(one.cases | other.cases, one.cells | other.cells)


def _apart(before: Plan, after: Plan) -> _Keys:
    """Give the cases and days of people that two plans do not have alike."""
    if before is after:  # nobody need look at it for that
        return _Keys(frozenset(), frozenset())
    old, new = unshared(before.sessions, after.sessions)
    old_days, new_days = unshared(before.days, after.days)
    return _Keys(
        frozenset(each.case for each in _uneven(old, new)),
        frozenset((each.day, each.person) for each in _uneven(old_days, new_days)),
    )


def _uneven(old: Iterable[Iterable[V]], new: Iterable[Iterable[V]]) -> Iterator[V]:
    """Give what stands in some partitions more often than in others."""
    was, now = (Counter(each for partition in side for each in partition) for side in (old, new))
    return (each for each in was.keys() | now.keys() if was[each] != now[each])


def _stored(stands: Stands, keys: _Keys) -> _Rows:
    """Give, of some cases and days of people, those that a plan has otherwise than the one below."""
    mine, theirs = (_of(plan, keys) for plan in stands)
    return _otherwise(mine[0], theirs[0]), _otherwise(mine[1], theirs[1])


def _otherwise(
    mine: Mapping[K, tuple[V, ...]], theirs: Mapping[K, tuple[V, ...]]
) -> dict[K, tuple[V, ...]]:
    names = dict.fromkeys((*mine, *theirs))
    return {key: mine.get(key, ()) for key in names if mine.get(key, ()) != theirs.get(key, ())}


def _of(plan: Plan, keys: _Keys) -> _Rows:
    """Give the rows of some cases and days of people; those of a parent are asked for by each child."""
    if len(keys.cases) + len(keys.cells) > _FEW:
        return _sought(plan, keys)
    found = next((each for each in _known if each[0] is plan and each[1] == keys), None)
    if found is None:
        found = plan, keys, _sought(plan, keys)
    others = [each for each in _known if each is not found]
    _known[:] = [found, *others][:_KEPT]  # in one step: plans may be written beside the window
    return found[2]


def _sought(plan: Plan, keys: _Keys) -> _Rows:
    unread = plan.making
    if isinstance(unread, _Unread):
        return unread.of(keys)
    placements: dict[CaseId, list[Placement]] = defaultdict(list)
    for partition in plan.sessions if keys.cases else ():
        for each in partition:
            if each.case in keys.cases:
                placements[each.case].append(each)
    duties: dict[Cell, list[Duty]] = defaultdict(list)
    wanted = {day for day, _ in keys.cells}
    for days in plan.days:
        for duty in days if days[0].day in wanted else ():
            if (duty.day, duty.person) in keys.cells:
                duties[duty.day, duty.person].append(duty)
    return (
        {case: tuple(found) for case, found in placements.items()},
        {cell: tuple(found) for cell, found in duties.items()},
    )


# --- reading --------------------------------------------------------------------------------------


def read_plan(connection: sqlite3.Connection, plan: int, under: Plan, horizon: Horizon) -> Plan:
    """Read a plan that stands on another; what they have alike is shared.

    Raises:
        Refused: a row does not fit.
    """
    cases = _read_placements(connection, plan)
    cells = _read_duties(connection, plan, horizon)
    return Plan.later(_Unread(under, cases, cells)) if cases or cells else under


class _Unread:
    """What a plan has otherwise than the one below, as it was read; put together when it is looked at."""

    def __init__(
        self,
        under: Plan,
        cases: Mapping[CaseId, Sequence[Placement]],
        cells: Mapping[Cell, Sequence[Duty]],
    ) -> None:
        self.under, self.cases, self.cells = under, cases, cells

    def __call__(self) -> Partitions:
        return (
            _sessions(self.under, self.cases.keys(), [*chain(*self.cases.values())]),
            _days(self.under, self.cells.keys(), [*chain(*self.cells.values())]),
        )

    def of(self, keys: _Keys) -> _Rows:
        """Give some rows without putting the plan together; they stand in order, as in a plan."""
        below = _Keys(keys.cases - self.cases.keys(), keys.cells - self.cells.keys())
        cases, cells = _of(self.under, below)
        mine, my_cells = keys.cases & self.cases.keys(), keys.cells & self.cells.keys()
        return (
            cases | {each: tuple(Plan.build(self.cases[each]).placements) for each in mine},
            cells | {each: tuple(sorted(self.cells[each])) for each in my_cells},
        )


def _sessions(
    under: Plan, cases: AbstractSet[str], fresh: Sequence[Placement]
) -> tuple[tuple[Placement, ...], ...]:
    """Give the sessions of a plan with some cases elsewhere; those without any are shared."""
    if not cases:
        return under.sessions
    kept = {
        partition[0].session: partition
        for partition in under.sessions
        if cases.isdisjoint([each[0] for each in partition])
    }
    met = {each.session for each in fresh}
    left = [
        each
        for partition in under.sessions
        if partition[0].session not in kept or partition[0].session in met
        for each in partition
        if each.case not in cases
    ]
    return _merged(
        kept, Plan.build((*left, *fresh)).sessions, lambda partition: partition[0].session
    )


def _days(
    under: Plan, cells: AbstractSet[Cell], fresh: Sequence[Duty]
) -> tuple[tuple[Duty, ...], ...]:
    """Give the days of a plan with other duties of some people; those without any are shared."""
    if not cells:
        return under.days
    met = {day for day, _ in cells}
    kept = {partition[0].day: partition for partition in under.days if partition[0].day not in met}
    left = [
        each
        for partition in under.days
        if partition[0].day in met
        for each in partition
        if (each.day, each.person) not in cells
    ]
    return _merged(
        kept, Plan.build(duties=(*left, *fresh)).days, lambda partition: partition[0].day
    )


def _merged(
    kept: Mapping[K, tuple[V, ...]],
    made: Iterable[tuple[V, ...]],
    key: Callable[[tuple[V, ...]], K],
) -> tuple[tuple[V, ...], ...]:
    """Put partitions that were made anew among those that are shared, in order."""
    found = {**kept, **{key(partition): partition for partition in made}}
    return tuple(found[name] for name in sorted(found))  # type: ignore[type-var]  # names, or days


def _read_placements(connection: sqlite3.Connection, plan: int) -> dict[CaseId, list[Placement]]:
    """Read the cases that are stored, and their placements: a case without a session has none."""
    rows = connection.execute(
        'SELECT "case", session, surgeon, start FROM placements WHERE plan = ?', (plan,)
    )
    found: dict[CaseId, list[Placement]] = {}
    with place("placements"):
        for case, session, surgeon, start in rows:
            placed = found.setdefault(CaseId(case), [])
            if session is not None:
                begin = None if start is None else read_time(start)
                placed.append(Placement(CaseId(case), SessionId(session), surgeon, begin))
    return found


def _read_duties(
    connection: sqlite3.Connection, plan: int, horizon: Horizon
) -> dict[Cell, list[Duty]]:
    """Read the days of people that are stored, and their duties: a day without a shift has none."""
    rows = connection.execute("SELECT person, day, shift FROM duties WHERE plan = ?", (plan,))
    days: dict[str, int] = {}
    found: dict[Cell, list[Duty]] = {}
    with place("duties"):
        for person, date, shift in rows:
            if date not in days:
                days[date] = value(_DAY, date, horizon)
            duties = found.setdefault((days[date], StaffId(person)), [])
            if shift is not None:
                duties.append(Duty(StaffId(person), days[date], ShiftId(shift)))
    return found
