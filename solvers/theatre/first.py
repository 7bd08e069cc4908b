"""The first theatre plan, from the facts alone: nothing is built, nothing heavy is loaded.

It is on offer before the engine is ready, so that somebody who waits sees a plan at once.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from planner.facts import facts
from planner.plan import Placement
from planner.rules.contract import Rule
from planner.score import judge
from solvers.desk import Desk
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed

_WARM: Final = 0.6
"""The share of what a greedy plan places from which on a plan at hand is worth starting from."""


class First(NamedTuple):
    """Where a search starts; `warm`: from the plan at hand."""

    start: list[Placement]
    warm: bool


def first(desk: Desk) -> First:
    """Offer the first plans of a problem with a clock, and say where the search starts; done once."""
    if desk.first is None:
        rules = [r for r in desk.request.problem.rules if r.enabled and r.part == "theatre"]
        desk.first = _first(desk, rules, standing(desk))
    found: First = desk.first
    return found


def standing(desk: Desk) -> list[Placement]:
    """Give what there still is of the plan at hand: cases, sessions and surgeons may have gone."""
    known = facts(desk.request.problem)
    return [
        placement
        for placement in desk.request.plan.placements
        if placement.case in known.cases
        and placement.session in known.sessions
        and (placement.surgeon is None or placement.surgeon in known.surgeons)
    ]


def _fitting(desk: Desk, standing: list[Placement]) -> list[Placement]:
    """Give what still fits: a case whose placement breaks a hard rule by itself is listed again.

    So it is with a session closed since, or another owner's; a pin holds the case all the same.
    """
    request = desk.request
    plan = request.plan.with_placements(standing)
    alone = {
        each.breach.about.subjects[0]
        for each in judge(request.problem, plan, request.waivers, parts=(desk.part,)).hard
        if len(each.breach.about.subjects) == 1 and each.rule.reach == "case"
        if each.rule.type != "needs_start"
    }
    held = {(pin.kind, pin.id) for pin in request.pins}
    return [
        placement
        for placement in standing
        if placement.case not in alone
        or ("case", placement.case) in held
        or ("session", placement.session) in held
    ]


def _first(desk: Desk, rules: Sequence[Rule[Any, Any]], standing: list[Placement]) -> First:
    """Offer a greedy plan, and the plan at hand with what fits in addition; say which is the start."""
    desk.phase("greedy")
    request = desk.request
    known = facts(request.problem)
    clocks = Clocks(request.problem, known, rules, request.waivers)
    shut = frozenset(pin.id for pin in request.pins if pin.kind == "session")
    fixed = frozenset(pin.id for pin in request.pins if pin.kind == "case")
    if standing:
        desk.offer(request.plan.with_placements(standing))
        fitting = _fitting(desk, standing)
        more = listed(clocks, first_plan(request.problem, fitting, shut, fixed))
        desk.offer(request.plan.with_placements(more))
    else:
        more = []
    pinned = [p for p in standing if p.case in fixed or p.session in shut]
    fresh = listed(clocks, first_plan(request.problem, pinned, shut, fixed))
    if len(standing) >= _WARM * len(fresh) and standing:
        return First(more, warm=True)
    desk.offer(request.plan.with_placements(fresh))
    return First(fresh, warm=False)
