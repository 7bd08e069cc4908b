"""How good a theatre plan can be at best: a linear programme over exact rows and relaxations.

Guides are not in it, and no clock is; what the earliest clock costs is in the prices. Hard rows and
closed codes bind, less what waivers forgive, so the bound is one on plans without a hard breach.
"""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.rules.contract import Rule
from solvers.highs import quiet_solver
from solvers.rows.arrays import KINDS, NO_BOUND, Bools, Compiled, Whole, gather
from solvers.rows.weights import SHIFT, Weights

Reals: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = Reals | Whole
_GUIDE: Final = KINDS.index("guide")
_RELAXATION: Final = KINDS.index("relaxation")
LARGEST: Final = 40_000
"""Slots above which the programme takes longer than it is worth."""


def given_kept(
    compiled: Compiled, rules: Sequence[Rule[Any, Any]], broken: frozenset[str]
) -> Bools:
    """Mark the rows that are true of every legal plan: exact, or given what is in force.

    `broken` names rule ids that the shown plan breaks, waived or not.
    """
    sure = {
        rule.type
        for rule in rules
        if rule.hard and rule.enabled and not rule.scope.tags and rule.id not in broken
    }
    kept = [all(type in sure for type in given) for given in compiled.rows.given]
    kind = compiled.rows.kind
    marked: Bools = (kind != _GUIDE) & ((kind != _RELAXATION) | np.array(kept, bool))
    return marked


class _Programme:
    """Columns and rows of the programme, collected as arrays."""

    def __init__(self) -> None:
        self.columns = 0
        self.cost: list[Reals] = []
        self.low: list[Reals] = []
        self.high: list[Reals] = []
        self.rows = 0
        self.row_low: list[Reals] = []
        self.row_high: list[Reals] = []
        self.entries: list[tuple[Whole, Whole, Reals]] = []  # row, column, value

    def add_columns(self, cost: Numbers, high: Numbers) -> Whole:
        first = self.columns
        self.columns += len(cost)
        self.cost.append(cost.astype(float))
        self.low.append(np.zeros(len(cost)))
        self.high.append(high.astype(float))
        return np.arange(first, self.columns)

    def add_rows(self, low: Numbers, high: Numbers) -> Whole:
        first = self.rows
        self.rows += len(low)
        self.row_low.append(low.astype(float))
        self.row_high.append(high.astype(float))
        return np.arange(first, self.rows)

    def add(self, row: Whole, column: Whole, value: Numbers) -> None:
        self.entries.append((row, column, value.astype(float)))

    def solve(self, seconds: float, *, counted: bool) -> float | None:
        """Give the best objective, None where it was not found in time."""
        row, column, value = (np.concatenate([each[k] for each in self.entries]) for k in range(3))
        order = np.lexsort((column, row))
        start = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=self.rows))))
        made = highspy.HighsLp()
        made.num_col_, made.num_row_ = self.columns, self.rows
        made.col_cost_ = np.concatenate(self.cost)
        made.col_lower_ = np.concatenate(self.low)
        made.col_upper_ = np.concatenate(self.high)
        made.row_lower_ = np.concatenate(self.row_low)
        made.row_upper_ = np.concatenate(self.row_high)
        made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        made.a_matrix_.start_ = start.astype(np.int32)
        made.a_matrix_.index_ = column[order].astype(np.int32)
        made.a_matrix_.value_ = value[order]
        solver = quiet_solver()
        solver.setOptionValue("threads", 1)
        if counted:
            solver.setOptionValue("simplex_iteration_limit", 200_000)
        else:
            solver.setOptionValue("time_limit", seconds)
        solver.passModel(made)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(solver.getInfo().objective_function_value)


def lower_bound(
    compiled: Compiled,
    weights: Weights,
    kept: Bools,
    *,
    seconds: float = 10.0,
    counted: bool = False,
) -> int | None:
    """Give a bound on the soft total of every plan without a hard breach, None where none is found."""
    if compiled.slots > LARGEST:
        return None
    programme = _Programme()
    infinite = highspy.kHighsInf
    # a column a slot: void and closed ones stay at 0
    price = weights.price & ((1 << SHIFT) - 1)
    slot = programme.add_columns(price, 1 - weights.closed.astype(np.int64))
    cell = programme.add_rows(np.ones(compiled.cells), np.ones(compiled.cells))
    programme.add(cell[compiled.slot_cell], slot, np.ones(compiled.slots))
    never = compiled.nevers
    soft = np.zeros(len(compiled.base), np.int64)
    most = np.ones(len(compiled.base), np.int64)
    cost = weights.never * np.maximum(never.amount - weights.never_free, 0)
    np.add.at(soft, never.feature, np.where(cost < 1 << SHIFT, cost, 0))
    most[never.feature[cost >= 1 << SHIFT]] = 0
    same = _same(compiled)  # one column for all features that say the same
    first = np.unique(same)
    column = np.zeros(len(same), np.int64)
    total, least = np.zeros(len(same), np.int64), np.ones(len(same), np.int64)
    np.add.at(total, same, soft)
    np.minimum.at(least, same, most)
    column[first] = programme.add_columns(total[first], least[first])
    truth = column[same]
    _features(programme, compiled, slot, truth)
    _rows(programme, compiled, weights, kept, slot, truth, infinite)
    found = programme.solve(seconds, counted=counted)
    return None if found is None else int(np.ceil(found - 1e-6 * abs(found) - 1e-6))


def _same(compiled: Compiled) -> Whole:
    """Give the first feature that has the same tests, for each feature."""
    at, feature, value = gather(compiled.tests, np.arange(compiled.slots))
    order = np.lexsort((at, feature))
    pairs = np.stack((at[order], value[order]))
    ends = np.cumsum(np.bincount(feature, minlength=len(compiled.base)))
    known: dict[tuple[int, bytes], int] = {}
    same = np.zeros(len(compiled.base), np.int64)
    begin = 0
    for number, end in enumerate(ends.tolist()):
        key = (int(compiled.base[number]), pairs[:, begin:end].tobytes())
        same[number] = known.setdefault(key, number)
        begin = end
    return same


def _features(programme: _Programme, compiled: Compiled, slot: Whole, truth: Whole) -> None:
    """A feature is at most each of its tests, and at least 1 less those that fail."""
    every = np.arange(compiled.slots)
    at, feature, value = gather(compiled.tests, every)
    cell = compiled.slot_cell[at].astype(np.int64)
    key, test = np.unique(feature.astype(np.int64) * compiled.cells + cell, return_inverse=True)
    passes = np.zeros(len(key), bool)
    passes[test] = value < 0
    of_test = (key // compiled.cells).astype(np.int64)
    # truth − Σ passing ≤ 0, or truth + Σ failing ≤ 1: both are truth + Σ value · slot ≤ bound
    row = programme.add_rows(np.full(len(key), -np.inf), np.where(passes, 0, 1))
    programme.add(row, truth[of_test], np.ones(len(key)))
    programme.add(row[test], slot[at], value.astype(np.int64))
    # truth + Σ over tests of what fails ≥ 1, with fails = 1 − Σ passing or Σ failing
    number = np.arange(len(compiled.base))
    row = programme.add_rows(1 - compiled.base.astype(np.int64), np.full(len(number), np.inf))
    programme.add(row, truth, np.ones(len(number)))
    programme.add(row[feature], slot[at], value.astype(np.int64))


def _rows(
    programme: _Programme,
    compiled: Compiled,
    weights: Weights,
    kept: Bools,
    slot: Whole,
    truth: Whole,
    infinite: float,
) -> None:
    rows = compiled.rows
    live = kept & (weights.row != 0)
    number = np.flatnonzero(live)
    place = np.full(len(rows.lo), -1, np.int64)
    place[number] = np.arange(len(number))
    hard = weights.row[number] >= 1 << SHIFT
    price = np.where(hard, 0, weights.row[number])
    load_at, load_row, load = gather(compiled.loads, np.arange(compiled.slots))
    term_at, term_row, term = gather(compiled.terms, np.arange(len(compiled.base)))
    for limit, sign, each in (
        (rows.lo, -1, rows.each),
        (rows.hi, 1, rows.each),
        (rows.knee, 1, rows.beyond),
    ):
        used = (np.abs(limit[number]) < NO_BOUND) & (each[number] > 0)
        mine = number[used]
        if not len(mine):
            continue
        free = np.where(hard[used], weights.row_free[mine] / each[mine], infinite)
        excess = programme.add_columns(price[used] * each[mine], free)
        # sign · value − excess ≤ sign · limit
        row = programme.add_rows(np.full(len(mine), -np.inf), sign * limit[mine])
        programme.add(row, excess, np.full(len(mine), -1))
        here = np.full(len(rows.lo), -1, np.int64)
        here[mine] = row
        known = here[load_row] >= 0
        programme.add(
            here[load_row[known]], slot[load_at[known]], sign * load[known].astype(np.int64)
        )
        known = here[term_row] >= 0
        programme.add(
            here[term_row[known]], truth[term_at[known]], sign * term[known].astype(np.int64)
        )
