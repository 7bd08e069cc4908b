"""Stretches of a theatre day as facts: when a case can run, and when a surgeon is there.

A stretch is (start, end), in minutes that pass after midnight of its day, end not included. Both voices of a
rule may read these: they turn facts into numbers and count no placement.
"""

from collections.abc import Iterable
from typing import TypeAlias

from planner.facts import Facts
from planner.hospital import Session

Stretches: TypeAlias = tuple[tuple[int, int], ...]


def joined(stretches: Iterable[tuple[int, int]]) -> Stretches:
    """Join stretches that meet, in order.

    >>> joined([(480, 600), (590, 700), (720, 780)])
    ((480, 700), (720, 780))
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return tuple(found)


def without(stretches: Stretches, away: Iterable[tuple[int, int]]) -> Stretches:
    """Cut other stretches out of some.

    >>> without(((480, 720),), [(540, 600)])
    ((480, 540), (600, 720))
    """
    left = list(stretches)
    for start, end in away:
        cut = [((a, min(b, start)), (max(a, end), b)) for a, b in left]
        left = [piece for pair in cut for piece in pair if piece[1] > piece[0]]
    return tuple(left)


def inside(stretches: Stretches, start: int, end: int) -> Stretches:
    """Keep what lies between two times."""
    cut = ((max(a, start), min(b, end)) for a, b in stretches)
    return tuple(piece for piece in cut if piece[1] > piece[0])


def length(stretches: Iterable[tuple[int, int]]) -> int:
    """Add the minutes of stretches that do not meet."""
    return sum(end - start for start, end in stretches)


def running(facts: Facts, day: int, longer: int = 0) -> Stretches:
    """Give when a case may run in any session of a day: overtime, and `longer` minutes, included."""
    sessions = facts.sessions_on.get(day, ())
    return joined((facts.opens(s), facts.closes(s) + s.overtime + longer) for s in sessions)


def free_start(facts: Facts, session: Session, surgeon: str, minutes: int) -> int | None:
    """Give the first start in a session at which a surgeon is there for so long, None if there is none.

    Half-open: a case may end as an absence begins, and start as one ends.
    """
    start = facts.opens(session)
    for away, back in joined(facts.absent(surgeon, session.day)):
        if start + minutes > away and start < back:
            start = back
    return start if start < facts.closes(session) else None


def longest_stay(facts: Facts, session: Session, surgeon: str) -> int | None:
    """Give the minutes of the longest case that has a `free_start`; None where any case has one.

    −1 where no case has one. For who asks about many cases at once.
    """
    start, longest, end = facts.opens(session), -1, facts.closes(session)
    for away, back in joined(facts.absent(surgeon, session.day)):
        if start >= end:
            return longest
        if start < back:
            longest, start = max(longest, away - start), back
    return None if start < end else longest
