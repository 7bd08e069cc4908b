"""Moves on rosters, and annealing with them.

A *line* is the row of a person on one track. Moves change days of one or two lines; guided moves
look for rows over many people that stand under their lower bound (cover).
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit

from solvers.rows.arrays import NO_BOUND, Compiled, Flags, Short, Whole
from solvers.rows.kernel import (
    INNER,
    LO,
    MOST,
    OUTER,
    RECORD,
    TRIES,
    VALUE,
    State,
    attempt,
    below,
    remember,
    unit,
)
from solvers.rows.search import Search

SET, SWAP, EXCHANGE, TRANSFER, GUIDED, EDGE = range(6)
SHARES: Final = (15, 35, 10, 15, 5, 20)
"""Measured shares: set a block, swap blocks of two people, exchange two blocks of one person,
guided transfer, guided set, edges of runs."""
LONGEST_SWAP: Final = 14
_LOOKS: Final = 6  # rows that a guided move looks at before it gives up


class RosterMoves(NamedTuple):
    """Where the cells of a roster lie. `grid` is line × day → cell, −1 where there is none."""

    grid: Short
    days: int
    active: Short  # lines that may change
    group: Short  # line → track
    line: Short  # cell → line, −1 outside the grid
    day: Short
    cell: Short  # slot → cell
    code: Short  # slot → code
    need: Short  # rows with a lower bound over many lines, × 8
    need_start: Short
    need_slot: Short
    until: Short  # cumulated shares of the moves, of 100


def roster_moves(
    compiled: Compiled, lines: list[list[int]], tracks: list[int], shares: tuple[int, ...] = SHARES
) -> RosterMoves:
    """Index the moves. `lines[i][d]` is the cell of line i on day d (−1: none), `tracks[i]` its track."""
    grid = np.array(lines, np.int32)
    line = np.full(compiled.cells, -1, np.int32)
    day = np.full(compiled.cells, -1, np.int32)
    where = np.nonzero(grid >= 0)
    line[grid[where]], day[grid[where]] = where
    need, start, slot = _needs(compiled, line)
    return RosterMoves(
        grid.reshape(-1),
        grid.shape[1],
        np.arange(grid.shape[0], dtype=np.int32),
        np.array(tracks, np.int32),
        line,
        day,
        compiled.slot_cell,
        compiled.slot_code,
        need,
        start,
        slot,
        np.cumsum(shares).astype(np.int32),
    )


def _needs(compiled: Compiled, line: Short) -> tuple[Short, Short, Short]:
    """Rows with a lower bound and several lines, and the slots that raise each."""
    loads = compiled.loads
    slot = np.repeat(np.arange(compiled.slots), np.diff(loads.start))
    bounded = compiled.rows.lo > -NO_BOUND
    kept = bounded[loads.target] & (loads.value > 0) & (line[compiled.slot_cell[slot]] >= 0)
    row, slot = loads.target[kept], slot[kept]
    order = np.argsort(row, kind="stable")
    row, slot = row[order], slot[order]
    first = np.flatnonzero(np.diff(row, prepend=-1))
    if not len(first):
        empty = np.zeros(0, np.int32)
        return empty, np.zeros(1, np.int32), empty
    of_slot = line[compiled.slot_cell[slot]]
    many = np.minimum.reduceat(of_slot, first) != np.maximum.reduceat(of_slot, first)
    count = np.diff(first, append=len(row))
    start = np.concatenate(([0], np.cumsum(count[many]))).astype(np.int32)
    need = (row[first[many]] * RECORD).astype(np.int32)
    return need, start, slot[np.repeat(many, count)].astype(np.int32)


@njit(**INNER)
def _set(s: State, m: RosterMoves, pairs: int, cell: int, code: int) -> int:
    """Add a pair; give the new number of pairs, or −1 where the move must end."""
    if cell < 0 or s.movable[cell] == 0:
        return -1
    slot = s.open[cell * s.shared[0] + code]
    if slot < 0:
        return -1
    if slot == s.current[cell]:
        return pairs
    s.move_cell[pairs] = cell
    s.move_slot[pairs] = slot
    return pairs + 1


@njit(**INNER)
def _any_line(s: State, m: RosterMoves) -> Any:
    return np.int64(m.active[below(s, len(m.active))])


@njit(**INNER)
def _block(s: State, m: RosterMoves) -> int:
    """Set one to four days of a line to a code of the first."""
    at = _any_line(s, m) * m.days
    day = below(s, m.days)
    cell = m.grid[at + day]
    if cell < 0:
        return 0
    first = s.slot_start[cell] + 1
    code = m.code[first + below(s, s.slot_start[cell + 1] - first)]
    length = 1 + below(s, 4)
    pairs = 0
    for d in range(day, min(day + length, m.days)):
        pairs = _set(s, m, pairs, m.grid[at + d], code)
        if pairs < 0:
            return 0
    return pairs


@njit(**INNER)
def _swap(s: State, m: RosterMoves) -> int:
    """Swap a block of days of two lines of one track."""
    one = _any_line(s, m)
    other = _any_line(s, m)
    if one == other or m.group[one] != m.group[other]:
        return 0
    day = below(s, m.days)
    length = 1 + below(s, min(LONGEST_SWAP, MOST // 2))
    pairs = 0
    for d in range(day, min(day + length, m.days)):
        mine = m.grid[one * m.days + d]
        hers = m.grid[other * m.days + d]
        if mine < 0 or hers < 0:
            return 0
        code = s.code[mine]
        other_code = s.code[hers]
        if code != other_code:
            pairs = _set(s, m, pairs, mine, other_code)
            if pairs < 0:
                return 0
            pairs = _set(s, m, pairs, hers, code)
            if pairs < 0:
                return 0
    return pairs


@njit(**INNER)
def _exchange(s: State, m: RosterMoves) -> int:
    """Exchange two blocks of one line."""
    at = _any_line(s, m) * m.days
    length = 1 + below(s, 4)
    if m.days < 2 * length:
        return 0
    day = below(s, m.days - length + 1)
    later = below(s, m.days - length + 1)
    if abs(day - later) < length:
        return 0
    pairs = 0
    for d in range(length):
        cell = m.grid[at + day + d]
        target = m.grid[at + later + d]
        if cell < 0 or target < 0:
            return 0
        code = s.code[cell]
        other_code = s.code[target]
        if code != other_code:
            pairs = _set(s, m, pairs, cell, other_code)
            if pairs < 0:
                return 0
            pairs = _set(s, m, pairs, target, code)
            if pairs < 0:
                return 0
    return pairs


@njit(**INNER)
def _guided(s: State, m: RosterMoves, give_up: bool) -> int:
    """Meet a need that stands under its bound; give up as many worked days elsewhere if asked."""
    found = -1
    for _ in range(_LOOKS):
        if found < 0 and len(m.need) > 0:
            row = below(s, len(m.need))
            at = m.need[row]
            if s.row[at + VALUE] < s.row[at + LO]:
                found = row
    if found < 0:
        return 0
    first = m.need_start[found]
    slot = m.need_slot[first + below(s, m.need_start[found + 1] - first)]
    code = m.code[slot]
    at = m.line[m.cell[slot]] * m.days
    day = np.int64(m.day[m.cell[slot]])
    length = 1 + below(s, 3)
    before = below(s, length)
    first_day = max(day - before, 0)
    last_day = min(day - before + length, m.days) - 1
    pairs = 0
    more = 0
    for d in range(first_day, last_day + 1):
        cell = m.grid[at + d]
        if cell >= 0:
            more += 1 if s.code[cell] == 0 and code != 0 else 0
            pairs = _set(s, m, pairs, cell, code)
            if pairs < 0:
                return 0
    if not give_up:
        return pairs
    d = below(s, m.days)
    for _ in range(m.days):
        if more > 0 and (d < first_day or d > last_day):
            cell = m.grid[at + d]
            if cell >= 0 and s.code[cell] != 0:
                pairs = _set(s, m, pairs, cell, 0)
                more -= 1
                if pairs < 0:
                    return 0
        d = d + 1 if d + 1 < m.days else 0
    return pairs


@njit(**INNER)
def _edge(s: State, m: RosterMoves) -> int:
    """Copy a neighbour's code over one or two days: runs begin or end elsewhere."""
    at = _any_line(s, m) * m.days
    day = below(s, m.days)
    step = 1 - 2 * below(s, 2)
    source = m.grid[at + day]
    if source < 0:
        return 0
    code = s.code[source]
    pairs = 0
    for k in range(1, 2 + below(s, 2)):
        d = day + step * k
        if d < 0 or d >= m.days:
            return pairs
        pairs = _set(s, m, pairs, m.grid[at + d], code)
        if pairs < 0:
            return 0
    return pairs


@njit(**INNER)
def _propose(s: State, m: RosterMoves) -> int:
    """Fill in a move; give the number of its pairs, 0 where it ends before anything is touched."""
    drawn = below(s, 100)
    if drawn < m.until[SET]:
        return _block(s, m)
    if drawn < m.until[SWAP]:
        return _swap(s, m)
    if drawn < m.until[EXCHANGE]:
        return _exchange(s, m)
    if drawn < m.until[TRANSFER]:
        return _guided(s, m, True)
    if drawn < m.until[GUIDED]:
        return _guided(s, m, False)
    return _edge(s, m)


@njit(**OUTER)
def _anneal(
    s: State, m: RosterMoves, stop: Flags, tries: int, hot: float, cooling: float, legal: float
) -> int:
    """Anneal for some tries; `cooling` is the factor of the temperature over a thousand tries."""
    temperature = hot
    made = 0
    while made < tries:
        if stop[0] != 0:
            break
        for _ in range(min(1000, tries - made)):
            made += 1
            pairs = _propose(s, m)
            if pairs > 0 and attempt(s, pairs, -temperature * np.log(unit(s)), legal):
                remember(s, pairs)
        temperature *= cooling
    s.tally[TRIES] += made
    return made


def anneal(
    search: Search,
    moves: RosterMoves,
    *,
    tries: int,
    hot: float,
    cold: float,
    legal: float,
    stop: Flags | None = None,
) -> int:
    """Anneal from `hot` to `cold` (in soft cost), a hard unit at `legal`; give the tries made.

    `stop[0]` set by another thread ends it within a thousand tries. Ends on the current plan; the
    best one is kept aside.
    """
    flag = np.zeros(1, np.uint8) if stop is None else stop
    cooling = (cold / hot) ** (1000 / max(tries, 1000))
    return int(_anneal(search.state, moves, flag, tries, hot, cooling, legal))
