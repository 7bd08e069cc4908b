"""A long rest after some days in a row of one kind of shift: after nights, after long days."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.gaps import days_apart, pair_features, too_close
from planner.rules.space import RosterSpace
from planner.view import RosterView

ALWAYS = -100_000


@rule("rest_after")
@dataclass(frozen=True, kw_only=True)
class RestAfter(Rule[RosterView, RosterSpace]):
    """After `run` days in a row or more with `tag`, no duty `after` comes for `minutes`.

    The rest is counted from the last of these duties, once a day without `tag` follows; the time is
    that which really passes. A unit is a pair of duties. Nothing is said of a run whose days, or
    whose next day, are unknown.
    """

    tag: str = shift_tag("night")
    run: int = whole(1, unit="day", low=1, high=14)
    after: str = shift_tag("work")
    minutes: int = whole(2760, unit="minute", high=20_160)
    reach = "person"
    family = "rest"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            for first, end in view.runs(person.id, self.tag):
                if end - first + 1 >= self.run and view.known(person.id, end + 1):
                    yield from self._after(view, person.id, end)

    def _after(self, view: RosterView, person: str, end: int) -> Iterator[Breach]:
        tagged, follows = view.facts.shift_ids(self.tag), view.facts.shift_ids(self.after)
        ran = [duty for duty in view.duties(person, end, end) if duty.shift.id in tagged]
        rests: dict[int, list[int]] = {}
        for late in view.duties(person, max(end + 1, 0), view.horizon.last):
            if late.shift.id in follows:
                short = [late.start - duty.end for duty in ran]
                short = [rest for rest in short if rest < self.minutes]
                if short:
                    rests.setdefault(late.day, []).extend(short)
        for day, found in rests.items():
            about = About("rest_after_short", (person,), end - self.run + 1, day)
            facts = {"rest": max(0, min(found)), "least": self.minutes, "from_day": end}
            yield Breach(about, len(found), {**facts, "tag": self.tag, "run": self.run})

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody."""
        return True

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        apart = days_apart(space, self.minutes)
        tags, rest = (self.tag, self.after), (ALWAYS, self.minutes)
        pairs = [
            (day, later, close)
            for later in range(space.last + 1)
            for day in range(later - apart, later)
            if (close := too_close(space, day, later, tags, rest))
        ]
        for person in space.people(self.scope):
            for day, later, close in pairs:
                first = day - self.run + 1
                needed = (*range(first, day + 2), later)
                if all(space.known(person.id, each) for each in needed):
                    features = pair_features(space, person.id, day, later, close)
                    # The pairs count only where each day before is one of the run, the next is not.
                    most = len({(one, two) for one, _, two, _ in close})
                    run = tuple(
                        (space.idle(person.id, each, self.tag), -most) for each in range(first, day)
                    )
                    over = (space.idle(person.id, day + 1, self.tag), most)
                    about = About("rest_after_short", (person.id,), first, later)
                    terms = (*((feature, 1) for feature in features), *run, over)
                    yield Linear(about, features=terms, hi=most)
