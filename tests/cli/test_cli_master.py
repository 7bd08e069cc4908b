"""Priority schemes and the master schedule on the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.runs import Best, RunFolder, create_run
from data.study_file import open_study
from planner.problem import Problem
from planner.runs import SolveRequest
from planner.score import Score
from ui.cli.stopping import Stop

Call = Callable[..., Any]


def base(path: Path) -> Problem:
    with open_study(path) as opened:
        return opened.study.base


def owners(problem: Problem) -> dict[str, set[str]]:
    return {str(each.id): {*map(str, each.owners)} for each in problem.sessions}


def change(call: Call, target: object, *words: str) -> Any:
    return call("scenario", "change", target, *words, "--json")


def test_a_scheme_is_taken_over_and_the_mapping_is_told(two: Path, call: Call) -> None:
    target = f"{two}#closed"
    ended = change(call, target, "--do", "priorities FR_local")
    assert ended.code == 0, ended.err
    assert ended.document["scenarios"] == ["closed"]
    told = ended.document["told"]
    assert any(each.startswith("P2 → U2 (") for each in told)
    with open_study(two) as opened:
        study = opened.study
    assert {case.priority for case in study.problem("closed").cases} == {"U1", "U2", "U3", "U4"}
    assert {case.priority for case in study.base.cases} == {"P1b", "P2", "P3", "P4"}
    faults = call("check", target, "--json").document["faults"]
    assert [each["where"] for each in faults] == ["scenario closed"]  # its plan is outdated
    off = call("scenario", "switch", target, "priorities FR_local", "off")
    assert off.code == 0
    with open_study(two) as opened:
        back = opened.study.problem("closed")
    assert {case.priority for case in back.cases} == {"P1b", "P2", "P3", "P4"}
    assert back.rules == study.base.rules


def test_a_scheme_in_the_base_changes_the_base(small: Path, call: Call) -> None:
    ended = call("scenario", "change", small, "--do", "priorities", "AU_123", "fr")
    assert ended.code == 0, ended.err
    assert "P1b → Cat1" in ended.out
    with open_study(small) as opened:
        first, *_ = opened.study.base.priorities
    assert first.name.replace("\u202f", " ") == "Catégorie 1 : sous 30 jours"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("priorities", "MINE"), "AU_123, FR_local, NCEPOD, NHS_P"),
        (("priorities",), "priorities SCHEME"),
        (("expand",), "there already: 18;"),
        (("expand", "2026-10-31"), "No template has a session on these days"),
        (("expand", "2027-01-01"), "names no day of the period"),
        (("expand", "2026-13-01"), "names no day of the period"),
        (("expand", "mon", "tue"), "expand [WEEKDAY|DATE|DATE..DATE]"),
        (("reallocate", "sessions"), "reallocate sessions|templates SPECIALTY"),
        (("reallocate", "sessions", "NEURO", "all"), "“NEURO” is not in this study (specialty)"),
        (("reallocate", "sessions", "OPH", "S1", "sunday"), "S1 sunday"),
        (("reallocate", "templates", "OPH", "2026-10-05"), "no dates"),
        (("reallocate", "sessions", "OPH", "S3"), "changes nothing"),
        (("close", "sessions", "S9"), "S9"),
        (("open", "rooms", "S1"), "templates"),
        (("release", "templates", "soon", "S1"), "365"),
    ],
)
def test_what_does_not_fit_is_said(
    words: tuple[str, ...], sentence: str, small: Path, call: Call
) -> None:
    before = small.read_bytes()
    ended = call("scenario", "change", small, "--do", *words)
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err
    assert small.read_bytes() == before


def test_sessions_are_closed_taken_away_and_expanded_again(small: Path, call: Call) -> None:
    assert change(call, small, "--do", "close sessions S1 monday").document["told"] == []
    gone = [f"--remove=session/S1-2026-10-{day}-J" for day in ("05", "12", "19", "26")]
    assert change(call, small, *gone).code == 0
    assert change(call, small, "--do", "expand").document["told"] == [
        "4 sessions added.",
        "14 sessions are there already, as their templates say.",
    ]
    with open_study(small) as opened:
        assert len(opened.study.base.sessions) == 18
        assert not any(session.closed for session in opened.study.base.sessions)


def test_templates_of_one_to_four_weeks_become_dated_sessions(
    small: Path, place: Path, call: Call
) -> None:
    """On Saturdays and Sundays nothing is there yet; the fourth Sunday is All Saints’ Day."""
    hours = {"kind": "template", "theatre": "S3", "start": "08:00"}
    records = [
        hours | {"id": "W1", "cycle": 1, "weekday": "sat", "end": "12:00", "owners": ["OPH"]},
        hours | {"id": "W2", "cycle": 2, "week": 2, "weekday": "sat", "start": "12:00",
                 "end": "16:00", "owners": ["ORTHO"], "release": 7},
        hours | {"id": "W3", "cycle": 3, "weekday": "sun", "end": "16:00"},
        hours | {"id": "W4", "cycle": 4, "week": 3, "theatre": "S2", "weekday": "sat",
                 "end": "16:00", "closed": True},
    ]  # fmt: skip
    (place / "templates.json").write_text(json.dumps(records))
    assert change(call, small, "--add", "templates.json").code == 0
    before = {session.id for session in base(small).sessions}
    assert change(call, small, "--do", "expand sat").document["told"] == ["7 sessions added."]
    assert change(call, small, "--do", "expand").document["told"] == [
        "1 session added.",
        "25 sessions are there already, as their templates say.",
        "1 session falls on a holiday and is left out.",
    ]
    problem = base(small)
    made = {str(each.id): each for each in problem.sessions if each.id not in before}
    assert sorted(made) == [
        "S2-2026-10-24-J",
        "S3-2026-10-10-M",
        "S3-2026-10-11-J",
        "S3-2026-10-17-J",
        "S3-2026-10-17-M",
        "S3-2026-10-24-M",
        "S3-2026-10-31-J",
        "S3-2026-10-31-M",
    ]
    assert [id for id, session in made.items() if session.closed] == ["S2-2026-10-24-J"]
    late = made["S3-2026-10-17-J"]
    assert (late.start, late.end, set(late.owners)) == (720, 960, {"ORTHO"})
    assert late.release == late.day - 7
    refused = call("scenario", "change", small, "--do", "expand", "--lang", "fr")
    assert refused.code == 1
    assert "existent déjà\u202f: 26" in refused.err
    assert "un jour férié\u202f: 1." in refused.err


def test_sessions_of_an_owner_are_reallocated_in_a_scenario_alone(two: Path, call: Call) -> None:
    target = f"{two}#closed"
    before = owners(base(two))
    ended = change(call, target, "--do", "reallocate sessions OPH ORTHO 2026-10-05..2026-10-11")
    assert ended.code == 0, ended.err
    assert ended.document["scenarios"] == ["closed"]
    with open_study(two) as opened:
        after = owners(opened.study.problem("closed"))
        templates = opened.study.problem("closed").templates
    moved = {id for id in before if before[id] != after[id]}
    assert moved == {"S1-2026-10-05-J", "S1-2026-10-08-J"}
    assert all(after[id] == {"OPH"} for id in moved)
    assert owners(base(two)) == before
    assert templates == base(two).templates  # the grid stays as it is


# --- solve --parts mss ------------------------------------------------------------------------------


def test_the_master_schedule_is_solved_as_a_change_that_can_be_switched_off(
    two: Path, call: Call
) -> None:
    """A specialty that nobody waits for gives its half-day to those that are waited for."""
    target = f"{two}#closed"
    with open_study(two) as opened:
        waiting = [c.id for c in opened.study.base.cases if c.specialty == "OPH"]
    gone = [f"--remove=case/{id}" for id in waiting]
    assert call("scenario", "change", target, *gone, "--name", "no eyes").code == 0
    with open_study(two) as opened:
        before, plan = opened.study.problem("closed"), opened.study.scenario("closed").plan
    words = ("--parts", "mss", "--effort", 2, "--master", "keep:OPH=0", "--master", "change=1")
    ended = call("solve", target, *words, "--json", "--events", "none")
    assert ended.code == 0, ended.err
    found = ended.document
    assert found["status"] == found["parts"]["mss"]["status"] == "optimal"
    assert found["bound"] == found["score"]["total"] == sum(found["score"]["tiers"])
    assert found["score"]["total"] < found["master"]["before"]["total"]
    (changed,) = found["master"]["owners"]
    assert (changed["template"], changed["from"]) == ("S3-thu-M", "OPH")
    halves = {each["specialty"]: each["half_days"] for each in found["master"]["specialties"]}
    assert halves["OPH"] == {"from": 2, "to": 0}
    assert halves[changed["to"]]["to"] == halves[changed["to"]]["from"] + 2
    told = found["master"]["told"]
    assert any(each.startswith("OPH gives up 2 half-days in 2 weeks") for each in told)
    with open_study(two) as opened:
        study = opened.study
        last = opened.history()[-1]
    assert (last.action, last.status) == ("edit_record", "optimal")
    after = study.problem("closed")
    owners = {each.id: set(each.owners) for each in (*after.templates, *after.sessions)}
    assert owners["S3-thu-M"] == owners["S3-2026-10-08-M"] == {changed["to"]}
    assert study.scenario("closed").plan == plan
    assert study.stale("closed")
    group = study.scenario("closed").changes[-1].name
    assert call("scenario", "switch", target, group, "off").code == 0
    with open_study(two) as opened:
        back = opened.study.problem("closed")
    assert back.templates == study.base.templates
    assert [s.owners for s in back.sessions] == [s.owners for s in study.base.sessions]
    assert [need.least for need in back.cover] == [need.least for need in before.cover]


def test_a_grid_that_is_best_already_is_left_alone(small: Path, call: Call) -> None:
    before = small.read_bytes()
    ended = call("solve", small, "--parts", "mss", "--effort", 2, "--master", "change=1000000")
    assert ended.code == 0, ended.err
    assert "The owners of the master schedule stay" in ended.out
    assert "plan again" not in ended.out
    assert small.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--parts", "mss,roster"), "alone"),
        (("--parts", "mss", "--master", "keep"), "keep:SPECIALTY"),
        (("--parts", "mss", "--master", "speed=3"), "fill, keep, change, bed, shut"),
        (("--parts", "mss", "--master", "fill=0"), "from 1 to 100"),
        (("--parts", "mss", "--master", "keep:NEURO=10"), "NEURO"),
    ],
)
def test_what_cannot_be_asked_of_a_grid_is_said(
    words: tuple[str, ...], sentence: str, small: Path, call: Call
) -> None:
    before = small.read_bytes()
    ended = call("solve", small, *words)
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err
    assert small.read_bytes() == before


def test_without_templates_there_is_no_grid_to_solve(small: Path, call: Call) -> None:
    with open_study(small) as opened:
        gone = [f"--remove=template/{each.id}" for each in opened.study.base.templates]
    assert call("scenario", "change", small, *gone).code == 0
    ended = call("solve", small, "--parts", "mss")
    assert ended.code == 1
    assert "templates" in ended.err


def test_a_run_that_is_stopped_ends_with_3_or_130(
    small: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any grid nothing was found, with one the best so far is kept."""
    monkeypatch.setattr(Stop, "__call__", lambda _: True)
    ended = call("solve", small, "--parts", "mss", "--seconds", 5)
    assert ended.code in (3, 130)


def test_it_runs_in_a_process_of_its_own_in_french(small: Path, root: Path) -> None:
    command = [sys.executable, "-P", "-m", "ui.cli", "solve", str(small), "--parts", "mss"]
    env = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [*command, "--effort", "1", "--lang", "fr", "--events", "jsonl", "--json"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["parts"].keys() == {"mss"}
    events = [json.loads(line)["event"] for line in done.stderr.splitlines()]
    assert events == ["started", "phase", "phase", "bound", "finished"]


def test_a_killed_run_of_the_master_schedule_leaves_no_plan(
    small: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_study(small) as opened:
        study = opened.study
    request = SolveRequest(problem=study.base, parts=("mss",))
    folder = create_run(study.id, None)
    folder.write_request("base", request)
    folder.write_best(Best(plan=request.plan, score=Score(), horizon=study.base.horizon))
    monkeypatch.setattr(RunFolder, "alive", False)
    before = small.read_bytes()
    ended = call("recover", small, "--json")
    assert (ended.code, ended.document["adopted"]) == (0, False)
    assert small.read_bytes() == before
    assert "was killed" not in call("info", small).err
