"""Blocks of rules to arrays, in bulk: one numpy operation a table or code set, none a term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from planner.rules.blocks import About, Cells, Codes, Feature, Linear, Never, Price, Table
from planner.rules.space import Space
from solvers.rows.arrays import (
    KINDS,
    NO_BOUND,
    Compiled,
    Flags,
    Lists,
    Nevers,
    Prices,
    Rows,
    Short,
    Whole,
    pack,
)

_KIND = {kind: number for number, kind in enumerate(KINDS)}


def compile(space: Space, rules: Iterable[Any]) -> Compiled:
    """Turn all prices and rows of some rules into arrays."""
    slots = _Slots(space)
    blocks = _Blocks()
    in_force = tuple(rules)
    for number, rule in enumerate(in_force):
        blocks.rule = number
        for price in rule.prices(space):
            blocks.price(price)
        for block in rule.rows(space):
            if isinstance(block, Linear):
                blocks.linear(block)
            else:
                blocks.never(block)
    return _assemble(space, in_force, slots, blocks)


@dataclass(slots=True)
class _Bucket:
    """Uses of one table or code set: `owners` (rows, features, prices) with how many cells each."""

    what: Any
    owners: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)

    def add(self, owner: int, cells: Cells) -> None:
        self.owners.append(owner)
        self.counts.append(len(cells))
        self.cells.extend(cells)


class _Blocks:
    """Collects what the rules say, grouped by table and code set."""

    def __init__(self) -> None:
        self.rule = 0
        self.row_rule: list[int] = []
        self.numbers: list[tuple[int, int, int, int, int, int]] = []
        self.row_about: list[About] = []
        self.row_given: list[tuple[str, ...]] = []
        self.never_feature: list[int] = []
        self.never_numbers: list[tuple[int, int, int]] = []
        self.never_about: list[About] = []
        self.never_given: list[tuple[str, ...]] = []
        self.price_numbers: list[tuple[int, int]] = []
        self.price_what: list[str] = []
        self.parts: dict[int, _Bucket] = {}
        self.indicators: dict[tuple[int, int], _Bucket] = {}
        self.tests: dict[int, _Bucket] = {}
        self.costs: dict[int, _Bucket] = {}
        self.single = _Members()
        self.features = 0
        self._known: dict[int, tuple[Feature, int, int]] = {}
        self._codes: dict[int, tuple[Codes, int]] = {}
        self._sets: dict[Codes, int] = {}
        self.sets: list[Codes] = []
        self.term_feature: list[int] = []
        self.term_row: list[int] = []
        self.term_value: list[int] = []

    def price(self, price: Price) -> None:
        number = len(self.price_what)
        self.price_numbers.append((price.amount, self.rule))
        self.price_what.append(price.what)
        if len(price.cells) == 1 and not price.codes.negated:
            self.single.add(number, price.cells[0], price.codes.members)
        else:
            key = self._set(price.codes)
            self.costs.setdefault(key, _Bucket(price.codes)).add(number, price.cells)

    def linear(self, block: Linear) -> None:
        row = len(self.row_about)
        self.row_about.append(block.about)
        self.row_given.append(block.given)
        self.row_rule.append(self.rule)
        lo = -NO_BOUND if block.lo is None else block.lo
        hi = NO_BOUND if block.hi is None else block.hi
        knee = NO_BOUND if block.knee is None else block.knee
        self.numbers.append((lo, hi, block.each, knee, block.beyond, _KIND[block.kind]))
        for cells, table in block.parts:
            bucket = self.parts.get(id(table))
            if bucket is None:
                bucket = self.parts[id(table)] = _Bucket(table)
            bucket.add(row, cells)
        for feature, coefficient in block.features:
            known = self._known.get(id(feature))
            if known is None:
                known = self._meet(feature)
            _, key, cell = known
            if cell < 0:
                self.term_feature.append(key)
                self.term_row.append(row)
                self.term_value.append(coefficient)
                continue
            use = self.indicators.get((key, coefficient))
            if use is None:
                use = self.indicators[key, coefficient] = _Bucket(self.sets[key])
            use.owners.append(row)
            use.cells.append(cell)

    def never(self, block: Never) -> None:
        self.never_about.append(block.about)
        self.never_given.append(block.given)
        self.never_numbers.append((block.amount, self.rule, _KIND[block.kind]))
        self.never_feature.append(self._count(block.tests))

    def _meet(self, feature: Feature) -> tuple[Feature, int, int]:
        """Number a feature: a test of one cell is a sum over its codes, others are counters."""
        tests = _merged(feature)
        if len(tests) == 1 and len(tests[0][0]) == 1:
            known = (feature, self._set(tests[0][1]), tests[0][0][0])
        else:
            known = (feature, self._count(feature), -1)
        self._known[id(feature)] = known  # holding the feature keeps its id from being used again
        return known

    def _count(self, feature: Feature) -> int:
        number = self.features
        self.features += 1
        for cells, codes in _merged(feature):
            key = self._set(codes)
            bucket = self.tests.get(key)
            if bucket is None:
                bucket = self.tests[key] = _Bucket(codes)
            bucket.add(number, cells)
        return number

    def _set(self, codes: Codes) -> int:
        known = self._codes.get(id(codes))
        if known is None:
            number = self._sets.setdefault(codes, len(self.sets))
            if number == len(self.sets):
                self.sets.append(codes)
            known = self._codes[id(codes)] = (codes, number)
        return known[1]


class _Members:
    """Prices of one cell each: no bucket, as a theatre has tens of thousands of them."""

    def __init__(self) -> None:
        self.owner: list[int] = []
        self.cell: list[int] = []
        self.count: list[int] = []
        self.codes: list[int] = []

    def add(self, owner: int, cell: int, codes: frozenset[int]) -> None:
        self.owner.append(owner)
        self.cell.append(cell)
        self.count.append(len(codes))
        self.codes.extend(codes)


def _merged(feature: Feature) -> Feature:
    """Make the cells of a feature distinct: tests of one cell become their intersection."""
    if len(feature) == 1 and len(set(feature[0][0])) == len(feature[0][0]):
        return feature
    cells = [cell for test in feature for cell in test[0]]
    if len(set(cells)) == len(cells):
        return feature
    both: dict[int, Codes] = {}
    for group, codes in feature:
        for cell in group:
            both[cell] = _both(both[cell], codes) if cell in both else codes
    return tuple(((cell,), codes) for cell, codes in both.items())


def _both(one: Codes, other: Codes) -> Codes:
    if one.negated and other.negated:
        return Codes(one.members | other.members, negated=True)
    if one.negated:
        one, other = other, one
    members = one.members - other.members if other.negated else one.members & other.members
    return Codes(members)


class _Slots:
    """The slots of a space and the ways to find them."""

    def __init__(self, space: Space) -> None:
        self.cells = space.cells
        self.shared = max(1, space.shared)
        domains = [space.domain(cell) for cell in range(space.cells)]
        sizes = np.fromiter((len(d) + 1 for d in domains), np.int64, space.cells)
        self.start = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        total = int(self.start[-1])
        self.cell: Short = np.repeat(np.arange(space.cells, dtype=np.int32), sizes)
        self.code: Short = np.full(total, -1, np.int32)
        taken = np.ones(total, bool)
        taken[self.start[:-1]] = False
        self.code[taken] = np.fromiter(chain.from_iterable(domains), np.int32)
        slot = np.arange(total, dtype=np.int32)
        common = taken & (self.code < self.shared)
        self.of_shared: Short = np.full(space.cells * self.shared, -1, np.int32)
        at = self.cell[common].astype(np.int64) * self.shared + self.code[common]
        self.of_shared[at] = slot[common]
        self.of_owned: Short = np.full(space.codes, -1, np.int32)
        owned = taken & ~common
        self.of_owned[self.code[owned]] = slot[owned]
        self.owner: Short = np.full(space.codes, -1, np.int32)
        self.owner[self.code[owned]] = self.cell[owned]
        fixed = (space.fixed(cell) is not None for cell in range(space.cells))
        self.fixed: Flags = np.fromiter(fixed, np.uint8, space.cells)
        self._times = np.zeros(space.cells, np.int64)

    def spread(self, bucket: _Bucket, codes: Whole, value: Whole) -> tuple[Whole, Whole, Whole]:
        """Give (owner, slot, value) of some codes with values, over all uses of a bucket."""
        cells = np.asarray(bucket.cells, np.int64)
        owners = np.asarray(bucket.owners, np.int64)
        if bucket.counts:
            owners = np.repeat(owners, bucket.counts)
        common = codes < self.shared
        found = [np.zeros((3, 0), np.int64)]
        if common.any():
            where = cells[:, None] * self.shared + codes[common][None, :]
            slot = self.of_shared[where]
            kept = slot >= 0
            owner = np.broadcast_to(owners[:, None], slot.shape)[kept]
            amount = np.broadcast_to(value[common][None, :], slot.shape)[kept]
            found.append(np.stack((owner, slot[kept], amount)))
        if not common.all():
            found.extend(self._owned(bucket, cells, codes[~common], value[~common]))
        owner, slot, amount = np.concatenate(found, axis=1)
        return owner, slot, amount

    def _owned(self, bucket: _Bucket, cells: Whole, codes: Whole, value: Whole) -> Iterable[Whole]:
        """Own codes count as often as their cell is among the cells of a use."""
        owner_cell = self.owner[codes]
        slot = self.of_owned[codes]
        known = owner_cell >= 0
        ends = np.cumsum(bucket.counts or np.ones(len(bucket.owners), np.int64))
        for owner, end, count in zip(bucket.owners, ends, np.diff(ends, prepend=0), strict=True):
            inside = cells[end - count : end]
            np.add.at(self._times, inside, 1)
            times = self._times[owner_cell]
            self._times[inside] = 0
            kept = known & (times > 0)
            yield np.stack((np.full(int(kept.sum()), owner), slot[kept], (value * times)[kept]))

    def all_but(self, bucket: _Bucket, members: Whole) -> tuple[Whole, Whole]:
        """Give (owner, slot) of all codes but some, over the cells of a bucket."""
        cells = np.asarray(bucket.cells, np.int64)
        owners = np.asarray(bucket.owners, np.int64)
        if bucket.counts:
            owners = np.repeat(owners, bucket.counts)
        first = self.start[cells].astype(np.int64) + 1
        count = self.start[cells + 1] - first
        offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        slot = np.repeat(first, count) + offset
        mask = np.ones(len(self.of_owned), bool)
        mask[members] = False
        kept = mask[self.code[slot]]
        return np.repeat(owners, count)[kept], slot[kept]


def _members(codes: Codes) -> Whole:
    return np.array(sorted(codes.members), np.int64)


def _truths(slots: _Slots, bucket: _Bucket) -> tuple[Whole, Whole]:
    """Give (owner, slot) wherever a slot's code is in the code set of a bucket."""
    codes: Codes = bucket.what
    members = _members(codes)
    if codes.negated:
        return slots.all_but(bucket, members)
    owner, slot, _ = slots.spread(bucket, members, np.ones(len(members), np.int64))
    return owner, slot


def _join(found: Sequence[tuple[Whole, Whole, Whole]]) -> tuple[Whole, Whole, Whole]:
    if not found:
        empty = np.zeros(0, np.int64)
        return empty, empty, empty
    first, second, third = (np.concatenate([each[i] for each in found]) for i in range(3))
    return first, second, third


def _loads(slots: _Slots, blocks: _Blocks, rows: int) -> Lists:
    found = []
    for bucket in blocks.parts.values():
        table: Table = bucket.what
        codes = np.fromiter(table.keys(), np.int64, len(table))
        found.append(slots.spread(bucket, codes, np.fromiter(table.values(), np.int64, len(table))))
    for (_, coefficient), bucket in blocks.indicators.items():
        owner, slot = _truths(slots, bucket)
        found.append((owner, slot, np.full(len(owner), coefficient)))
    row, slot, value = _join(found)
    return pack(len(slots.cell), slot, row, value, rows)


def _tests(slots: _Slots, blocks: _Blocks) -> tuple[Lists, Short]:
    """A test that fails counts one: listed by the codes that pass, or by those that fail."""
    base = np.zeros(blocks.features, np.int64)
    found = []
    for bucket in blocks.tests.values():
        codes: Codes = bucket.what
        members = _members(codes)
        fails = codes.negated
        if len(slots.of_owned) == slots.shared and len(members) * 2 > slots.shared:
            others = np.setdiff1d(np.arange(slots.shared), members)  # the shorter side
            members, fails = others, not fails
        value = np.full(len(members), 1 if fails else -1)
        feature, slot, value = slots.spread(bucket, members, value)
        found.append((slot, feature, value))
        if not fails:
            np.add.at(base, np.asarray(bucket.owners, np.int64), bucket.counts)
    slot, feature, value = _join(found)
    return pack(len(slots.cell), slot, feature, value, blocks.features), base.astype(np.int32)


def _prices(slots: _Slots, blocks: _Blocks) -> Prices:
    single = blocks.single
    owner = np.repeat(np.asarray(single.owner, np.int64), single.count)
    cell = np.repeat(np.asarray(single.cell, np.int64), single.count)
    code = np.asarray(single.codes, np.int64)
    common = code < slots.shared
    slot = np.full(len(code), -1, np.int64)
    slot[common] = slots.of_shared[cell[common] * slots.shared + code[common]]
    own = slots.of_owned[code[~common]]
    slot[~common] = np.where(slots.owner[code[~common]] == cell[~common], own, -1)
    found = [(owner[slot >= 0], slot[slot >= 0])]
    found.extend(_truths(slots, bucket) for bucket in blocks.costs.values())
    number = np.concatenate([each[0] for each in found])
    slot = np.concatenate([each[1] for each in found])
    order = np.lexsort((number, slot))
    number, slot = number[order], slot[order]
    amount, rule = np.array(blocks.price_numbers or [(0, 0)], np.int64).T
    what = [blocks.price_what[each] for each in number]
    return Prices(slot.astype(np.int32), amount[number], rule[number].astype(np.int32), what)


def _assemble(space: Space, rules: tuple[Any, ...], slots: _Slots, blocks: _Blocks) -> Compiled:
    rows = len(blocks.row_about)
    lo, hi, each, knee, beyond, kind = np.array(blocks.numbers, np.int64).reshape(rows, 6).T.copy()
    of_row = np.asarray(blocks.row_rule, np.int32)
    amount, rule, never_kind = np.array(blocks.never_numbers, np.int64).reshape(-1, 3).T.copy()
    tests, base = _tests(slots, blocks)
    terms = pack(
        blocks.features,
        np.asarray(blocks.term_feature, np.int64),
        np.asarray(blocks.term_row, np.int64),
        np.asarray(blocks.term_value, np.int64),
        rows,
    )
    return Compiled(
        space=space,
        rules=rules,
        cells=slots.cells,
        shared=slots.shared,
        slot_start=slots.start,
        slot_cell=slots.cell,
        slot_code=slots.code,
        slot_of_shared=slots.of_shared,
        slot_of_owned=slots.of_owned,
        fixed=slots.fixed,
        rows=Rows(
            lo,
            hi,
            each,
            knee,
            beyond,
            of_row,
            kind.astype(np.int32),
            blocks.row_about,
            blocks.row_given,
        ),
        nevers=Nevers(
            np.asarray(blocks.never_feature, np.int32),
            amount,
            rule.astype(np.int32),
            never_kind.astype(np.int32),
            blocks.never_about,
            blocks.never_given,
        ),
        prices=_prices(slots, blocks),
        loads=_loads(slots, blocks, rows),
        tests=tests,
        terms=terms,
        base=base,
        lines=_lines(space),
    )


def _lines(space: Any) -> tuple[tuple[int, ...], ...]:
    """Cells by person and track, day by day: a space that has days says so by its `places`."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for cell, (person, track, day) in enumerate(getattr(space, "places", ())):
        found.setdefault((person, track), {})[day] = cell
    return tuple(
        tuple(days.get(day, -1) for day in range(min(days), max(days) + 1))
        for days in found.values()
    )
