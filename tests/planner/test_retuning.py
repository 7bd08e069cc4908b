"""Judging again after an edit of rules: the same answer as judging anew."""

import dataclasses
from typing import Any

import pytest
from demo_hospitals import generate

from planner.kpis.contract import Outcome
from planner.people import ShiftId
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.retuning import alike, retuned
from planner.rules.contract import Rule
from planner.score import judge


@pytest.fixture(scope="module")
def problem() -> Problem:
    return generate("small", 1)


@pytest.fixture(scope="module")
def known(problem: Problem) -> Outcome:
    """Many people work every day: plenty of breaches."""
    duties = [Duty(person.id, day, ShiftId("J9")) for person in problem.staff for day in range(10)]
    return Outcome(problem, Plan.build(duties=duties))


def with_rule(problem: Problem, id: str, **values: Any) -> Problem:
    def other(rule: Rule[Any, Any]) -> Rule[Any, Any]:
        return dataclasses.replace(rule, **values) if rule.id == id else rule

    return problem.with_records("rule", tuple(other(rule) for rule in problem.rules))


@pytest.mark.parametrize(
    ("id", "values"),
    [
        ("FR04", {"most": 2400}),
        ("FR04", {"tier": 2, "weight": 3}),
        ("FR04", {"enabled": False}),
        ("run_work", {"most": 3}),
        ("T12", {"tier": 1}),
    ],
)
def test_other_parameters(known: Outcome, id: str, values: dict[str, Any]) -> None:
    problem = with_rule(known.problem, id, **values)
    found = retuned(known, problem, known.plan, ())
    assert found is not None
    assert found.judgement == judge(problem, known.plan)


def test_rules_come_and_go(known: Outcome) -> None:
    twin = dataclasses.replace(known.problem.rules[-1], id="twin", least=3)  # type: ignore[call-arg]  # its parameter
    rules = tuple(rule for rule in known.problem.rules if rule.id != "FR05")
    problem = known.problem.with_records("rule", (*rules, twin))
    found = retuned(known, problem, known.plan, ())
    assert found is not None
    assert found.judgement == judge(problem, known.plan)
    assert any(each.rule.id == "twin" for each in found.judgement.judged)


def test_other_facts_are_judged_anew(known: Outcome, problem: Problem) -> None:
    fewer = problem.with_records("staff", problem.staff[1:])
    assert retuned(known, fewer, known.plan, ()) is None
    assert retuned(known, problem, Plan(), ()) is None
    assert not alike(problem, with_rule(problem, "T08", tier=2))
