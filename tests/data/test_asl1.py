"""ASL1 instances: our score of a plan is what a second evaluator counts, in both readings."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from data.importing import Imported, catalogue
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.score import judge

TESTS = Path(__file__).parent.parent
MINI = TESTS / "samples" / "asl1.lp"
READINGS = ("as_encoded", "specialty")


@pytest.fixture(scope="module")
def evaluator(evaluator_of: Callable[[str], Any]) -> Any:
    return evaluator_of("asl1")


def read(path: Path, reading: str = "as_encoded") -> Imported:
    imported = catalogue()["asl1"].read(path, reading=reading)
    assert imported.faults == ()
    return imported


def problem_of(path: Path, reading: str = "as_encoded") -> Problem:
    problem = read(path, reading).problem
    assert problem is not None
    return problem


def agree(evaluator: Any, path: Path, reading: str, plan: Plan, out: Path) -> tuple[Any, set[str]]:
    """Write a plan, have it judged by both, and give the vector and the rules broken."""
    problem = problem_of(path, reading)
    form = catalogue()["asl1"].solution
    assert form is not None
    form.write_solution(problem, plan, out)
    assert form.read_solution(problem, out) == plan
    vector, wrong = evaluator.evaluate(path, out, reading)
    judged = judge(problem, plan)
    assert judged.score.tiers == (*vector, 0)
    assert judged.score.total is None
    assert bool(judged.hard) == bool(wrong), wrong
    return vector, {each.rule.id for each in judged.hard}


def placed(words: str) -> Plan:
    """Read `1 ROOM-2 1, …`: case, room and day."""
    found = []
    for each in words.split(",") if words else ():
        case, room, day = each.split()
        found.append(Placement(case, f"{room} {day}"))
    return Plan.build(found)


@pytest.mark.parametrize(
    ("words", "reading", "vector", "broken"),
    [
        ("1 ROOM-1-(A) 1", "as_encoded", (2, 1, 1), set()),
        ("1 ROOM-1-(A) 1,3 ROOM-2 1,4 ROOM-2 1", "specialty", (1, 0, 1), set()),
        ("", "as_encoded", (2, 1, 1), {"P1"}),
        ("1 ROOM-2 1,3 ROOM-2 1", "as_encoded", (1, 1, 1), {"minutes"}),  # 301 of 300 minutes
        ("1 ROOM-2 1", "as_encoded", (2, 1, 1), set()),
        ("1 ROOM-2 1", "specialty", (2, 1, 1), {"master plan"}),
        ("1 ROOM-2 2,2 ROOM-1-(A) 1", "as_encoded", (1, 1, 1), {"beds"}),  # two beds on day 1
        ("1 ROOM-2 1,4 ROOM-2 1,5 ROOM-2 2", "as_encoded", (2, 0, 0), set()),  # flag 1: no bed
    ],
)
def test_hand_made_plans(
    words: str, reading: str, vector: Any, broken: set[str], evaluator: Any, tmp_path: Path
) -> None:
    found = agree(evaluator, MINI, reading, placed(words), tmp_path / "out.csv")
    assert found == (vector, broken)


def test_the_mini_instance_becomes_a_problem_without_clock() -> None:
    problem = problem_of(MINI)
    assert not problem.clock
    assert problem.order == "strict"
    assert problem.horizon.days == 4  # from day −1, the first with beds; there is no day 0
    assert {s.id: (s.day, s.by_clock) for s in problem.sessions} == {
        "ROOM-1-(A) 1": (2, 300),
        "ROOM-1-(A) 2": (3, 300),
        "ROOM-2 1": (2, 300),
        "ROOM-2 2": (3, 300),
    }
    case = problem.cases[0]
    assert (case.mean, case.unattended, case.ward) == (120, True, "1")
    assert (case.nights_before, case.nights) == (1, 2)
    assert [case.ward for case in problem.cases[2:]] == [None, None, None]


@pytest.mark.parametrize("hospital", ["Bordighera", "Sanremo", "Imperia"])
@pytest.mark.parametrize("reading", READINGS)
def test_the_week_that_each_hospital_had(
    hospital: str, reading: str, bench: Callable[[str], Path], evaluator: Any, tmp_path: Path
) -> None:
    path = bench(f"theatre/asl1/Replicate/{hospital}/input.lp")
    imported = read(path)
    assert {pin.id for pin in imported.pins} == {p.case for p in imported.plan.placements}
    vector, broken = agree(evaluator, path, reading, imported.plan, tmp_path / "out.csv")
    assert vector == (0, 0, 0)
    stranger = hospital == "Sanremo" and reading == "specialty"  # its case 22
    assert broken == ({"master plan"} if stranger else set())


@pytest.mark.parametrize("hospital", ["Bordighera", "Sanremo", "Imperia"])
@pytest.mark.parametrize("reading", READINGS)
def test_random_plans(
    hospital: str, reading: str, bench: Callable[[str], Path], evaluator: Any, tmp_path: Path
) -> None:
    path = bench(f"theatre/asl1/OPT1/{hospital}/input3.lp")
    problem = problem_of(path, reading)
    chance = Random(hospital)
    sessions = [session.id for session in problem.sessions]
    for share in (0.1, 0.5, 1.0):
        placements = [
            Placement(case.id, chance.choice(sessions))
            for case in problem.cases
            if chance.random() < share
        ]
        agree(evaluator, path, reading, Plan.build(placements), tmp_path / "out.csv")
