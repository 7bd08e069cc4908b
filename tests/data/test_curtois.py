"""Curtois instances: our score of a roster is its published cost, and a second evaluator agrees."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from data.importing import catalogue
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.score import judge

TESTS = Path(__file__).parent.parent
MINI = TESTS / "samples" / "curtois.txt"
REFERENCES = {
    "Instance1": 608,
    "Instance2": 845,
    "Instance4": 1733,
    "Instance6": 2192,
    "Instance8": 2734,
    "Instance9": 442,
}


@pytest.fixture(scope="module")
def evaluator(evaluator_of: Callable[[str], Any]) -> Any:
    return evaluator_of("curtois")


def problem_of(path: Path) -> Problem:
    imported = catalogue()["curtois"].read(path)
    assert imported.faults == ()
    assert imported.problem is not None
    return imported.problem


def solution() -> Any:
    return catalogue()["curtois"].solution


def roster(words: str) -> Plan:
    """Read `A: E E L - …`, a line a person, a word a day."""
    duties = []
    for line in words.strip().splitlines():
        person, _, days = line.strip().partition(":")
        duties += [Duty(person, d, shift) for d, shift in enumerate(days.split()) if shift != "-"]
    return Plan.build((), duties)


LEGAL = """
A: - - E E E L L - - L L L - -
B: E E L L - - - E E E E - - -
C: L L L - - - - L L L - - L L
"""


@pytest.mark.parametrize("name", REFERENCES)
def test_reference_rosters_score_their_published_cost(
    name: str, bench: Callable[[str], Path], evaluator: Any, tmp_path: Path
) -> None:
    instance = bench(f"curtois/instances/{name}.txt")
    path = bench(f"curtois/rosters/{name}_{REFERENCES[name]}.csv")
    problem = problem_of(instance)
    plan = solution().read_solution(problem, path)
    judged = judge(problem, plan)
    assert judged.hard == ()
    assert judged.score.total == REFERENCES[name]
    assert evaluator.evaluate(instance, path) == (REFERENCES[name], [])
    solution().write_solution(problem, plan, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == path.read_text().replace("\r\n", "\n")


def test_the_mini_instance_becomes_a_problem() -> None:
    problem = problem_of(MINI)
    assert (problem.horizon.days, problem.horizon.start.weekday()) == (14, 0)
    assert [(s.id, s.minutes) for s in problem.shifts] == [("E", 480), ("L", 480)]
    assert [sorted(person.shifts) for person in problem.staff] == [[], [], ["L"]]
    assert [(a.person, a.first) for a in problem.absences] == [("A", 0), ("C", 5), ("C", 6)]
    assert len(problem.cover) == 28
    assert not problem.histories  # days outside the horizon are unknown


@pytest.mark.parametrize(
    ("words", "broken"),
    [
        (LEGAL, set()),
        (LEGAL.replace("A: - -", "A: E -"), {"days off"}),
        (LEGAL.replace("A: - - E E E L", "A: - - E E L E"), {"E after L"}),
        (LEGAL.replace("B: E E L L - - - E", "B: E E L L - - E -"), {"run 2 5"}),
        (LEGAL.replace("C: L L L", "C: E L L"), {"allowed shifts"}),
        (
            LEGAL.replace("L L - - L L L - -", "L L L L L L L L -"),
            {"run 2 5", "weekends 1", "minutes 2400 4320"},
        ),
        ("A: - -\nB: -\nC: -", {"minutes 2400 4320", "minutes 1440 4320"}),
    ],
)
def test_hand_made_rosters_are_judged_as_the_second_evaluator_does(
    words: str, broken: set[str], evaluator: Any, tmp_path: Path
) -> None:
    problem, plan = problem_of(MINI), roster(words)
    solution().write_solution(problem, plan, tmp_path / "out.csv")
    price, wrong = evaluator.evaluate(MINI, tmp_path / "out.csv")
    judged = judge(problem, plan)
    assert judged.score.total == price
    assert bool(judged.hard) == bool(wrong)
    assert broken <= {each.rule.id for each in judged.hard}


def test_blocks_at_the_edges_are_never_too_short() -> None:
    """One day off at each edge is fine, the same block of one inside is not."""
    problem = problem_of(MINI)
    problem = replace(problem, rules=tuple(r for r in problem.rules if r.type == "rest_run"))
    edges = roster("A: - E E - - E E - - E E E E -")
    assert judge(problem, edges).hard == ()
    inside = roster("A: - E E - E E E - - E E E E -")
    assert [each.breach.amount for each in judge(problem, inside).hard] == [1]


@pytest.mark.parametrize("seed", range(20))
def test_random_rosters_cost_the_same_twice(seed: int, evaluator: Any, tmp_path: Path) -> None:
    problem, chance = problem_of(MINI), Random(seed)
    duties = [
        Duty(person.id, day, chance.choice(problem.shifts).id)
        for person in problem.staff
        for day in range(14)
        if chance.random() < 0.6
    ]
    plan = Plan.build((), duties)
    solution().write_solution(problem, plan, tmp_path / "out.csv")
    price, wrong = evaluator.evaluate(MINI, tmp_path / "out.csv")
    judged = judge(problem, plan)
    assert judged.score.total == price
    assert len({each.breach.about.subjects for each in judged.hard}) == len(
        {words.partition(":")[0].split()[0] for words in wrong}
    )


def test_two_shifts_on_one_day_are_a_hard_breach() -> None:
    problem = problem_of(MINI)
    plan = roster(LEGAL).with_duties([*roster(LEGAL).duties, Duty("A", 2, "L")])
    assert "one shift a day" in {each.rule.id for each in judge(problem, plan).hard}
