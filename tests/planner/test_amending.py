"""Fields set once more: one change a field, and none where the inherited value is back."""

import datetime as dt

import pytest

from planner.amending import Amend
from planner.changes import ChangeSet, Set
from planner.clock import Horizon
from planner.edits import Branch, EditRefusedError
from planner.packs import load
from planner.problem import Problem
from planner.study import BASE, Study


@pytest.fixture
def study() -> Study:
    horizon = Horizon(start=dt.date(2026, 6, 1), days=14)
    base = Problem(horizon=horizon, as_of=horizon.start, rules=load("fr_fph").rules)
    return Branch(parent=BASE, name="child").apply(Study(id="s", name="s", base=base))


def least(minutes: int, scenario: str = "child", id: str = "FR06") -> Amend:
    change = Set(kind="rule", id=id, field="minutes", expected=None, value=minutes)
    return Amend(scenario=scenario, group=ChangeSet(name=f"{minutes}", changes=(change,)))


def rule(study: Study, scenario: str) -> int:
    found = next(rule for rule in study.problem(scenario).rules if rule.id == "FR06")
    return int(found.minutes)


def test_the_last_value_takes_the_place_of_the_one_before(study: Study) -> None:
    study = least(600).apply(least(660).apply(study))
    assert rule(study, "child") == 600
    (group,) = study.scenario("child").changes
    assert group.name == "600"
    assert group.changes[0].expected == 720  # what the parent has, not the value in between
    assert study.notes("child") == ()
    assert rule(study, BASE) == 720


def test_a_value_that_is_inherited_is_own_no_more(study: Study) -> None:
    study = least(720).apply(least(660).apply(study))
    assert study.scenario("child").changes == ()
    assert least(720).apply(study) == study


def test_in_the_base_the_field_itself_is_set(study: Study) -> None:
    study = least(660, scenario=BASE).apply(study)
    assert rule(study, BASE) == rule(study, "child") == 660
    assert study.scenario("child").changes == ()


def test_a_rule_that_is_not_there_is_refused(study: Study) -> None:
    with pytest.raises(EditRefusedError):
        least(660, id="none").apply(study)
