"""Order, hours, cleaning and starts in lists and models with a clock: as the audit counts them."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from theatre_small import cells, greedy, judged, programme_of, small, solved, without

from planner.facts import facts
from planner.packs.theatre_example import TheatreExample, theatre_situation
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Rule, Scope, Waiver
from planner.rules.theatre.case_hours import CaseHours
from planner.rules.theatre.case_order import CaseOrder
from planner.rules.theatre.cleaning import Cleaning
from planner.rules.theatre.in_session import InSession
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.starts import Starts
from planner.rules.timing import Choice
from planner.runs import Budget
from solvers.cpsat import Limits
from solvers.theatre.blocks import Neighbourhoods, Places
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import listed
from solvers.theatre.sequence import TimedModel

DAY, SOME = Scope.of(mode=["day"]), Scope.of(priority=["P2", "P3"])
ORDERS: dict[str, Rule[Any, Any]] = {
    "first": CaseOrder(id="x", tier=3, weight=300, scope=SOME),
    "last": CaseOrder(id="x", tier=3, weight=300, position="last", within="theatre", scope=SOME),
    "by age": CaseOrder(id="x", tier=3, weight=200, by_age=True),
}
SOFT = ORDERS | {
    "starts": Starts(id="x", tier=3, weight=60),
    "hours": CaseHours(id="x", tier=3, weight=40, moment="end", since=540, until=720, scope=DAY),
}
HARD = {
    "first": CaseOrder(id="x", scope=DAY),
    "last": CaseOrder(id="x", position="last", scope=DAY),
    "starts": Starts(id="x", most=1),
    "cleaning": Cleaning(id="x", minutes=40, scope=DAY),
    "hours": CaseHours(id="x", moment="end", until=780, scope=DAY),
}


def with_rule(rule: Rule[Any, Any], problem: Problem | None = None) -> Problem:
    """The small hospital with a rule more; what it has of the type and what is no sum is left out."""
    problem = without(problem or small(), "session_slack", rule.type)
    return replace(problem, rules=(*problem.rules, rule))


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] if name == "last" else []) for name in SOFT],
)
def test_what_a_block_saves_is_what_the_audit_finds(name: str) -> None:
    problem, careless = with_rule(SOFT[name]), with_rule(replace(SOFT[name], enabled=False))
    programme, draw = programme_of(problem, greedy(careless)), random.Random(1)
    ways = Neighbourhoods(Places(programme.ground)).ways()
    proven, broken = 0, [_units(problem, programme.plan())]
    for way in ("one_day", "six_sessions") * 5:
        block = ways[way](programme, draw)
        assert block is not None
        before = programme.judged()
        model = TimedModel(programme, block.cells, block.allowed)
        answer = model.solve(Limits(deterministic=0.06, seed=1))
        assert answer.found, "the plan at hand is a solution"
        programme.put(model.sub.cells, *model.answer(answer.solver.value))
        after = programme.judged()
        assert after.hard <= before.hard
        assert before.total is not None
        assert after.total is not None
        assert before.total - after.total >= model.before - answer.objective
        if answer.proven:
            proven += 1
            assert before.total - after.total == model.before - answer.objective, way
        broken.append(_units(problem, programme.plan()))
        if proven > 1 and len(set(broken)) > 1:
            break
    assert proven
    assert len(set(broken)) > 1, "nothing that the rule counts has changed: the test is idle"


def _units(problem: Problem, plan: Plan) -> int:
    return sum(e.breach.amount for e in judged(problem, plan).judged if e.rule.id == "x")


@pytest.mark.parametrize("name", HARD)
def test_a_list_keeps_what_is_hard_at_once(name: str) -> None:
    problem = with_rule(HARD[name])
    plan = greedy(problem)
    assert not [each for each in judged(problem, plan).hard if each.rule.id == "x"]
    usual = greedy(with_rule(replace(HARD[name], enabled=False)))
    assert len(list(plan.placements)) > 0.7 * len(list(usual.placements))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in ("first", "cleaning") else [pytest.mark.long])
        for name in HARD
    ],
)
def test_a_search_keeps_what_is_hard(name: str) -> None:
    problem = with_rule(HARD[name])
    result, _ = solved(problem, budget=Budget(effort=0.05))
    assert result.score is not None
    assert result.score.hard == 0
    usual, _ = solved(with_rule(replace(HARD[name], enabled=False)), budget=Budget(effort=0.05))
    assert [each for each in judged(problem, usual.plan).hard if each.rule.id == "x"]


def test_a_list_prefers_what_is_soft() -> None:
    rule = ORDERS["first"]
    problem, careless = with_rule(rule), with_rule(replace(rule, enabled=False))
    assert _units(problem, greedy(problem)) < _units(problem, greedy(careless))


def reversed_session() -> tuple[Problem, Plan, Any]:
    """The longest session of the greedy plan from its last case to its first, and an order."""
    plan = greedy(with_rule(CaseOrder(id="x", enabled=False)))
    session = max(plan.sessions, key=len)
    rule = CaseOrder(id="x", scope=Scope.of(case=[session[0].case]))
    problem = with_rule(rule)
    programme = programme_of(problem, plan)
    option = programme.ground.space.options_of(session[0].case)[0]
    end = max((p.start or 0) for p in session) + 300
    others = [p for p in plan.placements if p.case != session[0].case]
    assert option.minutes < 300
    return problem, Plan.build([*others, session[0]._replace(start=end)]), session


def test_a_case_that_is_out_of_order_comes_back_or_is_dropped() -> None:
    problem, plan, session = reversed_session()
    wrong = programme_of(problem, plan)
    assert [each for each in judged(problem, plan).hard if each.rule.id == "x"]
    free = cells(wrong, *(p.case for p in session))
    model = TimedModel(wrong, free, np.zeros(wrong.ground.compiled.slots, bool))
    answer = model.solve(Limits(deterministic=0.2))
    assert answer.found
    wrong.put(model.sub.cells, *model.answer(answer.solver.value))
    assert not [each for each in judged(problem, wrong.plan()).hard if each.rule.id == "x"]


def test_what_is_fixed_out_of_order_leaves_the_rest_solvable() -> None:
    problem, plan, session = reversed_session()
    wrong = programme_of(problem, plan)
    before = judged(problem, plan)
    free = cells(wrong, session[-1].case)
    model = TimedModel(wrong, free, np.zeros(wrong.ground.compiled.slots, bool))
    answer = model.solve(Limits(deterministic=0.2))
    assert answer.found
    wrong.put(model.sub.cells, *model.answer(answer.solver.value))
    assert judged(problem, wrong.plan()).score.hard <= before.score.hard


def test_a_waiver_lets_so_many_cases_be_out_of_order() -> None:
    problem, plan, session = reversed_session()
    waiver = Waiver(
        rule="x",
        subjects=frozenset({session[0].session}),
        first=0,
        last=problem.horizon.last,
        most=1,
        reason="agreed",
        author="chef",
        made=date(2026, 10, 1),
    )
    programme = programme_of(problem, plan, waivers=(waiver,))
    free = cells(programme, session[0].case)
    model = TimedModel(programme, free, np.zeros(programme.ground.compiled.slots, bool))
    answer = model.solve(Limits(deterministic=0.2))
    slots, _ = model.answer(answer.solver.value)
    assert slots[0] != programme.ground.layout.out[free[0]], "it may stay where it is"


def list_of(rule: Rule[Any, Any], cases: list[dict[str, Any]]) -> dict[str, int | None]:
    """The starts that a list gives to the cases of a morning A and an afternoon B of one theatre."""
    sessions = [{"id": "A", "end": "12:00"}, {"id": "B", "start": "12:00"}]
    table = {"sessions": sessions, "cases": cases}
    shown = TheatreExample(rule=rule.id, table=table, accepts=True)
    problem, plan = theatre_situation(rule, shown)
    rules = [rule, RoomOverlap(id="T01"), InSession(id="T02")]
    clocks = Clocks(problem, facts(problem), rules, ())
    return {placement.case: placement.start for placement in listed(clocks, plan.placements)}


def test_the_first_of_a_theatre_s_day_is_left_out_after_others() -> None:
    first = CaseOrder(id="x", within="theatre", scope=Scope.of(flag=["latex"]))
    row: dict[str, Any] = {"minutes": 60, "flags": []}
    latex: dict[str, Any] = row | {"id": "K2", "flags": ["latex"]}
    usual = row | {"id": "K1", "in": "A"}
    assert list_of(first, [usual, latex | {"in": "A"}]) == {"K2": 480, "K1": 540}
    assert list_of(first, [usual, latex | {"in": "A", "start": "10:00"}]) == {"K2": 600, "K1": 660}
    assert list_of(first, [usual, latex | {"in": "B"}]) == {"K1": 480}
    assert list_of(first, [usual | {"in": "B"}, latex | {"in": "B"}]) == {"K2": 720, "K1": 780}


def test_the_last_of_a_theatre_s_day_waits_for_the_others() -> None:
    last = CaseOrder(id="x", position="last", within="theatre", scope=Scope.of(flag=["latex"]))
    row: dict[str, Any] = {"minutes": 60, "flags": []}
    cases = [row | {"id": "K1", "in": "B", "flags": ["latex"]}, row | {"id": "K2", "in": "B"}]
    assert list_of(last, cases) == {"K2": 720, "K1": 780}
    early = row | {"id": "K1", "in": "B", "flags": ["latex"], "start": "08:00"}
    assert list_of(last, [early, row | {"id": "K2", "in": "B"}]) == {"K1": 480}


def test_a_soft_rule_without_weight_binds_nothing() -> None:
    """It used to be taken for a hard one, since its price is 0 too."""
    problem = small()
    session = max(greedy(problem).sessions, key=len)
    known = facts(problem)
    choices = [
        Choice(n, known.cases[p.case], known.sessions[p.session], p.surgeon, 60, 0)
        for n, p in enumerate(session)
    ]
    for rule, groups in ((RoomOverlap(id="x"), 1), (RoomOverlap(id="x", tier=4, weight=0), 0)):
        clock = Clocks(problem, known, [rule], ()).day(choices[0].session.day, choices)
        assert len(clock.groups) == groups
