"""`planner purge`: told first, done with --yes, and said in both languages."""

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
