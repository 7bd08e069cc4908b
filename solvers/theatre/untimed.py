"""Studies without a clock: who is where, and nothing else, in one CP-SAT model, tier by tier.

The rows say all that there is, so a proof of the model is a proof of the plan. Tiers in strict order
are phases: a phase keeps the tiers before it at what they are and minimises its own.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from ortools.sat.python import cp_model

from planner.rules.blocks import OFF
from planner.rules.contract import Rule
from solvers.cpsat import Answer, Limits, solve
from solvers.desk import Desk
from solvers.lanes import lanes_of
from solvers.rows.arrays import KINDS, Whole
from solvers.rows.cpsat import SubModel
from solvers.rows.search import Search
from solvers.rows.weights import WEIGHTED, Order
from solvers.theatre.layout import codes_of, plan_of
from solvers.theatre.programme import LEGAL, Ground

_UNBOUNDED: Final = 1e9


def plan_untimed(ground: Ground, rules: Sequence[Rule[Any, Any]], codes: Whole) -> None:
    """Place cases without starts, from some codes on, until all is proven or the time is over."""
    work = _Untimed(ground, rules, codes)
    if ground.desk.strict:
        work.tiers()
    else:
        work.weighted()


class _Untimed:
    def __init__(self, ground: Ground, rules: Sequence[Rule[Any, Any]], codes: Whole) -> None:
        self.ground = ground
        self.desk: Desk = ground.desk
        self.rules = rules
        self.codes = codes
        self.whole = True  # the model says all that the audit says
        self._greedy()

    def _search(self, order: Order) -> Search:
        ground = self.ground
        weights = ground.without_clock(order)
        guides = ground.compiled.rows.kind == KINDS.index("guide")
        self.whole = not (guides & (weights.row != 0)).any()
        return Search(ground.compiled, weights, self.codes, pinned=ground.pins)

    def _greedy(self) -> None:
        """Place what is left out where it costs least, the dearest tiers first."""
        self.desk.phase("greedy")
        search = self._search(WEIGHTED)
        out = self.ground.layout.out
        tier = np.full(len(out), 9)
        for number, rule in enumerate(self.ground.compiled.rules):
            slots = self.ground.compiled.prices.slot[self.ground.compiled.prices.rule == number]
            cells = np.flatnonzero(np.isin(out, slots))
            tier[cells] = np.minimum(tier[cells], rule.tier)
        waiting = np.flatnonzero((search.codes == OFF) & (search.state.movable != 0))
        order = waiting[np.argsort(tier[waiting], kind="stable")]
        search.insert(order.astype(np.int32))
        self.codes = search.codes
        self._offer(self.codes)

    def _offer(self, codes: Whole) -> None:
        space = self.ground.space
        _, starts = codes_of(space, ())
        self.desk.offer(plan_of(space, codes, starts, self.desk.plan))

    def weighted(self) -> None:
        """One objective for all tiers."""
        answer, _ = self._phase(WEIGHTED, 1.0, legal=LEGAL)
        if answer is None or not answer.found or not self.whole or self.ground.pins:
            return
        if self.desk.score is not None and self.desk.score.hard == 0:
            self.desk.prove(_bound(answer), "model")

    def tiers(self) -> None:
        """One tier after the other, each proven before the next is, or as good as time allows."""
        orders = Order.strict()
        used = sorted({rule.tier for rule in self.rules} - {0})
        bounds = [0, 0, 0, 0]
        proven = not self.ground.pins
        score = self.desk.score
        if score is not None and score.hard:
            self._phase(orders[0], 0.25, legal=0)
        for place, tier in enumerate(used):
            if self.desk.over():
                return
            share = 1.0 / (len(used) - place)
            answer, exact = self._phase(orders[tier], share, legal=0)
            score = self.desk.score
            if answer is None or score is None or score.hard:
                return
            if proven and self.whole:
                bounds[tier - 1] = _bound(answer)
                self.desk.prove_tiers(tuple(bounds))
            proven = proven and exact and answer.proven

    def _phase(self, order: Order, share: float, *, legal: int) -> tuple[Answer | None, bool]:
        """Solve one phase; tell whether what guards it leaves the proof whole."""
        desk = self.desk
        desk.phase("exact")
        search = self._search(order)
        cells = np.flatnonzero(search.state.movable).astype(np.int32)
        if not len(cells):
            return None, False
        model = SubModel(search, cells, legal=legal)
        exact = self._guard(model, search, order)
        model.minimise()
        counted = desk.allowance.counted
        allowance = desk.allowance.share(share)

        def improved(solver: cp_model.CpSolverSolutionCallback) -> None:
            codes = search.codes
            slots = _chosen(model, solver)
            codes[model.cells] = self.ground.compiled.slot_code[slots]
            self.codes = codes
            self._offer(codes)

        limits = Limits(
            deterministic=allowance.deterministic if counted else _UNBOUNDED,
            workers=1 if counted else lanes_of(desk.request.workers),
            seed=desk.request.seed,
        )

        def over() -> bool:
            return desk.should_stop() or allowance.over()

        answer = solve(model.model, limits, over, improved)
        return answer, exact

    def _guard(self, model: SubModel, search: Search, order: Order) -> bool:
        """Keep the prices of each tier before at what they are; rows are guarded one by one."""
        compiled = self.ground.compiled
        exact = not self.desk.request.waivers
        for tier in sorted(order.guard):
            price = np.zeros(compiled.slots, np.int64)
            for number, rule in enumerate(compiled.rules):
                if rule.tier == tier:
                    mine = compiled.prices.rule == number
                    np.add.at(
                        price, compiled.prices.slot[mine], compiled.prices.amount[mine] * rule.price
                    )
                    exact &= tier == 0 or not (compiled.rows.rule == number).any()
            literals = [(variable, int(price[slot])) for slot, variable in model.literal.items()]
            known = [(variable, cost) for variable, cost in literals if cost]
            now = int(price[search.state.current[model.cells]].sum())
            if known:
                total = cp_model.LinearExpr.weighted_sum(
                    [v for v, _ in known], [c for _, c in known]
                )
                model.model.add(total <= now)
        return exact


def _bound(answer: Answer) -> int:
    """Give a whole bound; costs are never below 0."""
    return max(0, int(np.ceil(answer.bound - 1e-6))) if np.isfinite(answer.bound) else 0


def _chosen(model: SubModel, solver: cp_model.CpSolverSolutionCallback) -> Whole:
    taken = {
        int(model.compiled.slot_cell[slot]): slot
        for slot, variable in model.literal.items()
        if solver.boolean_value(variable)
    }
    return np.array([taken[int(cell)] for cell in model.cells], np.int64)
