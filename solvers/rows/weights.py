"""What rows, conjunctions and codes cost now: weights, tiers, waivers, closed codes.

Hard and soft costs share one 64-bit sum: `hard · 2³⁴ + soft`. So one addition keeps both, and
comparing two sums compares the hard parts first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from planner.rules.blocks import About
from planner.rules.contract import Waiver
from solvers.rows.arrays import KINDS, Compiled, Flags, Short, Whole

SHIFT: Final = 34
_ONE: Final = 1 << SHIFT
_HALF: Final = 1 << (SHIFT - 1)
SEARCH: Final = frozenset(KINDS)
JUDGED: Final = frozenset({"exact", "relaxation"})
"""The kinds that are no guide: what sub-models and bounds read where there is no clock."""


class Cost(NamedTuple):
    """Weighted cost of hard and of soft rules; the order of tuples is the order of plans."""

    hard: int
    soft: int


def split(total: int) -> Cost:
    """Take a 64-bit sum apart.

    >>> split((3 << SHIFT) - 7)
    Cost(hard=3, soft=-7)
    """
    soft = ((total + _HALF) & (_ONE - 1)) - _HALF
    return Cost((total - soft) >> SHIFT, soft)


def halves(sums: Whole) -> tuple[Whole, Whole]:
    """Take 64-bit sums apart into their hard and soft parts."""
    soft = ((sums + _HALF) & (_ONE - 1)) - _HALF
    return (sums - soft) >> SHIFT, soft


@dataclass(frozen=True, slots=True)
class Order:
    """Which tiers guard (no move may add to them) and which are the cost; the others are ignored."""

    guard: frozenset[int] = frozenset({0})
    cost: frozenset[int] = frozenset({1, 2, 3, 4})

    def ranks(self, compiled: Compiled) -> Short:
        """Give the rank of each rule's tier among the guard tiers, −1 where it guards nothing."""
        places = {tier: rank for rank, tier in enumerate(sorted(self.guard))}
        return np.array([places.get(rule.tier, -1) for rule in compiled.rules], np.int32)

    @staticmethod
    def strict() -> "tuple[Order, ...]":
        """Give the phases of strict order: the hard tier, then tier by tier under guard."""
        return tuple(Order(frozenset(range(tier)), frozenset({tier})) for tier in range(5))


WEIGHTED: Final = Order()


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one unit of amount, as 64-bit sums, and what is forgiven or closed.

    `free` is the waived amount of a row or conjunction. `closed` marks slots that a hard price
    closes; a cell may keep such a code, and never comes back to it.
    """

    row: Whole
    row_free: Whole
    never: Whole
    never_free: Whole
    price: Whole  # per slot, in all
    closed: Flags
    order: Order
    price_of_rank: Whole  # slot × guard tier in order of rank; empty with one guard tier


def weigh(
    compiled: Compiled,
    *,
    waivers: Iterable[Waiver] = (),
    kinds: frozenset[str] = SEARCH,
    order: Order = WEIGHTED,
) -> Weights:
    """Weigh all blocks. Guides cost softly, relaxations of hard rules as hard as the rule."""
    waived = tuple(waivers)
    rows, nevers, prices = compiled.rows, compiled.nevers, compiled.prices
    rated = _rates(compiled, order)
    keep = np.array([kind in kinds for kind in KINDS])
    row = rated[rows.kind, rows.rule] * keep[rows.kind]
    never = rated[nevers.kind, nevers.rule] * keep[nevers.kind]
    free = _forgiven(compiled, prices.rule, waived, _Priced(compiled))
    left = np.maximum(prices.amount - free, 0)
    each = rated[0, prices.rule] * left
    cost = np.zeros(compiled.slots, np.int64)
    np.add.at(cost, prices.slot, each)
    hard = np.array([rule.tier == 0 for rule in compiled.rules], bool)
    closed = np.zeros(compiled.slots, np.uint8)
    closed[prices.slot[hard[prices.rule] & (left > 0)]] = 1
    closed[compiled.slot_start[:-1]] = 1
    return Weights(
        row,
        _forgiven(compiled, rows.rule, waived, rows.about),
        never,
        _forgiven(compiled, nevers.rule, waived, nevers.about),
        cost,
        closed,
        order,
        _price_of_rank(compiled, order, each),
    )


def _price_of_rank(compiled: Compiled, order: Order, cost: Whole) -> Whole:
    ranks = order.ranks(compiled)
    guards = len(order.guard) if len(order.guard) > 1 else 0
    found = np.zeros((compiled.slots if guards else 0, guards), np.int64)
    if guards:
        slot, rank = compiled.prices.slot, ranks[compiled.prices.rule]
        np.add.at(found, (slot[rank >= 0], rank[rank >= 0]), (cost >> SHIFT)[rank >= 0])
    return found


def _rates(compiled: Compiled, order: Order) -> Whole:
    """The weight of a unit by kind and rule, as a 64-bit sum."""
    rated = np.zeros((len(KINDS), max(1, len(compiled.rules))), np.int64)
    for number, rule in enumerate(compiled.rules):
        if rule.tier in order.guard:
            rated[:2, number] = rule.price * _ONE
            rated[2, number] = rule.price
        elif rule.tier in order.cost:
            rated[:, number] = rule.price
    return rated


class _Priced(Sequence[About]):
    """What the items of prices are about, asked from the space one by one."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled

    def __len__(self) -> int:
        return len(self._compiled.prices.what)

    def __getitem__(self, item: int) -> About:  # type: ignore[override]  # no slices are asked
        own = self._compiled
        slot = own.prices.slot[item]
        found: About = own.space.about(
            own.prices.what[item], int(own.slot_cell[slot]), int(own.slot_code[slot])
        )
        return found


def price_about(compiled: Compiled) -> Sequence[About]:
    """Give what each item of the prices is about."""
    return _Priced(compiled)


def _forgiven(
    compiled: Compiled, rule: Short, waivers: tuple[Waiver, ...], about: Sequence[About]
) -> Whole:
    """The largest waiver of each item; only hard rules can be waived."""
    free = np.zeros(len(rule), np.int64)
    for waiver in waivers:
        for number, each in enumerate(compiled.rules):
            if each.id == waiver.rule and each.tier == 0:
                for item in np.flatnonzero(rule == number).tolist():
                    if waiver.most > free[item] and waiver.covers(about[item]):
                        free[item] = waiver.most
    return free
