"""Repair on the day, on days by hand whose right answers are known."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest
from theatre_tables import situation

from planner.clock import read_time
from planner.day_events import Moment, read_event
from planner.day_repair import Answer, Repaired, made
from planner.edits import EditRefusedError
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.rules.contract import Rule
from planner.runs import SolveRequest
from planner.score import judge
from solvers.theatre.repair import repair

ROWS: tuple[Mapping[str, Any], ...] = (
    {"type": "room_overlap"},
    {"type": "surgeon_overlap"},
    {"type": "surgeon_away"},
    {"type": "surgeon_skill"},
    {"type": "in_session"},
    {"type": "needs_start"},
    {"type": "earliest"},
    {"type": "session_overtime", "after": "allowed"},
    {"type": "session_overtime", "after": "end", "tier": 2, "weight": 60},
    {"type": "unscheduled", "tier": 3, "weight": 100},
)


def rules() -> tuple[Rule[Any, Any], ...]:
    types = catalogue()
    return tuple(
        types[row["type"]](id=f"r{n}", **{k: v for k, v in row.items() if k != "type"})
        for n, row in enumerate(ROWS)
    )


def day(**table: Any) -> tuple[Problem, Plan]:
    """A day by hand, under a few rules."""
    problem, plan = situation(rules()[0], **table)
    return dataclasses.replace(problem, rules=rules()), plan


def answered(event: str, now: str, day_: tuple[Problem, Plan], **request: Any) -> Repaired:
    problem, plan = day_
    asked = SolveRequest(problem=problem, plan=plan, **request)
    return repair(asked, read_event(event), Moment(0, read_time(now)), seconds=20.0)


def times(found: Repaired, answer: Answer) -> dict[str, str]:
    """Where each case is, and when: A → "R1 10:30"; those that wait are left out."""
    plan = made(found.struck.plan, answer.moves)
    theatre = {session.id: session.theatre for session in found.struck.problem.sessions}
    return {p.case: f"{theatre[p.session]} {clock(p)}" for p in plan.placements}


def clock(placement: Placement) -> str:
    return f"{(placement.start or 0) // 60:02d}:{(placement.start or 0) % 60:02d}"


def full_room(overtime: int) -> tuple[Problem, Plan]:
    """Field case F43: one room, 08:00 to 16:00, A under way at 09:10, B and C to come."""
    cases = [
        {"id": "A", "in": "M", "start": "08:00", "minutes": 120, "turnover": 30, "surgeon": "X1"},
        {"id": "B", "in": "M", "start": "10:30", "minutes": 120, "turnover": 30, "surgeon": "X2"},
        {"id": "C", "in": "M", "start": "13:00", "minutes": 150, "turnover": 30, "surgeon": "X3"},
    ]
    surgeons = {"X1": {}, "X2": {}, "X3": {}, "X4": {}}
    return day(sessions=[{"id": "M", "overtime": overtime}], cases=cases, surgeons=surgeons)


E_ID = "E-20260601-0910"


def test_f43_one_elective_has_to_go_where_the_room_ends_in_time() -> None:
    """Without B, C may stay where it is: nobody else has to be told; the room ends at 15:30."""
    found = answered("emergency:90,S,P3,60", "09:10", full_room(0))
    *both, nothing = found.answers
    shown = {each.bumped: times(found, each) for each in both}
    assert shown == {
        ("B",): {"A": "R1 08:00", E_ID: "R1 10:30", "C": "R1 13:00"},
        ("C",): {"A": "R1 08:00", E_ID: "R1 10:30", "B": "R1 12:30"},
    }, "two answers side by side, and A cannot be cut"
    assert nothing.reach == "nothing"
    assert times(found, nothing) == {"A": "R1 08:00", "B": "R1 10:30", "C": "R1 13:00"}


def test_f43_with_overtime_all_may_stay_and_others_are_shown_beside() -> None:
    found = answered("emergency:90,S,P3,60", "09:10", full_room(120))
    assert [each.bumped for each in found.answers[:1]] == [()]
    kept = times(found, found.answers[0])
    assert kept[E_ID] == "R1 10:30", "A cannot be cut: twenty minutes after the limit"
    assert len(kept) == 4
    assert {each.bumped for each in found.answers[1:-1]} == {("B",), ("C",)}
    assert found.answers[-1].reach == "nothing"
