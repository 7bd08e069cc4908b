"""A team works other shifts: the 12-hour pattern, for one; the requirements that it met take them too."""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planner.changes import Change, Set
from planner.commands.contract import CommandRefusedError, Sentence, command, known
from planner.people import StaffMember
from planner.problem import Problem
from planner.rostering import ShiftType


class _Needs(NamedTuple):
    """Requirements that nobody may meet any more: by kind and id, the shifts that they take then.

    `unmet` counts those of which none of the new shifts covers half the time.
    """

    taken: tuple[tuple[str, str, frozenset[str], frozenset[str]], ...]
    unmet: int


def _tell(problem: Problem, team: str, *shifts: str) -> Iterator[Sentence]:
    """Say how many requirements take the new shifts, and how many nobody can meet any more."""
    found = _needs(problem, team, shifts)
    if found.taken:
        yield "command.pattern.taken", {"n": len(found.taken)}
    if found.unmet:
        yield "command.pattern.unmet", {"n": found.unmet}


@command("pattern", "team", "shift", more=True, tell=_tell)
def pattern(problem: Problem, team: str, *shifts: str) -> Iterator[Change]:
    """Let the people of a team work these shifts only.

    A requirement that nobody could meet then takes those of them that cover half the time of one of
    its own.
    """
    for person in _members(problem, team, shifts):
        before = sorted(person.shifts)
        if before != sorted(shifts):
            after = sorted(shifts)
            yield Set(kind="staff", id=person.id, field="shifts", expected=before, value=after)
    for kind, id, had, takes in _needs(problem, team, shifts).taken:
        yield Set(kind=kind, id=id, field="shifts", expected=sorted(had), value=sorted(takes))


def _members(problem: Problem, team: str, shifts: tuple[str, ...]) -> list[StaffMember]:
    for shift in shifts:
        known(problem, "shift", shift)
    members = [person for person in problem.staff if person.team == team]
    if not members:
        raise CommandRefusedError("command_unknown", kind="team", id=team)
    return members


def _needs(problem: Problem, team: str, shifts: tuple[str, ...]) -> _Needs:
    members = {person.id for person in _members(problem, team, shifts)}
    allowed = frozenset(shifts)
    after = [
        dataclasses.replace(each, shifts=allowed) if each.id in members else each  # type: ignore[arg-type]
        for each in problem.staff
    ]
    times = {str(shift.id): shift for shift in problem.shifts}
    taken, unmet = [], 0
    for kind in ("cover", "weekly"):
        for need in problem.records(kind):
            had = frozenset(map(str, need.shifts))
            if _can(after, need.skill, had) or not _can(problem.staff, need.skill, had):
                continue
            more = {
                id
                for id in shifts
                if any(_covers(times[id], times[own]) for own in had if own in times)
            }
            if more and _can(after, need.skill, frozenset(more)):
                taken.append((kind, str(need.id), had, had | more))
            else:
                unmet += 1
    return _Needs(tuple(taken), unmet)


def _can(staff: Iterable[StaffMember], skill: str | None, shifts: frozenset[str]) -> bool:
    """Tell whether somebody with a skill may work one of some shifts."""
    return any(
        (not person.shifts or not shifts.isdisjoint(person.shifts))
        and skill in (None, *person.abilities)
        for person in staff
    )


def _covers(one: ShiftType, other: ShiftType) -> bool:
    """Tell whether a shift covers at least half the time of another one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= other.end - other.start
