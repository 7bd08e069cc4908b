"""What the product plans by itself is right in every scenario, says a voice that shares no code."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKER = Path(__file__).resolve().parent / "checker.py"


def planner(root: Path, *arguments: str) -> str:
    """Run the product's own program as a user does."""
    command = [sys.executable, "-m", "ui.cli", *arguments]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def verdicts(root: Path, folder: Path, profile: str, seconds: int) -> dict[str, str]:
    """Make a demo, export each scenario, and give the checker's last line by scenario."""
    study = folder / "demo.opale"
    made = ("demo", profile, "--seconds", str(seconds), "--out", str(study), "--json")
    answer: dict[str, Any] = json.loads(planner(root, *made))
    found = {}
    for number, scenario in enumerate(answer["scores"]):
        out = folder / f"export-{number}"
        planner(root, "export", f"{study}#{scenario}", "--as", "csv", "--out", str(out))
        done = subprocess.run(
            [sys.executable, str(CHECKER), str(out)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        assert done.stderr == "", "a hard rule of the demo is judged by nobody here"
        found[scenario] = done.stdout.strip()
    counts = f"{answer['placed']} placements and {answer['duties']} duties"
    assert found["base"] == f"0 breaches in {counts}"
    assert answer["placed"] > 0
    assert answer["duties"] > 0
    return found


def test_the_small_demo_keeps_every_hard_rule_in_both_scenarios(root: Path, tmp_path: Path) -> None:
    assert len(verdicts(root, tmp_path, "small", 20)) == 2


@pytest.mark.long
def test_the_mid_demo_keeps_every_hard_rule_in_all_three_scenarios(
    root: Path, tmp_path: Path
) -> None:
    assert len(verdicts(root, tmp_path, "mid", 100)) == 3
