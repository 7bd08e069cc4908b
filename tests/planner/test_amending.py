"""Fields set once more: one change a field, and none where the inherited value is back."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from planner.amending import Amend, Stack, carried
from planner.changes import Add, Change, ChangeSet, Remove, Set, own_plain
from planner.clock import Horizon
from planner.edits import Branch, EditRefusedError, Switch
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


def amended(name: str, *changes: Change) -> Amend:
    return Amend(scenario="child", group=ChangeSet(name=name, changes=changes))


def rule_of(study: Study, scenario: str = BASE) -> Any:
    return next(rule for rule in study.problem(scenario).rules if rule.id == "FR06")


def rule(study: Study, scenario: str) -> int:
    return int(rule_of(study, scenario).minutes)


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


def test_groups_are_stacked_and_each_is_switched_by_itself(study: Study) -> None:
    """The later one counts; without it the earlier one does again (`scenario switch`)."""
    for minutes in (660, 600):
        change = Set(kind="rule", id="FR06", field="minutes", expected=None, value=minutes)
        group = ChangeSet(name="shorter", changes=(change,))
        study = Stack(scenario="child", group=group).apply(study)
    assert [each.name for each in study.scenario("child").changes] == ["shorter", "shorter (2)"]
    assert (rule(study, "child"), study.notes("child")) == (600, ())
    off = Switch(scenario="child", group="shorter (2)", enabled=False).apply(study)
    assert rule(off, "child") == 660
    again = Stack(scenario="child", group=group).apply(
        study
    )  # so already, by what may be switched off
    assert [each.name for each in again.scenario("child").changes][2:] == ["shorter (3)"]
    off = Switch(scenario="child", group="shorter (2)", enabled=False).apply(again)
    assert rule(off, "child") == 600
    plain = Set(kind="rule", id="FR06", field="tier", value=rule_of(study).tier)
    same = Stack(scenario="child", group=ChangeSet(name="same", changes=(plain,)))
    assert same.apply(study) == study, "it is so in the parent"
    on_base = Stack(scenario=BASE, group=group).apply(study)
    assert rule(on_base, BASE) == 600


def test_in_the_base_the_field_itself_is_set(study: Study) -> None:
    study = least(660, scenario=BASE).apply(study)
    assert rule(study, BASE) == rule(study, "child") == 660
    assert study.scenario("child").changes == ()


def test_a_rule_that_is_not_there_is_refused(study: Study) -> None:
    with pytest.raises(EditRefusedError):
        least(660, id="none").apply(study)


def test_a_record_that_the_scenario_has_added_goes_without_a_trace(study: Study) -> None:
    day = Add(kind="holiday", id="H", record=(("id", "H"), ("day", "2026-06-02")))
    study = amended("added", day).apply(study)
    named = Set(kind="holiday", id="H", field="name", expected="", value="Fête")
    study = amended("named", named).apply(study)
    assert study.problem("child").holidays[0].name == "Fête"
    gone = amended("gone", Remove(kind="holiday", id="H"))
    assert gone.apply(study).scenario("child").changes == ()
    with pytest.raises(EditRefusedError):  # nobody has it
        gone.apply(gone.apply(study))


def test_a_record_of_the_parent_goes_by_a_change(study: Study) -> None:
    study = amended("gone", Remove(kind="rule", id="FR06")).apply(least(660).apply(study))
    assert all(rule.id != "FR06" for rule in study.problem("child").rules)
    assert any(rule.id == "FR06" for rule in study.problem(BASE).rules)
    assert study.notes("child") == ()


def test_one_change_of_many_fields_takes_the_place_of_those_before(study: Study) -> None:
    study = least(660).apply(study)
    fields = (("minutes", 600), ("tier", 3), ("weight", 7))
    changes = (Set(kind="rule", id="FR06", field=field, value=value) for field, value in fields)
    study = amended("all", *changes).apply(study)
    (group,) = study.scenario("child").changes
    assert [change.field for change in group.changes] == ["minutes", "tier", "weight"]
    assert study.notes("child") == ()


@pytest.mark.parametrize("parent", [BASE, "child"])
def test_a_value_is_carried_to_the_parent(study: Study, parent: str) -> None:
    study = Branch(parent=parent, name="below").apply(study)
    study = least(660, scenario="below").apply(study)
    edit = carried(study, "below", "rule", "FR06", "minutes", "11 h")
    assert edit.touched == {parent, "below"}
    study = edit.apply(study)
    assert rule(study, parent) == rule(study, "below") == 660
    assert study.scenario("below").changes == ()
    assert [group.name for group in study.scenario("child").changes] == (
        ["11 h"] if parent == "child" else []
    )


def test_what_the_parent_has_not_cannot_be_carried(study: Study) -> None:
    day = Add(kind="holiday", id="H", record=(("id", "H"), ("day", "2026-06-02")))
    study = amended("added", day).apply(study)
    with pytest.raises(EditRefusedError):
        carried(study, "child", "holiday", "H", "day", "up").apply(study)


def test_no_two_groups_of_a_scenario_have_the_same_name(study: Study) -> None:
    for id in ("FR06", "FR04", "FR08"):
        change = Set(kind="rule", id=id, field="tier", value=3)
        study = amended("weaker", change).apply(study)
    names = [group.name for group in study.scenario("child").changes]
    assert names == ["weaker", "weaker (2)", "weaker (3)"]
    again = amended("weaker", Set(kind="rule", id="FR06", field="tier", value=2))
    assert [group.name for group in again.apply(study).scenario("child").changes] == [
        "weaker (2)",
        "weaker (3)",
        "weaker",
    ]


@pytest.mark.parametrize(
    ("field", "value"), [("as_of", "2026-06-05"), ("noon", 765), ("order", "strict")]
)
def test_a_field_of_the_study_itself_expects_what_the_parent_has(
    study: Study, field: str, value: str | int
) -> None:
    there = own_plain(study.base, field)
    change = Set(kind="problem", id="problem", field=field, expected=there, value=value)
    for edit in (Stack, Amend):
        group = ChangeSet(name=field, changes=(change,))
        after = edit(scenario="child", group=group).apply(study)
        assert after.notes("child") == ()
        assert own_plain(after.problem("child"), field) == value
        (kept,) = after.scenario("child").changes
        assert kept.changes == (change,)
        same = ChangeSet(name=field, changes=(dataclasses.replace(change, value=there),))
        assert edit(scenario="child", group=same).apply(study) == study
    up = carried(after, "child", "problem", "problem", field, "up").apply(after)
    assert own_plain(up.base, field) == value
    assert up.scenario("child").changes == ()
