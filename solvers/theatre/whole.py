"""The whole problem as one CP-SAT model, with the builder of the blocks: what the pipeline is held to.

Nobody plans with it: the same starts, rows and verbs in one model gain far less a second than blocks.
"""

from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import SatParameters

from planner.plan import Plan
from planner.rules.theatre_space import TheatreSpace
from solvers.cpsat import Limits, solve
from solvers.desk import Desk
from solvers.rows import compile as rows_compile
from solvers.theatre.programme import Ground, Programme
from solvers.theatre.sequence import TimedModel


def plan_whole(desk: Desk, start: Plan, *, workers: int = 2, hinted: bool = True) -> None:
    """Offer what one model of all cases finds, hinted with a plan in full if so wished."""
    problem = desk.request.problem
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    space = TheatreSpace(problem, start.placements)
    ground = Ground(desk, space, rows_compile.compile(space, rules), rules)
    programme = Programme(ground, start, seed=desk.request.seed)
    desk.offer(programme.plan())
    every = programme.movable(np.arange(space.cells, dtype=np.int32))
    model = TimedModel(programme, every, np.ones(ground.compiled.slots, bool))
    if not hinted:
        model.model.clear_hints()  # type: ignore[no-untyped-call]

    def improved(value: Callable[[cp_model.IntVar], int]) -> None:
        slots, starts = model.answer(value)
        before = programme.put(model.sub.cells, slots, starts)
        desk.offer(programme.plan())
        programme.undo(before)

    limits = Limits(deterministic=1e9, workers=workers, seed=desk.request.seed)
    solve(model.model, limits, desk.over, lambda found: improved(found.value), tune=defaults)


def defaults(parameters: SatParameters) -> None:
    """Take our settings for small models back."""
    parameters.clear_cp_model_probing_level()
    parameters.clear_symmetry_level()
