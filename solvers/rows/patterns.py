"""Finds rows and conjunctions of one person over a few days, and says what they cost by day.

Read from the arrays alone: a row whose days all ask for one set of codes, a conjunction whose tests
all ask for a set or its complement, and a conjunction of a day and the next.
"""

from typing import Final, NamedTuple, TypeAlias

import numpy as np

from solvers.rows.arrays import Bools, Compiled, Lists, Whole
from solvers.rows.weights import Weights

LONGEST: Final = 8
"""Days that a pattern may span: its table has 2^(2 · span − 1) entries."""


class Pattern(NamedTuple):
    """A cost by the bits of some days, counted from its first: a row, or a conjunction (`want`)."""

    terms: tuple[tuple[int, int], ...]  # day, coefficient or wanted bit
    inverse: bool  # the row counts codes outside the set
    never: int  # cost of a conjunction, 0 for a row
    row: tuple[int, ...]  # lo, hi, each, knee, beyond, weight, free

    @property
    def unit(self) -> int:
        """What a unit, or the conjunction, costs as a 64-bit sum."""
        return self.never or self.row[5]

    def cost(self, bits: Whole) -> Whole:
        """Give the cost for bit strings that begin on the first day of the pattern."""
        if self.never:
            true = np.ones(len(bits), bool)
            for day, wanted in self.terms:
                true &= (bits >> day) & 1 == wanted
            return true * self.never
        lo, hi, each, knee, beyond, weight, free = self.row
        value = np.zeros(len(bits), np.int64)
        for day, times in self.terms:
            value += times * (((bits >> day) & 1) ^ int(self.inverse))
        missed = np.maximum(np.maximum(lo - value, value - hi), 0)
        return weight * np.maximum(each * missed + beyond * np.maximum(value - knee, 0) - free, 0)


class Found(NamedTuple):
    """A row or conjunction that may be tabled: where it begins, which set, which pattern."""

    number: int
    line: int
    first: int
    span: int
    codes: int
    pattern: Pattern


class Chains:
    """Where cells lie in their lines; only lines whose free cells have one domain are of use."""

    def __init__(self, compiled: Compiled) -> None:
        self.lines = compiled.lines
        self.line = np.full(compiled.cells, -1, np.int64)
        self.place = np.full(compiled.cells, -1, np.int64)
        for number, line in enumerate(self.lines):
            for place, cell in enumerate(line):
                if cell >= 0:
                    self.line[cell], self.place[cell] = number, place
        code = np.maximum(compiled.slot_code, 0)
        bit = np.where(compiled.slot_code >= 0, np.left_shift(np.int64(1), code), 0)
        self.mask = bit
        self.domain = np.bitwise_or.reduceat(bit, compiled.slot_start[:-1])
        free = compiled.fixed == 0
        self.usable = free & (self.line >= 0)
        for line in self.lines:
            domains = {int(self.domain[cell]) for cell in line if cell >= 0 and free[cell]}
            if len(domains) > 1:
                self.usable[[cell for cell in line if cell >= 0]] = False


def _by_target(
    compiled: Compiled, lists: Lists, chains: Chains, wanted: Bools
) -> tuple[Whole, ...]:
    """Entries (target, place, line, cell, slot, value) sorted by target and place; outsiders −1."""
    slot = np.repeat(np.arange(compiled.slots), np.diff(lists.start))
    kept = wanted[lists.target]
    slot, target, value = slot[kept], lists.target[kept].astype(np.int64), lists.value[kept]
    cell = compiled.slot_cell[slot].astype(np.int64)
    line = np.where(chains.usable[cell], chains.line[cell], -1)
    place = chains.place[cell]
    order = np.lexsort((place, target))
    return (
        target[order],
        place[order],
        line[order],
        cell[order],
        slot[order],
        value[order].astype(np.int64),
    )


def _local(target: Whole, line: Whole, place: Whole) -> tuple[Whole, Whole, Whole]:
    """Give (begin, end, is it a stretch of one line of at most LONGEST days) of each target."""
    begin = np.flatnonzero(np.diff(target, prepend=-1))
    if not len(begin):
        return begin, begin, np.zeros(0, bool)
    end = np.append(begin[1:], len(target))
    least = np.minimum.reduceat(line, begin)
    span = np.maximum.reduceat(place, begin) - np.minimum.reduceat(place, begin) + 1
    fits = (least >= 0) & (least == np.maximum.reduceat(line, begin))
    return begin, end, fits & (span <= LONGEST) & (span > 1)


def _days(place: list[int], mask: list[int], value: list[int]) -> dict[int, tuple[int, int]] | None:
    """By day: the codes listed and their value; None where one day has several values."""
    days: dict[int, tuple[int, int]] = {}
    for day, bit, amount in zip(place, mask, value, strict=True):
        codes, known = days.get(day, (0, amount))
        if known != amount:
            return None
        days[day] = (codes | bit, amount)
    return days


def row_patterns(compiled: Compiled, weights: Weights, chains: Chains) -> list[Found]:
    rows = compiled.rows
    wanted = weights.row != 0
    wanted[compiled.terms.target] = False
    target, place, line, cell, slot, value = _by_target(compiled, compiled.loads, chains, wanted)
    bounds = np.stack(
        (rows.lo, rows.hi, rows.each, rows.knee, rows.beyond, weights.row, weights.row_free), axis=1
    )
    begins, ends, fits = _local(target, line, place)
    shape = np.stack((place - np.repeat(place[begins], ends - begins), chains.mask[slot], value), 1)
    known: dict[tuple[bytes, bytes, int], tuple[int, int, Pattern] | None] = {}
    found = []
    for begin, end in zip(begins[fits].tolist(), ends[fits].tolist(), strict=True):
        number, whole = int(target[begin]), int(chains.domain[cell[begin]])
        key = (shape[begin:end].tobytes(), bounds[number].tobytes(), whole)
        if key not in known:
            known[key] = _row_pattern(shape[begin:end].T.tolist(), bounds[number].tolist(), whole)
        read = known[key]
        if read is not None:
            found.append(Found(number, int(line[begin]), int(place[begin]), *read))
    return found


def _row_pattern(
    shape: list[list[int]], bounds: list[int], whole: int
) -> tuple[int, int, Pattern] | None:
    """Give span, set of codes and pattern of a row; None where its days differ in their codes."""
    days = _days(*shape)
    sets = set() if days is None else {codes for codes, _ in days.values()}
    if days is None or len(sets) != 1:
        return None
    codes = sets.pop()
    inverse = codes & 1 == 0
    terms = tuple((day, times) for day, (_, times) in sorted(days.items()))
    pattern = Pattern(terms, inverse, 0, tuple(bounds))
    return max(days) + 1, whole & ~codes if inverse else codes, pattern


Tests: TypeAlias = tuple[int, int, int, dict[int, int]]
"""Of a conjunction inside one line: number, cost, first cell, day → codes that pass."""


def tests_by_day(compiled: Compiled, weights: Weights, chains: Chains) -> list[Tests]:
    nevers = compiled.nevers
    cost = weights.never * np.maximum(nevers.amount - weights.never_free, 0)
    of_feature = np.full(len(compiled.base), -1, np.int64)
    usable = cost > 0
    of_feature[nevers.feature[usable]] = np.flatnonzero(usable)
    wanted = of_feature >= 0
    wanted[np.diff(compiled.terms.start) > 0] = False
    target, place, line, cell, slot, value = _by_target(compiled, compiled.tests, chains, wanted)
    begins, ends, fits = _local(target, line, place)
    shape = np.stack((place - np.repeat(place[begins], ends - begins), chains.mask[slot], value), 1)
    known: dict[tuple[bytes, int, int], dict[int, int] | None] = {}
    found = []
    for begin, end in zip(begins[fits].tolist(), ends[fits].tolist(), strict=True):
        feature, first = int(target[begin]), int(cell[begin])
        whole, base = int(chains.domain[first]), int(compiled.base[feature])
        key = (shape[begin:end].tobytes(), whole, base)
        if key not in known:
            known[key] = _passing(shape[begin:end].T.tolist(), whole, base)
        passing = known[key]
        if passing is not None:
            number = int(of_feature[feature])
            found.append((number, int(cost[number]), first, passing))
    return found


def _passing(shape: list[list[int]], whole: int, base: int) -> dict[int, int] | None:
    """Give by day the codes that pass; None where a test is one that nothing passes."""
    days = _days(*shape)
    if days is None or sum(sign < 0 for _, sign in days.values()) != base:
        return None
    return {day: codes if sign < 0 else whole & ~codes for day, (codes, sign) in days.items()}


def never_patterns(tests: list[Tests], chains: Chains) -> list[Found]:
    found = []
    for number, cost, cell, passing in tests:
        if len(passing) < 3:
            continue
        whole = int(chains.domain[cell])
        sets = {codes if codes & 1 else whole & ~codes for codes in passing.values()}
        if len(sets) != 1:
            continue
        terms = tuple((day, codes & 1) for day, codes in sorted(passing.items()))
        line, first = int(chains.line[cell]), int(chains.place[cell])
        pattern = Pattern(terms, inverse=False, never=cost, row=())
        found.append(Found(number, line, first, max(passing) + 1, sets.pop(), pattern))
    return found


def pairs_of(tests: list[Tests]) -> list[tuple[int, int, int, int, int]]:
    """(never, cell, codes of the day, codes of the next day, cost)."""
    return [
        (number, cell, passing[0], passing[1], cost)
        for number, cost, cell, passing in tests
        if len(passing) == 2 and 1 in passing
    ]
