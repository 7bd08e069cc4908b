"""Twenty weeks before the horizon, as a ward has them: in turn, with leave, and not quite fairly."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from data.demo.past import OFF, Line, dealt, nights_into
from data.demo.people import LEAVE
from data.demo.period import HORIZON
from data.demo.streams import Stream
from planner.people import Carried, History, ShiftId, StaffId, StaffMember
from planner.rostering import ShiftType

WEEKS: Final = 20
_WEEK: Final = 7
_WEEKEND: Final = 22
"""Points of a worked weekend."""

UNFAIR: Final = (3, 3, -2, -2, -2)
"""Weekends that five people have had too many, or too few, so that a fair roster mends something."""

BALANCE: Final = "balance"
HOURS: Final = "hours"
"""Measures that the rules in force read: points above or below a fair share, minutes of the year."""

_YEARLY: Final = 1582 * 60
"""Minutes of a year with variable rest."""

Points = Callable[[int, ShiftId], int]
"""The points of a shift on a day."""


def long_histories(
    stream: Stream,
    people: Sequence[StaffMember],
    lines: Sequence[Line],
    shifts: Iterable[ShiftType],
    gone: Collection[str],
    points: Points,
) -> tuple[History, ...]:
    """Give a group's last twenty weeks: nights and weekends go to those who have had least of them.

    Each week is legal after the one before, which makes all of them legal together. Who is `gone` on
    day 0 has no night that ends in it.
    """
    times = {shift.id: shift for shift in shifts}
    borne: Counter[str] = Counter()
    full = [person for person in stream.shuffled(people) if person.share == 100]
    for person, weekends in zip(full, UNFAIR, strict=False):
        borne[person.id] = -weekends * _WEEKEND
    rested: Counter[str] = Counter()
    past: dict[str, tuple[str, ...]] = {person.id: () for person in people}
    before: Mapping[str, tuple[str, ...]] = {}
    for week in range(-WEEKS, 0):
        order = stream.shuffled(people)
        resting = _on_leave(order, rested)
        order.sort(key=lambda person: borne[person.id] / person.share)
        barred = nights_into(gone, lines, times) if week == -1 else ()
        there = [person for person in order if person.id not in resting]
        found = dealt(stream, there, lines, times, before, barred)
        found |= dict.fromkeys(resting, (OFF,) * _WEEK)
        for who, words in found.items():
            past[who] += words
            for day, word in enumerate(words, start=week * _WEEK):
                borne[who] += 0 if word == OFF else points(day, ShiftId(word))
        before = found
    return tuple(History(id=person.id, past=past[person.id]) for person in people)


def _on_leave(order: Sequence[StaffMember], rested: Counter[str]) -> list[str]:
    """Give those who are on leave in a week: the ones who have had least of it."""
    least = sorted((str(person.id) for person in order), key=rested.__getitem__)
    resting = least[: round(LEAVE * len(least))]
    rested.update(resting)
    return resting


def brought(
    stream: Stream,
    people: Sequence[StaffMember],
    histories: Iterable[History],
    points: Points,
) -> tuple[Carried, ...]:
    """Give what people carry: the hours from New Year to the known weeks, and how fair these were.

    A fair share of the points is by part-time share and weeks at work. Those who may not work all
    shifts carry none: nights that they cannot do are not owed.
    """
    pasts = {history.id: history.past for history in histories}
    borne = {person.id: _borne(pasts[person.id], points) for person in people}
    weights = {
        person.id: person.share * _weeks(pasts[person.id]) for person in people if not person.shifts
    }
    each = sum(borne[person] for person in weights) / sum(weights.values())
    year = HORIZON.day(HORIZON.start.replace(month=1, day=1))
    known = -WEEKS * _WEEK
    found = []
    for person in people:
        minutes = _YEARLY * person.share / 100 * (known - year) / 365 * stream.between(0.94, 1.04)
        found.append(_carried(person.id, HOURS, year, known - 1, round(minutes)))
        if person.id in weights:
            balance = borne[person.id] - round(each * weights[person.id])
            found.append(_carried(person.id, BALANCE, known, -1, balance))
    return tuple(found)


def _carried(person: StaffId, measure: str, since: int, until: int, amount: int) -> Carried:
    id = f"{person}-{measure}"
    return Carried(id=id, person=person, measure=measure, since=since, until=until, amount=amount)


def _borne(past: Sequence[str], points: Points) -> int:
    days = enumerate(past, start=-len(past))
    return sum(points(day, ShiftId(word)) for day, word in days if word != OFF)


def _weeks(past: Sequence[str]) -> int:
    weeks = (past[day : day + _WEEK] for day in range(0, len(past), _WEEK))
    return sum(any(word != OFF for word in week) for week in weeks)
