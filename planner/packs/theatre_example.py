"""Examples of theatre rules: a small table of sessions and cases, and what the audit says of it.

An example has `sessions` and `cases`, and where the rule needs them `devices`, `recovery`, `beds`,
`units` (day units), `anaesthetists`, `teams` and `away`. What a row leaves out is usual: one theatre
R1, day 0, 08:00 to 16:00, one surgeon X1 of specialty S, no turnover. A case without `in` waits, one
without `start` has none.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from planner.cases import (
    Appointment,
    Case,
    Priority,
    PriorityId,
    Procedure,
    ProcedureId,
    Surgeon,
)
from planner.clock import Horizon, read_time
from planner.hospital import (
    AnaesthesiaCover,
    Equipment,
    Recovery,
    RecoveryId,
    Session,
    Specialty,
    SpecialtyId,
    TeamCover,
    Theatre,
    Ward,
    WardId,
)
from planner.people import Absence
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.contract import Rule, audit
from planner.view import TheatreView

START: Final = dt.date(2026, 6, 1)  # a Monday, far from a clock change
DAYS: Final = 14

Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TheatreExample:
    """A table that a rule accepts, or refuses with an amount."""

    rule: str
    table: Mapping[str, Any]
    accepts: bool
    amount: int = 0


def example(rule: str, given: Mapping[str, Any], *, accepts: bool) -> TheatreExample:
    """Read an example of a pack.

    Raises:
        KeyError, ValueError, TypeError: a row lacks its id, or a value does not fit.
    """
    amount = 0 if accepts else int(given["amount"])
    read = TheatreExample(rule=rule, table=dict(given), accepts=accepts, amount=amount)
    _problem(read.table, ())  # so that a wrong row is told when the pack is read
    return read


def theatre_situation(rule: Rule[Any, Any], shown: TheatreExample) -> tuple[Problem, Plan]:
    """Make the smallest problem and plan that show an example."""
    placements = (
        Placement(row["id"], row["in"], row.get("surgeon", "X1") or None, _start(row))
        for row in shown.table["cases"]
        if "in" in row
    )
    return _problem(shown.table, (rule,)), Plan.build(placements)


def theatre_answer(rule: Rule[Any, Any], shown: TheatreExample) -> int:
    """Give what the audit says of an example: the units of all breaches."""
    problem, plan = theatre_situation(rule, shown)
    return sum(breach.amount for breach in audit(rule, TheatreView(problem, plan)))


def _problem(table: Mapping[str, Any], rules: tuple[Rule[Any, Any], ...]) -> Problem:
    sessions, cases = table["sessions"], table["cases"]
    surgeons = table.get("surgeons", {})
    names = dict.fromkeys(
        [
            *(row.get("surgeon", "X1") for row in cases),
            *(name for row in cases for name in row.get("surgeons", ())),
            *(name for row in cases for name in row.get("partners", ())),
            *surgeons,
            *_named(sessions, "surgeon"),
        ]
    )
    owners = (owner for row in sessions for owner in row.get("owners", ()))
    return Problem(
        horizon=Horizon(start=START, days=DAYS),
        as_of=START,
        specialties=tuple(
            map(_specialty, dict.fromkeys(["S", *_named(cases, "specialty"), *owners]))
        ),
        theatres=tuple(_theatres(sessions)),
        sessions=tuple(map(_session, sessions)),
        equipment=tuple(Equipment(**row) for row in table.get("devices", ())),
        recoveries=tuple(_recoveries(table.get("recovery"))),
        wards=(*_wards(table.get("beds", {})), *map(_day_unit, table.get("units", ()))),
        anaesthesia=tuple(map(_cover, table.get("anaesthetists", ()), range(99))),
        teams=tuple(map(_teams, table.get("teams", ()), range(99))),
        priorities=tuple(map(_priority, dict.fromkeys(["P3", *_named(cases, "priority")]))),
        procedures=tuple(map(_procedure, cases)),
        surgeons=tuple(_surgeon(name, surgeons.get(name, {})) for name in names if name),
        cases=tuple(map(_case, cases)),
        appointments=tuple(map(_appointment, (row for row in cases if "appointment" in row))),
        absences=tuple(map(_absence, table.get("away", ()), range(99))),
        rules=rules,
    )


def _named(rows: Iterable[Row], field: str) -> list[str]:
    return [row[field] for row in rows if row.get(field)]


def _specialty(id: str) -> Specialty:
    return Specialty(id=SpecialtyId(id))


def _priority(id: str) -> Priority:
    return Priority(id=PriorityId(id))


def _start(row: Row) -> int | None:
    return read_time(row["start"]) if "start" in row else None


def _theatres(sessions: Iterable[Row]) -> Iterator[Theatre]:
    for id in dict.fromkeys(row.get("theatre", "R1") for row in sessions):
        features = [row.get("features", ()) for row in sessions if row.get("theatre", "R1") == id]
        beside = [row.get("beside", ()) for row in sessions if row.get("theatre", "R1") == id]
        suites = [
            row["suite"] for row in sessions if row.get("theatre", "R1") == id and "suite" in row
        ]
        yield Theatre(
            id=id,
            suite=suites[0] if suites else "",
            features=frozenset(each for some in features for each in some),
            beside=frozenset(each for some in beside for each in some),
        )


def _session(row: Row) -> Session:
    return Session(
        id=row["id"],
        theatre=row.get("theatre", "R1"),
        day=row.get("day", 0),
        start=read_time(row.get("start", "08:00")),
        end=read_time(row.get("end", "16:00")),
        owners=frozenset(row.get("owners", ())),
        surgeon=row.get("surgeon"),
        release=row.get("release"),
        overtime=row.get("overtime", 0),
        anaesthesia=row.get("anaesthesia", "general"),
        closed=row.get("closed", False),
        emergency=row.get("emergency", False),
    )


def _procedure(row: Row) -> Procedure:
    return Procedure(
        id=ProcedureId(f"do-{row['id']}"),  # one a case
        specialty=row.get("specialty", "S"),
        turnover=row.get("turnover", 0),
        features=frozenset(row.get("needs", ())),
        equipment=frozenset(row.get("devices", ())),
        anaesthesia=row.get("anaesthesia", "general"),
        recovery=row.get("recovery", 0),
        stay=row.get("stay", 120),
        opening=row.get("opening", 0),
        closing=row.get("closing", 0),
    )


def _case(row: Row) -> Case:
    stays = row.get("nights", 0) > 0
    return Case(
        id=row["id"],
        procedure=ProcedureId(f"do-{row['id']}"),
        specialty=row.get("specialty", "S"),
        surgeons=frozenset(row.get("surgeons", ())),
        priority=row.get("priority", "P3"),
        mean=row["minutes"],
        deviation=row.get("deviation", 0),
        listed=row.get("listed", -30),
        due=row.get("due"),
        earliest=row.get("earliest"),
        unavailable=frozenset(row.get("unavailable", ())),
        mode=row.get("mode", "inpatient"),
        ward=WardId(row.get("unit", "ward")) if stays or "unit" in row else None,
        nights=row.get("nights", 0),
        intensive=WardId("intensive") if stays else None,
        intensive_nights=row.get("intensive_nights", 0),
        delivery=row.get("delivery"),
        partners=frozenset(row.get("partners", ())),
        trainee=row.get("trainee", False),
        prefers=row.get("prefers", ""),
        suites=frozenset(row.get("suites", ())),
        flags=frozenset(row.get("flags", ())),
        age=row.get("age", ""),
    )


def _appointment(row: Row) -> Appointment:
    told = row["appointment"]
    return Appointment(
        id=row["id"], day=told["day"], session=told.get("session"), start=_start(told)
    )


def _surgeon(id: str, row: Row) -> Surgeon:
    procedures = frozenset(ProcedureId(f"do-{case}") for case in row.get("cases", ()))
    specialty = row.get("specialty", "S")
    return Surgeon(
        id=id,
        specialty=specialty,
        procedures=procedures,
        rooms=row.get("rooms", 1),
        teaches=row.get("teaches", False),
        prefers=row.get("prefers", ""),
    )


def _recoveries(row: Row | None) -> Iterator[Recovery]:
    if row is not None:
        start, end = _hours(row, "08:00", "19:00")
        posts = row.get("posts", 1)
        yield Recovery(id=RecoveryId("PACU"), posts=posts, start=start, end=end)


def _wards(beds: Mapping[str, int]) -> Iterator[Ward]:
    for kind in ("ward", "intensive"):
        yield Ward(id=WardId(kind), kind=kind, beds=beds.get(kind, 99))


def _day_unit(row: Row) -> Ward:
    start, end = _hours(row, "07:00", "20:00")
    return Ward(id=row["id"], kind="day", beds=row.get("places", 1), start=start, end=end)


def _hours(row: Row, start: str, end: str) -> tuple[int, int]:
    """Read from when till when, or what is usual."""
    return read_time(row.get("start", start)), read_time(row.get("end", end))


def _cover(row: Row, number: int) -> AnaesthesiaCover:
    start, end = _hours(row, "08:00", "19:00")
    return AnaesthesiaCover(
        id=f"MAR{number + 1}",
        day=row.get("day", 0),
        start=start,
        end=end,
        anaesthetists=row["people"],
    )


def _teams(row: Row, number: int) -> TeamCover:
    start, end = _hours(row, "08:00", "19:00")
    return TeamCover(
        id=f"TEAM{number + 1}",
        day=row.get("day", 0),
        start=start,
        end=end,
        teams=row["teams"],
        suites=frozenset(row.get("suites", ())),
        specialties=frozenset(SpecialtyId(each) for each in row.get("specialties", ())),
    )


def _absence(row: Row, number: int) -> Absence:
    day = row.get("day", 0)
    return Absence(
        id=f"away{number + 1}",
        person=row.get("surgeon", "X1"),
        first=day,
        last=day,
        start=_start(row),
        end=read_time(row["end"]) if "end" in row else None,
    )
