"""A bound of one part by column generation: sets of cases for sessions, priced by a linear programme.

Any prices of the rows give a valid bound: what the rows ask at these prices, and the cheapest set of
each session (`knapsack.py`). The programme over the sets known so far proposes the prices; they are
drawn towards those of the best bound so far, as its own swing widely at first.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

import highspy
import numpy as np

from solvers.highs import quiet_solver
from solvers.rows.arrays import Short, Whole
from solvers.rows.knapsack import (
    AGAIN,
    FAR,
    LENGTH,
    MOST,
    RISK,
    SLOPE,
    TURNOVER,
    VALUE,
    Reals,
    cheapest_sets,
)
from solvers.theatre.bound_rows import PartRows
from solvers.theatre.bound_sessions import BITS, Items
from solvers.theatre.bound_slack import Slack
from solvers.theatre.bound_start import worth_of_cases

DRAWN: Final = 0.5
"""How far prices are drawn to the best ones so far, at the first look."""
CLOSE: Final = 0.001
"""A gap between programme and bound, as a share, at which a part is done."""
_TINY: Final = 1e-6
_WIDE: Final = 0.1
"""The box round the prices of cases at first, as a share of their worth."""
_NARROW: Final = 0.01
_CHEAP: Final = 200.0
"""What a case is worth at least when that share is taken."""
_PRIMAL: Final = 4
"""HiGHS's number for the primal simplex: new columns leave the last answer feasible."""


class PartBound:
    """The bound of a part, better with each round until `done`."""

    def __init__(
        self, rows: PartRows, items: Items, again: Reals, slack: Slack | None, *, exact: bool
    ) -> None:
        self.rows = rows
        self.bound = 0.0  # no cost is below 0
        self.done = False
        self.width = _WIDE
        self._known: set[tuple[int, ...]] = set()
        self._lists()
        self._sets(items, again, slack, exact=exact)
        self._programme()
        self._begin()

    def _lists(self) -> None:
        """Sort what a set counts in the rows."""
        rows = self.rows
        self.low, self.high = np.array(rows.low), np.array(rows.high)
        self.cost, self.most = np.array(rows.cost), np.array(rows.most)
        self.entries = rows.entries.arrays()
        self.of_item = _sorted(rows.of_item.arrays())
        self.of_group = _sorted(rows.of_group.arrays())
        self.of_session = _sorted(rows.of_session.arrays())
        rows.forget()
        row, column, _ = self.entries
        endless = ~np.isfinite(self.most[column])
        self.floor = np.where(np.isfinite(self.low), 0.0, -np.inf)  # the lowest price of a row
        self.floor[self.low == self.high] = -np.inf
        self.floor[row[endless]] = -self.cost[column[endless]]

    def _sets(self, items: Items, again: Reals, slack: Slack | None, *, exact: bool) -> None:
        """Get ready to look for the cheapest sets."""
        rows = self.rows
        self.exact = exact
        self.again = again[rows.items]
        self.risk = slack.risk[rows.items] if slack else np.zeros(len(rows.items))
        self.short = slack.short[rows.sessions] if slack else np.zeros((len(rows.sessions), 1))
        self.slope = items.slope[rows.items]
        self.start = np.searchsorted(rows.session, np.arange(len(rows.sessions) + 1))
        self.masks = items.masks[rows.sessions]
        self.late = np.ascontiguousarray(items.late[rows.sessions])
        self.alone = items.alone[rows.groups]
        place = np.zeros(len(rows.groups), np.int64)
        place[rows.group] = np.round(np.log2(rows.known[:, 0])).astype(np.int64)
        self.place = place
        turnovers = [
            np.unique(rows.known[first:last, TURNOVER]) for first, last in pairwise(self.start)
        ]
        self.spares = np.array(
            [
                (session, spare)
                for session, found in enumerate(turnovers)
                for spare in (found if exact else found[-1:])
            ],
            np.int64,
        )
        searches = len(self.spares)
        self.found = np.zeros(searches)
        self.told = np.zeros((searches, MOST), np.int64)
        self.count = np.zeros(searches, np.int64)
        units = int(rows.cap.max() + rows.known[:, TURNOVER].max()) + 1
        self.value = np.zeros((2 if slack else 1, 2, int(self.masks.max()), units))
        largest = int(np.diff(self.start).max())
        self.traces = (len(self.value), largest, *self.value.shape[1:])  # made when they are needed

    def _begin(self) -> None:
        """Begin near the prices of cases that time alone would give."""
        rows = self.rows
        left_out = np.full(len(rows.cells), FAR)
        left_out[rows.open] = self.cost[: len(rows.open)]
        prices = np.zeros(len(self.low))
        prices[: len(rows.cells)] = worth_of_cases(
            left_out,
            rows.cell,
            rows.session,
            rows.item_cost,
            rows.known[:, LENGTH].astype(float),
            rows.cap + [rows.known[a:b, TURNOVER].max() for a, b in pairwise(self.start)],
            rows.session_cost,
        )
        self.best, self._at_best = prices, self._bound(prices)
        self.scale = np.maximum(np.abs(prices[: len(rows.cells)]), _CHEAP)
        for each in self._better():
            self._add(each)

    def _programme(self) -> None:
        """Make the programme, without sets, with two columns a case for the box round its price."""
        cells, own = len(self.rows.cells), len(self.cost)
        made = highspy.HighsLp()
        columns = made.num_col_ = own + 2 * cells
        made.num_row_ = len(self.low)
        made.col_cost_ = np.concatenate((self.cost, np.zeros(2 * cells)))
        made.col_lower_ = np.zeros(columns)
        made.col_upper_ = np.concatenate((self.most, np.full(2 * cells, highspy.kHighsInf)))
        made.row_lower_, made.row_upper_ = self.low, self.high
        row = np.concatenate((self.entries[0], np.arange(cells), np.arange(cells)))
        column = np.concatenate((self.entries[1], np.arange(own, columns)))
        value = np.concatenate((self.entries[2], np.ones(cells), np.full(cells, -1.0)))
        order = np.lexsort((row, column))
        start = np.concatenate(([0], np.cumsum(np.bincount(column, minlength=columns))))
        made.a_matrix_.start_ = start.astype(np.int32)
        made.a_matrix_.index_ = row[order].astype(np.int32)
        made.a_matrix_.value_ = value[order]
        self.solver = quiet_solver()
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("simplex_strategy", _PRIMAL)
        self.solver.passModel(made)

    def seed(self, slots: Short) -> None:
        """Take the sets of a plan, given as the slot of each case."""
        rows = self.rows
        inside = np.flatnonzero(np.isin(rows.slot, slots))
        for session in np.unique(rows.session[inside]).tolist():
            self._add(inside[rows.session[inside] == session])

    def round(self) -> None:
        """Solve the programme, look for better sets at prices near its own, take the bound."""
        self._box()
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.done = True
            return
        total = float(self.solver.getInfo().objective_function_value)
        answer = self.solver.getSolution()
        cells, first = len(self.rows.cells), len(self.cost)
        box = np.array(answer.col_value)[first : first + 2 * cells]
        held = bool(box.max(initial=0.0) > _TINY)
        before = self._at_best
        own = self._allowed(np.array(answer.row_dual))
        news = self._look(DRAWN * self.best + (1 - DRAWN) * own) or self._look(own)
        near = total - self._at_best <= CLOSE * abs(total + self.rows.constant)
        if self._at_best > before + 0.3 * (total - before):
            self.width *= 1.5
        elif self._at_best == before:
            self.width = max(_NARROW, 0.9 * self.width)
        if held and (near or not news):
            self.best = own
            self.width *= 2.0
        self.bound = max(self.bound, self._at_best + self.rows.constant)
        self.done = not held and (near or not news)

    def _look(self, prices: Reals) -> bool:
        """Take the bound at some prices and the sets found; say whether there was anything new."""
        bound = self._bound(prices)
        added = sum([self._add(each) for each in self._better()])
        better = bound > self._at_best
        if better:
            self.best, self._at_best = prices, bound
        return better or added > 0

    def _box(self) -> None:
        """Keep the prices of cases near the best ones, by columns that cover a case at a price."""
        cells, first = len(self.rows.cells), len(self.cost)
        centre, reach = self.best[:cells], self.width * self.scale
        number = np.arange(first, first + 2 * cells, dtype=np.int32)
        cost = np.concatenate((centre + reach, reach - centre))
        self.solver.changeColsCost(len(number), number, cost)

    def _allowed(self, prices: Reals) -> Reals:
        """Keep prices to the signs and floors of the rows: any of these is valid."""
        prices = np.maximum(prices, self.floor)
        return np.where(np.isfinite(self.high), prices, np.maximum(prices, 0.0))

    def _bound(self, prices: Reals) -> float:
        """Give the bound at some prices, without the constant."""
        row, column, value = self.entries
        asked = np.where(prices > 0, self.low, self.high)
        fixed = float((prices * np.where(prices == 0, 0.0, asked)).sum())
        left = self.cost - np.bincount(column, value * prices[row], minlength=len(self.cost))
        free = np.isfinite(self.most)
        fixed += float(np.minimum(0.0, left[free] * self.most[free]).sum())
        self._search(prices)
        best = np.zeros(len(self.start) - 1)
        np.minimum.at(best, self.spares[:, 0], self.found)
        return fixed + float(best.sum())

    def _search(self, prices: Reals) -> None:
        """Find the cheapest sets at some prices."""
        rows = self.rows
        cells, sessions = len(rows.cells), len(rows.sessions)
        costs = np.zeros((len(rows.items), 4))
        costs[:, VALUE] = rows.item_cost - prices[rows.cell] - _sum(self.of_item, prices, costs)
        costs[:, AGAIN], costs[:, SLOPE], costs[:, RISK] = self.again, self.slope, self.risk
        lone = self._lone(rows.group_cost - _sum(self.of_group, prices, rows.group_cost))
        base = rows.session_cost - _sum(self.of_session, prices, rows.session_cost)
        base -= prices[cells : cells + sessions]
        cheapest_sets(
            rows.known,
            costs,
            self.start,
            lone,
            self.masks,
            rows.cap,
            self.late,
            self.short,
            self.spares,
            self.exact,
            self.value,
            np.zeros(self.traces, np.uint8),
            self.found,
            self.told,
            self.count,
        )
        self.found += np.where(self.found < FAR / 2, base[self.spares[:, 0]], 0.0)

    def _lone(self, charge: Reals) -> Reals:
        """Say what a surgeon's first case costs; of surgeons told together the least, gains in full."""
        rows = self.rows
        found = np.full((len(rows.sessions), BITS), np.inf)
        np.minimum.at(found, (rows.group_session, self.place), charge)
        found[np.isinf(found)] = 0.0
        gains = np.zeros_like(found)
        together = self.alone == 0
        where = rows.group_session[together], self.place[together]
        np.add.at(gains, where, np.minimum(0.0, charge[together]))
        return np.where(gains < 0, gains, found)

    def _better(self) -> Iterable[Whole]:
        """Give the sets found that are worth a column."""
        for k in np.flatnonzero(self.found < -_TINY).tolist():
            yield self.told[k, : self.count[k]].copy()

    def _add(self, items: Whole) -> bool:
        """Add a set as a column, unless it is one already."""
        key = tuple(sorted(items.tolist()))
        if key in self._known:
            return False
        self._known.add(key)
        rows = self.rows
        cells, session = len(rows.cells), int(rows.session[items[0]])
        groups = np.unique(rows.group[items])
        inside, amount = zip(
            (rows.cell[items], np.ones(len(items))),
            (np.array([cells + session]), np.ones(1)),
            _pick(self.of_item, items),
            _pick(self.of_group, groups),
            _pick(self.of_session, [session]),
            strict=True,
        )
        row, where = np.unique(np.concatenate(inside), return_inverse=True)
        value = np.bincount(where, np.concatenate(amount), minlength=len(row)).astype(float)
        self.solver.addCol(
            self._cost(key, groups, session),
            0.0,
            highspy.kHighsInf,
            len(row),
            row.astype(np.int32),
            value,
        )
        return True

    def _cost(self, items: tuple[int, ...], groups: Whole, session: int) -> float:
        """Give what a set costs, as the search sees it."""
        rows, best = self.rows, FAR
        fixed = float(rows.session_cost[session] + rows.group_cost[groups].sum())
        for spare in sorted({int(rows.known[item, TURNOVER]) for item in items}):
            cost, units, seen = fixed, 0, 0
            for item in items:
                bit, length, turnover = rows.known[item].tolist()
                cost += rows.item_cost[item] + self.slope[item] * (units + turnover - spare)
                cost += self.again[item] if seen & bit else 0.0
                seen, units = seen | bit, units + length
            if len(self.value) > 1:
                short = self.short[session, min(units, self.short.shape[1] - 1)]
                cost += max(0.0, float(short + self.risk[list(items)].sum()))
            if 0 <= units - spare < self.late.shape[1]:
                best = min(best, cost + float(self.late[session, units - spare]))
        return best


class _Sorted:
    """Entries by column: those of column i lie from start[i] to start[i + 1]."""

    def __init__(self, row: Whole, column: Whole, value: Reals) -> None:
        order = np.argsort(column, kind="stable")
        self.row, self.column, self.value = row[order], column[order], value[order]


def _sorted(found: tuple[Whole, Whole, Reals]) -> _Sorted:
    return _Sorted(*found)


def _sum(entries: _Sorted, prices: Reals, like: Any) -> Reals:
    """Give what each column counts at some prices."""
    weights = entries.value * prices[entries.row]
    return np.bincount(entries.column, weights, minlength=len(like)).astype(float)


def _pick(entries: _Sorted, columns: Sequence[int] | Whole) -> tuple[Whole, Reals]:
    """Give rows and values of some columns."""
    first = np.searchsorted(entries.column, columns)
    last = np.searchsorted(entries.column, columns, side="right")
    at = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])
    return entries.row[at], entries.value[at]
