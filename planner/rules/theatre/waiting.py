"""Days that a placed case still waits for its operation."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced_days
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("waiting")
@dataclass(frozen=True, kw_only=True)
class Waiting(Rule[TheatreView, TheatreSpace]):
    """A placed case is operated soon; a unit is a day of the horizon before its day of surgery.

    The days count from day 0, or from the day it was listed if that is later. The wait before the
    horizon is the same in every plan and counts nowhere, else those who have waited longest would
    be the dearest to place. A case left out has its own price (`unscheduled`).
    """

    unit, reach = "day", "case"
    family = "due"

    def days(self, case: Case, day: int) -> int:
        """Give the days of the horizon that a case waits when it is operated on a day."""
        return max(0, day - max(case.listed, 0))

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, day = placed.case, placed.session.day
            days = self.days(case, day)
            if days > 0:
                facts: dict[str, int | str] = {"case": case.id, "wait": day - case.listed}
                yield Breach(About("waits", (case.id,), day, day), days, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        return priced_days(space, "waits", space.cases_in(self.scope), self.days)
