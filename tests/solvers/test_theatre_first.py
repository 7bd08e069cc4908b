"""The first plan: greedy by minutes, a list schedule for starts; nothing hard is broken."""

import random

import pytest
from demo_hospitals import generate
from theatre_small import greedy, judged, rules_of, small

from planner.facts import facts
from planner.plan import Placement, Plan
from planner.rules.closing import Closing
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed


@pytest.mark.parametrize("profile", ["small", "mid"])
def test_greedy_plans_are_legal_and_place_most_cases(profile: str) -> None:
    problem = generate(profile, 2)
    plan = greedy(problem)
    assert judged(problem, plan).score.hard == 0
    assert sum(1 for _ in plan.placements) >= 0.85 * len(problem.cases)
    assert all(placement.start is not None for placement in plan.placements)


@pytest.mark.parametrize("seed", range(8))
def test_list_schedules_break_nothing_that_the_clock_says(seed: int) -> None:
    """Any assignment, full to bursting: what gets a start overlaps nothing and ends in time."""
    problem, draw = small(), random.Random(seed)
    known, closing = facts(problem), Closing(facts(problem))
    wanted = []
    for case in problem.cases:
        pairs = list(closing.pairs(case))
        if pairs:
            session, surgeon = draw.choice(pairs[: draw.randint(1, len(pairs))])
            wanted.append(Placement(case.id, session.id, surgeon))
    clocks = Clocks(problem, known, rules_of(problem), ())
    placed = listed(clocks, wanted)
    assert 20 < len(placed) < len(wanted)
    broken = {each.rule.type for each in judged(problem, Plan.build(placed)).hard}
    assert broken <= {"ward_beds", "anaesthetists"}, "rows, which a list schedule does not know"


def test_given_starts_stay() -> None:
    problem = small()
    kept = list(greedy(problem).placements)[:10]
    clocks = Clocks(problem, facts(problem), rules_of(problem), ())
    plan = Plan.build(listed(clocks, first_plan(problem, kept)))
    assert set(kept) <= set(plan.placements)
    assert sum(1 for _ in plan.placements) > 40


def test_closed_sessions_and_fixed_cases_are_left_alone() -> None:
    problem = small()
    session, case = problem.sessions[0].id, problem.cases[0].id
    placed = first_plan(problem, (), frozenset({session}), frozenset({case}))
    assert session not in {placement.session for placement in placed}
    assert case not in {placement.case for placement in placed}
