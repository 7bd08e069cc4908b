"""The templates of the master schedule become dated sessions, with the people that they need."""

from collections.abc import Iterator, Sequence
from typing import Final

from planner.changes import Add, Change
from planner.commands.contract import CommandRefusedError, Sentence, command, days
from planner.commands.need import need_changes
from planner.hospital import Session
from planner.master.expansion import Expansion, expansion
from planner.plain import to_plain
from planner.problem import Problem

_SHOWN: Final = 5
"""Sessions that a sentence names at most."""


def _expansion(problem: Problem, when: str = "") -> Expansion:
    if not problem.templates:
        raise CommandRefusedError("command_no_templates")
    return expansion(problem, frozenset(days(problem, when)) if when else None)


def _tell(problem: Problem, *when: str) -> Iterator[Sentence]:
    found = _expansion(problem, *when)
    yield "expand.added", {"n": len(found.added)}
    if found.same:
        yield "expand.same", {"n": len(found.same)}
    if found.different:
        names = _named([there for there, _ in found.different])
        yield "expand.different", {"n": len(found.different), "sessions": names}
    if found.blocked:
        yield "expand.blocked", {"n": len(found.blocked), "sessions": _named(found.blocked)}
    if found.holidays:
        yield "expand.holidays", {"n": found.holidays}


def _named(sessions: Sequence[Session]) -> str:
    names = ", ".join(session.id for session in sessions[:_SHOWN])
    return names if len(sessions) <= _SHOWN else f"{names} …"


@command("expand", "days", optional=1, tell=_tell)
def expand_templates(problem: Problem, *when: str) -> Iterator[Change]:
    """Add the sessions of the templates on all days, or those of `when`; those that exist stay.

    Sessions on holidays are left out, as are those whose theatre another session holds.
    """
    found = _expansion(problem, *when)
    added = found.added
    if not added:
        raise _nothing(found)
    for session in added:
        record = tuple(to_plain(session, problem.horizon).items())
        yield Add(kind="session", id=session.id, record=record)
    yield from need_changes(problem, (*problem.sessions, *added))


def _nothing(found: Expansion) -> CommandRefusedError:
    """Say why templates add nothing."""
    counts = {name: len(getattr(found, name)) for name in ("same", "different", "blocked")}
    if not found.holidays and not any(counts.values()):
        return CommandRefusedError("command_no_days")
    return CommandRefusedError("command_adds_none", holidays=found.holidays, **counts)
