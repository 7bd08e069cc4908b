"""A person is away for some days."""

from collections.abc import Iterator

from planner.changes import Add, Change
from planner.commands.contract import CommandRefusedError, command, days
from planner.people import Absence
from planner.plain import to_plain
from planner.problem import Problem


@command("absent", "person", "days")
def absent(problem: Problem, person: str, when: str) -> Iterator[Change]:
    """Add an absence of a staff member or surgeon, or of several joined by +, for whole days."""
    people = {*(str(e.id) for e in problem.staff), *(str(e.id) for e in problem.surgeons)}
    named = [person] if person in people else list(dict.fromkeys(person.split("+")))
    for each in named:
        if each not in people:
            raise CommandRefusedError("command_unknown", kind="staff", id=each)
    chosen = days(problem, when)
    for each in named:
        for first, last in _runs(chosen):
            id = f"absent-{each}-{problem.horizon.date(first).isoformat()}"
            record = Absence(id=id, person=each, first=first, last=last)
            values = to_plain(record, problem.horizon)
            yield Add(kind="absence", id=id, record=tuple(values.items()))


def _runs(days: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    first = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place] != days[place - 1] + 1:
            yield days[first], days[place - 1]
            first = place
