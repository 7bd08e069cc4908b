"""A small house with four scenarios, each with a plan: a base, what-ifs of it, one of a what-if."""

from functools import cache
from random import Random

from kpi_house import crowded_house, drawn_plan

from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Record
from planner.hand_edits import Place, TakeOut
from planner.plan import Plan
from planner.study import Study

CLOSED = ChangeSet(
    name="close-room R2 monday",
    changes=(Set(kind="session", id="B1", field="closed", expected=False, value=True),),
)


@cache
def four() -> Study:
    """Make a base with a plan, a child that closes a session, a grandchild, and another child."""
    problem = crowded_house()
    plan = drawn_plan(problem, Random(4))
    study = Study(id="c", name="c", base=problem)
    study = AdoptPlan(scenario="base", plan=plan).apply(study)
    study = Branch(parent="base", name="Closed").apply(study)
    study = Record(scenario="Closed", group=CLOSED).apply(study)
    study = AdoptPlan(scenario="Closed", plan=elsewhere(plan)).apply(study)
    study = Branch(parent="Closed", name="Later").apply(study)
    moved = next(iter(study.scenario("Later").plan.placements))
    study = Place(scenario="Later", placement=moved._replace(session="C1", start=800)).apply(study)
    study = Branch(parent="base", name="Fewer").apply(study)
    cases = [placement.case for placement in plan.placements]
    return TakeOut(scenario="Fewer", cases=frozenset(cases[:3])).apply(study)


def elsewhere(plan: Plan) -> Plan:
    """Give a plan with the cases of the closed session elsewhere, and other duties."""
    placements = [
        each._replace(session="A2", start=480) if each.session == "B1" else each
        for each in plan.placements
    ]
    gone = {person: next(d for d in plan.duties if d.person == person) for person in ("I1", "I2")}
    return Plan.build(placements, [d for d in plan.duties if d not in gone.values()])
