"""Burdens shared fairly: nights, weekends and holidays by working time, with a memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planner import fields
from planner.people import StaffId
from planner.rostering import ShiftType
from planner.rules.blocks import FAR, About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, text, whole
from planner.rules.equity import burden, fair_shares, remembered
from planner.rules.space import RosterSpace
from planner.rules.windows import carried
from planner.view import RosterView

USUAL: Final = (("night", 10), ("saturday", 10), ("sunday", 12), ("holiday", 15))


@rule("equity")
@dataclass(frozen=True, kw_only=True)
class Equity(Rule[RosterView, RosterSpace]):
    """The points of a person's duties with `tag` are her fair share, give or take `tolerance`.

    `burdens` are points by tag or id of a shift, or saturday, sunday, holiday. The fair share of what
    the cover asks for is by working time and days there. What earlier periods left her above or below
    (`carried`: a measure of carried amounts) counts as well, less from week to week, and no more after
    `memory` weeks. A unit is a point outside; a soft rule
    counts each point twice beyond another `step`, and three times beyond two, so that the largest
    differences go first.
    """

    tag: str = shift_tag("work")
    burdens: tuple[tuple[str, int], ...] = fields.pairs(USUAL)
    tolerance: int = whole(10, unit="point", high=1000)
    step: int = whole(10, unit="point", low=1, high=1000)
    carried: str = text("", high=60)
    memory: int | None = whole(None, unit="week", low=1, high=520, optional=True)
    unit, reach, shares = "point", "person", True
    family = "fairness"

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        facts, end = view.facts, view.horizon.last
        shares = fair_shares(facts, self.scope, self.burdens, self.tag)
        for person in view.people(self.scope):
            before = carried(facts, person.id, self.carried, -FAR, -1)
            borne = self._borne(view, person.id)
            borne += sum(remembered(each, self.memory) for each in before)
            off = abs(borne - shares[person.id]) - self.tolerance
            steps = (0,) if self.hard else (0, self.step, 2 * self.step)
            amount = sum(max(0, off - step) for step in steps)
            if amount > 0:
                about = About("burden_unfair", (person.id,), 0, end)
                yield Breach(about, amount, {"borne": borne, "fair": shares[person.id]})

    def left(self, view: RosterView) -> dict[StaffId, int]:
        """Give the points that each person bore in the horizon above her fair share, or below it."""
        shares = fair_shares(view.facts, self.scope, self.burdens, self.tag)
        people = view.people(self.scope)
        return {each.id: self._borne(view, each.id) - shares[each.id] for each in people}

    def _borne(self, view: RosterView, person: str) -> int:
        return sum(
            burden(view.facts, self.burdens, duty.day, duty.shift.id)
            for duty in view.duties(person, 0, view.horizon.last)
            if self.tag in duty.shift.tags or self.tag == duty.shift.id
        )

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        facts, tagged = space.facts, space.facts.shift_ids(self.tag)
        shares = fair_shares(facts, self.scope, self.burdens, self.tag)

        def points(day: int, shift: ShiftType) -> int:
            return burden(facts, self.burdens, day, shift.id) if shift.id in tagged else 0

        for person in space.people(self.scope):
            about = About("burden_unfair", (person.id,), 0, space.last)
            parts = space.parts(person.id, 0, space.last, points)
            before = carried(facts, person.id, self.carried, -FAR, -1)
            owed = [remembered(each, self.memory) for each in before]
            fair = shares[person.id] - sum(owed)
            for step in (0,) if self.hard else (0, self.step, 2 * self.step):
                wide = self.tolerance + step
                yield Linear(about, parts, lo=fair - wide, hi=fair + wide)
