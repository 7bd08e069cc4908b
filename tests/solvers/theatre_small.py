"""A small theatre problem at hand, and the pieces of the engine on it."""

import dataclasses
from functools import cache
from typing import Any

import numpy as np
from demo_hospitals import generate

from planner.plan import Plan
from planner.problem import Problem
from planner.rules.theatre_space import TheatreSpace
from planner.runs import Budget, Event, Improved, SolveRequest, SolveResult
from planner.score import Judgement, judge
from solvers.budget import Meter, allow
from solvers.desk import Desk
from solvers.engine import solve
from solvers.rows import compile as rows_compile
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from solvers.theatre.programme import Ground, Programme

EMPTY = Plan()


@cache
def small() -> Problem:
    """The small demo hospital with its theatres alone."""
    return dataclasses.replace(generate("small", 1), staff=(), histories=(), cover=())


def without(problem: Problem, *types: str) -> Problem:
    """Give a problem without the rules of some types."""
    kept = tuple(rule for rule in problem.rules if rule.type not in types)
    return dataclasses.replace(problem, rules=kept)


@cache
def greedy(problem: Problem) -> Plan:
    """Give the greedy plan of a problem."""
    clocks = Clocks(problem, TheatreSpace(problem).facts, rules_of(problem), ())
    return Plan.build(listed(clocks, first_plan(problem, ())))


def rules_of(problem: Problem) -> list[Any]:
    """Give the theatre rules in force."""
    return [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]


def judged(problem: Problem, plan: Plan, waivers: tuple[Any, ...] = ()) -> Judgement:
    """Audit the theatre part of a plan."""
    return judge(problem, plan, waivers, parts=("theatre",))


def desk_of(request: SolveRequest) -> Desk:
    """Give a desk that nobody listens to."""
    return Desk(request, "theatre", allow(request.budget, Meter()), lambda _: None, lambda: False)


def programme_of(problem: Problem, plan: Plan, **request: Any) -> Programme:
    """Give a plan under search."""
    asked = SolveRequest(problem=problem, plan=plan, budget=Budget(effort=1), **request)
    space = TheatreSpace(problem, plan.placements)
    rules = rules_of(problem)
    ground = Ground(desk_of(asked), space, rows_compile.compile(space, rules), rules)
    return Programme(ground, plan)


def cells(programme: Programme, *cases: str) -> Any:
    """Give the cells of some cases."""
    where = programme.ground.space.cell_of
    return np.array(sorted(where[case] for case in cases), np.int32)  # type: ignore[index]  # ids are texts


def solved(problem: Problem, plan: Plan = EMPTY, **request: Any) -> tuple[SolveResult, list[Event]]:
    """Solve the theatres of a problem by a few counts, unless told otherwise; give what was said too."""
    request.setdefault("budget", Budget(effort=0.05))
    events: list[Event] = []
    asked = SolveRequest(problem=problem, plan=plan, parts=("theatre",), **request)
    return solve(asked, events.append), events


def shown(events: list[Event]) -> list[Improved]:
    """Give the plans shown."""
    return [event for event in events if isinstance(event, Improved)]
