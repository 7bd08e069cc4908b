"""Theatres and roster in turn: each is planned in the facts that follow from the other one.

The theatre plan says whom the roster has to give, the roster how many theatres can be staffed; then
both again. What is compared are whole plans, each audited in the facts that follow from itself, so
that the answer is never worse than the plan at hand, nor than each part planned once.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from planner.linking import linked, with_cover, with_teams
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import (
    Bound,
    Budget,
    Event,
    Finished,
    Improved,
    PartResult,
    Remark,
    SolveRequest,
    SolveResult,
    Started,
    Status,
)
from planner.score import PARTS, Score, judge
from solvers.budget import Granted, Meter

TURNS: Final = (("theatre", 0.4), ("roster", 0.3), ("theatre", 0.2), ("roster", 0.1))
"""The parts in turn, each with its share of the budget."""

Solve = Callable[[SolveRequest, Callable[[Event], None], Callable[[], bool], Granted], SolveResult]


def solve_linked(
    solve: Solve,
    request: SolveRequest,
    report: Callable[[Event], None],
    should_stop: Callable[[], bool],
    granted: Granted,
) -> SolveResult:
    """Plan both parts in turn with `solve`; the score is that of both in the facts of the answer."""
    meter = Meter()
    best, found = _Best(request), False
    _look(best, request.plan)
    plan, near = request.plan, request.near
    for number, (part, share) in enumerate(TURNS):
        asked = replace(
            request,
            problem=_facts(request.problem, part, plan),
            plan=plan,
            parts=(part,),
            budget=_portion(request.budget, share),
            near=near or number > 1,
            linked=False,
        )
        result = solve(asked, _passing(report), should_stop, _part_of(granted, share))
        if result.status != "nothing":
            plan, found = result.plan, True
            if _look(best, plan) and number > 1:
                report(Remark(what="linked_better", facts={"turn": number + 1}))
        if should_stop():
            break
    result = _answer(request, best, meter, found=found, stopped=should_stop())
    report(Finished(result=result))
    return result


class _Best:
    """The best plan so far, with its facts and its score."""

    def __init__(self, request: SolveRequest) -> None:
        self.request = request
        self.plan = request.plan
        self.problem: Problem = request.ordered
        self.score: Score | None = None


def _facts(problem: Problem, part: str, plan: Plan) -> Problem:
    """Give the facts of a turn; theatres that are planned before any roster have the teams told."""
    if part == "roster":
        return with_cover(problem, plan)
    return with_teams(problem, plan) if plan.days else problem


def _look(best: _Best, plan: Plan) -> bool:
    """Take a plan of both parts if it is better, in the facts that follow from it."""
    problem = linked(best.request.ordered, plan)
    score = judge(problem, plan, best.request.waivers).score
    if best.score is not None and score.key >= best.score.key:
        return False
    best.plan, best.problem, best.score = plan, problem, score
    return True


def _portion(budget: Budget, share: float) -> Budget:
    def part(amount: float | None) -> float | None:
        return None if amount is None else amount * share

    return Budget(
        seconds=part(budget.seconds),
        cpu_seconds=part(budget.cpu_seconds),
        effort=part(budget.effort),
    )


def _part_of(granted: Granted, share: float) -> Granted:
    return lambda: granted() * share


def _passing(report: Callable[[Event], None]) -> Callable[[Event], None]:
    """Tell what happens in a turn; the run begins and ends once. Its bounds hold for its facts alone."""

    def told(event: Event) -> None:
        if isinstance(event, Improved):
            report(replace(event, bound=None))
        elif not isinstance(event, Started | Finished | Bound):
            report(event)

    return told


def _answer(
    request: SolveRequest, best: _Best, meter: Meter, *, found: bool, stopped: bool
) -> SolveResult:
    score = best.score
    if score is None or not found:
        status: Status = "nothing"
    elif score.breaches:
        status = "relaxed"
    else:
        status = "stopped" if stopped else "feasible"
    parts = dict(_parts(request, best)) if score is not None else {}
    return SolveResult(
        status=status,
        plan=best.plan,
        score=Score() if score is None else score,
        parts=parts,
        seconds=meter.seconds,
        cpu_seconds=meter.cpu_seconds,
    )


def _parts(request: SolveRequest, best: _Best) -> Iterator[tuple[str, PartResult]]:
    """Score each part in the facts of the answer; bounds held for other facts, and are not told."""
    for part in PARTS:
        score = judge(best.problem, best.plan, request.waivers, parts=(part,)).score
        yield part, PartResult(status="relaxed" if score.breaches else "feasible", score=score)
