"""Prints valid bounds beside theatre plans, and how the gap is split between the rows and the clock.

`python tests/benchmarks/bounds.py [PROFILE] [CPU_SECONDS of a plan] [of a bound] [SEED …]`. A seed
makes both the hospital and the search. A gap is a share of the plan's cost. *Rows*: what the plan
costs by its rows alone, against a bound of the rows alone (no clock, no slack). *Clock*: what of the
whole gap is left. *Source*: sets of cases of each session, by specialty. The plan's and the bound's
CPU-seconds are spent one after the other.
"""

import resource
import sys
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


from data.demo import generate
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.theatre_space import TheatreSpace
from planner.runs import Budget, SolveRequest
from planner.score import judge
from solvers.budget import Meter, processors
from solvers.engine import solve
from solvers.rows import compile as rows_compile
from solvers.rows import knapsack
from solvers.rows.arrays import Compiled, Short, amounts, values
from solvers.rows.weights import JUDGED, SHIFT, Weights, weigh
from solvers.theatre.bound import LowerBound
from solvers.theatre.layout import codes_of

TIMED = ("surgeon_idle", "early_day_cases", "session_slack")
"""Rule types that cost by the clock, or by what only the audit can count."""


class Found(NamedTuple):
    """A bound, the parts that are done, and what it took."""

    value: int
    done: str
    seconds: float


def bound_of(
    space: TheatreSpace,
    compiled: Compiled,
    weights: Weights,
    slots: Short,
    seconds: float,
    *,
    clock: bool,
) -> Found:
    """Give the bound after some CPU-seconds, of the rows alone or with the clock."""
    rules = [rule for rule in compiled.rules if clock or rule.type not in TIMED]
    meter = Meter()
    bound = LowerBound(space, compiled, weights, rules)
    for _ in bound.rounds(slots):
        if meter.cpu_seconds > seconds:
            break
    done = f"{sum(part.done for part in bound.parts)}/{bound.divided.number}"
    return Found(bound.value, done, meter.cpu_seconds)


def rows_cost(compiled: Compiled, weights: Weights, slots: Short) -> int:
    """Give what a plan costs by its exact rows, relaxations and prices."""
    value, failing = values(compiled, slots)
    mask = (1 << SHIFT) - 1
    broken = amounts(compiled, value)
    total = int(((weights.row & mask) * broken)[weights.row != 0].sum())
    true = failing[compiled.nevers.feature] == 0
    total += int(((weights.never & mask) * compiled.nevers.amount)[true].sum())
    return total + int((weights.price[slots] & mask).sum())


def plan_of(problem: Problem, seconds: float, seed: int) -> Plan:
    """Give the plan of the pipeline."""
    request = SolveRequest(
        problem=problem, parts=("theatre",), budget=Budget(cpu_seconds=seconds), seed=seed
    )
    return solve(request).plan


def line(profile: str, seed: int, plan_cpu: float, bound_cpu: float) -> None:
    """Print a line of the table."""
    problem = generate(profile, seed)
    plan = plan_of(problem, plan_cpu, seed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = judge(problem, plan, parts=("theatre",)).score.total or 0
    space = TheatreSpace(problem, plan.placements)
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    compiled = rows_compile.compile(space, rules)
    space.forget()
    weights = weigh(compiled, kinds=JUDGED)
    slots = compiled.slots_of(codes_of(space, plan.placements)[0])
    whole = bound_of(space, compiled, weights, slots, bound_cpu, clock=True)
    rows = bound_of(space, compiled, weights, slots, bound_cpu, clock=False)
    by_rows = rows_cost(compiled, weights, slots)
    gap = 100 * (total - whole.value) / total
    row_gap = 100 * (by_rows - rows.value) / by_rows
    clock = gap - 100 * (by_rows - rows.value) / total
    print(
        f"{profile:6}{seed:5}{total:10}{whole.value:10}{gap:8.1f}%{by_rows:10}{rows.value:10}"
        f"{row_gap:8.1f}%{clock:8.1f}%{whole.seconds:8.0f}{rows.seconds:7.0f}  {whole.done:6}"
        f"{peak:8.0f} MiB",
        flush=True,
    )


def main(profile: str = "mid", plan_cpu: str = "120", bound_cpu: str = "60", *seeds: str) -> None:
    """Print a table."""
    knapsack.try_out()
    print(f"{profile}: {plan_cpu} CPU-s a plan, {processors()} cores;")
    print("source: sets of cases of each session, by specialty; the clock's share is of the whole")
    print(
        "        seed     plan     bound     gap  plan rows  bound rows  of rows  clock   CPU-s"
        "  rows'  done  peak of the run"
    )
    for seed in seeds or ("1",):
        line(profile, int(seed), float(plan_cpu), float(bound_cpu))


if __name__ == "__main__":
    main(*sys.argv[1:])
