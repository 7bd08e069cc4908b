"""How many days in a row a person may, and must, do one kind of shift."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("run_length")
@dataclass(frozen=True, kw_only=True)
class RunLength(Rule[RosterView, RosterSpace]):
    """Runs of days with `tag` last `least` to `most` days; a unit is a day short or a day too many.

    A run may begin in the history. It is never too short while a day beside it is unknown.
    """

    tag: str = shift_tag("work")
    least: int = whole(1, unit="day", low=1, high=14)
    most: int = whole(6, unit="day", low=1, high=366)
    unit, reach = "day", "person"
    family = "rhythm"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            who = (person.id,)
            for first, last in view.runs(person.id, self.tag, since=-1):
                for day in range(max(first + self.most, 0), last + 1):
                    about = About("run_long", who, day - self.most, day)
                    yield Breach(about, 1, {"n": self.most, "most": self.most, "tag": self.tag})
                short = self.least - (last - first + 1)
                sides = view.known(person.id, first - 1) and view.known(person.id, last + 1)
                if short > 0 and last >= -1 and sides:
                    about = About("run_short", who, first - 1, last + 1)
                    facts = {"n": self.least - short, "length": self.least - short}
                    yield Breach(about, short, {**facts, "least": self.least, "tag": self.tag})

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for person in space.people(self.scope):
            who = (person.id,)
            first = max(space.first_known(person.id), -1 - max(self.least, self.most))
            days = [d for d in range(first, space.last + 1) if space.known(person.id, d)]
            idle = {d: space.idle(person.id, d, self.tag) for d in days}
            for day in space.windows(person.id, self.most + 1):
                end = day + self.most
                one_idle = tuple((idle[d], 1) for d in range(day, end + 1))
                yield Linear(About("run_long", who, day, end), features=one_idle, lo=1)
            for length in range(1, self.least):  # idle, length days on, idle
                for day in space.windows(person.id, length + 2):
                    end = day + length + 1
                    on = ((idle[d], -1) for d in range(day + 1, end))
                    terms = ((idle[day], 1), (idle[end], 1), *on)
                    about = About("run_short", who, day, end)
                    yield Linear(about, features=terms, hi=1, each=self.least - length)
