"""The two weeks before the horizon: past rosters that keep the rules of the demo hospitals.

Each person gets two weekly lines. Lines with nights, weekends or long days are dealt first, so that
the service was covered; the rest are ordinary weeks. A pair of lines is taken only if it is legal.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from data.demo.period import PAST
from data.demo.streams import Stream
from planner.people import History, ShiftId, StaffMember
from planner.rostering import ShiftType

OFF: Final = "-"
_WEEK: Final = 7
_DAY: Final = 1440
_ROLLING: Final = 48 * 60
_CIVIL: Final = 44 * 60
_GAP: Final = 12 * 60
_LONGEST_RUN: Final = 5
_NIGHTS: Final = range(2, 5)
_DAYS_OFF: Final = 4


class Line(NamedTuple):
    """A weekly line, one shift or `-` a day from Monday, worked by `hands` people of a group."""

    week: tuple[str, ...]
    hands: int = 0


def read_lines(*lines: str) -> tuple[Line, ...]:
    """Read lines such as `2 N12 N12 N12 - - - -`: hands, then seven words."""
    words = (line.split() for line in lines)
    return tuple(Line(week=tuple(week), hands=int(hands)) for hands, *week in words)


def histories(
    stream: Stream,
    people: Sequence[StaffMember],
    lines: Sequence[Line],
    shifts: Iterable[ShiftType],
    gone: Collection[str] = (),
) -> tuple[History, ...]:
    """Give a group's last two weeks; lines without hands are the ordinary weeks.

    Who is `gone` on day 0 has no night that ends in it.

    Raises:
        ValueError: the lines have no legal ordinary week for a person.
    """
    times = {shift.id: shift for shift in shifts}
    first = dealt(stream, stream.shuffled(people), lines, times, {})
    barred = nights_into(gone, lines, times)
    second = dealt(stream, stream.shuffled(people), lines, times, first, barred)
    return tuple(
        History(id=person.id, past=first[person.id] + second[person.id]) for person in people
    )


def nights_into(
    gone: Collection[str], lines: Iterable[Line], times: Mapping[ShiftId, ShiftType]
) -> set[tuple[str, tuple[str, ...]]]:
    """Give the weeks that end with a night, for each of those who are gone on the next day."""
    late = {shift.id for shift in times.values() if shift.end > _DAY}
    ends = [line.week for line in lines if line.week[-1] in late]
    return {(person, week) for person in gone for week in ends}


def dealt(
    stream: Stream,
    order: Sequence[StaffMember],
    lines: Sequence[Line],
    times: Mapping[ShiftId, ShiftType],
    before: Mapping[str, tuple[str, ...]],
    barred: Collection[tuple[str, tuple[str, ...]]] = (),
) -> dict[str, tuple[str, ...]]:
    """Deal one week: the lines with hands to the first in order who may, others an ordinary week.

    `before` is the week before it; whoever has none has no past.

    Raises:
        ValueError: the lines have no legal ordinary week for a person.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        free = (
            person
            for person in order
            if person.id not in found
            and (person.id, line.week) not in barred
            and _may(person, line, times, before)
        )
        for person, _ in zip(free, range(line.hands), strict=False):
            found[person.id] = line.week
    ordinary = [line for line in lines if not line.hands]
    for person in order:
        if person.id not in found:
            own = [_shorter(stream, line, person, times) for line in ordinary]
            own = [line for line in own if _may(person, line, times, before)]
            if not own:
                raise ValueError(person.id)
            worked = [line for line in own if set(line.week) != {OFF}]
            found[person.id] = stream.one(worked or own).week
    return found


def _may(
    person: StaffMember,
    line: Line,
    times: Mapping[ShiftId, ShiftType],
    before: Mapping[str, tuple[str, ...]],
) -> bool:
    worked = {ShiftId(word) for word in line.week if word != OFF}
    allowed = not person.shifts or worked <= person.shifts
    return allowed and _legal(before.get(person.id, ()) + line.week, tuple(times.values()))


@lru_cache(maxsize=4096)
def _legal(words: tuple[str, ...], shifts: tuple[ShiftType, ...]) -> bool:
    """Tell what `legal` tells: few pairs of weeks there are, and many people who may have them."""
    return legal(words, {shift.id: shift for shift in shifts})


def _shorter(
    stream: Stream, line: Line, person: StaffMember, times: Mapping[ShiftId, ShiftType]
) -> Line:
    """Cut days from an ordinary week until it fits a person's share of 38 hours.

    A night is not cut from a run of two: one alone would be too short.
    """
    week = list(line.week)
    while _minutes(week, times) > 38 * 60 * person.share / 100:
        days = [day for day, word in enumerate(week) if word != OFF]
        nights = "night" in times[ShiftId(week[days[0]])].tags
        week[days[-1] if nights else stream.one(days)] = OFF
        if nights and len(days) == 2:
            week = [OFF] * _WEEK
    return Line(tuple(week))


def _minutes(words: Iterable[str], times: Mapping[ShiftId, ShiftType]) -> int:
    return sum(times[ShiftId(word)].minutes for word in words if word != OFF)


def legal(words: Sequence[str], times: Mapping[ShiftId, ShiftType]) -> bool:
    """Tell whether whole past weeks keep the rules that all demo rosters know.

    48 h in any seven days, 44 h in a civil week, 12 h between duties, five days in a row, nights two
    to four in a row with two days off after them, one worked weekend in two, four days without a
    minute of work in a fortnight and two of them together with a Sunday.
    """
    weeks = [words[day : day + _WEEK] for day in range(0, len(words), _WEEK)]
    windows = [words[day : day + _WEEK] for day in range(len(words) - _WEEK + 1)]
    return (
        all(_minutes(week, times) <= _CIVIL for week in weeks)
        and all(_minutes(window, times) <= _ROLLING for window in windows)
        and _gaps_kept(words, times)
        and _runs_kept(words, times)
        and _weekends_kept(words, times)
    )


def _gaps_kept(words: Sequence[str], times: Mapping[ShiftId, ShiftType]) -> bool:
    for one, two in pairwise(words):
        if OFF not in (one, two):
            end, start = times[ShiftId(one)].end, times[ShiftId(two)].start + _DAY
            if start - end < _GAP:
                return False
    return True


def _runs_kept(words: Sequence[str], times: Mapping[ShiftId, ShiftType]) -> bool:
    night = [word != OFF and "night" in times[ShiftId(word)].tags for word in words]
    run = nights = 0
    for day, word in enumerate([*words, OFF]):
        run = 0 if word == OFF else run + 1
        if run > _LONGEST_RUN:
            return False
        if day < len(words) and night[day]:
            nights += 1
            continue
        if nights and (nights not in _NIGHTS or any(w != OFF for w in words[day : day + 2])):
            return False
        nights = 0
    return True


def _weekends_kept(words: Sequence[str], times: Mapping[ShiftId, ShiftType]) -> bool:
    """Judge a fortnight; a night takes the morning that it ends in."""
    if len(words) < PAST:
        return True
    busy = [word != OFF for word in words]
    for day, word in enumerate(words[:-1]):
        if word != OFF and times[ShiftId(word)].end > _DAY:
            busy[day + 1] = True
    weekends = [any(word != OFF for word in words[day : day + 2]) for day in (5, 12)]
    together = any(
        not (busy[sunday] or busy[other])
        for sunday in (6, 13)
        for other in (sunday - 1, sunday + 1)
        if other < PAST
    )
    return busy.count(False) >= _DAYS_OFF and together and sum(weekends) <= 1
