"""The next period from the window: written beside the study, told, and opened where that is wanted."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from data.study_file import open_study
from planner.edits import AdoptPlan
from planner.plan import Placement, Plan
from ui.window.document import Document
from ui.window.files import Files
from ui.window.workbench import Workbench


@pytest.fixture
def files(qtbot: QtBot, bench: Workbench, small_document: Document) -> Files:
    window = QWidget()
    qtbot.addWidget(window)
    problem = small_document.problem
    placed = Placement(problem.cases[0].id, problem.sessions[0].id, None, 480)
    small_document.do(AdoptPlan(scenario="base", plan=Plan.build([placed], [])))
    return Files(bench, window)


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path, button: str) -> list[str]:
    """Choose a file and answer the box by the words of a button; give what the box says."""
    told: list[str] = []

    def answer(box: QMessageBox) -> int:
        told.extend((box.text(), box.informativeText()))
        next(each for each in box.buttons() if each.text() == button).click()
        return 0

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QMessageBox, "exec", answer)
    return told


def test_the_next_period_is_written_and_the_study_stays_open(
    files: Files, small_document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = small_document.study
    told = chosen(monkeypatch, tmp_path / "next", "Stay here")
    files.ask_next_period()
    with open_study(tmp_path / "next.opale") as opened:
        after = opened.study.base
    horizon = study.base.horizon
    assert after.horizon.start == horizon.date(horizon.days)
    assert files.bench.document is small_document
    assert small_document.study is study
    assert told[0].startswith("The next period is ")
    assert told[1].startswith("“Base” was never published")
    assert "\n\n• 1 case has been operated on.\n• " in told[1]
    assert told[1].endswith("Written: next.opale")


def test_the_next_period_is_opened_on_demand(
    files: Files, bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, tmp_path / "next.opale", "Open it")
    monkeypatch.setattr(Files, "may_leave", lambda _: True)
    files.ask_next_period()
    assert bench.document is not None
    assert bench.document.opened.path == (tmp_path / "next.opale").resolve()


def test_without_a_plan_there_is_nothing_to_follow(
    files: Files, bench: Workbench, small_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> tuple[str, str]:
        raise AssertionError("nothing is to be asked")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    said: list[tuple[str, bool]] = []
    bench.told.connect(lambda words, bad: said.append((words, bad)))
    small_document.do(AdoptPlan(scenario=small_document.name, plan=Plan()))
    files.ask_next_period()
    assert ("There is no plan yet that a next period could follow: solve first.", True) in said
