"""Large-neighbourhood search: free some cells, solve them exactly, keep the better plan.

A sub-solve stopped by its limit may carry slack in its excess variables, so its objective is never
trusted: the answer is re-costed by the kernel and has to be at least as good, or it is undone.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from solvers.cpsat import Limits, solve
from solvers.rows.arrays import Short
from solvers.rows.cpsat import SubModel
from solvers.rows.search import Search
from solvers.rows.weights import Cost

FLOOR: Final = 0.1
_GROW: Final = 1.12
_SHRINK: Final = 0.85
_EASY: Final = 0.6
_CALL: Final = 0.5
"""CPU-seconds of a usual call: what takes longer is judged by fewer."""


class Step(NamedTuple):
    """What a sub-solve did: the cost saved, deterministic time spent, whether it was proven."""

    saved: Cost
    spent: float
    proven: bool
    found: bool


def improve(
    search: Search,
    cells: Sequence[int] | Short,
    *,
    legal: int,
    limits: Limits,
    should_stop: Callable[[], bool] | None = None,
) -> Step:
    """Solve some free cells of the current plan; it gets better or stays as it is.

    Cells that may not move are left out. The search should weigh what judges a plan (no guides).
    """
    free = np.asarray(cells, np.int32)
    free = free[search.state.movable[free] != 0]
    if not len(free):
        return Step(Cost(0, 0), 0.0, proven=True, found=False)
    strict = len(search.weights.order.guard) > 1
    before, guards = search.cost, search.guards() if strict else ()
    model = SubModel(search, free, legal=legal)
    model.minimise()
    answer = solve(model.model, limits, should_stop)
    if not answer.found:
        return Step(Cost(0, 0), answer.spent, proven=False, found=False)
    old = search.state.current[model.cells].copy()
    search.put(model.cells, model.chosen(answer.solver))
    after = search.cost
    if after > before or (strict and search.guards() > guards):
        search.put(model.cells, old)
        after = before
    if after < search.best_cost:
        search.keep()
    saved = Cost(before.hard - after.hard, before.soft - after.soft)
    return Step(saved, answer.spent, answer.proven, found=True)


@dataclass(slots=True)
class Operator:
    """A way to choose cells: `choose(size, draw)` gives about `size` of them.

    The size grows while sub-solves are proven well within their limit and shrinks while they are
    not, from `least` to `most`.
    """

    name: str
    choose: Callable[[int, random.Random], Sequence[int] | Short]
    size: float
    least: float = 10.0
    most: float = 2000.0
    gain: float = 0.0
    spent: float = 0.0
    calls: float = 0.0

    def fit(self, step: Step, limit: float) -> None:
        """Adapt the size to how a sub-solve went."""
        if step.proven and step.spent < _EASY * limit:
            self.size = min(self.most, self.size * _GROW)
        elif not step.proven:
            self.size = max(self.least, self.size * _SHRINK)


@dataclass(slots=True)
class Shares:
    """Shares time among operators by gain per time spent, none under `floor` of an equal share.

    `equal` gives each the same share for ever, which with counts and deterministic limits makes a
    run that reads no clock. Old gains fade, as late ones are smaller.
    """

    operators: Sequence[Operator]
    draw: random.Random
    equal: bool = False
    fade: float = 0.9
    floor: float = FLOOR
    _tried: set[str] = field(default_factory=set)

    def next(self) -> Operator:
        """Choose the operator to run now: each once, then by what it gave for its time."""
        for operator in self.operators:
            if operator.name not in self._tried:
                self._tried.add(operator.name)
                return operator
        if self.equal:
            return min(self.operators, key=lambda each: each.spent)
        rates = [max(each.gain, 0.0) / max(each.spent, 1e-9) for each in self.operators]
        total = sum(rates)
        even = 1.0 / len(self.operators)
        wanted = [
            even if total <= 0 else self.floor * even + (1 - self.floor) * rate / total
            for rate in rates
        ]
        # shares are of time: what took long is drawn less often
        costs = [max(each.spent, 1e-9) / max(each.calls, 1e-9) for each in self.operators]
        weights = [share / cost for share, cost in zip(wanted, costs, strict=True)]
        return self.draw.choices(self.operators, weights)[0]

    def tell(self, operator: Operator, gain: float, spent: float) -> None:
        """Note what an operator gave (in energy) for what it spent (CPU or deterministic seconds)."""
        if self.equal:
            operator.spent += spent
            return
        fade = self.fade ** max(1.0, spent / _CALL)
        operator.gain = fade * operator.gain + gain
        operator.spent = fade * operator.spent + spent
        operator.calls = fade * operator.calls + 1.0
