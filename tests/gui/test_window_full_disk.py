"""The disk of the working copy takes nothing more: each way to write it says so, and nothing is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from data.refused import Refused
from data.sharing import share
from data.study_file import open_study
from planner.edits import Branch
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window.document import Document
from ui.window.main_window import MainWindow


@contextmanager
def full(document: Document) -> Iterator[None]:
    """A disk that takes nothing for a while; SQLite refuses each write as it would there."""
    database = document.opened.connection
    database.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        database.execute("PRAGMA query_only = OFF")


@pytest.fixture
def document(working: MainWindow) -> Document:
    """Three branches, of which one is undone."""
    found = working.bench.document
    assert found is not None
    for name in ("Two", "Three", "Four"):
        assert working.bench.do(Branch(parent=BASE, name=name))
    working.actions_["undo"].trigger()
    return found


def names(document: Document) -> list[str]:
    return [each.name for each in document.study.scenarios]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("what", ["undo", "redo"])
def test_a_step_that_cannot_be_written_is_not_taken(
    working: MainWindow, document: Document, what: str, lang: str
) -> None:
    told: list[tuple[str, bool]] = []
    working.bench.told.connect(lambda words, wrong: told.append((words, wrong)))
    working.bench.speak(lang)
    before, at = document.study, document.stack.index()
    lines = len(document.opened.history())
    with full(document):
        working.actions_[what].trigger()
        assert document.study is before
        assert document.stack.index() == at
        assert working.actions_[what].isEnabled()
        assert names(document) == [BASE, "Two", "Three"]
    assert told[-1][1]
    assert str(document.opened.folder) in told[-1][0]
    assert len(document.opened.history()) == lines
    working.actions_[what].trigger()
    wanted = {"undo": [BASE, "Two"], "redo": [BASE, "Two", "Three", "Four"]}[what]
    assert names(document) == wanted
    assert (
        document.opened.history()[-1].action
        == {"undo": "journal.undone", "redo": "journal.redone"}[what]
    )
    while document.stack.canUndo():
        document.stack.undo()
    assert names(document) == [BASE]


def test_what_is_undone_and_done_again_stands_in_the_file(
    working: MainWindow, document: Document, tmp_path: Path
) -> None:
    with full(document):
        for what in ("undo", "redo", "undo"):
            working.actions_[what].trigger()
    document.stack.undo()
    with open_study(document.save(tmp_path / "one.opale")) as opened:
        assert opened.study == document.study
        assert [each.action for each in opened.history()][-2:] == ["journal.undone"] * 2


def test_a_file_is_saved_although_the_working_copy_cannot_be_tidied(
    working: MainWindow, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file stands on another disk: what is to be kept is kept there."""
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: pytest.fail("it can be saved"))
    path = document.save(tmp_path / "one.opale")
    document.stack.undo()

    def no_room(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def no_folder(*_: object) -> None:
        raise Refused("study.no_state_folder", path="state", why="full")

    monkeypatch.setattr("data.study_file.deltas.trim", no_room)
    monkeypatch.setattr("data.working._write_about", no_folder)
    assert working.files.save()
    assert not document.unsaved
    with open_study(path) as opened:
        assert opened.study == document.study


def test_a_copy_that_cannot_be_made_ones_own_is_refused(
    main: MainWindow,
    small_problem: Problem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    own_state: Path,
) -> None:
    """A file shared to be read becomes one's own where a mark in the working copy goes."""
    path, told = tmp_path / "read.opale", list[str]()
    study = Study(id="shared", name="shared", base=small_problem)
    share(study, path, names=True, reason="for the board", read_only=True)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()) or 0)

    def shut(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("data.study_file.write_origin", shut)
    assert not main.files.open(path, "copy")
    assert len(told) == 1
    assert main.bench.document is None
    assert not list((own_state / "work").iterdir()), "nothing is left of it"
