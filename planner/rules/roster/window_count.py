"""How many days, duties or half-days of some kind a person has, at most or at least, in a window."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.rostering import ShiftType
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, choice, rule, whole
from planner.rules.space import RosterSpace
from planner.rules.spells import stretches
from planner.rules.windowed import Windowed, earliest
from planner.rules.windows import carried
from planner.view import RosterView


@rule("window_count")
@dataclass(frozen=True, kw_only=True)
class WindowCount(Windowed):
    """The days on which a duty with `tag` starts number `least` to `most`; a unit is one outside.

    Counted are such days, the duties, or the `half_days` that they are worth.
    """

    days: int = whole(28, unit="day", low=1, high=400)
    count: str = choice("days", "days", "duties", "half_days")
    least: int | None = whole(None, high=4000, optional=True)
    most: int | None = whole(None, high=4000, optional=True)
    unit, reach = "day", "person"
    family = "rhythm"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            most_in, least_in = self.judged(view, person.id, self.most, self.least)
            each = self._by_day(view, person.id, earliest(most_in, least_in))
            if self.most is not None:
                for window in most_in:
                    count = self._counted(view, person.id, each, *window)
                    most = self.bound(view.facts, person, self.most, window, up=False)
                    if count > most:
                        yield self._breach(About("days_many", (person.id,), *window), count, most)
            if self.least is not None:
                for window in least_in:
                    count = self._counted(view, person.id, each, *window)
                    least = self.bound(view.facts, person, self.least, window, up=True)
                    if count < least:
                        yield self._breach(About("days_few", (person.id,), *window), count, least)

    def _by_day(self, view: RosterView, person: str, first: int) -> Counter[int]:
        found: Counter[int] = Counter()
        if not view.facts.shift_ids(self.tag):
            return found
        for duty in view.duties(person, first, view.horizon.last):
            tagged = self.tag in duty.shift.tags or self.tag == duty.shift.id
            if tagged and self.counts(view.facts, duty.day):
                found[duty.day] += duty.shift.half_days if self.count == "half_days" else 1
        return Counter(dict.fromkeys(found, 1)) if self.count == "days" else found

    def _counted(
        self, view: RosterView, person: str, each: Counter[int], first: int, last: int
    ) -> int:
        taken = carried(view.facts, person, self.measured, first, last)
        stood_for = {day for c in taken for day in range(c.since, c.until + 1)}
        known = sum(n for day, n in each.items() if first <= day <= last and day not in stood_for)
        return known + sum(c.amount for c in taken)

    def _breach(self, about: About, count: int, limit: int) -> Breach:
        numbers = {"n": count, "count": count, "limit": limit}
        what = about.what if self.count == "days" else f"{about.what}_{self.count}"
        about = about._replace(what=what)
        return Breach(about, abs(count - limit), {**numbers, "tag": self.tag})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        kind = "" if self.count == "days" else f"_{self.count}"
        worth = self._worth(space)
        tagged = space.facts.shift_ids(self.tag)
        if not tagged and self.least is None and not self.carries(space.facts):
            return
        for person in space.people(self.scope):
            who = (person.id,)
            if self.most is not None:
                for window in space.spells(person.id, self.windows):
                    row, off = self._count(space, About(f"days_many{kind}", who, *window), worth)
                    most = self.bound(space.facts, person, self.most, window, up=False)
                    if row.parts or row.features or most + off < 0:
                        yield row._replace(hi=most + off)
            if self.least is not None:
                measure = self.measured
                for window in space.spells(person.id, self.windows, whole=True, measure=measure):
                    row, off = self._count(space, About(f"days_few{kind}", who, *window), worth)
                    least = self.bound(space.facts, person, self.least, window, up=True)
                    yield row._replace(lo=least + off)

    def _worth(self, space: RosterSpace) -> Callable[[int, ShiftType], int]:
        facts, tagged = space.facts, space.facts.shift_ids(self.tag)

        def worth(day: int, shift: ShiftType) -> int:
            if shift.id not in tagged or not self.counts(facts, day):
                return 0
            return shift.half_days if self.count == "half_days" else 1

        return worth

    def _count(
        self, space: RosterSpace, about: About, worth: Callable[[int, ShiftType], int]
    ) -> tuple[Linear, int]:
        """Count in a window: a sum, or on several tracks the days less those without the tag."""
        (person,), window = about.subjects, (about.first, about.last)
        left = stretches(space.facts, person, self.measured, *window)
        before = sum(c.amount for c in carried(space.facts, person, self.measured, *window))
        tracks = space.tracks_of(space.facts.shift_ids(self.tag))
        if self.count != "days" or len(tracks) < 2:
            parts = [
                part for first, last in left for part in space.parts(person, first, last, worth)
            ]
            return Linear(about, tuple(parts)), -before
        days = [day for first, last in left for day in range(first, last + 1)]
        days = [d for d in days if space.known(person, d) and self.counts(space.facts, d)]
        idle = tuple((space.idle(person, day, self.tag), -1) for day in days)
        return Linear(about, features=idle), -len(idle) - before
