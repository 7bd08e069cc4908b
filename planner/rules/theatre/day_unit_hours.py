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
            opens, closes = view.facts.opens(session), view.facts.passed(session.day, unit.end)
            start = opens if placed.begin is None else max(placed.begin, opens)
            home = start + placed.minutes + minutes_after(view.facts, case)
            if home > closes:
                about = About("unit_closes", (case.id,), session.day, session.day)
                told: dict[str, int | str] = {"case": case.id, "ward": unit.id}
                told |= {"home": view.facts.clock(session.day, home), "closes": unit.end}
                yield Breach(about, home - closes, told)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        return priced(space, "unit_closes", self._late(space))

    def _late(self, space: TheatreSpace) -> Iterator[tuple[Option, int]]:
        for case in space.cases_in(self.scope):
            unit = unit_of(space.facts, case)
            if unit is not None:
                facts, after = space.facts, minutes_after(space.facts, case)
                for option in space.options_of(case.id):
                    closes = facts.passed(option.session.day, unit.end)
                    yield option, facts.opens(option.session) + option.minutes + after - closes

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        for choice in day.choices_in(self.scope):
            unit = unit_of(day.facts, choice.case)
            if unit is not None:
                stay = minutes_after(day.facts, choice.case)
                soonest = day.facts.opens(choice.session) + choice.minutes + stay
                high = max(day.facts.passed(day.day, unit.end), soonest)
                about = About("unit_closes", (choice.case.id,), day.day, day.day)
                yield Within(about, choice.number, high=high, stay=stay)
