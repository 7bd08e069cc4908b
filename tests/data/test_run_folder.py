"""A run leaves its best plan on disk before it tells of it, so that a kill loses nothing."""

import dataclasses
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data.refused import Refused
from data.run_codec import identity, request_of, request_plain, result_of, result_plain
from data.runs import (
    KEPT,
    Best,
    RunFolder,
    asked_run,
    create_run,
    newest_unfinished,
    read_best,
    runs,
)
from planner.plan import Duty, Plan
from planner.rules.contract import Waiver
from planner.runs import Budget, PartResult, SolveRequest, SolveResult
from planner.score import Score
from planner.study import Pin, Study

SCORE = Score(hard=720, breaches=1, waived=0, tiers=(1, 2, 3, 4), total=10)


@pytest.fixture
def request_(study: Study) -> SolveRequest:
    return SolveRequest(
        problem=study.problem("et après"),
        plan=study.scenario("et après").plan,
        pins=study.pins("et après"),
        waivers=study.waivers("et après"),
        parts=("roster",),
        budget=Budget(effort=3),
        seed=7,
        workers=1,
        strict=True,
    )


@pytest.fixture
def best(study: Study) -> Best:
    return Best(
        plan=study.scenario("base").plan,
        horizon=study.base.horizon,
        score=SCORE,
        part="theatre",
        seconds=1.5,
        cpu_seconds=2.5,
        forecast=study.scenario("base").forecast,
    )


def abandoned(study_id: str, scenario: str, root: Path) -> RunFolder:
    """Begin a run in a process that dies at once."""
    code = (
        "import os, sys; from data.runs import create_run;"
        " print(create_run(sys.argv[1], None).path); "
    )
    done = subprocess.run(
        [sys.executable, "-c", code + "sys.stdout.flush(); os._exit(9)", study_id],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    run = RunFolder(Path(done.stdout.strip()), None)
    (run.path / "request.json").write_text(json.dumps({"scenario": scenario}), encoding="utf-8")
    return run


def test_the_question_comes_back(request_: SolveRequest, study: Study, state: Path) -> None:
    run = create_run(study.id, None)
    path = run.write_request("et après", request_)
    assert path == state / "runs" / "sample1" / run.id / "request.json"
    question = asked_run({"request": str(path)}).question()
    assert question.scenario == "et après"
    assert question.request == request_
    assert run.scenario() == "et après"
    run.rename("et avant")
    assert run.scenario() == run.question().scenario == "et avant"
    assert run.question().request == request_
    if os.name == "posix":
        assert run.path.stat().st_mode & 0o077 == 0


def test_the_best_plan_comes_back_and_is_replaced(best: Best, study: Study) -> None:
    run = create_run(study.id, None)
    assert run.best() is None
    assert read_best(run.write_best(best), None) == best
    better = dataclasses.replace(best, plan=Plan(), score=Score(total=None))
    run.write_best(better)
    assert run.best() == better
    assert sorted(each.name for each in run.path.iterdir()) == ["best.json", "owner.json"]


def test_an_answer_comes_back(study: Study) -> None:
    part = PartResult(status="optimal", score=SCORE, bound=10, bounds=(1, 2, 3, 4), source="model")
    result = SolveResult(
        status="feasible",
        plan=study.scenario("base").plan,
        score=SCORE,
        parts={"theatre": part, "roster": dataclasses.replace(part, bound=None, bounds=None)},
        bound=9,
        seconds=1.5,
        cpu_seconds=2.5,
        forecast=study.scenario("base").forecast,
    )
    document = json.loads(json.dumps(result_plain(result, study.base.horizon)))
    assert result_of(document) == result


def test_a_killed_run_is_found_until_it_is_finished(best: Best, root: Path) -> None:
    run = abandoned("s1", "base", root)
    assert newest_unfinished("s1", None) is None  # there is nothing to recover yet
    run.write_best(best)
    assert newest_unfinished("s1", None) == run
    assert newest_unfinished("s1", None, "base") == run
    assert newest_unfinished("s1", None, "other") is None
    assert newest_unfinished("s2", None) is None
    run.finish("recovered")
    assert newest_unfinished("s1", None) is None


def test_the_newest_of_two_killed_runs(best: Best, root: Path) -> None:
    first = abandoned("s1", "base", root)
    first.write_best(best)
    second = abandoned("s1", "base", root)
    second.write_best(best)
    first.write_best(best)  # what was written last does not count
    assert newest_unfinished("s1", None) == second
    assert runs("s1", None) == (second, first)


def test_a_run_that_still_goes_on_is_not_recovered(best: Best) -> None:
    run = create_run("s1", None)
    run.write_best(best)
    assert run.alive
    assert newest_unfinished("s1", None) is None


def test_a_broken_question_does_not_hide_an_older_run(best: Best, root: Path) -> None:
    older = abandoned("s1", "base", root)
    older.write_best(best)
    broken = abandoned("s1", "base", root)
    broken.write_best(best)
    broken.request_path.write_text("{", encoding="utf-8")
    assert newest_unfinished("s1", None, "base") == older


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"plan": {}}', '{"plan": {"horizon": 3}}', "\x00" * 50, "[" * 99_999],
)
def test_a_broken_best_is_said(content: str) -> None:
    run = create_run("s1", None)
    run.best_path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        run.best()
    assert caught.value.what in ("run.broken", "study.bad_value")
    french = caught.value.sentence("fr")
    assert french != caught.value.sentence("en")
    assert not any(words in french for words in ("Expecting", "recursion", "codec"))


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("problem", "cases", 1, "due"), "tomorrow", "problem.cases[1].due"),
        (("problem", "cases", 0, "mean"), 0, "problem.cases[0].mean"),
        (("problem", "cases", 0, "colour"), "red", "problem.cases[0].colour"),
        (("problem", "horizon", "days"), "four", "problem.horizon"),
        (("problem", "order"), "any", "problem"),
        (("plan", "duties", 0), ["A17"], "plan.duties[0]"),
        (("plan", "duties", 1), ["A17", "2026-13-01", "J"], "plan.duties[1].day"),
        (("plan", "placements", 0), ["P", "S", None, "noon"], "plan.placements[0]"),
        (("parts", 0), "kitchen", "parts[0]"),
        (("pins", 0), {}, "pins[0].pin"),
        (("seed",), "x", ""),
        (("budget",), {"moons": 3}, ""),
    ],
)
def test_an_error_in_a_question_has_its_path(
    request_: SolveRequest, path: tuple[str | int, ...], value: object, where: str
) -> None:
    document = json.loads(json.dumps(request_plain(request_)))
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(Refused) as caught:
        request_of(document)
    assert caught.value.what == "study.bad_value"
    assert str(caught.value.facts["where"]) == f"request.{where}".rstrip(".")


def test_old_finished_runs_make_room_and_killed_ones_stay(best: Best, root: Path) -> None:
    killed = abandoned("s1", "base", root)
    killed.write_best(best)
    fruitless = abandoned("s1", "base", root)
    for _ in range(KEPT + 3):
        create_run("s1", None).finish("feasible")
    kept = runs("s1", None)
    assert len(kept) == KEPT + 2
    assert fruitless not in kept
    assert killed in kept


def test_a_request_that_is_none(tmp_path: Path) -> None:
    for path in (tmp_path / "request.json", tmp_path, tmp_path / "other.json"):
        with pytest.raises(Refused) as caught:
            asked_run({"request": str(path)})
        assert caught.value.what == "run.broken"


def test_a_study_id_is_no_path() -> None:
    with pytest.raises(ValueError, match="etc"):
        create_run("../etc", None)


def test_a_run_folder_that_went_away_is_said(best: Best) -> None:
    run = create_run("s1", None)
    (run.path / "owner.json").unlink()
    run.path.rmdir()
    with pytest.raises(Refused) as caught:
        run.write_best(best)
    assert caught.value.what == "run.not_written"


def test_the_identity_of_a_run_covers_all_that_it_depends_on(request_: SolveRequest) -> None:
    waiver = Waiver(
        rule="r1",
        subjects=frozenset({"A17"}),
        first=0,
        last=0,
        most=1,
        reason="x",
        author="y",
        made=date(2026, 1, 1),
    )
    different = [
        dataclasses.replace(request_, pins=(Pin(kind="case", id="P-0002"),)),
        dataclasses.replace(request_, waivers=(waiver,)),
        dataclasses.replace(request_, plan=request_.plan.with_duties([Duty("A17", 2, "J")])),
        dataclasses.replace(request_, budget=Budget(effort=4)),
        dataclasses.replace(request_, parts=("theatre",)),
        dataclasses.replace(request_, seed=8),
        dataclasses.replace(request_, strict=False),
        dataclasses.replace(request_, near=True),
        dataclasses.replace(request_, problem=dataclasses.replace(request_.problem, noon=700)),
    ]
    names = {identity(each) for each in (request_, *different)}
    assert len(names) == 1 + len(different)
    turned = dataclasses.replace(request_, pins=request_.pins[::-1])
    assert identity(turned) == identity(request_)


def test_a_run_that_begins_while_another_one_does_leaves_it_alone(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lanes of a queue, or two programs: whoever tidies up takes no folder for a fruitless one."""
    real, begun = RunFolder._write, list[RunFolder]()

    def write(folder: RunFolder, name: str, document: dict[str, object]) -> None:
        if name == "owner.json" and not begun:
            begun.append(folder)
            begun[0] = create_run("study", None)
        real(folder, name, document)

    monkeypatch.setattr(RunFolder, "_write", write)
    outer = create_run("study", None)
    assert outer.alive
    assert begun[0].alive
    assert {run.id for run in runs("study", None)} == {outer.id, begun[0].id}
