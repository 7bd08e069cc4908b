"""The small demo hospital as a study to be shared: a plan by hand, one record changed, a what-if."""

import dataclasses
from typing import Any

from planner.changes import ChangeSet
from planner.edits import AdoptPlan, Branch, Record
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.study import Study


def first_with(records: tuple[Any, ...], **changes: Any) -> tuple[Any, ...]:
    return (dataclasses.replace(records[0], **changes), *records[1:])


def plan_of(problem: Problem) -> Plan:
    """A few cases in their sessions, a few duties."""
    cases = [c for c in problem.cases if c.surgeons][:12]
    open_ = {s.id: s for s in problem.sessions}
    placements = []
    for case in cases:
        session = next((s for s in open_.values() if case.specialty in s.owners), None)
        if session is not None:
            del open_[session.id]
            who = min(case.surgeons)
            placements.append(Placement(case.id, session.id, who, session.start))
    duties = [Duty(p.id, day, problem.shifts[0].id) for p in problem.staff for day in (1, 5)]
    return Plan.build(placements, duties)


def planned(problem: Problem, name: str = "a study") -> Study:
    """The study of a hospital with that plan in its base."""
    made = Study(id="0123456789", name=name, base=problem)
    return AdoptPlan(scenario="base", plan=plan_of(problem)).apply(made)


def with_what_if(study: Study, name: str, group: ChangeSet) -> Study:
    """The study with a scenario that changes something."""
    return Record(scenario=name, group=group).apply(Branch(parent="base", name=name).apply(study))
