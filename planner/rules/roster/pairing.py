"""People who work together, or never at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, shift_tag
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("pairing")
@dataclass(frozen=True, kw_only=True)
class Pairing(Rule[RosterView, RosterSpace]):
    """The people of the scope never have duties with `tag` at once (apart), or none alone (together).

    At once is on one day, or `by` shift: with the same shift of a day. A unit is a person too many,
    or one who is alone.
    """

    tag: str = shift_tag("work")
    pair: str = choice("apart", "apart", "together")
    by: str = choice("shift", "shift", "day")
    family, scoped = "team", "person"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        people = {str(person.id) for person in view.people(self.scope)}
        if len(people) < 2:
            return
        tagged = sorted(view.facts.shift_ids(self.tag))
        for day in range(view.horizon.days):
            at_work = [people & view.at_work(day, shift) for shift in tagged]
            if self.by == "day":
                at_work = [set[str]().union(*at_work)]
            names = tagged if self.by == "shift" else [self.tag]
            for name, here in zip(names, at_work, strict=True):
                off = int(len(here) == 1) if self.pair == "together" else len(here) - 1
                if off > 0:
                    about = About(f"pair_{self.pair}", (str(name),), day, day)
                    yield Breach(about, off, {"people": ", ".join(sorted(here))})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        people = [person.id for person in space.people(self.scope)]
        tagged = space.facts.shift_ids(self.tag)
        groups = {str(shift): frozenset({shift}) for shift in sorted(tagged)}
        if self.by == "day":
            groups = {self.tag: tagged}
        for name, shifts in groups.items() if len(people) > 1 and tagged else ():
            for day in range(space.last + 1):
                about = About(f"pair_{self.pair}", (name,), day, day)
                off = [space.none_of(person, day, day, shifts) for person in people]
                terms = tuple((feature, -1) for feature in off)
                if self.pair == "apart":
                    yield Linear(about, features=terms, hi=1 - len(off))
                else:
                    nobody = space.feature(tuple(test for feature in off for test in feature))
                    yield Linear(about, features=(*terms, (nobody, 2)), lo=2 - len(off))
