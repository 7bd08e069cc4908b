"""The itemised cost of an assignment, straight from the blocks, slow and plain.

It shares nothing with the arrays and the kernel: contract tests compare it with the audit, the
engine's tests compare it with the engine.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from planner.rules.blocks import About, Feature, Kind, Linear, Never
from planner.rules.contract import Waiver
from planner.rules.space import Space
from solvers.rows.weights import JUDGED, WEIGHTED, Cost, Order


class Item(NamedTuple):
    """One thing that an assignment costs: before waivers, in units of the rule."""

    rule: str
    about: About
    amount: int
    kind: Kind


def holds(feature: Feature, codes: Sequence[int]) -> bool:
    """Tell whether all tests of a feature hold; a void cell (−1) passes none."""
    return all(codes[c] >= 0 and codes[c] in allowed for cells, allowed in feature for c in cells)


def amount_of(block: Linear, codes: Sequence[int]) -> int:
    """Give by how many units a row is broken."""
    value = sum(table.get(codes[cell], 0) for cells, table in block.parts for cell in cells)
    value += sum(times for feature, times in block.features if holds(feature, codes))
    lo = value if block.lo is None else block.lo
    hi = value if block.hi is None else block.hi
    past = 0 if block.knee is None else max(0, value - block.knee)
    return block.each * max(0, lo - value, value - hi) + block.beyond * past


def items(space: Space, rules: Iterable[Any], codes: Sequence[int]) -> Iterator[Item]:
    """List all that an assignment costs, rule by rule; items of amount 0 are left out."""
    for rule in rules:
        for price in rule.prices(space):
            for cell in price.cells:
                if codes[cell] >= 0 and codes[cell] in price.codes and price.amount:
                    about = space.about(price.what, cell, codes[cell])
                    yield Item(rule.id, about, price.amount, "exact")
        for block in rule.rows(space):
            if isinstance(block, Never):
                amount = block.amount if holds(block.tests, codes) else 0
            else:
                amount = amount_of(block, codes)
            if amount:
                yield Item(rule.id, block.about, amount, block.kind)


def cost(
    space: Space,
    rules: Iterable[Any],
    codes: Sequence[int],
    *,
    waivers: Iterable[Waiver] = (),
    kinds: frozenset[str] = JUDGED,
    order: Order = WEIGHTED,
) -> Cost:
    """Weigh the items of an assignment: `weight · max(0, amount − waived)`, guides softly."""
    given = tuple(waivers)
    hard = soft = 0
    for rule in rules:
        for item in items(space, (rule,), codes):
            free = [w.most for w in given if w.rule == rule.id and w.covers(item.about)]
            left = max(0, item.amount - max(free, default=0)) if rule.tier == 0 else item.amount
            if item.kind not in kinds or rule.tier not in order.guard | order.cost:
                continue
            if rule.tier in order.guard and item.kind != "guide":
                hard += rule.price * left
            else:
                soft += rule.price * left
    return Cost(hard, soft)
