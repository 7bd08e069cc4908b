"""Ctrl-C, a kill, and what is left of the plan."""

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from data.lock import holder_of, lock_path
from data.study_file import open_study
from planner.score import judge

Start = Callable[..., Any]


def improved(line: str) -> bool:
    return '"improved"' in line


@pytest.mark.parametrize("sign", ['"improved"', '"name": "neighbourhoods"'])
def test_ctrl_c_stops_with_the_best_plan_saved(
    sign: str, small: Path, start: Start, call: Start
) -> None:
    """In the kernel, and in CP-SAT, which would take the signal for itself."""
    words = ("--parts", "theatre", "--seconds", 60, "--json", "--events", "jsonl")
    program = start("solve", small, *words)
    program.until(lambda line: sign in line)
    program.interrupt()
    assert program.end() == 130
    assert program.document["status"] == "stopped"
    saved = call("info", small, "--json").document["scenarios"][0]
    assert saved["score"] == program.document["score"]
    assert saved["placed"] + saved["duties"] > 0
    assert holder_of(small) is None
    assert call("recover", small).code == 1


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has this signal")
def test_the_clock_of_a_night_job_stops_it_likewise(small: Path, start: Start) -> None:
    program = start("solve", small, "--seconds", 300, "--parts", "theatre", "--events", "jsonl")
    program.until(improved)
    program.process.send_signal(signal.SIGTERM)
    assert program.end() == 130
    with open_study(small) as opened:
        assert list(opened.study.scenario("base").plan.placements)


def test_stopped_before_any_plan_nothing_is_written(small: Path, start: Start) -> None:
    before = small.read_bytes()
    program = start("solve", small, "--seconds", 300, "--json", "--events", "jsonl")
    program.until(lambda line: '"started"' in line)
    program.interrupt()
    code = program.end()
    assert code == (3 if program.document["status"] == "nothing" else 130)
    assert (small.read_bytes() == before) == (code == 3)


def test_the_second_ctrl_c_leaves_at_once_with_the_best_plan_kept(
    small: Path, start: Start, call: Start
) -> None:
    program = start("solve", small, "--seconds", 300, "--parts", "theatre", "--events", "jsonl")
    program.until(improved)
    program.process.send_signal(signal.SIGSTOP)  # so that both arrive before it can end by itself
    program.interrupt()
    program.process.send_signal(signal.SIGTERM)
    program.process.send_signal(signal.SIGCONT)
    assert program.end() == 130
    assert not lock_path(small).exists()
    told = call("info", small)
    if "was killed" in told.err:  # it left at once; otherwise it was quick enough to save
        assert call("recover", small).code in (0, 2)
    with open_study(small) as opened:
        assert list(opened.study.scenario("base").plan.placements)


def last_known(program: Any, until: float) -> dict[str, Any]:
    """The last score of each part that was told before a moment."""
    found = {}
    for when, event in program.events():
        if event["event"] == "improved" and when <= until:
            found[event["part"]] = event["score"]
    return found


def recovered_is_no_worse(small: Path, told: dict[str, Any], call: Start) -> None:
    with open_study(small) as opened:  # whole, whatever happened
        before = opened.study.scenario("base").plan
    note = call("info", small).err
    ended = call("recover", small, "--json")
    if not told and ended.code == 1:
        return
    assert "was killed" in note
    assert ended.code in (0, 2)
    with open_study(small) as opened:
        study = opened.study
        assert opened.past_runs()[-1].status == "stopped"
        plan = study.scenario("base").plan
    assert plan != before
    for part, score in told.items():
        now = judge(study.base, plan, parts=(part,)).score
        assert (now.hard, now.total) <= (score["hard"], score["total"])
    assert call("recover", small).code == 1
    assert "killed" not in call("info", small).err


def test_a_killed_run_is_recovered(small: Path, start: Start, call: Start) -> None:
    program = start("solve", small, "--seconds", 300, "--events", "jsonl")
    program.until(improved)
    program.process.kill()
    program.end()
    when = program.lines[-1][0]
    recovered_is_no_worse(small, last_known(program, when), call)


def test_a_later_plan_makes_a_killed_run_past(
    small: Path, start: Start, run: Start, call: Start
) -> None:
    program = start("solve", small, "--seconds", 300, "--parts", "theatre", "--events", "jsonl")
    program.until(improved)
    program.process.kill()
    program.end()
    again = run("solve", small, "--parts", "theatre", "--seconds", 0.5)
    assert again.code in (0, 2)
    assert "was killed" in again.err
    assert call("recover", small).code == 1


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_a_kill_at_any_moment_costs_no_plan(
    seed: int, small: Path, start: Start, call: Start
) -> None:
    """The study is whole, and `recover` gives a plan not worse than the last event told."""
    random = Random(seed)
    program = start("solve", small, "--seconds", 12, "--seed", seed, "--events", "jsonl")
    program.until(lambda line: '"started"' in line)
    try:
        code = program.process.wait(random.uniform(0.0, 11.0))
    except subprocess.TimeoutExpired:
        program.process.kill()
        code = program.end()
    if code >= 0:  # it was quicker than we
        return
    recovered_is_no_worse(small, last_known(program, program.lines[-1][0]), call)


def test_a_dead_solver_is_not_no_solution(small: Path, start: Start) -> None:
    """F76: it ends with a code of its own, and never says that no plan exists."""
    program = start("solve", small, "--seconds", 300, "--events", "text")
    program.until(lambda line: bool(line))
    program.process.send_signal(signal.SIGSEGV)
    assert program.end() not in (0, 1, 2, 3, 130)
    assert "No plan was found" not in program.err


def test_lines_of_events_are_json_and_tell_the_best(root: Path, run: Start) -> None:
    roster = root / "tests" / "samples" / "curtois.txt"
    program = run("solve", roster, "--effort", 1, "--events", "jsonl", "--json")
    kinds = [event["event"] for _, event in program.events()]
    assert (kinds[0], kinds[-1]) == ("started", "finished")
    assert "improved" in kinds
    assert json.loads(program.out)["score"] == program.events()[-1][1]["score"]
    quiet = run("solve", roster, "--seconds", 0.5, "--events", "none", "--json")
    assert quiet.err == ""
    assert quiet.document["score"]["breaches"] == program.document["score"]["breaches"]
