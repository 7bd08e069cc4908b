"""Prints what the guides of surgeons who share rooms are worth: drops by the clock, and full cost.

    python tests/benchmarks/theatre_guides.py [chu] [CPU_SECONDS] [SEED] [FACTOR …]

The guides (a session a half-day and theatre of hers, no more minutes than a half-day has) steer the
assignment and are in no score. They are weighed 0, 1 and 2 times as usual, else all is as in
`theatre.py`. Judge by full cost: few drops are no better plan by themselves. Not a test.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import theatre as tables  # the program beside this one

from data.demo import generate
from planner.problem import Problem
from planner.rules.theatre import surgeon_overlap
from planner.runs import Budget, SolveRequest
from solvers.engine import get_warm

CROWDED = surgeon_overlap.CROWDED


def weighed(problem: Problem, factor: float) -> Problem:
    """Give a problem with guides of another weight."""
    vars(surgeon_overlap)["CROWDED"] = round(CROWDED * factor)
    rules: list[Any] = [
        replace(rule, apart=round(rule.apart * factor))
        if isinstance(rule, surgeon_overlap.SurgeonOverlap)
        else rule
        for rule in problem.rules
    ]
    return replace(problem, rules=tuple(rules))


def main(profile: str = "chu", cpu: str = "120", seed: str = "1", *factors: str) -> None:
    """Print a line a weight of the guides."""
    get_warm()
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{profile} {seed}, {os.cpu_count()} cores, load {load}")
    heads = "".join(f"{each:>9g}" for each in tables.columns(float(cpu)))
    print(f"CPU-s     first{heads}  hard placed       drops    bound    gap", flush=True)
    for factor in factors or ("0", "1", "2"):
        problem = weighed(generate(profile, int(seed)), float(factor))
        budget = Budget(cpu_seconds=float(cpu))
        request = SolveRequest(problem=problem, parts=("theatre",), budget=budget, seed=int(seed))
        run = tables.Run(f"x {factor}")
        tables.pipeline(request, run)
        print(run.line(problem, float(cpu)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
