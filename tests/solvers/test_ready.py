"""The kernel is compiled by a process of its own, and by this one where that cannot be."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest

from solvers import engine
from solvers.rows import ready

Commands = list[list[str]]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Have nothing compiled, and write down who is asked to compile."""
    commands: Commands = []

    def run(command: list[str], **how: object) -> None:
        assert how["stdin"] is subprocess.DEVNULL  # the worker's own belongs to the window
        commands.append(command)

    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "kernels"))
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(ready, "_ready", set())
    monkeypatch.setattr(ready, "_try_out", lambda part: ready._ready.add(part))
    return commands


def test_another_process_compiles_what_is_not_there(asked: Commands) -> None:
    ready.get_ready("theatre")
    assert asked == [[sys.executable, "-P", "-m", "solvers.rows.ready", "theatre"]]
    assert ready.is_ready("theatre")  # it did nothing here: this process has seen to it
    assert not ready.is_ready("roster")


def test_a_long_wait_is_told_only_where_nothing_is_compiled_yet(
    asked: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for _ in range(2):
        engine._get_ready(("theatre",), lambda phase: told.append(phase.name))
        engine._get_ready(("theatre",), lambda phase: told.append(phase.name))
        monkeypatch.setattr(ready, "_ready", set())  # another process of the same installation
    assert told == ["kernel", "loading"]


def test_nobody_is_asked_for_what_is_there(asked: Commands) -> None:
    mark = ready.compiled_mark("theatre")
    mark.parent.mkdir()
    mark.touch()
    ready.get_ready("theatre")
    ready.get_ready("theatre")
    assert asked == []


def test_a_folder_that_cannot_be_made_is_no_hindrance(asked: Commands, tmp_path: Path) -> None:
    (tmp_path / "kernels").write_text("no folder", encoding="utf-8")
    ready.get_ready("theatre")
    assert asked == []
    assert ready.is_ready("theatre")


def test_who_waited_for_another_does_not_compile_again(
    asked: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def held_by_another(lock: Path) -> Iterator[None]:
        assert lock == ready.compiled_mark("theatre").with_suffix(".lock")
        ready.compiled_mark("theatre").touch()  # it has finished when the lock is ours
        yield

    monkeypatch.setattr(ready, "FileLock", held_by_another)
    ready.get_ready("theatre")
    assert asked == []
    assert ready.is_ready("theatre")
