"""Goes through the days of people together: skills side by side, pairs, and shares of burdens."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from independent_folder import Limit, Wrong, date, minute, words
from independent_rosters import abilities
from independent_staff import away
from independent_windows import carried

if TYPE_CHECKING:
    from independent_rosters import Duty, Person, Rosters


def wrong_teams(rosters: "Rosters") -> Iterator[Wrong]:
    """Find what is wrong with people who work together."""
    for limit in rosters.folder.limits:
        if limit.type in TEAMS:
            people = [person for person in rosters.people if limit.holds(person.tags)]
            yield from TEAMS[limit.type](rosters, limit, people)


def _groups(
    limit: Limit, people: list["Person"], kind: str
) -> dict[tuple[str, dt.date], list[tuple["Person", "Duty"]]]:
    """Put the duties of the horizon together by what is looked at, and day."""
    found: dict[tuple[str, dt.date], list[tuple[Person, Duty]]] = defaultdict(list)
    for person in people:
        for duty in person.with_tag(limit.numbers["tag"]):
            names = {"shift": duty.shift["id"], "team": person.row["team"] or "-"}
            if not duty.past:
                found[names.get(kind, limit.numbers["tag"]), duty.date].append((person, duty))
    return found


def _mix(rosters: "Rosters", limit: Limit, people: list["Person"]) -> Iterator[Wrong]:
    numbers = limit.numbers
    for (name, day), here in _groups(limit, people, numbers["among"]).items():
        beside = {p.id for p, _ in here if numbers["beside"] in ("", *abilities(p))}
        skilled = {p.id for p, _ in here if numbers["skill"] in abilities(p)}
        for asked in (100 * int(numbers["least"]), int(numbers["percent"]) * len(beside)):
            units = asked - 100 * len(skilled) if beside else 0
            if units > 0:
                said = f"{name} on {day}: {len(skilled)} for {len(beside)}"
                yield limit.wrong(said, name, day=day, amount=units)


def _pairs(rosters: "Rosters", limit: Limit, people: list["Person"]) -> Iterator[Wrong]:
    apart = limit.numbers["pair"] == "apart"
    for (name, day), here in _groups(limit, people, limit.numbers["by"]).items():
        there = {person.id for person, _ in here}
        units = len(there) - 1 if apart else int(len(there) == 1)
        if len(people) > 1 and units > 0:
            yield limit.wrong(f"{name} on {day}: {sorted(there)}", name, day=day, amount=units)


def _shares(rosters: "Rosters", limit: Limit, people: list["Person"]) -> Iterator[Wrong]:
    """Share the points that the cover asks for, and add up what each person has."""
    dates, tag, asked = rosters.folder.dates, limit.numbers["tag"], 0
    for need in rosters.folder.rows_if_any("cover"):
        shifts = [rosters.shifts[id] for id in words(need["shifts"])]
        shifts = [s for s in shifts if tag == s["id"] or tag in words(s["tags"])]
        if shifts and date(need["day"]) in dates:
            day = date(need["day"])
            points = min(_points(rosters, limit, s["id"], words(s["tags"]), day) for s in shifts)
            asked += int(need["least"]) * points
    weights = {
        person.id: int(person.row["share"]) * sum(not away(rosters, person, day) for day in dates)
        for person in people
    }
    for person in people:
        whole = sum(weights.values())
        fair = int(asked * weights[person.id] / whole + 0.5) if whole else 0
        borne = _carried(rosters, limit, person)
        for duty in person.with_tag(tag):
            if not duty.past:
                borne += _points(rosters, limit, duty.shift["id"], list(duty.tags), duty.date)
        off, step = abs(borne - fair) - int(limit.numbers["tolerance"]), int(limit.numbers["step"])
        times = 1 if limit.hard else 3  # a soft rule counts again beyond each step
        units = sum(max(0, off - step * each) for each in range(times))
        if units:
            words_ = f"{person.id}: {borne} points, {fair} are fair"
            yield limit.wrong(words_, person.id, day=dates[-1], amount=units)


def _carried(rosters: "Rosters", limit: Limit, person: "Person") -> int:
    total, free = 0, dt.date.min
    for row in carried(rosters.folder, person.id, limit.numbers["carried"]):
        if free <= date(row["since"]) and date(row["until"]) < rosters.folder.start:
            free = date(row["until"]) + dt.timedelta(days=1)
            total += _faded(int(row["amount"]), (rosters.folder.start - free).days, limit)
    return total


def _faded(amount: int, days: int, limit: Limit) -> int:
    """Let an amount fade in a straight line over the weeks of a memory, if there is one."""
    memory = limit.numbers.get("memory")
    if not memory:
        return amount
    exact = Fraction(abs(amount) * max(0, 7 * int(memory) - days), 7 * int(memory))
    return (1 if amount > 0 else -1) * int(exact + Fraction(1, 2))


def _points(rosters: "Rosters", limit: Limit, shift: str, tags: list[str], day: dt.date) -> int:
    said = {shift, *tags}
    said |= {"saturday"} if day.weekday() == 5 else set()
    said |= {"sunday"} if day.weekday() == 6 else set()
    if any(date(row["day"]) == day for row in rosters.folder.rows_if_any("holidays")):
        said.add("holiday")
    return sum(int(points) for word, points in limit.numbers["burdens"] if word in said)


def _present(rosters: "Rosters", limit: Limit, people: list["Person"]) -> Iterator[Wrong]:
    """Go through the minutes of each day, from one beginning or end of a shift to the next."""
    numbers, clock = limit.numbers, rosters.clock
    times = [
        (minute(shift["start"]), minute(shift["end"]))
        for shift in rosters.shifts.values()
        if numbers["tag"] in (shift["id"], *words(shift["tags"]))
    ]
    at_work = [[d.inside for d in person.with_tag(numbers["tag"])] for person in people]
    for day in rosters.folder.dates:
        begin = clock.instant(day, minute(numbers["since"]))
        stop = clock.instant(day, minute(numbers["until"]))
        if begin >= stop or day.weekday() not in numbers["weekdays"]:
            continue
        near = [day - back * dt.timedelta(days=1) for back in range(3)]
        spans = [
            (d, range(clock.instant(d, s), clock.instant(d, e))) for d in near for s, e in times
        ]
        edges = {edge for _, span in spans for edge in (span.start, span.stop)}
        edges = {edge for edge in edges if begin < edge < stop}
        cuts = sorted({begin, stop} | edges)
        unsure = [
            span
            for d, span in spans
            if d < rosters.folder.start and any(d not in person.known for person in people)
        ]
        for first, after in pairwise(cuts):
            there = sum(any(first in span for span in own) for own in at_work)
            missing = int(numbers["least"]) - there
            if missing > 0 and not any(first in span for span in unsure):
                shown = [clock.shown(day, instant) for instant in (first, after)]
                told = "-".join(f"{each // 60:02d}:{each % 60:02d}" for each in shown)
                name = f"{told} (2)" if clock.which(first) == "(2)" else told
                units = missing * (after - first)
                yield limit.wrong(f"{there} at {name} on {day}", name, day=day, amount=units)


TEAMS = {"presence": _present, "skill_mix": _mix, "pairing": _pairs, "equity": _shares}
