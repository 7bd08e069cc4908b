"""A lower bound on the soft cost of any plan that keeps the hard rules, from the rows alone.

Exact and relaxation rows of all soft rules, with hard ones as constraints, are solved as a linear
or mixed-integer program by HiGHS. Guides have no place in it. What is left out (conjunctions that
are not worth a column, clock terms) can only lower it, so it stays valid.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

import highspy
import numpy as np

from solvers.highs import quiet_solver
from solvers.rows.arrays import NO_BOUND, Compiled, Whole, gather
from solvers.rows.weights import SHIFT, Weights, halves

_ROUNDING: Final = 1e-6
_PIECE: Final = 500
"""Simplex iterations before the first look at a stop sign, twice as many each time: a new start from
the same basis loses what the method has learnt."""


class Bound(NamedTuple):
    """A proven lower bound, in whole units of the score; `proven` if it is the optimum itself."""

    value: int
    proven: bool


class Model:
    """Columns and rows, gathered as flat lists."""

    def __init__(self) -> None:
        self.cost: list[Whole] = []
        self.upper: list[Whole] = []
        self.whole: list[Whole] = []
        self.columns = 0
        self.rows = 0
        self.low: list[Whole] = []
        self.high: list[Whole] = []
        self.entry: list[tuple[Whole, Whole, Whole]] = []

    def add_columns(self, cost: Any, upper: Any, *, whole: bool) -> Whole:
        cost, upper = np.broadcast_arrays(np.asarray(cost, float), np.asarray(upper, float))
        first = self.columns
        self.columns += len(cost)
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(np.full(len(cost), int(whole)))
        return np.arange(first, self.columns)

    def add_rows(self, low: Any, high: Any) -> Whole:
        low, high = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
        first = self.rows
        self.rows += len(low)
        self.low.append(low)
        self.high.append(high)
        return np.arange(first, self.rows)

    def add(self, row: Any, column: Any, value: Any) -> None:
        row, column, value = np.broadcast_arrays(row, column, np.asarray(value, float))
        self.entry.append((row, column, value))

    def apart(self, least: int) -> list["Model"]:
        """Give the parts that have no row in common, those of so many columns or more."""
        row, column, value = (np.concatenate([each[i] for each in self.entry]) for i in range(3))
        cost, upper, whole = (np.concatenate(each) for each in (self.cost, self.upper, self.whole))
        low, high = np.concatenate(self.low), np.concatenate(self.high)
        label = np.arange(self.columns)
        while True:
            of_row = np.full(self.rows, self.columns)
            np.minimum.at(of_row, row, label[column])
            next_ = label.copy()
            np.minimum.at(next_, column, of_row[row])
            if (next_ == label).all():
                break
            label = next_
        numbers, counts = np.unique(label, return_counts=True)
        found = []
        for number in numbers[counts >= least]:
            mine = np.flatnonzero(label == number)
            rows = np.flatnonzero(of_row == number)
            kept = label[column] == number
            part = Model()
            part.add_columns(cost[mine], upper[mine], whole=True)
            part.whole = [whole[mine]]
            part.add_rows(low[rows], high[rows])
            part.add(
                np.searchsorted(rows, row[kept]), np.searchsorted(mine, column[kept]), value[kept]
            )
            found.append(part)
        return found


def missing(compiled: Compiled, broken: Iterable[str] = ()) -> tuple[str, ...]:
    """Name the rule types that relaxations take as kept and that are absent, or broken in the plan.

    While there are any, a bound from these rows would be false.
    """
    kept = {rule.type for rule in compiled.rules} - set(broken)
    given = {name for names in (*compiled.rows.given, *compiled.nevers.given) for name in names}
    return tuple(sorted(given - kept))


def whole_units(value: float) -> int:
    """Give the whole units that are at least a bound, which is right but for rounding."""
    return int(np.ceil(value - _ROUNDING * max(1.0, abs(value))))


def lower_bound(
    compiled: Compiled,
    weights: Weights,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    whole: bool = False,
    should_stop: Callable[[], bool] | None = None,
) -> Bound | None:
    """Give a lower bound of the soft cost, None where none was found within the limits.

    `weights` are those of exact and relaxation rows (`kinds=JUDGED`). `whole` asks for the
    mixed-integer program, whose bound is better and takes longer. `should_stop` is asked between
    pieces of the linear program.
    """
    solver = solver_of(model_of(compiled, weights), seconds, iterations, whole=whole)
    if should_stop is None or whole:
        solver.run()
    else:
        solver = _in_pieces(solver, should_stop)
    status = solver.getModelStatus()
    info = solver.getInfo()
    done = status == highspy.HighsModelStatus.kOptimal
    if whole:
        value = float(info.mip_dual_bound)
        if not np.isfinite(value):
            return None
        proven = done and info.mip_gap <= _ROUNDING
    elif done:
        value, proven = float(info.objective_function_value), False
    else:
        return None
    return Bound(whole_units(value), proven)


def model_of(compiled: Compiled, weights: Weights) -> Model:
    """Give columns and rows of all cells, conjunctions and rows that cost or close something."""
    model = Model()
    literal = _cells(compiled, weights, model)
    truth = _features(compiled, weights, model, literal)
    _rows(compiled, weights, model, literal, truth)
    return model


def _in_pieces(solver: Any, should_stop: Callable[[], bool]) -> Any:
    """Run a linear program that can be stopped; give the solver that has the answer.

    It is presolved once and the smaller one is run, as a piece starts where the last one ended only
    without presolve. Its objective is that of the first.
    """
    solver.presolve()
    if solver.getModelPresolveStatus() == highspy.HighsPresolveStatus.kReduced:
        reduced, solver = solver.getPresolvedLp(), quiet_solver()
        solver.setOptionValue("threads", 1)
        solver.passModel(reduced)
    solver.setOptionValue("presolve", "off")
    piece = _PIECE
    while not should_stop():
        solver.setOptionValue("simplex_iteration_limit", piece)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kIterationLimit:
            break
        piece *= 2
    return solver


def solver_of(
    model: Model,
    seconds: float | None = None,
    iterations: int | None = None,
    *,
    whole: bool = False,
) -> Any:
    """Give HiGHS with a model, and some limits, to run."""
    row, column, value = (np.concatenate([entry[i] for entry in model.entry]) for i in range(3))
    order = np.lexsort((row, column))
    row, column, value = row[order], column[order], value[order]
    start = np.concatenate(([0], np.cumsum(np.bincount(column, minlength=model.columns))))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = model.columns, model.rows
    lp.col_cost_ = np.concatenate(model.cost)
    lp.col_lower_ = np.zeros(model.columns)
    lp.col_upper_ = np.concatenate(model.upper)
    lp.row_lower_ = np.concatenate(model.low)
    lp.row_upper_ = np.concatenate(model.high)
    lp.a_matrix_.start_ = start.astype(np.int32)
    lp.a_matrix_.index_ = row.astype(np.int32)
    lp.a_matrix_.value_ = value
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[each] for each in np.concatenate(model.whole)]
    solver = quiet_solver()
    solver.setOptionValue("threads", 1)
    if seconds is not None:
        solver.setOptionValue("time_limit", float(seconds))
    if iterations is not None:
        solver.setOptionValue("simplex_iteration_limit", int(iterations))
        solver.setOptionValue("mip_max_nodes", int(iterations))
    solver.passModel(lp)
    return solver


def _cells(compiled: Compiled, weights: Weights, model: Model) -> Whole:
    """A column for each open slot, one of them taken in every cell; gives slot → column or −1."""
    taken = np.ones(compiled.slots, bool)
    taken[compiled.slot_start[:-1]] = False
    fixed = compiled.fixed[compiled.slot_cell] != 0
    taken &= (weights.closed == 0) | fixed
    _, soft = halves(weights.price)
    slots = np.flatnonzero(taken)
    literal = np.full(compiled.slots, -1, np.int64)
    literal[slots] = model.add_columns(soft[slots], 1.0, whole=True)
    cells = np.unique(compiled.slot_cell[slots])
    row_of = np.full(compiled.cells, -1, np.int64)
    row_of[cells] = model.add_rows(np.ones(len(cells)), 1.0)
    model.add(row_of[compiled.slot_cell[slots]], literal[slots], 1.0)
    return literal


def _features(compiled: Compiled, weights: Weights, model: Model, literal: Whole) -> Whole:
    """A column for each conjunction that counts; gives feature → column or −1."""
    nevers = compiled.nevers
    cost = weights.never * np.maximum(nevers.amount - weights.never_free, 0)
    hard, soft = halves(cost)
    features = len(compiled.base)
    wanted = np.zeros(features, bool)
    alive = weights.row != 0
    source = np.repeat(np.arange(features), np.diff(compiled.terms.start))
    wanted[source[alive[compiled.terms.target]]] = True
    wanted[nevers.feature[cost != 0]] = True
    price, highest = np.zeros(features), np.ones(features)
    np.add.at(price, nevers.feature, soft)
    highest[nevers.feature[hard > 0]] = 0.0  # forbidden
    numbers = np.flatnonzero(wanted)
    truth = np.full(features, -1, np.int64)
    truth[numbers] = model.add_columns(price[numbers], highest[numbers], whole=True)
    _link(compiled, model, literal, truth)
    return truth


def _link(compiled: Compiled, model: Model, literal: Whole, truth: Whole) -> None:
    """A truth is at least 1 − the tests that fail, and at most each test by itself."""
    slots = np.arange(compiled.slots)
    at, feature, value = gather(compiled.tests, slots)
    kept = truth[feature] >= 0
    slot, feature, value = slots[at][kept], feature[kept].astype(np.int64), value[kept]
    numbers = np.flatnonzero(truth >= 0)
    # failing = base + Σ value · x; at least one fails, or y = 1
    base = compiled.base[numbers].astype(float)
    row_of = np.full(len(truth), -1, np.int64)
    row_of[numbers] = model.add_rows(1.0 - base, np.inf)
    open_ = literal[slot] >= 0
    model.add(row_of[feature[open_]], literal[slot[open_]], value[open_])
    model.add(row_of[numbers], truth[numbers], 1.0)
    key = feature * compiled.cells + compiled.slot_cell[slot]
    pairs, where = np.unique(key, return_inverse=True)
    passes = np.zeros(len(pairs), bool)
    passes[where] = value < 0
    # a test by its passing codes: y − Σ x ≤ 0; by its failing ones: y + Σ x ≤ 1
    rows = model.add_rows(np.full(len(pairs), -np.inf), np.where(passes, 0.0, 1.0))
    model.add(rows, truth[pairs // compiled.cells], 1.0)
    model.add(rows[where[open_]], literal[slot[open_]], value[open_].astype(float))


def _rows(compiled: Compiled, weights: Weights, model: Model, literal: Whole, truth: Whole) -> None:
    rows = compiled.rows
    hard = (weights.row >> SHIFT) > 0
    used = np.flatnonzero(weights.row != 0)
    _, unit = halves(weights.row)
    for limit, sign, price in (
        (rows.lo, -1.0, rows.each),
        (rows.hi, 1.0, rows.each),
        (rows.knee, 1.0, rows.beyond),
    ):
        bounded = used[(np.abs(limit[used]) < NO_BOUND) & (price[used] > 0)]
        if not len(bounded):
            continue
        low = np.where(sign < 0, limit[bounded].astype(float), -np.inf)
        high = np.where(sign > 0, limit[bounded].astype(float), np.inf)
        # a waived row may pass its bound by as much as is forgiven
        free = weights.row_free[bounded] / np.maximum(price[bounded], 1)
        strict = hard[bounded]
        low, high = low - np.where(strict, free, 0.0), high + np.where(strict, free, 0.0)
        number = np.full(len(rows.lo), -1, np.int64)
        number[bounded] = model.add_rows(low, high)
        _terms(compiled, model, literal, truth, number)
        soft = bounded[~strict]
        excess = model.add_columns((unit * price)[soft], np.inf, whole=False)
        model.add(number[soft], excess, -sign)


def _terms(compiled: Compiled, model: Model, literal: Whole, truth: Whole, number: Whole) -> None:
    slots = np.arange(compiled.slots)
    at, row, value = gather(compiled.loads, slots)
    slot = slots[at]
    kept = (number[row] >= 0) & (literal[slot] >= 0)
    model.add(number[row[kept]], literal[slot[kept]], value[kept])
    features = np.arange(len(compiled.base))
    at, row, value = gather(compiled.terms, features)
    feature = features[at]
    kept = number[row] >= 0
    model.add(number[row[kept]], truth[feature[kept]], value[kept])
