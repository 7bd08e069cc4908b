"""People work only the shifts that they may."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("allowed_shifts")
@dataclass(frozen=True, kw_only=True)
class AllowedShifts(Rule[RosterView, RosterSpace]):
    """A person who has a list of shifts works no others; a unit is a duty.

    The engines offer no others; a plan made by hand or elsewhere may hold some.
    """

    unit, reach = "duty", "person"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            for day in range(view.horizon.last + 1 if person.shifts else 0):
                others = [s.id for s in view.shifts(person.id, day) if s.id not in person.shifts]
                if others:
                    about = About("shift_not_allowed", (person.id,), day, day)
                    facts = {
                        "shift": ", ".join(others),
                        "allowed": ", ".join(sorted(person.shifts)),
                    }
                    yield Breach(about, len(others), facts)

    def prices(self, space: RosterSpace) -> Iterator[Price]:
        for person in space.people(self.scope):
            if person.shifts:
                others = [s.id for s in space.problem.shifts if s.id not in person.shifts]
                cells = space.cells_on(person.id, 0, space.last)
                yield Price("shift_not_allowed", cells, space.code_set(others))
