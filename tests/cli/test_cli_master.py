"""Priority schemes and the master schedule on the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study

Call = Callable[..., Any]


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
    assert first.name == "Catégorie 1 : sous 30 jours"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("priorities", "MINE"), "AU_123, FR_local, NCEPOD, NHS_P"),
        (("priorities",), "priorities SCHEME"),
        (("expand",), "changes nothing"),
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


def test_sessions_are_closed_and_expanded_in_a_process_of_its_own(small: Path, root: Path) -> None:
    def run(*words: str) -> dict[str, Any]:
        command = [sys.executable, "-P", "-m", "ui.cli", "scenario", "change", str(small), *words]
        env = {**os.environ, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [*command, "--json"], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    run("--do", "close sessions S1 monday")
    gone = [f"--remove=session/S1-2026-10-{day}-J" for day in ("05", "12", "19", "26")]
    run(*gone)
    told = run("--do", "expand")["told"]
    assert told == [
        "4 sessions added.",
        "14 sessions are there already, as their templates say.",
    ]
    with open_study(small) as opened:
        assert len(opened.study.base.sessions) == 18
        assert not any(session.closed for session in opened.study.base.sessions)
