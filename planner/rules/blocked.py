"""Patients who wait in the theatre until the recovery room has a post for them.

For the audit and for boards; the engines are told by verbs.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heapreplace

from planner.facts import Facts
from planner.hospital import Recovery
from planner.rules.blocks import About
from planner.rules.contract import Breach
from planner.view import Placed, TheatreView


def leaves(ends: Sequence[tuple[int, int]], places: int) -> list[int]:
    """Give when each of some patients leaves the theatre, first come first served.

    `ends` are (end of the case, minutes of the stay) in the order in which they come.

    >>> leaves([(480, 60), (500, 30), (510, 30)], 1)
    [480, 540, 570]
    """
    free = [0] * places
    heapify(free)
    found = []
    for end, stay in ends:
        leave = max(end, free[0])
        heapreplace(free, leave + stay)
        found.append(leave)
    return found


def waits(
    facts: Facts, recovery: Recovery, together: Iterable[Placed]
) -> list[tuple[Placed, int, int]]:
    """Give the patients as they come, with when each is ready to leave the theatre, and leaves it."""
    come = [(placed.over, placed) for placed in together if placed.over is not None]
    come.sort(key=lambda each: (each[0], each[1].case.id))
    stays = [(end, facts.recovery_minutes(placed.case)) for end, placed in come]
    left = leaves(stays, recovery.posts)
    return [(placed, end, leave) for (end, placed), leave in zip(come, left, strict=True)]


def blocked(
    view: TheatreView, recovery: Recovery, together: Sequence[Placed], most: int
) -> Iterator[Breach]:
    """Find who waits longer than `most`, and whose theatre another case should have had meanwhile.

    All patients of a recovery room on a day, with their starts.
    """
    for placed, end, leave in waits(view.facts, recovery, together):
        id = placed.case.id
        session = placed.session
        told: dict[str, int | str] = {"case": id, "recovery": recovery.id}
        told["leaves"] = view.facts.clock(session.day, leave)
        if leave - end > most:
            about = About("recovery_waits", (recovery.id, id), session.day, session.day)
            told |= {"waits": leave - end, "most": most}
            yield Breach(about, leave - end - most, told | {"posts": recovery.posts})
        if leave > end:
            yield from _in_the_way(view, placed, (end, leave), told)


def _in_the_way(
    view: TheatreView, placed: Placed, waits: tuple[int, int], told: dict[str, int | str]
) -> Iterator[Breach]:
    """Find the cases that should have a theatre in which a patient still waits."""
    theatre, day = placed.session.theatre, placed.session.day
    for session in view.facts.sessions_in.get((theatre, day), ()):
        for other in view.inside(session):
            if other.case.id == placed.case.id or other.begin is None:
                continue
            begin, end = other.begin - other.turnover, other.begin + other.minutes
            minutes = min(waits[1], end) - max(waits[0], begin)
            if minutes > 0:
                about = About("recovery_blocks", (placed.case.id, other.case.id), day, day)
                facts = told | {"theatre": theatre, "other": other.case.id}
                yield Breach(about, minutes, facts)
