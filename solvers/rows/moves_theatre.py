"""Moves on theatre plans, and annealing with them: insert or relocate, swap, eject, drop."""

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit

from solvers.rows.arrays import Compiled, Flags, Short
from solvers.rows.jit import INNER, OUTER
from solvers.rows.kernel import attempt, below, remember, unit
from solvers.rows.search import Search
from solvers.rows.state import TRIES, State

PLACE, SWAP, EJECT = range(3)
SHARES: Final = (45, 25, 25, 5)
"""Insert or relocate, swap two cases of two sessions, put one in and another out or elsewhere, drop."""


class TheatreMoves(NamedTuple):
    """Which session each slot is in (−1: none), and who is in each session now (linked lists)."""

    session: Short
    cell: Short  # slot → cell
    active: Short  # cells that may change
    out: Short  # cell → the slot of leaving it out, −1 where there is none
    first: Short  # session → a case in it, −1
    size: Short
    following: Short
    preceding: Short
    until: Short  # cumulated shares of the moves, of 100


def theatre_moves(
    compiled: Compiled,
    session: Short,
    *,
    active: Short | None = None,
    shares: tuple[int, ...] = SHARES,
) -> TheatreMoves:
    """Index the moves. `session[code]` is the session number of a code, −1 for left out."""
    codes = compiled.slot_code
    of_slot = np.where(codes >= 0, np.asarray(session, np.int32)[np.maximum(codes, 0)], -1)
    cells = np.arange(compiled.cells, dtype=np.int32)
    sessions = int(of_slot.max(initial=-1)) + 1
    return TheatreMoves(
        of_slot.astype(np.int32),
        compiled.slot_cell,
        cells if active is None else np.asarray(active, np.int32),
        compiled.slot_of_shared.reshape(compiled.cells, -1)[:, 0].copy(),
        np.full(sessions, -1, np.int32),
        np.zeros(sessions, np.int32),
        np.full(compiled.cells, -1, np.int32),
        np.full(compiled.cells, -1, np.int32),
        np.cumsum(shares).astype(np.int32),
    )


@njit(**INNER)
def _enter(m: TheatreMoves, cell: int, session: int) -> None:
    head = m.first[session]
    m.following[cell] = head
    m.preceding[cell] = -1
    if head >= 0:
        m.preceding[head] = cell
    m.first[session] = cell
    m.size[session] += 1


@njit(**INNER)
def _leave(m: TheatreMoves, cell: int, session: int) -> None:
    before = m.preceding[cell]
    after = m.following[cell]
    if before >= 0:
        m.following[before] = after
    else:
        m.first[session] = after
    if after >= 0:
        m.preceding[after] = before
    m.size[session] -= 1


@njit(**INNER)
def _list(s: State, m: TheatreMoves) -> None:
    """List afresh who is in each session."""
    for session in range(len(m.first)):
        m.first[session] = -1
        m.size[session] = 0
    for cell in range(len(s.current)):
        session = m.session[s.current[cell]]
        if session >= 0:
            _enter(m, cell, session)


@njit(**INNER)
def _member(s: State, m: TheatreMoves, session: int) -> Any:
    """A random case of a session, −1 if it is empty."""
    size = m.size[session]
    if size == 0:
        return np.int64(-1)
    cell = np.int64(m.first[session])
    for _ in range(below(s, size)):
        cell = np.int64(m.following[cell])
    return cell


@njit(**INNER)
def _into(s: State, m: TheatreMoves, cell: int, session: int) -> Any:
    """An open slot of a case in a session, beginning at a random one; −1 if there is none."""
    first = s.slot_start[cell] + 1
    count = s.slot_start[cell + 1] - first
    k = below(s, count)
    for _ in range(count):
        slot = first + k
        if m.session[slot] == session and s.closed[slot] == 0:
            return np.int64(slot)
        k = k + 1 if k + 1 < count else 0
    return np.int64(-1)


@njit(**INNER)
def _any_slot(s: State, cell: int) -> Any:
    """A random open slot of a case, −1 where the draw falls on a closed or the present one."""
    first = s.slot_start[cell] + 1
    slot = first + below(s, s.slot_start[cell + 1] - first)
    if s.closed[slot] != 0 or slot == s.current[cell]:
        return np.int64(-1)
    return np.int64(slot)


@njit(**INNER)
def _propose(s: State, m: TheatreMoves) -> int:
    """Fill in a move; give the number of its pairs, 0 where it ends before anything is touched."""
    if len(m.active) == 0:
        return 0
    cell = np.int64(m.active[below(s, len(m.active))])
    if s.movable[cell] == 0:
        return 0
    drawn = below(s, 100)
    s.move_cell[0] = cell
    home = m.session[s.current[cell]]
    if drawn >= m.until[EJECT]:
        slot = np.int64(m.out[cell])
        if home < 0 or slot < 0 or s.closed[slot] != 0:
            return 0
        s.move_slot[0] = slot
        return 1
    slot = _any_slot(s, cell)
    if slot < 0:
        return 0
    s.move_slot[0] = slot
    session = m.session[slot]
    if drawn < m.until[PLACE] or session < 0 or session == home:
        return 1
    other = _member(s, m, session)
    if other < 0:
        return 1
    if s.movable[other] == 0:
        return 0
    s.move_cell[1] = other
    if drawn < m.until[SWAP]:
        if home < 0:
            return 0
        slot = _into(s, m, other, home)
    elif below(s, 2) == 0:
        slot = _any_slot(s, other)
    else:
        slot = np.int64(m.out[other])
        if slot >= 0 and s.closed[slot] != 0:
            slot = np.int64(-1)
    if slot < 0:
        return 0
    s.move_slot[1] = slot
    return 2


@njit(**OUTER)
def _anneal(
    s: State, m: TheatreMoves, stop: Flags, tries: int, hot: float, cooling: float, legal: float
) -> int:
    """Anneal for some tries; `cooling` is the factor of the temperature over a thousand tries."""
    _list(s, m)
    temperature = hot
    made = 0
    while made < tries:
        if stop[0] != 0:
            break
        for _ in range(min(1000, tries - made)):
            made += 1
            pairs = _propose(s, m)
            if pairs > 0 and attempt(s, pairs, -temperature * np.log(unit(s)), legal):
                for i in range(pairs):
                    cell = s.move_cell[i]
                    session = m.session[s.move_old[i]]
                    if session >= 0:
                        _leave(m, cell, session)
                    session = m.session[s.move_slot[i]]
                    if session >= 0:
                        _enter(m, cell, session)
                remember(s, pairs)
        temperature *= cooling
    s.tally[TRIES] += made
    return made


def anneal(
    search: Search,
    moves: TheatreMoves,
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
