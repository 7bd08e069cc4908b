"""Plans of linked runs: taken with the facts that follow from them, and never over those of the base."""

from dataclasses import replace

import pytest
import staffing
from staffing import least

from planner.amending import Amend
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, EditRefusedError
from planner.following import adopting, linked_facts, taker
from planner.linking import linked
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Study

MONDAY = "2026-10-05"


@pytest.fixture
def study(problem: Problem) -> Study:
    """The small hospital with the cover that its sessions ask for, and a scenario of it."""
    bare = Study(id="x", base=staffing.staffed(problem))
    return Branch(parent=BASE, name="mine").apply(bare)


def made(study: Study) -> Plan:
    """A case on Monday, and somebody at work then."""
    problem = study.base
    duty = Duty(problem.staff[0].id, 0, problem.shifts[0].id)
    return Plan.build([Placement("K1", "A", "X1", 480)], [duty])


def test_a_scenario_takes_a_plan_and_what_follows_from_it_as_one_step(study: Study) -> None:
    plan = made(study)
    edit = adopting(study, "mine", AdoptPlan(scenario="mine", plan=plan))
    after = edit.apply(study)
    assert edit.label[0] == "edit_adopt"
    assert after.scenario("mine").plan == plan
    assert not after.stale("mine")
    assert next(group.name for group in after.scenario("mine").changes) == "cover-from-plan"
    assert after.problem("mine").cover == linked(study.base, plan).cover
    assert after.problem("mine").cover != study.base.cover
    assert (after.base, after.scenario(BASE)) == (study.base, study.scenario(BASE))
    assert linked_facts(after, "mine") == study.base  # the next run begins with the facts of before


def test_the_facts_of_the_base_stay_and_a_new_scenario_takes_the_plan(study: Study) -> None:
    for lang, name in (
        ("en", "Theatres and roster in turn"),
        ("fr", "Bloc et planning tour à tour"),
    ):
        assert taker(study, BASE, lang) == name
    after = study
    for number in ("", " 2", " 3"):
        name = taker(after, BASE, "en")
        assert name == f"Theatres and roster in turn{number}"
        after = adopting(after, BASE, AdoptPlan(scenario=name, plan=made(study))).apply(after)
        assert after.problem(name).cover == linked(study.base, made(study)).cover
        assert after.scenario(name).parent == BASE
    assert (after.base, after.scenario(BASE)) == (study.base, study.scenario(BASE))
    assert taker(study, "mine", "en") == "mine"


def test_a_fact_that_was_edited_since_the_run_began_stays(study: Study) -> None:
    plan, post = made(study), f"BLOC-{MONDAY}"
    now = least(study.base)[post]
    change = Set(kind="cover", id=post, field="best", expected=now, value=now + 3)
    edited = Amend(scenario="mine", group=ChangeSet(name="more", changes=(change,))).apply(study)
    after = adopting(edited, "mine", AdoptPlan(scenario="mine", plan=plan)).apply(edited)
    assert after.problem("mine").cover == linked(edited.problem("mine"), plan).cover


def test_nothing_can_be_linked_where_a_part_has_nothing(study: Study) -> None:
    bare = replace(study, base=replace(study.base, cover=()))
    with pytest.raises(EditRefusedError) as refused:
        linked_facts(bare, BASE)
    assert refused.value.what == "linked_parts"
