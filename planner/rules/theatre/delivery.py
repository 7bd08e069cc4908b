"""Cases wait for what is brought in for them: an implant, a graft, a rented set (T15)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced_days
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("delivery")
@dataclass(frozen=True, kw_only=True)
class Delivery(Rule[TheatreView, TheatreSpace]):
    """A case is not before the day from which what it needs is there; a unit is a day too early."""

    unit, reach = "day", "case"
    family = "due"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, day = placed.case, placed.session.day
            if case.delivery is not None and day < case.delivery:
                about = About("before_delivery", (case.id,), day, day)
                yield Breach(about, case.delivery - day, {"case": case.id, "day": day})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        cases = [case for case in space.cases_in(self.scope) if case.delivery is not None]
        return priced_days(space, "before_delivery", cases, _too_early)


def _too_early(case: Case, day: int) -> int:
    return 0 if case.delivery is None else case.delivery - day
