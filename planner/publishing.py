"""Publishing as one thing for the window and the command line: the edit, its doubts, whom to tell.

What the rules on notice say is named before it happens: once everybody is told, a change at short
notice is what they were told.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from planner.appointing import Appoint, doubts
from planner.cases import Appointment
from planner.edits import Publish
from planner.facts import facts
from planner.people import Promise
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Rule, Waiver
from planner.score import Judged, Judgement, judge
from planner.signatures import Signature
from planner.study import Study

NOTICE: Final = ("promises", "appointments")
"""Families of rules about what patients and staff were told."""
UNTOLD: Final = "?"
"""A day of a published roster that nobody was told."""


class ToldPatient(NamedTuple):
    """A patient who is to be told: her appointment before and after; None: she has none."""

    case: str
    before: Appointment | None
    after: Appointment | None


class ToldDay(NamedTuple):
    """A day of somebody's roster that is another than the one published: words of a promise."""

    day: int
    before: str
    after: str


class ToldPerson(NamedTuple):
    """Somebody of the staff who is to be told; `first`: she had no roster of these days before."""

    person: str
    first: bool
    days: tuple[ToldDay, ...]


class Publishing(NamedTuple):
    """What publishing a plan is and does; `problem` are the facts before it, `plan` what is published."""

    edit: Publish
    problem: Problem
    plan: Plan
    doubts: tuple[tuple[str, Mapping[str, int]], ...] = ()
    patients: tuple[ToldPatient, ...] = ()
    staff: tuple[ToldPerson, ...] = ()
    notice: tuple[Judged, ...] = ()


def publishing(
    study: Study,
    name: str,
    called: str | None,
    known: Judgement | None = None,
    signature: Signature | None = None,
) -> Publishing:
    """Say what publishing a scenario's plan does; `called` is the name of the change set that tells.

    Without it the plan is kept as the published one and nobody is told; what rules on notice say of
    it is what they say where it is told now. `known` is the judgement of
    the plan where there is one. Without a signature it is only told, before anybody has approved it.

    Raises:
        EditRefusedError: there is no plan, it is not approved, or nobody else stands behind it.
    """
    problem, plan = study.problem(name), study.scenario(name).plan
    telling = Appoint(scenario=name, name=called or NOTICE[0], signature=signature)
    edit = telling if called is not None else Publish(scenario=name, signature=signature)
    now = telling.apply(study).problem(name)
    doubted = tuple(doubts(study, name, known))
    notice = _noticed(problem, now, plan, study.waivers(name))
    if called is None:
        return Publishing(edit, problem, plan, doubted, notice=notice)
    return Publishing(
        edit,
        problem,
        plan,
        doubted,
        (*_patients(problem, now), *_withdrawn(study, name, problem)),
        tuple(_staff(problem, now)),
        notice,
    )


def _patients(before: Problem, after: Problem) -> Iterator[ToldPatient]:
    """Give whose appointment is another, by day and time; those who lose theirs come last."""
    old, new = facts(before).appointments, facts(after).appointments
    found = [
        ToldPatient(str(case), old.get(case), new.get(case))
        for case in {**new, **old}
        if _place(old.get(case)) != _place(new.get(case))
    ]
    yield from sorted(found, key=lambda each: (*_when(each.after), each.case))


def _withdrawn(study: Study, name: str, problem: Problem) -> Iterator[ToldPatient]:
    """Give who stood in the plan that went out and is in the facts no more: her appointment went with her."""
    known = facts(problem)
    out = (each.published for each in reversed(study.line(name)) if each.published is not None)
    for case, session, _, start in sorted(next(out, Plan()).placements):
        if case in known.cases or case in known.appointments:
            continue
        there = known.sessions.get(session)
        if there is None:
            yield ToldPatient(str(case), None, None)
        elif there.day >= known.as_of:
            before = Appointment(id=case, day=there.day, session=session, start=start)
            yield ToldPatient(str(case), before, None)


def _place(appointment: Appointment | None) -> tuple[object, ...] | None:
    if appointment is None:
        return None
    return appointment.day, appointment.session, appointment.start


def _when(appointment: Appointment | None) -> tuple[bool, int, int]:
    if appointment is None:
        return True, 0, 0
    return False, appointment.day, appointment.start or 0


def _staff(before: Problem, after: Problem) -> Iterator[ToldPerson]:
    """Give whose roster is another than the one published, from the day of the facts on."""
    old, new = facts(before).promises, facts(after).promises
    since = max(0, facts(before).as_of)
    for person in after.staff:
        was, now = old.get(person.id), new.get(person.id)
        if now is None:
            continue
        days = tuple(_days(was, now, since))
        first = all(day.before == UNTOLD for day in days)
        if days:
            yield ToldPerson(str(person.id), first, days)


def _days(was: Promise | None, now: Promise, since: int) -> Iterator[ToldDay]:
    known: Sequence[str] = () if was is None else was.days
    for day in range(since, len(now.days)):
        before = known[day] if day < len(known) else UNTOLD
        if before != now.days[day]:
            yield ToldDay(day, before, now.days[day])


def _noticed(
    before: Problem, after: Problem, plan: Plan, waivers: Sequence[Waiver]
) -> tuple[Judged, ...]:
    """Give what rules on notice say of the changes that are told now, and of telling them now."""
    was, now = (_judged(each, plan, waivers) for each in (before, after))
    silenced = [each for key, each in was.items() if key not in now]
    return (*silenced, *(each for key, each in now.items() if key not in was))


def is_about_notice(rule: Rule[Any, Any]) -> bool:
    """Tell whether a rule asks for notice: how long before, not whether anything changes at all."""
    if rule.family not in NOTICE:
        return False
    return rule.type in ("publication", "notice") or getattr(rule, "within", None) is not None


def _judged(
    problem: Problem, plan: Plan, waivers: Sequence[Waiver]
) -> dict[tuple[object, ...], Judged]:
    rules = tuple(rule for rule in problem.rules if is_about_notice(rule))
    if not rules:
        return {}
    judged = judge(dataclasses.replace(problem, rules=rules), plan, waivers).judged
    return {(each.rule.id, each.breach.about): each for each in judged}
