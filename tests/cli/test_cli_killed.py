"""A killed run is told once a command, and not by the command that recovers it."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.protecting import Cost, Seal
from data.runs import Best, RunFolder, create_run
from data.study_file import open_study
from planner.runs import SolveRequest
from planner.score import judge

Call = Callable[..., Any]
CHEAP = Cost(10, 1, 1)


@pytest.fixture
def killed(two: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study of which a run of each scenario was killed, the newest that of the base."""
    with open_study(two) as opened:
        study = opened.study
        for name in ("closed", "base"):
            problem, plan = study.problem(name), study.scenario(name).plan
            folder = create_run(study.id, None)
            folder.write_request(name, SolveRequest(problem=problem))
            score = judge(problem, plan).score
            folder.write_best(Best(plan=plan, score=score, horizon=problem.horizon))
    monkeypatch.setattr(RunFolder, "alive", False)
    return two


def test_a_file_named_twice_tells_of_its_killed_runs_once(killed: Path, call: Call) -> None:
    told = call("compare", killed, killed, "--reference", f"{killed}#closed").err
    assert told.count("A run of “base” was killed") == 1
    assert told.count("A run of “closed” was killed") == 1


def test_the_command_that_is_told_can_be_typed_as_it_stands(
    two: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("scenario", "branch", f"{two}#closed", "closed on Fridays")
    with open_study(two) as opened:
        study = opened.study
    problem, plan = study.problem("closed"), study.scenario("closed").plan
    folder = create_run(study.id, None)
    folder.write_request("closed on Fridays", SolveRequest(problem=problem))
    score = judge(problem, plan).score
    folder.write_best(Best(plan=plan, score=score, horizon=problem.horizon))
    monkeypatch.setattr(RunFolder, "alive", False)
    for lang, marks in (("en", "“”"), ("fr", "«»")):
        (told,) = re.findall(
            f"{marks[0]}\\s?(planner [^”»]*?)\\s?{marks[1]}", call("info", two, "--lang", lang).err
        )
        assert shlex.split(told) == ["planner", "recover", f"{two}#closed on Fridays"]


def test_recover_tells_only_of_runs_that_still_wait(killed: Path, call: Call) -> None:
    assert call("info", killed).err.count("was killed") == 2
    first = call("recover", killed)
    assert first.code in (0, 2)
    assert "A run of “base” was killed" not in first.err
    assert first.err.count("A run of “closed” was killed") == 1
    assert "was killed" not in call("recover", f"{killed}#closed").err
    assert "was killed" not in call("info", killed).err


def test_a_run_that_cannot_be_read_here_is_in_nobodys_way(killed: Path, call: Call) -> None:
    """That of a protected copy, which has the same id, or a broken one: both older than what is recovered."""
    with open_study(killed) as opened:
        study = opened.study
    score = judge(study.base, study.scenario("base").plan).score
    best = Best(plan=study.scenario("base").plan, score=score, horizon=study.base.horizon)
    old = []
    for name, seal in (("0-broken", None), ("0-sealed", Seal.of("a long passphrase", CHEAP))):
        run = create_run(study.id, seal)
        run.write_request("base", SolveRequest(problem=study.base))
        run.write_best(best)
        old.append(RunFolder(run.path.rename(run.path.with_name(name)), seal))
    old[0].request_path.write_text("{", encoding="utf-8")
    assert call("recover", killed).code in (0, 2)
    assert not any(run.finished for run in old)
    assert old[1].scenario() == "base"


def test_a_scenario_does_not_take_the_plan_of_a_deleted_one_of_its_name(
    killed: Path, call: Call
) -> None:
    target = f"{killed}#closed"
    assert "A run of “closed” was killed" in call("info", killed).err
    assert call("scenario", "delete", target).code == 0
    assert call("scenario", "branch", killed, "closed").code == 0
    assert "A run of “closed” was killed" not in call("info", killed).err
    ended = call("recover", target)
    assert ended.code == 1
    with open_study(killed) as opened:
        made = opened.study.scenario("closed")
        assert made.plan == opened.study.scenario("base").plan
