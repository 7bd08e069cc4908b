"""Files under a passphrase, and files to be read only, in the window: asked, told, copied."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from data.origin import ReadOnlyError
from data.protecting import Cost, Seal, is_sealed
from data.sharing import share
from planner.edits import Branch
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window import files
from ui.window.dialogs.passphrase import PassphraseDialog
from ui.window.document import Document
from ui.window.files import COPY, READ
from ui.window.main_window import MainWindow
from ui.window.workbench import Workbench

WORDS = "le chat dort sur la grue"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seal.of.__func__, "__defaults__", (Cost(10, 1, 1),))


@pytest.fixture
def sealed(small_problem: Problem, tmp_path: Path) -> Path:
    path = tmp_path / "sealed.opale"
    study = Study(id="small", name="small", base=small_problem)
    share(study, path, names=True, seal=Seal.of(WORDS))
    return path


@pytest.fixture
def lent(small_problem: Problem, tmp_path: Path) -> Path:
    path = tmp_path / "lent.opale"
    study = Study(id="small", name="small", base=small_problem)
    share(study, path, names=True, read_only=True, reason="for Monday")
    return path


def test_the_passphrase_is_asked_for_until_it_is_right(
    main: MainWindow, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    answers = iter(("something else", WORDS))

    def asked(_bench: object, words: str, _parent: object) -> str:
        told.append(words)
        return next(answers)

    monkeypatch.setattr(files, "ask_passphrase", asked)
    assert main.files.open(sealed)
    assert "under a passphrase" in told[0]
    assert "another one" in told[1]
    document = main.bench.document
    assert document is not None
    assert document.opened.folder is None, "nothing of it is on a disk in plain"
    document.do(Branch(parent=BASE, name="more"))
    document.save()
    assert is_sealed(sealed)


def test_nobody_has_to_give_it(
    main: MainWindow, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_passphrase", lambda *_: None)
    assert not main.files.open(sealed)
    assert main.bench.document is None
    assert not list(sealed.parent.glob(".~*")), "nor is it held"


def test_what_was_shared_to_be_read_is_read_or_copied(
    main: MainWindow, lent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lent.read_bytes()
    with pytest.raises(ReadOnlyError):
        Document.open(lent)
    ways: dict[str, str] = {}
    monkeypatch.setattr(
        main.files, "_way", lambda error: ways.setdefault(str(error.origin.reason), READ)
    )
    assert main.files.open(lent)
    assert main.bench.document is not None
    assert main.bench.document.read_only
    assert "nothing in it can be changed" in main.around.left_side.changes.empty.words.text()
    assert ways == {"for Monday": READ}
    assert main.files.open(lent, COPY)
    assert not main.bench.document.read_only
    assert main.bench.document.opened.path is None
    assert f"(copy of {lent.name})" in main.windowTitle()
    assert f"(copy of {lent.name})" in main.line.named.text()
    main.bench.document.do(Branch(parent=BASE, name="mine"))
    copy = main.bench.document.save(lent.with_name("mine.opale"))
    assert main.windowTitle() == "mine.opale – Opale"
    main.bench.take(None)
    document = Document.open(copy)
    assert document.study.scenario("mine")
    document.close()
    assert lent.read_bytes() == before


def test_the_box_says_who_shared_it_and_why(
    main: MainWindow, lent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    assert not main.files.open(lent), "nothing was chosen"
    assert "to be read only: “for Monday”" in shown[0]


def test_a_new_passphrase_is_typed_twice(qtbot: QtBot, bench: Workbench) -> None:
    dialog = PassphraseDialog(bench, "for x.opale", twice=True)
    qtbot.addWidget(dialog)
    assert not dialog.yes.isEnabled()
    dialog.once.setText("short")
    assert "at least 12 letters" in dialog.told.text()
    dialog.once.setText(WORDS)
    assert not dialog.yes.isEnabled()
    dialog.again.setText(WORDS)
    assert dialog.yes.isEnabled()
    assert dialog.told.text() == ""
    assert dialog.passphrase == WORDS
