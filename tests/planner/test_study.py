"""Scenarios inherit, go stale with a reason, and know what is broken."""

import dataclasses
import datetime as dt

import pytest

from planner.changes import ChangeSet, Set
from planner.edits import (
    AdoptPlan,
    Branch,
    Delete,
    EditRefusedError,
    Publish,
    Record,
    SetPins,
    Switch,
    Waive,
)
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.study import Pin, Study, UnknownScenarioError

SHORTER = Set(kind="session", id="A", field="end", expected="16:30", value="15:00")
LONGER = Set(kind="session", id="A", field="end", expected="16:30", value="18:00")
PLAN = Plan.build([Placement("K1", "A", "X1", 480)], [Duty("I1", 0, "D")])


@pytest.fixture
def study(problem: Problem) -> Study:
    """A base with a plan, a child with a change, and a grandchild."""
    made = Study(id="s", base=problem)
    for edit in (
        AdoptPlan(scenario="base", plan=PLAN),
        Branch(parent="base", name="short"),
        Record(scenario="short", group=ChangeSet(name="shorter", changes=(SHORTER,))),
        Branch(parent="short", name="both"),
    ):
        made = edit.apply(made)
    return made


def end(study: Study, name: str) -> int:
    return study.problem(name).sessions[0].end


def test_a_child_inherits_and_the_base_stays(study: Study) -> None:
    assert [end(study, name) for name in ("base", "short", "both")] == [990, 900, 900]


def test_a_branch_begins_with_its_parents_plan(study: Study) -> None:
    assert study.scenario("both").plan == PLAN


def test_correcting_the_base_reaches_every_child(study: Study) -> None:
    hips = Set(kind="procedure", id="HIP", field="turnover", expected=30, value=45)
    after = Record(scenario="base", group=ChangeSet(name="fix", changes=(hips,))).apply(study)
    for name in ("base", "short", "both"):
        assert after.problem(name).procedures[0].turnover == 45
        assert after.stale(name)


def test_a_plan_is_stale_once_facts_move_on_and_not_after_undo(study: Study) -> None:
    assert not study.stale("base")
    assert study.stale("short")  # made for the base, before the change
    solved = AdoptPlan(scenario="short", plan=PLAN).apply(study)
    assert not solved.stale("short")
    off = Switch(scenario="short", group="shorter", enabled=False).apply(solved)
    assert off.stale("short")
    assert not Switch(scenario="short", group="shorter", enabled=True).apply(off).stale("short")


def test_names_and_notes_do_not_make_a_plan_stale(study: Study) -> None:
    named = Set(kind="theatre", id="S1", field="name", expected="", value="Salle 1")
    after = Record(scenario="base", group=ChangeSet(name="name", changes=(named,))).apply(study)
    assert not after.stale("base")


def test_a_child_says_when_the_base_moved_under_its_change(study: Study) -> None:
    after = Record(scenario="base", group=ChangeSet(name="longer", changes=(LONGER,))).apply(study)
    notes = after.notes("short")
    assert [(note.state, note.found) for note in notes] == [("shifted", "18:00")]
    assert end(after, "short") == 900


def test_a_record_with_a_broken_change_is_refused(study: Study) -> None:
    gone = Set(kind="session", id="Z", field="end", value="15:00")
    with pytest.raises(EditRefusedError) as refused:
        Record(scenario="short", group=ChangeSet(name="gone", changes=(gone,))).apply(study)
    assert refused.value.facts == {"target": "session/Z"}


def test_pins_and_waivers_are_inherited(study: Study) -> None:
    waiver = Waiver(
        rule="runs",
        subjects=frozenset({"I1"}),
        first=0,
        last=9,
        most=1,
        reason="training week",
        author="cadre",
        made=dt.date(2026, 10, 1),
    )
    after = SetPins(scenario="base", pins=(Pin(kind="case", id="K1"),)).apply(study)
    after = Waive(scenario="short", waiver=waiver).apply(after)
    assert after.pins("both") == (Pin(kind="case", id="K1"),)
    assert (after.waivers("both"), after.waivers("base")) == ((waiver,), ())
    with pytest.raises(EditRefusedError):
        Waive(scenario="short", waiver=dataclasses.replace(waiver, reason=" ")).apply(study)


def test_publishing_keeps_the_plan_of_the_day(study: Study) -> None:
    after = Publish(scenario="base").apply(study)
    after = AdoptPlan(scenario="base", plan=Plan()).apply(after)
    assert (after.scenario("base").published, after.scenario("base").plan) == (PLAN, Plan())


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (Branch(parent="base", name="short"), "name_taken"),
        (Branch(parent="base", name=" "), "bad_name"),
        (Branch(parent="base", name="a#b"), "bad_name"),
        (Delete(name="base"), "base_stays"),
        (Delete(name="short"), "has_children"),
        (Switch(scenario="short", group="none", enabled=True), "no_such_group"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(study: Study, edit: Branch, what: str) -> None:
    with pytest.raises(EditRefusedError) as refused:
        edit.apply(study)
    assert refused.value.what == what


def test_deleting_a_leaf_takes_only_that(study: Study) -> None:
    after = Delete(name="both").apply(study)
    assert [scenario.name for scenario in after.scenarios] == ["base", "short"]


def test_an_unknown_scenario_is_an_error(study: Study) -> None:
    with pytest.raises(UnknownScenarioError):
        study.problem("none")
