"""Pairs of shifts on two days that leave too little rest between them: the rows' side of gaps."""

from collections import defaultdict
from typing import TypeAlias

from planner.people import ShiftId
from planner.rules.blocks import Feature
from planner.rules.space import RosterSpace

Close: TypeAlias = list[tuple[str, frozenset[ShiftId], str, frozenset[ShiftId]]]
"""(early track, its shifts, late track, its shifts): any of one is too close to any of the other."""


def too_close(
    space: RosterSpace, day: int, later: int, tags: tuple[str, str], rest: tuple[int, int]
) -> Close:
    """Group the shifts of two days with so much rest between them: from the first to below the second.

    `tags` are those of the early and the late shift; no pair stands in two groups.
    """
    facts, shifts = space.facts, space.facts.shifts
    found: dict[tuple[str, str], dict[ShiftId, set[ShiftId]]] = defaultdict(dict)
    for early in sorted(facts.shift_ids(tags[0])):
        for late in sorted(facts.shift_ids(tags[1])):
            gap = facts.span(later, late)[0] - facts.span(day, early)[1]
            if rest[0] <= gap < rest[1]:
                pair = shifts[early].track, shifts[late].track
                found[pair].setdefault(early, set()).add(late)
    close: Close = []
    for (one, two), by_early in found.items():
        grouped: dict[frozenset[ShiftId], set[ShiftId]] = defaultdict(set)
        for early, lates in by_early.items():
            grouped[frozenset(lates)].add(early)
        close += ((one, frozenset(firsts), two, lates) for lates, firsts in grouped.items())
    return close


def pair_features(
    space: RosterSpace, person: str, day: int, later: int, close: Close
) -> list[Feature]:
    """Give a feature a group: she has a shift of one and a shift of the other."""
    return [
        space.feature(
            (
                (space.by_day(person, (one,))[day], space.code_set(firsts)),
                (space.by_day(person, (two,))[later], space.code_set(seconds)),
            )
        )
        for one, firsts, two, seconds in close
    ]


def days_apart(space: RosterSpace, minutes: int) -> int:
    """Give how many days apart two shifts can be with less rest than that; a clock change included."""
    longest = max((shift.end for shift in space.problem.shifts), default=0)
    return (minutes + longest + 60) // 1440
