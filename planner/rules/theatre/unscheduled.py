"""Cases that are left out of the plan."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.facts import Facts
from planner.rules.blocks import About, Codes, Price
from planner.rules.contract import Breach, Rule, choice, rule
from planner.rules.space import OFF, TheatreSpace
from planner.view import TheatreView


@rule("unscheduled")
@dataclass(frozen=True, kw_only=True)
class Unscheduled(Rule[TheatreView, TheatreSpace]):
    """A case waits beyond the horizon; a unit is one of its planned minutes, or the case itself.

    The minutes are those of a surgeon of usual pace, half as many again if the case is due within
    the horizon or earlier. A case whose earliest day, or delivery, lies beyond the horizon costs
    nothing.
    """

    measure: str = choice("minutes", "minutes", "cases")
    unit, reach = "minute", "case"
    family = "due"

    @property
    def message(self) -> str:
        """The message of a case left out."""
        return "case_left_out" if self.measure == "cases" else "left_out"

    def amount(self, facts: Facts, case: Case) -> int:
        """Give what leaving a case out counts."""
        last = facts.horizon.last
        if max(case.earliest or 0, case.delivery or 0) > last:
            return 0
        if self.measure == "cases":
            return 1
        minutes = facts.minutes(case, None)
        return (3 * minutes + 1) // 2 if case.due is not None and case.due <= last else minutes

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for case in view.cases(self.scope):
            amount = self.amount(view.facts, case)
            if view.where(case.id) is None and amount > 0:
                about = About(self.message, (case.id,), 0, view.horizon.last)
                yield Breach(about, amount, {"case": case.id, "priority": case.priority})

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        cells: dict[int, list[int]] = defaultdict(list)
        for case in space.cases_in(self.scope):
            cells[self.amount(space.facts, case)].append(space.cell_of[case.id])
        for amount, found in sorted(cells.items()):
            if amount > 0:
                yield Price(self.message, tuple(found), Codes(frozenset({OFF})), amount)
