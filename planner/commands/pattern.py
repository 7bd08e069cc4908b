"""A team works other shifts: the 12-hour pattern, for one."""

from collections.abc import Iterator

from planner.changes import Change, Set
from planner.commands.contract import CommandRefusedError, command, known
from planner.problem import Problem


@command("pattern", "team", "shift", more=True)
def pattern(problem: Problem, team: str, *shifts: str) -> Iterator[Change]:
    """Let the people of a team work these shifts only."""
    for shift in shifts:
        known(problem, "shift", shift)
    members = [person for person in problem.staff if person.team == team]
    if not members:
        raise CommandRefusedError("command_unknown", kind="team", id=team)
    for person in members:
        before = sorted(person.shifts)
        if before != sorted(shifts):
            after = sorted(shifts)
            yield Set(kind="staff", id=person.id, field="shifts", expected=before, value=after)
