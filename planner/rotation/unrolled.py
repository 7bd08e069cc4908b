"""A rotation over several whole cycles, as a roster without dates of its own: rules judge it like any other.

Each of its people goes through every line, so that what is wrong between two lines is seen, the last
and the first among them. There are no absences, wishes, public holidays or changes of the clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from planner.clock import WEEK, Horizon
from planner.edits import EditRefusedError
from planner.people import ShiftId
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement
from planner.rotation.wheel import Weeks, Wheel, wheel
from planner.rules.contract import Rule
from planner.rules.roster.coverage import Coverage
from planner.score import Judgement, judge

LEAST_WEEKS: Final = 4
"""Weeks that are looked at at least: rules look at four of them."""
_DATED: Final = frozenset({"month", "quarter", "four_months", "year", "horizon"})
"""Windows that stand in a calendar, and not in a cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrolled:
    """A rotation with the problem that its people make by themselves; `weeks` are those looked at.

    `aside` are the rules that only real dates can be judged by. `shifts` are those it may have.
    """

    wheel: Wheel
    problem: Problem
    aside: tuple[Rule[Any, Any], ...]
    shifts: frozenset[ShiftId]

    @property
    def weeks(self) -> int:
        """The weeks that are looked at, whole cycles."""
        return self.problem.horizon.days // WEEK

    @property
    def refused(self) -> Mapping[ShiftId, tuple[str, ...]]:
        """The shifts that stand in no line as somebody may not work them, with who that is."""
        asked = self.wheel.rotation.shifts or {
            s for need in self.problem.cover for s in need.shifts
        }
        found = {
            shift: tuple(p.id for p in self.problem.staff if p.shifts and shift not in p.shifts)
            for shift in sorted(asked)
        }
        return {shift: people for shift, people in found.items() if people}

    def plan(self, weeks: Weeks) -> Plan:
        """Give the roster that some lines make."""
        turning = replace(self.wheel, weeks=weeks)
        horizon = self.problem.horizon
        return Plan.build(
            duties=(
                Duty(turn.id, day, shift)
                for turn in turning.turns
                for day in range(horizon.days)
                for shift in turning.shifts(turn, horizon, day)
            )
        )

    def grade(self, weeks: Weeks) -> Judgement:
        """Judge some lines: the audit of the roster that they make."""
        return judge(self.problem, self.plan(weeks), parts=("roster",))


def unrolled(problem: Problem, id: str) -> Unrolled:
    """Unroll a rotation from the cycle on in which the horizon begins.

    Raises:
        EditRefusedError: there is none, nobody works it, or nothing asks it for anybody.
    """
    turning = wheel(problem, id)
    if not turning.turns:
        raise EditRefusedError("rotation_nobody", id=id)
    cycle = turning.rotation.weeks
    weeks = cycle * max(2, -(-LEAST_WEEKS // cycle))
    start = problem.horizon.date(problem.horizon.block(0, cycle))
    horizon = Horizon(start=start, days=weeks * WEEK, zone="UTC")
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "roster"]
    aside = tuple(rule for rule in rules if getattr(rule, "window", "") in _DATED)
    kept = tuple(rule for rule in rules if rule not in aside)
    cover = tuple(_cover(problem, id, horizon))
    if not any(need.least or need.best for need in cover):
        raise EditRefusedError("rotation_no_cover", id=id)
    if not any(isinstance(rule, Coverage) and rule.level != "most" for rule in kept):
        raise EditRefusedError("rotation_no_rule")
    mine = {turn.id for turn in turning.turns}
    alone = Problem(
        horizon=horizon,
        as_of=start,
        contracts=problem.contracts,
        staff=tuple(replace(p, last=None) for p in problem.staff if p.id in mine),
        shifts=problem.shifts,
        cover=cover,
        rules=kept,
    )
    every = frozenset(shift.id for shift in problem.shifts)
    shifts = turning.rotation.shifts or every
    return Unrolled(wheel=turning, problem=alone, aside=aside, shifts=shifts)


def _cover(problem: Problem, id: str, horizon: Horizon) -> Iterator[CoverRequirement]:
    """Give the people that a rotation is to give, day by day."""
    for need in problem.weekly:
        for day in range(horizon.days if need.rotation == id else 0):
            if horizon.weekday(day) in need.weekdays:
                yield CoverRequirement(
                    id=f"{need.id} {horizon.date(day).isoformat()}",
                    day=day,
                    shifts=need.shifts,
                    skill=need.skill,
                    least=need.least,
                    best=need.best,
                    most=need.most,
                    price_below=need.price_below,
                    price_above=need.price_above,
                )
