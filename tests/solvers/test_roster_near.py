"""A plan for facts that have moved on reacts where something is gained, and stays near elsewhere."""

from collections import Counter
from dataclasses import replace

import pytest
from roster_small import need, person, roster_problem

from planner.people import Absence, StaffId
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import Budget, SolveRequest, SolveResult
from planner.score import judge
from solvers.engine import solve

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
