"""How much of a burden falls to each person: a fact of the cover asked for, the same in every plan."""

from collections.abc import Mapping
from typing import Final

from planner.clock import SATURDAY, SUNDAY, WEEK
from planner.facts import Facts
from planner.people import Carried, ShiftId
from planner.rules.contract import Scope

SATURDAYS: Final = "saturday"
SUNDAYS: Final = "sunday"
HOLIDAYS: Final = "holiday"
Burdens = tuple[tuple[str, int], ...]
_KEPT: Final = 12
_made: list[tuple[Facts, tuple[Scope, Burdens, str], Mapping[str, int]]] = []
"""Shares that were worked out last: an audit after each edit asks for the same."""


def remembered(record: Carried, weeks: int | None) -> int:
    """Give what is left of an amount on day 0: less from week to week, none of it after some weeks.

    Halves go away from zero; without a number of weeks all of it is left for ever.

    >>> remembered(
    ...     Carried(id="k", person="A", measure="balance", since=-210, until=-183, amount=20), 52
    ... )
    10
    """
    if weeks is None:
        return record.amount
    whole = weeks * WEEK
    left = max(0, whole - (-1 - record.until))
    size = (2 * abs(record.amount) * left + whole) // (2 * whole)
    return size if record.amount > 0 else -size


def burden(facts: Facts, burdens: Burdens, day: int, shift: ShiftId) -> int:
    """Give the points of a duty: all words that are a tag of its shift, its id, or of its day."""
    return sum(points for word, points in burdens if _meant(facts, word, day, shift))


def _meant(facts: Facts, word: str, day: int, shift: ShiftId) -> bool:
    if word == SATURDAYS:
        return facts.horizon.weekday(day) == SATURDAY
    if word == SUNDAYS:
        return facts.horizon.weekday(day) == SUNDAY
    if word == HOLIDAYS:
        return day in facts.holidays
    return shift in facts.shift_ids(word)


def fair_shares(facts: Facts, scope: Scope, burdens: Burdens, tag: str) -> Mapping[str, int]:
    """Give the points that fall to each person of a scope, halves up.

    The points of all duties that the cover asks for at least (the lightest of its shifts) are shared
    by part-time share × days on which the person is there.
    """
    key = (scope, burdens, tag)
    for known, given, shares in _made:
        if known is facts and given == key:
            return shares
    shares = _fair_shares(facts, scope, burdens, tag)
    _made.insert(0, (facts, key, shares))
    del _made[_KEPT:]
    return shares


def _fair_shares(facts: Facts, scope: Scope, burdens: Burdens, tag: str) -> Mapping[str, int]:
    tagged = facts.shift_ids(tag)
    total = 0
    for need in facts.problem.cover:
        shifts = need.shifts & tagged
        if shifts and 0 <= need.day <= facts.horizon.last:
            total += need.least * min(burden(facts, burdens, need.day, shift) for shift in shifts)
    people = [p for p in facts.problem.staff if scope.holds(facts.staff_tags[p.id])]
    weights = {
        person.id: person.share
        * sum(not facts.off(person.id, d) for d in range(facts.horizon.days))
        for person in people
    }
    whole = sum(weights.values())
    return {
        person: (2 * total * weight + whole) // (2 * whole) if whole else 0
        for person, weight in weights.items()
    }
