"""The master problem of whole rosters as columns: one roster a person, shared rows with slack.

Duals are rounded to whole thousandths, so that the pricing and the bound from it are exact.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import highspy
import numpy as np

from solvers.highs import quiet_solver
from solvers.rows.arrays import Whole

SCALE: Final = 4096
"""Parts of a unit of cost that duals are rounded to."""
_INF: Final = highspy.kHighsInf
_PIECE: Final = 2_000
"""Simplex iterations between two looks at a stop sign: a few tenths of a second at most."""
_DUAL: Final = 1
_PRIMAL: Final = 4


class SharedRow(NamedTuple):
    """A row of the master: bounds, and what a unit below and above costs."""

    lo: float
    hi: float
    under: float
    over: float


class Column(NamedTuple):
    """A roster of one person: its own cost, its letters, and what it adds to shared rows."""

    person: int
    cost: int
    letters: bytes
    rows: tuple[int, ...]
    amounts: tuple[int, ...]


class Answer(NamedTuple):
    """The linear program solved: its value, the duals of shared rows and of people, the shares."""

    value: float
    duals: Whole  # in parts of a unit
    people: Whole
    shares: Any


class Master:
    """The restricted master problem; columns come in, people are fixed to one of theirs.

    Rows from `own` on are each about one person alone.
    """

    def __init__(self, rows: Sequence[SharedRow], people: int, own: int) -> None:
        self.rows = rows
        self._own = own
        self.people = people
        self.columns: list[Column] = []
        self.of_person: list[list[int]] = [[] for _ in range(people)]
        self._known: set[tuple[int, bytes]] = set()
        self._solver = quiet_solver()
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_iteration_limit", _PIECE)
        for row in rows:
            self._solver.addRow(row.lo, row.hi, 0, [], [])
        for _ in range(people):
            self._solver.addRow(1.0, 1.0, 0, [], [])
        slack = 0
        for number, row in enumerate(rows):
            for price, sign, bound in ((row.under, 1.0, row.lo), (row.over, -1.0, row.hi)):
                if abs(bound) < _INF:
                    self._solver.addCol(price, 0.0, _INF, 1, [number], [sign])
                    slack += 1
        self._slack = slack
        self._under = np.array([row.under for row in rows])
        self._over = np.array([row.over for row in rows])
        self._lo = np.array([row.lo for row in rows])
        self._hi = np.array([row.hi for row in rows])

    def add(self, columns: Iterable[Column]) -> int:
        """Add columns that are not known yet; give their number."""
        new = []
        for column in columns:
            key = (column.person, column.letters)
            if key not in self._known:
                self._known.add(key)
                self.of_person[column.person].append(len(self.columns))
                self.columns.append(column)
                new.append(column)
        if new:  # the basis is still feasible for the columns there were
            self._solver.setOptionValue("simplex_strategy", _PRIMAL)
        for column in new:
            rows = [*column.rows, len(self.rows) + column.person]
            values = [*map(float, column.amounts), 1.0]
            self._solver.addCol(float(column.cost), 0.0, _INF, len(rows), rows, values)
        return len(new)

    def solve(self, over: Callable[[], bool] | None = None) -> Answer | None:
        """Solve the linear program over the columns there are; None when stopped in between."""
        self._solver.run()
        while self._solver.getModelStatus() == highspy.HighsModelStatus.kIterationLimit:
            if over is not None and over():
                return None
            self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        dual = np.array(solution.row_dual)
        value = float(self._solver.getInfo().objective_function_value)
        count = len(self.rows)
        return Answer(
            value,
            self.rounded(dual[:count]),
            np.rint(dual[count:] * SCALE).astype(np.int64),
            np.array(solution.col_value[self._slack :]),
        )

    def rounded(self, duals: Any) -> Whole:
        """Round duals (in units) so that they stay feasible for all slacks."""
        low = np.where(np.isfinite(self._hi), -self._over, 0.0)
        high = np.where(np.isfinite(self._lo), self._under, 0.0)
        kept = np.clip(np.asarray(duals), low, high) * SCALE
        return np.asarray(np.rint(kept), np.int64)

    def constant(self, duals: Whole) -> int:
        """Give what the bounds of shared rows are worth at some duals, in parts of a unit."""
        low = np.where(np.isfinite(self._lo), self._lo, 0.0).astype(np.int64)
        high = np.where(np.isfinite(self._hi), self._hi, 0.0).astype(np.int64)
        return int(np.where(duals > 0, duals * low, duals * high).sum())

    def fix(self, column: int) -> None:
        """Give a person one of her columns."""
        for other in self.of_person[self.columns[column].person]:
            self._bound(other, 1.0 if other == column else 0.0, 1.0 if other == column else 0.0)

    def free(self, person: int) -> None:
        """Give a person all of her columns back."""
        for column in self.of_person[person]:
            self._bound(column, 0.0, _INF)

    def lean(self, answer: Answer, most: int) -> "Master":
        """Give a master of its own with at most so many columns a person, those nearest to gain.

        Those that break a limit of hers by themselves are left out.
        """
        made = Master(self.rows, self.people, self._own)
        for columns in self.of_person:
            own = [self.columns[column] for column in columns if self._kept(column)]
            costs = [column.cost * SCALE - worth(column, answer.duals) for column in own]
            order = sorted(range(len(own)), key=costs.__getitem__)[:most]
            made.add(own[place] for place in order)
        return made

    def _kept(self, column: int) -> bool:
        of = self.columns[column]
        return all(
            row < self._own or self.rows[row].lo <= amount <= self.rows[row].hi
            for row, amount in zip(of.rows, of.amounts, strict=True)
        )

    def _bound(self, column: int, low: float, high: float) -> None:
        self._solver.setOptionValue("simplex_strategy", _DUAL)
        self._solver.changeColBounds(self._slack + column, low, high)


def worth(column: Column, duals: Whole) -> int:
    """Give what a column's shared rows are worth at some duals, in parts of a unit."""
    return sum(int(duals[r]) * a for r, a in zip(column.rows, column.amounts, strict=True))
