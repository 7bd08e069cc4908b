"""What a plan breaks and costs, by the rules in force."""

from collections import Counter
from dataclasses import replace
from typing import Any

from planner.kpis.contract import Amounts, Key, Outcome, kpi
from planner.problem import Problem
from planner.rules.contract import Rule


@kpi("hard_breaches", unit="breach", better="less", part="all")
def hard_breaches(outcome: Outcome) -> Amounts:
    """Count the breaches of hard rules that no waiver covers whole, rule by rule."""
    return Counter[Key](("rule", each.rule.id) for each in outcome.judgement.hard)


@kpi("accepted_breaches", unit="breach", better="less", part="all")
def accepted_breaches(outcome: Outcome) -> Amounts:
    """Count the breaches of hard rules that a waiver covers whole, rule by rule."""
    return Counter[Key](
        ("rule", each.rule.id)
        for each in outcome.judgement.judged
        if each.rule.hard and each.waived and each.cost == 0
    )


def _wishes(problem: Problem) -> frozenset[Rule[Any, Any]]:
    """Give the soft rules in force, with their weights and bounds: points of others are other points."""
    words: Any = {"title_fr": "", "title_en": "", "source": "", "expert": frozenset()}
    return frozenset(replace(r, **words) for r in problem.rules if r.enabled and not r.hard)


@kpi("soft_cost", unit="point", better="less", part="all", defined=_wishes)
def soft_cost(outcome: Outcome) -> Amounts | None:
    """Add weight × amount of the breaches of soft rules, rule by rule.

    None where tiers are ordered strictly: no sum means anything there.
    """
    if outcome.problem.order == "strict":
        return None
    found: Counter[Key] = Counter()
    for each in outcome.judgement.judged:
        if not each.rule.hard:
            found["rule", each.rule.id] += each.cost
    return found
