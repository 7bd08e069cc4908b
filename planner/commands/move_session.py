"""Give a session to another specialty, and change the people it needs."""

import dataclasses
from collections.abc import Iterator

from planner.changes import Change, Set
from planner.commands.contract import command, known
from planner.commands.need import need_changes
from planner.problem import Problem


@command("move-session", "session", "specialty")
def move_session(problem: Problem, session: str, specialty: str) -> Iterator[Change]:
    """Make a specialty the only owner of a session; its surgeon, if it had one, no longer owns it."""
    before = known(problem, "session", session)
    known(problem, "specialty", specialty)
    owners = sorted(before.owners)
    if owners != [specialty]:
        yield Set(kind="session", id=session, field="owners", expected=owners, value=[specialty])
    if before.surgeon is not None:
        yield Set(kind="session", id=session, field="surgeon", expected=before.surgeon, value=None)
    moved = dataclasses.replace(before, owners=frozenset({specialty}), surgeon=None)
    after = (moved if each.id == session else each for each in problem.sessions)
    yield from need_changes(problem, after)
