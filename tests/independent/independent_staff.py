"""Goes through a person's days one by one: runs, sequences, weekends, split days, what was published."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from independent_folder import Limit, date, minute, words
from independent_windows import ONE_DAY, bounds, counts, windows

if TYPE_CHECKING:
    from independent_rosters import Duty, Person, Rosters

Said = tuple[dt.date, int, str]  # the last day of it, units, and a sentence


def hours(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Add the minutes of each date, window by window."""
    minutes: Counter[dt.date] = Counter()
    for duty in person.with_tag(limit.numbers["tag"]):
        for day, worked in _minutes(rosters, limit, duty).items():
            if counts(rosters.folder, dict(limit.numbers), day):
                more = int(limit.numbers.get("heavier_by", 0))
                heavier = duty.is_a(limit.numbers.get("heavier", ""))
                minutes[day] += int(worked * (1000 + more * heavier) / 1000 + 1e-9)
    yield from _outside(rosters, limit, person, minutes, "minutes")


def _minutes(rosters: "Rosters", limit: Limit, duty: "Duty") -> dict[dt.date, int]:
    pause = int(duty.shift["pause"]) if limit.numbers["measure"] == "effective" else 0
    if limit.numbers.get("split", "start") == "start":
        return {duty.date: len(duty.inside) - pause}
    found, left = {}, pause
    for day in (duty.date, duty.date + ONE_DAY):
        civil = rosters.clock.day(day)
        here = sum(instant in civil for instant in duty.inside)
        found[day] = max(0, here - left)
        left = max(0, left - here)
    return found


def number(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Count the days, duties or half-days of each date, window by window."""
    kind = limit.numbers.get("count", "days")
    found: Counter[dt.date] = Counter()
    for duty in person.with_tag(limit.numbers["tag"]):
        if counts(rosters.folder, dict(limit.numbers), duty.date):
            worth = int(duty.shift.get("half_days") or 0) if kind == "half_days" else 1
            found[duty.date] = 1 if kind == "days" else found[duty.date] + worth
    yield from _outside(rosters, limit, person, found, kind)


def _outside(
    rosters: "Rosters", limit: Limit, person: "Person", each: Counter[dt.date], unit: str
) -> Iterator[Said]:
    for window in windows(rosters.folder, limit, person.id, person.known):
        there = {day for day in window.dates if not away(rosters, person, day)}
        found = window.total(each)
        for name, bound in bounds(limit, int(person.row["share"]), window.dates, there):
            rolling = limit.numbers["window"] == "rolling"
            cut = rolling and len(window.dates) < int(limit.numbers["days"])
            judged = name == "most" or (window.whole(person.known) and not cut)
            if judged and (found > bound if name == "most" else found < bound):
                span = f"from {window.dates[0]} to {window.dates[-1]}"
                units = abs(found - bound)
                yield window.dates[-1], units, f"{found} {unit} {span} ({name} {bound})"


def away(rosters: "Rosters", person: "Person", day: dt.date) -> bool:
    """Tell whether she is not there on any minute of a day, or gone."""
    if gone(rosters, person, day):
        return True
    for row in rosters.absences.of(person.id):
        if date(row["first"]) <= day <= date(row["last"]):
            if not row["start"] or not row["end"]:
                return True
            if (minute(row["start"]), minute(row["end"])) == (0, 1440):
                return True
    return False


def gone(rosters: "Rosters", person: "Person", day: dt.date) -> bool:
    """Tell whether a day is after her last one."""
    last = person.row["last"]
    return bool(last) and date(last) < day and date(last) < rosters.folder.dates[-1]


def _on(person: "Person", tag: str) -> set[dt.date]:
    return {duty.date for duty in person.with_tag(tag)}


def run(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Count on from day to day while the shift comes again."""
    on, most = _on(person, limit.numbers["tag"]), int(limit.numbers["most"])
    yield from _runs(rosters, limit, person, on, most)


def rest(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Count on from day to day while it does not."""
    off = person.known - _on(person, limit.numbers["tag"])
    most = limit.numbers.get("most", "none")
    yield from _runs(rosters, limit, person, off, None if most == "none" else int(most))


def _runs(
    rosters: "Rosters", limit: Limit, person: "Person", days: set[dt.date], most: int | None
) -> Iterator[Said]:
    least = int(limit.numbers["least"])
    for day in sorted(days & person.known):
        length = 1
        while day - length * ONE_DAY in days & person.known:
            length += 1
        if most is not None and length > most and day >= rosters.folder.start:
            yield day, 1, f"{length} in a row up to {day} (most {most})"
        after, before = day + ONE_DAY, day - length * ONE_DAY
        ends = after not in days and after in person.known and before in person.known
        if ends and length < least and after >= rosters.folder.start:
            yield after, least - length, f"{length} in a row up to {day} (least {least})"


def sequence(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Hold the pattern against each stretch of days."""
    pattern = limit.numbers["pattern"]
    for last in rosters.folder.dates if pattern else ():
        days = [last - back * ONE_DAY for back in reversed(range(len(pattern)))]
        if all(day in person.known for day in days):
            if all(_fits(person, day, word) for day, word in zip(days, pattern, strict=True)):
                yield last, 1, f"{' '.join(pattern)} up to {last}"


def _fits(person: "Person", day: dt.date, word: str) -> bool:
    if word == "-":
        return day not in _on(person, "work")
    return word == "*" or any(day in _on(person, tag) for tag in word.split("/"))


def halves(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Look at each two days of a weekend."""
    on, weekend = _on(person, limit.numbers["tag"]), set(limit.numbers["weekend"])
    for day in rosters.folder.dates:
        before = day - ONE_DAY
        if {before.weekday(), day.weekday()} <= weekend and before in person.known:
            if (before in on) != (day in on):
                yield day, 1, f"one of {before} and {day} is worked"


def weekends(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Put the days of each weekend together, and count those with a duty."""
    numbers, on = limit.numbers, _on(person, limit.numbers["tag"])
    begin, end = min(person.known), rosters.folder.dates[-1]
    found: list[list[dt.date]] = []
    for n in range((end - begin).days + 13):
        day = begin + (n - 6) * ONE_DAY
        if day.weekday() in numbers["weekend"]:
            if found and found[-1][-1] == day - ONE_DAY:
                found[-1].append(day)
            else:
                found.append([day])
    found = [days for days in found if days[-1] >= begin and days[0] <= end]
    most, least, of = numbers.get("most", "none"), numbers.get("least", "none"), int(numbers["of"])
    groups = [(found[n : n + of], True) for n in range(len(found) - of + 1)]
    groups = [
        (group, True)
        for group, _ in groups
        if group[-1][-1] >= rosters.folder.start and {d for w in group for d in w} <= person.known
    ]
    if not groups and found and found[-1][-1] >= rosters.folder.start:
        groups = [(found[-of:], False)]
    whole_period = numbers["window"] == "horizon"
    if whole_period:
        groups, on = [(found, True)], on & set(rosters.folder.dates)
    for group, whole in groups:
        counted = sum(any(day in on for day in days) for days in group)
        last = end if whole_period else group[-1][-1]
        over = counted - int(most) if most != "none" else 0
        under = int(least) - counted if least != "none" and whole else 0
        for units in (over, under):
            if units > 0:
                yield last, units, f"{counted} weekends up to {last}"


def length(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Measure each duty by its shift's own times."""
    numbers = limit.numbers
    for duty in person.with_tag(numbers["tag"]):
        lasts = minute(duty.shift["end"]) - minute(duty.shift["start"])
        wrong = [lasts - int(numbers["most"]), int(numbers["least"]) - lasts]
        if lasts > int(numbers["over"]):
            wrong.append(int(numbers["pause"]) - int(duty.shift["pause"]))
        for units in wrong:
            if not duty.past and not duty.is_a(numbers["spared"]) and units > 0:
                yield duty.date, units, f"{duty} lasts {lasts} minutes"


def split(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Look at the duties of each day together."""
    numbers = limit.numbers
    for day in rosters.folder.dates:
        here = [duty for duty in person.with_tag(numbers["tag"]) if duty.date == day]
        times = [(minute(duty.shift["start"]), minute(duty.shift["end"])) for duty in here]
        wrong = max(0, len(here) - int(numbers["spells"]))
        for one, other in combinations(times, 2):
            wide = max(one[1], other[1]) - min(one[0], other[0]) > int(numbers["most"])
            wrong += wide or any(e - s < int(numbers["least"]) for s, e in (one, other))
        if wrong:
            yield day, wrong, f"{len(here)} duties on {day}: {times}"


def after_run(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """From the end of each run on, look for a duty that comes too soon."""
    numbers = limit.numbers
    on, least = _on(person, numbers["tag"]) & person.known, int(numbers["run"])
    for duty in person.with_tag(numbers["tag"]):
        day, after = duty.date, duty.date + ONE_DAY
        ran = all(day - back * ONE_DAY in on for back in range(least))
        if ran and after not in on and after in person.known:
            for late in person.with_tag(numbers["after"]):
                gap = late.inside.start - duty.inside.stop
                if not late.past and late.date > day and gap < int(numbers["minutes"]):
                    yield late.date, 1, f"{gap} minutes from {duty} to {late}"


def kept(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Lay what was published beside what is planned."""
    within = limit.numbers.get("within", "none")
    told = _told(rosters, person.id)
    tracks = {id: row["track"] for id, row in rosters.shifts.items()}
    for number, day in enumerate(rosters.folder.dates):
        word = told[number] if number < len(told) else "?"
        ids = [] if word == "-" else word.split("+")
        if word == "?" or not set(ids) <= tracks.keys():
            continue
        far = (day - rosters.folder.as_of).days
        counted = far >= 0 and (within == "none" or far < int(within))
        one_a_track = len({tracks[id] for id in ids}) == len(ids)
        here = sorted(duty.shift["id"] for duty in person.duties if duty.date == day)
        if counted and one_a_track and here != sorted(ids):
            yield day, 1, f"{here} on {day}, {word} was published"


def in_cycle(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Turn each rotation week by week from Monday 1 January 2024, and lay its line beside the day."""
    folder = rosters.folder
    holidays = {date(row["day"]) for row in folder.rows_if_any("holidays")}
    rotations = {row["id"]: row for row in folder.rows_if_any("rotations")}
    absences = list(rosters.absences.of(person.id))

    def away_on(day: dt.date) -> bool:
        return any(date(row["first"]) <= day <= date(row["last"]) for row in absences)

    for turn in folder.rows_if_any("turns"):
        if turn["id"] != person.id:
            continue
        rotation, lines = rotations[turn["rotation"]], _lines(rosters, turn["rotation"])
        used = {rosters.shifts[id]["track"] for ids in lines.values() for id in ids}
        may = words(person.row["shifts"])
        for day in folder.dates if used else ():
            turned = (day - dt.date(2024, 1, 1)).days // 7 + int(turn["line"]) - 1
            asked = lines.get((turned % int(rotation["weeks"]) + 1, day.weekday()), [])
            over = any(minute(rosters.shifts[id]["end"]) > 1440 for id in asked)
            free = day in holidays and rotation["holidays"] != "yes"
            silent = free or away_on(day) or (over and away_on(day + ONE_DAY))
            if silent or gone(rosters, person, day) or day < folder.as_of:
                continue
            here = [d.shift["id"] for d in person.duties if d.date == day]
            here = [id for id in here if rosters.shifts[id]["track"] in used]
            one_a_track = len({rosters.shifts[id]["track"] for id in asked}) == len(asked)
            hers = not may or set(asked) <= set(may)
            if one_a_track and hers and sorted(set(here)) != sorted(asked):
                yield day, 1, f"{here} on {day}, the line says {asked}"


def _lines(rosters: "Rosters", rotation: str) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for row in rosters.folder.rows_if_any("lines"):
        if row["rotation"] == rotation:
            for weekday, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
                if row[name] in rosters.shifts:
                    here = found.setdefault((int(row["number"]), weekday), [])
                    here += [row[name]] if row[name] not in here else []
    return found


def published(rosters: "Rosters", limit: Limit, person: "Person") -> Iterator[Said]:
    """Count the days between telling a roster and its first day."""
    for row in rosters.folder.rows_if_any("promises"):
        if row["id"] == person.id and row["told"]:
            days = [n for n, word in enumerate(words(row["days"])) if word != "?"]
            if days and days[0] < len(rosters.folder.dates):
                first = rosters.folder.dates[days[0]]
                ahead = (first - date(row["told"])).days
                short = int(limit.numbers["notice"]) - ahead
                if short > 0:
                    yield first, short, f"told {ahead} days before {first}"


def _told(rosters: "Rosters", person: str) -> list[str]:
    rows: list[Any] = rosters.folder.rows_if_any("promises")
    return next((words(row["days"]) for row in rows if row["id"] == person), [])


STAFF = {
    "window_sum": hours,
    "window_count": number,
    "run_length": run,
    "rest_run": rest,
    "forbidden_sequence": sequence,
    "whole_weekends": halves,
    "weekend_count": weekends,
    "duty_length": length,
    "split_day": split,
    "rest_after": after_run,
    "roster_kept": kept,
    "publication": published,
    "cycle_kept": in_cycle,
}
