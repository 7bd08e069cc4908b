"""Days of rest in each block of weeks, some of them together."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.clock import SUNDAY, WEEK
from planner.fields import weekdays
from planner.rules.blocks import About, Feature, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.rules.spells import LONGEST
from planner.view import RosterView


@rule("rest_days")
@dataclass(frozen=True, kw_only=True)
class RestDays(Rule[RosterView, RosterSpace]):
    """Each block of `weeks` has `least` rest days, `together` of them in a row, on a day `including`.

    A rest day is a civil day without a minute of work; with `night_end` free the day on which a
    night ends is one too. Blocks are counted from Monday 1 January 2024, `later` weeks on. What is
    unknown counts as rest. A unit is a day short, or the days together missing.
    """

    tag: str = shift_tag("work")
    weeks: int = whole(2, unit="week", low=1, high=8)
    later: int = whole(0, unit="week", high=7)
    least: int = whole(4, unit="day", high=56)
    together: int = whole(2, unit="day", low=1, high=7)
    including: frozenset[int] = weekdays(frozenset({SUNDAY}))
    night_end: str = choice("works", "works", "free")
    unit, reach = "day", "person"
    family = "rest"

    def abouts(self, person: str, first: int) -> tuple[About, About]:
        """Give the two items of a block; a night of the day before may end in it."""
        apart = "rest_days_no_sunday" if self.including == {SUNDAY} else "rest_days_apart"
        last = first + self.weeks * WEEK - 1
        few = About("rest_days_few", (person,), first - 1, last)
        return few, About(apart, (person,), first - 1, last)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        horizon = view.horizon
        starts = {horizon.block(day, self.weeks, self.later) for day in range(horizon.days)}
        for person in view.people(self.scope):
            busy = self._busy(view, person.id, min(starts) - LONGEST)
            for start in sorted(starts):
                few, apart = self.abouts(person.id, start)
                rest = [day for day in range(start, few.last + 1) if day not in busy]
                facts = {"from_day": start, "count": len(rest), "least": self.least}
                if len(rest) < self.least:
                    yield Breach(few, self.least - len(rest), facts)
                runs = (range(day, day + self.together) for day in rest)
                if not any(self._together(view, run, rest) for run in runs):
                    yield Breach(apart, 1, {"from_day": start, "together": self.together})

    def _busy(self, view: RosterView, person: str, first: int) -> set[int]:
        busy = set()
        for duty in view.duties(person, first, view.horizon.last):
            if self.tag in duty.shift.tags or self.tag == duty.shift.id:
                day = duty.day
                while self.night_end == "works" and view.horizon.elapsed(day, 0) < duty.end:
                    if duty.start < view.horizon.elapsed(day + 1, 0):
                        busy.add(day)
                    day += 1
                if self.night_end == "free":
                    busy.add(duty.day)
        return busy

    def _together(self, view: RosterView, run: range, rest: list[int]) -> bool:
        named = not self.including or any(view.horizon.weekday(d) in self.including for d in run)
        return named and all(day in rest for day in run)

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        horizon, length = space.problem.horizon, self.weeks * WEEK
        first = horizon.block(0, self.weeks, self.later)
        for person in space.people(self.scope):
            for start in range(first, space.last + 1, length):
                few, apart = self.abouts(person.id, start)
                days = [self._rest(space, person.id, start + n, 1) for n in range(length)]
                yield from _at_least(few, days, self.least)
                runs = [
                    self._rest(space, person.id, start + n, self.together)
                    for n in range(length - self.together + 1)
                    if not self.including
                    or any((n + m) % WEEK in self.including for m in range(self.together))
                ]
                yield from _at_least(apart, runs, 1)

    def _rest(self, space: RosterSpace, person: str, day: int, days: int) -> Feature:
        horizon = space.problem.horizon
        if self.night_end == "free":
            tagged = space.facts.shift_ids(self.tag)
            return space.none_of(person, day, day + days - 1, tagged)
        start, end = horizon.elapsed(day, 0), horizon.elapsed(day + days, 0)
        return space.clear(person, start, end, self.tag)


def _at_least(about: About, features: list[Feature], least: int) -> Iterator[Row]:
    """Ask for so many of some features; those without a test are true whatever is planned."""
    open_ones = tuple((feature, 1) for feature in features if feature)
    left = least - (len(features) - len(open_ones))
    if left > 0:
        yield Linear(about, features=open_ones, lo=left)
