"""What the window asks the engine: pins, the past of a published roster, and a plan afresh."""

from dataclasses import replace

import pytest
from autumn_ward import DUTIES, study

from planner.edits import AdoptPlan, Publish, SetPins
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Pin, Study
from ui.window.question import question

PAST = Pin(kind="day", id="", first=0, last=2)


@pytest.fixture
def over() -> Study:
    """The ward, published, three days later."""
    told = Publish(scenario=BASE).apply(study())
    return replace(told, base=replace(told.base, as_of=told.base.horizon.date(3)))


def test_the_past_of_a_published_roster_is_kept(over: Study) -> None:
    assert question(over, BASE, ("roster",), 1.0).pins == (PAST,)
    assert question(study(), BASE, ("roster",), 1.0).pins == ()


def test_afresh_leaves_what_is_held(over: Study) -> None:
    asked = question(over, BASE, ("roster",), 1.0, afresh=True)
    assert set(asked.plan.duties) == {each for each in DUTIES if each.day <= 2}
    assert question(study(), BASE, ("roster",), 1.0, afresh=True).plan.days == ()


@pytest.fixture
def planned(small_problem: Problem) -> Study:
    """The small hospital with three cases in two sessions."""
    first, second = small_problem.sessions[:2]
    plan = Plan.build(
        Placement(case.id, session.id, None, session.start)
        for case, session in zip(small_problem.cases, (first, second, second), strict=False)
    )
    bare = Study(id="small", name="small", base=small_problem)
    return AdoptPlan(scenario=BASE, plan=plan).apply(bare)


def test_a_plan_of_other_facts_is_stayed_near_unless_it_is_planned_afresh(planned: Study) -> None:
    moved = replace(planned, base=replace(planned.base, as_of=planned.base.horizon.date(1)))
    assert not question(planned, BASE, ("theatre",), 1.0).near
    assert question(moved, BASE, ("theatre",), 1.0).near
    assert not question(moved, BASE, ("theatre",), 1.0, afresh=True).near


@pytest.mark.parametrize(("kind", "kept"), [("case", {0}), ("session", {1, 2})])
def test_afresh_leaves_what_is_pinned_in_theatres(
    planned: Study, kind: str, kept: set[int]
) -> None:
    placements = list(planned.scenario(BASE).plan.placements)
    by_case = {placement.case: placement for placement in placements}
    cases = [by_case[case.id] for case in planned.base.cases[:3]]
    pin = Pin(kind=kind, id=cases[0].case if kind == "case" else cases[1].session)
    pinned = SetPins(scenario=BASE, pins=(pin,)).apply(planned)
    asked = question(pinned, BASE, ("theatre",), 1.0, afresh=True)
    assert set(asked.plan.placements) == {cases[number] for number in kept}
