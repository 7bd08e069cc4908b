"""Prints theatres and roster planned in turn beside both planned once, each audited as a whole.

`python tests/benchmarks/linked.py [PROFILE] [CPU_SECONDS] [SEED …]`. A seed makes both the hospital
and the search. *Once*: theatres, then the roster for all open sessions. *In turn*: `--linked`. Both
plans are judged in the facts that follow from themselves: cover of the theatres in use, teams on duty.
Both runs have the same CPU-seconds, one after the other.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


from data.demo import generate
from planner.linking import linked
from planner.problem import Problem
from planner.runs import Budget, SolveRequest
from planner.score import judge
from planner.teams_on_duty import teams_on_duty
from solvers.engine import get_warm, solve


def line(problem: Problem, seed: int, seconds: float, *, together: bool) -> str:
    """Plan a hospital and say what came of it."""
    request = SolveRequest(
        problem=problem, linked=together, seed=seed, budget=Budget(cpu_seconds=seconds)
    )
    result = solve(request)
    facts = linked(problem, result.plan)
    score = judge(facts, result.plan).score
    waiting = len(problem.cases) - len(list(result.plan.placements))
    short = sum(each.teams < each.theatres for each in teams_on_duty(problem, result.plan))
    how = "in turn" if together else "once"
    return (
        f"{seed:4} {how:8} {score.breaches:5} {score.tiers[0]:8} {score.total:8} {waiting:8}"
        f" {short:6} {result.cpu_seconds:7.1f}"
    )


def main(profile: str = "small", seconds: str = "60", *seeds: str) -> None:
    """Print a table."""
    get_warm()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{profile}, {seconds} CPU-seconds a run, load {load}")
    print("seed          hard   tier 1    total  waiting  short   CPU-s")
    for seed in map(int, seeds or ("1", "2", "3")):
        problem = generate(profile, seed)
        for together in (False, True):
            print(line(problem, seed, float(seconds), together=together), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
