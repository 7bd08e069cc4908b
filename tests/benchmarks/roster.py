"""Prints what the roster pipeline reaches on public instances, beside the best known costs.

    python tests/benchmarks/roster.py [--cpu-seconds 120] [--seed 1] [--workers 0] [1 2 4 …]
    python tests/benchmarks/roster.py --cpu-seconds 600 inrc2

Numbers are Curtois and Qu's instances; `inrc2` are four of the second nurse rostering competition,
`n030w4_1_6-2-9-1` any of its own.

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

import curtois as of_curtois  # noqa: E402  # the evaluators, found beside this file
import inrc2 as of_inrc2  # noqa: E402

from data.importing import SolutionForm, recognise  # noqa: E402
from planner.problem import Problem  # noqa: E402
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
INRC2 = {
    "n030w4_1_6-2-9-1": 1753,
    "n030w4_1_6-7-5-3": 1905,
    "n050w4_0_0-4-8-7": 1380,
    "n050w4_0_7-2-7-2": 1380,
}
"""What has to be reached in 600: 5 % above the best known."""
MARKS = (1, 2, 5, 10, 20, 30, 60, 120, 300)


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


def best_known(bench: Path) -> dict[str, str]:
    """Read the best known costs by instance."""
    found: dict[str, str] = {}
    for folder, column in (("curtois", "upper_bound"), ("inrc2", "static_upper_bound")):
        with (bench / folder / "best_known.csv").open(encoding="utf-8") as file:
            rows = csv.DictReader(file)
            found |= {row["instance"].removeprefix("Instance"): row[column] for row in rows}
    return found


def separate(instance: Path, roster: Path) -> tuple[int, list[str]]:
    """Cost a roster by the evaluator of its competition."""
    if instance.suffix:
        cost, faults = of_curtois.evaluate(instance, roster)
        return cost, faults
    costs, faults = of_inrc2.evaluate(instance, of_inrc2.read(roster))
    return sum(costs.values()), faults


def checked(instance: Path, form: SolutionForm, problem: Problem, result: SolveResult) -> str:
    """Ask the separate evaluator whether the cost is right and the roster legal."""
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        form.write_solution(problem, result.plan, roster)
        cost, faults = separate(instance, roster)
    if faults:
        return f"ILLEGAL: {faults[0]}"
    return "equal" if cost == result.score.total else f"DIFFERS: {cost}"


def line_of(name: str, bench: Path, asked: argparse.Namespace, best: str) -> tuple[list[str], bool]:
    """Solve an instance; give its cells and whether it is legal, rightly costed and good enough."""
    path = bench / "curtois" / "instances" / f"Instance{name}.txt"
    if "_" in name:
        path = bench / "inrc2" / name.partition("_")[0] / name
    importer, curve = recognise(path), Curve()
    assert importer is not None, f"{path} is not there"
    problem, form = importer.read(path).problem, importer.solution
    assert problem is not None
    assert form is not None
    budget = Budget(cpu_seconds=asked.cpu_seconds)
    request = SolveRequest(problem=problem, budget=budget, seed=asked.seed, workers=asked.workers)
    result = solve(request, curve)
    verdict, cost = checked(path, form, problem, result), result.score.total
    wanted = (WANTED | INRC2).get(name)
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
    if asked.instances == ["inrc2"]:
        asked.instances = list(INRC2)
    bench = Path(os.environ.get("OPALE_BENCH", ROOT.parent / "shared" / "bench"))
    if not bench.is_dir():
        print("no benchmark data: set OPALE_BENCH to their folder")
        return 1
    known = best_known(bench)
    columns = [f"{mark} s" for mark in MARKS if mark < asked.cpu_seconds]
    columns += ["end", "bound", "best known", "wanted", "status", "lanes", "CPU-s", "wall s"]
    wide = max(4, *map(len, asked.instances))
    print(f"{'':{wide}}", *(f"{column:>10}" for column in [*columns, "evaluator"]))
    all_good = True
    for name in asked.instances:
        cells, good = line_of(name, bench, asked, known.get(name, "-"))
        print(f"{name:{wide}}", *(f"{cell:>10}" for cell in cells), flush=True)
        all_good = all_good and good
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())
