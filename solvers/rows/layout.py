"""Lay rules out for the kernel: records of rows, lists of slots, groups of rows."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

import numpy as np

from solvers.rows.arrays import (
    NO_BOUND,
    Bools,
    Compiled,
    Flags,
    Lists,
    Short,
    Whole,
    pack,
)
from solvers.rows.state import (
    CODE_BITS,
    CODES,
    GIVE_IN,
    GIVE_OUT,
    GROUPS_END,
    HARD,
    HEAD,
    LOADS_END,
    MOST,
    RECORD,
    SOFT,
    TESTS_END,
    State,
)
from solvers.rows.tables import Tabled, no_tables
from solvers.rows.weights import SHIFT, Weights, halves

_FITS: Final = (1 << 31) - 1
_Numbers = TypeVar("_Numbers", Short, Whole)
_ENTRIES: Final = 1 << 18
"""Entries that are added up at a time."""
_LINE: Final = 16
"""Numbers in a cache line: where most slots need no more (rosters), each begins on a line."""


def on_lines(array: _Numbers) -> _Numbers:
    """Give a copy that begins on a cache line (64 bytes), so that a record lies in one line."""
    size = array.nbytes
    room = np.zeros(size + 64, np.uint8)
    begin = -room.ctypes.data % 64
    found: _Numbers = room[begin : begin + size].view(array.dtype)
    found[:] = array
    return found


def untabled(compiled: Compiled) -> Tabled:
    rows, nevers = len(compiled.rows.lo), len(compiled.nevers.amount)
    return Tabled(no_tables(compiled), np.zeros(rows, bool), np.zeros(nevers, bool))


def _records(compiled: Compiled, weights: Weights) -> Whole:
    rows = compiled.rows
    record = np.zeros((len(rows.lo), RECORD), np.int64)
    record[:, 1], record[:, 2], record[:, 3] = rows.lo, rows.hi, rows.knee
    record[:, 4] = weights.row * rows.each
    record[:, 5] = weights.row * rows.beyond
    record[:, 6] = weights.row * weights.row_free
    return record


def _filtered(lists: Lists, kept: Bools) -> Lists:
    """Leave entries out of lists."""
    count = np.bincount(_sources(lists)[kept], minlength=len(lists.start) - 1)
    start = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
    return Lists(start, lists.target[kept], lists.value[kept])


def lay_out(
    compiled: Compiled, weights: Weights, slots: Short, movable: Flags, tabled: Tabled
) -> State:
    record = _records(compiled, weights)
    nevers = compiled.nevers
    never = np.zeros(len(compiled.base), np.int64)
    cost = weights.never * np.maximum(nevers.amount - weights.never_free, 0)
    cost[tabled.nevers] = 0
    alive = (weights.row != 0) & ~tabled.rows
    # rows and conjunctions without a weight, or in tables, leave the lists
    record[~alive, 4:] = 0
    loads = _filtered(compiled.loads, alive[compiled.loads.target])
    dead = _never_true(compiled)
    cost[dead[nevers.feature]] = 0
    may = ~dead[_sources(compiled.terms)]
    terms = _filtered(compiled.terms, alive[compiled.terms.target] & may)
    rank = np.zeros(0, np.int32)
    if weights.price_of_rank.size:
        record, terms, rank = _ranked(compiled, weights, record, terms, cost)
    else:
        np.add.at(never, nevers.feature, cost)
        single = _halved(record, loads, terms)
        loads = _filtered(loads, single[loads.target])
        terms = _filtered(terms, single[terms.target])
    used = (never != 0) | (np.diff(terms.start) > 0)
    tests = _filtered(compiled.tests, used[compiled.tests.target])
    gives = _gives(loads, tests, terms, record, never)
    groups = _grouped(compiled, loads)
    at, blob = _slot_lists(weights, groups, tests, gives, tabled)
    open_ = compiled.slot_of_shared
    logged = _longest(loads, tests, terms) * 2 * MOST + 1
    return State(
        current=slots.copy(),
        best=slots.copy(),
        dirty=np.zeros(compiled.cells, np.uint8),
        changed=np.zeros(compiled.cells + 1, np.int32),
        movable=movable.astype(np.uint8),
        closed=weights.closed.copy(),
        slot_start=compiled.slot_start,
        code=np.zeros(compiled.cells, np.int32),
        at=at,
        lists=blob,
        group=groups.members,
        open=np.where(open_ >= 0, np.where(weights.closed[open_] != 0, -1, open_), -1),
        shared=np.array([compiled.shared], np.int32),
        term_start=terms.start * np.int32(2),
        terms=_paired(terms, RECORD).reshape(-1),
        never=never,
        failing=compiled.base.copy(),
        row=on_lines(record.reshape(-1)),
        log_row=np.zeros(logged, np.int32),
        log_value=np.zeros(logged, np.int64),
        log_cost=np.zeros(logged, np.int64),
        move_cell=np.zeros(MOST, np.int32),
        move_slot=np.zeros(MOST, np.int32),
        move_old=np.zeros(MOST, np.int32),
        tally=np.zeros(16, np.int64),
        random=np.ones(1, np.uint64),
        tables=tabled.tables,
        rank=rank,
        price_of_rank=weights.price_of_rank.reshape(-1),
        by_rank=np.zeros(max(1, len(weights.order.guard)), np.int64),
    )


def _never_true(compiled: Compiled) -> Bools:
    """Conjunctions that no plan makes true: a code that the person may not work, a fixed past."""
    tests = compiled.tests
    slot = _sources(tests)
    cell = compiled.slot_cell[slot].astype(np.int64)
    passes = tests.value < 0
    met = np.unique(tests.target[passes].astype(np.int64) * compiled.cells + cell[passes])
    found: Bools = np.bincount(met // compiled.cells, minlength=len(compiled.base)) < compiled.base
    found[tests.target[~passes & (compiled.fixed[cell] != 0)]] = True
    return found


def _ranked(
    compiled: Compiled, weights: Weights, record: Whole, terms: Lists, cost: Whole
) -> tuple[Whole, Lists, Short]:
    """With several guard tiers, conjunctions become rows too, and every row has a rank."""
    nevers, rows = compiled.nevers, compiled.rows
    ranks = weights.order.ranks(compiled)
    more = np.zeros((len(cost), RECORD), np.int64)
    more[:, 1], more[:, 3], more[:, 4] = -NO_BOUND, NO_BOUND, cost
    features = len(compiled.base)
    joined = pack(
        features,
        np.concatenate((_sources(terms), nevers.feature)),
        np.concatenate((terms.target.astype(np.int64), len(record) + np.arange(len(cost)))),
        np.concatenate((terms.value.astype(np.int64), (cost != 0).astype(np.int64))),
        len(record) + len(cost),
    )
    rank = np.concatenate((ranks[rows.rule], ranks[nevers.rule]))
    record = np.concatenate((record, more))
    rank[record[:, 4] + record[:, 5] < 1 << SHIFT] = -1  # guides, and what is cost in this phase
    return record, joined, rank


def _halved(record: Whole, loads: Lists, terms: Lists) -> Bools:
    """Make one row of two that sum up the same, one with a lower bound and one with an upper one.

    The upper bound becomes the knee of the first, as on covers and on minutes of a week: half the
    work of a move. Gives the rows that are left; records are changed.
    """
    low, high, knee = (record[:, k] for k in (1, 2, 3))
    plain = (record[:, 4] != 0) & (record[:, 5] == 0) & (record[:, 6] == 0)
    below = plain & (low > -NO_BOUND) & (high >= NO_BOUND)
    above = plain & (low <= -NO_BOUND) & (high < NO_BOUND)
    random = np.random.default_rng(1)
    print_ = np.zeros(len(record), np.int64)
    for lists in (loads, terms):
        weight = random.integers(1, 1 << 62, len(lists.start))
        np.add.at(print_, lists.target, lists.value * weight[_sources(lists)])
    left = np.ones(len(record), bool)
    for soft in (True, False):
        kind = (record[:, 4] < 1 << SHIFT) == soft
        one, other = np.flatnonzero(below & kind), np.flatnonzero(above & kind)
        _, at, by = np.intersect1d(print_[one], print_[other], return_indices=True)
        one, other = one[at], other[by]
        knee[one], record[one, 5] = high[other], record[other, 4]
        record[other, 4] = 0
        left[other] = False
    return left


def _paired(lists: Lists, stride: int) -> Short:
    """Lay targets and values side by side."""
    pairs = np.zeros((max(1, len(lists.target)), 2), np.int32)
    pairs[: len(lists.target), 0] = lists.target * np.int32(stride)
    pairs[: len(lists.target), 1] = lists.value
    return pairs


class _Groups(NamedTuple):
    """Rows that a cell gives the same amounts, whatever its code: told apart by code once only."""

    slots: Lists  # slot → (where the group begins in `members`, amount)
    members: Short  # number of rows, then the rows, group after group
    loads: Lists  # what is in no group


def _grouped(compiled: Compiled, loads: Lists) -> _Groups:
    """Group the rows of each cell by their amounts over its codes (rosters: minutes, cover, rest).

    A change of code then touches each row once, and none of those to which both codes are the same.
    """
    size = len(loads.start) - 1
    if compiled.shared == 1 or not len(loads.target):
        empty = np.zeros(0, np.int32)
        nothing = Lists(np.zeros(size + 1, np.int32), empty, empty)
        return _Groups(nothing, np.zeros(1, np.int32), loads)
    slot = _sources(loads)
    cell = compiled.slot_cell[slot].astype(np.int64)
    rows = int(loads.target.max()) + 1
    key = cell * rows + loads.target
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))  # of each pair of cell and row
    codes = np.diff(first, append=len(order))
    place = slot - compiled.slot_start[cell]
    weight = np.random.default_rng(1).integers(1, 1 << 62, int(place.max()) + 1)
    print_ = np.add.reduceat((loads.value * weight[place])[order], first)
    of_cell, of_row = np.divmod(key[order][first], rows)
    shared = np.flatnonzero(codes > 1)  # rows of one code alone stay in its own list
    shared = shared[np.lexsort((of_row[shared], print_[shared], of_cell[shared]))]
    cells, prints = of_cell[shared], print_[shared]
    new = (np.diff(cells, prepend=-1) != 0) | (np.diff(prints, prepend=0) != 0)
    begin = np.flatnonzero(new)
    count = np.diff(begin, append=len(new))
    start = np.concatenate(([0], np.cumsum(count + 1)))
    members = np.zeros(max(1, int(start[-1])), np.int32)
    members[start[:-1]] = count
    number = np.cumsum(new) - 1
    at = start[number] + 1 + np.arange(len(new)) - begin[number]
    members[at] = of_row[shared] * RECORD
    # the first row of a group stands for it: its entries give the amounts
    group = np.full(len(first), -1)
    group[shared[begin]] = start[:-1]
    target = np.repeat(group, codes)
    entry, target = order[target >= 0], target[target >= 0]
    amount = loads.value[entry].astype(np.int64)
    alone = np.zeros(len(order), bool)
    alone[order[np.repeat(codes == 1, codes)]] = True
    packed = pack(size, slot[entry], target, amount, len(members))
    return _Groups(packed, members, _filtered(loads, alone))


def _slot_lists(
    weights: Weights, groups: _Groups, tests: Lists, gives: tuple[Whole, Whole], tabled: Tabled
) -> tuple[Short, Short]:
    """Lay out the entries of all slots, one after the other: (where each begins, all of them)."""
    hard, soft = halves(weights.price)
    parts = (groups.slots, groups.loads, tests)
    counts = [2 * np.diff(part.start).astype(np.int64) for part in parts]
    size = HEAD + counts[0] + counts[1] + counts[2]
    if np.median(size) <= _LINE:
        size = -(-size // _LINE) * _LINE
    at = np.concatenate(([0], np.cumsum(size)))
    if at[-1] > _FITS or max(each.max(initial=0) for each in (hard, soft, *gives)) > _FITS:
        raise OverflowError("weights are too large for the search: lower them")
    blob = on_lines(np.zeros(int(at[-1]), np.int32))
    at = at[:-1]
    tables = tabled.tables
    blob[at + SOFT], blob[at + HARD] = soft, hard
    blob[at + GIVE_IN], blob[at + GIVE_OUT] = gives
    blob[at + CODES] = (tables.bits.astype(np.int64) << CODE_BITS) | tables.code
    begin = at + HEAD
    for part, count, end, stride in zip(
        parts, counts, (GROUPS_END, LOADS_END, TESTS_END), (1, RECORD, 1), strict=True
    ):
        source = _sources(part)
        where = begin[source] + 2 * (np.arange(len(part.target)) - part.start[source])
        blob[where] = part.target * np.int32(stride)
        blob[where + 1] = part.value
        begin = begin + count
        blob[at + end] = begin
    return at.astype(np.int32), blob


def _sources(lists: Lists) -> Short:
    return np.repeat(np.arange(len(lists.start) - 1, dtype=np.int32), np.diff(lists.start))


def _longest(loads: Lists, tests: Lists, terms: Lists) -> int:
    """The most rows that one slot can touch."""
    through = np.diff(terms.start)[tests.target]
    per_slot = np.bincount(_sources(tests), through, minlength=len(tests.start) - 1)
    return int((np.diff(loads.start) + per_slot).max(initial=0)) + 1


def _gives(
    loads: Lists, tests: Lists, terms: Lists, record: Whole, never: Whole
) -> tuple[Whole, Whole]:
    """How much soft cost the rows of a slot can give back at most, when it is taken and when it is left.

    Raising a value gives back at most its weight a unit, and only where there is a lower bound;
    lowering it only where there is an upper one.
    """
    weight, steep = (np.where(record[:, k] < 1 << SHIFT, record[:, k], 0) for k in (4, 5))
    rising = np.where(record[:, 1] > -(1 << 39), weight, 0)
    falling = np.where(record[:, 2] < (1 << 39), weight, 0) + steep
    soft_never = np.where(never < 1 << SHIFT, never, 0)

    def most(row: Short, amount: Whole) -> Whole:
        return np.where(amount > 0, rising[row] * amount, falling[row] * -amount)

    def total(lists: Lists, value: Callable[[slice], Whole]) -> Whole:
        """Add up a value of each entry by source, some entries at a time: there are millions."""
        sums = np.zeros(len(lists.start) - 1, np.int64)
        source = _sources(lists)
        for begin in range(0, len(source), _ENTRIES):
            some = slice(begin, begin + _ENTRIES)
            np.add.at(sums, source[some], value(some))
        return sums

    def given(lists: Lists, sign: int) -> Whole:
        return total(
            lists, lambda some: most(lists.target[some], sign * lists.value[some].astype(np.int64))
        )

    true, false = given(terms, 1), given(terms, -1) + soft_never

    def tested(passing: Whole, failing: Whole) -> Whole:
        def value(some: slice) -> Whole:
            target = tests.target[some]
            return np.where(tests.value[some] < 0, passing[target], failing[target])

        return total(tests, value)

    return given(loads, 1) + tested(true, false), given(loads, -1) + tested(false, true)
