"""INRC-II instances: our score of a roster is its published cost, and a second evaluator agrees."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from data.importing import catalogue
from planner.people import ShiftId, StaffId
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.score import judge

TESTS = Path(__file__).parent.parent
FOLDER = TESTS / "samples" / "inrc2"
MINI = FOLDER / "n003w2_0_0-1"
SHIFTS = {"E": "Early", "L": "Late", "N": "Night"}
TERMS = ("S1", "S2 shift", "S2 work", "S3", "S4", "S5", "S6", "S7")
REFERENCES = {
    "n005w4_0_1-2-3-3": ("n005w4/Solution_H_0-WD_1-2-3-3", (240, 195, 270, 330, 70, 60, 320, 210)),
    "n012w8_1_7-7-0-8-9-3-2-6": (
        "n012w8/Solution_H_1-WD_7-7-0-8-9-3-2-6",
        (600, 375, 300, 390, 130, 60, 1140, 810),
    ),
    "n021w4_0_5-4-1-2": ("n021w4/Solution_H_0-WD_5-4-1-2", (720, 195, 150, 30, 70, 0, 720, 420)),
    "n005w4_1_6-2-9-1": (
        "solutions/n005w4_1_6-2-9-1_1520",
        (390, 120, 0, 390, 40, 90, 280, 210),
    ),
    "n030w4_1_6-7-5-3": (
        "solutions/n030w4_1_6-7-5-3_1820",
        (420, 60, 60, 30, 110, 60, 900, 180),
    ),
    "n035w4_2_8-8-7-5": ("solutions/n035w4_2_8-8-7-5_1080", (270, 90, 30, 30, 130, 0, 380, 150)),
    "n050w4_0_7-2-7-2": ("solutions/n050w4_0_7-2-7-2_1315", (420, 15, 0, 0, 110, 30, 440, 300)),
    "n080w8_1_4-4-9-9-3-6-0-5": (
        "solutions/n080w8_1_4-4-9-9-3-6-0-5_3970",
        (300, 120, 30, 30, 240, 0, 2920, 330),
    ),
}
"""Rosters with what they cost: from the competition's own validator, but for the second and third."""


@pytest.fixture(scope="module")
def evaluator(evaluator_of: Callable[[str], Any]) -> Any:
    return evaluator_of("inrc2")


def problem_of(path: Path) -> Problem:
    imported = catalogue()["inrc2"].read(path)
    assert imported.faults == ()
    assert imported.problem is not None
    return imported.problem


def form() -> Any:
    return catalogue()["inrc2"].solution


def terms(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give what a plan costs by the constraints of the competition."""
    shifts = {shift.id.partition(" ")[0] for shift in problem.shifts}
    found = Counter(dict.fromkeys(TERMS, 0))
    for each in judge(problem, plan).judged:
        if each.rule.hard:
            continue
        name, _, of = each.rule.id.partition(" ")
        kind = f"{name} {'shift' if of in shifts else 'work'}" if name == "S2" else name
        found[kind] += each.cost
    return dict(found)


def broken(problem: Problem, plan: Plan) -> set[str]:
    return {each.rule.id.split()[0] for each in judge(problem, plan).hard}


def duty(nurse: str, day: int, shift: str, skill: str) -> Duty:
    return Duty(StaffId(nurse), day, ShiftId(f"{shift} {skill}"))


def roster(words: str) -> Plan:
    """Read `Anna: E E+ - L …`, a line a nurse, a word a day; a + is a head nurse's post."""
    duties = []
    for line in words.strip().splitlines():
        nurse, _, days = line.strip().partition(":")
        for day, word in enumerate(days.split()):
            if word != "-":
                skill = "HeadNurse" if word.endswith("+") else "Nurse"
                duties.append(duty(nurse, day, SHIFTS[word[0]], skill))
    return Plan.build((), duties)


# --- costs -------------------------------------------------------------------------------------


LARGE = "n080w8_1_4-4-9-9-3-6-0-5"


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] if name == LARGE else []) for name in REFERENCES],
)
def test_reference_rosters_cost_what_was_published(
    name: str, bench: Callable[[str], Path], evaluator: Any, tmp_path: Path
) -> None:
    place, wanted = REFERENCES[name]
    folder, instance = bench(f"inrc2/{place}"), bench(f"inrc2/{name.split('_')[0]}") / name
    told = folder / "roster.csv"
    rows = evaluator.read(told) if told.exists() else evaluator.official(folder)
    problem = problem_of(instance)
    plan = Plan.build((), [duty(nurse, day, s, skill) for nurse, day, s, skill in rows])
    assert broken(problem, plan) == set()
    assert terms(problem, plan) == dict(zip(TERMS, wanted, strict=True))
    assert judge(problem, plan).score.total == sum(wanted)
    assert evaluator.evaluate(instance, rows) == (terms(problem, plan), [])
    form().write_solution(problem, plan, tmp_path / "out.csv")
    assert form().read_solution(problem, tmp_path / "out.csv") == plan
    assert sorted(evaluator.read(tmp_path / "out.csv")) == sorted(rows)


NOBODY = {
    "S1": 120,  # 1 + 1 + 2 nurses
    "S2 shift": 15,  # Anna's night
    "S3": 960,  # 11 and 11 days above 3, and with the one before 10 above 5
    "S6": 180,  # 4, 4, and 1: Bea has worked once before
}


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("", {}),
        # both early shifts; the day off before was too short, of the 12 after it 7 are too many
        ("Bea: E E", {"S1": 60, "S3": 660 + 30 + 210, "S6": 160}),
        # late on Thursday; 3 days off, then 10
        ("Bea: - - L L", {"S4": 10, "S3": 660 + 150, "S6": 160}),
        # a fourth night, a fifth and a sixth day, Wednesday
        (
            "Anna: N N N",
            {"S2 shift": 15, "S2 work": 60, "S4": 10, "S3": 330 + 240 + 300, "S6": 20 + 80 + 20},
        ),
        # half a weekend with one night
        (
            "Cleo: - - - - - N",
            {"S2 shift": 30, "S2 work": 30, "S3": 330 + 60 + 150 + 300, "S4": 10, "S5": 30}
            | {"S6": 80 + 60 + 20},
        ),
        # two weekends where one is allowed; the second ends with the horizon
        ("Cleo: - - - - - L L - - - - - L L", {"S3": 330 + 120 + 300, "S6": 100, "S7": 30}),
        # the same where one of two allowed has been before
        ("Bea: - - - - - L L - - - - - L L", {"S3": 660 + 30, "S6": 160, "S7": 30}),
        # a lone last day is half a weekend, and never too short
        ("Cleo: - - - - - - - - - - - - - E", {"S5": 30, "S3": 330 + 300 + 300, "S6": 160}),
        # of a half-time contract neither half a weekend counts
        ("Bea: - - - - - - - - - - - - - E", {"S3": 660 + 30 * (14 - 5), "S6": 160}),
        # five days where four are left
        ("Bea: - - E E E - - E E", {"S3": 660, "S6": 160 + 20}),
        # both early shifts of a head nurse
        (
            "Anna: - - - - - - - E+ E+",
            {"S1": 90, "S3": 120 + 60 + 330 + 300, "S6": 40 + 80 + 20},
        ),
    ],
)
def test_hand_made_rosters_cost_what_was_reckoned(
    words: str, changed: dict[str, int], evaluator: Any, tmp_path: Path
) -> None:
    problem, plan = problem_of(MINI), roster(words)
    wanted = dict.fromkeys(TERMS, 0) | NOBODY | changed
    assert terms(problem, plan) == wanted
    form().write_solution(problem, plan, tmp_path / "out.csv")
    costs, wrong = evaluator.evaluate(MINI, evaluator.read(tmp_path / "out.csv"))
    assert costs == wanted
    assert bool(wrong) == bool(broken(problem, plan))


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("", {"H2"}),  # one head nurse on the second Monday
        ("Anna: - - - - - - - E+", set()),
        ("Anna: E\nCleo: E", {"H2", "H3"}),  # after the night before the horizon
        ("Cleo: - - - - - L E", {"H2", "H3"}),
        ("Bea: - - - - - - - E+", {"H4"}),
    ],
)
def test_hand_made_rosters_break_what_they_should(words: str, rules: set[str]) -> None:
    assert broken(problem_of(MINI), roster(words)) == rules


def test_two_shifts_on_one_day_are_a_hard_breach() -> None:
    plan = roster("Anna: - - - - - - - E+")
    twice = plan.with_duties([*plan.duties, duty("Anna", 7, "Late", "Nurse")])
    assert "H1" in broken(problem_of(MINI), twice)


def drawn(problem: Problem, chance: Random, share: float) -> Plan:
    """Draw a roster; seldom somebody works without the skill."""
    posts = [shift.id for shift in problem.shifts if " " in shift.id]
    duties = [
        Duty(
            person.id,
            day,
            chance.choice(posts if chance.random() < 0.05 else sorted(person.shifts)),
        )
        for person in problem.staff
        for day in range(problem.horizon.days)
        if chance.random() < share
    ]
    return Plan.build((), duties)


def same_twice(problem: Problem, plan: Plan, path: Path, evaluator: Any, out: Path) -> None:
    form().write_solution(problem, plan, out)
    costs, wrong = evaluator.evaluate(path, evaluator.read(out))
    assert terms(problem, plan) == costs
    judged = judge(problem, plan)
    assert judged.score.total == sum(costs.values())
    short = [each for each in judged.hard if each.rule.id == "H2"]
    assert len(judged.hard) == len(wrong)
    assert len(short) == sum("too few" in words for words in wrong)


@pytest.mark.parametrize("seed", range(20))
def test_random_rosters_cost_the_same_twice(seed: int, evaluator: Any, tmp_path: Path) -> None:
    problem, chance = problem_of(MINI), Random(seed)
    plan = drawn(problem, chance, chance.choice((0.2, 0.6, 0.9)))
    same_twice(problem, plan, MINI, evaluator, tmp_path / "out.csv")


@pytest.mark.parametrize(
    "name",
    [
        "n005w4_2_0-9-3-7",
        "n012w8_0_1-2-3-4-5-6-7-8",
        "n021w4_0_9-8-7-6",
        "n030w4_2_3-1-4-1",
        "n050w4_1_5-9-2-6",
    ],
)
def test_random_rosters_of_public_instances_cost_the_same_twice(
    name: str, bench: Callable[[str], Path], evaluator: Any, tmp_path: Path
) -> None:
    """Among them a past with more assignments than none, and one with too long a run."""
    path = bench(f"inrc2/{name.split('_')[0]}") / name
    plan = drawn(problem := problem_of(path), Random(name), 0.7)
    same_twice(problem, plan, path, evaluator, tmp_path / "out.csv")


# --- reading -----------------------------------------------------------------------------------


def test_the_mini_instance_becomes_a_problem() -> None:
    problem = problem_of(MINI)
    assert (problem.horizon.days, problem.horizon.start.weekday()) == (14, 0)
    posts = {"Early HeadNurse", "Late HeadNurse", "Night HeadNurse"}
    assert {s.id for s in problem.shifts} >= posts
    assert [sorted(person.shifts & posts) for person in problem.staff] == [sorted(posts), [], []]
    assert [contract.week for contract in problem.contracts] == [13 * 120, 7 * 120]
    (late,) = (shift for shift in problem.shifts if shift.id == "Late Nurse")
    assert (late.start, late.end, late.tags) == (840, 1320, frozenset({"work", "Late", "late"}))
    assert {history.id: history.past for history in problem.histories} == {
        "Anna": ("-", "Any", "Any", "Night"),  # a night, and two days of nobody knows what
        "Bea": ("Any", "-"),
        "Cleo": ("-", "Early", "Early"),
    }
    assert [(need.id, need.least, need.best) for need in problem.cover] == [
        ("Early Nurse 0", 0, 1),
        ("Early Nurse 1", 0, 1),
        ("Early HeadNurse 7", 1, 2),
    ]
    assert {rule.id for rule in problem.rules} >= {"S6 HalfTime after 1", "S7 HalfTime after 1"}


def test_a_folder_with_one_instance_is_that_instance() -> None:
    assert problem_of(FOLDER) == problem_of(MINI)
