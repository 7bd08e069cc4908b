"""Goes through the minutes of each person's roster: what is worked, and what is left for rest."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from independent_absences import Absences
from independent_clock import Walked
from independent_folder import Folder, Limit, Row, Tags, Wrong, date, minute, words
from independent_staff import STAFF
from independent_windows import FIRST_MONDAY, ONE_DAY

Said = tuple[dt.date, int, str]  # the last day of it, units, and a sentence


class Duty(NamedTuple):
    """A shift that a person works, with the instants that it lasts; `past`: before the horizon."""

    date: dt.date
    shift: Row
    inside: range
    past: bool
    tags: frozenset[str]

    def is_a(self, tag: str) -> bool:
        """Tell whether the shift carries a tag, or is called like it."""
        return tag == self.shift["id"] or tag in self.tags

    def __str__(self) -> str:
        return f"{self.shift['id']} of {self.date}"


class Person(NamedTuple):
    """A staff member with duties, and the dates of which it is known what she did."""

    row: Row
    duties: list[Duty]
    known: set[dt.date]

    @property
    def id(self) -> str:
        """Her code."""
        return self.row["id"]

    @property
    def tags(self) -> Tags:
        """What a rule may ask for of her."""
        tags = {kind: {self.row[kind]} for kind in ("contract", "role", "team")}
        return tags | {"skill": set(words(self.row["skills"])), "person": {self.id}}

    def with_tag(self, tag: str) -> list[Duty]:
        """Give her duties that are of a kind."""
        return [duty for duty in self.duties if duty.is_a(tag)]


def abilities(person: Person) -> set[str]:
    """Give the skills of a person; one with a level counts for the lower levels too."""
    found = set(words(person.row["skills"]))
    for skill in tuple(found):
        if skill[-2:-1] == ":" and skill[-1] in "01234":
            name, level = skill[:-2], int(skill[-1])
            found |= {f"{name}:{each}" for each in range(1, level)} | {f"{name}={level}"}
            found |= {name} if level > 1 else set()
    return found


class Rosters:
    """All rosters of an export, history included."""

    def __init__(self, folder: Folder, clock: Walked) -> None:
        self.folder, self.clock = folder, clock
        self.absences = Absences(folder, clock)
        self.shifts = folder.by_id("shifts")
        self.staff = folder.by_id("staff")
        self.unreadable: list[Wrong] = []
        duties, known = self._past()
        for row in folder.duties:
            if self._fits(row):
                duty = self._duty(date(row["date"]), self.shifts[row["shift"]])
                duties[row["person"]].append(duty)
        self.people = [
            Person(row, duties[row["id"]], known[row["id"]] | set(folder.dates))
            for row in self.staff.values()
        ]

    def _past(self) -> tuple[dict[str, list[Duty]], dict[str, set[dt.date]]]:
        duties: dict[str, list[Duty]] = defaultdict(list)
        known: dict[str, set[dt.date]] = defaultdict(set)
        for row in self.folder.rows("histories"):
            entries = words(row["past"])
            for back, entry in enumerate(reversed(entries), start=1):
                day = self.folder.start - back * ONE_DAY
                if entry != "?":
                    known[row["id"]].add(day)
                    shifts = [] if entry == "-" else entry.split("+")
                    for shift in shifts:
                        duties[row["id"]].append(self._duty(day, self.shifts[shift]))
        return duties, known

    def _duty(self, day: dt.date, shift: Row) -> Duty:
        start = self.clock.instant(day, minute(shift["start"]))
        end = self.clock.instant(day, minute(shift["end"]))
        tags = frozenset(words(shift["tags"]))
        return Duty(day, shift, range(start, end), day < self.folder.start, tags)

    def _fits(self, row: Row) -> bool:
        shift = self.shifts.get(row["shift"])
        words = f"{row['person']} on {row['date']}"
        known = row["person"] in self.staff and date(row["date"]) in self.folder.dates
        if shift is None or not known:
            words = f"{words}: the person, shift or day is not there"
            self.unreadable.append(Wrong("duties", "fits", (row["person"],), None, words))
            return False
        if any(row[name] != shift[name] for name in ("track", "start", "end")):
            words = f"{words}: other times than the shift"
            self.unreadable.append(Wrong("duties", "fits", (row["person"],), None, words))
        return True


def wrong_rosters(rosters: Rosters) -> Iterator[Wrong]:
    """Find what is wrong in the rosters."""
    for limit in rosters.folder.limits:
        if limit.type in _JUDGES:
            for person in rosters.people:
                if limit.holds(person.tags):
                    for day, units, sentence in _JUDGES[limit.type](rosters, limit, person):
                        said = f"{person.id}: {sentence}"
                        yield limit.wrong(said, person.id, day=day, amount=units)


def _one_duty(rosters: Rosters, limit: Limit, person: Person) -> Iterator[Said]:
    here = [duty for duty in person.duties if not duty.past]
    for (day, track), times in Counter((d.date, d.shift["track"]) for d in here).items():
        if times > 1:
            yield day, times - 1, f"{times} duties on {day}, track {track}"


def _absence(rosters: Rosters, limit: Limit, person: Person) -> Iterator[Said]:
    last = person.row["last"]
    for duty in person.duties:
        if not duty.past and last and duty.date > date(last):
            yield duty.date, 1, f"{duty}, after the last day of work {last}"
        elif not duty.past:
            minutes = rosters.absences.minutes_away(person.id, duty.inside, duty.date)
            if minutes:
                yield duty.date, 1, f"{duty}, away for {minutes} minutes of it"


def _allowed(rosters: Rosters, limit: Limit, person: Person) -> Iterator[Said]:
    may = words(person.row["shifts"])
    duties = [duty for duty in person.duties if "callout" not in words(duty.shift["tags"])]
    others = [d for d in duties if may and not d.past and d.shift["id"] not in may]
    for day in sorted({duty.date for duty in others}):
        yield day, 1, f"{day}: may work {', '.join(may)} only"


def _skill(rosters: Rosters, limit: Limit, person: Person) -> Iterator[Said]:
    skill = limit.numbers["skill"]
    if skill and skill not in abilities(person):
        duties = [duty for duty in person.with_tag(limit.numbers["tag"]) if not duty.past]
        for day in sorted({duty.date for duty in duties}):
            yield day, 1, f"{day}: works without the skill {skill}"


def _gap(rosters: Rosters, limit: Limit, person: Person) -> Iterator[Said]:
    """Look at each two duties whether the later begins before the rest after the other is over."""
    least = int(limit.numbers["minutes"])
    for pair in combinations(person.duties, 2):
        for early, late in (pair, pair[::-1]):
            free = late.is_a("callout") and limit.numbers["after"] not in (
                "callout",
                late.shift["id"],
            )
            forbidden = range(early.inside.start, early.inside.stop + (0 if free else least))
            meant = early.is_a(limit.numbers["before"]) and late.is_a(limit.numbers["after"])
            if meant and late.inside.start in forbidden and not (early.past and late.past):
                rest = late.inside.start - early.inside.stop
                words_ = f"{rest} minutes of rest from {early} to {late} (least {least})"
                yield max(early.date, late.date), 1, words_
                break  # a pair is one, whichever of two that begin at once is taken first


def _weekly_rest(rosters: Rosters, limit: Limit, person: Person) -> Iterator[Said]:
    """Walk to each week's end, counting the minutes since the last worked one."""
    least = int(limit.numbers["minutes"])
    length = 7 * int(limit.numbers.get("weeks", 1))
    worked = _worked(person, limit.numbers["tag"])
    for monday in _starts(rosters, length, 7 * int(limit.numbers.get("later", 0))):
        after = monday + length * ONE_DAY
        week = range(rosters.clock.day(monday).start, rosters.clock.day(after).start)
        rest, longest = 0, 0
        for instant in range(week.start - least, week.stop):
            rest = 0 if instant in worked else rest + 1
            if rest > longest and instant in week:
                longest = rest
        if longest < least:
            yield (
                after - ONE_DAY,
                1,
                f"{longest} minutes of rest at most from {monday} on (least {least})",
            )


def _starts(rosters: Rosters, length: int, later: int) -> list[dt.date]:
    """Give the first days of the blocks of so many days that meet the horizon."""
    days = rosters.folder.dates
    return sorted({day - ((day - FIRST_MONDAY).days - later) % length * ONE_DAY for day in days})


def _worked(person: Person, tag: str) -> set[int]:
    return {instant for duty in person.with_tag(tag) for instant in duty.inside}


def _rest_days(rosters: Rosters, limit: Limit, person: Person) -> Iterator[Said]:
    numbers = limit.numbers
    length, later = 7 * int(numbers["weeks"]), 7 * int(numbers["later"])
    for start in _starts(rosters, length, later):
        block = [start + n * ONE_DAY for n in range(length)]
        rest = [day for day in block if not _busy(rosters, limit, person, day)]
        short = int(numbers["least"]) - len(rest)
        if short > 0:
            yield block[-1], short, f"{len(rest)} rest days from {start} on"
        runs = [[day + n * ONE_DAY for n in range(int(numbers["together"]))] for day in block]
        wanted = set(numbers["including"]) or set(range(7))
        kept = [run for run in runs if set(run) <= set(rest)]
        if not any(wanted & {day.weekday() for day in run} for run in kept):
            yield (
                block[-1],
                1,
                f"no {numbers['together']} rest days in a row as asked from {start} on",
            )


def _busy(rosters: Rosters, limit: Limit, person: Person, day: dt.date) -> bool:
    """Tell whether a civil day has a minute of work; with `night_end` free, of a duty of its own."""
    duties = person.with_tag(limit.numbers["tag"])
    if limit.numbers["night_end"] == "free":
        return any(duty.date == day for duty in duties)
    near = [duty for duty in duties if abs((duty.date - day).days) <= 3]
    if not near:
        return False
    civil = set(rosters.clock.day(day))
    return any(not civil.isdisjoint(duty.inside) for duty in near)


_JUDGES = {
    "one_duty": _one_duty,
    "absence": _absence,
    "allowed_shifts": _allowed,
    "shift_skill": _skill,
    "min_gap": _gap,
    "weekly_rest": _weekly_rest,
    "rest_days": _rest_days,
    **STAFF,
}
JUDGED_ROSTERS = set(_JUDGES)
