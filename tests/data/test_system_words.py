"""Errors of the operating system in the language of the user; a lock's time by the clock on the wall."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.lock import Held, Holder
from data.refused import Refused, SystemWords
from data.saving import put


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "introuvable"),
        (errno.EACCES, "droit"),
        (errno.ENOSPC, "disque est plein"),
        (errno.EISDIR, "dossier"),
        (errno.EEXIST, "existe déjà"),
        (errno.ENAMETOOLONG, "trop long"),
        (errno.EBUSY, "occupé"),
        (errno.EIO, "erreur"),
        (errno.EXDEV, "«\u00a0Invalid cross-device link\u00a0»"),
    ],
)
def test_errors_of_the_system_are_said_by_their_kind(number: int, words: str) -> None:
    why = SystemWords.of(OSError(number, os.strerror(number)))
    told = Refused("study.no_lock", folder="x", why=why)
    assert words in told.sentence("fr")
    if number != errno.EXDEV:
        assert os.strerror(number) not in told.sentence("fr")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_place_where_no_file_can_be_made_is_told_without_the_words_of_the_database(
    tmp_path: Path, lang: str
) -> None:
    """As under /proc, where the rights of the folder say yes; our name of the moment stays ours."""
    with closing(sqlite3.connect(":memory:")) as connection:

        def write(fresh: Path) -> None:
            connection.execute("VACUUM INTO ?", (str(fresh.parent / "nowhere" / fresh.name),))

        with pytest.raises(Refused) as refused:
            put(write, tmp_path / "x.opale")
    told = refused.value.sentence(lang)
    assert refused.value.what == "study.not_written"
    assert ("No file can be made there" if lang == "en" else "aucun fichier") in told
    assert "saving" not in told
    assert "unable" not in told


def test_a_lock_tells_its_time_in_words_of_the_language() -> None:
    holder = Holder.me()
    told = Held(Path("l.opale"), holder).sentence("fr")
    assert "UTC" not in told
    assert holder.since[:10] not in told
