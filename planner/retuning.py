"""Judging again after an edit of rules alone: the facts are the same, so only other rules are asked.

The answer is that of `judge`, item by item.
"""

import dataclasses
from collections import defaultdict
from typing import Final

from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.contract import Waiver, audit
from planner.score import Judged, Judgement, forgiven, total

_FACTS: Final = tuple(f.name for f in dataclasses.fields(Problem) if f.name != "rules")
_OWNER: Final = "owner"
"""The type of rule that decides what may come into a session, which others read as a fact."""


def alike(before: Problem, after: Problem) -> bool:
    """Tell whether two problems differ in rules alone, and in none that others read as a fact."""
    if any(getattr(before, name) is not getattr(after, name) for name in _FACTS):
        return False
    owners = ([rule for rule in p.rules if rule.type == _OWNER] for p in (before, after))
    return next(owners) == next(owners)


def retuned(
    known: Outcome, problem: Problem, plan: Plan, waivers: tuple[Waiver, ...]
) -> Outcome | None:
    """Give the outcome of the same plan under other rules; None where more differs than rules."""
    same = known.plan is plan and tuple(known.waivers) == waivers
    if not same or not alike(known.problem, problem):
        return None
    items: dict[str, list[Judged]] = defaultdict(list)
    for each in known.judgement.judged:
        items[each.rule.id].append(each)
    before = {rule.id: rule for rule in known.problem.rules if rule.enabled}
    judged: list[Judged] = []
    for rule in problem.rules:
        if not rule.enabled:
            continue
        if before.get(rule.id) is rule:
            judged += items[rule.id]
            continue
        view = known.roster if rule.part == "roster" else known.theatre
        for breach in audit(rule, view):
            waived = forgiven(rule, breach, waivers)
            judged.append(Judged(rule=rule, breach=breach, waived=waived))
    outcome = Outcome(problem, plan, waivers)
    outcome.judgement = Judgement(judged=tuple(judged), score=total(judged, problem.order))
    return outcome
