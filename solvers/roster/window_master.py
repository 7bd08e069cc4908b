"""The choice of one course of days for each person of a window: a linear program, then whole numbers.

Shared rows have slack at their price; what is outside the window is folded into their bounds.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import SatParameters

from solvers.cpsat import Limits, solve
from solvers.highs import quiet_solver
from solvers.roster.master import SCALE
from solvers.rows.arrays import Short, Whole

Real: TypeAlias = NDArray[np.float64]

_INF: Final = highspy.kHighsInf


class Course(NamedTuple):
    """What a member of a window may do: her own cost, the letters, what it adds to shared rows."""

    member: int
    cost: int
    letters: Short
    rows: Short
    amounts: Whole


class Bounds(NamedTuple):
    """The rows of a window, less what is outside; infinite where there is no bound."""

    lo: Real
    hi: Real
    under: Real
    over: Real

    def cost(self, value: Real) -> int:
        """Give what the rows cost at some values."""
        low = np.where(np.isfinite(self.lo), self.under * np.maximum(self.lo - value, 0), 0.0)
        high = np.where(np.isfinite(self.hi), self.over * np.maximum(value - self.hi, 0), 0.0)
        return round(float(low.sum() + high.sum()))


class Relaxed(NamedTuple):
    """The linear program solved: its value, and the duals of rows and members in parts of a unit."""

    value: float
    rows: Whole
    members: Whole


class Chosen(NamedTuple):
    """The best courses found, one a member; none where nothing better than asked was found."""

    courses: list[Course]
    proven: bool
    spent: float


class WindowMaster:
    """The courses of a window; `add` some, `relax` for duals, then `choose`."""

    def __init__(self, bounds: Bounds, members: int) -> None:
        self.bounds, self.members = bounds, members
        self.courses: list[Course] = []
        self._known: set[tuple[int, bytes]] = set()
        self._low = np.where(np.isfinite(bounds.hi), -bounds.over, 0.0)
        self._high = np.where(np.isfinite(bounds.lo), bounds.under, 0.0)
        self._solver = quiet_solver()
        for option, value in (("threads", 1), ("solver", "simplex"), ("presolve", "off")):
            self._solver.setOptionValue(option, value)
        self._rows()

    def _rows(self) -> None:
        lo, hi, count = self.bounds.lo, self.bounds.hi, len(self.bounds.lo)
        one, none = np.ones(self.members), np.zeros(0)
        self._solver.addRows(
            count + self.members,
            np.concatenate((np.where(np.isfinite(lo), lo, -_INF), one)),
            np.concatenate((np.where(np.isfinite(hi), hi, _INF), one)),
            0,
            np.zeros(count + self.members, np.int32),
            none.astype(np.int32),
            none,
        )
        low, high = np.flatnonzero(np.isfinite(lo)), np.flatnonzero(np.isfinite(hi))
        size = len(low) + len(high)
        self._solver.addCols(
            size,
            np.concatenate((self.bounds.under[low], self.bounds.over[high])),
            np.zeros(size),
            np.full(size, _INF),
            size,
            np.arange(size, dtype=np.int32),
            np.concatenate((low, high)).astype(np.int32),
            np.concatenate((np.ones(len(low)), -np.ones(len(high)))),
        )

    def add(self, courses: Sequence[Course]) -> int:
        """Add courses that are not known yet; give their number."""
        new = []
        for course in courses:
            key = (course.member, course.letters.tobytes())
            if key not in self._known:
                self._known.add(key)
                new.append(course)
        if not new:
            return 0
        self.courses.extend(new)
        first = len(self.bounds.lo)
        size = np.array([len(course.rows) + 1 for course in new], np.int32)
        self._solver.addCols(
            len(new),
            np.array([float(course.cost) for course in new]),
            np.zeros(len(new)),
            np.full(len(new), _INF),
            int(size.sum()),
            np.concatenate(([0], np.cumsum(size)[:-1])).astype(np.int32),
            np.concatenate([np.append(c.rows, first + c.member) for c in new]).astype(np.int32),
            np.concatenate([np.append(c.amounts, 1) for c in new]).astype(float),
        )
        return len(new)

    def relax(self) -> Relaxed | None:
        """Solve the linear program over the courses there are."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        dual = np.array(self._solver.getSolution().row_dual)
        count = len(self.bounds.lo)
        return Relaxed(
            float(self._solver.getInfo().objective_function_value),
            self.rounded(dual[:count]),
            np.rint(dual[count:] * SCALE).astype(np.int64),
        )

    def rounded(self, duals: Real) -> Whole:
        """Round duals (in units) so that they stay feasible for all slacks."""
        kept = np.clip(duals, self._low, self._high) * SCALE
        return np.asarray(np.rint(kept), np.int64)

    def constant(self, duals: Whole) -> int:
        """Give what the bounds of the rows are worth at some duals, in parts of a unit."""
        lo, hi = self.bounds.lo, self.bounds.hi
        bound = np.where(
            duals > 0, np.where(np.isfinite(lo), lo, 0), np.where(np.isfinite(hi), hi, 0)
        )
        return int(np.rint(bound).astype(np.int64) @ duals)

    def choose(
        self,
        kept: Sequence[int],
        limits: Limits,
        should_stop: Callable[[], bool] | None,
        better_than: int,
    ) -> Chosen:
        """Choose among some courses, by their number; the first of each member is the present one."""
        model = cp_model.CpModel()
        taken = {number: model.new_bool_var("") for number in kept}
        of_member: list[list[cp_model.IntVar]] = [[] for _ in range(self.members)]
        for number, variable in taken.items():
            of_member[self.courses[number].member].append(variable)
            model.add_hint(variable, number < self.members)
        for variables in of_member:
            model.add_exactly_one(variables)
        objective = [(variable, self.courses[number].cost) for number, variable in taken.items()]
        objective += self._slack(model, taken)
        model.minimize(
            cp_model.LinearExpr.weighted_sum([v for v, _ in objective], [c for _, c in objective])
        )
        answer = solve(model, limits, should_stop, tune=_tune)
        found: list[Course] = []
        if answer.found and answer.objective < better_than - 0.5:
            value = answer.solver.response_proto.solution
            found = [self.courses[n] for n, variable in taken.items() if value[variable.index]]
        return Chosen(found, answer.proven or answer.infeasible, answer.spent)

    def _slack(
        self, model: cp_model.CpModel, taken: dict[int, cp_model.IntVar]
    ) -> list[tuple[cp_model.IntVar, int]]:
        """Make the rows, with what is missed or too much at its price."""
        terms: list[tuple[list[cp_model.IntVar], list[int]]] = [([], []) for _ in self.bounds.lo]
        for number, variable in taken.items():
            course = self.courses[number]
            for row, amount in zip(course.rows.tolist(), course.amounts.tolist(), strict=True):
                terms[row][0].append(variable)
                terms[row][1].append(amount)
        found = []
        for row, (variables, amounts) in enumerate(terms):
            most = sum(amount for amount in amounts if amount > 0)
            least = sum(amount for amount in amounts if amount < 0)
            value = cp_model.LinearExpr.weighted_sum(variables, amounts)
            lo, hi = float(self.bounds.lo[row]), float(self.bounds.hi[row])
            for limit, sign, far, price in (
                (lo, -1, lo - least, self.bounds.under[row]),
                (hi, 1, most - hi, self.bounds.over[row]),
            ):
                if np.isfinite(limit) and far > 0:
                    past = model.new_int_var(0, int(far), "")
                    model.add(past >= sign * (value - int(limit)))
                    found.append((past, int(price)))
        return found


def _tune(parameters: SatParameters) -> None:
    parameters.linearization_level = 2  # the linear program is all but whole
