"""Writing files from the window: where to, with which suffix, and whom they are open to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from data.protecting import Cost, Seal
from planner.problem import Problem
from planner.study import Study
from ui.window.dialogs.where import STUDY, ask_where
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.tables.rules_page import RulesPage
from ui.window.workbench import Workbench

KINDS = {"HTML (*.html)": ".html", "Excel (*.xlsx)": ".xlsx"}


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("plan.html", "HTML (*.html)", "plan.html"),
        ("plan", "", "plan.html"),
        ("plan", "Excel (*.xlsx)", "plan.xlsx"),
        ("plan.html", "Excel (*.xlsx)", "plan.xlsx"),
        ("plan.xlsx", "HTML (*.html)", "plan.xlsx"),
        ("plan.v2", "", "plan.v2.html"),
        ("PLAN.HTML", "", "PLAN.HTML"),
    ],
)
def test_a_name_has_the_suffix_of_its_kind(
    bench: Workbench,
    qapp: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    kind: str,
    written: str,
) -> None:
    chosen = str(tmp_path / typed), kind
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    assert ask_where(bench, QWidget(), "", "", KINDS) == tmp_path / written


@pytest.mark.parametrize("answer", ["Yes", "Cancel"])
def test_what_the_dialog_did_not_ask_about_is_asked_about(
    bench: Workbench,
    qapp: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
) -> None:
    there, asked = tmp_path / "mine.opale", list[str]()
    there.write_text("mine", encoding="utf-8")

    def said(box: QMessageBox) -> QMessageBox.StandardButton:
        asked.append(box.text())
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "exec", said)
    for typed in ("mine.opale", "mine"):
        chosen = str(tmp_path / typed), ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, chosen=chosen: chosen)
        found = ask_where(bench, QWidget(), "", "", STUDY)
        assert found == (there if typed == there.name or answer == "Yes" else None)
    assert asked == ["mine.opale is there already. Write over it?"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert ask_where(bench, QWidget(), "", "", STUDY) is None


def as_report(main: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chosen = str(path / "out.html"), ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    main.actions_["report"].trigger()
    return path / "out.html"


def as_folder(main: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))
    main.actions_["export"].trigger()
    return path / "secret-csv"


def as_pack(main: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    main.show_view("rules")
    page = main.page("rules")
    assert isinstance(page, RulesPage)
    page.write(path / "out.toml")
    return path / "out.toml"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("write", [as_report, as_folder, as_pack])
def test_what_is_written_of_a_protected_study_is_said_to_be_in_the_clear(
    main: MainWindow,
    small_problem: Problem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[MainWindow, Path, pytest.MonkeyPatch], Path],
    lang: str,
) -> None:
    """Once, in the words of the command line; of a study that everybody may open nothing is said."""
    bench, told = main.bench, list[str]()
    bench.speak(lang)
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    monkeypatch.setattr(QMessageBox, "open", lambda box: told.append(box.informativeText()))
    bench.take(Document.of(Study(id="small", name="secret", base=small_problem)))
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    assert write(main, open_to_all, monkeypatch).exists()
    assert told == []
    assert bench.document is not None
    bench.document.opened.seal = Seal.of("le chat dort sur la grue", Cost(10, 1, 1))
    written = write(main, tmp_path, monkeypatch)
    assert written.exists()
    assert told == [bench.say("seal.in_clear", path=written.name, file="secret")]
