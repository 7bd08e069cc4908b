"""What a change would cut off or make unreadable is refused with a sentence, and nothing recorded."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study
from planner.changes import Adjust, ChangeSet, apply
from planner.problem import Problem

Call = Callable[..., Any]


def base(path: Path) -> Problem:
    with open_study(path) as opened:
        return opened.study.base


@pytest.mark.parametrize("delta", ["-5000", "+99999999999"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_number_is_never_cut_in_silence(delta: str, lang: str, two: Path, call: Call) -> None:
    ward, before = base(two).wards[0], two.read_bytes()
    ended = call(
        "scenario", "change", two, "--adjust", f"ward/{ward.id}.beds={delta}", "--lang", lang
    )
    assert (ended.code, ended.out) == (1, "")
    assert str(ward.beds) in ended.err
    assert {"en": "Nothing was recorded", "fr": "Rien n’a été enregistré"}[lang] in ended.err
    assert two.read_bytes() == before


def test_two_numbers_for_one_field_are_added_up(two: Path, call: Call) -> None:
    ward = base(two).wards[0]
    words = [f"ward/{ward.id}.beds={by:+d}" for by in (-ward.beds, ward.beds - 1)]
    ended = call("scenario", "change", two, "--adjust", words[0], "--adjust", words[1])
    assert ended.code == 0
    assert base(two).wards[0].beds == ward.beds - 1
    again = call("scenario", "change", two, "--adjust", words[0])
    assert (again.code, base(two).wards[0].beds) == (1, ward.beds - 1)


def test_a_change_that_was_recorded_is_still_cut_where_the_base_moves_on(two: Path) -> None:
    problem = base(two)
    ward = problem.wards[0]
    change = Adjust(kind="ward", id=ward.id, field="beds", delta=-10_000)
    after, notes = apply(problem, (ChangeSet(name="old", changes=(change,)),))
    assert (after.wards[0].beds, notes) == (0, ())


@pytest.mark.parametrize("id", ["W\0X", "W\nX", "W\x07X", "W\x85X", "W\ud800X", "\x1b[31mW"])
def test_an_id_that_cannot_be_printed_is_refused(
    id: str, two: Path, place: Path, call: Call
) -> None:
    before = two.read_bytes()
    (place / "new.json").write_text(json.dumps({"kind": "ward", "id": id, "beds": 3}))
    ended = call("scenario", "change", two, "--add", "new.json")
    assert (ended.code, ended.out) == (1, "")
    assert "cannot be printed" in ended.err
    assert ended.err.strip().isprintable()
    assert two.read_bytes() == before


@pytest.mark.parametrize(("note", "code"), [("two\nlines", 0), ("nul\0", 1), ("half \udc80", 1)])
def test_a_note_may_have_lines_but_nothing_that_no_file_holds(
    note: str, code: int, two: Path, place: Path, call: Call
) -> None:
    case = base(two).cases[0]
    record = {"kind": "case", "id": "NEW", "note": note}
    for field in ("procedure", "specialty", "priority"):
        record[field] = getattr(case, field)
    (place / "new.json").write_text(json.dumps({**record, "listed": "2026-09-01"}))
    ended = call("scenario", "change", two, "--add", "new.json")
    assert (ended.code, "cannot be printed" in ended.err) == (code, code == 1), ended.err


@pytest.mark.parametrize("id", ["A\x07", '"A\nB"', "A\x9fB"])
def test_a_cell_with_such_a_code_is_refused_at_its_place(id: str, place: Path, call: Call) -> None:
    folder = place / "in"
    folder.mkdir()
    (folder / "study.csv").write_text("start;days;as_of\n2026-10-05;28;2026-10-01\n")
    (folder / "contracts.csv").write_text(f"id;week\n{id};35\n", newline="")
    ended = call("import", folder, "--out", "out.opale")
    assert ended.code == 1
    assert "contracts.csv" in ended.err
    assert "cannot be printed" in ended.err
    assert not (place / "out.opale").exists()


def test_a_cell_too_long_is_told_as_that(place: Path, call: Call) -> None:
    folder = place / "in"
    folder.mkdir()
    (folder / "study.csv").write_text("start;days;as_of\n2026-10-05;28;2026-10-01\n")
    for cell, told in (("x" * 140_000, "column name"), ('"' + "x" * 140_000, "not closed")):
        (folder / "contracts.csv").write_text(f"id;name\nFPH;{cell}\n")
        ended = call("import", folder, "--out", "out.opale")
        assert ended.code == 1
        assert told in ended.err, ended.err[:300]
        assert ("not closed" in ended.err) == (told == "not closed")


@pytest.mark.parametrize(
    "typed",
    [
        ("durations", "-10"),
        ("durations", "\u221210"),
        ("lengthen", "sessions", "-30", "all"),
    ],
)
def test_a_number_below_zero_needs_no_quotes(typed: tuple[str, ...], two: Path, call: Call) -> None:
    def facts(*asked: str) -> list[dict[str, Any]]:
        target = f"{two}#closed"
        told = call("scenario", "change", target, "--do", *asked, "--name", "below", "--json")
        assert told.code == 0, told.err
        with open_study(two) as opened:
            return [c for c in opened.study.scenario("closed").changes if c.name == "below"]

    before = two.read_bytes()
    quoted = facts(" ".join(typed))
    two.write_bytes(before)
    assert facts(*typed) == quoted
    assert quoted[0].changes


def test_what_is_no_number_is_still_no_option(two: Path, call: Call) -> None:
    change = ("scenario", "change", two, "--do", "durations", "-10")
    told = call(*change, "--jsno")
    assert (told.code, "--jsno" in told.err, "--json" in told.err) == (1, True, True)
    told = call(*change, "-x1")
    assert (told.code, "There is no option -x" in told.err) == (1, True)
    told = call(*change, "--until")
    assert (told.code, "--until" in told.err) == (1, True)
    told = call("scenario", "reorder", two, "room", "-1")
    assert (told.code, "“-1” is" in told.err) == (1, True), told.err
    told = call("info", "-5")
    assert (told.code, "-5" in told.err, "option" in told.err) == (1, True, False), told.err


@pytest.mark.parametrize(("lang", "words"), [("en", "is there already"), ("fr", "existe déjà")])
def test_a_record_that_is_there_already_is_told_as_that(
    lang: str, words: str, two: Path, call: Call
) -> None:
    person = base(two).staff[0].id
    change = ("scenario", "change", f"{two}#closed", "--lang", lang, "--do", "absent")
    assert call(*change, f"{person}+{person}", "tuesday").code == 0
    before = two.read_bytes()
    told = call(*change, f"{person}+{person}", "tuesday")
    assert (told.code, words in told.err) == (1, True), told.err
    assert two.read_bytes() == before
