"""A plan under search: the kernel's arrays with a plain face.

    compiled = compile(space, rules)                       # once a problem
    search = Search(compiled, weigh(compiled, waivers=…), codes, seed=1)
    search.cost                                            # Cost(hard, soft)
    search.change(cell, code); search.revert()             # what if?
    search.put(cells, slots)                               # many at once
    search.codes, search.best_codes                        # one code a cell

Annealing lies in `moves_roster.py` and `moves_theatre.py`, sub-models in `cpsat.py` and `lns.py`.
"""

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np

from planner.bulk import many_objects
from solvers.rows import kernel
from solvers.rows.arrays import (
    Compiled,
    Short,
    Whole,
    amounts,
    values,
)
from solvers.rows.layout import lay_out, on_lines, untabled
from solvers.rows.standing import Standing
from solvers.rows.state import (
    BEST,
    DIRTY,
    RECORD,
    TOTAL,
)
from solvers.rows.tables import tabulate
from solvers.rows.weights import SHIFT, Cost, Weights, halves, split

_READ = frozenset({"lists", "group", "terms", "tables"})  # what a twin shares, or copies by itself
_LIMIT = float(1 << (SHIFT - 1)) * 0.9
_HARD_LIMIT = float(1 << (62 - SHIFT)) * 0.9


class Search:
    """The state of a search; `cost` is kept through every change, exactly."""

    def __init__(
        self,
        compiled: Compiled,
        weights: Weights,
        codes: Sequence[int] | Whole,
        *,
        seed: int = 1,
        pinned: Iterable[int] = (),
        tables: bool = True,
    ) -> None:
        self.compiled = compiled
        self.weights = weights
        self._undo: list[tuple[int, int]] = []
        self._standing = Standing(compiled)
        movable = 1 - compiled.fixed
        movable[np.fromiter(pinned, np.int64)] = 0
        self._strict = len(weights.order.guard) > 1
        may = tables and not self._strict
        with many_objects():
            self._tabled = tabulate(compiled, weights) if may else untabled(compiled)
        self.state = lay_out(compiled, weights, compiled.slots_of(codes), movable, self._tabled)
        self.seed(seed)
        self.reset()

    def twin(self, seed: int) -> "Search":
        """Make another search from this one's plan, for another lane; cheaper than a new one."""
        made = copy(self)
        state = self.state
        own = {name: each.copy() for name, each in state._asdict().items() if name not in _READ}
        own["row"] = on_lines(state.row)
        made.state = state._replace(
            **own, tables=state.tables._replace(words=state.tables.words.copy())
        )
        made._undo = []  # noqa: SLF001  # of its own class
        made._standing = Standing(self.compiled)  # noqa: SLF001
        made.seed(seed)
        return made

    def seed(self, seed: int) -> None:
        """Begin the random numbers anew."""
        mixed = (seed + 1) * 0x9E3779B97F4A7C15 % (1 << 64)
        self.state.random[0] = np.uint64(mixed or 1)

    def reset(self) -> Cost:
        """Work out everything from the current codes, and begin the best plan anew.

        Raises:
            OverflowError: the costs do not fit the kernel's sum.
        """
        kernel.reset(self.state, self.compiled.base)
        self.state.tally[TOTAL] += self._tabled_cost()
        self._check()
        self.keep()
        return self.cost

    def _tabled_cost(self) -> int:
        """The cost of what tables hold, from the blocks' own arrays."""
        compiled, weights = self.compiled, self.weights
        value, failing = values(compiled, self.state.current)
        left = np.maximum(amounts(compiled, value) - weights.row_free, 0)
        total = (weights.row * left)[self._tabled.rows].sum()
        nevers = compiled.nevers
        cost = weights.never * np.maximum(nevers.amount - weights.never_free, 0)
        true = failing[nevers.feature] == 0
        return int(total + cost[self._tabled.nevers & true].sum())

    def keep(self) -> None:
        """Take the current plan as the best one."""
        self.state.best[:] = self.state.current
        self.state.dirty[:] = 0
        self.state.tally[DIRTY] = 0
        self.state.tally[BEST] = self.state.tally[TOTAL]

    def back_to_best(self) -> None:
        """Return to the best plan."""
        self.become(self.state.best)
        self.keep()

    @property
    def cost(self) -> Cost:
        """The cost of the current plan."""
        return split(int(self.state.tally[TOTAL]))

    @property
    def best_cost(self) -> Cost:
        """The cost of the best plan."""
        return split(int(self.state.tally[BEST]))

    @property
    def codes(self) -> Whole:
        """The current plan, a code a cell; −1 where a cell is void."""
        return self.compiled.codes_of(self.state.current)

    @property
    def best_codes(self) -> Whole:
        """The best plan since `reset` or `keep`: least hard cost, then least soft cost."""
        return self.compiled.codes_of(self.state.best)

    def values(self) -> tuple[Whole, Short]:
        """Give the value of every row and the failing tests of every feature; void cells count too."""
        return self._standing.at(self.state.current)

    def guards(self) -> tuple[int, ...]:
        """Give the cost of each guard tier, in order of rank; slow, for several of them."""
        compiled, weights = self.compiled, self.weights
        ranks = weights.order.ranks(compiled)
        tiers = len(weights.order.guard)
        value, failing = values(compiled, self.state.current)
        left = np.maximum(amounts(compiled, value) - weights.row_free, 0)
        nevers = compiled.nevers
        lost = np.maximum(nevers.amount - weights.never_free, 0)
        lost[failing[nevers.feature] != 0] = 0
        found = np.zeros(tiers, np.int64)
        for rule, cost in (
            (compiled.rows.rule, (weights.row >> SHIFT) * left),
            (nevers.rule, (weights.never >> SHIFT) * lost),
        ):
            rank = ranks[rule]
            np.add.at(found, rank[rank >= 0], cost[rank >= 0])
        if weights.price_of_rank.size:
            found += weights.price_of_rank[self.state.current].sum(axis=0)
        else:
            found += halves(weights.price[self.state.current])[0].sum()
        return tuple(found.tolist())

    def change(self, cell: int, code: int) -> Cost:
        """Set a cell to a code, whatever it costs; give the change of cost."""
        old = int(self.state.current[cell])
        change = self._put_one(cell, self.compiled.slot(cell, code))
        self._undo.append((cell, old))
        return split(change)

    def revert(self) -> None:
        """Undo the last `change`."""
        self._put_one(*self._undo.pop())

    def put(self, cells: Short, slots: Short) -> Cost:
        """Set cells to slots, whatever it costs; give the change of cost. Not for `revert`."""
        self._undo.clear()
        return split(int(kernel.put(self.state, _short(cells), _short(slots))))

    def become(self, slots: Short) -> None:
        """Set every cell to its slot of another plan, those alone that differ. Not for `revert`."""
        cells = np.flatnonzero(self.state.current != slots).astype(np.int32)
        self.put(cells, slots[cells])

    def void(self, cells: Short) -> Cost:
        """Take cells out of all rows; give the change of cost."""
        return self.put(cells, self.compiled.slot_start[_short(cells)])

    def insert(self, cells: Short) -> Cost:
        """Give each cell in order the open code that costs least at that moment."""
        self._undo.clear()
        kernel.insert(self.state, _short(cells))
        return self.cost

    def _put_one(self, cell: int, slot: int) -> int:
        return int(kernel.put(self.state, np.array([cell], np.int32), np.array([slot], np.int32)))

    def _check(self) -> None:
        """Compare the kernel's sum with floating sums, which do not overflow."""
        state, weights = self.state, self.weights
        record = state.row.reshape(-1, RECORD).astype(float)
        missed = np.maximum(record[:, 1] - record[:, 0], record[:, 0] - record[:, 2]).clip(0)
        past = (record[:, 0] - record[:, 3]).clip(0)
        costs = (record[:, 4] * missed + record[:, 5] * past - record[:, 6]).clip(0)
        hard = costs >= 2.0**SHIFT
        price = weights.price[state.current]
        soft = costs[~hard].sum() + price[price < 1 << SHIFT].astype(float).sum()
        if soft > _LIMIT or costs[hard].sum() / 2.0**SHIFT > _HARD_LIMIT:
            raise OverflowError("weights are too large for the search: lower them")


def _short(values: Short) -> Short:
    return np.ascontiguousarray(values, np.int32)
