"""Whatever lies in the private folder, nothing waits for it without end and no study stays shut for it."""

import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data.keys import key_of, secret_of
from data.lock import Holder
from data.refused import Refused
from data.runs import RunFolder, read_best
from data.state import read_regular
from data.working import leftovers

HOLDER = {"user": "z", "host": socket.gethostname(), "pid": 2**22 + 1, "since": "2026-10-05"}
ABOUT = {"path": None, "study": "one", "saved": 0, "holder": HOLDER}


def _left(state: Path, about: str, database: bytes) -> Path:
    folder = state / "work" / "left"
    folder.mkdir(parents=True)
    (folder / "about.json").write_text(about, "utf-8")
    (folder / "copy.opale").write_bytes(database)
    return folder


def _about(**changed: object) -> str:
    return json.dumps(ABOUT | changed)


def _pid(pid: object) -> str:
    return _about(holder=HOLDER | {"pid": pid})


@pytest.mark.parametrize(
    "about",
    [
        *[_about(path=path) for path in (5, ["a"], "a\0b", "\ud800")],
        *[_about(saved=saved) for saved in (None, "x", float("inf"), float("nan"), [1], True)],
        *[_pid(pid) for pid in ("x", [1], float("inf"), 1e300, 10**30, 0, True, None)],
        *[_about(holder=holder) for holder in (None, [], "me", {}, {"pid": 1})],
        *["[" * 9_000 + "]" * 9_000, "[" * 100_000, "[]", "5", "", "{", "9" * 10_000],
    ],
)
def test_a_working_copy_that_is_damaged_is_left_alone(
    state: Path, study_bytes: bytes, about: str
) -> None:
    folder = _left(state, about, study_bytes)
    assert leftovers() == ()
    assert (folder / "copy.opale").exists()


@pytest.mark.parametrize(
    ("format_", "what"), [(7000, "study.newer"), (0, "study.copy_gone"), (-1, "study.copy_gone")]
)
def test_a_copy_of_another_format_is_told(
    state: Path, study_bytes: bytes, format_: int, what: str
) -> None:
    folder = _left(state, _about(), study_bytes)
    with closing(sqlite3.connect(folder / "copy.opale")) as connection:
        connection.execute(f"PRAGMA user_version = {format_}")
    (left,) = leftovers()
    with pytest.raises(Refused) as refused:
        left.recover()
    assert refused.value.what == what
    assert left.folder.exists()


def test_a_value_that_does_not_fit_is_told(state: Path, study_bytes: bytes) -> None:
    folder = _left(state, _about(), study_bytes)
    with closing(sqlite3.connect(folder / "copy.opale")) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE study SET start = 'never'")
        connection.commit()
    (left,) = leftovers()
    with pytest.raises(Refused, match="never"):
        left.recover()


def _pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(path, ignore_errors=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


needs_pipes = pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="named pipes are made otherwise there"
)


@needs_pipes
def test_a_pipe_is_not_waited_for(state: Path, study_bytes: bytes) -> None:
    _pipe(_left(state, _about(), study_bytes) / "about.json")
    assert leftovers() == ()
    run = RunFolder(state / "runs" / "one" / "1", None)
    for name in ("owner.json", "best.json", "request.json"):
        _pipe(run.path / name)
    assert not run.alive
    for read in (run.question, run.scenario, lambda: read_best(run.best_path, None)):
        _told(read, "run.broken")
    for name in ("a.key", "one.secret"):
        _pipe(state / "keys" / name)
    _told(lambda: key_of("a"), "share.bad_key")
    _told(lambda: secret_of("one"), "share.bad_key")


def _told(read: Callable[[], object], what: str) -> None:
    with pytest.raises(Refused) as refused:
        read()
    assert refused.value.what == what
    for lang, words in (("en", "Not a regular file"), ("fr", "ce n’est pas un fichier ordinaire")):
        assert words in refused.value.sentence(lang)


def test_a_file_of_no_bearable_size_is_not_read(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"12345")
    assert read_regular(there, 5) == b"12345"
    with pytest.raises(OSError, match="large"):
        read_regular(there, 4)
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path)


@pytest.mark.parametrize("pid", ["x", [1], float("inf"), None])
def test_the_owner_of_a_run_that_is_damaged_is_nobody(state: Path, pid: object) -> None:
    run = RunFolder(state / "runs" / "one" / "1", None)
    run.path.mkdir(parents=True)
    (run.path / "owner.json").write_text(json.dumps(HOLDER | {"pid": pid}), "utf-8")
    assert not run.alive
    with pytest.raises(ValueError, match=r".*"):
        Holder.of(HOLDER | {"pid": pid})
