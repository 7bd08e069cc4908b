"""Weekends that are worked whole, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner import fields
from planner.clock import SATURDAY, SUNDAY
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("whole_weekends")
@dataclass(frozen=True, kw_only=True)
class WholeWeekends(Rule[RosterView, RosterSpace]):
    """Of two days of a `weekend` that follow one another both have a duty with `tag`, or neither.

    A unit is such a pair of days of which one is worked. Pairs with an unknown day are left alone.
    """

    tag: str = shift_tag("work")
    weekend: frozenset[int] = fields.weekdays(frozenset({SATURDAY, SUNDAY}))
    reach = "person"
    family = "rhythm"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            for day in range(view.horizon.days):
                both = {view.horizon.weekday(day - 1), view.horizon.weekday(day)}
                if both <= self.weekend and view.known(person.id, day - 1):
                    before = view.works(person.id, day - 1, self.tag)
                    if before != view.works(person.id, day, self.tag):
                        about = About("weekend_half", (person.id,), day - 1, day)
                        yield Breach(about, 1, {"on_day": day - 1 if before else day})

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        horizon = space.problem.horizon
        days = [
            day
            for day in range(-1, space.last)
            if horizon.weekday(day) in self.weekend and horizon.weekday(day + 1) in self.weekend
        ]
        for person in space.people(self.scope):
            for day in days:
                if space.known(person.id, day):
                    first = space.idle(person.id, day, self.tag)
                    second = space.idle(person.id, day + 1, self.tag)
                    about = About("weekend_half", (person.id,), day, day + 1)
                    yield Linear(about, features=((first, 1), (second, -1)), lo=0, hi=0)
