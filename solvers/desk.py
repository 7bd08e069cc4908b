"""What a pipeline works with: the request, what it may spend, a way to report, a sign to stop.

Pure Python: it is there before the engine has loaded anything heavy.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from planner.plan import Plan
from planner.problem import Problem
from planner.runs import (
    Bound,
    Event,
    Improved,
    PartResult,
    Phase,
    Remark,
    SolveRequest,
    Source,
    Status,
)
from planner.score import Score, judge
from planner.view import RosterView, TheatreView
from solvers.budget import Allowance, cpu_seconds


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
        self.first: Any = None  # what a pipeline found before the engine was ready
        self.score: Score | None = None
        self.bound: int | None = None
        self.bounds: tuple[int, ...] | None = None
        self.source: Source | None = None  # of either
        self._offers: list[tuple[float, Score]] = []  # when, in CPU-seconds
        self._report = report
        self._roster: RosterView | None = None

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

    @cached_property
    def problem(self) -> Problem:
        """The problem, with its tiers in the order that is asked for."""
        return self.request.ordered

    def judged(self, plan: Plan) -> Score:
        """Audit this part of a plan; a roster shares with the last one its past, and days alike."""
        views: dict[str, RosterView | TheatreView] = {}
        if self.part == "roster":
            self._roster = views["roster"] = RosterView(self.problem, plan, like=self._roster)
        return judge(
            self.problem, plan, self.request.waivers, parts=(self.part,), views=views
        ).score

    def offer(self, plan: Plan, score: Score | None = None) -> bool:
        """Take a plan if the audit finds it better than the best so far; say whether it was."""
        score = self.judged(plan) if score is None else score
        if self.score is not None and score.key >= self.score.key:
            return False
        self.plan, self.score = plan, score
        self._offers.append((cpu_seconds(), score))
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

    def take_alike(self, plan: Plan) -> None:
        """Take a plan in the place of the best one if it costs no more; told with the answer if as much."""
        score = self.judged(plan)
        if not self.offer(plan, score) and self.score is not None and score.key == self.score.key:
            self.plan, self.score = plan, score

    def prove(self, bound: int, source: Source) -> None:
        """Take a bound on the total, valid for the full problem, if it is better than before."""
        if self.bound is None or bound > self.bound:
            self.bound, self.source = bound, source
            self._report(Bound(part=self.part, bound=bound, source=source))

    def prove_tiers(self, bounds: tuple[int, ...]) -> None:
        """Take a bound by tier, for problems whose tiers are ordered strictly."""
        self.bounds, self.source = bounds, "model"

    def result(self) -> PartResult:
        """Say what became of the part."""
        if self.score is None:
            return PartResult(status="nothing", score=Score())
        bound = self._valid_bound()
        status = self._status(bound)
        return PartResult(
            status=status,
            score=self.score,
            bound=bound,
            bounds=self.bounds,
            source=None if bound is None and self.bounds is None else self.source,
            late=0 if status == "optimal" else late_gain(self._offers, cpu_seconds()),
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


def late_gain(offers: Sequence[tuple[float, Score]], now: float) -> int | None:
    """Say how much the cost fell in the last fifth of a search that began with its first plan.

    None where no plan came, a plan of then broke what must be kept, or tiers are ordered strictly.
    """
    if not offers:
        return None
    since = now - (now - offers[0][0]) / 5
    then = next(score for when, score in reversed(offers) if when <= since or when == offers[0][0])
    last = offers[-1][1]
    if then.total is None or last.total is None or then.hard != last.hard:
        return None
    return max(0, then.total - last.total)
