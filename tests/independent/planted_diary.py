"""A drawn ward, and people beside it whose days are written by hand: what is wrong there is known.

Times are reckoned here from the wall clock by `zoneinfo`, by neither the product nor the checker.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from contract_roster import draw_duties, draw_roster

from planner.people import Absence, History, Promise, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import ShiftType
from planner.rules.contract import Rule

PAST: Final = 30
ONE: Final = "V"
"""The person about whom most breaches are planted."""
Items: TypeAlias = Counter[tuple[str, dt.date]]
"""Who or what is concerned and the last day that was looked at → units."""


class Planted(NamedTuple):
    """The rule that is in force, what is wrong in the hand-written part, and whether all is by hand."""

    rule: Rule[Any, Any]
    items: Items
    alone: bool = False


class Diary:
    """The days of some people, written by hand over two weeks or more and the thirty days before."""

    def __init__(self, rng: Random, ward: Problem) -> None:
        self.rng, self.ward = rng, ward
        self.days = ward.horizon.days
        self.shifts: dict[str, ShiftType] = {}
        self.staff: dict[str, StaffMember] = {}
        self.on: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.more: dict[str, list[Any]] = defaultdict(list)
        self.items: Items = Counter()
        self.person(ONE)

    def person(self, id: str, **fields: Any) -> str:
        """Add a person, or say more of one."""
        known = self.staff.get(id, StaffMember(id=id, contract="FPH", role="planted"))
        self.staff[id] = replace(known, **fields)
        return id

    def shift(self, tags: str, start: int, end: int, *, pause: int = 0, track: str = "work") -> str:
        """Add a kind of shift; `tags` are divided by spaces."""
        id = f"V{len(self.shifts)}"
        marked = frozenset(tags.split())
        self.shifts[id] = ShiftType(
            id=id, start=start, end=end, pause=pause, track=track, tags=marked
        )
        return id

    def hours(self, shortest: int = 240, longest: int = 720) -> tuple[int, int]:
        """Draw start and end of a shift, to the minute, that no clock can leap over."""
        while True:
            start = self.rng.randrange(240, 1435)
            end = start + self.rng.randint(shortest, longest)
            if not 120 <= end % 1440 <= 180:
                return start, end

    def work(self, day: int, *shifts: str, who: str = ONE) -> None:
        """Write duties into a day."""
        self.on[who][day] += shifts

    def wrong(self, day: int, units: int = 1, who: str = ONE) -> None:
        """Note what is planted: units of an item whose last day this is."""
        if units:
            self.items[who, self.date(day)] += units

    def date(self, day: int) -> dt.date:
        return self.ward.horizon.start + dt.timedelta(days=day)

    def instant(self, day: int, minute: int) -> int:
        """Give the minutes since 1970 at a time on the wall."""
        date = self.date(day + minute // 1440)
        time = dt.time(minute % 1440 // 60, minute % 60)
        wall = dt.datetime.combine(date, time, tzinfo=ZoneInfo(self.ward.horizon.zone))
        return int(wall.timestamp()) // 60

    def lasting(self, day: int, shift: str) -> int:
        """Give the minutes of a shift that pass on a day."""
        own = self.shifts[shift]
        return self.instant(day, own.end) - self.instant(day, own.start)

    def spots(self, apart: int, first: int = 0, last: int | None = None) -> Iterator[int]:
        """Draw days that lie `apart` or more, from `first` to `last`."""
        day = first + self.rng.randrange(apart)
        while day <= (self.days - 1 if last is None else last):
            yield day
            day += apart + self.rng.randrange(3)

    def some(self, days: int) -> int:
        """Draw from 1 to so many."""
        return self.rng.randint(1, days)

    def chance(self, share: float = 0.5) -> bool:
        return self.rng.random() < share

    def absence(self, first: int, last: int, *hours: int, who: str = ONE) -> None:
        """Let a person be away: whole days, or from one minute to another."""
        start, end = hours or (None, None)
        id = f"V{len(self.more['absences'])}"
        each = Absence(id=id, person=who, first=first, last=last, start=start, end=end)
        self.more["absences"].append(each)

    def problem(self, rule: Rule[Any, Any]) -> Problem:
        """Give the drawn ward with the hand-written people, and one rule in force."""
        words = {who: self._words(who, -PAST, 0) for who in self.staff}
        histories = [History(id=who, past=past) for who, past in words.items()]
        more = {**self.more, "histories": histories, "staff": [*self.staff.values()]}
        more["shifts"] = [*self.shifts.values()]
        changed = {name: (*getattr(self.ward, name), *each) for name, each in more.items()}
        return replace(self.ward, rules=(rule,), **changed)

    def plan(self) -> Plan:
        """Give the duties of the horizon: drawn ones, and those written by hand."""
        duties = [*draw_duties(self.rng, self.ward).duties]
        for who, days in self.on.items():
            for day, shifts in days.items():
                if 0 <= day < self.days:
                    duties += [Duty(who, day, shift) for shift in shifts]
        return Plan.build(duties=duties)

    def promise(self, told: int | None, days: int, first: int = 0, who: str = ONE) -> None:
        """Have what is written so far published, from a first day on."""
        words = ("?",) * first + self._words(who, first, days)
        self.more["promises"].append(Promise(id=who, days=words, told=told))

    def _words(self, who: str, first: int, end: int) -> tuple[str, ...]:
        return tuple("+".join(sorted(self.on[who][day])) or "-" for day in range(first, end))


Plant: TypeAlias = Callable[[Diary], Planted]
PLANTS: Final[dict[str, Plant]] = {}
"""Rule type → how a breach of it is planted."""


def plants(type: str) -> Callable[[Plant], Plant]:
    """Have a function plant breaches of a rule type."""

    def kept(plant: Plant) -> Plant:
        PLANTS[type] = plant
        return plant

    return kept


def draw_ward(rng: Random) -> Problem:
    """Draw two to four people and their two weeks or more."""
    while True:
        ward = draw_roster(rng)
        if ward.horizon.days >= 14:
            break
    staff = ward.staff[: rng.randint(2, 4)]
    ids = {person.id for person in staff}
    own = {
        name: tuple(each for each in getattr(ward, name) if each.person in ids)
        for name in ("absences", "requests", "carried")
    }
    named = {
        name: tuple(each for each in getattr(ward, name) if each.id in ids)
        for name in ("histories", "promises", "turns")
    }
    return replace(ward, staff=staff, **own, **named)
