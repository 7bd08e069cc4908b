"""The rest of a day as a problem of its own: its sessions, their cases, and who may come in.

What the cases of other days hold of beds stays as a count. A day is a few hundredths of a large
hospital, so all that is worked out on it is.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from planner.cases import Case, CaseId
from planner.day_struck import Struck
from planner.facts import Facts, facts, nights
from planner.hospital import Census, Session, WardId
from planner.plan import Plan
from planner.problem import Problem

_STANDBY: Final = 30
"""Waiting cases that may come into freed time, the most urgent ones."""
_FAR: Final = 10**6


def bare(problem: Problem) -> Problem:
    """Give a problem with its theatres and their rules alone: who works which shift stays as it is."""
    return replace(
        problem,
        rules=tuple(rule for rule in problem.rules if rule.part == "theatre" and rule.enabled),
        staff=(),
        contracts=(),
        requests=(),
        histories=(),
        cover=(),
    )


class Days:
    """Makes the problems of single days of a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known = facts(problem)
        self._always = _longest(self.known)

    def of(self, plan: Plan, day: int, more: frozenset[CaseId]) -> Problem:
        """Give the problem of one day: its sessions, the cases in them and some more."""
        sessions = self.known.sessions_on.get(day, ())
        inside = {session.id for session in sessions}
        cases = more | {p.case for p in plan.placements if p.session in inside} | self._always
        problem = self.problem
        return replace(
            problem,
            sessions=sessions,
            cases=tuple(case for case in problem.cases if case.id in cases),
            appointments=tuple(each for each in problem.appointments if each.id in cases),
            census=(*problem.census, *self._held(plan, day)),
        )

    def _held(self, plan: Plan, day: int) -> Iterator[Census]:
        """Give the beds that the cases of other days hold."""
        held: Counter[tuple[WardId, int]] = Counter()
        for placement in plan.placements:
            session = self.known.sessions.get(placement.session)
            case = self.known.cases.get(placement.case)
            if session is not None and case is not None and session.day != day:
                held.update(_nights(case, session.day))
        for (ward, night), taken in sorted(held.items()):
            yield Census(id=f"others-{ward}-{night}", ward=ward, day=night, taken=taken)


def _longest(known: Facts) -> frozenset[CaseId]:
    """Give the case with the longest turnover of each specialty: what a session has to spare for it."""
    found: dict[str, Case] = {}
    for case in known.problem.cases:
        before = found.get(case.specialty)
        if before is None or known.turnover(case) > known.turnover(before):
            found[case.specialty] = case
    return frozenset(case.id for case in found.values())


def _nights(case: Case, day: int) -> Iterator[tuple[WardId, int]]:
    for ward, first, last in nights(case, day):
        for night in range(first, last + 1):
            yield ward, night


def standby(struck: Struck, problem: Problem) -> list[CaseId]:
    """Give waiting cases that could come into the time that a cancellation frees, urgent ones first.

    None of those with an appointment for another day, nor the one that was cancelled.
    """
    if struck.event.kind != "cancel":
        return []
    known = facts(problem)
    placed = {each.case for each in struck.plan.placements}
    promised = {each.id for each in problem.appointments if each.day != struck.moment.day}
    sessions = [known.sessions[id] for id in sorted(struck.sessions)]
    waits = {each.id: each.wait for each in problem.priorities}
    found = [
        case
        for case in problem.cases
        if case.id not in placed and case.id not in promised and case.id != struck.case
        if any(_may_come(known, case, session, struck.moment.now) for session in sessions)
    ]
    found.sort(key=lambda c: (waits.get(c.priority, _FAR), _FAR if c.due is None else c.due, c.id))
    return [case.id for case in found[:_STANDBY]]


def _may_come(known: Facts, case: Case, session: Session, now: int) -> bool:
    day = session.day
    if day in case.unavailable or (case.earliest is not None and day < case.earliest):
        return False
    since = max(known.opens(session), known.passed(day, now))
    left = known.closes(session) + session.overtime - since
    return known.open_to(session, case.specialty) and case.mean <= 2 * left
