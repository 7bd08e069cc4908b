"""Moves on rosters, and annealing with them.

A *line* is the row of a person on one track. Moves change days of one or two lines; guided moves
look for rows over many people that stand under their lower bound (cover).
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit

from solvers.rows.arrays import NO_BOUND, Compiled, Flags, Short
from solvers.rows.crews import partners
from solvers.rows.jit import INNER, OUTER
from solvers.rows.kernel import attempt, below, remember, unit
from solvers.rows.search import Search
from solvers.rows.state import LO, RECORD, TRIES, VALUE, State

SET, SWAP, EXCHANGE, TRANSFER, GUIDED, EDGE = range(6)
SHARES: Final = (15, 35, 10, 15, 5, 20)
"""Measured shares: set a block, swap blocks of two people, exchange two blocks of one person,
guided transfer, guided set, edges of runs."""
LONGEST_SWAP: Final = 14  # days; twice as many cells, no more than kernel.MOST
_LOOKS: Final = 6  # rows that a guided move looks at before it gives up


class RosterMoves(NamedTuple):
    """Where the cells of a roster lie. `grid` is line × day → cell, −1 where there is none."""

    grid: Short
    days: int
    active: Short  # lines that may change
    group: Short  # line → track
    partner_start: Short
    partner: Short  # line → those that work with it, itself too
    line: Short  # cell → line, −1 outside the grid
    day: Short
    cell: Short  # slot → cell
    code: Short  # slot → code
    need: Short  # rows with a lower bound over many lines, × 8
    need_start: Short
    need_slot: Short
    until: Short  # cumulated shares of the moves, of 100

    def box(self, lines: Sequence[int], days: Sequence[int]) -> "RosterMoves":
        """Give the moves of some lines on some days among themselves: all else stays as it is."""
        grid = self.grid.reshape(-1, self.days)[np.ix_(lines, days)]
        line, day = _places(len(self.line), grid)
        place = np.full(len(self.group), -1, np.int32)
        place[lines] = np.arange(len(lines))
        start = self.partner_start
        found = [place[self.partner[start[each] : start[each + 1]]] for each in lines]
        found = [own[own >= 0] for own in found]
        inside = line[self.cell[self.need_slot]] >= 0
        ends = np.concatenate(([0], np.cumsum(inside)))[self.need_start]
        some = np.diff(ends) > 0
        return self._replace(
            grid=np.ascontiguousarray(grid).reshape(-1),
            days=len(days),
            active=np.arange(len(lines), dtype=np.int32),
            group=self.group[lines],
            partner_start=np.cumsum([0, *map(len, found)]).astype(np.int32),
            partner=np.concatenate(found),
            line=line,
            day=day,
            need=self.need[some],
            need_start=np.concatenate(([0], ends[1:][some])).astype(np.int32),
            need_slot=self.need_slot[inside],
        )


def _places(cells: int, grid: Short) -> tuple[Short, Short]:
    """Give the line and the day of each cell, −1 outside a grid."""
    line = np.full(cells, -1, np.int32)
    day = np.full(cells, -1, np.int32)
    where = np.nonzero(grid >= 0)
    line[grid[where]], day[grid[where]] = where
    return line, day


def roster_moves(
    compiled: Compiled, lines: list[list[int]], tracks: list[int], shares: tuple[int, ...] = SHARES
) -> RosterMoves:
    """Index the moves. `lines[i][d]` is the cell of line i on day d (−1: none), `tracks[i]` its track."""
    grid = np.array(lines, np.int32)
    line, day = _places(compiled.cells, grid)
    need, start, slot = _needs(compiled, line)
    row = np.repeat(np.arange(len(start) - 1), np.diff(start)).astype(np.int32)
    partner_start, partner = partners(
        len(grid), len(start) - 1, row, line[compiled.slot_cell[slot]]
    )
    return RosterMoves(
        grid.reshape(-1),
        grid.shape[1],
        np.arange(grid.shape[0], dtype=np.int32),
        np.array(tracks, np.int32),
        partner_start,
        partner,
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
def _add(s: State, pairs: Any, cell: Any, code: Any) -> Any:
    """Note a cell and its new code; `_checked` makes slots of them."""
    s.move_cell[pairs] = cell
    s.move_slot[pairs] = code
    return pairs + 1


@njit(**INNER)
def _checked(s: State, pairs: Any) -> Any:
    """Make slots of codes; give the number of real changes, 0 where one of them may not be."""
    real = 0
    for i in range(pairs):
        cell = np.int64(s.move_cell[i])
        if cell < 0 or s.movable[cell] == 0:
            return 0
        slot = s.open[cell * s.shared[0] + s.move_slot[i]]
        if slot < 0:
            return 0
        if slot != s.current[cell]:
            s.move_cell[real] = cell
            s.move_slot[real] = slot
            real += 1
    return real


@njit(**INNER)
def _exchange(s: State, m: RosterMoves, one: Any, other: Any, length: Any) -> Any:
    """Exchange the codes of two blocks, given by the places of their first days in the grid."""
    pairs = 0
    for d in range(length):
        mine = np.int64(m.grid[one + d])
        hers = np.int64(m.grid[other + d])
        if mine < 0 or hers < 0:
            return 0
        if s.code[mine] != s.code[hers]:
            pairs = _add(s, pairs, mine, s.code[hers])
            pairs = _add(s, pairs, hers, s.code[mine])
    return pairs


@njit(**INNER)
def _need(s: State, m: RosterMoves) -> Any:
    """A slot that helps a row under its bound, −1 if a few looks find none."""
    for _ in range(_LOOKS if len(m.need) > 0 else 0):
        row = below(s, len(m.need))
        at = m.need[row]
        if s.row[at + VALUE] < s.row[at + LO]:
            first = m.need_start[row]
            return np.int64(m.need_slot[first + below(s, m.need_start[row + 1] - first)])
    return np.int64(-1)


@njit(**INNER)
def _give_up(s: State, m: RosterMoves, pairs: Any, at: Any, first: Any, last: Any) -> Any:
    """Free as many worked days outside a block as the block has new ones."""
    more = 0
    for i in range(pairs):
        cell = s.move_cell[i]
        more += 1 if cell >= 0 and s.code[cell] == 0 and s.move_slot[i] != 0 else 0
    d = below(s, m.days)
    for _ in range(m.days):
        cell = np.int64(m.grid[at + d])
        if more > 0 and (d < first or d > last) and cell >= 0 and s.code[cell] != 0:
            pairs = _add(s, pairs, cell, 0)
            more -= 1
        d = d + 1 if d + 1 < m.days else 0
    return pairs


@njit(**INNER)
def _propose(s: State, m: RosterMoves) -> Any:
    """Fill in a move; give the number of its pairs, 0 where it ends before anything is touched."""
    drawn = below(s, 100)
    line = np.int64(m.active[below(s, len(m.active))])
    day = below(s, m.days)
    at = line * m.days
    cell = np.int64(m.grid[at + day])
    if drawn >= m.until[SET] and drawn < m.until[EXCHANGE]:
        target = at
        later = day
        if drawn < m.until[SWAP]:  # of two people of one track
            length = 1 + below(s, LONGEST_SWAP)
            begin = m.partner_start[line]
            other = np.int64(m.partner[begin + below(s, m.partner_start[line + 1] - begin)])
            target = other * m.days
            apart = other != line and m.group[other] == m.group[line]
        else:  # of one person
            length = 1 + below(s, 4)
            later = below(s, m.days)
            apart = abs(later - day) >= length
        if not apart:
            return 0
        length = min(length, m.days - max(day, later))
        return _checked(s, _exchange(s, m, at + day, target + later, length))
    first = day
    last = day
    if drawn < m.until[SET]:  # a block to any code of its first day
        if cell < 0:
            return 0
        begin = s.slot_start[cell] + 1
        code = np.int64(m.code[begin + below(s, s.slot_start[cell + 1] - begin)])
        last = day + below(s, 4)
    elif drawn < m.until[GUIDED]:  # a block that meets a need
        slot = _need(s, m)
        if slot < 0:
            return 0
        code = np.int64(m.code[slot])
        cell = np.int64(m.cell[slot])
        at = np.int64(m.line[cell]) * m.days
        length = 1 + below(s, 3)
        first = m.day[cell] - below(s, length)
        last = first + length - 1
    else:  # the code of a neighbour over a day or two: a run begins or ends elsewhere
        if cell < 0:
            return 0
        code = np.int64(s.code[cell])
        length = 1 + below(s, 2)
        forward = below(s, 2)
        first = day + 1 if forward else day - length
        last = day + length if forward else day - 1
    first = max(first, 0)
    last = min(last, m.days - 1)
    pairs = 0
    for d in range(first, last + 1):
        pairs = _add(s, pairs, m.grid[at + d], code)
    if drawn >= m.until[EXCHANGE] and drawn < m.until[TRANSFER]:
        pairs = _give_up(s, m, pairs, at, first, last)
    return _checked(s, pairs)


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
