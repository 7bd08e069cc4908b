"""Changes on the command line: recorded, switched, refused, and what becomes of results after them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.lock import locked
from data.study_file import open_study

Call = Callable[..., Any]


def test_changes_are_recorded_switched_and_deleted(
    two: Path, place: Path, call: Call, approved: Call
) -> None:
    target = f"{two}#closed"
    record = {"kind": "absence", "id": "a99", "person": "", "first": "2026-10-12"}
    with open_study(two) as opened:
        record["person"] = opened.study.base.staff[0].id
        session = opened.study.base.sessions[0]
    record["last"] = "2026-10-13"
    (place / "absence.json").write_text(json.dumps(record), encoding="utf-8")
    words = (
        "--set",
        f"session/{session.id}.closed=yes",
        "--adjust",
        f"session/{session.id}.overtime=+15",
        "--add",
        "absence.json",
        "--set",
        "problem/problem.noon=13:00",
        "--name",
        "all of it",
    )
    assert call("scenario", "change", target, *words).code == 0
    (closed,) = call("scenario", "list", target, "--json").document["scenarios"]
    assert [group["name"] for group in closed["changes"]] == ["close-room S2 friday", "all of it"]
    inputs = call("compare", two, "--json").document["inputs"]
    changed = {(each["kind"], each["id"], each["field"]): each["to"] for each in inputs}
    assert changed["session", session.id, "closed"] is True
    assert changed["session", session.id, "overtime"] == session.overtime + 15
    assert changed["absence", "a99", ""]["person"] == record["person"]
    assert ("problem", "problem", "noon") in changed
    assert call("scenario", "switch", target, "all of it", "off").code == 0
    fewer = call("compare", two, "--json").document["inputs"]
    assert 0 < len(fewer) < len(inputs)
    approved(target)
    assert call("scenario", "publish", target, "--force").code == 0
    assert call("scenario", "list", target, "--json").document["scenarios"][0]["published"]
    assert call("scenario", "delete", two).code == 1
    assert call("scenario", "delete", target).code == 0
    assert len(call("info", two, "--json").document["scenarios"]) == 1


def test_a_change_that_contradicts_is_not_recorded(two: Path, call: Call) -> None:
    before = two.read_bytes()
    with open_study(two) as opened:
        session = opened.study.base.sessions[0].id
    for asked in (
        ("--remove", "surgeon/" + first_surgeon(two)),
        ("--set", f"session/{session}.end=00:10"),
    ):
        ended = call("scenario", "change", two, *asked)
        assert ended.code == 1
        assert "not recorded" in ended.err
        assert "Add “" not in ended.err
        assert two.read_bytes() == before


def test_a_file_of_changes_that_cannot_be_read_is_told_in_french(two: Path, call: Call) -> None:
    broken = two.with_name("broken.json")
    broken.write_text("{\n  no", encoding="utf-8")
    for path, told in (
        (two.with_name("nowhere.json"), "introuvable"),
        (two.parent, "c’est un dossier"),
        (broken, "ligne 2, colonne 3"),
    ):
        ended = call("scenario", "change", two, "--add", path, "--lang", "fr")
        assert ended.code == 1
        assert told in ended.err
        assert "No such" not in ended.err


@pytest.mark.parametrize(
    ("content", "english", "french"),
    [
        (b'{"id": "\x81"}', "no text in UTF-8 (byte 9)", "pas du texte en UTF-8 (octet 9)"),
        (b"[" * 90_000, "in one another without end", "s’y emboîtent sans fin"),
        (b"9" * 9_000, "thousands of digits", "des milliers de chiffres"),
    ],
)
def test_what_is_no_json_is_told_in_words_of_ours(
    content: bytes, english: str, french: str, two: Path, call: Call
) -> None:
    broken = two.with_name("broken.json")
    broken.write_bytes(content)
    before = two.read_bytes()
    for lang, told in (("en", english), ("fr", french)):
        ended = call("scenario", "change", two, "--add", broken, "--lang", lang)
        assert (ended.code, told in ended.err) == (1, True), ended.err
        assert not any(words in ended.err for words in ("codec", "recursion", "Exceeds"))
    assert two.read_bytes() == before


def test_a_new_person_needs_no_past(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        contract = opened.study.base.staff[0].contract
    fresh = two.with_name("fresh.json")
    fresh.write_text(json.dumps({"kind": "staff", "id": "NEW-1", "contract": contract}))
    ended = call("scenario", "change", f"{two}#closed", "--add", fresh)
    assert ended.code == 0, ended.err
    with open_study(two) as opened:
        assert "NEW-1" in {each.id for each in opened.study.problem("closed").staff}


def first_surgeon(path: Path) -> str:
    with open_study(path) as opened:
        return min(surgeon for case in opened.study.base.cases for surgeon in case.surgeons)


def test_a_change_in_the_base_makes_the_plans_old(two: Path, call: Call) -> None:
    before = call("info", two, "--json").document["scenarios"][0]
    assert before["stale"] is False
    with open_study(two) as opened:
        session = opened.study.base.sessions[0].id
    assert call("scenario", "change", two, "--adjust", f"session/{session}.overtime=+15").code == 0
    assert call("info", two, "--json").document["scenarios"][0]["stale"] is True
    stale = call("compare", two, "--json").document["stale"]
    assert {each["scenario"] for each in stale} == {"base", "closed"}
    assert any(session in str(each["inputs"]) for each in stale)


def test_a_study_that_somebody_holds_is_left_alone(two: Path, call: Call) -> None:
    before = two.read_bytes()
    with locked(two):
        for words in (
            ("solve", two, "--effort", 1),
            ("scenario", "branch", two, "n"),
            ("recover", two),
        ):
            ended = call(*words)
            assert ended.code == 1
            assert "open elsewhere" in ended.err
        assert call("info", two).code == 0
    assert two.read_bytes() == before


def test_results_of_other_facts_are_marked_until_the_facts_are_back(
    two: Path, place: Path, call: Call
) -> None:
    """F70: a shift moves by a quarter of an hour; moved back, the mark goes without a new run."""
    with open_study(two) as opened:
        shift = opened.study.base.shifts[0]

    def marks(out: str) -> list[bool]:
        export = call("export", two, "--as", "csv", "--out", place / out, "--json").document
        faults = call("check", two, "--json").document["faults"]
        return [
            call("info", two, "--json").document["scenarios"][0]["stale"],
            any("made for other facts" in fault["what"] for fault in faults),
            "base"
            in {each["scenario"] for each in call("compare", two, "--json").document["stale"]},
            call("kpis", two, "--json").document["stale"],
            "base *" in call("compare", two).out,
            export["stale"],
        ]

    def moved(minutes: str) -> int:
        words = [f"shift/{shift.id}.{edge}={minutes}" for edge in ("start", "end")]
        code: int = call("scenario", "change", two, "--adjust", words[0], "--adjust", words[1]).code
        return code

    assert marks("before") == [False] * 6
    assert moved("-15") == 0
    assert marks("moved") == [True] * 6
    with open_study(two) as opened:
        now = opened.study.base.shifts[0]
    assert now.end - now.start == shift.end - shift.start
    assert moved("+15") == 0
    assert marks("back") == [False] * 6


def test_change_sets_are_put_in_order_moved_to_the_parent_and_taken_away(
    two: Path, call: Call
) -> None:
    def names(scenario: str) -> list[str]:
        found = call("scenario", "list", f"{two}#{scenario}", "--json").document["scenarios"]
        return [each["name"] for each in found[0]["changes"]]

    with open_study(two) as opened:
        first, second = opened.study.base.cases[:2]
    first_set = names("closed")[0]
    for name, case in (("a", first), ("b", second)):
        words = ("--set", f"case/{case.id}.mean={case.mean + 5}", "--name", name)
        assert call("scenario", "change", f"{two}#closed", *words).code == 0
    assert call("scenario", "branch", f"{two}#closed", "child").code == 0
    assert call("scenario", "reorder", f"{two}#closed", "b", "1").code == 0
    assert names("closed") == ["b", first_set, "a"]
    moved = call("scenario", "move", f"{two}#closed", "a", "--json")
    assert (moved.code, sorted(moved.document["scenarios"])) == (0, ["base", "closed"])
    with open_study(two) as opened:
        assert opened.study.base.cases[0].mean == first.mean + 5
    assert call("scenario", "drop", f"{two}#closed", "b", "--change", "1").code == 0
    assert names("closed") == [first_set]
    refused = call("scenario", "reorder", f"{two}#closed", first_set, "2", "--lang", "fr")
    assert (refused.code, refused.err) == (1, "Il n’y a pas de rang 2\u202f: le dernier est 1.\n")


def test_a_change_holds_from_a_date_on(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        sessions = [each for each in opened.study.base.sessions if each.theatre == "S1"]
        horizon = opened.study.base.horizon
    first, last = min(each.day for each in sessions), max(each.day for each in sessions)
    assert first < last
    since = horizon.date(last).isoformat()
    words = ("--do", "close sessions S1", "--from", since)
    assert call("scenario", "change", f"{two}#closed", *words).code == 0
    with open_study(two) as opened:
        after = opened.study.problem("closed")
        closed = {each.day for each in after.sessions if each.theatre == "S1" and each.closed}
        assert closed == {last}
        assert (
            opened.study.scenario("closed").changes[-1].name == f"close sessions S1 --from {since}"
        )
    case = after.cases[0].id
    refused = call("scenario", "change", two, "--set", f"case/{case}.mean=5", "--until", since)
    assert (refused.code, "has no day" in refused.err) == (1, True)


def test_what_changes_nothing_is_not_recorded(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        session = opened.study.base.sessions[0]
    before = two.read_bytes()
    for target in (two, f"{two}#closed"):
        words = ("--set", f"session/{session.id}.overtime={session.overtime}", "--name", "same")
        told = call("scenario", "change", target, *words)
        assert (told.code, "same" in told.err) == (1, True)
    assert two.read_bytes() == before
