"""A view that shares with that of other facts says what one made anew says."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from demo_hospitals import generate

from planner.live import difference, few
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre.teaching import Teaching
from planner.view import TheatreView


@cache
def hospital() -> tuple[Problem, Plan]:
    """A demo hospital whose cases are trainees', and a plan at random."""
    problem, rng = generate("small", 1), random.Random(1)
    cases = tuple(replace(each, trainee=True) for each in problem.cases)
    problem = replace(
        problem, cases=cases, rules=(*problem.rules, Teaching(id="taught", longer=80))
    )
    surgeons = [surgeon.id for surgeon in problem.surgeons]
    placements = [
        Placement(case.id, session.id, rng.choice(surgeons), session.start + 5 * rng.randrange(90))
        for case in cases
        for session in rng.sample(problem.sessions, 1)
        if rng.random() < 0.6
    ]
    return problem, Plan.build(placements)


def longer(problem: Problem) -> Problem:
    first, *others = problem.cases
    return replace(problem, cases=(replace(first, mean=first.mean + 60), *others))


def later(problem: Problem) -> Problem:
    first, *others = problem.sessions
    return replace(problem, sessions=(replace(first, end=first.end + 45), *others))


def slower(problem: Problem) -> Problem:
    surgeons = (replace(each, pace=each.pace + 20) for each in problem.surgeons)
    return replace(problem, surgeons=tuple(surgeons))


def untaught(problem: Problem) -> Problem:
    return replace(problem, rules=tuple(each for each in problem.rules if each.id != "taught"))


def fewer(problem: Problem) -> Problem:
    return replace(problem, cases=problem.cases[1:], sessions=problem.sessions[1:])


CHANGES = (longer, later, slower, untaught, fewer)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_shared_is_what_is_made_anew(change: Callable[[Problem], Problem]) -> None:
    problem, plan = hospital()
    like = TheatreView(problem, plan)
    for session in problem.sessions:
        like.latest(session)
    other = change(problem)
    moved = Plan.build([*plan.placements][1:])
    for there in (plan, moved):
        anew, shared = TheatreView(other, there), TheatreView(other, there, like=like)
        assert list(shared.all_placed()) == list(anew.all_placed())
        assert all(shared.where(case.id) == anew.where(case.id) for case in problem.cases)
        for session in other.sessions:
            assert shared.latest(session) == anew.latest(session)


def test_untouched_sessions_are_shared() -> None:
    problem, plan = hospital()
    like = TheatreView(problem, plan)
    shared = TheatreView(longer(problem), plan, like=like)
    kept = [s for s in problem.sessions if like.inside(s) and shared.inside(s) is like.inside(s)]
    full = [s for s in problem.sessions if like.inside(s)]
    assert len(kept) == len(full) - (like.where(problem.cases[0].id) is not None)
    assert kept


def test_placements_that_stand_twice_are_counted_twice() -> None:
    one = Placement("K1", "A", "X", 480)  # type: ignore[arg-type]
    other = Placement("K2", "A", "X", 540)  # type: ignore[arg-type]
    twice, once = Plan(sessions=((one, one, other),)), Plan(sessions=((one, other),))
    assert difference(twice, once).placements == (one,)
    assert difference(once, twice).placements == (one,)
    assert difference(once, Plan(sessions=((one,),))).placements == (other,)
    assert few(twice, once)
    many = Plan(sessions=(tuple(one._replace(case=f"K{n}") for n in range(61)),))  # type: ignore[arg-type]
    assert not few(many, Plan())
    assert few(Plan(sessions=(many.sessions[0][:60],)), Plan())
