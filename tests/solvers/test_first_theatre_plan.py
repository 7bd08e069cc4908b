"""The first theatre plan is on offer before anything heavy is loaded."""

import json
import subprocess
import sys
from pathlib import Path

CODE = """
import json, sys
from data.demo import generate
from planner.runs import Budget, Improved, SolveRequest
from solvers.engine import solve


def report(event):
    if isinstance(event, Improved):
        placed = sum(1 for _ in event.plan.placements)
        print(json.dumps([placed, sorted({name.partition(".")[0] for name in sys.modules})]))
        sys.exit()


solve(SolveRequest(problem=generate("small", 1), budget=Budget(seconds=1.0)), report)
"""


def test_nobody_waits_for_the_engine_to_see_a_first_plan(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    placed, loaded = json.loads(done.stdout)
    assert placed > 60
    assert {"numpy", "numba", "ortools", "highspy"} & set(loaded) == set()
