"""The next period from the command line: a file of its own, and the old study as it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from theatre_day import house, plan

from data.study_file import open_study, save_study
from planner.study import BASE, Scenario, Study

Call = Callable[..., Any]
MADE = plan(("K1", "A", 480))


@pytest.fixture
def study(place: Path) -> Path:
    """A study whose published plan was carried out as it was."""
    path = place / "old.opale"
    scenario = Scenario(name=BASE, parent=None, plan=MADE, published=MADE)
    save_study(Study(id="old", name="old", base=house(), scenarios=(scenario,)), path)
    return path


def test_what_was_done_instead_of_what_was_published_is_the_past(place: Path, call: Call) -> None:
    """A patient cancelled on the day waits still, and is no patient who was operated."""
    path, out = place / "cancelled.opale", place / "next.opale"
    told = plan(("K1", "A", 480), ("K2", "A", 600))
    scenario = Scenario(name=BASE, parent=None, plan=MADE, published=told)
    save_study(Study(id="c", base=house(), scenarios=(scenario,)), path)
    found = call("scenario", "next-period", path, "--out", out)
    assert "Otherwise than published: cases 1, people 0 (K2)." in found.err
    assert "--published" in found.err
    with open_study(out) as opened:
        assert "K2" in {case.id for case in opened.study.base.cases}
    again = call("scenario", "next-period", path, "--out", out, "--force", "--published")
    assert again.err == ""
    with open_study(out) as opened:
        assert "K2" not in {case.id for case in opened.study.base.cases}


def test_the_plan_becomes_the_past(study: Path, place: Path, call: Call) -> None:
    before = study.read_bytes()
    out = place / "next.opale"
    found = call("scenario", "next-period", study, "--out", out, "--json").document
    assert study.read_bytes() == before
    problem = house()
    with open_study(out) as opened:
        after = opened.study.base
        (made,) = opened.history()
        assert opened.study.id != "old"
    assert after.horizon.start == problem.horizon.date(problem.horizon.days)
    assert {case.id for case in after.cases} == {case.id for case in problem.cases} - {"K1"}
    assert (found["file"], found["done"]) == (str(out), 1)
    assert (found["first"], found["waiting"]) == (after.horizon.start.isoformat(), len(after.cases))
    assert made.action == "journal.next_period"


def test_it_is_told_in_words(study: Path, place: Path, call: Call) -> None:
    out = place / "next.opale"
    english = call("scenario", "next-period", study, "--out", out)
    assert "1 case has been operated on." in english.out
    assert english.err == "", "it was published: nothing to remark"
    french = call("scenario", "next-period", study, "--out", out, "--force", "--lang", "fr")
    assert "1 intervention est faite." in french.out


def test_a_plan_that_nobody_published_is_said_to_be_one(place: Path, call: Call) -> None:
    path = place / "draft.opale"
    scenario = Scenario(name=BASE, parent=None, plan=MADE)
    save_study(Study(id="draft", base=house(), scenarios=(scenario,)), path)
    told = call("scenario", "next-period", path, "--out", place / "next.opale")
    assert told.code == 0
    assert "was never published" in told.err
    refused = call("scenario", "next-period", path, "--out", place / "b.opale", "--published")
    assert (refused.code, "never published" in refused.err) == (1, True)


def test_the_day_of_its_facts_can_be_chosen(study: Path, place: Path, call: Call) -> None:
    out = place / "next.opale"
    call("scenario", "next-period", study, "--out", out, "--as-of", "2026-10-01")
    with open_study(out) as opened:
        assert opened.study.base.as_of.isoformat() == "2026-10-01"
    told = call("scenario", "next-period", study, "--out", place / "x.opale", "--as-of", "soon")
    assert (told.code, "soon" in told.err) == (1, True)


def test_what_cannot_be_followed_is_refused(study: Path, place: Path, call: Call) -> None:
    there = place / "there.opale"
    there.write_bytes(b"mine")
    empty = place / "empty.opale"
    save_study(Study(id="empty", base=house()), empty)
    folder = place / "folder"
    folder.mkdir()
    for target, out, words in (
        (study, there, "--force"),
        (study, study, "another file"),
        (empty, place / "a.opale", "Solve it first."),
        (f"{study}#nobody", place / "b.opale", "nobody"),
        (place / "no.opale", place / "c.opale", "no.opale"),
        (folder, place / "d.opale", "folder"),
    ):
        told = call("scenario", "next-period", target, "--out", out)
        assert (told.code, words in told.err) == (1, True), (target, told.err)
    assert there.read_bytes() == b"mine"
    assert not any((place / f"{name}.opale").exists() for name in "abcd")
