"""Prints what the pipeline reaches on theatre lists of ASL1 Liguria, beside the reference vectors.

    python tests/benchmarks/theatre_lists.py [Imperia] [1 2 3 …] [--folder OPT1]
        [--seconds 60 | --cpu-seconds 120]

Seconds are those of the wall, on all cores. A line an input: unplaced cases of priority 2, 3 and 4, in
that order; a separate evaluator that shares no code with the product counts them again. Data: the
folder named by OPALE_BENCH (default ../shared/bench). Not a test: it is never timed.
"""

import argparse
import csv
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent / "evaluators")]

import asl1 as separate  # noqa: E402  # the evaluator, found beside this file

from data.importers.asl1 import Asl1  # noqa: E402
from planner.runs import Budget, SolveRequest  # noqa: E402
from solvers.engine import get_warm, solve  # noqa: E402

BENCH = Path(os.environ.get("OPALE_BENCH", ROOT.parent / "shared" / "bench")) / "theatre" / "asl1"


def references() -> dict[tuple[str, str], str]:
    """Read the reference vectors, proven or not."""
    with (BENCH / "reference_values.csv").open(encoding="utf-8") as file:
        return {
            (row["file"], row["reading"]): "{unplaced_p2}, {unplaced_p3}, {unplaced_p4}".format(
                **row
            )
            + (" proven" if row["status"] == "OPTIMAL" else "")
            for row in csv.DictReader(file)
        }


def line(name: str, reading: str, budget: Budget, reference: str) -> str:
    """Solve one input; say what it comes to by the evaluator, and what is wrong with the plan."""
    form = Asl1()
    read = form.take(BENCH / name, {"reading": reading})
    problem = read.problem
    assert problem is not None
    assert read.plan is not None
    request = SolveRequest(
        problem=problem, plan=read.plan, pins=read.pins, parts=("theatre",), budget=budget
    )
    result = solve(request)
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.csv"
        form.solution.write_solution(problem, result.plan, plan)
        vector, wrong = separate.evaluate(BENCH / name, plan, reading)
    found = ", ".join(str(each) for each in vector)
    said = "; ".join(wrong) or "clean"
    bounds = result.parts["theatre"].bounds
    return (
        f"{name:28}{found:>12} {result.status:9} bounds {bounds!s:18} {reference:18}"
        f" {result.seconds:6.1f} s {result.cpu_seconds:6.1f} CPU-s, {said}"
    )


def main() -> None:
    """Print a line an input."""
    reader = argparse.ArgumentParser(description="Weekly theatre lists of ASL1 Liguria.")
    reader.add_argument("hospital", nargs="?", default="Imperia")
    reader.add_argument("inputs", nargs="*", default=range(10), type=int)
    reader.add_argument("--folder", default="OPT1")
    reader.add_argument("--reading", default="as_encoded", choices=("as_encoded", "specialty"))
    reader.add_argument("--seconds", default=60.0, type=float)
    reader.add_argument("--cpu-seconds", type=float, help="of all threads, for busy machines")
    asked = reader.parse_args()
    budget = Budget(seconds=asked.seconds)
    if asked.cpu_seconds is not None:
        budget = Budget(cpu_seconds=asked.cpu_seconds)
    get_warm()
    known = references()
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(
        f"{os.cpu_count()} cores, reading {asked.reading}, load {load}; reference after the bounds"
    )
    for number in asked.inputs:
        name = f"{asked.folder}/{asked.hospital}/input{number}.lp"
        reference = known.get((name, asked.reading), "none")
        print(line(name, asked.reading, budget, reference), flush=True)


if __name__ == "__main__":
    main()
