"""Secrets of shared studies: whole, or none at all, and readable by nobody else."""

import errno
import os
from pathlib import Path

import pytest

from data.keys import secret_of
from data.refused import Refused
from data.sharing import share
from planner.study import Study


@pytest.mark.parametrize("text", ["", "ab", "zz" * 32, "ab" * 33])
def test_nothing_is_shared_with_a_secret_that_is_none(
    study: Study, tmp_path: Path, text: str
) -> None:
    """With an empty one anybody could work out the pseudonyms."""
    keys = tmp_path / "state" / "keys"
    keys.mkdir(parents=True)
    (keys / f"{study.id}.secret").write_text(text, encoding="ascii")
    with pytest.raises(Refused) as refused:
        share(study, tmp_path / "out.opale", names=False)
    assert refused.value.what == "share.damaged_secret"
    assert not (tmp_path / "out.opale").exists()


def test_a_secret_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Refused) as refused:
            secret_of("another")
    assert refused.value.what == "share.bad_key"
    keys = tmp_path / "state" / "keys"
    assert not list(keys.glob("*another*"))
    assert len(secret_of("another")) == 32
    assert (keys / "another.secret").stat().st_mode & 0o077 == 0
