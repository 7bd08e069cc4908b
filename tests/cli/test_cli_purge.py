"""`planner purge`: told first, done with --yes, and said in both languages."""

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study

Call = Callable[..., Any]


@pytest.fixture
def who(two: Path) -> str:
    with open_study(two) as opened:
        return str(opened.study.base.staff[0].id)


def test_it_is_told_first_and_done_with_yes(two: Path, call: Call, who: str) -> None:
    before = two.read_bytes()
    told = call("purge", two, "--person", who)
    assert told.code == 0, told.err
    assert "would erase this person" in told.out
    assert "\n  code and name\n" in told.out
    assert "planned duties" in told.out
    assert "Add --yes" in told.err
    assert two.read_bytes() == before
    done = call("purge", two, "--person", who, "--yes")
    assert done.code == 0, done.err
    assert "neither the code nor the name is in it" in done.out
    assert who.encode() not in two.read_bytes()
    assert "Purged" in call("journal", two).out
    assert call("purge", two, "--person", who).code == 1, "she is not there any more"
    assert call("check", two).code in (0, 2), "the study goes on"
    assert call("info", two).code == 0


def test_counts_are_plain_values_too(two: Path, call: Call, who: str) -> None:
    found = call("purge", two, "--person", who, "--json").document
    assert (found["done"], found["left"], found["gone"]) == (False, [], [])
    assert found["counts"]["duty"] > 0
    old = call("purge", two, "--before", "2026-09-28", "--json", "--yes").document
    assert old["done"]
    assert old["counts"]["history"] > 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Nothing in {} is older than this day.\n"),
        ("fr", "Rien dans {} n’est antérieur à ce jour.\n"),
    ],
)
def test_where_nothing_is_older_that_is_said(two: Path, call: Call, lang: str, words: str) -> None:
    told = call("purge", two, "--before", "1999-01-01", "--lang", lang)
    assert told.code == 0, told.err
    assert told.out == words.format(two)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "words", [(), ("--before", "2026-01-01", "--person", "A"), ("--person", "nobody-99")]
)
def test_what_cannot_be_done_is_a_sentence(
    two: Path, call: Call, words: tuple[str, ...], lang: str
) -> None:
    before = two.read_bytes()
    told = call("purge", two, *words, "--yes", "--lang", lang)
    assert (told.code, told.out) == (1, "")
    assert told.err.strip()
    assert two.read_bytes() == before


@pytest.mark.parametrize(
    ("lang", "becomes", "stays"),
    [
        ("en", "becomes “vu X-", "stays with “Dupont” in it"),
        ("fr", "devient « vu X-", "garde « Dupont »"),
    ],
)
def test_each_text_is_told_as_it_was_and_is(
    two: Path, call: Call, who: str, lang: str, becomes: str, stays: str
) -> None:
    with open_study(two) as opened:
        base = opened.study.base
        other, notes = base.staff[1].id, [each.id for each in base.cases[:2]]
    sets = [
        f"staff/{who}.name=Marie Dupont",
        f"staff/{other}.name=Paul Dupont",
        f"case/{notes[0]}.note=vu Dupont Marie",
        f"case/{notes[1]}.note=vu Dupont",
    ]
    call("scenario", "change", two, *(word for each in sets for word in ("--set", each)))
    told = " ".join(call("purge", two, "--person", who, "--lang", lang).out.split())
    assert "vu Dupont Marie" in told
    assert becomes in told
    assert stays in told
    assert notes[0] in told
    done = " ".join(call("purge", two, "--person", who, "--yes", "--lang", lang).out.split())
    assert becomes not in done
    assert stays in done
    with open_study(two) as opened:
        assert opened.study.base.staff[1].name == "Paul Dupont"


def test_whoever_is_no_more_in_the_facts_can_be_erased(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        case = str(next(opened.study.scenario("base").plan.placements).case)
    assert call("scenario", "change", two, "--set", f"case/{case}.note=very ill").code == 0
    assert call("scenario", "change", two, "--remove", f"case/{case}").code == 0
    assert case.encode() in two.read_bytes()
    done = call("purge", two, "--person", case, "--yes")
    assert done.code == 0, done.err
    whole = two.read_bytes()
    assert (case.encode() in whole, b"very ill" in whole) == (False, False)
    assert call("purge", two, "--person", case).code == 1, "nobody has the code any more"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_found_however_their_accents_are_written(
    two: Path, place: Path, call: Call, form: str
) -> None:
    person = {"kind": "staff", "id": "H\u00c9L-01", "name": "H\u00e9l\u00e8ne M\u00fcller"}
    (place / "new.json").write_text(json.dumps(person | {"contract": "FPH"}), encoding="utf-8")
    assert call("scenario", "change", two, "--add", "new.json").code == 0
    with open_study(two) as opened:
        cases = [str(each.id) for each in opened.study.base.cases[:3]]
    texts = (
        "vue par H\u00e9l\u00e8ne M\u00fcller hier",
        "voir H\u00c9L-01",
        "h\u00e9l\u00e8ne rappelle",
    )
    for case, text in zip(cases, texts, strict=True):
        words = f"case/{case}.note={unicodedata.normalize(form, text)}"
        assert call("scenario", "change", two, "--set", words).code == 0
    done = call("purge", two, "--person", "H\u00c9L-01", "--yes")
    assert done.code == 0, done.err
    with open_study(two) as opened:
        notes = [each.note for each in opened.study.base.cases[:3]]
    assert not any("l\u00e8ne" in unicodedata.normalize("NFC", note) for note in notes), notes
    whole = two.read_bytes()
    for known in (person["id"], person["name"]):
        assert not any(unicodedata.normalize(f, known).encode() in whole for f in ("NFC", "NFD"))


@pytest.mark.parametrize("code", ["A", "LP", "4711"])
def test_a_short_code_changes_no_other_text_and_hinders_nothing(
    two: Path, place: Path, call: Call, code: str
) -> None:
    person = {"kind": "staff", "id": code, "name": "Odile Lefort", "contract": "FPH"}
    (place / "new.json").write_text(json.dumps(person), encoding="utf-8")
    assert call("scenario", "change", two, "--add", "new.json").code == 0
    with open_study(two) as opened:
        case = str(opened.study.base.cases[0].id)
    note = f"{code} est la meilleure, un cas {code}"
    assert call("scenario", "change", two, "--set", f"case/{case}.note={note}").code == 0
    done = call("purge", two, "--person", code, "--yes", "--json")
    assert done.code == 0, done.err
    assert any(code in each["undecided"] for each in done.document["texts"]), "people decide"
    with open_study(two) as opened:
        assert opened.study.base.cases[0].note == note
        assert code not in {str(each.id) for each in opened.study.base.staff}
    assert b"Odile Lefort" not in two.read_bytes()


def test_what_scenarios_add_is_let_go_too_and_no_line_tells_of_it(
    two: Path, place: Path, call: Call, who: str
) -> None:
    for number, target in enumerate((two, f"{two}#closed")):
        absence = {"kind": "absence", "id": f"op{number}", "person": who, "reason": "sore knee"}
        days = {"first": "2026-09-01", "last": "2026-09-03"}
        later = absence | {"id": f"later{number}", "first": "2026-10-08", "last": "2026-10-09"}
        listed = [absence | days, later | {"reason": "course"}]
        (place / "new.json").write_text(json.dumps(listed), encoding="utf-8")
        assert call("scenario", "change", target, "--add", "new.json").code == 0
    done = call("purge", two, "--before", "2026-10-01", "--yes", "--json")
    assert done.code == 0, done.err
    assert done.document["counts"]["absence"] >= 2
    whole = two.read_bytes()
    assert (b"sore knee" in whole, b"course" in whole) == (False, True)
    with open_study(two) as opened:
        for scenario in ("base", "closed"):
            ids = {str(each.id) for each in opened.study.problem(scenario).absences}
            assert ids.isdisjoint({"op0", "op1"})
            assert ids >= {"later0"}


@pytest.mark.parametrize("turned", [False, True])
def test_an_older_copy_brings_nobody_back(
    two: Path, place: Path, call: Call, who: str, turned: bool
) -> None:
    older = Path(shutil.copy(two, place / "older.opale"))
    assert call("purge", two, "--person", who, "--yes").code == 0
    assert call("scenario", "branch", older, "idea").code == 0
    sides = (older, two) if turned else (two, older)
    ended = call("merge", *sides, "--out", "both.opale")
    assert ended.code == 1
    assert f"{two.name} was purged on" in ended.err
    assert not Path("both.opale").exists()
    newer = Path(shutil.copy(two, place / "newer.opale"))
    assert call("scenario", "branch", newer, "idea").code == 0
    assert call("merge", two, newer, "--out", "both.opale").code == 0, "a copy made since"
