"""A published roster stays as it is: changes cost, and at short notice they are not made."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.people import ShiftId
from planner.rules.blocks import OFF, About, Codes, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("roster_kept")
@dataclass(frozen=True, kw_only=True)
class RosterKept(Rule[RosterView, RosterSpace]):
    """A person's day is as it was published; a unit is a day that is not.

    With `within` only the days that begin less than so many days after the day of the facts: a
    notice of 48 hours is 2 days. Days not published are free, days before the day of the facts too.
    """

    within: int | None = whole(None, unit="day", high=400, optional=True)
    reach = "person"
    family = "promises"

    def days(self, facts: Facts) -> range:
        """Give the days of the horizon that are judged."""
        first, end = max(facts.as_of, 0), facts.horizon.days
        return range(first, end if self.within is None else min(end, facts.as_of + self.within))

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        days = self.days(view.facts)
        for person in view.people(self.scope):
            promise = view.facts.promises.get(person.id)
            for day in days if promise is not None else ():
                assert promise is not None
                word = promise.days[day] if day < len(promise.days) else "?"
                there = sorted(shift.id for shift in view.shifts(person.id, day))
                told = sorted(set() if word == "-" else word.split("+"))
                if word != "?" and _readable(view.facts, word) and there != told:
                    about = About("roster_changed", (person.id,), day, day)
                    yield Breach(about, 1, {"told": word, "now": "+".join(there) or "-"})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for person, day, shifts in self._told(space):
            tests = []
            for track in space.tracks:
                here = frozenset(s for s in shifts if space.facts.shifts[s].track == track)
                codes = space.code_set(here) if here else Codes(frozenset({OFF}))
                tests.append((space.cells_on(person, day, track=track), codes))
            about = About("roster_changed", (person,), day, day)
            yield Linear(about, features=((space.feature(tuple(tests)), 1),), lo=1)

    def _told(self, space: RosterSpace) -> Iterator[tuple[str, int, frozenset[ShiftId]]]:
        meant = {person.id for person in space.people(self.scope)}
        days = self.days(space.facts)
        for promise in space.problem.promises:
            if promise.id in meant:
                for day, word in enumerate(promise.days):
                    if day in days and word != "?" and _readable(space.facts, word):
                        ids = () if word == "-" else word.split("+")
                        yield promise.id, day, frozenset(ShiftId(id) for id in ids)


def _readable(facts: Facts, word: str) -> bool:
    """Tell whether a published day names shifts that there are, one a track at most."""
    ids = [] if word == "-" else [ShiftId(id) for id in word.split("+")]
    if not all(id in facts.shifts for id in ids):
        return False
    return len({facts.shifts[id].track for id in ids}) == len(ids)
