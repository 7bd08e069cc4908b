"""The one kernel: what a plan costs after a change, at millions of changes a second.

What makes it fast changes no result, so only a speed test finds a fault in it:

- no reference counts: every function here is compiled without numba's runtime (`_nrt=False`), so
  nothing may be allocated; all scratch space lies in `State`;
- a row is one record of eight numbers, read into locals before anything is compared; its cost is
  kept in the record, so that only the new one is worked out, once a move however often it is touched;
- a move that cannot be accepted any more is given up at once;
- rows are undone from a log, not by changing them back.

Module-level functions only: numba would compile closures anew at every start.
"""

from typing import Any, Final

import numpy as np
from numba import njit

from solvers.rows.arrays import Short, Whole
from solvers.rows.jit import INNER, OUTER
from solvers.rows.looks import flip, look, look_back
from solvers.rows.state import (
    ACCEPTED,
    BEST,
    CODE_BITS,
    CODE_MASK,
    CODES,
    COST,
    DIRTY,
    EVALUATED,
    FREE,
    GIVE_IN,
    GIVE_OUT,
    GROUPS_END,
    HARD,
    HEAD,
    HI,
    KNEE,
    LO,
    LOADS_END,
    RECORD,
    SOFT,
    STANDING,
    STEEP,
    TESTS_END,
    TOTAL,
    VALUE,
    WEIGHT,
    State,
)
from solvers.rows.tables import PLANES
from solvers.rows.weights import SHIFT

_ONE: Final = 1 << SHIFT
_HALF: Final = 1 << (SHIFT - 1)
_U0, _U11, _U12, _U25, _U27, _U32 = (np.uint64(bits) for bits in (0, 11, 12, 25, 27, 32))
_MULTIPLIER: Final = np.uint64(2685821657736338717)
_FRACTION: Final = 2.0**-53
_LAST: Final = (1 << 31) - 1


@njit(**INNER)
def draw(s: State) -> Any:
    """The next 64 random bits (xorshift64*)."""
    x = s.random[0]
    x ^= x >> _U12
    x ^= x << _U25
    x ^= x >> _U27
    s.random[0] = x
    return x * _MULTIPLIER


@njit(**INNER)
def below(s: State, limit: int) -> Any:
    """A random whole number from 0 to limit − 1."""
    return np.int64(((draw(s) >> _U32) * np.uint64(limit)) >> _U32)


@njit(**INNER)
def unit(s: State) -> float:
    """A random number between 0 and 1, never 0."""
    return (np.float64(draw(s) >> _U11) + 0.5) * _FRACTION


@njit(**INNER)
def soft_part(total: Any) -> Any:
    """The soft cost in a 64-bit sum."""
    return ((total + _HALF) & (_ONE - 1)) - _HALF


@njit(**INNER)
def _price(row: Whole, at: Any) -> Any:
    """The cost of the row recorded at `at`; everything is read before anything is compared."""
    value = row[at + VALUE]
    low = row[at + LO]
    high = row[at + HI]
    knee = row[at + KNEE]
    weight = row[at + WEIGHT]
    steep = row[at + STEEP]
    free = row[at + FREE]
    missed = max(max(low - value, value - high), 0)
    past = max(value - knee, 0)
    return max(weight * missed + steep * past - free, 0)


@njit(**INNER)
def _bump(s: State, at: Any, by: Any, n: Any) -> Any:
    """Add to a row; log it when a move touches it first, which its record says by COST < 0."""
    row = s.row
    cost = row[at + COST]
    if cost >= 0:
        s.log_row[n] = at
        s.log_value[n] = row[at + VALUE]
        s.log_cost[n] = cost
        row[at + COST] = -1
        s.tally[STANDING] += cost
        n += 1
    row[at + VALUE] += by
    return n


@njit(**INNER)
def _lay(s: State, old: Any, new: Any, n: Any) -> tuple[Any, Any]:
    """Take one slot out of all its rows and put another in; rows are logged, not yet priced."""
    change = 0
    lists = s.lists
    left = np.int64(s.at[old])
    taken = np.int64(s.at[new])
    i = left + HEAD
    j = taken + HEAD
    left_end = np.int64(lists[left + GROUPS_END])
    taken_end = np.int64(lists[taken + GROUPS_END])
    while i < left_end or j < taken_end:  # both sides are sorted by group
        one = lists[i] if i < left_end else _LAST
        other = lists[j] if j < taken_end else _LAST
        by: Any = np.int64(0)
        group = np.int64(min(one, other))
        if one == group:
            by -= lists[i + 1]
            i += 2
        if other == group:
            by += lists[j + 1]
            j += 2
        if by != 0:
            for k in range(group + 1, group + 1 + s.group[group]):
                n = _bump(s, s.group[k], by, n)
    for side in range(2):
        at = taken if side else left
        sign = 2 * side - 1
        loads_end = np.int64(lists[at + LOADS_END])
        for k in range(lists[at + GROUPS_END], loads_end, 2):
            n = _bump(s, lists[k], sign * lists[k + 1], n)
        for k in range(loads_end, lists[at + TESTS_END], 2):
            feature = lists[k]
            before = s.failing[feature]
            after = before + sign * lists[k + 1]
            s.failing[feature] = after
            if (before == 0) != (after == 0):
                turned = 1 if after == 0 else -1
                change += turned * s.never[feature]
                for term in range(s.term_start[feature], s.term_start[feature + 1], 2):
                    n = _bump(s, s.terms[term], turned * s.terms[term + 1], n)
    return change, n


@njit(**INNER)
def _undo(s: State, laid: Any, pairs: Any, n: Any) -> None:
    """Take back a move: rows from the log, counts of the pairs laid, codes of all pairs."""
    for k in range(n):
        at = s.log_row[k]
        s.row[at + VALUE] = s.log_value[k]
        s.row[at + COST] = s.log_cost[k]
    lists = s.lists
    for i in range(2 * laid):
        head = np.int64(s.at[s.move_slot[i >> 1] if i & 1 else s.move_old[i >> 1]])
        sign = 1 - 2 * (i & 1)
        for k in range(lists[head + LOADS_END], lists[head + TESTS_END], 2):
            s.failing[lists[k]] += sign * lists[k + 1]
    for i in range(pairs - 1, -1, -1):
        cell = s.move_cell[i]
        look_back(s, cell, np.int64(s.at[s.move_old[i]]), np.int64(s.at[s.move_slot[i]]))
        s.current[cell] = s.move_old[i]


@njit(**INNER)
def _worse(s: State, pairs: Any, n: Any) -> bool:
    """Whether a move raises a guard tier and lowers none before it (strict order)."""
    ranks = len(s.by_rank)
    for r in range(ranks):
        s.by_rank[r] = 0
        for i in range(pairs):
            new = np.int64(s.move_slot[i]) * ranks + r
            old = np.int64(s.move_old[i]) * ranks + r
            s.by_rank[r] += s.price_of_rank[new] - s.price_of_rank[old]
    for k in range(n):
        at = s.log_row[k]
        rank = s.rank[at >> 3]
        if rank >= 0:
            s.by_rank[rank] += (s.row[at + COST] - s.log_cost[k]) >> SHIFT
    for r in range(ranks):
        if s.by_rank[r] != 0:
            return s.by_rank[r] > 0
    return False


@njit(**INNER)
def _energy(total: Any, legal: float) -> Any:
    soft = soft_part(total)
    return soft + legal * ((total - soft) >> SHIFT)


@njit(**INNER)
def attempt(s: State, pairs: Any, threshold: float, legal: float) -> bool:
    """Make the move in `move_cell`, `move_slot` if soft + legal · hard rises by ≤ threshold.

    First prices and tables, then the values of all rows touched, then their costs one by one. As
    soon as what is left cannot save the move, it is given up: rows not yet priced give back at most
    what they cost before.
    """
    lists = s.lists
    change = np.int64(0)
    give = np.int64(0)
    for i in range(pairs):
        cell = s.move_cell[i]
        old = s.current[cell]
        new = s.move_slot[i]
        s.move_old[i] = old
        s.current[cell] = new
        left = np.int64(s.at[old])
        taken = np.int64(s.at[new])
        change += look(s, cell, left, taken)
        give += np.int64(lists[left + GIVE_OUT]) + lists[taken + GIVE_IN]
    s.tally[EVALUATED] += 1
    total = s.tally[TOTAL]
    standing = (total - soft_part(total)) >> SHIFT
    n = np.int64(0)
    if _energy(change - (standing << SHIFT) - give, legal) > threshold:
        _undo(s, 0, pairs, n)
        return False
    s.tally[STANDING] = 0
    for i in range(pairs):
        more, n = _lay(s, s.move_old[i], s.move_slot[i], n)
        change += more
    change -= s.tally[STANDING]
    kept = _energy(change, legal) <= threshold
    k = np.int64(0)
    while kept and k < n:
        at = s.log_row[k]
        cost = _price(s.row, at)
        s.row[at + COST] = cost
        change += cost
        kept = _energy(change, legal) <= threshold
        k += 1
    if kept and len(s.rank) > 0:
        kept = not _worse(s, pairs, n)
    if not kept:
        _undo(s, pairs, pairs, n)
        return False
    s.tally[TOTAL] = total + change
    s.tally[ACCEPTED] += 1
    return True


@njit(**INNER)
def remember(s: State, pairs: int) -> None:
    """After a move that was made: keep the best plan, by the cells that differ from it."""
    count = s.tally[DIRTY]
    for i in range(pairs):
        cell = s.move_cell[i]
        if s.dirty[cell] == 0:
            s.dirty[cell] = 1
            s.changed[count] = cell
            count += 1
    if s.tally[TOTAL] < s.tally[BEST]:
        s.tally[BEST] = s.tally[TOTAL]
        for k in range(count):
            cell = s.changed[k]
            s.best[cell] = s.current[cell]
            s.dirty[cell] = 0
        count = 0
    s.tally[DIRTY] = count


@njit(**INNER)
def _put_one(s: State, cell: Any, slot: Any) -> Any:
    """Set a cell to a slot, whatever it costs; give the change as a 64-bit sum."""
    old = s.current[cell]
    s.tally[STANDING] = 0
    change, n = _lay(s, old, slot, 0)
    change += look(s, cell, np.int64(s.at[old]), np.int64(s.at[slot])) - s.tally[STANDING]
    for k in range(n):
        at = s.log_row[k]
        s.row[at + COST] = _price(s.row, at)
        change += s.row[at + COST]
    s.current[cell] = slot
    s.tally[TOTAL] += change
    return change


@njit(**OUTER)
def put(s: State, cells: Short, slots: Short) -> Any:
    """Set cells to slots, whatever it costs; give the change as a 64-bit sum."""
    change = 0
    for i in range(len(cells)):
        change += _put_one(s, cells[i], slots[i])
    return change


@njit(**INNER)
def _values(s: State) -> Any:
    """Add up all row values from the current slots and the truths; give prices and conjunctions."""
    total = np.int64(0)
    lists = s.lists
    for cell in range(len(s.current)):
        head = np.int64(s.at[s.current[cell]])
        total += (np.int64(lists[head + HARD]) << SHIFT) + lists[head + SOFT]
        for k in range(head + HEAD, lists[head + GROUPS_END], 2):
            group = np.int64(lists[k])
            for j in range(group + 1, group + 1 + s.group[group]):
                s.row[s.group[j] + VALUE] += lists[k + 1]
        for k in range(lists[head + GROUPS_END], lists[head + LOADS_END], 2):
            s.row[lists[k] + VALUE] += lists[k + 1]
    for feature in range(len(s.failing)):
        if s.failing[feature] == 0:
            total += s.never[feature]
            for k in range(s.term_start[feature], s.term_start[feature + 1], 2):
                s.row[s.terms[k] + VALUE] += s.terms[k + 1]
    return total


@njit(**INNER)
def _marks(s: State, base: Short) -> None:
    """Set failing tests, bits and codes from the current slots."""
    t = s.tables
    for word in range(len(t.words)):
        t.words[word] = _U0
    for feature in range(len(base)):
        s.failing[feature] = base[feature]
    lists = s.lists
    for cell in range(len(s.current)):
        head = np.int64(s.at[s.current[cell]])
        s.code[cell] = lists[head + CODES] & CODE_MASK
        turned = lists[head + CODES] >> CODE_BITS
        plane = 0
        while turned != 0:
            if turned & 1:
                flip(t, np.int64(t.place[(cell * PLANES + plane) * 2]) + t.middle[plane])
            turned >>= 1
            plane += 1
        for k in range(lists[head + LOADS_END], lists[head + TESTS_END], 2):
            s.failing[lists[k]] += lists[k + 1]


@njit(**OUTER)
def reset(s: State, base: Short) -> Any:
    """Work out all counts, values, bits and costs from the current slots, but for tabled rows."""
    for at in range(0, len(s.row), RECORD):
        s.row[at + VALUE] = 0
    _marks(s, base)
    total = _values(s)
    for at in range(0, len(s.row), RECORD):
        s.row[at + COST] = _price(s.row, at)
        total += s.row[at + COST]
    s.tally[TOTAL] = total
    return total


@njit(**OUTER)
def insert(s: State, cells: Short) -> None:
    """Greedy: give each of these cells, in order, the open code that costs least now."""
    for i in range(len(cells)):
        cell = cells[i]
        if s.movable[cell] == 0:
            continue
        kept: Any = np.int64(s.current[cell])
        least: Any = s.tally[TOTAL]
        for slot in range(s.slot_start[cell] + 1, s.slot_start[cell + 1]):
            if s.closed[slot] == 0:
                _put_one(s, cell, slot)
                if s.tally[TOTAL] < least:
                    least = s.tally[TOTAL]
                    kept = np.int64(slot)
        _put_one(s, cell, kept)
        s.move_cell[0] = cell
        remember(s, 1)
