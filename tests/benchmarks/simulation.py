"""Prints what slack in sessions costs and saves: cases, use, lateness and overtime for five β.

`python tests/benchmarks/simulation.py [PROFILE] [CPU_SECONDS] [SEED]`. A seed makes both the hospital
and the search. Each β is planned anew with the same CPU-seconds, and simulated under the same luck at
the end of its run; the figures are those of theatre-solver.md 4.3. The β printed is read back from the
rules of the problem that was solved.
"""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.demo import generate
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.problem import Problem
from planner.runs import Budget, SolveRequest
from solvers.engine import solve

BETAS = (0, 25, 52, 84, 128)
HEAD = "beta  cases  use %  late %  beyond %  overtime h (mean / p90)  unscheduled  hard  CPU-s  wall s"


def with_beta(problem: Problem, beta: int) -> Problem:
    """Give the same problem with another β in its rules about slack, in hundredths."""
    rules = tuple(
        replace(rule, beta=beta) if rule.type == "session_slack" else rule  # type: ignore[call-arg]
        for rule in problem.rules
    )
    return replace(problem, rules=rules)


def betas(problem: Problem) -> str:
    """Give the β that the rules in force have, in units."""
    found = {r.beta for r in problem.rules if r.type == "session_slack" and r.enabled}  # type: ignore[attr-defined]
    return "/".join(f"{beta / 100:.2f}" for beta in sorted(found)) or "-"


def line(problem: Problem, cpu: float, seed: int) -> str:
    """Plan and simulate; give the line of the table."""
    start = time.monotonic()
    request = SolveRequest(
        problem=problem, parts=("theatre",), budget=Budget(cpu_seconds=cpu), seed=seed
    )
    result = solve(request)
    wall = time.monotonic() - start
    forecast = result.forecast
    assert forecast is not None
    outcome = Outcome(problem, result.plan, forecast=forecast)
    judged = outcome.judgement.judged
    left = sum(each.cost for each in judged if each.rule.type == "unscheduled")
    use = sheet(outcome)["planned_fill"] or 0.0
    cases = sum(1 for _ in result.plan.placements)
    return (
        f"{betas(problem):>4}  {cases:5}  {use:5.1f}  {100 * forecast.late:6.1f}"
        f"  {100 * forecast.over:8.1f}  {forecast.overtime / 60:10.1f} / {forecast.high / 60:10.1f}"
        f"  {left:11}  {outcome.judgement.score.breaches:4}  {result.cpu_seconds:5.1f}  {wall:6.1f}"
    )


def main(profile: str = "mid", cpu: str = "15", seed: str = "1") -> None:
    """Print the table."""
    problem = generate(profile, int(seed))
    cores, days = os.cpu_count(), problem.horizon.days
    print(f"{profile}: {len(problem.cases)} cases, {days} days, {cpu} CPU-s each, {cores} cores")
    print(HEAD)
    for beta in BETAS:
        print(line(with_beta(problem, beta), float(cpu), int(seed)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
