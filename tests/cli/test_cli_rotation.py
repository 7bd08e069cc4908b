"""Rotations on the command line: laid out on dates, and what cannot be."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rotation_house import house

from data.run_codec import identity, request_of, request_plain
from data.study_file import open_study, save_study
from planner.people import Absence
from planner.runs import ROTATION, SolveRequest
from planner.study import Study

Call = Callable[..., Any]


@pytest.fixture
def trame(place: Path) -> Path:
    """A study with a rotation of three weeks, and somebody away for a day."""
    away = Absence(id="a", person="P1", first=2, last=2)
    path = place / "trame.opale"
    save_study(Study(id="trame1", base=house(absences=(away,))), path)
    return path


def duties(path: Path, scenario: str = "base") -> list[tuple[str, int, str]]:
    with open_study(path) as opened:
        return [tuple(duty) for duty in opened.study.scenario(scenario).plan.duties]


def test_a_rotation_is_laid_out_and_what_is_left_out_is_told(trame: Path, call: Call) -> None:
    ended = call("scenario", "roll-out", trame, "R3", "--json")
    assert ended.code == 0, ended.err
    given, absent, *_ = ended.document["told"]
    assert ended.document["done"] == "Lay out rotation R3"
    assert given.startswith("65 duties of 3 people laid out")
    assert absent == "1 duty left out, as its person is away: P1 Wed 7 Oct M."
    assert len(duties(trame)) == 65
    with open_study(trame) as opened:
        last = opened.history()[-1]
        assert not opened.study.stale("base")
    assert (last.action, last.parameters["rotations"]) == ("edit_roll_out", "R3")
    assert "65 duties" in call("scenario", "roll-out", trame).out


def test_only_some_days_of_one_scenario(trame: Path, call: Call) -> None:
    assert call("scenario", "branch", trame, "trial").code == 0
    words = ("--days", "2026-10-12..2026-10-18", "--lang", "fr")
    ended = call("scenario", "roll-out", f"{trame}#trial", *words)
    assert ended.code == 0, ended.err
    assert "postes déroulés" in ended.out
    assert duties(trame) == []
    assert {day // 7 for _, day, _ in duties(trame, "trial")} == {1}


def test_rotations_travel_as_csv(trame: Path, call: Call) -> None:
    assert call("export", trame, "--as", "csv", "--out", "folder").code == 0
    text = Path("folder/lines.csv").read_text(encoding="utf-8-sig")
    assert "R3-2" in text
    ended = call("import", "folder", "--out", "back.opale")
    assert ended.code == 0, ended.err
    with open_study(trame) as one, open_study(Path("back.opale")) as other:
        for kind in ("rotation", "line", "turn", "weekly"):
            assert one.study.base.records(kind) == other.study.base.records(kind)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("R9",), "There is no rotation R9 in this scenario; there are: R3."),
        (("--days", "monday"), "names no day of the period"),
        (("--days", "2027-01-01"), "names no day of the period"),
    ],
)
def test_what_cannot_be_laid_out_is_said(
    words: tuple[str, ...], sentence: str, trame: Path, call: Call
) -> None:
    before = trame.read_bytes()
    ended = call("scenario", "roll-out", trame, *words)
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err
    assert trame.read_bytes() == before


def test_a_line_is_refused_beyond_its_rotation(trame: Path, call: Call) -> None:
    line = {"kind": "line", "id": "R3-4", "rotation": "R3", "number": 4, "mon": "M"}
    Path("line.json").write_text(json.dumps(line), encoding="utf-8")
    ended = call("scenario", "change", trame, "--add", "line.json")
    assert ended.code == 1
    assert "beyond its cycle" in ended.err
    ended = call("scenario", "change", trame, "--set", "line/R3-1.mon=Q")
    assert ended.code == 1
    assert "Q" in ended.err


# --- solve --parts rotation ---------------------------------------------------------------------


@pytest.fixture
def broken(place: Path) -> Path:
    """A rotation whose last night runs into the first morning."""
    path = place / "broken.opale"
    base = house("M M M M M - -", "S S S S - - -", "- - N N - - N")
    save_study(Study(id="trame2", base=base), path)
    return path


def test_lines_are_found_as_a_change_that_can_be_switched_off(broken: Path, call: Call) -> None:
    assert call("scenario", "branch", broken, "better").code == 0
    target = f"{broken}#better"
    ended = call(
        "solve", target, "--parts", "rotation", "--effort", 5, "--json", "--events", "none"
    )
    assert ended.code == 0, ended.err
    found = ended.document
    assert found["status"] == found["parts"]["rotation"]["status"] == "optimal"
    assert (found["bound"], found["score"]["total"]) == (0, 0)
    assert found["rotation"]["before"]["breaches"] > 0
    assert found["rotation"]["changed"]
    assert [len(week) for week in found["rotation"]["lines"]] == [7, 7, 7]
    assert any(line.startswith("Line 1: ") for line in found["rotation"]["told"])
    with open_study(broken) as opened:
        study = opened.study
        last = opened.history()[-1]
    assert (last.action, last.status) == ("edit_record", "optimal")
    assert study.problem("better").lines != study.base.lines
    (group,) = study.scenario("better").changes
    assert group.name == "lines of rotation R3"
    assert call("scenario", "switch", target, group.name, "off").code == 0
    with open_study(broken) as opened:
        assert opened.study.problem("better").lines == study.base.lines


def test_found_lines_are_told_and_laid_out_next(broken: Path, call: Call) -> None:
    ended = call("solve", broken, "--parts", "rotation", "--effort", 5, "--events", "text")
    assert ended.code == 0, ended.err
    assert "Best possible lines, proven." in ended.out
    assert "planner scenario roll-out TARGET R3" in ended.out
    assert call("scenario", "roll-out", broken).code == 0
    checked = call("check", broken, "--json")
    assert [each for each in checked.document["breaches"] if each["hard"]] == []
    before = broken.read_bytes()
    ended = call("solve", broken, "--parts", "rotation", "--effort", 5, "--lang", "fr")
    assert "Les lignes du roulement R3 restent" in ended.out
    assert broken.read_bytes() == before


def test_a_question_is_named_after_the_lines_that_it_begins_with() -> None:
    """They are in no fingerprint, as no rule reads them."""
    asked = SolveRequest(problem=house(), parts=(ROTATION,), rotation="R3")
    other = replace(asked, problem=house("M M - - - - -", "- - - - - - -", "S - - - - - -"))
    assert request_of(request_plain(asked)) == asked
    assert identity(asked) != identity(other)
    roster = replace(asked, parts=("roster",))
    assert identity(roster) == identity(replace(other, parts=("roster",)))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--parts", "rotation,roster"), "found alone"),
        (("--parts", "rotation", "--rotation", "R9"), "There is no rotation R9"),
    ],
)
def test_what_cannot_be_found_is_said(
    words: tuple[str, ...], sentence: str, broken: Path, call: Call
) -> None:
    before = broken.read_bytes()
    ended = call("solve", broken, *words)
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err
    assert broken.read_bytes() == before


def test_a_study_without_a_rotation_or_with_several_says_so(small: Path, call: Call) -> None:
    ended = call("solve", small, "--parts", "rotation")
    assert ended.code == 1
    assert "has no rotation" in ended.err
    for id in ("A", "B"):
        Path("r.json").write_text(json.dumps({"kind": "rotation", "id": id}), encoding="utf-8")
        assert call("scenario", "change", small, "--add", "r.json").code == 0
    ended = call("solve", small, "--parts", "rotation")
    assert ended.code == 1
    assert "--rotation (A, B)" in ended.err
