"""Prints what solving the master schedule does to waiting lists and to beds, on the demo hospitals.

`python tests/benchmarks/master_schedule.py [SECONDS] [PROFILE …]`. Twice each: with the usual weights,
and at equal volume, where every specialty keeps its minutes and only the days change. The reference is
a real block of four theatres, where a term for beds cut their variance by 39 % at equal volume (domain
reference 2.6). `theatre` as the last word plans the theatres too, before and after, for SECONDS each.
"""

import os
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.demo import generate
from planner.changes import ChangeSet, apply
from planner.master.grid import Grid
from planner.master.options import MasterOptions
from planner.master.words import Comparison
from planner.problem import Problem
from planner.runs import MASTER, Budget, SolveRequest, SolveResult
from solvers.engine import solve

PROFILES: Final = ("small", "mid", "chu")
SEEDS: Final = (1, 2, 3)
MODES: Final = {
    "usual": MasterOptions(),
    "equal": MasterOptions(keep=100, change=1),
}
HEAD: Final = (
    "profile seed weights  owners  waiting h      ward peaks     variance of ward beds"
    "   gap   wall s  CPU s"
)


def solved(problem: Problem, options: MasterOptions, seconds: float) -> SolveResult:
    """Solve the master schedule of a problem."""
    request = SolveRequest(
        problem=problem, parts=(MASTER,), master=options, budget=Budget(seconds=seconds)
    )
    return solve(request)


def changed(problem: Problem, result: SolveResult) -> Problem:
    """Give the problem with the new owners."""
    return apply(problem, (ChangeSet(name="", changes=result.changes),))[0]


def compared(problem: Problem, options: MasterOptions, result: SolveResult) -> Comparison:
    """Judge the grid before and after."""
    grid = Grid(problem, options)
    after = changed(problem, result)
    owners = {t.id: next(iter(t.owners)) for t in after.templates if t.id in grid.present}
    return Comparison.of(grid, owners)


def line(profile: str, seed: int, mode: str, found: Comparison, result: SolveResult) -> str:
    """Write a line of the table."""
    grades = (found.before, found.after)
    waiting = [sum(each.waiting.values()) / 60 for each in grades]
    peaks = [sum(each.peak(ward)[0] for ward in found.wards) for each in grades]
    variance = [each.variance(found.wards) for each in grades]
    total, bound = result.score.total or 0, result.bound or 0
    gap = f"{100 * (total - bound) / total:5.1f}%" if total else "  0.0%"
    return (
        f"{profile:7} {seed:4} {mode:7} {len(found.changed):4}/{len(found.grid.free):<4}"
        f" {waiting[0]:6.0f} {waiting[1]:6.0f}  {peaks[0]:6.1f} {peaks[1]:6.1f} "
        f" {variance[0]:7.2f} {variance[1]:7.2f} {100 * (variance[1] / variance[0] - 1):+5.0f}%"
        f"  {gap} {result.seconds:7.1f} {result.cpu_seconds:6.1f}"
    )


def planned(problem: Problem, seconds: float) -> str:
    """Plan the theatres; say the cost and how many cases are left out."""
    request = SolveRequest(
        problem=problem, parts=("theatre",), budget=Budget(cpu_seconds=seconds), seed=1
    )
    result = solve(request)
    placed = sum(1 for _ in result.plan.placements)
    return f"cost {result.score.total}, {placed} of {len(problem.cases)} cases placed"


def main(seconds: str = "20", *words: str) -> None:
    """Print the table."""
    profiles = [word for word in words if word in PROFILES] or PROFILES
    print(f"{os.cpu_count()} processors, two workers, {seconds} s each\n{HEAD}")
    for profile in profiles:
        for seed in SEEDS if profile != "chu" else SEEDS[:1]:
            problem = generate(profile, seed)
            for mode, options in MODES.items():
                result = solved(problem, options, float(seconds))
                found = compared(problem, options, result)
                print(line(profile, seed, mode, found, result), flush=True)
                if "theatre" in words and seed == 1 and mode == "usual":
                    print(f"  theatres before: {planned(problem, float(seconds))}", flush=True)
                    after = planned(changed(problem, result), float(seconds))
                    print(f"  theatres after:  {after}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
