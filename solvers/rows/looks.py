"""The first stage of a move: its prices, and what tables say of its days."""

from typing import Any

import numpy as np
from numba import njit

from solvers.rows.jit import INNER
from solvers.rows.state import CODE_BITS, CODE_MASK, CODES, HARD, SOFT, State
from solvers.rows.tables import PLANES, Tables
from solvers.rows.weights import SHIFT

_U0, _U1, _U64 = (np.uint64(bits) for bits in (0, 1, 64))


@njit(**INNER)
def flip(t: Tables, at: Any) -> None:
    t.words[at >> 6] ^= _U1 << np.uint64(at & 63)


@njit(**INNER)
def look(s: State, cell: Any, old: Any, new: Any) -> Any:
    """The change of prices and tables when a cell goes from slot to slot; bits are turned."""
    t = s.tables
    gone = s.lists[old + CODES]
    come = s.lists[new + CODES]
    change = (np.int64(s.lists[new + HARD] - s.lists[old + HARD]) << SHIFT) + (
        s.lists[new + SOFT] - s.lists[old + SOFT]
    )
    side = t.side[0]
    row = np.int64(come & CODE_MASK)
    was = np.int64(gone & CODE_MASK)
    s.code[cell] = row
    neighbour = t.before[cell]
    if neighbour >= 0:
        at = t.pair[neighbour]
        if at >= 0:
            line = at + s.code[neighbour] * side
            change += t.matrix[line + row] - t.matrix[line + was]
    at = t.pair[cell]
    if at >= 0:
        line = at + s.code[t.after[cell]]
        change += t.matrix[line + row * side] - t.matrix[line + was * side]
    turned = (come ^ gone) >> CODE_BITS
    plane = 0
    while turned != 0:
        if turned & 1:
            here = (cell * PLANES + plane) * 2
            first = np.int64(t.place[here])
            at = t.place[here + 1]
            if at >= 0:
                word = first >> 6
                by = np.uint64(first & 63)
                window = t.words[word] >> by
                if by != _U0:
                    window |= t.words[word + 1] << (_U64 - by)
                change += (
                    np.int64(t.turn[at + (np.int64(window) & t.mask[plane])]) << t.shift[plane]
                )
            flip(t, first + t.middle[plane])
        turned >>= 1
        plane += 1
    return change


@njit(**INNER)
def look_back(s: State, cell: Any, old: Any, new: Any) -> None:
    """Turn the bits of `look` again."""
    t = s.tables
    gone = s.lists[old + CODES]
    s.code[cell] = gone & CODE_MASK
    turned = (gone ^ s.lists[new + CODES]) >> CODE_BITS
    plane = 0
    while turned != 0:
        if turned & 1:
            flip(t, np.int64(t.place[(cell * PLANES + plane) * 2]) + t.middle[plane])
        turned >>= 1
        plane += 1
