"""What a search holds: a plan, and rules laid out for the kernel, as flat arrays.

Records and lists instead of an array a field: what is read together lies in one cache line.
"""

from typing import Any, Final, NamedTuple

from solvers.rows.arrays import Flags, Short, Whole
from solvers.rows.tables import Tables

MOST: Final = 64
"""Cells that one move may change."""

# A row's record: value, bounds, knee, weights under or over and past the knee, waived, cost.
RECORD: Final = 8
VALUE, LO, HI, KNEE, WEIGHT, STEEP, FREE, COST = range(RECORD)

# The head of a slot in `State.lists`: its soft and hard price, the most soft cost that its rows may
# give back when it is taken and when it is left, its sets and code for the tables, and where its
# pairs of groups, of rows and of features end.
SOFT, HARD, GIVE_IN, GIVE_OUT, CODES, GROUPS_END, LOADS_END, TESTS_END, HEAD = range(9)

# Places in `State.tally`.
TOTAL, BEST, DIRTY, TRIES, EVALUATED, ACCEPTED, STANDING = range(7)

CODE_BITS: Final = 16
"""Low bits of `CODES` that hold the code; the sets of the tables lie above."""
CODE_MASK: Final = (1 << CODE_BITS) - 1


class State(NamedTuple):
    """A plan under search and all that the kernel reads; targets of loads and terms are × 8."""

    current: Short  # cell → slot
    best: Short
    dirty: Flags  # cells that differ from the best plan, listed in `changed`
    changed: Short
    movable: Flags  # cell
    closed: Flags  # slot
    slot_start: Short
    code: Short  # cell → code; that of a void cell is one past the shared ones
    at: Short  # slot → where its entry in `lists` begins
    lists: Short  # by slot: head, (group, amount), (row, amount), (feature, ±1) pairs; rows are × 8
    group: Short  # groups of rows that a cell gives the same amounts: their number, then the rows
    open: Short  # cell × shared → open slot, −1
    shared: Short  # one number
    term_start: Short
    terms: Short  # (row, coefficient) pairs
    never: Whole  # feature → its own price
    failing: Short  # feature → tests that fail
    row: Whole  # records
    log_row: Short
    log_value: Whole
    log_cost: Whole
    move_cell: Short
    move_slot: Short
    move_old: Short
    tally: Whole
    random: Any  # one uint64
    tables: Tables
    rank: Short  # row → its guard tier, −1; empty unless there are several
    price_of_rank: Whole  # slot × guard tier
    by_rank: Whole  # guard tier → change of a move
