"""From a folder of CSV files to a plan, a comparison and back; and the codes a night job reads."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import save_study
from planner.problem import Problem
from planner.study import Study

Run = Callable[..., Any]


def test_import_check_solve_compare_export(root: Path, run: Run, call: Run) -> None:
    assert call("import", root / "tests" / "samples" / "csv", "--out", "bloc.opale").code == 0
    assert call("check", "bloc.opale").code in (0, 2)
    solved = run("solve", "bloc.opale", "--cpu-seconds", 1.5, "--json", "--events", "jsonl")
    assert solved.code in (0, 2)
    assert next(event["event"] for _, event in solved.events()) == "started"
    assert solved.events()[-1][1]["event"] == "finished"
    assert call("scenario", "branch", "bloc.opale", "autre").code == 0
    same = call("compare", "bloc.opale", "--json").document
    assert (same["placements"], same["duties"], same["inputs"]) == ([], [], [])
    out = call("export", "bloc.opale#autre", "--as", "csv", "--out", "back", "--json")
    assert out.document["stale"] is False
    again = call("import", "back", "--out", "again.opale", "--json")
    info = call("info", "bloc.opale", "--json").document["scenarios"][0]
    assert again.document["placements"] == info["placed"]
    assert again.document["duties"] == info["duties"]
    judged = call("check", "again.opale", "--json").document["scores"]["base"]
    assert judged == solved.document["score"]


@pytest.fixture
def instances(root: Path, tmp_path: Path) -> Path:
    for name in ("curtois.txt", "curtois_bad.txt"):
        shutil.copy(root / "tests" / "samples" / name, tmp_path / name)
    nothing = Problem(horizon=_horizon(), as_of=_horizon().start)
    save_study(Study(id="nothing1", base=nothing), tmp_path / "nothing.opale")
    (tmp_path / "old.csv").write_text("an old output", encoding="utf-8")
    return tmp_path


def _horizon() -> Any:
    from datetime import date

    from planner.clock import Horizon

    return Horizon(start=date(2026, 10, 5), days=7)


CODES = [
    (0, "solve curtois.txt --effort 1 --json --solution new.csv"),
    (1, "solve curtois.txt --effort 1 --json --solution old.csv"),
    (1, "solve missing.txt --json --solution new.csv"),
    (1, "solve curtois.txt --fast --json --solution new.csv"),
    (1, "solve curtois_bad.txt --json --solution new.csv"),
    (1, "solve nothing.opale --json --seconds 1 --out new.csv"),
]


@pytest.mark.parametrize(("code", "words"), CODES)
def test_exit_codes_a_night_job_can_trust(code: int, words: str, instances: Path, run: Run) -> None:
    """F78: 0 only with a plan without hard breaches that was written; nothing is written on 1."""
    program = run(*words.split())
    assert program.code == code
    assert (instances / "new.csv").exists() == (code == 0)
    assert (instances / "old.csv").read_text(encoding="utf-8") == "an old output"
    if code == 0:
        assert program.document["score"]["breaches"] == 0
    else:
        assert program.out == ""
        assert program.err.strip()
        assert "Traceback" not in program.err


def test_a_plan_with_hard_breaches_is_written_and_ends_with_2(
    small: Path, run: Run, call: Run
) -> None:
    """The plan with the least is kept, marked, and the night job is told (F30a has too few people)."""
    pin_against_the_law(small)
    solved = run("solve", small, "--parts", "roster", "--cpu-seconds", 1.5, "--json")
    assert solved.code == 2
    assert solved.document["status"] in ("relaxed", "stopped")
    assert solved.document["score"]["breaches"] > 0
    assert call("info", small, "--json").document["scenarios"][0]["duties"] > 50


def pin_against_the_law(path: Path) -> None:
    """Pin somebody to work every day of the period."""
    from data.lock import locked
    from data.study_file import open_study
    from planner.edits import AdoptPlan, SetPins
    from planner.plan import Duty, Plan
    from planner.study import Pin

    with locked(path), open_study(path) as opened:
        person = opened.study.base.staff[0]
        shift = next(
            s for s in opened.study.base.shifts if not person.shifts or s.id in person.shifts
        )
        duties = [Duty(person.id, day, shift.id) for day in range(28)]
        opened.do(AdoptPlan(scenario="base", plan=Plan.build((), duties)))
        opened.do(SetPins(scenario="base", pins=(Pin(kind="person", id=person.id),)))
        opened.save()
