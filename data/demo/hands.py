"""Surgeons who work in two theatres side by side, and cases of two surgeons, in a demo hospital.

Nothing is drawn: all follows from the other facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from planner.cases import Case, CaseId, Procedure, Surgeon
from planner.facts import Facts, facts
from planner.hospital import Theatre, TheatreId
from planner.problem import Problem

LONG: Final = 75
"""Mean minutes from which an operation takes long to open and to close."""
COMMON: Final = 2
"""Days on which both surgeons of a case have to be there in a session of its specialty."""


class Hands(NamedTuple):
    """Specialty → how many surgeons work in two theatres; (specialty, its partner) → cases of both."""

    two: Mapping[str, int]
    both: Mapping[tuple[str, str], int]


def with_hands(problem: Problem, hands: Hands) -> Problem:
    """Put theatres side by side, and give surgeons two of them and cases a second surgeon."""
    problem = replace(problem, theatres=_beside(problem.theatres))
    known = facts(problem)
    chosen = {id for specialty, count in hands.two.items() for id in _able(known, specialty, count)}
    seconds: dict[CaseId, str] = {}
    for (specialty, other), count in hands.both.items():
        seconds |= _seconds(known, specialty, other, count)
    return replace(
        problem,
        procedures=tuple(_parts(p) if p.specialty in hands.two else p for p in problem.procedures),
        surgeons=tuple(replace(s, rooms=2) if s.id in chosen else s for s in problem.surgeons),
        cases=tuple(_second(case, seconds) for case in problem.cases),
    )


def _beside(theatres: Sequence[Theatre]) -> tuple[Theatre, ...]:
    """Let each theatre lie beside the next one of its suite; those for emergencies lie apart."""
    near: dict[TheatreId, TheatreId] = {}
    elective = [theatre for theatre in theatres if "emergency" not in theatre.features]
    for theatre, following in pairwise(elective):
        if theatre.suite == following.suite:
            near[theatre.id] = following.id
    return tuple(
        replace(theatre, beside=frozenset({near[theatre.id]})) if theatre.id in near else theatre
        for theatre in theatres
    )


def _able(known: Facts, specialty: str, count: int) -> list[str]:
    """Give the surgeons who most often find two theatres of their specialty side by side."""
    days = dict.fromkeys(_double_days(known, specialty))
    mine = [surgeon for surgeon in known.problem.surgeons if surgeon.specialty == specialty]
    there = {surgeon.id: _days_there(known, surgeon, days) for surgeon in mine}
    return sorted(there, key=lambda each: (-there[each], each))[:count]


def _double_days(known: Facts, specialty: str) -> list[int]:
    """Give the days on which a specialty has sessions side by side at the same time."""
    found = []
    for day, sessions in known.sessions_on.items():
        own = [session for session in sessions if specialty in session.owners]
        if any(
            two.theatre in known.theatres[one.theatre].beside
            and one.start < two.end
            and two.start < one.end
            for one in own
            for two in own
        ):
            found.append(day)
    return sorted(found)


def _days_there(known: Facts, surgeon: Surgeon, days: Mapping[int, None]) -> int:
    return sum(not known.away(surgeon.id, day) for day in days)


def _parts(procedure: Procedure) -> Procedure:
    """Give an operation the minutes before and after the surgeon is needed."""
    long = procedure.mean >= LONG
    return replace(procedure, opening=20 if long else 10, closing=15 if long else 5)


def _seconds(known: Facts, specialty: str, other: str, count: int) -> dict[CaseId, str]:
    """Choose the longest cases of a specialty, and for each who of another is most often there too."""
    own = [session for session in known.problem.sessions if specialty in session.owners]
    days = sorted({session.day for session in own if not session.closed})
    partners = [surgeon for surgeon in known.problem.surgeons if surgeon.specialty == other]
    found: dict[CaseId, str] = {}
    cases = [c for c in known.problem.cases if c.specialty == specialty and len(c.surgeons) == 1]
    for case in sorted(cases, key=lambda case: (-case.mean, case.id)):
        (surgeon,) = case.surgeons
        both = [day for day in days if not known.away(surgeon, day)]
        common = {p.id: sum(not known.away(p.id, day) for day in both) for p in partners}
        best = min(common, key=lambda each: (-common[each], each), default=None)
        if best is not None and common[best] >= COMMON and len(found) < count:
            found[case.id] = best
    return found


def _second(case: Case, seconds: Mapping[CaseId, str]) -> Case:
    return replace(case, partners=frozenset({seconds[case.id]})) if case.id in seconds else case
