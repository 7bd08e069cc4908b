"""Hours close to the contract over the horizon."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.people import StaffMember
from planner.rostering import ShiftType
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, flag, rule, shift_tag, whole
from planner.rules.owed import owed
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("target_hours")
@dataclass(frozen=True, kw_only=True)
class TargetHours(Rule[RosterView, RosterSpace]):
    """Effective minutes of the horizon are those of the contract, give or take `tolerance`.

    Due are the contract's weekly minutes × share × the days of the horizon up to her last one, less
    whole days of absence if `credit`, ÷ 7. A unit is a minute beyond the tolerance.
    """

    tag: str = shift_tag("work")
    tolerance: int = whole(300, unit="minute", high=20_000)
    credit: bool = flag(True)
    unit, reach = "minute", "person"
    family = "hours"

    def due(self, facts: Facts, person: StaffMember) -> int:
        """Give the minutes that a person owes, rounded half up."""
        return owed(facts, person, credit=self.credit)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            worked = sum(
                duty.end - duty.start - duty.shift.pause
                for duty in view.duties(person.id, 0, view.horizon.last)
                if self.tag in duty.shift.tags or self.tag == duty.shift.id
            )
            due = self.due(view.facts, person)
            off = abs(worked - due) - self.tolerance
            if off > 0:
                about = About("hours_off_target", (person.id,), 0, view.horizon.last)
                facts = {"worked": worked, "target": due, "tolerance": self.tolerance}
                yield Breach(about, off, facts)

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        facts, tagged = space.facts, space.facts.shift_ids(self.tag)

        def minutes(day: int, shift: ShiftType) -> int:
            return facts.effective(day, shift.id) if shift.id in tagged else 0

        for person in space.people(self.scope):
            due = self.due(facts, person)
            about = About("hours_off_target", (person.id,), 0, space.last)
            parts = space.parts(person.id, 0, space.last, minutes)
            yield Linear(about, parts, lo=due - self.tolerance, hi=due + self.tolerance)
