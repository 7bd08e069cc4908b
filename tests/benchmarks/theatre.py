"""Prints what theatre plans cost over CPU-seconds: the pipeline beside one CP-SAT model of it all.

    python tests/benchmarks/theatre.py [small|mid|chu] [CPU_SECONDS] [SEED …] [--only pipeline]

A seed makes both the hospital and the search. CPU-seconds are those of all threads since the problem
is loaded, without any index of it; kernels are compiled before. The whole model has all rules, two
workers and no limit but the time; `cold` starts from nothing, `warm` from the greedy plan with every
auxiliary hinted (and long finds no better: defaults presolve for a third of the time). Both its plans
and the pipeline's are costed by the audit. Drops are the cases that the last assignment placed and
its sequencing did not; `cut` where the time ended before. Not a test: it is never timed.
"""

import argparse
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.demo import generate
from planner.facts import facts
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.theatre_space import TheatreSpace
from planner.runs import Bound, Budget, Event, Improved, Phase, SolveRequest
from planner.score import judge
from solvers.budget import Meter, allow
from solvers.cpsat import Limits, solver
from solvers.desk import Desk
from solvers.engine import get_warm, solve
from solvers.rows.arrays import Short
from solvers.rows.compile import compile as compiled_of
from solvers.theatre import pipeline as steps
from solvers.theatre.blocks import Block, to_sequence
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from solvers.theatre.programme import Programme
from solvers.theatre.whole import defaults, plan_whole

AT = (1, 5, 10, 30, 60, 120, 300, 600, 1200)
WORKERS = 2


def never() -> bool:
    """Nobody stops a benchmark."""
    return False


class Run:
    """The best totals over CPU-seconds, and what happened between assignment and sequencing."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.meter = Meter()
        self.points: list[tuple[float, int]] = []
        self.plan = Plan()
        self.bound: int | None = None
        self.assigned, self.dropped = 0, 0
        self.sequenced: Programme | None = None  # from an assignment until its times are found

    def __call__(self, event: Event) -> None:
        """Note an event."""
        if isinstance(event, Improved) and event.score.total is not None:
            self.points.append((self.meter.cpu_seconds, event.score.total))
            self.plan = event.plan
        elif isinstance(event, Bound):
            self.bound = event.bound
        elif isinstance(event, Phase) and event.name == "neighbourhoods" and self.sequenced:
            self.dropped = self.assigned - placed(self.sequenced, self.sequenced.slots)
            self.sequenced = None

    def line(self, problem: Problem, cpu: float) -> str:
        """Give a line of the table."""
        totals = ""
        for second in columns(cpu):
            known = [total for spent, total in self.points if spent <= second]
            totals += f"{min(known):>9}" if known else f"{'-':>9}"
        score = judge(problem, self.plan, parts=("theatre",)).score
        first = f"{self.points[0][0]:7.2f}" if self.points else f"{'-':>7}"
        gap = (
            "-" if self.bound is None or not score.total else f"{1 - self.bound / score.total:.1%}"
        )
        drops = f"{self.dropped} ({self.dropped / max(1, self.assigned):.2%})"
        drops = "cut" if self.sequenced else drops
        return (
            f"{self.name:8}{first}{totals} {score.hard:>5} {len(list(self.plan.placements)):>6}"
            f" {drops if self.assigned else '-':>11} {self.bound or '-':>8} {gap:>6}"
        )


def placed(programme: Programme, slots: Short) -> int:
    """Count the cases that have a session."""
    return int((programme.ground.layout.session[slots] >= 0).sum())


def columns(cpu: float) -> Iterator[float]:
    """Give the seconds to print."""
    yield from (each for each in AT if each < cpu)
    yield cpu


def greedy(problem: Problem) -> Plan:
    """Give the greedy plan."""
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    clocks = Clocks(problem, facts(problem), rules, ())
    return Plan.build(listed(clocks, first_plan(problem, ())))


def pipeline(request: SolveRequest, run: Run) -> None:
    """Plan with the pipeline; count what the assignment places and the clock then leaves out."""
    own = vars(steps)

    def noted(programme: Programme, wished: Short) -> list[Block]:
        run.assigned, run.sequenced = placed(programme, wished), programme
        return to_sequence(programme, wished)

    own["to_sequence"] = noted
    try:
        solve(request, run)
    finally:
        own["to_sequence"] = to_sequence


def warm(request: SolveRequest, run: Run) -> None:
    """Plan with one model, from the greedy plan."""
    desk = Desk(request, "theatre", allow(request.budget, Meter()), run, never)
    plan_whole(desk, greedy(request.problem), workers=WORKERS)


def cold(request: SolveRequest, run: Run) -> None:
    """Plan with one model, from nothing."""
    desk = Desk(request, "theatre", allow(request.budget, Meter()), run, never)
    plan_whole(desk, Plan(), workers=WORKERS, hinted=False)


def build(problem: Problem) -> str:
    """Give the CPU-seconds from facts to options, and from blocks to arrays."""
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    meter = Meter()
    space = TheatreSpace(problem)
    before = meter.cpu_seconds
    compiled = compiled_of(space, rules)
    return (
        f"{sum(rule.hard for rule in rules)} hard and {sum(not rule.hard for rule in rules)} soft"
        f" rules, {space.codes} options in {before:.2f} CPU-s, arrays of {compiled.nbytes / 1e6:.0f}"
        f" MB in {meter.cpu_seconds - before:.2f} CPU-s"
    )


PLANS: dict[str, Callable[[SolveRequest, Run], None]] = {
    "pipeline": pipeline,
    "warm": warm,
    "cold": cold,
}


def table(profile: str, cpu: float, seed: int, names: list[str]) -> None:
    """Print the table of one hospital."""
    problem = generate(profile, seed)
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n{profile} {seed}: {len(problem.cases)} cases, {build(problem)}; load {load}")
    heads = "".join(f"{each:>9g}" for each in columns(cpu))
    print(f"CPU-s     first{heads}  hard placed       drops    bound    gap", flush=True)
    ends = {}
    for name in names:
        problem = generate(profile, seed)  # a line pays for its own indexes
        request = SolveRequest(
            problem=problem, parts=("theatre",), budget=Budget(cpu_seconds=cpu), seed=seed
        )
        run = Run(name)
        PLANS[name](request, run)
        print(run.line(problem, cpu), flush=True)
        ends[name] = min((total for _, total in run.points), default=0)
        if name == "pipeline":
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"  (memory of the process at most {most:.0f} MiB)")
    for name, total in ends.items():
        if name != "pipeline" and "pipeline" in ends and total:
            print(f"  pipeline / {name} {ends['pipeline'] / total:.3f}", flush=True)


def main(words: list[str]) -> None:
    """Print a table a seed."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("profile", nargs="?", default="mid", choices=("small", "mid", "chu"))
    reader.add_argument("cpu", nargs="?", default=120.0, type=float, help="CPU-seconds a plan")
    reader.add_argument("seeds", nargs="*", default=[1], type=int)
    reader.add_argument("--only", nargs="+", default=tuple(PLANS), choices=tuple(PLANS))
    asked = reader.parse_args(words)
    large = asked.profile == "chu"
    parameters = solver(Limits(deterministic=1e9, workers=WORKERS)).parameters
    defaults(parameters)
    told = " ".join(str(parameters).split())
    print(f"{os.cpu_count()} cores; whole model: CP-SAT's defaults, but {told}")
    get_warm()
    for seed in asked.seeds:
        names = [name for name in asked.only if name == "pipeline" or not large]
        table(asked.profile, asked.cpu, seed, names)


if __name__ == "__main__":
    main(sys.argv[1:])
