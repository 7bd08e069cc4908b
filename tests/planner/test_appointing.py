"""Publishing a plan with appointments: what patients are told, and what that changes afterwards."""

import dataclasses
from typing import Any

from theatre_tables import situation

from planner.appointing import Appoint, appointments
from planner.cases import Appointment
from planner.changes import Add, Remove, Set
from planner.edits import AdoptPlan, Branch
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre.stability import Stability
from planner.score import judge
from planner.study import BASE, Scenario, Study

RULE = Stability(id="T35", tier=3)
SESSIONS = [{"id": "A", "day": 2}, {"id": "B", "day": 3}]
CASES: list[dict[str, Any]] = [
    {"id": "K1", "in": "A", "start": "08:00", "minutes": 60},
    {"id": "K2", "in": "B", "minutes": 60, "appointment": {"day": 5}},
    {"id": "K3", "minutes": 60, "appointment": {"day": 5}},
    {"id": "K4", "minutes": 60, "appointment": {"day": 20}},
    {"id": "K5", "minutes": 60, "appointment": {"day": -3}},
]


def house() -> tuple[Problem, Plan]:
    return situation(RULE, sessions=SESSIONS, cases=CASES)


def study() -> Study:
    problem, plan = house()
    return Study(id="s", base=problem, scenarios=(Scenario(name=BASE, parent=None, plan=plan),))


def test_each_placement_is_told_and_who_is_left_out_is_untold() -> None:
    changes = list(appointments(*house()))
    assert [type(change) for change in changes if change.id == "K1"] == [Add]
    told = {change.field: change.value for change in changes if isinstance(change, Set)}
    assert told == {"day": "2026-06-04", "session": "B", "told": "2026-06-01"}
    assert [change.id for change in changes if isinstance(change, Remove)] == ["K3"]
    assert {change.id for change in changes} == {"K1", "K2", "K3"}


def test_what_is_known_already_is_not_told_again() -> None:
    after = Appoint(scenario=BASE, name="told").apply(study())
    assert after.base.appointments[0] == Appointment(id="K2", day=3, session="B", told=0)
    again = list(appointments(after.base, after.scenario(BASE).plan))
    assert again == []
    assert Appoint(scenario=BASE, name="told").apply(after) == after


def test_from_then_on_another_day_has_its_price() -> None:
    after = Appoint(scenario=BASE, name="told").apply(study())
    assert after.scenario(BASE).published == after.scenario(BASE).plan
    assert judge(after.base, after.scenario(BASE).plan).score.total == 0
    moved = Plan.build([Placement("K1", "B", "X1", 480), Placement("K2", "B", "X1", 600)])
    assert judge(after.base, moved).score.total == 10 * RULE.price


def test_a_plan_that_was_up_to_date_stays_so() -> None:
    adopted = AdoptPlan(scenario=BASE, plan=house()[1]).apply(study())
    assert not Appoint(scenario=BASE, name="told").apply(adopted).stale(BASE)
    late = dataclasses.replace(adopted.scenario(BASE), made_for="another")
    assert Appoint(scenario=BASE, name="told").apply(adopted.replace(late)).stale(BASE)


def test_in_a_what_if_they_are_its_own_changes() -> None:
    branched = Branch(parent=BASE, name="if").apply(study())
    after = Appoint(scenario="if", name="told").apply(branched)
    assert len(after.base.appointments) == 4
    assert {a.id for a in after.problem("if").appointments} == {"K1", "K2", "K4", "K5"}
    assert [group.name for group in after.scenario("if").changes] == ["told"]
    assert after.scenario(BASE).published is None
