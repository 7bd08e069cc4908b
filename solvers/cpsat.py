"""How CP-SAT is called here: one worker, deterministic limits, stoppable, callbacks that never throw.

Wall limits starve sub-solves on a busy machine and give another plan each time; deterministic ones
do neither. One deterministic second is about three CPU-seconds on our models.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import SatParameters

FOUND: Final = frozenset({cp_model.OPTIMAL, cp_model.FEASIBLE})
_LOOK: Final = 0.02  # seconds between two looks at the stop sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a solve may spend: deterministic time, and for whole models wall seconds too."""

    deterministic: float = 0.1
    seconds: float | None = None
    workers: int = 1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What came out: `found` tells whether `solver` holds a solution."""

    solver: cp_model.CpSolver
    found: bool
    proven: bool
    infeasible: bool
    objective: float
    bound: float
    spent: float  # deterministic time


def solver(limits: Limits) -> cp_model.CpSolver:
    """Make a solver with our parameters: small models, so little presolve."""
    made = cp_model.CpSolver()
    parameters = made.parameters
    parameters.catch_sigint_signal = False  # Ctrl-C is the door's; theirs ends the process
    parameters.num_workers = limits.workers
    parameters.random_seed = limits.seed
    parameters.max_deterministic_time = limits.deterministic
    if limits.seconds is not None:
        parameters.max_time_in_seconds = limits.seconds
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    return made


def solve(
    model: cp_model.CpModel,
    limits: Limits,
    should_stop: Callable[[], bool] | None = None,
    improved: Callable[[cp_model.CpSolverSolutionCallback], None] | None = None,
    tune: Callable[[SatParameters], None] | None = None,
) -> Answer:
    """Solve within limits; `should_stop` is looked at every 20 ms from a thread of its own.

    `tune` sets further parameters.

    Raises:
        Exception: what `improved` raised, after the solver has ended.
    """
    made = solver(limits)
    if tune is not None:
        tune(made.parameters)
    watcher = None if improved is None else _Watcher(improved)
    with _stopped(made, should_stop):
        status = made.solve(model, watcher)
    if watcher is not None and watcher.fault is not None:
        raise watcher.fault
    found = status in FOUND
    return Answer(
        made,
        found,
        status == cp_model.OPTIMAL,
        status == cp_model.INFEASIBLE,
        made.objective_value if found else float("inf"),
        made.best_objective_bound,
        made.response_proto.deterministic_time,
    )


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Hands solutions on; a fault ends the search and is kept, as C++ cannot carry it."""

    def __init__(self, improved: Callable[[cp_model.CpSolverSolutionCallback], None]) -> None:
        super().__init__()
        self._improved = improved
        self.fault: Exception | None = None

    def on_solution_callback(self) -> None:
        if self.fault is None:
            try:
                self._improved(self)
            except Exception as fault:  # noqa: BLE001  # handed on after the solve
                self.fault = fault
                self.stop_search()


@contextmanager
def _stopped(made: cp_model.CpSolver, should_stop: Callable[[], bool] | None) -> Iterator[None]:
    if should_stop is None:
        yield
        return
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_LOOK):
            if should_stop():
                made.stop_search()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
