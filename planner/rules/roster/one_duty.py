"""At most one shift a day and track."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("one_duty")
@dataclass(frozen=True, kw_only=True)
class OneDuty(Rule[RosterView, RosterSpace]):
    """On each track a person has at most one duty that starts on a day; a unit is a duty too many.

    Engines decide one shift a track and day, so they have no row for it: only plans that come from
    elsewhere can break it.
    """

    unit, reach = "duty", "person"
    family = "hours"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            for day in range(view.horizon.last + 1):
                shifts = view.shifts(person.id, day)
                if len(shifts) < 2:
                    continue
                more = len(shifts) - len(Counter(shift.track for shift in shifts))
                if more > 0:
                    about = About("duties_many", (person.id,), day, day)
                    names = ", ".join(shift.id for shift in shifts)
                    yield Breach(about, more, {"count": len(shifts), "shifts": names})
