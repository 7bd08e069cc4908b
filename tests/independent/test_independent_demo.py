"""What the product plans by itself is right in every scenario, says a voice that shares no code."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from checker import Verdict, check

CHECKER = Path(__file__).resolve().parent / "checker.py"


def planner(root: Path, *arguments: str) -> str:
    """Run the product's own program as a user does; 2 says that hard breaches are left."""
    command = [sys.executable, "-m", "ui.cli", *arguments]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode in (0, 2), done.stderr
    return done.stdout


def judged(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the checker on a folder."""
    command = [sys.executable, str(CHECKER), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def spoil(folder: Path) -> None:
    """Let all cases of an export begin at ten, and all duties of a day be by one person."""
    for name, cells in (("placements", ("start", "10:00")), ("duties", ("person", ""))):
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        value = cells[1] or rows[0][cells[0]]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.DictWriter(file, list(rows[0]), delimiter=";")
            lines.writeheader()
            lines.writerows(row | {cells[0]: value} for row in rows)


def costs(verdict: Verdict) -> list[int]:
    """Give what the soft rules of tiers 1 to 4 cost: weights × units."""
    found = [0, 0, 0, 0]
    for limit in verdict.limits:
        if not limit.hard:
            assert limit.weight is not None, "a soft rule of the demo says what a unit costs"
            found[limit.tier - 1] += limit.weight * verdict.totals.get(limit.id, 0)
    return found


def verdicts(root: Path, folder: Path, profile: str, seconds: int) -> dict[str, int]:
    """Make a demo, export each scenario, and give how many breaches the checker finds in it.

    It has to find some where, and only where, the product itself owns up to some: a busy machine
    may leave the product too little time to mend a plan. What the soft rules cost is the same too.
    """
    study = folder / "demo.opale"
    made = ("demo", profile, "--seconds", str(seconds), "--out", str(study), "--json")
    answer: dict[str, Any] = json.loads(planner(root, *made))
    found = {}
    for number, (scenario, score) in enumerate(answer["scores"].items()):
        out = folder / f"export-{number}"
        planner(root, "export", f"{study}#{scenario}", "--as", "csv", "--out", str(out))
        verdict = check(out)
        assert verdict.unjudged == [], "a rule of the demo is judged by nobody here"
        found[scenario] = len(verdict.wrong)
        assert (found[scenario] > 0) == (score["breaches"] > 0)
        assert costs(verdict) == score["tiers"]
        if scenario == "base":
            assert (verdict.placements, verdict.duties) == (answer["placed"], answer["duties"])
    assert answer["placed"] > 0
    assert answer["duties"] > 0
    return found


@pytest.mark.long
def test_the_small_demo_is_judged_and_priced_alike_by_both_voices(
    root: Path, tmp_path: Path
) -> None:
    found = verdicts(root, tmp_path, "small", 5)
    assert len(found) == 2
    assert found["base"] == 0
    spoil(tmp_path / "export-0")
    done = judged(tmp_path / "export-0")
    assert done.returncode == 2
    for type in (
        "room_overlap",
        "recovery_posts",
        "one_duty",
        "min_gap",
        "window_sum",
        "rest_days",
    ):
        assert f"({type})" in done.stdout, type


@pytest.mark.long
def test_the_mid_demo_keeps_every_hard_rule_in_all_three_scenarios(
    root: Path, tmp_path: Path
) -> None:
    found = verdicts(root, tmp_path, "mid", 100)
    assert list(found.values()) == [0, 0, 0]
