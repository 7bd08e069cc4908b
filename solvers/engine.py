"""One question, one answer: `solve(request, report, should_stop) -> SolveResult`.

The engine splits the budget, asks the pipeline of each part, and judges: the score is the audit's.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from planner.fingerprint import fingerprint
from planner.plan import Plan
from planner.runs import (
    Bound,
    Event,
    Finished,
    Improved,
    PartResult,
    Phase,
    Remark,
    SolveRequest,
    SolveResult,
    Started,
    Status,
)
from planner.score import Score, judge
from solvers.budget import Allowance, Meter, allow
from solvers.lanes import processors

SHARES: Final[Mapping[str, float]] = {"theatre": 60.0, "roster": 40.0}
_RANK: Final = ("nothing", "stopped", "relaxed", "feasible", "optimal")


class Desk:
    """What a pipeline works with: the request, its allowance, a way to report, a sign to stop."""

    def __init__(
        self,
        request: SolveRequest,
        part: str,
        allowance: Allowance,
        report: Callable[[Event], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self.request = request
        self.part = part
        self.allowance = allowance
        self.should_stop = should_stop
        self.plan = request.plan
        self.score: Score | None = None
        self.bound: int | None = None
        self.bounds: tuple[int, ...] | None = None
        self._report = report

    @property
    def strict(self) -> bool:
        """Whether soft tiers go strictly one before the next."""
        return self.request.strict or self.request.problem.order == "strict"

    @property
    def proven(self) -> bool:
        """Whether the best plan is legal and costs what no legal one can cost less than."""
        score = self.score
        return score is not None and not score.breaches and score.total == self.bound is not None

    def over(self) -> bool:
        """Tell whether the part has to end now."""
        return self.should_stop() or self.allowance.over()

    def phase(self, name: str) -> None:
        """Say that the part enters another phase."""
        self._report(Phase(part=self.part, name=name))

    def remark(self, what: str, **facts: str | int) -> None:
        """Say something that the user should know."""
        self._report(Remark(what=what, facts=facts))

    def judged(self, plan: Plan) -> Score:
        """Audit this part of a plan."""
        request = self.request
        order = "strict" if self.strict else request.problem.order
        problem = request.problem
        if problem.order != order:
            problem = replace(problem, order=order)
        return judge(problem, plan, request.waivers, parts=(self.part,)).score

    def offer(self, plan: Plan, score: Score | None = None) -> bool:
        """Take a plan if the audit finds it better than the best so far; say whether it was."""
        score = self.judged(plan) if score is None else score
        if self.score is not None and score.key >= self.score.key:
            return False
        self.plan, self.score = plan, score
        meter = self.allowance.meter
        self._report(
            Improved(
                part=self.part,
                plan=plan,
                score=score,
                seconds=meter.seconds,
                cpu_seconds=meter.cpu_seconds,
                bound=self.bound,
            )
        )
        return True

    def prove(self, bound: int) -> None:
        """Take a bound on the total, valid for the full problem, if it is better than before."""
        if self.bound is None or bound > self.bound:
            self.bound = bound
            self._report(Bound(part=self.part, bound=bound))

    def prove_tiers(self, bounds: tuple[int, ...]) -> None:
        """Take a bound by tier, for problems whose tiers are ordered strictly."""
        self.bounds = bounds

    def result(self) -> PartResult:
        """Say what became of the part."""
        if self.score is None:
            return PartResult(status="nothing", score=Score())
        bound = self._valid_bound()
        return PartResult(
            status=self._status(bound), score=self.score, bound=bound, bounds=self.bounds
        )

    def _valid_bound(self) -> int | None:
        """Withdraw a bound above the cost, with a remark; one of legal plans tells nothing of others."""
        total = None if self.score is None or self.score.breaches else self.score.total
        if total is None:
            return None
        if self.bound is not None and total < self.bound:
            self.remark("bound_withdrawn", part=self.part)
            return None
        return self.bound

    def _status(self, bound: int | None) -> Status:
        assert self.score is not None
        if self.score.breaches:
            return "relaxed"
        if self.bounds is not None and self.bounds == self.score.tiers:
            return "optimal"
        if bound is not None and bound == self.score.total:
            return "optimal"
        return "stopped" if self.should_stop() else "feasible"


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
) -> SolveResult:
    """Plan the parts that are asked for, reporting on the way; the plan of other parts stays.

    `report` is called from one thread at a time, not always the same one. Clocks start when the
    kernel is ready: compiling it, once an installation, is no part of the budget.
    """
    report(Started(fingerprint=fingerprint(request.problem), seed=request.seed))
    waiting = present(request)
    if request.workers > processors():
        facts = {"asked": request.workers, "n": processors()}
        report(Remark(what="fewer_workers", facts=facts))
    _get_ready(waiting, report)
    meter = Meter()
    whole = allow(request.budget, meter)
    parts: dict[str, PartResult] = {}
    plan = request.plan
    while waiting:
        part, *others = waiting
        shares = sum(SHARES[each] for each in waiting)
        desk = Desk(
            replace(request, plan=plan), part, _portion(whole, part, shares), report, should_stop
        )
        PIPELINES[part](desk)
        parts[part] = desk.result()
        plan = desk.plan
        waiting = tuple(others)
    result = _answer(request, plan, parts, meter, should_stop())
    report(Finished(result=result))
    return result


def _get_ready(parts: tuple[str, ...], report: Callable[[Event], None]) -> None:
    from solvers.rows.ready import get_ready, is_ready

    for part in parts:
        if not is_ready(part):
            report(Phase(part=part, name="kernel"))
            get_ready(part)


def _portion(whole: Allowance, part: str, shares: float) -> Allowance:
    """Give a part its share of what is left; of an effort, which is not used up, of the whole."""
    if whole.counted:
        return whole.share(SHARES[part] / sum(SHARES.values()) if shares < 100 else 1.0)
    return whole.share(SHARES[part] / shares)


def _answer(
    request: SolveRequest,
    plan: Plan,
    parts: Mapping[str, PartResult],
    meter: Meter,
    stopped: bool,
) -> SolveResult:
    order = "strict" if request.strict else request.problem.order
    problem = replace(request.problem, order=order)
    score = judge(problem, plan, request.waivers).score
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
        plan=plan,
        score=score,
        parts=dict(parts),
        bound=sum(known) if whole else None,
        seconds=meter.seconds,
        cpu_seconds=meter.cpu_seconds,
    )


def _only(request: SolveRequest, parts: Mapping[str, PartResult]) -> bool:
    """Tell whether the parts that were planned are all that the problem has."""
    return set(present(replace(request, parts=tuple(SHARES)))) == set(parts)
