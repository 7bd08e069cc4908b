"""What hired people, and hours beyond the contract, cost in money."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.facts import Facts
from planner.people import StaffMember
from planner.rostering import ShiftType
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, choice, rule, shift_tag, whole
from planner.rules.owed import owed
from planner.rules.space import RosterSpace
from planner.view import RosterView


@rule("staff_cost")
@dataclass(frozen=True, kw_only=True)
class StaffCost(Rule[RosterView, RosterSpace]):
    """Effective minutes of duties with `tag` cost `hour` an hour; a unit is one of money.

    All of them count (people who are hired by the hour), or what they cost `beyond` the minutes that
    the contract asks over the horizon, whole days of absence counted off (overtime). Each duty's cost
    is rounded to whole money, halves up.
    """

    tag: str = shift_tag("work")
    paid: str = choice("all", "all", "beyond")
    hour: int = whole(30, unit="money", low=1, high=1000)
    unit, reach = "money", "person"
    family = "hours"

    def money(self, minutes: int) -> int:
        """Give what some minutes cost, rounded half up."""
        return (minutes * self.hour + 30) // 60

    def free(self, facts: Facts, person: StaffMember) -> int:
        """Give the money that is not counted: that of the hours which the contract asks."""
        return self.money(owed(facts, person)) if self.paid == "beyond" else 0

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        for person in view.people(self.scope):
            minutes = [
                duty.end - duty.start - duty.shift.pause
                for duty in view.duties(person.id, 0, view.horizon.last)
                if self.tag in duty.shift.tags or self.tag == duty.shift.id
            ]
            cost = sum(map(self.money, minutes)) - self.free(view.facts, person)
            if cost > 0:
                about = About(f"paid_{self.paid}", (person.id,), 0, view.horizon.last)
                due = owed(view.facts, person)
                yield Breach(about, cost, {"worked": sum(minutes), "due": due, "hour": self.hour})

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        facts, tagged = space.facts, space.facts.shift_ids(self.tag)

        def price(day: int, shift: ShiftType) -> int:
            return self.money(facts.effective(day, shift.id)) if shift.id in tagged else 0

        for person in space.people(self.scope):
            parts = space.parts(person.id, 0, space.last, price)
            about = About(f"paid_{self.paid}", (person.id,), 0, space.last)
            if parts:
                yield Linear(about, parts, hi=self.free(facts, person))
