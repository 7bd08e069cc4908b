"""Random events of every kind: what no answer may do, whatever happens."""

import random
from collections import Counter
from functools import cache

import pytest
from demo_hospitals import generate
from repair_events import KINDS, drawn, faults_of

from planner.plan import Plan
from planner.problem import Problem
from planner.runs import Budget, SolveRequest
from solvers.engine import solve
from solvers.theatre.repair import repair
from solvers.theatre.repair_space import bare


@cache
def planned(size: str, effort: float) -> tuple[Problem, Plan]:
    """A demo hospital with a plan that was found in little time."""
    problem = bare(generate(size, 1))
    request = SolveRequest(problem=problem, parts=("theatre",), budget=Budget(effort=effort))
    return problem, solve(request).plan


def answer_events(
    size: str, effort: float, kind: str, many: int, seconds: float = 2.0
) -> Counter[str]:
    """Answer random events; give how many answers moved, bumped or added somebody."""
    problem, plan = planned(size, effort)
    request, draw = SolveRequest(problem=problem, plan=plan), random.Random(11)
    seen: Counter[str] = Counter()
    for _ in range(many):
        event, moment = drawn(problem, plan, kind, draw)
        found = repair(request, event, moment, seconds=seconds)
        assert list(faults_of(request, found)) == [], (event.words, moment)
        best = found.answers[0]
        seen["answered"] += best.reach != "nothing"
        seen["added"] += len(best.added)
        seen["bumped"] += len(best.bumped)
        seen["moved"] += len(best.moves)
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_random_events_on_a_small_hospital(kind: str) -> None:
    answer_events("small", 0.1, kind, 2, seconds=1.0)


@pytest.mark.long
@pytest.mark.parametrize("size", ["mid", "chu"])
@pytest.mark.parametrize("kind", KINDS)
def test_twenty_random_events(kind: str, size: str) -> None:
    seen = answer_events(size, 1.0, kind, 20)
    assert seen["answered"]
    assert kind not in ("cancel", "emergency") or seen["added"]
