"""A long rest in each civil week, or in each block of weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from planner.clock import WEEK
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.rules.spells import LONGEST
from planner.view import RosterView


@rule("weekly_rest")
@dataclass(frozen=True, kw_only=True)
class WeeklyRest(Rule[RosterView, RosterSpace]):
    """In each block of `weeks` ends a rest of `minutes` or more, so a week off ends many.

    Blocks are civil weeks, or so many of them counted from Monday 1 January 2024 or `later` weeks on.
    A rest has no duty with `tag` in it; it may begin in the block before. Minutes are those that
    really pass. What is unknown counts as rest. A unit is a block without.
    """

    tag: str = shift_tag("work")
    minutes: int = whole(2160, unit="minute", low=60, high=8640)
    weeks: int = whole(1, unit="week", low=1, high=8)
    later: int = whole(0, unit="week", high=7)
    unit, reach = "week", "person"
    family = "rest"

    def about(self, person: str, monday: int) -> About:
        """Give the item of a block: its days, and those from which a duty may reach into the rest."""
        back = (self.minutes + 60) // 1440 + 2
        what = "weekly_rest_short" if self.weeks == 1 else "block_rest_short"
        return About(what, (person,), monday - back, monday + self.length - 1)

    @property
    def length(self) -> int:
        """The days of a block."""
        return WEEK * self.weeks

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        horizon, tagged = view.horizon, view.facts.shift_ids(self.tag)
        first = horizon.block(0, self.weeks, self.later)
        earliest = self.about("", first).first - LONGEST
        for person in view.people(self.scope):
            rests: list[tuple[float, float]] = []
            since = -inf
            for duty in view.duties(person.id, earliest, horizon.last):
                if duty.shift.id in tagged:
                    rests.append((since, duty.start))
                    since = max(since, duty.end)
            rests.append((since, inf))
            for monday in range(first, horizon.last + 1, self.length):
                start, end = horizon.elapsed(monday, 0), horizon.elapsed(monday + self.length, 0)
                inside = [(a, min(b, end)) for a, b in rests if b > start and a < end]
                longest = max((b - a for a, b in inside), default=0)
                if longest < self.minutes:
                    year, week = horizon.iso_week(monday)
                    facts = {"longest": max(0, int(longest)), "least": self.minutes}
                    about = self.about(person.id, monday)
                    when: dict[str, int | str] = {"from_day": monday, "week": f"{year}-W{week:02d}"}
                    yield Breach(about, 1, {**facts, **when})

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        first = space.problem.horizon.block(0, self.weeks, self.later)
        blocks = range(first, space.last + 1, self.length)
        stretches_of = [(monday, self._stretches(space, monday)) for monday in blocks]
        for person in space.people(self.scope):
            for monday, stretches in stretches_of:
                clear = [space.clear(person.id, a, b, self.tag) for a, b in stretches]
                if all(clear):  # one without a test is free whatever is planned
                    about = self.about(person.id, monday)
                    yield Linear(about, features=tuple((feature, 1) for feature in clear), lo=1)

    def _stretches(self, space: RosterSpace, monday: int) -> list[tuple[int, int]]:
        """Find the stretches that may be the rest: they begin where a duty may end.

        One that is free only when another is free as well is left out.
        """
        horizon, facts = space.problem.horizon, space.facts
        start, end = horizon.elapsed(monday, 0), horizon.elapsed(monday + self.length, 0)
        ends = {start + 1}
        for day in range(self.about("", monday).first, monday + self.length):
            for shift in facts.shift_ids(self.tag):
                ends.add(facts.span(day, shift)[1] + self.minutes)
        taken: dict[frozenset[tuple[int, str]], tuple[int, int]] = {}
        for last in sorted(ends):
            if start < last <= end:
                touching = space.touching(last - self.minutes, last, self.tag)
                key = frozenset((day, shift) for day, shifts in touching for shift in shifts)
                taken.setdefault(key, (last - self.minutes, last))
        return [
            stretch for key, stretch in taken.items() if not any(other < key for other in taken)
        ]
