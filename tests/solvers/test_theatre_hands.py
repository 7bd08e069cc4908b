"""Surgeons of two theatres, second surgeons, waiting for a post, ways and gaps: models and the audit."""

import random
from dataclasses import replace
from typing import Any

import pytest
from theatre_small import greedy, judged, programme_of, small, solved, without

from planner.packs import TheatreExample, load, theatre_situation
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Rule
from planner.rules.theatre.break_in import BreakIn
from planner.rules.theatre.recovery_posts import RecoveryPosts
from planner.rules.theatre.travel import Travel
from solvers.cpsat import Limits
from solvers.theatre.blocks import Neighbourhoods, Places
from solvers.theatre.programme import Programme
from solvers.theatre.sequence import TimedModel


def instead(problem: Problem, *rules: Rule[Any, Any]) -> Problem:
    """Put rules in force in the place of those of their types."""
    kept = without(problem, *(rule.type for rule in rules))
    return replace(kept, rules=(*kept.rules, *rules))


def two_rooms(problem: Problem) -> Problem:
    """Let all surgeons work in two theatres; all theatres lie side by side but the last."""
    first, *others, last = problem.theatres
    beside = frozenset(theatre.id for theatre in others)
    parts = (replace(p, opening=15, closing=15) for p in problem.procedures)
    return replace(
        problem,
        theatres=(replace(first, beside=beside), *others, last),
        procedures=tuple(parts),
        surgeons=tuple(replace(surgeon, rooms=2) for surgeon in problem.surgeons),
    )


def seconds(problem: Problem) -> Problem:
    """Let each third case need another surgeon of its specialty as well."""
    cases = []
    for number, case in enumerate(problem.cases):
        others = [
            s.id
            for s in problem.surgeons
            if s.specialty == case.specialty and case.surgeons and s.id not in case.surgeons
        ]
        partners = frozenset(others[:1] if number % 3 == 0 else ())
        cases.append(replace(case, partners=partners))
    return replace(problem, cases=tuple(cases))


def crowded(problem: Problem, wait: int) -> Problem:
    """Leave few posts in the recovery room, for which patients wait."""
    recoveries = tuple(replace(room, posts=2) for room in problem.recoveries)
    return instead(replace(problem, recoveries=recoveries), RecoveryPosts(id="T24", wait=wait))


def apart(problem: Problem) -> Problem:
    """Put every other theatre into a suite of its own, half an hour away."""
    theatres = tuple(
        replace(theatre, suite=f"{theatre.suite} {number % 2}")
        for number, theatre in enumerate(problem.theatres)
    )
    recoveries = tuple(replace(room, suites=frozenset()) for room in problem.recoveries)
    problem = replace(problem, theatres=theatres, recoveries=recoveries)
    return instead(problem, Travel(id="way", way=30))


WORLDS = {
    "two rooms": lambda: two_rooms(small()),
    "second surgeons": lambda: seconds(two_rooms(small())),
    "waiting": lambda: crowded(small(), 20),
    "way": lambda: apart(two_rooms(small())),
}


def world(name: str) -> Programme:
    problem = without(WORLDS[name](), "session_slack")
    return programme_of(problem, greedy(problem))


@pytest.mark.parametrize("name", WORLDS)
def test_a_list_schedule_keeps_the_hard_rules(name: str) -> None:
    assert world(name).judged().hard == 0


def in_the_long_tier(*names: str) -> list[object]:
    """Give all worlds; some are tried in the long tier alone."""
    return [pytest.param(w, marks=[pytest.mark.long] if w in names else []) for w in WORLDS]


@pytest.mark.parametrize("name", in_the_long_tier("two rooms", "way"))
def test_what_a_block_saves_is_what_the_audit_finds(name: str) -> None:
    programme, draw = world(name), random.Random(1)
    saved = 0
    for choose in Neighbourhoods(Places(programme.ground)).ways().values():
        block = choose(programme, draw)
        assert block is not None
        before = programme.judged()
        model = TimedModel(programme, block.cells, block.allowed)
        answer = model.solve(Limits(deterministic=0.01, seed=1))
        assert answer.found, "the plan at hand is a solution"
        change = programme.put(model.sub.cells, *model.answer(answer.solver.value))
        after = programme.judged()
        assert before.total is not None
        assert after.total is not None
        if name == "waiting" and after.hard:  # who comes first goes first: only the audit says so
            programme.undo(change)
            continue
        assert after.hard == 0
        assert before.total - after.total >= model.before - answer.objective
        saved += before.total - after.total
    assert saved > 0


@pytest.mark.parametrize("name", in_the_long_tier("two rooms"))
def test_a_plan_keeps_them_too(name: str) -> None:
    problem = WORLDS[name]()
    result, _ = solved(problem)
    assert judged(problem, result.plan).score.hard == 0
    assert len(list(result.plan.placements)) > 30


@pytest.mark.parametrize(("rooms", "beside", "most"), [(1, ["R2"], 4), (2, [], 4), (2, ["R2"], 7)])
def test_a_surgeon_of_two_theatres_side_by_side_does_more(
    rooms: int, beside: list[str], most: int
) -> None:
    """Cases of two hours, of which she is needed for 40 minutes: four in one theatre, three beside."""
    table = {
        "sessions": [{"id": "A", "beside": beside}, {"id": "B", "theatre": "R2"}],
        "cases": [
            {"id": f"K{k}", "minutes": 120, "surgeons": ["X1"], "opening": 40, "closing": 40}
            for k in range(8)
        ],
        "surgeons": {"X1": {"rooms": rooms}},
    }
    rules = load("theatre_charter").rules
    shown = TheatreExample(rule="T05", table=table, accepts=True)
    problem = replace(theatre_situation(rules[0], shown)[0], rules=rules)
    result, _ = solved(problem)
    assert judged(problem, result.plan).score.hard == 0
    assert len(list(result.plan.placements)) == most


def test_gaps_between_ends_get_smaller_where_they_cost_something() -> None:
    rule = BreakIn(id="T30", tier=2, weight=200, most=30)
    problem = instead(small(), rule)
    plain, _ = solved(small())
    result, _ = solved(problem)
    assert judged(problem, result.plan).score.hard == 0
    assert gaps(problem, result.plan) < gaps(problem, plain.plan)


def gaps(problem: Problem, plan: Plan) -> int:
    found = judged(problem, plan).judged
    return sum(each.breach.amount for each in found if each.rule.id == "T30")
