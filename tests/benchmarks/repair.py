"""Prints how long answers to events of the day take, and what they ask of patients.

`python tests/benchmarks/repair.py [PROFILE] [EVENTS] [EFFORT]`: random events of each kind on a plan
found by an effort; then places for random cases. Wall and CPU-seconds are counted from the loaded
problem on, in one process with its kernel ready.
"""

import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "solvers"))

from repair_events import KINDS, drawn

from data.demo import generate
from planner.facts import facts
from planner.runs import Budget, SolveRequest
from solvers.engine import solve
from solvers.theatre.repair import repair
from solvers.theatre.repair_space import bare
from solvers.theatre.slots import good_slots

HEAD = f"{'':12}{'n':>4}{'wall mean':>11}{'wall max':>10}{'cpu mean':>10}{'cpu max':>9}"


def line(name: str, spent: list[tuple[float, float]], rest: str = "") -> str:
    """Write the times of a row."""
    walls, cpus = [wall for wall, _ in spent], [cpu for _, cpu in spent]
    many = len(spent)
    return (
        f"{name:12}{many:4}{sum(walls) / many:11.2f}{max(walls):10.2f}"
        f"{sum(cpus) / many:10.2f}{max(cpus):9.2f}{rest}"
    )


def main(profile: str = "mid", events: str = "20", effort: str = "1") -> None:
    """Print a row for each kind of event, then one for places."""
    problem = bare(generate(profile, 1))
    budget = Budget(effort=float(effort))
    plan = solve(SolveRequest(problem=problem, parts=("theatre",), budget=budget)).plan
    request, placed = SolveRequest(problem=problem, plan=plan), len(list(plan.placements))
    cores = os.cpu_count()
    print(f"{profile}: {len(problem.cases)} cases, {placed} placed, {cores} cores")
    print(f"{HEAD}{'answered':>10}{'moved':>7}{'bumped':>8}{'added':>7}  best reach")
    for kind in KINDS:
        draw, spent, best = random.Random(11), [], []
        for _ in range(int(events)):
            event, moment = drawn(problem, plan, kind, draw)
            wall, cpu = time.monotonic(), time.process_time()
            found = repair(request, event, moment)
            spent.append((time.monotonic() - wall, time.process_time() - cpu))
            best.append(found.answers[0])
        moved = sum(len(each.moves) - len(each.bumped) - len(each.added) for each in best)
        bumped, added = sum(len(b.bumped) for b in best), sum(len(b.added) for b in best)
        reaches = [each.reach for each in best]
        counted = ", ".join(f"{name} {reaches.count(name)}" for name in dict.fromkeys(reaches))
        done = sum(reach != "nothing" for reach in reaches)
        rest = f"{done:10}{moved:7}{bumped:8}{added:7}  {counted}"
        print(line(kind, spent, rest), flush=True)
    draw, spent = random.Random(11), []
    for case in draw.sample(facts(problem).problem.cases, int(events)):
        wall, cpu = time.monotonic(), time.process_time()
        good_slots(problem, plan, case)
        spent.append((time.monotonic() - wall, time.process_time() - cpu))
    print(line("slots", spent))


if __name__ == "__main__":
    main(*sys.argv[1:])
