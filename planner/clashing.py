"""Pinned cases that no plan can keep without breaking a hard rule, told before a run begins."""

from collections.abc import Iterator, Sequence
from typing import Final

from planner.facts import facts
from planner.plan import Placement, Plan
from planner.rules.contract import Breach, audit
from planner.runs import Remark, SolveRequest
from planner.score import forgiven
from planner.theatre_view import TheatreView

SHOWN: Final = 5
"""How many clashes are told of one run."""


def clashing_cases(request: SolveRequest) -> Iterator[Remark]:
    """Hard rules that the pinned cases break with nobody else in the plan: all are kept, all are named.

    Further cases mend no such breach, so no plan that keeps the pins is without it.
    """
    kept = _kept(request)
    if not kept:
        return
    problem = request.problem
    view = TheatreView(problem, Plan.build(kept, request.plan.duties))
    told: dict[tuple[str, str], None] = {}
    for rule in problem.rules:
        if rule.part != "theatre" or not rule.hard or not rule.enabled:
            continue
        for breach in audit(rule, view):
            within = _within(request, kept, breach)
            if within and breach.amount > forgiven(rule, breach, request.waivers):
                told[rule.id, ", ".join(within)] = None
    for rule_id, pins in list(told)[:SHOWN]:
        yield Remark(what="cases_clash", facts={"pins": pins, "rule": rule_id})


def _kept(request: SolveRequest) -> list[Placement]:
    """Give the placements that pins hold; one that has no start yet can still be given a better one."""
    pins = {(pin.kind, pin.id) for pin in request.pins}
    known = facts(request.problem)
    return [
        each
        for each in request.plan.placements
        if each.session in known.sessions
        and (each.start is not None or not request.problem.clock)
        and (("case", each.case) in pins or ("session", each.session) in pins)
    ]


def _within(request: SolveRequest, kept: Sequence[Placement], breach: Breach) -> list[str]:
    """Name the pinned cases that a breach is about, by themselves, their session, theatre or surgeon."""
    sessions = facts(request.problem).sessions
    about = breach.about
    there = [p for p in kept if about.first <= sessions[p.session].day <= about.last]
    named = [
        p
        for p in there
        if not {p.case, p.session, p.surgeon, sessions[p.session].theatre}.isdisjoint(
            about.subjects
        )
    ]
    cases = {p.case for p in there} & set(about.subjects)
    found = cases or {p.case for p in named or there}
    return sorted(str(case) for case in found)
