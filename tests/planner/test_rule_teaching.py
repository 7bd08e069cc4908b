"""Trainees' cases: longer, everywhere that minutes are asked for, and with a surgeon who teaches."""

from dataclasses import replace
from typing import Any

import pytest
from theatre_tables import said, situation

from planner.facts import facts
from planner.forecast import course
from planner.problem import Problem
from planner.rules.contract import Rule, Scope, audit
from planner.rules.space import TheatreSpace
from planner.rules.theatre.session_slack import SessionSlack
from planner.rules.theatre.teaching import Teaching
from planner.view import TheatreView

RULE = Teaching(id="T38")
TEACHER = {"X1": {"teaches": True}}


def case(id: str = "K1", **more: Any) -> dict[str, Any]:
    return {"id": id, "in": "A", "minutes": 60, "trainee": True} | more


def test_a_trainee_operates_with_a_surgeon_who_teaches() -> None:
    assert said(RULE, cases=[case()], surgeons=TEACHER) == []
    assert said(RULE, cases=[case()]) == [("no_teacher", ("K1",), 1)]
    assert said(RULE, cases=[case(trainee=False)]) == []
    assert said(RULE, cases=[case(surgeon="")]) == []  # planned without anybody
    some = Teaching(id="t", scope=Scope.of(priority=["P2"]))
    assert said(some, cases=[case(), case("K2", priority="P2")]) == [("no_teacher", ("K2",), 1)]


def minutes(*rules: Rule[Any, Any], pace: int = 100, clock: bool = True) -> int:
    """Give the planned minutes of a trainee's case of 60 under some rules."""
    problem, _ = situation(RULE, cases=[case()])
    surgeons = tuple(replace(each, pace=pace) for each in problem.surgeons)
    problem = replace(problem, rules=rules, surgeons=surgeons, clock=clock)
    return facts(problem).minutes(problem.cases[0], "X1")


@pytest.mark.parametrize(
    ("rules", "pace", "expected"),
    [
        ((RULE,), 100, 75),
        ((), 100, 60),
        ((replace(RULE, enabled=False),), 100, 60),
        ((replace(RULE, longer=20),), 100, 75),  # 72, on the grid
        ((replace(RULE, longer=0),), 100, 60),
        ((RULE,), 80, 60),
        ((RULE,), 84, 65),  # 63
        ((RULE, Teaching(id="more", longer=50)), 100, 90),
        ((RULE, Teaching(id="more", longer=50, scope=Scope.of(priority=["P2"]))), 100, 75),
    ],
)
def test_a_trainee_takes_longer_as_the_rules_in_force_say(
    rules: tuple[Rule[Any, Any], ...], pace: int, expected: int
) -> None:
    assert minutes(*rules, pace=pace) == expected


def test_without_a_clock_minutes_are_rounded_once() -> None:
    assert minutes(RULE, pace=101, clock=False) == 76  # 75.75


def test_plans_options_and_cases_left_out_have_the_same_minutes() -> None:
    problem, plan = situation(RULE, cases=[case()], surgeons=TEACHER)
    (placed,) = TheatreView(problem, plan).all_placed()
    (option,) = TheatreSpace(problem).options
    assert placed.minutes == option.minutes == 75 == facts(problem).minutes(option.case, None)


def test_who_operates_herself_takes_her_usual_time() -> None:
    problem, _ = situation(RULE, cases=[case(trainee=False)])
    assert facts(problem).minutes(problem.cases[0], "X1") == 60


def test_a_hard_rule_leaves_only_teachers() -> None:
    def surgeons(of: Problem) -> list[str | None]:
        return [option.surgeon for option in TheatreSpace(of).options]

    problem, _ = situation(RULE, cases=[case(surgeon="X2")], surgeons=TEACHER)
    assert surgeons(problem) == ["X1"]
    soft = problem.with_records("rule", (replace(RULE, tier=3),))
    assert sorted(map(str, surgeons(soft))) == ["X1", "X2"]


def test_what_is_uncertain_grows_with_the_minutes() -> None:
    cases = [case(minutes=320, deviation=100)]  # 400 minutes, and ⌈0.52 × 125⌉ = 65 of slack
    problem, plan = situation(RULE, cases=cases, surgeons=TEACHER)
    slack = SessionSlack(id="T37", tier=2)
    assert [breach.facts["slack"] for breach in audit(slack, TheatreView(problem, plan))] == []
    tight = SessionSlack(id="T37", tier=2, beta=65)  # ⌈81.25⌉
    (found,) = audit(tight, TheatreView(problem, plan))
    assert (found.facts["used"], found.facts["slack"], found.amount) == (400, 82, 2)
    (step,) = course(TheatreView(problem, plan), 0)
    assert step.pace == 125
