"""Rules as arrays: what the compiler makes and what kernel, models and bounds read.

A *slot* is one code in one cell. The slots of a cell lie side by side: first the *void* slot, which
is in no row (a cell under repair), then its codes in the order of its domain. Rows and conjunctions
hold amounts only; weights, waivers and closed codes come later (`weights.py`), so that an edit of
those does not touch the arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from planner.rules.blocks import About

Whole: TypeAlias = NDArray[np.int64]
Short: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.uint8]
Bools: TypeAlias = NDArray[np.bool_]

NO_BOUND: Final = 1 << 40
"""Stands for a missing bound: no row comes near it."""
KINDS: Final = ("exact", "relaxation", "guide")


class Lists(NamedTuple):
    """Lists of (target, value), one a source: those of source i lie from start[i] to start[i + 1]."""

    start: Short
    target: Short
    value: Short


@dataclass(frozen=True, slots=True)
class Rows:
    """Linear rows, one an index: bounds and amounts of RULES section 3, rule and kind by number."""

    lo: Whole
    hi: Whole
    each: Whole
    knee: Whole
    beyond: Whole
    rule: Short
    kind: Short
    about: Sequence[About]
    given: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Nevers:
    """Forbidden conjunctions: the feature that costs `amount` while it is true."""

    feature: Short
    amount: Whole
    rule: Short
    kind: Short
    about: Sequence[About]
    given: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Prices:
    """What slots cost by themselves, an item each."""

    slot: Short
    amount: Whole
    rule: Short
    what: Sequence[str]


@dataclass(frozen=True, slots=True)
class Compiled:
    """All blocks of some rules over a space, as arrays.

    `shared` counts the codes that any cell may take; the slot of such a code is in `slot_of_shared`
    (cell × shared), that of another in `slot_of_owned`; −1 where there is none. A feature counts
    the tests that fail, starting at `base` when all cells are void, and is true at zero.
    """

    space: Any
    rules: tuple[Any, ...]
    cells: int
    shared: int
    slot_start: Short
    slot_cell: Short
    slot_code: Short
    slot_of_shared: Short
    slot_of_owned: Short
    fixed: Flags
    rows: Rows
    nevers: Nevers
    prices: Prices
    loads: Lists  # slot → (row, amount)
    tests: Lists  # slot → (feature, ±1)
    terms: Lists  # feature → (row, coefficient)
    base: Short
    lines: tuple[tuple[int, ...], ...] = ()  # cells of one person and track, day by day (−1: none)

    @property
    def slots(self) -> int:
        """The number of slots, void ones included."""
        return len(self.slot_cell)

    @property
    def nbytes(self) -> int:
        """The memory of all arrays."""
        found = 0
        for part in (self, self.rows, self.nevers, self.prices):
            for name in part.__slots__:
                value = getattr(part, name)
                for array in value if isinstance(value, Lists) else (value,):
                    found += array.nbytes if isinstance(array, np.ndarray) else 0
        return found

    def slot(self, cell: int, code: int) -> int:
        """Give the slot of a code in a cell.

        Raises:
            KeyError: the cell may not take the code.
        """
        if code < self.shared:
            found = int(self.slot_of_shared[cell * self.shared + code])
        else:
            found = int(self.slot_of_owned[code])
            found = found if found >= 0 and self.slot_cell[found] == cell else -1
        if found < 0:
            raise KeyError((cell, code))
        return found

    def slots_of(self, codes: Sequence[int] | Whole) -> Short:
        """Give the slots of an assignment: a code a cell.

        Raises:
            KeyError: a cell may not take its code.
        """
        code = np.asarray(codes, np.int64)
        cell = np.arange(self.cells)
        common = code < self.shared
        found = np.full(self.cells, -1, np.int32)
        found[common] = self.slot_of_shared[cell[common] * self.shared + code[common]]
        found[~common] = self.slot_of_owned[code[~common]]
        wrong = (found < 0) | (self.slot_cell[found] != cell)
        if wrong.any():
            at = int(np.argmax(wrong))
            raise KeyError((at, int(code[at])))
        return found

    def codes_of(self, slots: Short) -> Whole:
        """Give the assignment of some slots, one a cell; −1 for void."""
        return self.slot_code[slots].astype(np.int64)


def gather(lists: Lists, sources: Short | Whole) -> tuple[Whole, Short, Short]:
    """Give (position in `sources`, target, value) of all entries of some sources."""
    first = lists.start[sources].astype(np.int64)
    count = lists.start[np.asarray(sources) + 1].astype(np.int64) - first
    where = np.repeat(np.arange(len(first)), count)
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    at = np.repeat(first, count) + offset
    return where, lists.target[at], lists.value[at]


def pack(
    sources: int, source: Short | Whole, target: Short | Whole, value: Short | Whole, targets: int
) -> Lists:
    """Sort entries into lists by source, then target; entries of one pair are added up."""
    key = source.astype(np.int64)  # in place from here on: a hospital has three million entries
    key *= max(targets, 1)
    key += target
    order = np.argsort(key)
    key, value = key[order], value[order]
    del order
    if len(key):
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        value = np.add.reduceat(value, first)
        key = key[first]
        keep = value != 0
        key, value = key[keep], value[keep]
    lists_to: Short = (key % max(targets, 1)).astype(np.int32)
    key //= max(targets, 1)
    start = np.zeros(sources + 1, np.int32)
    np.cumsum(np.bincount(key, minlength=sources), out=start[1:])
    return Lists(start, lists_to, value.astype(np.int32))


def values(compiled: Compiled, slots: Short) -> tuple[Whole, Short]:
    """Give the value of every row and the failing tests of every feature at some slots."""
    failing = compiled.base.copy()
    _, feature, value = gather(compiled.tests, slots)
    np.add.at(failing, feature, value)
    sums = np.zeros(len(compiled.rows.lo), np.int64)
    _, row, amount = gather(compiled.loads, slots)
    np.add.at(sums, row, amount)
    _, row, amount = gather(compiled.terms, np.flatnonzero(failing == 0))
    np.add.at(sums, row, amount)
    return sums, failing


def amounts(compiled: Compiled, value: Whole) -> Whole:
    """Give by how many units each row is broken at these values."""
    rows = compiled.rows
    missed = np.maximum(np.maximum(rows.lo - value, value - rows.hi), 0)
    return rows.each * missed + rows.beyond * np.maximum(value - rows.knee, 0)
