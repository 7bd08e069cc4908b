"""Prints what theatre plans cost over CPU-seconds: the pipeline beside one CP-SAT model of it all.

`python tests/benchmarks/theatre.py [PROFILE] [CPU_SECONDS] [SEED …]`. Both start from the same greedy
plan, both plans are costed by the audit; the whole model has two workers and every variable hinted.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.demo import generate
from planner.facts import facts
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import Budget, Event, Improved, SolveRequest
from planner.score import judge
from solvers.budget import Meter, allow
from solvers.desk import Desk
from solvers.engine import solve
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from solvers.theatre.whole import plan_whole

AT = (1, 5, 10, 20, 30, 60, 90, 120)


class Curve:
    """The best total at some CPU-seconds."""

    def __init__(self) -> None:
        self.points: list[tuple[float, int]] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Improved) and event.score.total is not None:
            self.points.append((event.cpu_seconds, event.score.total))

    def at(self, seconds: float) -> str:
        """Give the best total so far, in a column."""
        known = [total for spent, total in self.points if spent <= seconds]
        return f"{min(known):>10}" if known else f"{'-':>10}"


def never() -> bool:
    """Nobody stops a benchmark."""
    return False


def greedy(problem: Problem) -> Plan:
    """Give the greedy plan."""
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    clocks = Clocks(problem, facts(problem), rules, ())
    return Plan.build(listed(clocks, first_plan(problem, ())))


def pipeline(request: SolveRequest, report: Callable[[Event], None]) -> Plan:
    """Plan with the pipeline."""
    return solve(request, report).plan


def whole(request: SolveRequest, report: Callable[[Event], None]) -> Plan:
    """Plan with one model."""
    desk = Desk(request, "theatre", allow(request.budget, Meter()), report, never)
    plan_whole(desk, greedy(request.problem), workers=2)
    return desk.plan


def main(profile: str = "mid", cpu: str = "120", *seeds: str) -> None:
    """Print a table a seed, and the ratio of both at the end."""
    problem = generate(profile, 1)
    first = judge(problem, greedy(problem), parts=("theatre",)).score
    print(f"{profile}: {len(problem.cases)} cases, greedy {first.total}, hard {first.hard}")
    for seed in seeds or ("1", "2"):
        request = SolveRequest(
            problem=problem,
            parts=("theatre",),
            budget=Budget(cpu_seconds=float(cpu)),
            seed=int(seed),
        )
        ends = {}
        print(f"seed {seed}" + "".join(f"{each:>10}" for each in columns(float(cpu))) + "  CPU-s")
        for name, plan in (("pipeline", pipeline), ("whole", whole)):
            curve = Curve()
            found = plan(request, curve)
            score = judge(problem, found, parts=("theatre",)).score
            ends[name] = score.total or 0
            placed = sum(1 for _ in found.placements)
            line = "".join(curve.at(each) for each in columns(float(cpu)))
            print(f"{name:8}{line}  hard {score.hard}, placed {placed}", flush=True)
        print(f"pipeline / whole {ends['pipeline'] / ends['whole']:.3f}", flush=True)


def columns(cpu: float) -> Iterable[float]:
    """Give the seconds to print."""
    return [*(each for each in AT if each < cpu), cpu]


if __name__ == "__main__":
    main(*sys.argv[1:])
