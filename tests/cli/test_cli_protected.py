"""Files under a passphrase or to be read only, on the command line: sentences, and nothing written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.protecting import Cost, Seal, is_sealed
from data.study_file import open_study
from ui.cli import passphrases

Call = Callable[..., Any]
WORDS = "le chat dort sur la grue"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seal.of.__func__, "__defaults__", (Cost(10, 1, 1),))


@pytest.fixture
def kept(place: Path) -> Path:
    """A file that holds the passphrase, with a line more."""
    path = place / "words.txt"
    path.write_text(f"{WORDS}\nnot this\n", encoding="utf-8")
    return path


@pytest.fixture
def sealed(two: Path, place: Path, kept: Path, call: Call) -> Path:
    out = place / "out.opale"
    told = call("share", two, "--out", out, "--with-names", "--protect-file", kept)
    assert told.code == 0, told.err
    assert "opens with its passphrase only" in told.out
    return out


def test_every_command_opens_it_with_the_passphrase_of_a_file(
    sealed: Path, kept: Path, call: Call
) -> None:
    assert call("info", sealed, "--passphrase-file", kept, "--json").document["protected"]
    assert "opens with its passphrase only" in call("info", sealed, "--passphrase-file", kept).out
    made = call("scenario", "branch", sealed, "more", "--passphrase-file", kept)
    assert made.code == 0, made.err
    assert is_sealed(sealed), "it is saved under its passphrase"
    listed = call("scenario", "list", sealed, "--passphrase-file", kept, "--json").document
    assert [each["name"] for each in listed["scenarios"]] == ["base", "closed", "more"]


OPENING = (
    ("info", "{}"),
    ("check", "{}#closed"),
    ("kpis", "{}"),
    ("compare", "{}"),
    ("compare", "two.opale", "--reference", "{}"),
    ("export", "{}", "--as", "csv", "--out", "folder"),
    ("journal", "{}"),
    ("purge", "{}", "--before", "2020-01-01"),
    ("share", "{}", "--out", "again.opale"),
    ("merge", "two.opale", "{}", "--out", "both.opale"),
    ("merge", "two.opale", "two.opale", "--ancestor", "{}", "--out", "both.opale"),
    ("reattach", "{}", "--onto", "two.opale"),
    ("recover", "{}"),
    ("simulate", "{}", "--replications", "10"),
    ("slots", "{}", "--case", "nobody"),
    ("solve", "{}", "--scenario", "nobody"),
    ("scenario", "list", "{}"),
    ("scenario", "pins", "{}"),
    ("scenario", "change", "{}", "--set", "theatre/S1.name=x"),
    ("scenario", "next-period", "{}", "--out", "next.opale"),
)


@pytest.mark.parametrize("words", OPENING, ids=" ".join)
def test_each_command_asks_for_the_passphrase_and_takes_it_from_a_file(
    sealed: Path, kept: Path, call: Call, words: tuple[str, ...]
) -> None:
    asked = [word.replace("{}", str(sealed)) for word in words]
    shut = call(*asked)
    assert (shut.code, shut.out) == (1, "")
    assert "nobody is at the terminal to type it" in shut.err
    told = call(*asked, "--passphrase-file", kept)
    assert "nobody is at the terminal" not in told.err
    assert "does not open" not in told.err
    assert told.code in (0, 1, 2, 3), told.err


def test_files_with_other_passphrases_are_compared(
    two: Path, sealed: Path, place: Path, kept: Path, call: Call
) -> None:
    other = place / "other.txt"
    other.write_text("un chien court dans la cour", encoding="utf-8")
    twice = place / "twice.opale"
    assert call("share", two, "--out", twice, "--with-names", "--protect-file", other).code == 0
    one = call("compare", sealed, twice, "--passphrase-file", kept)
    assert one.code == 1
    assert "twice.opale does not open" in one.err
    told = call("compare", sealed, twice, "--passphrase-file", other, "--passphrase-file", kept)
    assert told.code == 0, told.err
    assert "out.opale#closed" in told.out
    assert "twice.opale#closed" in told.out


def under(path: Path, kept: Path) -> Path:
    """Put a copy of a study under the passphrase, with its journal."""
    with open_study(path) as opened:
        opened.seal = Seal.of(kept.read_text(encoding="utf-8").splitlines()[0])
        return opened.save(path.with_name("theirs.opale"))


@pytest.mark.parametrize("order", [("two.opale", "theirs.opale"), ("theirs.opale", "two.opale")])
def test_a_merge_with_a_protected_file_is_protected_and_says_so(
    two: Path, kept: Path, call: Call, order: tuple[str, str]
) -> None:
    theirs = under(two, kept)
    assert call("scenario", "branch", theirs, "idea", "--passphrase-file", kept).code == 0
    asked = ("merge", *order, "--passphrase-file", kept, "--out")
    told = call(*asked, "both.opale")
    assert told.code == 0, told.err
    assert "both.opale opens with the passphrase of theirs.opale." in told.out
    assert is_sealed(Path("both.opale"))
    listed = call("scenario", "list", "both.opale", "--passphrase-file", kept)
    assert "idea" in listed.out
    assert call(*asked, "again.opale", "--json").document["protected"]
    plain = call("merge", "two.opale", "two.opale", "--out", "plain.opale", "--json")
    assert not plain.document["protected"]
    assert not is_sealed(Path("plain.opale"))


def test_what_both_began_as_may_be_protected_alone(two: Path, kept: Path, call: Call) -> None:
    under(two, kept)
    asked = ("merge", two, two, "--ancestor", "theirs.opale", "--passphrase-file", kept)
    assert call(*asked, "--out", "both.opale").code == 0
    assert is_sealed(Path("both.opale"))


def test_the_next_period_of_a_protected_study_is_protected(
    two: Path, kept: Path, call: Call
) -> None:
    theirs = under(two, kept)
    asked = ("scenario", "next-period", theirs, "--passphrase-file", kept, "--out")
    told = call(*asked, "next.opale", "--lang", "fr")
    assert told.code == 0, told.err
    assert "s’ouvre avec la phrase de passe de" in told.out
    assert is_sealed(Path("next.opale"))


CLEAR = (
    ("export", "{}", "--as", "csv", "--out", "out"),
    ("compare", "{}", "--html", "out"),
    ("compare", "two.opale", "{}", "--excel", "out"),
    ("journal", "{}", "--csv", "out"),
    ("share", "{}", "--with-names", "--out", "out"),
)


@pytest.mark.parametrize("words", CLEAR, ids=" ".join)
def test_what_is_written_in_the_clear_is_said_to_be(
    two: Path, kept: Path, call: Call, words: tuple[str, ...]
) -> None:
    theirs = under(two, kept)
    asked = [word.replace("{}", str(theirs)) for word in words]
    told = call(*asked, "--passphrase-file", kept)
    assert told.code == 0, told.err
    assert f"out is not under the passphrase of {theirs}" in told.err


def test_of_what_has_no_passphrase_no_such_word_is_said(two: Path, call: Call) -> None:
    told = call("journal", two, "--csv", "out")
    assert told.code == 0, told.err
    assert "passphrase" not in told.err


def test_what_is_shared_under_a_passphrase_again_needs_no_such_word(
    two: Path, kept: Path, call: Call
) -> None:
    theirs = under(two, kept)
    words = ("--passphrase-file", kept, "--protect-file", kept)
    told = call("share", theirs, "--out", "again.opale", *words)
    assert told.code == 0, told.err
    assert "is not under the passphrase" not in told.err


@pytest.mark.parametrize(("lang", "words"), [("en", "another one"), ("fr", "une autre")])
def test_another_passphrase_is_a_sentence(
    sealed: Path, place: Path, call: Call, lang: str, words: str
) -> None:
    wrong = place / "wrong.txt"
    wrong.write_text("le chat dort sous la grue", encoding="utf-8")
    told = call("info", sealed, "--passphrase-file", wrong, "--lang", lang)
    assert told.code == 1
    assert words in told.err


def test_nobody_at_the_terminal_is_a_sentence(two: Path, sealed: Path, call: Call) -> None:
    told = call("info", sealed)
    assert (told.code, told.out) == (1, "")
    assert "--passphrase-file" in told.err
    assert call("share", two, "--out", "x.opale", "--protect").code == 1
    assert not Path("x.opale").exists()


def test_it_is_typed_at_the_terminal_twice_for_a_new_file_and_once_to_open_it(
    two: Path, place: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter((WORDS, "something else", WORDS, WORDS, WORDS))

    def typed(message: str, **_: object) -> str:
        asked.append(message)
        return next(answers)

    monkeypatch.setattr(passphrases, "typed", typed)
    out = place / "typed.opale"
    differ = call("share", two, "--out", out, "--protect")
    assert (differ.code, out.exists()) == (1, False)
    assert call("share", two, "--out", out, "--protect").code == 0
    assert call("info", out).code == 0
    assert asked[-1] == "cli.passphrase.of"
    assert asked.count("cli.passphrase.of") == 1


@pytest.mark.parametrize(
    ("content", "words"), [(b"\n", "is empty"), (b"\xff\xfe\x00", "no text"), (None, "read from")]
)
def test_a_file_without_a_passphrase_is_a_sentence(
    sealed: Path, place: Path, call: Call, content: bytes | None, words: str
) -> None:
    path = place / "none.txt"
    if content is not None:
        path.write_bytes(content)
    told = call("info", sealed, "--passphrase-file", path)
    assert told.code == 1
    assert words in told.err


def test_a_short_one_writes_nothing(two: Path, place: Path, call: Call) -> None:
    (place / "short.txt").write_text("secret", encoding="utf-8")
    told = call("share", two, "--out", "x.opale", "--protect-file", "short.txt")
    assert told.code == 1
    assert "at least 12 letters" in told.err
    assert not Path("x.opale").exists()


def test_it_comes_back_to_the_study_that_it_was_shared_from(
    two: Path, place: Path, kept: Path, call: Call
) -> None:
    out = place / "hidden.opale"
    assert call("share", two, "--out", out, "--protect-file", kept).code == 0
    done = call("scenario", "branch", f"{out}#scenario 1", "idea", "--passphrase-file", kept)
    assert done.code == 0, done.err
    back = call("reattach", out, "--onto", two, "--passphrase-file", kept)
    assert back.out == "Taken back from hidden.opale: idea\n"


# --- to be read only ------------------------------------------------------------------------------


@pytest.fixture
def lent(two: Path, place: Path, call: Call) -> Path:
    out = place / "lent.opale"
    words = ("--with-names", "--read-only", "--reason", "for Monday’s meeting")
    assert call("share", two, "--out", out, *words).code == 0
    return out


WRITING = (
    ("scenario", "branch", "{}", "more"),
    ("scenario", "change", "{}#closed", "--set", "theatre/S1.name=x"),
    ("scenario", "publish", "{}"),
    ("scenario", "delete", "{}#closed"),
    ("solve", "{}", "--effort", "1"),
    ("simulate", "{}"),
    ("repair", "{}", "--event", "close:S1,08:00", "--now", "08:00", "--adopt", "1"),
)


@pytest.mark.parametrize("words", WRITING, ids=lambda words: " ".join(words[:2]))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_would_write_it_is_refused_before_any_work(
    lent: Path, call: Call, words: tuple[str, ...], lang: str
) -> None:
    before = lent.read_bytes()
    told = call(*(word.replace("{}", str(lent)) for word in words), "--lang", lang)
    assert told.code == 1
    assert "for Monday’s meeting" in told.err
    assert ("is not changed" if lang == "en" else "n’est pas modifié") in told.err
    assert lent.read_bytes() == before


def test_what_reads_it_says_who_shared_it(lent: Path, call: Call) -> None:
    told = call("info", lent)
    assert told.code == 0
    assert "to be read only: “for Monday’s meeting”" in told.out
    shared = call("info", lent, "--json").document["shared"]
    assert (shared["read_only"], shared["reason"]) == (True, "for Monday’s meeting")


def test_a_solve_into_another_file_makes_a_copy_that_may_be_changed(lent: Path, call: Call) -> None:
    before = lent.read_bytes()
    solved = call("solve", lent, "--effort", "1", "--out", "mine.opale")
    assert solved.code in (0, 2), solved.err
    assert lent.read_bytes() == before
    assert call("scenario", "branch", "mine.opale", "more").code == 0
