"""A patient's day is not changed at short notice (T33)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.pricing import priced_days
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("notice")
@dataclass(frozen=True, kw_only=True)
class Notice(Rule[TheatreView, TheatreSpace]):
    """A patient with an appointment is told of another day `days` before it; one unit a case.

    Both days count from the study's `as_of`: an appointment less than `days` ahead keeps its day, a
    later one is not moved to a day less than `days` ahead. An appointment before `as_of` binds
    nobody. A case that is left out has no other day: that is priced by `stability`.
    """

    days: int = whole(7, unit="day", low=1, high=90)
    unit, reach = "occurrence", "case"
    family = "appointments"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        promised, today = view.facts.appointments, view.facts.as_of
        for placed in view.placed(self.scope) if promised else ():
            appointment = promised.get(placed.case.id)
            day = placed.session.day
            if appointment is None or day == appointment.day or appointment.day < today:
                continue
            notice = min(appointment.day, day) - today
            if notice < self.days:
                facts: dict[str, int | str] = {"case": placed.case.id, "day": day}
                facts |= {"promised": appointment.day, "notice": notice, "days": self.days}
                yield Breach(About("short_notice", (placed.case.id,), day, day), 1, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        promised, facts = space.facts.appointments, space.facts
        cases = [c for c in space.cases_in(self.scope) if c.id in promised] if promised else []
        return priced_days(
            space,
            "short_notice",
            cases,
            lambda case, day: int(facts.moved_within(case, day, self.days)),
        )
