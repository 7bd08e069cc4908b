"""Engines over a change of the clock: models, lists, places and repairs count minutes that pass."""

import datetime as dt
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from clock_change_house import AUTUMN, SPRING, nights
from theatre_small import greedy, judged, programme_of

from planner.clock import Horizon
from planner.day_events import Moment, read_event
from planner.day_repair import made
from planner.day_struck import strike
from planner.facts import facts
from planner.kpis.contract import Outcome
from planner.left_out import LeftOut
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.runs import SolveRequest
from planner.score import judge
from solvers.cpsat import Limits
from solvers.theatre.layout import codes_of, plan_of
from solvers.theatre.repair import repair
from solvers.theatre.sequence import TimedModel
from solvers.theatre.slots import good_slots

CASES = {f"K{n}": minutes for n, minutes in enumerate((90, 150, 60, 210, 45, 120, 75, 180))}
BOTH = pytest.mark.parametrize("saturday", [SPRING, AUTUMN])


def drawn(problem: Problem, seed: int) -> Plan:
    """Cases in the nights and on the Sunday at drawn starts, legal or not."""
    draw, placements = Random(seed), []
    for case in problem.cases:
        session = draw.choice(problem.sessions)
        start = draw.randrange(session.start, session.end + 60, 5)
        placements.append(Placement(case.id, session.id, draw.choice(("X1", "X2")), start))
    return Plan.build(placements)


def tellable(problem: Problem, plan: Plan) -> bool:
    """Tell whether each start is one that a clock shows, and so comes back as it was put."""
    horizon, day = problem.horizon, {s.id: s.day for s in problem.sessions}
    return all(
        p.start is None
        or horizon.shown(day[p.session], 0, horizon.passed(day[p.session], p.start)) == p.start
        for p in plan.placements
    )


@BOTH
def test_plans_come_back_from_the_arrays_as_they_were(saturday: dt.date) -> None:
    problem, same = nights(saturday, overtime=60, **CASES), 0
    for seed in range(20):
        plan = drawn(problem, seed)
        programme = programme_of(problem, plan)
        space = programme.ground.space
        back = plan_of(space, *codes_of(space, plan.placements), plan)
        assert back == programme.plan()
        assert judged(problem, back).score == judged(problem, plan).score
        same += back == plan
        assert (back == plan) == tellable(problem, plan)
    assert same


@BOTH
def test_what_a_model_saves_is_what_the_audit_finds(saturday: dt.date) -> None:
    problem = nights(saturday, overtime=60, **CASES)
    proven = 0
    for plan in (greedy(problem), *(drawn(problem, seed) for seed in range(3))):
        programme = programme_of(problem, plan)
        before = judged(problem, plan).score
        free = np.flatnonzero(programme.slots != programme.ground.layout.out).astype(np.int32)[:5]
        allowed = np.ones(programme.ground.compiled.slots, bool)
        model = TimedModel(programme, free, allowed)
        answer = model.solve(Limits(deterministic=0.2, seed=1))
        if not answer.found:
            continue  # what stays is illegal by itself
        programme.put(model.sub.cells, *model.answer(answer.solver.value))
        after = judged(problem, programme.plan()).score
        assert after.hard <= before.hard
        assert tellable(problem, programme.plan())
        if before.hard == after.hard == 0 and answer.proven:
            proven += 1
            assert (before.total or 0) - (after.total or 0) == model.before - answer.objective
    assert proven


@BOTH
def test_a_list_fills_a_night_to_its_last_minute_and_no_more(saturday: dt.date) -> None:
    length = 360 if saturday == SPRING else 480
    problem = nights(saturday, K=length)
    assert [p.session in "NO" for p in greedy(problem).placements] == [True]
    longer = nights(saturday, K=length + 5)
    assert not list(greedy(longer).placements)
    waits = LeftOut(Outcome(longer, Plan.build([]))).why(longer.cases[0])
    assert waits.what == "too_long"
    assert waits.facts["longest"] == length
    assert judge(problem, greedy(problem), parts=("theatre",)).score.hard == 0


def test_no_case_is_put_into_the_hour_that_comes_again() -> None:
    """The night is taken until 02:45; what comes after the turnover begins at 03:00, not at 02:00."""
    short = nights(AUTUMN, overtime=180, A=405, B=60, C=60)
    sessions = tuple(replace(s, end=1680) if s.id == "N" else s for s in short.sessions)
    problem = replace(short, sessions=sessions)
    night = Plan.build([Placement("A", "N", "X1", 1200), Placement("C", "O", "X2", 1200)])
    (slot, *_) = [
        each
        for each in good_slots(problem, night, problem.cases[1], many=9).slots
        if each.placement.session == "N"
    ]
    assert slot.placement.start == 1620
    assert (
        judge(problem, night.with_placements([*night.placements, slot.placement])).score.hard == 0
    )


@BOTH
def test_a_place_is_priced_where_the_night_has_it(saturday: dt.date) -> None:
    problem = nights(saturday, overtime=30, A=120, B=120)
    plan = Plan.build([Placement("A", "N", "X1", 1200)])
    for slot in good_slots(problem, plan, problem.cases[1], many=9).slots:
        whole = plan.with_placements([*plan.placements, slot.placement])
        before, after = judge(problem, plan).score, judge(problem, whole).score
        assert after.hard == 0
        assert (after.total or 0) - (before.total or 0) == slot.cost


@BOTH
def test_a_repair_counts_from_now_on_as_minutes_pass(saturday: dt.date) -> None:
    """At 01:00 a case that ought to end at 03:00 by the clock lasts half an hour longer."""
    end = Horizon(start=saturday, days=2).passed(0, 1620)
    problem = nights(saturday, overtime=60, A=end - 1440 + 15, B=30)
    plan = Plan.build([Placement("A", "N", "X1", 1425)])
    asked = SolveRequest(problem=problem, plan=plan)
    event, moment = read_event("overrun:A+30"), Moment(0, 1500)
    struck = strike(problem, plan, event, moment)
    late = [
        e.breach.amount
        for e in judge(struck.problem, struck.plan).judged
        if "late" in e.breach.about.what
    ]
    assert late == [30]
    found = repair(asked, event, moment, seconds=5.0)
    assert all(
        p.start == 1425
        for a in found.answers
        for p in made(found.struck.plan, a.moves).placements
        if p.case == "A"
    )


@BOTH
def test_a_theatre_that_shuts_at_night_shuts_by_the_clock(saturday: dt.date) -> None:
    problem = nights(saturday, A=120)
    plan = Plan.build([Placement("A", "N", "X1", 1200)])
    struck = strike(problem, plan, read_event("close:R1,24:00"), Moment(0, 1260))
    known = facts(struck.problem)
    assert known.sessions["N"].end == 1440
    assert known.length(known.sessions["N"]) == 240
