"""Staff of a demo hospital: part-time mix, absences and wishes (domain reference 8.1)."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from data.demo.period import HORIZON, SCHOOL_HOLIDAYS, WEEKS, stamp
from data.demo.roster_kinds import FPH
from data.demo.streams import Stream
from planner.people import Absence, Request, ShiftId, StaffId, StaffMember

SHARES: Final = ((100, 0.62), (80, 0.25), (90, 0.08), (50, 0.05))
"""Per cent of full time and how many work so: 0.917 of full time a head."""

LEAVE: Final = 0.09
LEAVE_IN_SCHOOL_HOLIDAYS: Final = 0.14
SICKNESS: Final = 0.06
TRAINING: Final = 0.015
WISHES: Final = 2.2
FIXED_WEEKDAY: Final = 0.12


class Group(NamedTuple):
    """People of one role: ids `CODE-001` …, all with `skills`, on `shifts` (empty: all)."""

    code: str
    role: str
    team: str
    heads: int
    skills: tuple[str, ...]
    shifts: tuple[str, ...] = ()


def members(stream: Stream, groups: Sequence[Group]) -> tuple[StaffMember, ...]:
    """Give the staff of some groups; the part-time mix is dealt over all of them together."""
    count = sum(group.heads for group in groups)
    dealt = stream.dealt([s for s, _ in SHARES], [weight for _, weight in SHARES], count)
    shares = iter(dealt)
    return tuple(
        StaffMember(
            id=StaffId(f"{group.code}-{number:03d}"),
            contract=FPH,
            role=group.role,
            team=group.team,
            skills=frozenset(group.skills),
            share=next(shares),
            shifts=frozenset(ShiftId(shift) for shift in group.shifts),
        )
        for group in groups
        for number in range(1, group.heads + 1)
    )


def absences(stream: Stream, people: Sequence[StaffMember]) -> tuple[Absence, ...]:
    """Draw leave by whole weeks, sickness by spells, training by days; nothing overlaps.

    Each is shared out over the people given, so a group is never emptied by chance.
    """
    away: dict[StaffId, set[int]] = {person.id: set() for person in people}
    found: list[Absence] = []
    for week in range(WEEKS):
        days = range(7 * week, 7 * week + 7)
        rates = [LEAVE_IN_SCHOOL_HOLIDAYS if d in SCHOOL_HOLIDAYS else LEAVE for d in days]
        gone = _whole(stream, len(people) * sum(rates) / 7)
        rested = sorted(stream.shuffled(people), key=lambda p: len(away[p.id]))
        for person in rested[:gone]:
            found.append(_away(person.id, days, "Congé annuel"))
            away[person.id].update(days)
    found += _spells(stream, people, away)
    for _ in range(_whole(stream, len(people) * TRAINING * HORIZON.days)):
        person, day = stream.one(people), 7 * stream.whole(0, WEEKS - 1) + stream.whole(0, 4)
        if day not in away[person.id]:
            found.append(_away(person.id, range(day, day + 1), "Formation"))
            away[person.id].add(day)
    return tuple(sorted(found, key=lambda absence: (absence.person, absence.first)))


def _spells(
    stream: Stream, people: Sequence[StaffMember], away: dict[StaffId, set[int]]
) -> Iterable[Absence]:
    """Draw sickness that is known on the first of October: spells of three days to two weeks."""
    left = _whole(stream, len(people) * SICKNESS * HORIZON.days)
    for person in stream.shuffled(people):
        length = min(left, stream.whole(3, 14))
        first = stream.whole(0, HORIZON.days - length)
        days = range(first, first + length)
        if length and not away[person.id].intersection(days):
            left -= length
            away[person.id].update(days)
            yield _away(person.id, days, "Maladie")


def _whole(stream: Stream, exact: float) -> int:
    """Round up or down at random, so that the mean is exact."""
    return int(exact + stream.share())


def _away(person: StaffId, days: range, reason: str) -> Absence:
    first, last = days[0], days[-1]
    return Absence(
        id=f"{person}-{stamp(first)}", person=person, first=first, last=last, reason=reason
    )


def requests(
    stream: Stream,
    people: Sequence[StaffMember],
    gone: Iterable[Absence],
    shifts: Sequence[str],
    fixed: bool = True,
) -> tuple[Request, ...]:
    """Draw 2.2 wishes a person: 70 % a day off, 20 % a shift, 10 % a day off wished strongly.

    With `fixed` one person in eight also has the same weekday off in every week.
    """
    away = {(a.person, day) for a in gone for day in range(a.first, a.last + 1)}
    taken = set(away)
    found = []
    everyone = [*people, *people, *stream.shuffled(people)[: round(0.2 * len(people))]]
    everyone += [stream.one(people) for _ in range(round(WISHES * len(people)) - len(everyone))]
    for person in everyone[: round(WISHES * len(people))]:
        free = [d for d in range(HORIZON.days) if (person.id, d) not in taken]
        kind, day = stream.share(), stream.one(free or [0])
        usable: list[str] = [*sorted(person.shifts)] or [*shifts]
        shift = ShiftId(stream.one(usable))
        if not free:
            continue
        taken.add((person.id, day))
        found.append(
            Request(
                id=f"{person.id}-{stamp(day)}",
                person=person.id,
                day=day,
                shift=shift if 0.7 <= kind < 0.9 else None,
                wanted=0.7 <= kind < 0.9,
                weight=5 if kind >= 0.9 else 1,
            )
        )
    if fixed:
        found += _fixed(stream, people, taken)
    return tuple(sorted(found, key=lambda request: (request.person, request.day)))


def _fixed(
    stream: Stream, people: Sequence[StaffMember], taken: set[tuple[str, int]]
) -> Iterable[Request]:
    """Give part-time people first the same weekday off in every week, where nothing else stands."""
    part_time_first = sorted(stream.shuffled(people), key=lambda p: p.share == 100)
    for person in part_time_first[: round(FIXED_WEEKDAY * len(people))]:
        weekday = stream.weighted((0, 1, 2, 3, 4), (2, 1, 5, 1, 2))
        for day in range(weekday, HORIZON.days, 7):
            if (person.id, day) not in taken:
                yield Request(
                    id=f"{person.id}-{stamp(day)}",
                    person=person.id,
                    day=day,
                    wanted=False,
                    weight=20,
                )


def net_hours(people: Iterable[StaffMember], gone: Iterable[Absence]) -> float:
    """Give the hours that people owe in the four weeks: 35 a week and share, less absent days."""
    days = {person.id: HORIZON.days for person in people}
    for absence in gone:
        if absence.person in days:
            days[StaffId(absence.person)] -= absence.last - absence.first + 1
    return sum(35 * person.share / 100 * days[person.id] / 7 for person in people)
