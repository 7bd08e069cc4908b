"""Open, close, release and reallocate: dated sessions, or the templates of the master schedule.

The people needed follow the sessions; templates need nobody until they are expanded.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from planner.changes import Change
from planner.commands.contract import CommandRefusedError, command, known
from planner.commands.filters import Item, altered, meant
from planner.hospital import SpecialtyId
from planner.problem import Problem

_LONGEST: Final = 365


@command("open", "level", "filter", more=True)
def open_sessions(problem: Problem, level: str, *which: str) -> Iterator[Change]:
    """Open sessions or templates that are closed."""
    return _with(problem, meant(problem, level, which), closed=False)


@command("close", "level", "filter", more=True)
def close_sessions(problem: Problem, level: str, *which: str) -> Iterator[Change]:
    """Close sessions or templates: nobody works in them."""
    return _with(problem, meant(problem, level, which), closed=True)


@command("reallocate", "level", "specialty", "filter", more=True)
def reallocate(problem: Problem, level: str, specialty: str, *which: str) -> Iterator[Change]:
    """Make a specialty the only owner; a surgeon of another one no longer owns."""
    known(problem, "specialty", specialty)
    kept = {str(each.id) for each in problem.surgeons if each.specialty == specialty}
    owners = frozenset({SpecialtyId(specialty)})
    return altered(
        problem,
        (
            (
                item,
                replace(
                    item, owners=owners, surgeon=item.surgeon if item.surgeon in kept else None
                ),
            )
            for item in meant(problem, level, which)
        ),
    )


@command("release", "level", "release", "filter", more=True)
def release(problem: Problem, level: str, since: str, *which: str) -> Iterator[Change]:
    """Let others use sessions from a date on, or the sessions of templates some days before each."""
    items = meant(problem, level, which)
    if level == "templates":
        if not since.isdecimal() or int(since) > _LONGEST:
            raise CommandRefusedError("command_release_days", words=since)
        return _with(problem, items, release=int(since))
    try:
        day = problem.horizon.day(dt.date.fromisoformat(since))
    except ValueError as error:
        raise CommandRefusedError("command_release_date", words=since) from error
    return _with(problem, items, release=day)


def _with(problem: Problem, items: Iterable[Item], **values: Any) -> Iterator[Change]:
    return altered(problem, ((item, replace(item, **values)) for item in items))
