"""How many days with some shift a person has, at most or at least, in a window."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("window_count")
@dataclass(frozen=True, kw_only=True)
class WindowCount(Rule[RosterView, RosterSpace]):
    """Days on which a duty with `tag` starts number `least` to `most`; a unit is one outside.

    Windows are any `days` days in a row, civil weeks, or the horizon.
    """

    tag: str = shift_tag("work")
    window: str = choice("horizon", "rolling", "week", "horizon")
    days: int = whole(28, unit="day", low=1, high=400)
    least: int | None = whole(None, unit="day", high=400, optional=True)
    most: int | None = whole(None, unit="day", high=400, optional=True)
    unit, reach = "day", "person"
    family = "rhythm"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            days = range(view.first_known(person.id), view.horizon.last + 1)
            worked = [day for day in days if view.works(person.id, day, self.tag)]
            if self.most is not None:
                for first, last in view.windows(person.id, self.window, self.days):
                    count = sum(first <= day <= last for day in worked)
                    if count > self.most:
                        about = About("days_many", (person.id,), first, last)
                        yield self._breach(about, count, self.most)
            if self.least is not None:
                for first, last in view.whole_windows(person.id, self.window, self.days):
                    count = sum(first <= day <= last for day in worked)
                    if count < self.least:
                        about = About("days_few", (person.id,), first, last)
                        yield self._breach(about, count, self.least)

    def _breach(self, about: About, count: int, limit: int) -> Breach:
        off = abs(count - limit)
        numbers = {"n": count, "count": count, "limit": limit}
        return Breach(about, off, {**numbers, "tag": self.tag})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for person in space.people(self.scope):
            if self.most is not None:
                for first, last in space.spells(person.id, self.window, self.days):
                    about = About("days_many", (person.id,), first, last)
                    row, off = self._count(space, about)
                    yield row._replace(hi=self.most + off)
            if self.least is not None:
                for first, last in space.spells(person.id, self.window, self.days, whole=True):
                    about = About("days_few", (person.id,), first, last)
                    row, off = self._count(space, about)
                    yield row._replace(lo=self.least + off)

    def _count(self, space: RosterSpace, about: About) -> tuple[Linear, int]:
        """Count the days: a sum on one track; on several, less the days without the tag."""
        (person,), tagged = about.subjects, space.facts.shift_ids(self.tag)
        tracks = space.tracks_of(tagged)
        if len(tracks) == 1:
            cells = space.cells_on(person, about.first, about.last, tracks[0])
            return Linear(about, ((cells, space.ones(tagged)),)), 0
        days = [d for d in range(about.first, about.last + 1) if space.known(person, d)]
        idle = tuple((space.idle(person, day, self.tag), -1) for day in days)
        return Linear(about, features=idle), -len(idle)
