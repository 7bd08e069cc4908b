"""The same effort and seed give the same plan in another process, whatever its hash seed and load."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from data.demo import generate
from planner.runs import Budget, SolveRequest
from solvers.engine import solve

profile, effort, *parts = sys.argv[1:]
request = SolveRequest(
    problem=generate(profile), parts=tuple(parts), budget=Budget(effort=float(effort)), seed=7
)
result = solve(request)
print(result.score.hard, result.score.total)
for each in (*result.plan.duties, *result.plan.placements):
    print(*each)
"""


def both(root: Path, profile: str, effort: float, *parts: str) -> list[str]:
    """Solve in two processes at the same time; give what each printed."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, profile, str(effort), *parts],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    answers = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    return answers


def test_plans_of_the_small_hospital_are_repeatable(root: Path) -> None:
    """Theatres and roster in one run: each process that starts costs more than it searches."""
    one, other = both(root, "small", 0.05, "theatre", "roster")
    assert one == other
    assert one.startswith("0 ")
    assert len(one.splitlines()) > 160


@pytest.mark.long
def test_rosters_of_the_ward_are_repeatable(root: Path) -> None:
    one, other = both(root, "ward", 3, "roster")
    assert one == other
    assert one.startswith("0 ")
    assert len(one.splitlines()) > 1000
