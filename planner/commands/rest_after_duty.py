"""Surgeons have no list on the day on which an in-house duty of theirs ends (FRD6)."""

from collections.abc import Iterator

from planner.changes import Add, Change
from planner.commands.contract import AtHand, CommandRefusedError, Sentence, command, days
from planner.facts import facts
from planner.people import Absence
from planner.plain import to_plain
from planner.problem import Problem

DUTY = "duty"
"""The tag of a shift in the house that ends on another day than it begins."""


def _free(problem: Problem, hand: AtHand, words: tuple[str, ...]) -> list[tuple[str, int]]:
    """Give the surgeons on the roster and the days on which their duties end."""
    if not hand.plan.days:
        raise CommandRefusedError("command_no_duties")
    known = facts(problem)
    chosen = frozenset(days(problem, *words) if words else range(problem.horizon.days))
    found = set()
    for duty in hand.plan.duties:
        shift = known.shifts.get(duty.shift)
        if shift is not None and DUTY in shift.tags and duty.person in known.surgeons:
            last = duty.day + (shift.end - 1) // 1440
            if last > duty.day and last in chosen:
                found.add((str(duty.person), last))
    return sorted(found, key=lambda each: (each[1], each[0]))


def _tell(problem: Problem, hand: AtHand, *words: str) -> Iterator[Sentence]:
    found = _free(problem, hand, words)
    people = ", ".join(dict.fromkeys(person for person, _ in found))
    yield "rest_after_duty.all", {"n": len(found), "people": people or "–"}


@command("rest-after-duty", "days", optional=1, tell=_tell, reads_plan=True)
def rest_after_duty(problem: Problem, hand: AtHand, *words: str) -> Iterator[Change]:
    """Add an absence for each surgeon on the day after an in-house duty: no theatre list is hers then."""
    there = {absence.id for absence in problem.absences}
    for person, day in _free(problem, hand, words):
        id = f"after-duty-{person}-{problem.horizon.date(day).isoformat()}"
        if id not in there:
            record = Absence(id=id, person=person, first=day, last=day)
            values = tuple(to_plain(record, problem.horizon).items())
            yield Add(kind="absence", id=id, record=values)
