"""Prints what the roster pipeline reaches on Curtois and Qu's instances, beside the best known costs.

    python tests/benchmarks/roster.py [--cpu-seconds 120] [--seed 1] [--workers 0] [1 2 4 …]

A line an instance: the best legal cost after so many CPU-seconds of all threads, the bound, best
known and wanted costs, and what a separate evaluator that shares no code with the product says.
Data: the folder named by OPALE_BENCH (default ../shared/bench). Not a test: it is never timed.
"""

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent / "evaluators")]

import curtois as separate  # noqa: E402  # the evaluator, found beside this file

from data.importers.curtois import Curtois  # noqa: E402
from planner.runs import Budget, Event, Improved, SolveRequest, SolveResult  # noqa: E402
from solvers.engine import solve  # noqa: E402
from solvers.lanes import lanes_of  # noqa: E402

WANTED = {
    "1": 607,
    "2": 828,
    "4": 1716,
    "6": 1954,
    "8": 1370,
    "9": 465,
    "11": 3446,
    "13": 2050,
    "15": 4150,
    "18": 4750,
    "20": 5450,
}
"""What has to be reached in 120 CPU-seconds of all threads."""
MARKS = (1, 2, 5, 10, 20, 30, 60, 120)


class Curve:
    """The best legal cost after so many CPU-seconds."""

    def __init__(self) -> None:
        self.points: list[tuple[float, int]] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Improved) and not event.score.hard and event.score.total is not None:
            self.points.append((event.cpu_seconds, event.score.total))

    def at(self, seconds: float) -> str:
        known = [cost for spent, cost in self.points if spent <= seconds]
        return str(known[-1]) if known else "-"


def best_known(folder: Path) -> dict[str, str]:
    """Read the best known costs by instance."""
    with (folder / "best_known.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {row["instance"]: row["upper_bound"] for row in rows}


def checked(instance: Path, result: SolveResult) -> str:
    """Ask the separate evaluator whether the cost is right and the roster legal."""
    importer = Curtois()
    problem = importer.read(instance).problem
    assert problem is not None
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        importer.solution.write_solution(problem, result.plan, roster)
        cost, faults = separate.evaluate(instance, roster)
    if faults:
        return f"ILLEGAL: {faults[0]}"
    return "equal" if cost == result.score.total else f"DIFFERS: {cost}"


def line_of(name: str, bench: Path, asked: argparse.Namespace, best: str) -> tuple[list[str], bool]:
    """Solve an instance; give its cells and whether it is legal, rightly costed and good enough."""
    path = bench / "instances" / f"Instance{name}.txt"
    problem, curve = Curtois().read(path).problem, Curve()
    assert problem is not None
    budget = Budget(cpu_seconds=asked.cpu_seconds)
    request = SolveRequest(problem=problem, budget=budget, seed=asked.seed, workers=asked.workers)
    result = solve(request, curve)
    verdict, cost, wanted = checked(path, result), result.score.total, WANTED.get(name)
    good = verdict == "equal" and (wanted is None or (cost is not None and cost <= wanted))
    cells = [curve.at(mark) for mark in MARKS if mark < asked.cpu_seconds]
    cells += [str(cost), "-" if result.bound is None else str(result.bound), best]
    cells += ["-" if wanted is None else str(wanted), result.status, str(lanes_of(asked.workers))]
    return [*cells, f"{result.cpu_seconds:.1f}", f"{result.seconds:.1f}", verdict], good


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve the instances one by one and print a line for each; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description="Costs of rosters over CPU-seconds.")
    parser.add_argument("instances", nargs="*", default=list(WANTED))
    parser.add_argument("--cpu-seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0)
    asked = parser.parse_args(arguments)
    bench = Path(os.environ.get("OPALE_BENCH", ROOT.parent / "shared" / "bench")) / "curtois"
    if not bench.is_dir():
        print("no benchmark data: set OPALE_BENCH to their folder")
        return 1
    known = best_known(bench)
    columns = [f"{mark} s" for mark in MARKS if mark < asked.cpu_seconds]
    columns += ["end", "bound", "best known", "wanted", "status", "lanes", "CPU-s", "wall s"]
    print(f"{'':4}", *(f"{column:>10}" for column in [*columns, "evaluator"]))
    all_good = True
    for name in asked.instances:
        cells, good = line_of(name, bench, asked, known.get(f"Instance{name}", "-"))
        print(f"{name:4}", *(f"{cell:>10}" for cell in cells), flush=True)
        all_good = all_good and good
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())
