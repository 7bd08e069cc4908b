"""A sample in the engine, and what it has to cost there."""

from collections.abc import Iterable, Sequence
from typing import Any

from contract_drawing import AUDIT_ONLY, Sample
from contract_voices import cost, price_items, row_amount, total

from planner.rules.contract import Rule, audit
from solvers.rows import compile as compiling
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, Cost, weigh


def search_of(sample: Sample, rules: Iterable[Rule[Any, Any]]) -> Search:
    """Put a sample into the kernel, guides left out."""
    compiled = compiling.compile(sample.space, rules)
    weights = weigh(compiled, waivers=sample.waivers, kinds=JUDGED)
    return Search(compiled, weights, sample.codes)


def said(sample: Sample, rules: Iterable[Rule[Any, Any]], codes: Sequence[int]) -> Cost:
    """Cost the exact and relaxed blocks by the slow second reading."""
    by_tier = [0, 0]
    for rule in rules:
        pairs = price_items(rule.prices(sample.space), sample.space, codes)
        for row in rule.rows(sample.space):
            if row.kind != "guide":
                pairs.append((row.about, row_amount(row, codes)))
        by_tier[not rule.hard] += sum(cost(rule, total([pair]), sample.waivers) for pair in pairs)
    return Cost(*by_tier)


def heard(sample: Sample, rules: Iterable[Rule[Any, Any]]) -> Cost:
    """Cost the audit less its waivers."""
    by_tier = [0, 0]
    for rule in rules:
        if rule.type not in AUDIT_ONLY:
            items = {breach.about: breach.amount for breach in audit(rule, sample.view)}
            by_tier[not rule.hard] += cost(rule, items, sample.waivers)
    return Cost(*by_tier)
