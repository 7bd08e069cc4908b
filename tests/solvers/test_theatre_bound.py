"""No legal plan costs less than the bound: held against the plans of drawn hospitals of four cases."""

import dataclasses
from collections.abc import Iterator
from itertools import combinations, permutations, product
from random import Random
from typing import Any, Final

import numpy as np
import pytest
from theatre_small import judged, rules_of, small, without

from planner.cases import Surgeon
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre_space import Option, TheatreSpace
from solvers.rows import compile as rows_compile
from solvers.rows.knapsack import (
    AGAIN,
    BIT,
    LENGTH,
    MOST,
    RISK,
    SLOPE,
    TURNOVER,
    VALUE,
    cheapest_sets,
)
from solvers.rows.weights import JUDGED, weigh
from solvers.theatre.bound import LowerBound

FEW: Final = 400
"""Schedules of a drawn hospital that are audited."""


def drawn(number: int) -> Problem:
    """Draw one day of one specialty: two or three short sessions, and up to four cases."""
    rng = Random(number)
    problem = small()
    owners = rng.choice(sorted({session.owners for session in problem.sessions}, key=sorted))
    mine = [session for session in problem.sessions if session.owners == owners]
    day = rng.choice(sorted({session.day for session in mine}))
    sessions = [
        dataclasses.replace(each, end=each.start + rng.choice((150, 240, 330)))
        for each in mine
        if each.day == day
    ]
    if rng.random() < 0.5:  # and one beside it, or after it in the same theatre
        one = sessions[0]
        if rng.random() < 0.5:
            other = next(t for t in problem.theatres if t.id != one.theatre)
            more = dataclasses.replace(one, id=f"{one.id}B", theatre=other.id)
        else:
            more = dataclasses.replace(one, id=f"{one.id}B", start=one.end, end=one.end + 150)
            sessions[0] = dataclasses.replace(one, overtime=0)
        sessions = [sessions[0], more]
    cases = [case for case in problem.cases if case.specialty in owners]
    rng.shuffle(cases)
    weights = rng.choice(({}, {"unscheduled": 3000}, {"room_change": 10, "surgeon_idle": 50}))
    return dataclasses.replace(
        problem,
        sessions=tuple(sessions),
        cases=tuple(cases[:4]),
        surgeons=problem.surgeons if rng.random() < 0.5 else _one_a_specialty(problem),
        rules=tuple(
            dataclasses.replace(rule, weight=weights.get(rule.type, rule.weight))
            for rule in problem.rules
        ),
    )


def _one_a_specialty(problem: Problem) -> tuple[Surgeon, ...]:
    return tuple({surgeon.specialty: surgeon for surgeon in problem.surgeons}.values())


def bounds_of(problem: Problem, broken: frozenset[str] = frozenset()) -> list[int]:
    """Give the bound of a problem after each piece of the work."""
    space, rules = TheatreSpace(problem), rules_of(problem)
    compiled = rows_compile.compile(space, rules)
    bound = LowerBound(space, compiled, weigh(compiled, kinds=JUDGED), rules, broken)
    return [value for value, _ in zip(bound.rounds(), range(200), strict=False)]


def schedules(problem: Problem) -> Iterator[Plan]:
    """Give plans with the cases in every order, each as early as can be, and with less waiting."""
    space = TheatreSpace(problem)
    for chosen in product(*([None, *space.options_of(case.id)] for case in problem.cases)):
        placed = [option for option in chosen if option is not None]
        for order in permutations(placed):
            starts = _early(order)
            if starts is None:
                continue
            yield _plan(order, starts)
            later = _closer(order, starts)
            if later != starts:
                yield _plan(order, later)


def _plan(order: tuple[Option, ...], starts: list[int]) -> Plan:
    both = zip(order, starts, strict=True)
    return Plan.build(Placement(o.case.id, o.session.id, o.surgeon, start) for o, start in both)


def _early(order: tuple[Option, ...]) -> list[int] | None:
    room: dict[Any, int] = {}
    free: dict[Any, int] = {}
    starts = []
    for option in order:
        session = option.session
        start = max(session.start, free.get(option.surgeon, 0))
        if session.theatre in room:
            start = max(start, room[session.theatre] + option.turnover)
        end = start + option.minutes
        if start >= session.end or end > session.end + session.overtime:
            return None
        room[session.theatre] = free[option.surgeon] = end
        starts.append(start)
    return starts


def _closer(order: tuple[Option, ...], starts: list[int]) -> list[int]:
    """Let each case begin as late as the cases after it in its theatre, and of its surgeon, allow."""
    found = list(starts)
    for k in range(len(order) - 1, -1, -1):
        one, latest = order[k], []
        for j in range(k + 1, len(order)):
            if order[j].session.theatre == one.session.theatre:
                latest.append(found[j] - order[j].turnover - one.minutes)
            elif order[j].surgeon == one.surgeon:
                latest.append(found[j] - one.minutes)
        if latest and all(order[j].session.id != one.session.id for j in range(k)):
            found[k] = max(found[k], min(latest))
    return found


def best_of(problem: Problem, rng: Random, few: int = FEW) -> int | None:
    """Give the least cost among legal plans: of all, or of as many as are audited."""
    plans = list(schedules(problem))
    rng.shuffle(plans)
    plans.sort(key=lambda plan: -sum(1 for _ in plan.placements))
    costs = [judged(problem, plan).score for plan in plans[:few]]
    legal = [score.total for score in costs if not score.breaches and score.total is not None]
    return min(legal, default=None)


def checked(number: int, few: int = FEW) -> tuple[int, int]:
    """Hold every bound of a drawn hospital against its best plan; give both."""
    problem = drawn(number)
    bounds, best = bounds_of(problem), best_of(problem, Random(number), few)
    assert best is not None
    assert bounds == sorted(bounds), number
    assert bounds[-1] <= best, number
    return bounds[-1], best


def test_no_legal_plan_costs_less_than_the_bound() -> None:
    """A bound that lay far below would be no good either: the two are a tenth apart in all."""
    found = [
        checked(number) for number in (0, 1, 3, 5, 6, 10, 13, 16, 18, 19, 20, 21, 22, 26, 28, 34)
    ]
    assert sum(bound for bound, _ in found) > 0.9 * sum(best for _, best in found)


def _by_hand(cases: int, rooms: int, **weights: int) -> Problem:
    """Give cases of one surgeon, and a long session in each of some theatres at the same time."""
    problem = dataclasses.replace(small(), surgeons=_one_a_specialty(small()))
    space = TheatreSpace(problem)
    one = next(s for s in problem.sessions if len(space.column(s).each_cell) >= cases)
    sessions = tuple(
        dataclasses.replace(one, id=f"{one.id}{room.id}", theatre=room.id, end=one.start + 480)
        for room in problem.theatres[:rooms]
    )
    return dataclasses.replace(
        problem,
        sessions=sessions,
        cases=tuple(space.cases[cell] for cell in space.column(one).each_cell[:cases]),
        rules=tuple(
            dataclasses.replace(rule, weight=weights.get(rule.type, rule.weight))
            for rule in problem.rules
        ),
    )


def test_a_surgeon_of_two_theatres_at_once_need_not_wait() -> None:
    """Changing theatres costs less here than the turnovers: she goes to and fro."""
    free = dict.fromkeys(("session_fill", "early_day_cases", "waiting", "half_day_start"), 0)
    problem = _by_hand(3, 2, room_change=10, surgeon_idle=500, unscheduled=9000, **free)
    best = best_of(problem, Random(1))
    assert best is not None
    assert bounds_of(problem)[-1] <= best


def test_a_session_may_be_used_to_its_last_minute() -> None:
    problem = _by_hand(2, 1, unscheduled=9000)
    (session,), options = problem.sessions, TheatreSpace(problem).options
    minutes = sum(option.minutes for option in options)
    minutes += min(option.turnover for option in options)  # the other lies outside
    exactly = dataclasses.replace(session, end=session.start + minutes - 30, overtime=30)
    problem = dataclasses.replace(problem, sessions=(exactly,))
    best = best_of(problem, Random(1))
    assert best is not None
    assert best < 9000 * 10  # both are placed
    assert bounds_of(problem)[-1] <= best


@pytest.mark.long
def test_no_plan_of_many_hospitals_costs_less_than_the_bound() -> None:
    for number in range(24, 124):
        checked(number, few=3000)


def test_a_rule_that_is_waived_takes_its_part_of_the_bound_away() -> None:
    problem = drawn(10)
    whole, without_rooms = (bounds_of(problem, frozenset(b))[-1] for b in ((), ("T01",)))
    assert without_rooms < whole
    assert bounds_of(without(problem, "needs_start"))[-1] < whole


def test_rows_alone_bound_a_problem_without_a_clock() -> None:
    problem = dataclasses.replace(drawn(5), clock=False)
    assert 0 < bounds_of(problem)[-1] <= bounds_of(drawn(5))[-1]


def test_a_hospital_that_nobody_can_use_costs_what_waits_and_what_stays_closed() -> None:
    problem = dataclasses.replace(drawn(0), surgeons=())
    nobody = judged(problem, Plan()).score
    assert bounds_of(problem) == [nobody.total]


def _sets(items: Any, costs: Any, most: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, len(items) + 1):
        for chosen in combinations(range(len(items)), size):
            if sum(items[j, LENGTH] for j in chosen) <= most:
                yield chosen


def _cost(chosen: tuple[int, ...], items: Any, costs: Any, lone: Any, spare: int, risk: int) -> Any:
    total, units, seen = 0.0, 0, 0
    for j in chosen:
        bit = int(items[j, BIT])
        total += costs[j, VALUE] + costs[j, SLOPE] * (units + items[j, TURNOVER] - spare)
        total += costs[j, AGAIN] if seen & bit else lone[0, bit.bit_length() - 1]
        total += risk * costs[j, RISK]
        seen, units = seen | bit, units + int(items[j, LENGTH])
    return units, total


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("number", range(4))
def test_the_cheapest_set_is_the_cheapest_of_all(number: int, *, exact: bool) -> None:
    rng, cap = np.random.default_rng(number), 18
    items = np.stack((1 << rng.integers(0, 3, 7), rng.integers(4, 9, 7), rng.integers(1, 4, 7)), 1)
    draws = (rng.normal(-20, 20, 7), *rng.integers(0, 9, (3, 7)).astype(float))
    costs, lone = np.stack(draws, 1), rng.normal(5, 5, (1, 3))
    late, short = (np.maximum(0.0, np.arange(40.0) - 14)[None] * 7, np.arange(-60.0, 20.0, 2)[None])
    spares = np.array([(0, s) for s in (np.unique(items[:, TURNOVER]) if exact else [3])])
    best, count = np.zeros(len(spares)), np.zeros(len(spares), np.int64)
    told = np.zeros((len(spares), MOST), np.int64)
    value, choice = np.zeros((2, 2, 8, 40)), np.zeros((2, 7, 2, 8, 40), np.uint8)
    given = (items, costs, np.array([0, 7]), lone, np.array([8]), np.array([cap]), late, short)
    cheapest_sets(*given, spares, exact, value, choice, best, told, count)
    for k, (_, spare) in enumerate(spares.tolist()):
        least: dict[tuple[int, int, int], float] = {}
        for chosen in _sets(items, costs, cap + spare):
            if exact and spare not in items[list(chosen), TURNOVER]:
                continue
            mask = int(np.bitwise_or.reduce(items[list(chosen), BIT]))
            for risk in (0, 1):
                units, cost = _cost(chosen, items, costs, lone, spare, risk)
                key = (mask, units, risk)
                least[key] = min(least.get(key, np.inf), cost)
        states = {(mask, units) for mask, units, _ in least}
        assert best[k] == pytest.approx(
            min(
                max(least[m, u, 0], least[m, u, 1] + short[0, u]) + late[0, max(0, u - spare)]
                for m, u in states
            )
        )
        assert len(set(told[k, : count[k]].tolist())) == count[k] > 0
