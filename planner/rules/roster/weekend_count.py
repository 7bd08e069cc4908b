"""How many weekends a person works, at most or at least, of some in a row or in the horizon."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.clock import SATURDAY, SUNDAY, WEEK
from planner.fields import weekdays
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("weekend_count")
@dataclass(frozen=True, kw_only=True)
class WeekendCount(Rule[RosterView, RosterSpace]):
    """Of `of` weekends in a row, or of the horizon's, `least` to `most` are worked.

    A weekend is an unbroken stretch of the days in `weekend` (Sunday and Monday for night staff,
    say); it is worked when a duty with `tag` starts on one of them. A unit is a weekend outside.
    """

    tag: str = shift_tag("work")
    weekend: frozenset[int] = weekdays(frozenset({SATURDAY, SUNDAY}))
    window: str = choice("horizon", "rolling", "horizon")
    of: int = whole(4, unit="weekend", low=1, high=60)
    least: int | None = whole(None, unit="weekend", high=60, optional=True)
    most: int | None = whole(2, unit="weekend", high=60, optional=True)
    unit, reach = "weekend", "person"
    family = "rhythm"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            weekends = self._weekends(view, person.id)
            worked = [any(view.works(person.id, d, self.tag) for d in days) for days in weekends]
            known = [all(view.known(person.id, d) for d in days) for days in weekends]
            whole = False
            for end in range(self.of, len(weekends) + 1) if self.window == "rolling" else ():
                first, last = weekends[end - self.of][0], weekends[end - 1][-1]
                if all(known[end - self.of : end]) and last >= 0:
                    whole = True
                    count = sum(worked[end - self.of : end])
                    yield from self._outside(person.id, first, last, count, self.least)
            if self.window == "rolling" and not whole and weekends and weekends[-1][-1] >= 0:
                first, last = weekends[-self.of :][0][0], weekends[-1][-1]
                yield from self._outside(person.id, first, last, sum(worked[-self.of :]), None)
            if self.window == "horizon":
                count = sum(
                    any(view.works(person.id, d, self.tag) for d in days if d >= 0)
                    for days in weekends
                )
                yield from self._outside(person.id, 0, view.horizon.last, count, self.least)

    def _weekends(self, view: RosterView, person: str) -> list[list[int]]:
        """List the weekends that meet the days since which a person is known, day by day."""
        start = max(view.first_known(person), -WEEK * (self.of + 1))
        end = view.horizon.last
        found: list[list[int]] = []
        for day in range(start - 6, end + 7):
            if view.horizon.weekday(day) in self.weekend:
                if found and found[-1][-1] == day - 1:
                    found[-1].append(day)
                else:
                    found.append([day])
        return [days for days in found if days[-1] >= start and days[0] <= end]

    def _outside(
        self, person: str, first: int, last: int, count: int, least: int | None
    ) -> Iterator[Breach]:
        if self.most is not None and count > self.most:
            facts = {"count": count, "limit": self.most}
            yield Breach(About("weekends_many", (person,), first, last), count - self.most, facts)
        if least is not None and count < least:
            facts = {"count": count, "limit": least}
            yield Breach(About("weekends_few", (person,), first, last), least - count, facts)

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        tagged = space.facts.shift_ids(self.tag)
        for person in space.people(self.scope):
            for window, at_least in self._windows(space, person.id):
                if self.window == "horizon":
                    edges, clipped = (
                        (0, space.last),
                        [(max(a, 0), min(b, space.last)) for a, b in window],
                    )
                else:
                    edges, clipped = (window[0][0], window[-1][1]), window
                free = tuple(
                    (space.none_of(person.id, first, last, tagged), -1)
                    for first, last in clipped
                    if space.cells_on(person.id, first, last)
                )
                if self.most is not None and free:
                    about = About("weekends_many", (person.id,), *edges)
                    yield Linear(about, features=free, hi=self.most - len(free))
                if at_least and self.least is not None:
                    about = About("weekends_few", (person.id,), *edges)
                    yield Linear(about, features=free, lo=self.least - len(free))

    def _windows(
        self, space: RosterSpace, person: str
    ) -> Iterator[tuple[list[tuple[int, int]], bool]]:
        """Give the weekends that are counted together, and whether a minimum holds for them."""
        horizon = space.problem.horizon
        start = max(space.first_known(person), -WEEK * (self.of + 1))
        weekends = []
        for day in range(start - 6, space.last + 1):
            if (
                horizon.weekday(day) in self.weekend
                and horizon.weekday(day - 1) not in self.weekend
            ):
                length = next(
                    n for n in range(1, 8) if horizon.weekday(day + n) not in self.weekend
                )
                weekends.append((day, day + length - 1))
        if self.window == "horizon":
            yield [weekend for weekend in weekends if weekend[1] >= 0], True
            return
        weekends = [weekend for weekend in weekends if weekend[1] >= start]
        known = [all(space.known(person, d) for d in range(a, b + 1)) for a, b in weekends]
        groups = [
            weekends[place : place + self.of]
            for place in range(len(weekends) - self.of + 1)
            if all(known[place : place + self.of]) and weekends[place + self.of - 1][1] >= 0
        ]
        yield from ((group, True) for group in groups)
        if not groups and weekends and weekends[-1][1] >= 0:
            yield weekends[-self.of :], False
