"""One question, one answer: `solve(request, report, should_stop) -> SolveResult`.

The engine splits the budget and asks the pipeline of each part; the score is the audit's, part by part.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from planner.clashing import clashing_cases
from planner.fingerprint import fingerprint
from planner.forecast import Forecast
from planner.misfits import remarks
from planner.plan import Plan
from planner.runs import (
    MASTER,
    Event,
    Finished,
    PartResult,
    Phase,
    Remark,
    SolveRequest,
    SolveResult,
    Started,
    Status,
)
from planner.score import PARTS, Score, added, judge
from planner.view import TheatreView
from solvers.budget import Allowance, Granted, Meter, allow, nothing_more, processors
from solvers.desk import Desk
from solvers.memory import keep_together

SHARES: Final[Mapping[str, float]] = {"theatre": 60.0, "roster": 40.0}
_RANK: Final = ("nothing", "stopped", "relaxed", "feasible", "optimal")


class Pipeline(Protocol):
    """A part's way to a plan: it offers better and better ones to its desk."""

    def __call__(self, desk: Desk) -> None:
        """Plan one part until its allowance is over."""


def _theatre(desk: Desk) -> None:
    from solvers.theatre.pipeline import plan_theatres

    plan_theatres(desk)


def _roster(desk: Desk) -> None:
    from solvers.roster.pipeline import plan_roster

    plan_roster(desk)


PIPELINES: Final[Mapping[str, Pipeline]] = {"theatre": _theatre, "roster": _roster}


def present(request: SolveRequest) -> tuple[str, ...]:
    """Give the parts that are asked for and that the problem has."""
    problem = request.problem
    has = {"theatre": bool(problem.cases and problem.sessions), "roster": bool(problem.staff)}
    return tuple(part for part in SHARES if part in request.parts and has[part])


def solve(
    request: SolveRequest,
    report: Callable[[Event], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    granted: Granted = nothing_more,
) -> SolveResult:
    """Plan the parts that are asked for, reporting on the way; the plan of other parts stays.

    `report` is called from one thread at a time, not always the same one. A first theatre plan is
    offered before the kernel is ready. Clocks start when it is: compiling it, once an installation,
    is no part of the budget. What is granted while the run is on is shared as the budget is.
    """
    keep_together()
    report(Started(fingerprint=fingerprint(request.problem), seed=request.seed))
    if request.of_facts:
        return _facts(request, report, should_stop)
    if request.linked and present(request) == tuple(SHARES):
        from solvers.linked import solve_linked

        return solve_linked(solve, request, report, should_stop, granted)
    waiting = present(request)
    early = _at_once(request, waiting, report, should_stop)
    for remark in _remarks(request, waiting):
        report(remark)
    scores = _scored(request, request.plan, [part for part in PARTS if part not in waiting[:1]])
    if not (early and should_stop()):
        _get_ready(waiting, report)
    meter = Meter()
    whole = allow(request.budget, meter, granted)
    parts: dict[str, PartResult] = {}
    plan = request.plan
    while waiting and not (parts and should_stop()):
        part, *others = waiting
        shares = sum(SHARES[each] for each in waiting)
        portion = _portion(whole, part, shares)
        desk = early.get(part) or Desk(
            replace(request, plan=plan), part, portion, report, should_stop
        )
        desk.allowance = portion
        if not (desk.first and should_stop()):  # else the first plan stands, and nothing is loaded
            PIPELINES[part](desk)
        parts[part] = desk.result()
        plan = desk.plan
        scores |= {part: desk.score} if desk.score else _scored(request, plan, [part])
        waiting = tuple(others)
    forecast = _forecast(request, plan, parts, should_stop)
    request, score = replace(request, plan=plan), added(scores.values())
    result = _answer(request, score, parts, meter, should_stop())
    result = replace(result, forecast=forecast)
    report(Finished(result=result))
    return result


def _remarks(request: SolveRequest, parts: tuple[str, ...]) -> Iterator[Remark]:
    """Give what the user should know before a run begins."""
    if request.workers > processors():
        yield Remark(what="fewer_workers", facts={"asked": request.workers, "n": processors()})
    if "theatre" in parts:
        yield from remarks(request.problem)
        yield from clashing_cases(request)


def _facts(
    request: SolveRequest, report: Callable[[Event], None], should_stop: Callable[[], bool]
) -> SolveResult:
    """Choose owners of the master schedule or lines of a rotation: changes of facts, and no plan."""
    if request.of_facts == MASTER:
        from solvers.mss.pipeline import plan_master as plan
    else:
        from solvers.rotation.pipeline import plan_rotation as plan

    result = plan(request, report, should_stop)
    report(Finished(result=result))
    return result


def _at_once(
    request: SolveRequest,
    parts: tuple[str, ...],
    report: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> dict[str, Desk]:
    """Offer a first theatre plan before anything heavy is loaded; give its desk, to go on at."""
    if "theatre" not in parts or not request.problem.clock:
        return {}
    from solvers.theatre.first import first

    desk = Desk(request, "theatre", allow(request.budget, Meter()), report, should_stop)
    first(desk)
    return {"theatre": desk}


def get_warm() -> None:
    """Load all that a run needs, before anybody asks for one."""
    from solvers.roster import pipeline as _roster_pipeline  # noqa: F401 - loaded, not used
    from solvers.theatre import pipeline as _theatre_pipeline  # noqa: F401

    _get_ready(tuple(SHARES), lambda _: None)


def _get_ready(parts: tuple[str, ...], report: Callable[[Event], None]) -> None:
    from solvers.rows.ready import get_ready, is_cold, is_ready

    for part in parts:
        if not is_ready(part):
            report(Phase(part=part, name="kernel" if is_cold(part) else "loading"))
            get_ready(part)


def _portion(whole: Allowance, part: str, shares: float) -> Allowance:
    """Give a part its share of what is left; of an effort, which is not used up, of the whole."""
    if whole.counted:
        return whole.share(SHARES[part] / sum(SHARES.values()) if shares < 100 else 1.0)
    return whole.share(SHARES[part] / shares)


def _forecast(
    request: SolveRequest,
    plan: Plan,
    parts: Mapping[str, PartResult],
    should_stop: Callable[[], bool],
) -> Forecast | None:
    """Simulate a fresh theatre plan; somebody who waits for the end does not wait for this."""
    if "theatre" not in parts or not request.problem.clock or should_stop():
        return None
    from solvers.risk.simulation import simulate

    return simulate(TheatreView(request.problem, plan), should_stop=should_stop)


def _scored(request: SolveRequest, plan: Plan, parts: Sequence[str]) -> dict[str, Score]:
    """Audit parts of a plan, each by itself.

    Those that a run does not plan, or plans later, are audited before it begins: somebody who stops
    it does not wait for an audit then. What is planned has been audited whole when it was offered.
    """
    problem = request.ordered
    return {part: judge(problem, plan, request.waivers, parts=(part,)).score for part in parts}


def _answer(
    request: SolveRequest,
    score: Score,
    parts: Mapping[str, PartResult],
    meter: Meter,
    stopped: bool,
) -> SolveResult:
    """Say what became of a run; the plan of the request is the one found."""
    statuses = [result.status for result in parts.values()]
    status: Status = min(statuses, key=_RANK.index) if statuses else "nothing"
    if status != "nothing" and score.breaches:
        status = "relaxed"
    if stopped and status in ("feasible", "relaxed"):
        status = "stopped"
    known = [result.bound for result in parts.values() if result.bound is not None]
    whole = bool(parts) and len(known) == len(parts) and _only(request, parts)
    return SolveResult(
        status=status,
        plan=request.plan,
        score=score,
        parts=dict(parts),
        bound=sum(known) if whole else None,
        seconds=meter.seconds,
        cpu_seconds=meter.cpu_seconds,
    )


def _only(request: SolveRequest, parts: Mapping[str, PartResult]) -> bool:
    """Tell whether the parts that were planned are all that the problem has."""
    return set(present(replace(request, parts=tuple(SHARES)))) == set(parts)
