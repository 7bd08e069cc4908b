"""Collects what rules say, grouped by table and code set, so that arrays are made in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from planner.rules.blocks import About, Cells, Codes, Feature, Linear, Never, Price, Row
from solvers.rows.arrays import KINDS, NO_BOUND

_KIND = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(slots=True)
class Bucket:
    """Uses of one table or code set: `owners` (rows, features, prices) with how many cells each."""

    what: Any
    owners: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)

    def add(self, owner: int, cells: Cells) -> None:
        self.owners.append(owner)
        self.counts.append(len(cells))
        self.cells.extend(cells)


class Blocks:
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
        self.parts: dict[int, Bucket] = {}
        self.tests: dict[int, Bucket] = {}
        self.costs: dict[int, Bucket] = {}
        self.single = _Members()
        self.features = 0
        self.known: dict[int, tuple[Feature, int, int]] = {}
        self._codes: dict[int, tuple[Codes, int]] = {}
        self._sets: dict[Codes, int] = {}
        self.sets: list[Codes] = []
        self.use_key: list[int] = []  # features in rows: a set of codes, or a counter
        self.use_cell: list[int] = []  # the cell of the former, −1 for the latter
        self.times: list[int] = []  # and the coefficient
        self.use_row: list[int] = []
        self.use_count: list[int] = []

    def take(self, blocks: Iterable[Row]) -> None:
        """Collect rows and conjunctions of the rule that is on."""
        for block in blocks:
            if isinstance(block, Linear):
                self.linear(block)
            else:
                self.never(block)

    def price(self, price: Price) -> None:
        number = len(self.price_what)
        self.price_numbers.append((price.amount, self.rule))
        self.price_what.append(price.what)
        if len(price.cells) == 1 and not price.codes.negated:
            self.single.add(number, price.cells[0], price.codes.members)
        else:
            key = self._set(price.codes)
            self.costs.setdefault(key, Bucket(price.codes)).add(number, price.cells)

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
                bucket = self.parts[id(table)] = Bucket(table)
            bucket.add(row, cells)
        if block.features:
            known, meet = self.known, self._meet
            used = [known.get(id(feature)) or meet(feature) for feature, _ in block.features]
            self.use_key.extend([key for _, key, _ in used])
            self.use_cell.extend([cell for _, _, cell in used])
            self.times.extend([times for _, times in block.features])
            self.use_row.append(row)
            self.use_count.append(len(block.features))

    def never(self, block: Never) -> None:
        self.never_about.append(block.about)
        self.never_given.append(block.given)
        self.never_numbers.append((block.amount, self.rule, _KIND[block.kind]))
        self.never_feature.append(self._count(_merged(block.tests)))

    def _meet(self, feature: Feature) -> tuple[Feature, int, int]:
        """Number a feature: a test of one cell is a sum over its codes, others are counters."""
        tests = _merged(feature)
        if len(tests) == 1 and len(tests[0][0]) == 1:
            known = (feature, self._set(tests[0][1]), tests[0][0][0])
        else:
            known = (feature, self._count(tests), -1)
        self.known[id(feature)] = known  # holding the feature keeps its id from being used again
        return known

    def _count(self, tests: Feature) -> int:
        number = self.features
        self.features += 1
        for cells, codes in tests:
            key = self._set(codes)
            bucket = self.tests.get(key)
            if bucket is None:
                bucket = self.tests[key] = Bucket(codes)
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
    if len(feature) == 1 and len(feature[0][0]) == 1:
        return feature
    cells = list(chain.from_iterable([test[0] for test in feature]))
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
