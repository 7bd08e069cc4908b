"""Errors of the operating system in the language of the user; a lock's time by the clock on the wall."""

import errno
import os
from pathlib import Path

import pytest

from data.lock import Held, Holder
from data.refused import Refused, SystemWords


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
        (errno.EIO, "«\u00a0Input/output error\u00a0»"),
    ],
)
def test_errors_of_the_system_are_said_by_their_kind(number: int, words: str) -> None:
    why = SystemWords.of(OSError(number, os.strerror(number)))
    told = Refused("study.no_lock", folder="x", why=why)
    assert words in told.sentence("fr")
    if number != errno.EIO:
        assert os.strerror(number) not in told.sentence("fr")


def test_a_lock_tells_its_time_in_words_of_the_language() -> None:
    holder = Holder.me()
    told = Held(Path("l.opale"), holder).sentence("fr")
    assert "UTC" not in told
    assert holder.since[:10] not in told
