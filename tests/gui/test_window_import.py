"""Importing tables with faults: all is refused, or taken without those lines where that is asked."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from ui.window.importing import take
from ui.window.main_window import MainWindow

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "tables"
    shutil.copytree(SAMPLES / "csv_bad", path)
    (path / "rules.toml").unlink()
    return path


class Answers:
    """The boxes that were shown, and the button that is pressed in each: by its words, else the default."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
        self.shown: list[str] = []
        self.words = words
        monkeypatch.setattr(QMessageBox, "exec", lambda box: self.show(box))
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: self.pressed(box))

    def show(self, box: QMessageBox) -> int:
        self.shown.append(f"{box.text()}\n{box.informativeText()}\n{box.detailedText()}")
        return 0

    def pressed(self, box: QMessageBox) -> QAbstractButton | None:
        named = (each for each in box.buttons() if each.text() == self.words)
        return next(named, box.defaultButton())


@pytest.mark.parametrize(
    ("lang", "words", "out"),
    [
        ("en", "Import without these lines", "without the lines that could not be taken"),
        ("fr", "Importer sans ces lignes", "sans les lignes qui n’ont pas pu être reprises"),
    ],
)
def test_the_rest_is_imported_where_that_is_asked(
    main: MainWindow,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    words: str,
    out: str,
) -> None:
    main.bench.speak(lang)
    answers = Answers(monkeypatch, words)
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    assert take(main.files, folder)
    document = main.bench.document
    assert document is not None
    assert [case.id for case in document.problem.cases] == ["P-1"]
    refused, taken = answers.shown
    assert "cases.csv" in refused
    assert out in taken
    assert "shifts.csv" in taken


def test_nothing_is_imported_where_nobody_asks(
    main: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(monkeypatch, "Cancel of a box")  # the default is to leave it
    assert not take(main.files, folder)
    assert main.bench.document is None
    assert len(answers.shown) == 1


def test_what_cannot_be_done_without_is_only_told(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(monkeypatch, "Import without these lines")
    assert not take(main.files, SAMPLES / "csv_bad")  # rules are never left out
    (refused,) = answers.shown
    assert "rules.toml" in refused
