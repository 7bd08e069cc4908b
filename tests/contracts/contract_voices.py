"""The slow second reading of blocks and verbs: amounts by item, over one fixed assignment.

Nothing here is shared with the audit, the compiler or the kernel.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from planner.rules.blocks import About, Codes, Feature, Never, Price, Row
from planner.rules.contract import Breach, Rule, Waiver
from planner.rules.timing import (
    BlockUntil,
    Cumulative,
    Idle,
    InTheWay,
    LargestGap,
    Late,
    NeverBoth,
    NoOverlap,
    Order,
    Stretch,
    Verb,
    Within,
)

Items = dict[About, int]
FAR: Final = 5_000
"""A minute that no theatre day reaches."""


def holds(feature: Feature, codes: Sequence[int]) -> bool:
    """Tell whether all tests of a feature hold."""
    return all(_within(codes[cell], wanted) for cells, wanted in feature for cell in cells)


def _within(code: int, wanted: Codes) -> bool:
    return (code not in wanted.members) if wanted.negated else (code in wanted.members)


def row_amount(row: Row, codes: Sequence[int]) -> int:
    """Give what a row costs: its conjunction, or what its sum lies outside its bounds."""
    if isinstance(row, Never):
        return row.amount if holds(row.tests, codes) else 0
    value = 0
    for cells, table in row.parts:
        for cell in cells:
            value += table.get(codes[cell], 0)
    for feature, coefficient in row.features:
        if holds(feature, codes):
            value += coefficient
    amount = 0
    if row.lo is not None and value < row.lo:
        amount += row.each * (row.lo - value)
    if row.hi is not None and value > row.hi:
        amount += row.each * (value - row.hi)
    if row.knee is not None and value > row.knee:
        amount += row.beyond * (value - row.knee)
    return amount


class Priced(NamedTuple):
    """One priced cell: what it is about and costs now, with its price for reference."""

    about: About
    amount: int


def price_items(prices: Iterable[Price], space: Any, codes: Sequence[int]) -> list[Priced]:
    """Give what the prices cost now, cell by cell."""
    found = []
    for price in prices:
        for cell in price.cells:
            if _within(codes[cell], price.codes):
                found.append(Priced(space.about(price.what, cell, codes[cell]), price.amount))
    return found


def total(pairs: Iterable[tuple[About, int]]) -> Items:
    """Add amounts by item; items without any are left out."""
    items: Items = {}
    for about, amount in pairs:
        if amount:
            items[about] = items.get(about, 0) + amount
    return {about: amount for about, amount in items.items() if amount}


def audited(breaches: Iterable[Breach]) -> Items:
    """Give breaches as amounts by item."""
    return total((breach.about, breach.amount) for breach in breaches)


# --- waivers -------------------------------------------------------------------------------------


def largest(covers: Sequence[int]) -> int:
    """Give what the law forgives: the largest cover, never the sum."""
    return max(covers, default=0)


def cost(
    rule: Rule[Any, Any],
    items: Mapping[About, int],
    waivers: Iterable[Waiver],
    forgiven: Callable[[Sequence[int]], int] = largest,
    *,
    soft_too: bool = False,
) -> int:
    """Give weight × what is left of each item of a rule when its waivers are taken off."""
    waivers = tuple(waivers)
    left = 0
    for about, amount in items.items():
        covers = [
            waiver.most
            for waiver in waivers
            if waiver.rule == rule.id
            and waiver.first <= about.first
            and about.last <= waiver.last
            and all(subject in waiver.subjects for subject in about.subjects)
        ]
        free = forgiven(covers) if rule.tier == 0 or soft_too else 0
        left += max(0, amount - free)
    return left * rule.price


# --- the clock -----------------------------------------------------------------------------------


def verb_amount(verb: Verb, times: Mapping[int, tuple[int, int]]) -> int:
    """Give by how many minutes (cases too many at once, for capacities) a verb is missed."""
    match verb:
        case NoOverlap():
            spans = [*(_span(s, times) for s in verb.stretches if s.choice in times), *verb.busy]
            return sum(
                max(0, min(a[1], b[1]) - max(a[0], b[0]))
                for n, a in enumerate(spans)
                for b in spans[:n]
                if not (a in verb.busy and b in verb.busy)
            )
        case Cumulative():
            spans = [*(_span(s, times) for s in verb.stretches if s.choice in times), *verb.busy]
            return _minutes_over(spans, verb.capacity)
        case NeverBoth():
            return sum(
                max(0, min(ours[1], theirs[1]) - max(ours[0], theirs[0]))
                for ours in (_span(s, times) for s in verb.one if s.choice in times)
                for theirs in (_span(s, times) for s in verb.other if s.choice in times)
            )
        case BlockUntil():
            waits = _waits(verb, times).values()
            return sum(max(0, len(minutes) - verb.most) for minutes in waits)
        case InTheWay():
            return _in_the_way(verb, times)
        case LargestGap():
            return _between_ends(verb, times)
        case Within():
            return _outside(verb, times)
        case Late():
            ends = [times[choice][1] for choice in verb.choices if choice in times]
            return max(0, max(ends, default=0) - verb.limit) if ends else 0
        case Order():
            return _out_of_order(verb, times)
        case Idle():
            taken = [_span(s, times) for s in verb.stretches if s.choice in times]
            if not taken:
                return 0
            first, last = min(start for start, _ in taken), max(end for _, end in taken)
            return max(0, last - first - sum(end - start for start, end in taken))


def _out_of_order(verb: Order, times: Mapping[int, tuple[int, int]]) -> int:
    wrong = {
        (early, late)
        for early in verb.early
        for late in verb.late
        if early in times and late in times and times[late][0] < times[early][0]
    }
    return len({early if verb.counted == "early" else late for early, late in wrong})


def _waits(verb: BlockUntil, times: Mapping[int, tuple[int, int]]) -> dict[int, list[int]]:
    """Walk through the minutes: who waits in each, first come first served."""
    ends = {s.choice: times[s.choice][1] for s in verb.stretches if s.choice in times}
    stays = {s.choice: s.after for s in verb.stretches}
    queue = sorted(ends, key=lambda choice: (ends[choice], choice))
    inside: dict[int, int] = {}
    waits: dict[int, list[int]] = {choice: [] for choice in queue}
    minute = min(ends.values(), default=0)
    while queue and minute < FAR:
        inside = {choice: left - 1 for choice, left in inside.items() if left > 1}
        while queue and ends[queue[0]] <= minute and len(inside) < verb.capacity:
            first = queue.pop(0)
            inside[first] = stays[first]
        for choice in queue:
            if ends[choice] <= minute:
                waits[choice].append(minute)
        minute += 1
    return waits


def _in_the_way(verb: InTheWay, times: Mapping[int, tuple[int, int]]) -> int:
    waits, minutes = _waits(verb.waits, times), 0
    for room in verb.rooms:
        taken = [stretch for stretch in room if stretch.choice in times]
        for stretch in taken:
            others = [_span(other, times) for other in taken if other.choice != stretch.choice]
            for minute in waits.get(stretch.choice, ()):
                minutes += sum(first <= minute < last for first, last in others)
    return minutes


def _between_ends(verb: LargestGap, times: Mapping[int, tuple[int, int]]) -> int:
    """Count each minute that follows on `most` or more within the hours in which no case ended."""
    taken = [times[choice] for choice in verb.choices if choice in times]
    ends = {end for _, end in taken}
    over = quiet = 0
    for minute in range(min((start for start, _ in taken), default=0), max(ends, default=0)):
        quiet = 0 if minute in ends else quiet
        if verb.since <= minute < verb.until:
            quiet += 1
            over += quiet > verb.most
    return over


def _outside(verb: Within, times: Mapping[int, tuple[int, int]]) -> int:
    if verb.choice not in times:
        return 0
    start, end = times[verb.choice]
    early = 0 if verb.low is None else max(0, verb.low - start)
    late = 0 if verb.high is None else max(0, end + verb.stay - verb.high)
    return early + late


def _span(stretch: Stretch, times: Mapping[int, tuple[int, int]]) -> tuple[int, int]:
    start, end = times[stretch.choice]
    if stretch.origin == "end":
        return end, end + stretch.after
    if stretch.origin == "start":
        return start - stretch.before, start + stretch.after
    return start - stretch.before, end + stretch.after


def _minutes_over(spans: Sequence[tuple[int, int]], capacity: int) -> int:
    over = 0
    edges = sorted({edge for span in spans for edge in span})
    for first, last in pairwise(edges):
        at_once = sum(start <= first and last <= end for start, end in spans)
        over += max(0, at_once - capacity) * (last - first)
    return over
