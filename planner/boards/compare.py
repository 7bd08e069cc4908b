"""The comparison on the theatre board: where the reference has what the plan has elsewhere."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from planner.cases import Case
from planner.kpis.contract import Outcome
from planner.view import Placed


class Ghost(NamedTuple):
    """A case where the reference has it; `now` is where the plan has it, None where it waits."""

    case: Case
    start: int
    end: int
    now: Placed | None


def ghosts(outcome: Outcome) -> Mapping[tuple[int, str], tuple[Ghost, ...]]:
    """Give the ghosts of the reference by day and theatre, in order of start.

    A case with the same session, in the same place, and start leaves no ghost; nor does one without
    a start.
    """
    found: dict[tuple[int, str], list[Ghost]] = defaultdict(list)
    if outcome.reference is None:
        return {}
    for was in outcome.reference.theatre.all_placed():
        now = outcome.theatre.where(was.case.id)
        same = now is not None and _stands(now) == _stands(was)
        if was.start is not None and was.end is not None and not same:
            key = (was.session.day, was.session.theatre)
            found[key].append(Ghost(was.case, was.start, was.end, now))
    return {key: tuple(sorted(each, key=_start)) for key, each in sorted(found.items())}


def _stands(placed: Placed) -> tuple[str, str, int, int | None]:
    """Give where a case stands; a session itself may have moved to another theatre or day."""
    session = placed.session
    return session.id, session.theatre, session.day, placed.start


def _start(ghost: Ghost) -> tuple[int, str]:
    return ghost.start, ghost.case.id


def changed_days(outcome: Outcome) -> frozenset[int]:
    """Give the days on which a placement or a duty differs from the reference."""
    if outcome.reference is None:
        return frozenset()
    days = {day for day, _ in ghosts(outcome)}
    for placed in outcome.theatre.all_placed():
        was = outcome.reference.theatre.where(placed.case.id)
        if was is None or _stands(was) != _stands(placed):
            days.add(placed.session.day)
    moved = set(outcome.plan.duties) ^ set(outcome.reference.plan.duties)
    return frozenset(days | {duty.day for duty in moved})
