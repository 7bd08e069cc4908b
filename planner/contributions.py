"""What moves a figure that is no sum: assignments that differ, each taken back by itself.

A share, a mean or a peak has no parts that add up. What can be said is how far the figure would move
if one case, or one person's duties, were again as in the reference and all else stayed as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from planner.attribution import Pair, Share
from planner.compare import Comparison, KpiRow
from planner.hand_edits import assigned, placed, without
from planner.kpis.contract import Key, Kpi, Outcome, grouped, value
from planner.plan import Duty, Placement, Plan
from planner.view import RosterView, TheatreView

MOST: Final = 120
"""Assignments that are taken back one by one; of more, those of the blocks that move the figure most."""
BLOCK: Final = 20
TOLD: Final = 5
"""Assignments that are told of a figure."""
_LEAST: Final = 1e-9


def explained(comparison: Comparison, outcomes: Mapping[str, Outcome]) -> Comparison:
    """Give a comparison with the assignments that contribute most to each figure that is no sum."""
    base = outcomes[comparison.reference]
    pairs = {name: Pair(base, outcomes[name]) for name in comparison.scenarios}
    del pairs[comparison.reference]
    rows = tuple(
        replace(row, shares={name: shares(row, name, pair) for name, pair in pairs.items()})
        for row in comparison.kpis
    )
    return replace(comparison, kpis=rows)


def shares(row: KpiRow, name: str, pair: Pair) -> tuple[Share, ...]:
    """Give the assignments that contribute most to a difference; none where causes add up to it."""
    if not row.delta.get(name) or row.causes.get(name):
        return ()
    trial = _Trial(row.kpi, row.group, pair)
    units = trial.units()
    if len(units) > MOST:
        units = trial.likely(units)
    found = [Share(pair.happened(unit), unit[1], trial.effect([unit])) for unit in units]
    found = [share for share in found if abs(share.amount) > _LEAST]
    return tuple(sorted(found, key=lambda share: (-abs(share.amount), share.subject))[:TOLD])


class _Trial:
    """An indicator of the other outcome, with some assignments as the reference has them."""

    def __init__(self, kpi: Kpi, group: str, pair: Pair) -> None:
        self.kpi, self.group = kpi, group
        self.before, self.after = pair.reference, pair.other
        self.now = self._value(self.after)
        self.cases = _by_case(self.before.plan), _by_case(self.after.plan)
        self.people = _by_person(self.before.plan), _by_person(self.after.plan)
        self.tracks = {str(s.id): s.track for s in self.after.problem.shifts}

    def units(self) -> list[Key]:
        """Give the cases and people whose assignments differ, and can be as in the reference."""
        sessions = {session.id for session in self.after.problem.sessions}
        cases = {case.id for case in self.after.problem.cases}
        people = {person.id for person in self.after.problem.staff}
        was, now = self.cases
        moved = [
            ("case", str(case))
            for case in sorted(was.keys() | now.keys())
            if was.get(case) != now.get(case) and case in cases
            if case not in was or was[case].session in sessions
        ]
        was_on, now_on = self.people
        changed = [
            ("staff", str(person))
            for person in sorted(was_on.keys() | now_on.keys())
            if was_on.get(person) != now_on.get(person) and person in people
        ]
        return {"theatre": moved, "roster": changed}.get(self.kpi.part, [*moved, *changed])

    def likely(self, units: Sequence[Key]) -> list[Key]:
        """Give the units of the blocks that move the figure most, each block taken back as a whole."""
        blocks = [units[at : at + BLOCK] for at in range(0, len(units), BLOCK)]
        blocks.sort(key=lambda block: -abs(self.effect(block)))
        return [unit for block in blocks[: MOST // BLOCK] for unit in block]

    def effect(self, units: Sequence[Key]) -> float:
        """Give by how much the figure is higher than with some units as in the reference."""
        plan = self.after.plan
        for kind, id in units:
            plan = self._case(plan, id) if kind == "case" else self._person(plan, id)
        other = Outcome(
            self.after.problem, plan, self.after.waivers, self.after.reference, self.after.forecast
        )
        other.theatre = TheatreView(self.after.problem, plan, like=self.after.theatre)
        other.roster = RosterView(self.after.problem, plan, like=self.after.roster)
        then = self._value(other)
        return 0.0 if then is None or self.now is None else self.now - then

    def _value(self, outcome: Outcome) -> float | None:
        found = grouped(outcome.figure(self.kpi))
        return value(found[self.group]) if self.group in found else None

    def _case(self, plan: Plan, id: str) -> Plan:
        was = self.cases[0].get(id)
        return without(plan, frozenset({id})) if was is None else placed(plan, was)

    def _person(self, plan: Plan, id: str) -> Plan:
        was, now = (side.get(id, frozenset()) for side in self.people)
        off = tuple((id, duty.day, None) for duty in now - was)
        on = tuple((id, duty.day, str(duty.shift)) for duty in was - now)
        kept = tuple((id, d.day, str(d.shift)) for d in now & was if (id, d.day, None) in off)
        return assigned(plan, (*off, *on, *kept), self.tracks)


def _by_case(plan: Plan) -> dict[str, Placement]:
    return {str(placement.case): placement for placement in plan.placements}


def _by_person(plan: Plan) -> dict[str, frozenset[Duty]]:
    found: dict[str, set[Duty]] = {}
    for duty in plan.duties:
        found.setdefault(str(duty.person), set()).add(duty)
    return {person: frozenset(duties) for person, duties in found.items()}
