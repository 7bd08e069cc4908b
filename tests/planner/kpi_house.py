"""A house small enough to work out its indicators by hand, and plans drawn for it."""

import dataclasses
import datetime as dt
from random import Random
from typing import Any

from planner.cases import Case, Priority, Procedure, Surgeon
from planner.clock import Horizon
from planner.hospital import Census, Recovery, Session, Specialty, Theatre, Ward
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.people import Absence, Contract, History, Request, StaffMember
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.run_length import RunLength
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.rules.theatre.unscheduled import Unscheduled

MONDAY = dt.date(2026, 6, 1)
WORK = frozenset({"work"})
EIGHT = 480


def case(id: str, minutes: int = 60, **more: Any) -> Case:
    """Make a case of procedure P, class P3, listed 30 days ago."""
    values = {"procedure": "P", "specialty": "S", "priority": "P3", "listed": -30}
    return Case(id=id, mean=minutes, **(values | more))  # type: ignore[arg-type]


def session(id: str, day: int = 0, start: int = EIGHT, end: int = 960, **more: Any) -> Session:
    """Make a session of theatre R1."""
    values: dict[str, Any] = {"theatre": "R1", "owners": frozenset({"S"})}
    return Session(id=id, day=day, start=start, end=end, **(values | more))


def house(days: int = 7, **records: Any) -> Problem:
    """Make a problem with two theatres, a ward, a recovery room, and whatever is given."""
    values: dict[str, Any] = {
        "specialties": (Specialty(id="S"),),
        "theatres": (Theatre(id="R1"), Theatre(id="R2")),
        "wards": (Ward(id="W", beds=1),),
        "recoveries": (Recovery(id="PACU", posts=2),),
        "priorities": (Priority(id="P2", wait=30), Priority(id="P3", wait=90)),
        "procedures": (Procedure(id="P", specialty="S", turnover=15, recovery=60),),
        "surgeons": (Surgeon(id="X1", specialty="S"), Surgeon(id="X2", specialty="S")),
        "contracts": (Contract(id="C", week=2100),),
        "shifts": (
            ShiftType(id="D", start=480, end=960, pause=30, tags=WORK | {"day"}),
            ShiftType(id="N", start=1260, end=1860, tags=WORK | {"night"}),
            ShiftType(id="A", start=480, end=1200, track="call", tags=frozenset({"call"})),
        ),
    }
    return Problem(horizon=Horizon(start=MONDAY, days=days), as_of=MONDAY, **(values | records))


def staff(*ids: str, **more: Any) -> tuple[StaffMember, ...]:
    """Make people of one contract."""
    return tuple(StaffMember(id=id, contract="C", **more) for id in ids)


def values(
    problem: Problem, placements: list[Placement] | None = None, duties: list[Duty] | None = None
) -> dict[str, float | int | None]:
    """Give all indicators of a plan."""
    return sheet(Outcome(problem, Plan.build(placements or [], duties or [])))


def crowded_house() -> Problem:
    """Make a house with enough of everything for every indicator to count something."""
    people = staff("I1", "I2", skills=frozenset({"scrub"})) + staff("I3", "I4")
    return house(
        days=14,
        sessions=(
            session("A1", 0), session("A2", 1), session("B1", 0, theatre="R2", end=750),
            session("B2", 3, theatre="R2"), session("C1", 4, start=750, end=1020),
        ),
        cases=tuple(
            case(
                f"K{number}",
                30 + 25 * (number % 5),
                priority="P2" if number % 3 else "P3",
                due=number - 3,
                ward="W" if number % 2 else None,
                nights=number % 4,
            )
            for number in range(14)
        ),
        census=(Census(id="w2", ward="W", day=2, taken=1),),
        staff=people,
        histories=tuple(History(id=person.id, past=("-",) * 7) for person in people),
        absences=(Absence(id="L1", person="I3", first=4, last=6),),
        requests=tuple(
            Request(id=f"Q{n}", person=f"I{n % 4 + 1}", day=n, shift=("D", "N", None)[n % 3])
            for n in range(12)
        ),
        cover=tuple(
            CoverRequirement(
                id=f"day-{day}", day=day, shifts=frozenset({"D"}), skill="scrub" if day % 2 else None,
                least=1, best=2,
            )
            for day in range(14)
        ),
        rules=(
            RunLength(id="runs", most=2),
            Coverage(id="cover", tier=1, weight=10),
            RoomOverlap(id="T01"),
            SessionOvertime(id="late", tier=2, after="end"),
            Unscheduled(id="out", tier=3),
        ),
    )  # fmt: skip


def drawn_plan(problem: Problem, random: Random) -> Plan:
    """Draw a plan: most cases placed, many badly, some without a start; duties on both tracks."""
    placements = [
        Placement(
            each.id,
            random.choice(problem.sessions).id,
            random.choice([*(s.id for s in problem.surgeons), None]),
            random.choice([None, *range(480, 1000, 5)]) if random.random() < 0.3 else 480,
        )
        for each in problem.cases
        if random.random() < 0.8
    ]
    duties = [
        Duty(person.id, day, shift)
        for person in problem.staff
        for day in range(problem.horizon.days)
        for shift in (random.choice(["D", "N", ""]), random.choice(["A", "", "", ""]))
        if shift
    ]
    return Plan.build(placements, duties)


def drawn_change(problem: Problem, random: Random) -> Problem:
    """Draw a problem that differs from one in some facts and rules."""
    return dataclasses.replace(
        problem,
        sessions=tuple(
            dataclasses.replace(
                each,
                closed=random.random() < 0.2,
                end=each.end + random.choice([0, 0, 30]),
                owners=frozenset() if random.random() < 0.1 else each.owners,
            )
            for each in problem.sessions
            if random.random() < 0.9
        ),
        cases=tuple(
            dataclasses.replace(each, mean=each.mean + random.choice([0, 0, 20]))
            for each in (*problem.cases[1:], case("NEW", due=3))
            if random.random() < 0.9
        ),
        staff=tuple(
            dataclasses.replace(each, share=random.choice([100, 100, 50]))
            for each in (*problem.staff[1:], *staff("I9"))
        ),
        cover=tuple(
            dataclasses.replace(each, least=random.choice([1, 2]))
            for each in problem.cover
            if random.random() < 0.8
        ),
        wards=(Ward(id="W", beds=random.choice([1, 3])),),
        requests=tuple(each for each in problem.requests if random.random() < 0.8),
        rules=tuple(
            dataclasses.replace(each, weight=random.choice([each.weight, 3]))
            for each in problem.rules
            if random.random() < 0.9
        ),
    )
