"""A small roster problem for tests of the roster pipeline: shifts Z and N, everybody on contract C."""

import datetime as dt
from typing import Any

from planner.clock import Horizon
from planner.people import Contract, ContractId, ShiftId, StaffId, StaffMember
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Rule
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.min_gap import MinGap

MONDAY = dt.date(2024, 11, 4)
Z = ShiftType(id=ShiftId("Z"), start=480, end=840, tags=frozenset({"work", "day"}))
N = ShiftType(id=ShiftId("N"), start=1220, end=1830, tags=frozenset({"work", "night"}))
REST = MinGap(id="rest", minutes=660)
AWAY = NotWhileAway(id="away")
COVER = Coverage(id="cover", tier=1, weight=720, level="least")
THIN = Coverage(id="thin", tier=3, weight=60, level="most")


def person(id: str, *skills: str) -> StaffMember:
    return StaffMember(id=StaffId(id), contract=ContractId("C"), skills=frozenset(skills))


def need(day: int, shift: str, people: int = 1, skill: str | None = None) -> CoverRequirement:
    return CoverRequirement(
        id=f"{shift}{day}{skill or ''}",
        day=day,
        shifts=frozenset({ShiftId(shift)}),
        skill=skill,
        least=people,
        best=people,
        most=people,
    )


def roster_problem(
    staff: tuple[StaffMember, ...],
    cover: tuple[CoverRequirement, ...],
    days: int = 7,
    rules: tuple[Rule[Any, Any], ...] = (REST, AWAY, COVER, THIN),
    **records: Any,
) -> Problem:
    return Problem(
        horizon=Horizon(start=MONDAY, days=days),
        as_of=MONDAY,
        contracts=(Contract(id=ContractId("C")),),
        staff=staff,
        shifts=(Z, N),
        cover=cover,
        rules=rules,
        **records,
    )
