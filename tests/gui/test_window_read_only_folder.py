"""Folders in which nobody may write: a study there is read, and saved elsewhere, and nothing is lost."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox

from data import lock
from data.lock import Holder, holder_of
from data.refused import Refused
from data.study_file import open_study, save_study
from data.working import Leftover, leftovers
from planner.edits import Branch
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window.document import Document
from ui.window.main_window import MainWindow

Shut = Callable[[], None]


@pytest.fixture
def file(tmp_path: Path, small_problem: Problem) -> Path:
    path = tmp_path / "archive" / "ward.opale"
    path.parent.mkdir()
    save_study(Study(id="small", name="small", base=small_problem), path)
    return path


@pytest.fixture
def shut(file: Path, monkeypatch: pytest.MonkeyPatch) -> Shut:
    """From now on nobody may write in the folder of the file, not even who may do everything."""
    make, able = lock._create, os.access

    def created(path: Path, holder: Holder) -> None:
        if path.parent == file.parent:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        make(path, holder)

    def may(path: Path, mode: int) -> bool:
        return not (Path(path) == file.parent and mode == os.W_OK) and able(path, mode)

    def now() -> None:
        monkeypatch.setattr(lock, "_create", created)
        monkeypatch.setattr(os, "access", may)

    return now


def document(main: MainWindow) -> Document:
    assert main.bench.document is not None
    return main.bench.document


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "is open to be read"), ("fr", "est ouvert en lecture seule")]
)
def test_a_study_there_is_opened_to_be_read(
    main: MainWindow, file: Path, shut: Shut, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    main.bench.speak(lang)
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: pytest.fail("nothing is to be asked"))
    shut()
    assert main.files.open(file)
    assert document(main).read_only
    assert document(main).opened.path == file
    assert words in main.line.told.text()
    assert str(file.parent) in main.line.told.text()
    assert not main.bench.do(Branch(parent=BASE, name="Two"))
    assert not main.actions_["branch"].isEnabled()


def test_saving_it_asks_for_another_place_and_it_can_be_changed_there(
    main: MainWindow, file: Path, shut: Shut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = file.read_bytes(), list[str]()
    shut()
    assert main.files.open(file)
    mine = tmp_path / "mine.opale"

    def name(_parent: object, _words: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return str(mine), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    main.actions_["save"].trigger()
    (start,) = asked
    assert Path(start).name == file.name
    assert Path(start).parent != file.parent, "nothing can be written there"
    now = document(main)
    assert (now.read_only, now.opened.path, now.unsaved) == (False, mine, False)
    assert holder_of(mine) is not None
    assert main.actions_["branch"].isEnabled()
    assert main.bench.do(Branch(parent=BASE, name="Two"))
    assert main.files.save()
    with open_study(mine) as opened:
        assert [each.name for each in opened.study.scenarios] == [BASE, "Two"]
    assert file.read_bytes() == before


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_place_that_takes_nothing_any_more_offers_another(
    main: MainWindow, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    """The folder was closed, or the drive filled, while the study was open."""
    assert main.files.open(file)
    assert main.bench.do(Branch(parent=BASE, name="Two"))
    real, mine = Document.save, tmp_path / "mine.opale"
    told: list[str] = []

    def saved(document: Document, path: Path | None = None) -> Path:
        if path is None:
            where = {"path": str(file), "folder": str(file.parent)}
            raise Refused("study.no_folder_permission", **where)
        return real(document, path)

    def pressed(box: QMessageBox) -> QAbstractButton:
        told.append(box.text())
        other = main.bench.say("action.save_as")
        return next(each for each in box.buttons() if (each.text() == other) == elsewhere)

    monkeypatch.setattr(Document, "save", saved)
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", pressed)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(mine), ""))
    assert main.files.save() == elsewhere
    assert "Save it elsewhere" in told[0]
    assert mine.exists() == elsewhere
    assert document(main).unsaved != elsewhere
    assert [each.name for each in document(main).study.scenarios] == [BASE, "Two"]
    document(main).stack.setClean()


def test_what_was_left_unsaved_of_it_is_taken_up_without_its_file(
    file: Path, shut: Shut, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = Document.open(file)
    killed.do(Branch(parent=BASE, name="Two"))
    assert killed.opened.folder is not None
    killed._let_go()
    monkeypatch.setattr(Holder, "gone", property(lambda _self: True))
    (left,) = leftovers()
    assert isinstance(left, Leftover)
    shut()
    taken = Document.recover(left)
    assert [each.name for each in taken.study.scenarios] == [BASE, "Two"]
    assert taken.opened.path is None, "it asks for a name"
    assert taken.unsaved
    killed.opened.connection.close()
    taken.close()
