"""Repair on the day, on days by hand whose right answers are known."""

import dataclasses
import random
from collections.abc import Mapping
from datetime import date
from math import inf
from typing import Any

import pytest
from repair_events import KINDS, drawn
from theatre_small import greedy, small, without
from theatre_tables import situation

from planner.cases import Appointment
from planner.clock import read_time
from planner.day_events import Moment, read_event
from planner.day_repair import Answer, Repaired, made
from planner.day_struck import strike
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.rules.contract import Rule, Waiver
from planner.runs import SolveRequest
from planner.study import Pin
from solvers.cpsat import Limits
from solvers.theatre.programme import LEGAL
from solvers.theatre.repair import _Repair, _Time, repair
from solvers.theatre.repair_model import RepairModel, Wish

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


def two_rooms(**more: Any) -> tuple[Problem, Plan]:
    """Two rooms and a surgeon who is in both: A then B in R1, P in R2, W waits."""
    cases = [
        {"id": "A", "in": "M", "start": "08:00", "minutes": 120, "surgeons": ["X1"]},
        {"id": "B", "in": "M", "start": "10:00", "minutes": 120, "surgeons": ["X1", "X2"]},
        {"id": "P", "in": "N", "start": "08:00", "minutes": 180, "surgeon": "X2"},
        {"id": "Q", "in": "N", "start": "14:00", "minutes": 60, "surgeon": "X3"},
        {"id": "F", "in": "L", "start": "10:00", "minutes": 60, "surgeon": "X1"},
        {"id": "W", "minutes": 100, "surgeons": ["X1"]},
    ]
    sessions = [
        {"id": "M", "end": "13:00"},
        {"id": "N", "theatre": "R2"},
        {"id": "L", "theatre": "R1", "day": 1},
    ]
    for row in cases[2:4]:
        row["surgeons"] = [row["surgeon"]]
    return day(sessions=sessions, cases=cases, **more)


def test_an_overrun_pushes_the_next_case_back() -> None:
    found = answered("overrun:A+45", "09:00", two_rooms())
    best, nothing = found.answers[0], found.nothing
    kept = {"A": "R1 08:00", "P": "R2 08:00", "Q": "R2 14:00", "F": "R1 10:00"}
    assert times(found, best) == {**kept, "B": "R1 10:45"}
    assert (best.score.hard, nothing.score.hard) == (0, 45 + 45), (
        "room and surgeon are double booked"
    )
    assert [each.case for each in best.moves] == ["B"]


def test_a_case_goes_to_another_room_where_its_own_has_no_time_left() -> None:
    found = answered("overrun:A+100", "09:00", two_rooms())
    best = found.answers[0]
    assert times(found, best)["B"] == "R2 11:00", "R1 would end at 13:40"
    assert best.bumped == ()
    assert times(found, best)["Q"] == "R2 14:00"


def test_time_that_a_cancellation_frees_is_filled_by_a_waiting_case() -> None:
    found = answered("cancel:B", "09:00", two_rooms())
    best, nothing = found.answers
    assert best.added == ("W",)
    assert times(found, best)["W"] == "R1 10:00"
    assert nothing.moves == ()
    assert "B" not in times(found, nothing)
    assert found.struck.problem.cases[1].unavailable == frozenset({0}), "it may come another day"


def test_nobody_who_is_promised_another_day_fills_in() -> None:
    problem, plan = two_rooms()
    promise = Appointment(id="W", day=3)  # type: ignore[arg-type]  # ids are texts
    found = answered(
        "cancel:B", "09:00", (dataclasses.replace(problem, appointments=(promise,)), plan)
    )
    assert [each.reach for each in found.answers] == ["nothing"]


def test_a_room_that_closes_sends_its_cases_to_the_other() -> None:
    found = answered("close:R1,10:00", "09:00", two_rooms())
    best = found.answers[0]
    assert times(found, best) == {
        "A": "R1 08:00", "B": "R2 11:00", "P": "R2 08:00", "Q": "R2 14:00", "F": "R1 10:00"
    }  # fmt: skip
    assert found.struck.problem.sessions[0].end == 600
    assert found.nothing.score.breaches >= 1


def test_a_room_that_closes_lets_the_case_under_way_end() -> None:
    found = answered("close:R1,09:30", "09:00", two_rooms())
    session = found.struck.problem.sessions[0]
    assert (session.end, session.closed) == (600, False)


def test_cases_of_a_late_surgeon_begin_when_she_is_there() -> None:
    found = answered("late:X2+30", "07:30", two_rooms())
    assert times(found, found.answers[0])["P"] == "R2 08:30"
    assert found.nothing.score.hard == 30
    (absence,) = found.struck.problem.absences
    assert (absence.person, absence.start, absence.end) == ("X2", 450, 510)


def test_a_delay_that_nothing_waits_for_needs_no_answer() -> None:
    found = answered("overrun:P+60", "09:00", two_rooms())
    assert [each.reach for each in found.answers] == ["nothing"]
    assert found.nothing.score.hard == 0


def test_a_pinned_case_stays_whatever_it_breaks() -> None:
    pins = (Pin(kind="case", id="B"),)
    found = answered("overrun:A+45", "09:00", two_rooms(), pins=pins)
    assert all(times(found, each)["B"] == "R1 10:00" for each in found.answers)


def test_a_waiver_lets_what_it_forgives_stand() -> None:
    waivers = tuple(
        Waiver(rule=rule.id, subjects=frozenset({"A", "B", "X1", "R1"}), first=0, last=0, most=60,
               reason="agreed", author="", made=date(2026, 6, 1))
        for rule in rules()[:2]
    )  # fmt: skip
    found = answered("overrun:A+45", "09:00", two_rooms(), waivers=waivers)
    assert found.nothing.score.breaches == 0


def test_stopped_at_once_it_still_says_what_doing_nothing_does() -> None:
    problem, plan = two_rooms()
    asked = SolveRequest(problem=problem, plan=plan)
    found = repair(asked, read_event("overrun:A+45"), Moment(0, 540), lambda: True)
    assert [each.reach for each in found.answers] == ["nothing"]


def test_the_same_question_has_the_same_answers() -> None:
    one, other = (answered("emergency:90,S,P3,60", "09:10", full_room(120)) for _ in range(2))
    assert one.answers == other.answers


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_counts_as_the_audit_and_the_prices_of_unrest_do(kind: str) -> None:
    """Two answers of a model differ by what the audit and the unrest say that they differ by."""
    problem = without(small(), "session_slack")
    plan = greedy(problem)
    event, moment = drawn(problem, plan, kind, random.Random(3))
    request = SolveRequest(problem=problem, plan=plan)
    work = _Repair(request, strike(problem, plan, event, moment), _Time(inf, lambda: False))
    work._prepare()
    *_, reach = work._reaches()
    costs = []
    sooner = {session.id: session.end - 90 for session in work.problem.sessions}
    for wish in (Wish(), Wish(ends=sooner)):
        model = RepairModel(
            work.programme, reach.cells, reach.allowed, work.unrest, work.struck.shut, wish
        )
        answer = model.solve(Limits(deterministic=1.0))
        assert answer.proven
        before = work.programme.put(model.sub.cells, *model.answer(answer.solver.value))
        found = work._answer(
            "day", tuple(work._moves()), Outcome(work.problem, work.programme.plan())
        )
        work.programme.undo(before)
        costs.append((found.cost + LEGAL * found.score.hard, answer.objective))
    (one, objective), (other, lower) = costs
    assert one - other == objective - lower
