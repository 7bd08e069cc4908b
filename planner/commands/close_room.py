"""Close a theatre on some days: its sessions, and the people they needed."""

import dataclasses
from collections.abc import Iterator

from planner.changes import Change
from planner.commands.contract import command, days, known
from planner.commands.filters import altered
from planner.problem import Problem


@command("close-room", "theatre", "days")
def close_room(problem: Problem, theatre: str, when: str) -> Iterator[Change]:
    """Close the sessions of a theatre on the days of `when`, and lower the cover they asked for."""
    known(problem, "theatre", theatre)
    chosen = frozenset(days(problem, when))
    return altered(
        problem,
        (
            (session, dataclasses.replace(session, closed=True))
            for session in problem.sessions
            if session.theatre == theatre and session.day in chosen
        ),
    )
