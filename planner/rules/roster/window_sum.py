"""How many minutes a person works, at most or at least, in a window of days."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rostering import ShiftType
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("window_sum")
@dataclass(frozen=True, kw_only=True)
class WindowSum(Rule[RosterView, RosterSpace]):
    """Minutes of duties with `tag` stay between `least` and `most`; a unit is a minute outside.

    Windows are any `days` days in a row, civil weeks, or the horizon. A duty counts whole on the
    day on which it starts. `effective` minutes are the elapsed ones less the pause.
    """

    tag: str = shift_tag("work")
    measure: str = choice("effective", "effective", "elapsed")
    window: str = choice("rolling", "rolling", "week", "horizon")
    days: int = whole(7, unit="day", low=1, high=400)
    least: int | None = whole(None, unit="minute", high=300_000, optional=True)
    most: int | None = whole(2880, unit="minute", high=300_000, optional=True)
    unit, reach = "minute", "person"
    family = "hours"

    def about(self, person: str, first: int, last: int, *, many: bool) -> About:
        """Give the item of a window."""
        week = "_week" if self.window == "week" else ""
        return About(f"hours_{'many' if many else 'few'}{week}", (person,), first, last)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            minutes = self._by_day(view, person.id)
            for first, last in view.windows(person.id, self.window, self.days):
                worked = sum(minutes.get(day, 0) for day in range(first, last + 1))
                if self.most is not None and worked > self.most:
                    about = self.about(person.id, first, last, many=True)
                    yield self._breach(view, about, worked, self.most)
            for first, last in view.whole_windows(person.id, self.window, self.days):
                worked = sum(minutes.get(day, 0) for day in range(first, last + 1))
                if self.least is not None and worked < self.least:
                    about = self.about(person.id, first, last, many=False)
                    yield self._breach(view, about, worked, self.least)

    def _by_day(self, view: RosterView, person: str) -> dict[int, int]:
        minutes: dict[int, int] = {}
        for duty in view.duties(person, view.first_known(person), view.horizon.last):
            if self.tag in duty.shift.tags or self.tag == duty.shift.id:
                pause = duty.shift.pause if self.measure == "effective" else 0
                minutes[duty.day] = minutes.get(duty.day, 0) + duty.end - duty.start - pause
        return minutes

    def _breach(self, view: RosterView, about: About, worked: int, limit: int) -> Breach:
        year, week = view.horizon.iso_week(about.last)
        facts = {"worked": worked, "limit": limit, "off": abs(worked - limit)}
        return Breach(about, abs(worked - limit), {**facts, "week": f"{year}-W{week:02d}"})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        facts, tagged = space.facts, space.facts.shift_ids(self.tag)

        def minutes(day: int, shift: ShiftType) -> int:
            if shift.id not in tagged:
                return 0
            if self.measure == "effective":
                return facts.effective(day, shift.id)
            start, end = facts.span(day, shift.id)
            return end - start

        for person in space.people(self.scope):
            if self.most is not None:
                for first, last in space.spells(person.id, self.window, self.days):
                    about = self.about(person.id, first, last, many=True)
                    yield Linear(about, space.parts(person.id, first, last, minutes), hi=self.most)
            if self.least is not None:
                for first, last in space.spells(person.id, self.window, self.days, whole=True):
                    about = self.about(person.id, first, last, many=False)
                    yield Linear(about, space.parts(person.id, first, last, minutes), lo=self.least)
