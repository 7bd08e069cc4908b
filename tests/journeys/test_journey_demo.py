"""The demonstration from end to end, the lines of the README, and plans that are equal to the bit."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from demo_hospitals import generate

from data.study_file import open_study, save_study
from planner.study import Study

Run = Callable[..., Any]


def test_the_demonstration(tmp_path: Path, run: Run, start: Run, call: Run) -> None:
    program = run("demo", "small", "--seconds", 3, "--json", "--no-window")
    assert program.code in (0, 2)
    found = program.document
    assert (found["file"], found["report"]) == ("demo.opale", "demo.html")
    assert found["placed"] > 20
    assert found["duties"] > 100
    assert found["comparison"]["reference"] == "base"
    assert len(found["scores"]) == 2
    page = (tmp_path / "demo.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 2
    with open_study(tmp_path / "demo.opale") as opened:
        names = [scenario.name for scenario in opened.study.scenarios]
        assert names == ["base", "S2 closed on Fridays"]
        actions = [entry.action for entry in opened.history()]
        runs = [run.scenario for run in opened.past_runs()]
    assert runs == ["base", "S2 closed on Fridays", "base"], "the base is searched on as long"
    made = ["journal.demo", "edit_adopt", "edit_branch", "edit_record", "edit_adopt", "edit_adopt"]
    assert actions[: len(made)] == made
    assert set(actions[len(made) :]) <= {"edit_adopt"}, "a plan lent may follow"
    assert found["comparison"]["lent"] == [], "no scenario is better off with another's plan"
    checked = call("check", "demo.opale", "--all", "--json").document
    assert checked["scores"] == found["scores"]

    again = start("demo", "small", "--seconds", 1)  # over a demo that nobody edited: no question
    again.until(lambda line: "Making" in line)
    again.process.kill()
    again.end()
    assert call("scenario", "branch", "demo.opale", "mine").code == 0
    edited = (tmp_path / "demo.opale").read_bytes()
    refused = run("demo", "small", "--seconds", 1)
    assert (refused.code, "--force" in refused.err) == (1, True)
    assert (tmp_path / "demo.opale").read_bytes() == edited


def test_somebody_elses_file_is_no_demo(tmp_path: Path, run: Run) -> None:
    (tmp_path / "demo.html").write_text("mine", encoding="utf-8")
    assert run("demo", "small", "--seconds", 1).code == 1
    assert (tmp_path / "demo.html").read_text(encoding="utf-8") == "mine"


def tour(root: Path) -> list[str]:
    text = (root / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^planner .*$", text, re.MULTILINE)


def hurried(words: list[str], part: float) -> list[str]:
    """Give words of the README with a part of its seconds, which are for people."""
    if "--seconds" not in words:
        return words
    place = words.index("--seconds") + 1
    return [*words[:place], f"{float(words[place]) * part:g}", *words[place + 1 :]]


def test_the_lines_of_the_readme_run_one_after_the_other(root: Path, call: Run) -> None:
    lines = tour(root)
    assert len(lines) >= 8
    for line in lines:
        called = call(*hurried(shlex.split(line)[1:], 1 / 16))
        assert called.code in (0, 2), (line, called.err)


@pytest.mark.long
def test_the_lines_of_the_readme_run_each_as_a_program(root: Path, run: Run) -> None:
    for line in tour(root):
        program = run(*hurried(shlex.split(line)[1:], 1 / 4))
        assert program.code in (0, 2), (line, program.err)


@pytest.mark.long
@pytest.mark.parametrize("profile", ["small", "ward"])
def test_the_same_effort_gives_the_same_plan_whatever_the_machine_does(
    profile: str, tmp_path: Path, run: Run, start: Run
) -> None:
    problem = generate(profile)
    for seed in ("1", "2"):
        save_study(Study(id=f"same{seed}", base=problem), tmp_path / f"{seed}.opale")
    load = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        for seed in ("1", "2"):
            words = ("solve", f"{seed}.opale", "--effort", 3, "--seed", 7, "--events", "none")
            program = start(*words, PYTHONHASHSEED=seed)
            assert program.end(1500) in (0, 2), program.err
            load.kill()  # the second process has the machine to itself
            out = ("export", f"{seed}.opale", "--as", "csv", "--out", seed)
            assert run(*out, PYTHONHASHSEED=seed).code == 0
    finally:
        load.kill()
        load.wait()
    names = sorted(each.name for each in (tmp_path / "1").iterdir())
    assert names == sorted(each.name for each in (tmp_path / "2").iterdir())
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name
