"""What a plan holds and no rule in force looks at: a plan is never passed in silence.

An answer may need a rule that the study does not have, or a shift may lack the tag by which the
rules of working time know it. Both are told, and neither refuses the plan.
"""

from collections.abc import Iterator
from typing import Any, Final

from planner.facts import facts
from planner.packs.pack import strangers
from planner.plan import Plan
from planner.problem import Fault, Problem
from planner.rule_words import SHIFT_TAGS
from planner.rules.contract import Rule

WORK: Final = "work"
"""The tag by which the rules of working time know a shift, and the track of most shifts."""

_RESTS: Final = frozenset({"min_gap", "forbidden_sequence"})


def unjudged(problem: Problem, plan: Plan) -> Iterator[Fault]:
    """Find what no rule in force judges: codes and tags of nobody, untagged shifts, missing rules."""
    yield from unknown_codes(problem, plan)
    yield from strangers(problem)
    in_force = [rule for rule in problem.rules if rule.enabled]
    yield from _untagged(problem, in_force)
    yield from _missing(problem, plan, {rule.type for rule in in_force})
    yield from _unmeant(problem, plan, [rule for rule in in_force if rule.type in _RESTS])


def unknown_codes(problem: Problem, plan: Plan) -> tuple[Fault, ...]:
    """Find the cases, sessions, people and shifts of a plan that the study does not have.

    Rules pass over them: another program has taken the record away, or changed its code.
    """
    named: list[tuple[str, str]] = [("case", placed.case) for placed in plan.placements]
    named += [("session", placed.session) for placed in plan.placements]
    named += [("surgeon", placed.surgeon) for placed in plan.placements if placed.surgeon]
    named += [("staff", duty.person) for duty in plan.duties]
    named += [("shift", duty.shift) for duty in plan.duties]
    ids = {kind: {each.id for each in problem.records(kind)} for kind, _ in dict.fromkeys(named)}
    return tuple(
        Fault(what="unknown_in_plan", kind=kind, id=id)
        for kind, id in dict.fromkeys(named)
        if id not in ids[kind]
    )


def _untagged(problem: Problem, in_force: list[Rule[Any, Any]]) -> Iterator[Fault]:
    """Find the shifts of the track `work` that the rules on work do not see."""
    named = {getattr(rule, name, "") for rule in in_force for name in SHIFT_TAGS}
    seen = facts(problem).shift_ids(WORK)
    for shift in problem.shifts:
        if WORK in named and seen and shift.track == WORK and shift.id not in seen:
            yield Fault(what="not_work", kind="shift", id=shift.id, field="tags")


def _missing(problem: Problem, plan: Plan, types: set[str]) -> Iterator[Fault]:
    """Find the questions that a plan raises and no rule in force answers."""
    if plan.days and not types & _RESTS:
        yield Fault(what="no_rest_rule", kind="rule", id="min_gap")
    started = [placed for placed in plan.placements if placed.start is not None]
    if started and "room_overlap" not in types:
        yield Fault(what="no_room_rule", kind="rule", id="room_overlap")
    if any(placed.surgeon for placed in started) and "surgeon_overlap" not in types:
        yield Fault(what="no_surgeon_rule", kind="rule", id="surgeon_overlap")
    yield from _hands(problem, plan, types)
    if "equipment" not in types and _shares_devices(problem, plan):
        yield Fault(what="no_device_rule", kind="rule", id="equipment")


def _hands(problem: Problem, plan: Plan, types: set[str]) -> Iterator[Fault]:
    """Find surgeons of two theatres, and second surgeons, whom no rule in force holds to anything."""
    known = facts(problem)
    if "two_rooms" not in types:
        two = {surgeon.id for surgeon in problem.surgeons if surgeon.rooms > 1}
        if two and any(placed.surgeon in two for placed in plan.placements):
            yield Fault(what="no_two_rooms_rule", kind="rule", id="two_rooms")
    if "partners" not in types:
        both = {case.id for case in problem.cases if case.partners & known.surgeons.keys()}
        if both and any(placed.case in both for placed in plan.placements):
            yield Fault(what="no_partner_rule", kind="rule", id="partners")


def _unmeant(problem: Problem, plan: Plan, rests: list[Rule[Any, Any]]) -> Iterator[Fault]:
    """Find the people with duties whom no rule on rest means, where others have one."""
    tags = facts(problem).staff_tags
    for person in dict.fromkeys(duty.person for duty in plan.duties) if rests else ():
        if person in tags and not any(rule.scope.holds(tags[person]) for rule in rests):
            yield Fault(what="no_rest_rule_for", kind="staff", id=person)


def _shares_devices(problem: Problem, plan: Plan) -> bool:
    known = facts(problem)
    cases = (known.cases.get(placed.case) for placed in plan.placements)
    return any(
        known.equipment_of(case)
        for case in cases
        if case is not None and case.procedure in known.procedures
    )
