"""The report of the window: a page, or a workbook where its name or the kind of file says so."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from planner.edits import Branch, SetPins
from planner.study import BASE, Pin
from ui.window.main_window import MainWindow


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.html", "plan"])
def test_a_report_is_a_workbook_where_that_is_asked(
    working: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    main, document = working, working.bench.document
    assert document is not None
    assert main.bench.do(Branch(parent=BASE, name="pinned"))
    case = str(document.problem.cases[0].id)
    assert main.bench.do(SetPins(scenario="pinned", pins=(Pin(kind="case", id=case),)))
    kind = "HTML (*.html)" if name.endswith("html") else "Excel (*.xlsx)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), kind))
    main.actions_["report"].trigger()
    (made,) = tmp_path.glob("plan*")
    assert made.suffix == (".html" if name.endswith("html") else ".xlsx")
    assert str(made) in main.line.told.text()
    if made.suffix == ".html":
        assert f"Pinned: case {case}" in made.read_text(encoding="utf-8")
        return
    with zipfile.ZipFile(made) as book:
        assert f"Pinned: case {case}" in book.read("xl/sharedStrings.xml").decode()


def test_another_file_of_that_name_is_left_alone(
    working: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog asked about “plan”, and nobody about “plan.xlsx”."""
    there = tmp_path / "plan.xlsx"
    there.write_text("mine", encoding="utf-8")
    given = (str(tmp_path / "plan"), "Excel (*.xlsx)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: given)
    monkeypatch.setattr(QMessageBox, "exec", lambda _self: QMessageBox.StandardButton.Cancel)
    working.actions_["report"].trigger()
    assert there.read_text(encoding="utf-8") == "mine"
