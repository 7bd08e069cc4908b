"""A solving process takes at most 700 MiB, the largest demo hospital included, and the first run too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from data.demo import generate
from planner.runs import Budget, SolveRequest
from solvers.engine import solve

request = SolveRequest(
    problem=generate(sys.argv[1]), parts=(sys.argv[2],), budget=Budget(cpu_seconds=40.0)
)
assert solve(request).score.breaches == 0
status = Path("/proc/self/status").read_text()
print(status.split("VmHWM:")[1].split()[0])
"""
"""What a process had at most, without what the one had that started it: `ru_maxrss` counts that too."""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
@pytest.mark.parametrize(("profile", "part"), [("chu", "theatre"), ("ward", "roster")])
def test_a_solving_process_stays_small(root: Path, tmp_path: Path, profile: str, part: str) -> None:
    command = [sys.executable, "-c", PROGRAM, profile, part]
    fresh = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}  # nothing is compiled yet
    done = subprocess.run(command, cwd=root, env=fresh, capture_output=True, text=True, check=True)
    assert int(done.stdout) / 1024 < 700, "MiB"
