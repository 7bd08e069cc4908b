"""A person is away for some days."""

from collections.abc import Iterator

from planner.changes import Add, Change
from planner.commands.contract import CommandRefusedError, command, days
from planner.people import Absence
from planner.plain import to_plain
from planner.problem import Problem


@command("absent", "person", "days")
def absent(problem: Problem, person: str, when: str) -> Iterator[Change]:
    """Add an absence of a staff member or surgeon for whole days, DATE or DATE..DATE."""
    people = {each.id for each in problem.staff} | {each.id for each in problem.surgeons}
    if person not in people:
        raise CommandRefusedError("command_unknown", kind="staff", id=person)
    chosen = days(problem, when)
    for first, last in _runs(chosen):
        id = f"absent-{person}-{problem.horizon.date(first).isoformat()}"
        record = Absence(id=id, person=person, first=first, last=last)
        yield Add(kind="absence", id=id, record=tuple(to_plain(record, problem.horizon).items()))


def _runs(days: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    first = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place] != days[place - 1] + 1:
            yield days[first], days[place - 1]
            first = place
