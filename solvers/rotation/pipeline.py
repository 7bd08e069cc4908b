"""Solving a rotation: the best lines within the budget, as changes; the score is the audit's."""

import math
from collections.abc import Callable
from typing import Final

from ortools.sat.python.cp_model_helper import SatParameters

from planner.changes import Change
from planner.rotation.comparing import Turned, line_changes
from planner.rotation.unrolled import unrolled
from planner.runs import (
    ROTATION,
    Bound,
    Event,
    PartResult,
    Phase,
    SolveRequest,
    SolveResult,
    Source,
    Status,
)
from planner.score import Score
from solvers.budget import Allowance, Meter, allow
from solvers.cpsat import Answer, Limits, solve
from solvers.rotation.model import ground, tied, weeks_of
from solvers.rows.ready import get_ready, is_cold, is_ready

_WORKERS: Final = 2
_ENDLESS: Final = 1e9
_LEAST: Final = 1.0
"""Seconds that the search has at least, however long a busy machine took to read the rules."""
_FIRM: Final = 1000
"""What a point of a hard rule costs in points of soft ones while lines are looked for."""


def plan_rotation(
    request: SolveRequest, report: Callable[[Event], None], should_stop: Callable[[], bool]
) -> SolveResult:
    """Choose the shifts of a rotation's lines; the plan stays, the answer is a group of changes."""
    if not is_ready("roster"):
        report(Phase(part=ROTATION, name="kernel" if is_cold("roster") else "loading"))
        get_ready("roster")
    meter = Meter()
    allowance = allow(request.budget, meter)
    report(Phase(part=ROTATION, name="build"))
    whole = unrolled(request.problem, request.rotation)
    found = ground(whole)
    model = tied(found, _FIRM)
    report(Phase(part=ROTATION, name="exact"))
    answer = solve(model.model, _limits(request, allowance), should_stop, tune=_tune)
    now = Turned(whole, whole.wheel.weeks)
    if not answer.found:
        part = PartResult(status="nothing", score=now.before.score)
        return _result(request, part, meter, ())
    best = Turned(whole, weeks_of(found, model, answer.solver))
    bound = _bound(answer, best.after.score)
    if best.after.score.key >= now.before.score.key:
        best = now
    if bound is not None:
        report(Bound(part=ROTATION, bound=bound, source="model"))
    status = _status(best.after.score, bound, stopped=should_stop())
    score = best.after.score
    source: Source | None = None if bound is None else "model"
    part = PartResult(status=status, score=score, bound=bound, source=source)
    changes = tuple(line_changes(request.problem, request.rotation, best.weeks))
    return _result(request, part, meter, changes if best.changed else ())


def _limits(request: SolveRequest, allowance: Allowance) -> Limits:
    """Count work with an effort, with one worker; read the clock else."""
    if allowance.counted:
        return Limits(deterministic=allowance.deterministic, workers=1, seed=request.seed)
    workers = request.workers or _WORKERS
    left = max(_LEAST, allowance.left() / (workers if allowance.cpu else 1))
    return Limits(deterministic=_ENDLESS, seconds=left, workers=workers, seed=request.seed)


def _tune(parameters: SatParameters) -> None:
    """Look for structure first: a whole model that is worth proving."""
    parameters.linearization_level = 2
    parameters.symmetry_level = 2
    parameters.cp_model_probing_level = 2


def _bound(answer: Answer, found: Score) -> int | None:
    """Give what no lines cost less than; None where hard rules are broken, or the audit disagrees."""
    if found.breaches or found.total is None:
        return None
    if found.total > answer.objective + 0.5 or (answer.proven and found.total < answer.objective):
        return None
    return min(found.total, math.ceil(answer.bound - 1e-6))


def _status(score: Score, bound: int | None, *, stopped: bool) -> Status:
    if score.breaches:
        return "relaxed"
    if bound is not None and bound == score.total:
        return "optimal"
    return "stopped" if stopped else "feasible"


def _result(
    request: SolveRequest, part: PartResult, meter: Meter, changes: tuple[Change, ...]
) -> SolveResult:
    return SolveResult(
        status=part.status,
        plan=request.plan,
        score=part.score,
        parts={ROTATION: part},
        bound=part.bound,
        seconds=meter.seconds,
        cpu_seconds=meter.cpu_seconds,
        changes=changes,
    )
