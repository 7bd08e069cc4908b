"""What a demo hospital is like, in figures: sizes, load of the list, hours of the staff."""

from collections import Counter
from typing import Final, NamedTuple

from data.demo.grid import capacity
from data.demo.people import net_hours
from planner import demand
from planner.people import ShiftId
from planner.problem import RECORD_KINDS, Problem

ROLES: Final = {"IBODE": "nurse", "IDE": "nurse", "IADE": "IADE", "AS": "AS"}
"""Role → the category whose hours are compared with what is asked of it."""

ALL: Final = "all"


class Hours(NamedTuple):
    """Hours in four weeks: asked as minimum cover, and owed by people who are so many full-time ones."""

    asked: float
    owed: float
    full_time: float


def sizes(problem: Problem) -> dict[str, int]:
    """Give the number of records by kind, those there are."""
    counts = {kind: len(problem.records(kind)) for kind in RECORD_KINDS}
    return {kind: count for kind, count in counts.items() if count}


def loads(problem: Problem) -> dict[str, float]:
    """Give the load by specialty and in all: (mean + turnover) of its cases over its session minutes."""
    minutes = capacity(problem.sessions)
    turnovers = {procedure.id: procedure.turnover for procedure in problem.procedures}
    wanted: Counter[str] = Counter()
    for case in problem.cases:
        wanted[case.specialty] += case.mean + turnovers[case.procedure]
    found = {specialty: wanted[specialty] / minutes[specialty] for specialty in sorted(minutes)}
    return found | {ALL: sum(wanted.values()) / sum(minutes.values())} if minutes else {}


def hours(problem: Problem) -> dict[str, Hours]:
    """Give the hours asked of each category of staff, and those it owes.

    A requirement is counted at its shortest shift, and only where its skill is not part of another
    one's on the same shifts: a nurse with the diploma is one of the nurses of the room, and so is
    one who knows the specialty.
    """
    skills = {
        skill: ROLES[person.role] for person in problem.staff for skill in sorted(person.skills)
    }
    shifts = {shift.id: shift.minutes / 60 for shift in problem.shifts}
    holders: dict[str, set[str]] = {}
    for person in problem.staff:
        for skill in person.skills:
            holders.setdefault(skill, set()).add(person.id)
    together: dict[tuple[int, frozenset[ShiftId]], set[str]] = {}
    for need in problem.cover:
        if need.skill is not None:
            together.setdefault((need.day, need.shifts), set()).add(need.skill)
    asked: dict[str, float] = {}
    for need in problem.cover:
        knows = need.id.startswith(f"{demand.SPECIALTY}-")
        if need.skill is not None and not knows:
            others = together[need.day, need.shifts]
            if not any(holders[need.skill] < holders[other] for other in others):
                shortest = min(shifts[shift] for shift in need.shifts)
                category = skills[need.skill]
                asked[category] = asked.get(category, 0.0) + need.least * shortest
    found = {}
    for category in sorted(asked):
        people = [person for person in problem.staff if ROLES[person.role] == category]
        full_time = sum(person.share for person in people) / 100
        found[category] = Hours(asked[category], net_hours(people, problem.absences), full_time)
    return found
