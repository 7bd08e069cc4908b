"""How many days off in a row a person has, at least and at most."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("rest_run")
@dataclass(frozen=True, kw_only=True)
class RestRun(Rule[RosterView, RosterSpace]):
    """Runs of days without `tag` last `least` to `most` days; a unit is a day short or too many.

    A run is never too short while a day beside it is unknown: one that touches the edge of what is
    known is left alone.
    """

    tag: str = shift_tag("work")
    least: int = whole(2, unit="day", low=1, high=14)
    most: int | None = whole(None, unit="day", low=1, high=60, optional=True)
    unit, reach = "day", "person"
    family = "rest"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            who = (person.id,)
            for first, last in view.rests(person.id, self.tag, since=-1):
                length = last - first + 1
                sides = view.known(person.id, first - 1) and view.known(person.id, last + 1)
                if length < self.least and last + 1 >= 0 and sides:
                    about = About("rest_few", who, first - 1, last + 1)
                    facts = {"n": length, "length": length, "least": self.least}
                    yield Breach(about, self.least - length, {**facts, "tag": self.tag})
                if self.most is not None:
                    for day in range(max(first + self.most, 0), last + 1):
                        about = About("rest_many", who, day - self.most, day)
                        most = {"n": self.most, "most": self.most}
                        yield Breach(about, 1, {**most, "tag": self.tag})

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for person in space.people(self.scope):
            who = (person.id,)
            first = max(space.first_known(person.id), -1 - max(self.least, self.most or 0))
            days = [d for d in range(first, space.last + 1) if space.known(person.id, d)]
            idle = {d: space.idle(person.id, d, self.tag) for d in days}
            for length in range(1, self.least):  # on, length days off, on
                for day in space.windows(person.id, length + 2):
                    end = day + length + 1
                    off = ((idle[d], 1) for d in range(day + 1, end))
                    terms = ((idle[day], -1), (idle[end], -1), *off)
                    about = About("rest_few", who, day, end)
                    yield Linear(about, features=terms, hi=length - 1, each=self.least - length)
            if self.most is not None:
                for day in space.windows(person.id, self.most + 1):
                    end = day + self.most
                    all_off = tuple((idle[d], 1) for d in range(day, end + 1))
                    yield Linear(About("rest_many", who, day, end), features=all_off, hi=self.most)
