"""Names stand as they were written: no question, tip, menu or button reads them as markup."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QWidget

from data.importing import FileFault
from planner.edits import Branch
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window.document import Document
from ui.window.importing import line
from ui.window.main_window import MainWindow

NAME = "Essai A/B & <b>x</b>"


class Asked(NamedTuple):
    format: Qt.TextFormat
    words: str


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    told: list[Asked] = []

    def answer(box: QMessageBox) -> int:
        told.append(Asked(box.textFormat(), box.text()))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: None)
    return told


@pytest.fixture
def named(main: MainWindow, small_problem: Problem) -> MainWindow:
    document = Document.of(Study(id="names", name=NAME, base=small_problem))
    main.bench.take(document)
    document.do(Branch(parent=BASE, name=NAME))
    document.do(Branch(parent=NAME, name="child"))
    document.show(NAME)
    return main


def read(words: str) -> str:
    """Give what a tip shows of its words."""
    if "<" not in words and "&lt;" not in words:  # as Qt tells markup from plain words
        return words
    document = QTextDocument()
    document.setHtml(words)
    return document.toPlainText()


def test_questions_show_names_as_they_are(named: MainWindow, asked: list[Asked]) -> None:
    for id in ("publish", "close"):
        named.actions_[id].trigger()
    assert asked
    assert all(each.format == Qt.TextFormat.PlainText for each in asked)
    assert all(NAME in each.words for each in asked)


def test_tips_labels_and_buttons_show_names_as_they_are(
    named: MainWindow, asked: list[Asked]
) -> None:
    named.bench.speak("fr")
    for view in ("theatre", "roster", "facts", "rules", "compare"):
        named.show_view(view)
    for widget in named.findChildren(QWidget):
        tip = widget.toolTip()
        if "Essai" in tip:
            assert NAME in read(tip), widget
        if isinstance(widget, QLabel) and "Essai" in widget.text():
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
        if isinstance(widget, QAbstractButton) and "Essai" in widget.text():
            assert "&&" in widget.text() or "&" not in widget.text(), widget.text()


def test_no_box_is_made_that_may_read_markup(root: Path) -> None:
    made = re.compile(r"\bQMessageBox\(")
    found = {
        path.name
        for path in (root / "ui" / "window").rglob("*.py")
        if made.search(path.read_text("utf-8"))
    }
    assert found == {"parts.py"}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_scenario_without_changes_is_deleted_with_its_plan_alone(
    main: MainWindow, small_problem: Problem, asked: list[Asked], lang: str
) -> None:
    document = Document.of(Study(id="bare", name="bare", base=small_problem))
    main.bench.take(document)
    document.do(Branch(parent=BASE, name=NAME))
    document.show(NAME)
    main.bench.speak(lang)
    main.actions_["delete"].trigger()
    assert NAME in asked[-1].words
    assert "0" not in asked[-1].words


def test_a_fault_ends_before_its_hint_begins() -> None:
    class Double(FileFault):
        def where(self, lang: str) -> str:
            return "cases.csv, row 3"

        def sentence(self, lang: str) -> str:
            return "K1 is in row 2 already"

        def hint(self, lang: str) -> str:
            return "Keep one of them."

    fault = Double.__new__(Double)
    assert line(fault, "en") == "cases.csv, row 3: K1 is in row 2 already. Keep one of them."
