"""Solving the master schedule: the best owners of the templates within the budget, as changes."""

from collections.abc import Callable

from ortools.sat.python.cp_model_helper import SatParameters

from planner.changes import Change
from planner.master.adopting import grid_changes
from planner.master.grading import Grade, grade
from planner.master.grid import MILLI, Grid, Owners, pinned
from planner.runs import (
    MASTER,
    Bound,
    Event,
    PartResult,
    Phase,
    SolveRequest,
    SolveResult,
    Status,
)
from planner.score import Score
from solvers.budget import Allowance, Meter, allow
from solvers.cpsat import Answer, Limits, solve
from solvers.mss.model import build

_WORKERS = 2
_ENDLESS = 1e9


def plan_master(
    request: SolveRequest,
    report: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> SolveResult:
    """Choose the owners of the templates; the plan stays, the answer is a group of changes."""
    meter = Meter()
    allowance = allow(request.budget, meter)
    report(Phase(part=MASTER, name="grid"))
    grid = Grid(request.problem, request.master, pinned(request.pins))
    model = build(grid)
    report(Phase(part=MASTER, name="exact"))
    answer = solve(model.cp, _limits(request, allowance), should_stop, tune=_tune)
    before = grade(grid, grid.present)
    if not answer.found:
        part = PartResult(status="nothing", score=before.score)
        return _result(request, part, meter, Score(), ())
    owners, after = _better(grid, before, model.owners(answer.solver))
    bound = _bound(answer, after)
    report(Bound(part=MASTER, bound=bound, source="model"))
    status: Status = "stopped" if should_stop() else "feasible"
    status = "optimal" if answer.proven else status
    part = PartResult(status=status, score=after.score, bound=bound, source="model")
    changes = tuple(grid_changes(request.problem, owners)) if owners != grid.present else ()
    return _result(request, part, meter, after.score, changes)


def _limits(request: SolveRequest, allowance: Allowance) -> Limits:
    """Count work with an effort, with one worker; read the clock else."""
    if allowance.counted:
        return Limits(deterministic=allowance.deterministic, workers=1, seed=request.seed)
    workers = request.workers or _WORKERS
    left = allowance.left() / (workers if allowance.cpu else 1)
    return Limits(deterministic=_ENDLESS, seconds=left, workers=workers, seed=request.seed)


def _tune(parameters: SatParameters) -> None:
    """Look for structure first: without these the demo of eight theatres is not proven in a minute."""
    parameters.linearization_level = 2
    parameters.symmetry_level = 2
    parameters.cp_model_probing_level = 2


def _better(grid: Grid, before: Grade, found: Owners) -> tuple[Owners, Grade]:
    """Give what was found, or the present owners where it costs no less."""
    after = grade(grid, found)
    return (found, after) if after.exact < before.exact else (grid.present, before)


def _bound(answer: Answer, best: Grade) -> int:
    """Give the bound in whole points, never above what was found."""
    total = best.score.total
    assert total is not None
    return total if answer.proven else min(total, -int(-answer.bound // MILLI))


def _result(
    request: SolveRequest, part: PartResult, meter: Meter, score: Score, changes: tuple[Change, ...]
) -> SolveResult:
    return SolveResult(
        status=part.status,
        plan=request.plan,
        score=score,
        parts={MASTER: part},
        bound=part.bound,
        seconds=meter.seconds,
        cpu_seconds=meter.cpu_seconds,
        changes=changes,
    )
