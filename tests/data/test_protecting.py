"""Shared files under a passphrase, or to be read only: nothing plain on a disk, nothing saved over."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data import protecting
from data.migrations import SCHEMA
from data.origin import ReadOnlyError
from data.protecting import Cost, Seal, is_sealed, unsealed
from data.refused import Refused
from data.saving import whole_of
from data.sharing import share
from data.study_file import create_study, is_study, open_study
from data.working import leftovers, work_on
from planner.edits import Branch
from planner.study import BASE, Study
from planner.words import LANGUAGES

WORDS = "le chat dort sur la grue"
CHEAP = Cost(10, 1, 1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that costs little: what a real one costs is for those who try all passphrases."""
    monkeypatch.setattr(Seal.of.__func__, "__defaults__", (CHEAP,))


@pytest.fixture
def sealed(study: Study, tmp_path: Path) -> Path:
    path = tmp_path / "for others.opale"
    share(study, path, names=True, seal=Seal.of(WORDS))
    return path


def refused(path: Path, passphrase: str | None = None) -> str:
    with pytest.raises(Refused) as caught:
        open_study(path, passphrase=passphrase)
    for lang in LANGUAGES:
        assert str(path) in caught.value.sentence(lang)
    return caught.value.what


def test_it_opens_with_its_passphrase_and_is_the_study(study: Study, sealed: Path) -> None:
    assert is_sealed(sealed)
    assert is_study(sealed)
    with open_study(sealed, passphrase=WORDS) as opened:
        assert opened.study == study
        assert [line.action for line in opened.history()] == ["journal.shared"]


def test_letters_are_the_same_however_a_keyboard_composes_them(
    study: Study, tmp_path: Path
) -> None:
    path = tmp_path / "x.opale"
    share(study, path, names=True, seal=Seal.of("préfère à Noël"))
    decomposed = "pre\u0301fe\u0300re a\u0300 Noe\u0308l"
    with open_study(path, passphrase=f" {decomposed} ") as opened:
        assert opened.study == study


def test_without_it_or_with_another_one_it_stays_shut(sealed: Path) -> None:
    assert refused(sealed) == "seal.needed"
    assert refused(sealed, "le chat dort sous la grue") == "seal.wrong"
    assert refused(sealed, "") == "seal.wrong"


def test_no_word_of_the_study_is_in_its_bytes(sealed: Path, study: Study) -> None:
    whole = sealed.read_bytes()
    for text in ("SQLite", "CREATE TABLE", study.name, "salle", "journal"):
        assert text.encode() not in whole


@pytest.mark.parametrize("place", [0.0, 13, 14, 15, 17, 20, 40, 46, 0.5, 0.999999])
def test_a_byte_that_is_changed_anywhere_is_seen(sealed: Path, place: float) -> None:
    whole = bytearray(sealed.read_bytes())
    at = int(place * (len(whole) - 1)) if isinstance(place, float) else place
    whole[at] ^= 1
    sealed.write_bytes(whole)
    assert refused(sealed, WORDS) in {
        *("seal.wrong", "seal.newer", "study.damaged", "study.not_study"),
    }


@pytest.mark.parametrize("length", [13, 14, 44, 45, 60, 61, 1000])
def test_a_file_that_is_cut_is_seen(sealed: Path, length: int) -> None:
    sealed.write_bytes(sealed.read_bytes()[:length])
    assert refused(sealed, WORDS) in {"seal.wrong", "study.damaged"}


@pytest.mark.parametrize(
    ("at", "value", "what"),
    [
        (13, 2, "seal.newer"),
        (13, 0, "study.damaged"),
        (14, 40, "study.damaged"),
        (14, 0, "study.damaged"),
        (15, 0, "study.damaged"),
        (16, 200, "study.damaged"),
    ],
)
def test_a_header_that_asks_for_what_no_machine_bears_is_refused_before_any_work(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, at: int, value: int, what: str
) -> None:
    whole = bytearray(sealed.read_bytes())
    whole[at] = value
    sealed.write_bytes(whole)
    made: list[Any] = []
    monkeypatch.setattr(protecting, "_key", lambda *asked: made.append(asked))
    assert refused(sealed, WORDS) == what
    assert made == []


def test_what_is_inside_is_trusted_no_more_than_any_file(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "planted.opale"
    with create_study(study) as opened, closing(sqlite3.connect(":memory:")) as plain:
        plain.deserialize(whole_of(opened.connection))
        plain.execute("CREATE VIEW planted AS SELECT 1")
        path.write_bytes(Seal.of(WORDS).shut(plain.serialize()))
    assert refused(path, WORDS) == "study.foreign_object"
    for inside, what in ((b"PK\3\4" + bytes(200), "study.not_study"), (b"", "study.damaged")):
        path.write_bytes(Seal.of(WORDS).shut(inside))
        assert refused(path, WORDS) in {what, "study.not_study"}


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        Seal.of("  douze lettr  ")
    assert caught.value.what == "seal.short"
    assert "key" not in repr(Seal.of(WORDS)).replace("salt", "")


def test_what_a_key_costs_unless_a_test_asks_for_less() -> None:
    assert Cost(17, 8, 1) == protecting.COST
    assert protecting.COST.bearable


def test_each_saving_has_another_nonce_and_stays_under_the_passphrase(sealed: Path) -> None:
    before = sealed.read_bytes()
    with open_study(sealed, passphrase=WORDS) as opened:
        opened.do(Branch(parent=BASE, name="more"))
        opened.save()
    after = sealed.read_bytes()
    assert after[:33] == before[:33], "the same cost and salt"
    assert after[33:45] != before[33:45], "never the same nonce"
    with open_study(sealed, passphrase=WORDS) as opened:
        assert opened.study.scenario("more")
    plain, _ = unsealed(after, WORDS, sealed)
    assert plain.startswith(b"SQLite")


def test_no_plain_byte_reaches_a_disk(
    study: Study, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that is written on the way is kept, as a kill would leave it, and looked through."""
    unlink = Path.unlink
    seen: list[bytes] = []

    def kept(path: Path, *, missing_ok: bool = False) -> None:
        if path.is_file():
            seen.append(path.read_bytes())
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", kept)
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    path = tmp_path / "s.opale"
    share(study, path, names=True, seal=Seal.of(WORDS))
    for _ in range(2):
        with work_on(path, WORDS) as opened:
            assert opened.folder is None
            opened.do(Branch(parent=BASE, name=f"n{len(opened.history())}"))
            opened.save()
    assert leftovers() == ()
    there = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    assert len(there) >= 3, "the file, the one before, and at least the copy that was opened"
    for whole in (*there, *seen):
        assert b"SQLite" not in whole
        assert study.name.encode() not in whole


# --- to be read only ------------------------------------------------------------------------------


@pytest.fixture
def lent(study: Study, tmp_path: Path) -> Path:
    path = tmp_path / "lent.opale"
    share(study, path, names=True, read_only=True, reason="to be discussed on Monday")
    return path


def test_it_says_who_shared_it_and_why(lent: Path) -> None:
    with open_study(lent) as opened:
        assert opened.read_only
        assert opened.origin is not None
        for lang, words in (("en", "to be read only"), ("fr", "en lecture seule")):
            told = opened.origin.sentence(lang)
            assert words in told
            assert opened.origin.author in told
            assert "to be discussed on Monday" in told


def test_it_is_not_saved_over_and_stays_as_it_was(lent: Path) -> None:
    before = lent.read_bytes()
    with open_study(lent) as opened:
        opened.do(Branch(parent=BASE, name="mine"))
        for place in (None, lent, lent.parent / "." / lent.name):
            with pytest.raises(ReadOnlyError) as caught:
                opened.save(place)
        for lang in LANGUAGES:
            assert "to be discussed on Monday" in caught.value.sentence(lang)
    assert lent.read_bytes() == before


def test_a_copy_is_ones_own(lent: Path, tmp_path: Path) -> None:
    copy = tmp_path / "mine.opale"
    with open_study(lent) as opened:
        opened.save(copy)
        opened.do(Branch(parent=BASE, name="mine"))
        opened.save()
    with open_study(copy) as opened:
        assert not opened.read_only
        assert opened.origin is not None, "who shared it is still known"
        assert opened.study.scenario("mine")
    with open_study(lent) as opened:
        assert opened.read_only


def test_a_copy_that_cannot_be_written_frees_nothing(lent: Path, tmp_path: Path) -> None:
    with open_study(lent) as opened:
        with pytest.raises(Refused):
            opened.save(tmp_path / "no folder" / "mine.opale")
        with pytest.raises(ReadOnlyError):
            opened.save()


def test_a_file_of_the_format_before_was_shared_by_nobody(root: Path) -> None:
    assert SCHEMA >= 6
    with open_study(root / "tests" / "samples" / "released" / "0005.opale") as opened:
        assert opened.origin is None
        assert not opened.read_only
