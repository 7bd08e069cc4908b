"""`planner share` and `planner reattach`: sentences, exit codes, nothing overwritten, one step to undo."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from data.lock import locked
from data.study_file import open_study

Call = Callable[..., Any]


def test_it_goes_out_without_names_and_comes_back(two: Path, place: Path, call: Call) -> None:
    out = place / "out.opale"
    told = call("share", two, "--out", out)
    assert told.code == 0, told.err
    assert "every byte was looked through" in told.out
    assert "They are blurred, not secret" in told.out
    assert "may recognise" in told.err
    assert call("scenario", "branch", f"{out}#scenario 1", "idea").code == 0
    back = call("reattach", out, "--onto", two)
    assert (back.code, back.out) == (0, "Taken back from out.opale: idea\n")
    with open_study(two) as opened:
        assert opened.study.scenario("idea").parent == "closed"
        assert opened.history()[-1].action == "edit_take_back"
    again = call("reattach", out, "--onto", two)
    assert again.code == 1, "it is there already"
    assert "does not have already" in again.err


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_file_from_elsewhere_is_refused_with_a_sentence(
    two: Path, small: Path, call: Call, lang: str
) -> None:
    told = call("reattach", small, "--onto", two, "--lang", lang)
    assert told.code == 1
    assert ("no key" if lang == "en" else "n’en a pas la clé") in told.err


def test_the_journal_of_the_study_says_that_it_was_shared(
    two: Path, place: Path, call: Call
) -> None:
    bare, named = place / "bare.opale", place / "named.opale"
    done = call("share", two, "--out", bare, "--reason", "for the board", "--json")
    assert done.document["noted"] is True
    assert call("share", two, "--out", named, "--with-names", "--read-only").code == 0
    with open_study(two) as opened:
        first, second = opened.history()[-2:]
    assert (first.action, first.reason) == ("journal.shared_nameless", "for the board")
    assert first.parameters["file"] == "bare.opale"
    assert first.parameters["digest"] == sha256(bare.read_bytes()).hexdigest()
    key = Path(done.document["key"]).read_bytes()
    assert first.parameters["key"] == sha256(key).hexdigest()
    assert (second.action, second.parameters["read_only"]) == ("journal.shared_named", True)
    assert "key" not in second.parameters
    told = call("journal", two, "--lang", "fr").out
    assert "Partagé sans les noms" in told
    with locked(two):
        again = call("share", two, "--out", bare, "--force")
    assert (again.code, "does not say that it was shared" in again.err) == (0, True)


def test_an_existing_file_is_left_alone(two: Path, small: Path, call: Call) -> None:
    before = small.read_bytes()
    assert call("share", two, "--out", small).code == 1
    assert small.read_bytes() == before
    assert call("share", two, "--out", small, "--force", "--json").document["rare"] > 0
    assert small.read_bytes() != before


def test_with_names_it_is_said_that_they_are_in_it(two: Path, place: Path, call: Call) -> None:
    told = call("share", f"{two}#closed", "--out", place / "o.opale", "--with-names")
    assert told.code == 0
    assert "only to those who may know them" in told.err


def test_its_scenarios_are_numbered_in_the_language_of_who_shares_it(
    two: Path, place: Path, call: Call
) -> None:
    out = place / "out.opale"
    assert call("share", two, "--out", out, "--lang", "fr").code == 0
    with open_study(out) as opened:
        assert [each.name for each in opened.study.scenarios] == ["base", "variante 1"]
    assert call("scenario", "branch", f"{out}#variante 1", "idée").code == 0
    back = call("reattach", out, "--onto", two)
    assert back.code == 0, back.err
    with open_study(two) as opened:
        assert opened.study.scenario("idée").parent == "closed"


def test_the_file_that_was_there_before_is_told_where_it_has_more(
    two: Path, place: Path, call: Call
) -> None:
    out = place / "shared.opale"
    assert call("share", str(two), "--out", str(out), "--with-names").code == 0
    again = call("share", str(two), "--out", str(out), "--with-names", "--force")
    assert ".bak" not in again.err, "it has the same names in it"
    done = call("share", str(two), "--out", str(out), "--force")
    assert "shared.opale.bak is the file that was there before" in " ".join(done.err.split())


@pytest.mark.parametrize("named", [False, True])
def test_the_study_itself_is_never_written_over(
    two: Path, place: Path, call: Call, named: bool
) -> None:
    link = place / "link.opale"
    link.symlink_to(two)
    before = two.read_bytes()
    for out in (two, link):
        more = ("--with-names",) if named else ()
        ended = call("share", two, "--out", out, "--force", *more)
        assert ended.code == 1
        assert "is the study itself" in ended.err
    assert two.read_bytes() == before
    assert not two.with_name(f"{two.name}.bak").exists()
