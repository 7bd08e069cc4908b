"""A plan by hand for the small demo study, and one record changed: for tests of sharing."""

import dataclasses
from typing import Any

from planner.plan import Duty, Placement, Plan
from planner.problem import Problem


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
