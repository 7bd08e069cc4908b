"""A plan for facts that have moved on reacts where something is gained, and stays near elsewhere."""

from collections import Counter
from dataclasses import replace

import pytest
from roster_small import need, person, roster_problem

from planner.people import Absence, StaffId
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.space import RosterSpace
from planner.runs import Budget, SolveRequest, SolveResult
from planner.score import judge
from solvers.budget import Meter, allow
from solvers.engine import Desk, solve
from solvers.lanes import stop_sign
from solvers.roster import pipeline
from solvers.roster.lane import Lane
from solvers.roster.layout import lay_out
from solvers.roster.meeting import Meeting
from solvers.rows import compile as rows_compile

DAYS = 28
STAFF = tuple(person(f"P{i}") for i in range(24))


def needs(**changed: int) -> Problem:
    """Ask for four by day and two by night; other numbers by shift and day: Z5=2."""
    wanted = {f"{shift}{day}": n for day in range(DAYS) for shift, n in (("Z", 4), ("N", 2))}
    wanted |= changed
    return roster_problem(
        STAFF, tuple(need(int(key[1:]), key[0], n) for key, n in wanted.items()), DAYS
    )


def asked(problem: Problem, plan: Plan, *, near: bool = False) -> SolveResult:
    return solve(SolveRequest(problem=problem, plan=plan, budget=Budget(effort=1), near=near))


def moved(plan: Plan, other: Plan) -> int:
    """Count the days of people that differ."""
    return len({(duty.person, duty.day) for duty in set(plan.duties) ^ set(other.duties)})


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = asked(needs(), Plan())
    assert found.score.total == 0
    return found.plan


def test_people_over_the_need_go_where_they_are_short(plan: Plan) -> None:
    changed = needs(Z5=2, Z6=6)
    before = judge(changed, plan).score
    assert before.tiers == (2 * 720, 0, 2 * 60, 0)
    found = asked(changed, plan, near=True)
    assert found.score.total == 0
    assert 4 <= moved(plan, found.plan) <= 8  # two people leave one day and come on another


def test_nothing_is_changed_where_nothing_is_gained(plan: Plan) -> None:
    assert asked(needs(), plan, near=True).plan == plan
    most = tuple(replace(each, most=each.least + 3) for each in needs().cover)
    assert asked(replace(needs(), cover=most), plan, near=True).plan == plan


def test_a_gain_is_taken_also_near(plan: Plan) -> None:
    """What a free search gains by hard and costly rules, one that stays near gains as well."""
    early = Counter(duty.person for duty in plan.duties if duty.day <= 13)
    (who, lost) = early.most_common(1)[0]
    away = Absence(id="a", person=StaffId(who), first=0, last=13)
    changed = replace(needs(), absences=(away,))
    free, near = (asked(changed, plan, near=each) for each in (False, True))
    assert near.score.total == free.score.total == 0
    assert near.score.hard == 0
    assert lost < moved(plan, near.plan) <= 6 * lost
    assert moved(plan, near.plan) < moved(plan, free.plan) / 2


def test_without_a_plan_there_is_nothing_to_stay_near_to() -> None:
    near, free = (asked(needs(Z5=5), Plan(), near=each) for each in (True, False))
    assert near.plan == free.plan
    assert near.score.total == 0


@pytest.mark.parametrize(("lost", "annealed"), [(0, False), (400, True)])
def test_with_a_clock_a_plan_that_loses_little_goes_straight_to_neighbourhoods(
    lost: int, annealed: bool, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cooling that time cuts short leaves all as it was: on a busy machine nobody moved."""
    warmths: list[float] = []
    monkeypatch.setattr(Lane, "learn", lambda self: None)
    monkeypatch.setattr(Lane, "restart", lambda self, tries, *, hot: warmths.append(hot))
    budget = Budget(cpu_seconds=20)
    request = SolveRequest(problem=needs(Z5=2), plan=plan, budget=budget, near=True)
    desk = Desk(request, "roster", allow(budget, Meter()), lambda _: None, lambda: False)
    space = RosterSpace(request.problem, plan.duties)
    compiled = rows_compile.compile(space, request.problem.rules)
    table = pipeline._Table(desk, space, compiled, lay_out(space))
    table.lost = table.layout.cells[:lost]
    meeting = Meeting(desk, desk.allowance, lambda _: True)
    with stop_sign(lambda: False) as stop:
        lane = table._lane(meeting, table.weights(pipeline.WEIGHTED), stop)
        table._anneal(lane, 10.0)
    assert bool(warmths) == annealed
    assert max(warmths, default=0.0) <= 0.05
