"""Patients of a day unit are home before it closes (T20, T28)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.day_units import minutes_after, unit_of
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import TheatreDay, Within
from planner.view import TheatreView


@rule("day_unit_hours")
@dataclass(frozen=True, kw_only=True)
class DayUnitHours(Rule[TheatreView, TheatreSpace]):
    """A day case, its recovery and its stay are over when its unit closes; a unit is a minute.

    A case counts from its session's start at the earliest, also without a start of its own: the
    minutes by which even that is too late are a price.
    """

    unit, reach = "minute", "case"
    family = "recovery_beds"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            session, case = placed.session, placed.case
            unit = unit_of(view.facts, case)
            if unit is None:
                continue
            start = session.start if placed.start is None else max(placed.start, session.start)
            home = start + placed.minutes + minutes_after(view.facts, case)
            if home > unit.end:
                about = About("unit_closes", (case.id,), session.day, session.day)
                told: dict[str, int | str] = {"case": case.id, "ward": unit.id}
                yield Breach(about, home - unit.end, told | {"home": home, "closes": unit.end})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        return priced(space, "unit_closes", self._late(space))

    def _late(self, space: TheatreSpace) -> Iterator[tuple[Option, int]]:
        for case in space.cases_in(self.scope):
            unit = unit_of(space.facts, case)
            if unit is not None:
                left = unit.end - minutes_after(space.facts, case)
                for option in space.options_of(case.id):
                    yield option, option.session.start + option.minutes - left

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        for choice in day.choices_in(self.scope):
            unit = unit_of(day.facts, choice.case)
            if unit is not None:
                stay = minutes_after(day.facts, choice.case)
                high = max(unit.end, choice.session.start + choice.minutes + stay)
                about = About("unit_closes", (choice.case.id,), day.day, day.day)
                yield Within(about, choice.number, high=high, stay=stay)
