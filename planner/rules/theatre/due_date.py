"""Cases operated after their due date (T31)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced_days
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("due_date")
@dataclass(frozen=True, kw_only=True)
class DueDate(Rule[TheatreView, TheatreSpace]):
    """A placed case is operated by its due date; a unit is a day late that this plan could avoid.

    Days before the horizon are lost already: a case overdue on day 0 counts from day 0. A case
    left out is not late here; leaving it out has its own price (`unscheduled`).
    """

    unit, reach = "day", "case"
    family = "due"

    def late(self, case: Case, day: int) -> int:
        """Give by how many avoidable days a case is late on a day."""
        return 0 if case.due is None else max(0, day - max(case.due, 0))

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for placed in view.placed(self.scope):
            case, day = placed.case, placed.session.day
            late = self.late(case, day)
            if late > 0:
                facts: dict[str, int | str] = {"case": case.id, "overdue": day - (case.due or 0)}
                yield Breach(About("overdue", (case.id,), day, day), late, facts)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        return priced_days(space, "overdue", space.cases_in(self.scope), self.late)
