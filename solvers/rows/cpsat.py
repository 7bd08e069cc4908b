"""A CP-SAT model of some free cells: the same rows, everything else folded to constants.

The constants stay in the objective, so it is the cost of the whole plan. Hard rows may not get
worse than they are, so a plan that breaks some is a solution to start from. All variables are
hinted with the plan at hand.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from solvers.rows.arrays import Bools, Compiled, Short, Whole, amounts, gather
from solvers.rows.search import Search
from solvers.rows.weights import SHIFT, Weights, halves

Variable: TypeAlias = cp_model.IntVar
_FAR = 1 << 39


_Test: TypeAlias = tuple[list[int], bool, int]
"""Booleans of one cell, whether one of them must be true, whether the test fails now."""


class SubModel:
    """The model of some free cells of a search; call `minimise`, then solve `model`.

    `literal` maps each open slot of a free cell to its Boolean. Callers may add constraints, and
    costs by `cost`, before `minimise`. `legal` is the price of a hard unit in the objective.
    `weights` may leave kinds out (guides) that the search has. `present` is what the plan at hand
    costs under them.
    """

    def __init__(
        self,
        search: Search,
        free: Sequence[int] | Short,
        *,
        legal: int,
        weights: Weights | None = None,
        guarded: bool = True,
    ) -> None:
        self.compiled: Compiled = search.compiled
        self.weights = search.weights if weights is None else weights
        self.legal = legal
        self.guarded = guarded
        self.model = cp_model.CpModel()
        self.cells: Short = np.asarray(free, np.int32)
        self.literal: dict[int, Variable] = {}
        self._now = search.state.current
        self._vars: list[Variable] = []
        self._by_index: dict[int, Variable] = {}
        self._hints: list[int] = []
        self._costs: list[tuple[Variable, int]] = []
        self._constant = self._whole_cost(search)
        self._make_literals()
        self._terms: list[tuple[Whole, Whole, Whole]] = []  # row, variable, coefficient
        self._fold: dict[int, int] = {}  # row → what conjunctions add for certain
        self._value = self._present.copy()
        self._make_loads()
        self._make_features()
        self._make_rows()

    # --- what callers use --------------------------------------------------------------------

    def cost(self, variable: Variable, price: int) -> None:
        """Add to the objective."""
        if price:
            self._costs.append((variable, price))

    def boolean(self, name: str, *, hint: bool) -> Variable:
        """Make a hinted Boolean."""
        return self._keep(self.model.new_bool_var(name), int(hint))

    def whole(self, low: int, high: int, name: str, hint: int) -> Variable:
        """Make a hinted integer."""
        return self._keep(self.model.new_int_var(low, high, name), min(max(hint, low), high))

    def minimise(self) -> None:
        """Set the objective and all hints."""
        for variable, hint in zip(self._vars, self._hints, strict=True):
            self.model.add_hint(variable, hint)
        variables = [variable for variable, _ in self._costs]
        prices = [price for _, price in self._costs]
        self.model.minimize(
            cp_model.LinearExpr.weighted_sum(variables, prices) + int(self._constant)
        )

    def chosen(self, solver: cp_model.CpSolver) -> Short:
        """Give the slots of the free cells, in the order of `cells`."""
        answer = solver.response_proto.solution
        taken = [slot for slot, variable in self.literal.items() if answer[variable.index]]
        of_cell = {int(self.compiled.slot_cell[slot]): slot for slot in taken}
        return np.array([of_cell[int(cell)] for cell in self.cells], np.int32)

    # --- building ----------------------------------------------------------------------------

    def _keep(self, variable: Variable, hint: int) -> Variable:
        self._vars.append(variable)
        self._by_index[variable.index] = variable
        self._hints.append(hint)
        return variable

    def _energy(self, sums: Whole) -> Whole:
        hard, soft = halves(sums)
        return soft + self.legal * hard

    def _whole_cost(self, search: Search) -> int:
        """The cost of the present plan under our weights, to which changes are added."""
        weights, compiled = self.weights, self.compiled
        self._present, self._failing = search.values()
        self._amounts = amounts(compiled, self._present)
        cost = weights.row * np.maximum(self._amounts - weights.row_free, 0)
        nevers = compiled.nevers
        true = self._failing[nevers.feature] == 0
        never = weights.never * np.maximum(nevers.amount - weights.never_free, 0)
        self._row_cost = self._energy(cost)
        self._never_cost = self._energy(never)
        total = self._row_cost.sum() + self._never_cost[true].sum()
        total += self._energy(weights.price[self._now]).sum()
        self.present = int(total)
        return int(total - self._energy(weights.price[self._now[self.cells]]).sum())

    def _make_literals(self) -> None:
        compiled = self.compiled
        self._index = np.full(compiled.slots, -1, np.int64)
        for cell in self.cells.tolist():
            now = int(self._now[cell])
            first, last = compiled.slot_start[cell : cell + 2].tolist()
            open_ = self.weights.closed[first:last] == 0
            price = self._energy(self.weights.price[first:last]).tolist()
            found = []
            for slot in range(first, last):
                if slot == now or open_[slot - first]:
                    if slot == first:
                        continue  # void: only while the cell is out
                    variable = self.boolean("", hint=slot == now)
                    self._index[slot] = variable.index
                    self.literal[slot] = variable
                    self.cost(variable, price[slot - first])
                    found.append(variable)
            self.model.add_exactly_one(found)
        self._slots = np.fromiter(self.literal, np.int64, len(self.literal))

    def _make_loads(self) -> None:
        slots, compiled = self._slots, self.compiled
        at, row, amount = gather(compiled.loads, slots)
        self._terms.append((row.astype(np.int64), self._index[slots[at]], amount.astype(np.int64)))
        _, row, amount = gather(compiled.loads, self._now[self.cells])
        np.subtract.at(self._value, row, amount)

    def _make_features(self) -> None:
        """Conjunctions that free cells touch: constants, sums, or Booleans of their own."""
        compiled = self.compiled
        every = np.concatenate(
            [np.arange(*compiled.slot_start[cell : cell + 2]) for cell in self.cells.tolist()]
            or [np.zeros(0, np.int64)]
        )
        at, feature, value = gather(compiled.tests, every)
        counts, of_never = self._counted(feature)
        slot = every[at]
        # of closed slots only those say something that are taken, or would let a test pass
        counts &= (
            (self._index[slot] >= 0) | (value < 0) | (self._now[compiled.slot_cell[slot]] == slot)
        )
        slot, feature, value = slot[counts], feature[counts], value[counts]
        order = np.lexsort((slot, feature))
        slot, feature, value = slot[order], feature[order], value[order]
        cell = compiled.slot_cell[slot]
        entries = list(
            zip(
                cell.tolist(),
                (value < 0).tolist(),
                (self._now[cell] == slot).tolist(),
                self._index[slot].tolist(),
                strict=True,
            )
        )
        for begin, end in _runs(feature):
            number = int(feature[begin])
            tests = _tests(entries[begin:end])
            failing = int(self._failing[number])
            # failing now, less the tests of free cells: what fails for certain
            certain = failing - sum(fails for _, _, fails in tests)
            if certain == 0:
                self._feature(number, tests, failing == 0, of_never.get(number, []))

    def _counted(self, feature: Short) -> tuple[Bools, dict[int, list[int]]]:
        """Mark those that a weighted row or conjunction is about; give these conjunctions."""
        compiled, weights = self.compiled, self.weights
        found = np.unique(feature)
        self._matters = np.zeros(len(compiled.base), bool)
        at, row, _ = gather(compiled.terms, found)
        self._matters[found[at[weights.row[row] != 0]]] = True
        inside = np.zeros(len(compiled.base), bool)
        inside[found] = True
        of_never: dict[int, list[int]] = {}
        live = np.flatnonzero((weights.never != 0) & inside[compiled.nevers.feature])
        for never, number in zip(
            live.tolist(), compiled.nevers.feature[live].tolist(), strict=True
        ):
            of_never.setdefault(number, []).append(never)
        counts = self._matters.copy()
        counts[compiled.nevers.feature[live]] = True
        return counts[feature], of_never

    def _feature(
        self,
        number: int,
        tests: list[_Test],
        now: bool,
        nevers: list[int],
    ) -> None:
        compiled = self.compiled
        rows = slice(compiled.terms.start[number], compiled.terms.start[number + 1])
        row, times = compiled.terms.target[rows], compiled.terms.value[rows]
        if now:
            self._value[row] -= times  # a row is in it once
            self._constant -= sum(int(self._never_cost[never]) for never in nevers)
        impossible = any(passes and not open_ for open_, passes, _ in tests)
        tests = [test for test in tests if test[0]]
        if impossible:
            return
        if not nevers and len(tests) == 1:
            open_, passes, _ = tests[0]
            sign = 1 if passes else -1
            if not passes:
                self._value[row] += times
            for index in open_:
                self._add(row, index, times * sign)
            return
        if not len(row) and not now and all(self._forbidden(n) for n in nevers):
            self._forbid(tests)
            return
        truth = self._truth(tests, now, both=bool(len(row)))
        self._add(row, truth.index, times)
        for never in nevers:
            self.cost(truth, int(self._never_cost[never]))
            if self._forbidden(never) and not now:
                self.model.add(truth == 0)

    def _truth(self, tests: list[_Test], now: bool, *, both: bool) -> Variable:
        """Give a Boolean of its own for a conjunction."""
        truth = self.boolean("", hint=now)
        self._define(truth, tests, both=both)
        return truth

    def _forbidden(self, never: int) -> bool:
        hard = int(self.weights.never[never]) >> SHIFT > 0
        return self.guarded and hard and int(self._never_cost[never]) > 0

    def _add(self, row: Short, index: int, times: Short | Whole) -> None:
        size = len(row)
        self._terms.append((row.astype(np.int64), np.full(size, index), times.astype(np.int64)))

    def _variable(self, index: int) -> Variable:
        return self._by_index[index]

    def _forbid(self, tests: list[_Test]) -> None:
        """One test has to fail."""
        expression: list[Variable] = []
        signs: list[int] = []
        passing = 0
        for open_, passes, _ in tests:
            passing += 1 if passes else 0
            expression.extend(self._variable(i) for i in open_)
            signs.extend([-1 if passes else 1] * len(open_))
        fails = cp_model.LinearExpr.weighted_sum(expression, signs)
        self.model.add(fails + passing >= 1)

    def _define(self, truth: Variable, tests: list[_Test], *, both: bool) -> None:
        """`truth` is 1 when no test fails; with `both`, only then."""
        everything: list[Variable] = [truth]
        signs = [1]
        passing = 0
        for open_, passes, _ in tests:
            variables = [self._variable(i) for i in open_]
            taken = cp_model.LinearExpr.sum(variables)
            if both:
                self.model.add(taken >= truth if passes else taken + truth <= 1)
            passing += 1 if passes else 0
            everything.extend(variables)
            signs.extend([-1 if passes else 1] * len(open_))
        self.model.add(cp_model.LinearExpr.weighted_sum(everything, signs) + passing >= 1)

    def _make_rows(self) -> None:
        row = np.concatenate([each[0] for each in self._terms])
        index = np.concatenate([each[1] for each in self._terms])
        times = np.concatenate([each[2] for each in self._terms])
        order = np.lexsort((index, row))
        row, index, times = row[order], index[order], times[order]
        for begin, end in _runs(row):
            number = int(row[begin])
            if self.weights.row[number]:
                self._constant -= int(self._row_cost[number])
                self._row(number, index[begin:end].tolist(), times[begin:end].tolist())

    def _row(self, number: int, index: list[int], times: list[int], count: int = 1) -> None:
        """Weigh a row, or so many that are alike."""
        rows = self.compiled.rows
        constant = int(self._value[number])
        lo, hi, knee = int(rows.lo[number]), int(rows.hi[number]), int(rows.knee[number])
        each, beyond = int(rows.each[number]), int(rows.beyond[number])
        low = constant + sum(t for t in times if t < 0)
        high = constant + sum(t for t in times if t > 0)
        weight = int(self.weights.row[number])
        free = int(self.weights.row_free[number])
        unit = count * int(self._energy(np.array([weight]))[0])
        now = int(self._present[number])
        amount = int(self._amounts[number])
        value = cp_model.LinearExpr.weighted_sum([self._variable(i) for i in index], times)
        guard = self.guarded and weight >= 1 << SHIFT
        cap = max(free, amount) if guard else None
        if cap == 0 and each and (not beyond or knee >= hi):
            if low < lo or high > hi:
                self.model.add_linear_constraint(value + constant, max(lo, low), min(hi, high))
            return
        pieces: list[tuple[Variable, int]] = []
        highest = 0
        for limit, sign, price in ((lo, -1, each), (hi, 1, each), (knee, 1, beyond)):
            most = high - limit if sign > 0 else limit - low
            if price and most > 0 and abs(limit) < _FAR:
                past = self.whole(0, most, "", max(0, sign * (now - limit)))
                self.model.add(past >= value * sign + sign * (constant - limit))
                pieces.append((past, price))
                highest += most * price
        if not pieces:
            return
        total = cp_model.LinearExpr.weighted_sum([p for p, _ in pieces], [c for _, c in pieces])
        if cap is not None:
            self.model.add(total <= cap)
        if free:
            left = self.whole(0, max(0, highest - free), "", max(0, amount - free))
            self.model.add(left >= total - free)
            self.cost(left, unit)
        else:
            for past, price in pieces:
                self.cost(past, price * unit)


def _tests(entries: list[tuple[int, bool, bool, int]]) -> list[_Test]:
    """Read the tests of a feature from its (cell, code passes, taken now, Boolean or −1)."""
    tests: list[_Test] = []
    last = -1
    for cell, passes, taken, index in entries:
        if cell != last:
            last = cell
            open_: list[int] = []
            tests.append((open_, passes, int(passes)))
        if index >= 0:
            open_.append(index)
        if taken:
            tests[-1] = (open_, passes, int(not passes))
    return tests


def _runs(keys: Whole | Short) -> list[tuple[int, int]]:
    """Give (begin, end) of each run of equal keys."""
    first = np.flatnonzero(np.diff(keys, prepend=-1)).tolist()
    return list(zip(first, [*first[1:], len(keys)][: len(first)], strict=True))
