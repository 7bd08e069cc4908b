"""`planner journal`: lines chosen, exported, and a study written as it was after one of them."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.lock import locked
from data.study_file import open_study
from planner.edits import Branch
from planner.study import BASE
from ui.cli.demonstrating import MADE
from ui.cli.resolving import MERGED

Call = Callable[..., Any]


@pytest.fixture
def worked_on(two: Path, call: Call) -> Path:
    assert call("scenario", "branch", two, "more").code == 0
    assert call("scenario", "propose", two, "--reason", "for June").code == 0
    assert call("scenario", "delete", f"{two}#more").code == 0
    return two


def test_the_lines_are_told_and_chosen(worked_on: Path, call: Call) -> None:
    told = call("journal", worked_on)
    assert told.code == 0
    assert "New scenario “more” on “base”" in told.out
    assert "4 lines of 4." in told.err
    (line,) = call("journal", worked_on, "--text", "june", "--json").document["lines"]
    assert (line["kind"], line["reason"], line["reopens"]) == ("publishing", "for June", True)
    assert call("journal", worked_on, "--kind", "scenario").err == "2 lines of 4.\n"
    assert call("journal", worked_on, "--until", "2020-01-01").err == "0 lines of 4.\n"
    assert call("journal", worked_on, "--kind", "nothing").code == 1
    french = call("journal", worked_on, "--lang", "fr", "--scenario", "more").out
    assert "Variante « more » supprimée" in french.replace("\u00a0", " ").replace("\u202f", " ")


def test_it_is_written_for_a_spreadsheet(worked_on: Path, place: Path, call: Call) -> None:
    out = place / "journal.csv"
    assert call("journal", worked_on, "--csv", out).code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["kind"] for row in rows] == ["file", "scenario", "publishing", "scenario"]
    assert call("journal", worked_on, "--csv", out).code == 1, "it stands there already"
    assert call("journal", worked_on, "--csv", out, "--force", "--json").code == 0


def test_the_study_is_written_as_it_was(worked_on: Path, place: Path, call: Call) -> None:
    before = worked_on.read_bytes()
    out = place / "then.opale"
    told = call("journal", worked_on, "--reopen", "3", "--out", out)
    assert told.code == 0, told.err
    assert f"as it was after line 3 is in {out}" in told.out
    assert worked_on.read_bytes() == before
    states = call("info", out, "--json").document["scenarios"]
    assert [(each["name"], each["state"]) for each in states] == [
        ("base", "proposed"),
        ("closed", "draft"),
        ("more", "draft"),
    ]
    with open_study(out) as opened:
        assert opened.history()[-1].action == "journal.reopened"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_cannot_be_done_is_a_sentence(
    worked_on: Path, place: Path, call: Call, lang: str
) -> None:
    out = place / "then.opale"
    for words in (
        ("journal", worked_on, "--reopen", "3"),
        ("journal", worked_on, "--out", out),
        ("journal", worked_on, "--reopen", "99", "--out", out),
        ("journal", place / "none.opale"),
        ("journal", place),
    ):
        told = call(*words, "--lang", lang)
        assert (told.code, told.out) == (1, "")
        assert told.err.strip()
    assert not out.exists()


def test_why_opale_did_something_by_itself_is_told_in_words(two: Path, call: Call) -> None:
    with locked(two), open_study(two) as opened:
        for reason in (MADE, MERGED, "as agreed"):
            opened.do(Branch(parent=BASE, name=reason), reason=reason)
        opened.save()
    lines = call("journal", two, "--json").document["lines"]
    told = [line["reason"] for line in lines[-3:]]
    assert told == ["For the demo", "In conflict after the merge", "as agreed"]
