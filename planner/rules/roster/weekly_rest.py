"""A long rest in each civil week."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("weekly_rest")
@dataclass(frozen=True, kw_only=True)
class WeeklyRest(Rule[RosterView, RosterSpace]):
    """In each civil week ends a rest of `minutes` or more, so a week off ends many; a unit is a week.

    A rest has no duty with `tag` in it; it may begin in the week before. Minutes are those that
    really pass. What is unknown counts as rest.
    """

    tag: str = shift_tag("work")
    minutes: int = whole(2160, unit="minute", low=60, high=8640)
    unit, reach = "week", "person"
    family = "rest"

    def about(self, person: str, monday: int) -> About:
        """Give the item of a week: its days, and those from which a duty may reach into the rest."""
        back = (self.minutes + 60) // 1440 + 2
        return About("weekly_rest_short", (person,), monday - back, monday + 6)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        horizon, tagged = view.horizon, view.facts.shift_ids(self.tag)
        for person in view.people(self.scope):
            rests: list[tuple[float, float]] = []
            since = -inf
            for duty in view.duties(person.id, view.first_known(person.id), horizon.last):
                if duty.shift.id in tagged:
                    rests.append((since, duty.start))
                    since = max(since, duty.end)
            rests.append((since, inf))
            for monday in range(horizon.monday(0), horizon.last + 1, 7):
                start, end = horizon.elapsed(monday, 0), horizon.elapsed(monday + 7, 0)
                inside = [(a, min(b, end)) for a, b in rests if b > start and a < end]
                longest = max((b - a for a, b in inside), default=0)
                if longest < self.minutes:
                    year, week = horizon.iso_week(monday)
                    facts = {"longest": max(0, int(longest)), "least": self.minutes}
                    about = self.about(person.id, monday)
                    yield Breach(about, 1, {**facts, "week": f"{year}-W{week:02d}"})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        first = space.problem.horizon.monday(0)
        weeks = [(m, self._stretches(space, m)) for m in range(first, space.last + 1, 7)]
        for person in space.people(self.scope):
            for monday, stretches in weeks:
                clear = [space.clear(person.id, a, b, self.tag) for a, b in stretches]
                if all(clear):  # one without a test is free whatever is planned
                    about = self.about(person.id, monday)
                    yield Linear(about, features=tuple((feature, 1) for feature in clear), lo=1)

    def _stretches(self, space: RosterSpace, monday: int) -> list[tuple[int, int]]:
        """Find the stretches that may be the rest: they begin where a duty may end.

        One that is free only when another is free as well is left out.
        """
        horizon, facts = space.problem.horizon, space.facts
        start, end = horizon.elapsed(monday, 0), horizon.elapsed(monday + 7, 0)
        ends = {start + 1}
        for day in range(self.about("", monday).first, monday + 7):
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
