"""How long before its first day a roster is known to those who work it."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.people import StaffId
from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("publication")
@dataclass(frozen=True, kw_only=True)
class Publication(Rule[RosterView, RosterSpace]):
    """A roster that is published was told `notice` days before its first published day; a unit is a day.

    A draft is not judged. No plan changes it: it is a fact of the published roster.
    """

    notice: int = whole(15, unit="day", high=400)
    unit, reach = "day", "person"
    family = "promises"

    def late(self, facts: Facts, person: StaffId) -> tuple[int, int] | None:
        """Give the first published day and by how many days it was told too late, None: in time."""
        promise = facts.promises.get(person)
        if promise is None or promise.told is None:
            return None
        first = next((day for day, word in enumerate(promise.days) if word != "?"), None)
        if first is None or first > facts.horizon.last or first - promise.told >= self.notice:
            return None
        return first, self.notice - (first - promise.told)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            late = self.late(view.facts, person.id)
            if late is not None:
                before = self.notice - late[1]
                what = "published_late" if before >= 0 else "published_begun"
                about = About(what, (person.id,), late[0], late[0])
                yield Breach(about, late[1], {"notice": self.notice, "days": abs(before)})
