"""Publishing a plan to patients and staff: each placement becomes an appointment, rosters promises.

From then on rules on notice and stability know what was promised (`notice`, `stability`,
`start_kept`).
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.amending import Amend
from planner.cases import Appointment, CaseId
from planner.changes import Add, Change, ChangeSet, Remove, Set
from planner.edits import EditRefusedError, Publish
from planner.facts import facts
from planner.fields import specs
from planner.fingerprint import fingerprint
from planner.hospital import SessionId
from planner.plain import plain, to_plain
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.promising import promises
from planner.score import Judgement, judge
from planner.study import Study


def appointments(problem: Problem, plan: Plan) -> Iterator[Change]:
    """Give the changes after which the appointments of the horizon are those of a plan.

    Who is told something new is told on the day `as_of`. Appointments before it, and those beyond the
    horizon of cases that are left out, stay as they are.
    """
    known = facts(problem)
    placed = {p.case: p for p in plan.placements if p.session in known.sessions}
    for case in problem.cases:
        before, placement = known.appointments.get(case.id), placed.get(case.id)
        if placement is not None:
            yield from _told(problem, before, placement, known.sessions[placement.session].day)
        elif before is not None and known.as_of <= before.day <= problem.horizon.last:
            record = tuple(to_plain(before, problem.horizon).items())
            yield Remove(kind="appointment", id=case.id, record=record)


def _told(
    problem: Problem, before: Appointment | None, placement: Placement, day: int
) -> Iterator[Change]:
    """Give what changes for one patient: nothing where she knows all of it."""
    after = Appointment(
        id=CaseId(placement.case),
        day=day,
        session=SessionId(placement.session),
        start=placement.start,
        told=problem.horizon.day(problem.as_of),
    )
    if before is None:
        record = tuple(to_plain(after, problem.horizon).items())
        yield Add(kind="appointment", id=after.id, record=record)
        return
    if dataclasses.replace(after, told=before.told) == before:
        return
    for spec in specs(Appointment):
        was, now = getattr(before, spec.name), getattr(after, spec.name)
        if was != now:
            yield Set(
                kind="appointment",
                id=after.id,
                field=spec.name,
                expected=plain(spec, was, problem.horizon),
                value=plain(spec, now, problem.horizon),
            )


def doubts(
    study: Study, name: str, known: Judgement | None = None
) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Give what somebody ought to know before a plan is published: messages and their facts.

    `known` is the judgement of the plan where there is one.
    """
    if study.stale(name):
        yield "publish.stale", {}
    if known is None:
        known = judge(study.problem(name), study.scenario(name).plan, study.waivers(name))
    late = sum(each.rule.type == "publication" for each in known.hard)
    hard = known.score.breaches - late  # a roster told late is so whatever is published now
    if hard > 0:
        yield "publish.hard", {"n": hard}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appoint(Publish):
    """Publish a scenario's plan: its placements become appointments, its roster what staff were told.

    `name` is that of the change set. A plan that was up to date stays so: it keeps what it promises.
    """

    name: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_appoint", {"scenario": self.scenario}

    def apply(self, study: Study) -> Study:
        stale = study.stale(self.scenario)
        plan = study.scenario(self.scenario).plan
        if not any(plan.sessions) and not any(plan.duties):
            raise EditRefusedError("appoint_empty", scenario=self.scenario)
        published = Publish.apply(self, study)
        problem = published.problem(self.scenario)
        changes = (*appointments(problem, plan), *promises(problem, plan))
        if not changes:
            return published
        group = ChangeSet(name=self.name, changes=changes)
        told = Amend(scenario=self.scenario, group=group).apply(published)
        scenario = told.scenario(self.scenario)
        if stale or scenario.made_for is None:
            return told
        made_for = fingerprint(told.problem(self.scenario))
        return told.replace(dataclasses.replace(scenario, made_for=made_for))
