"""Leaving a study while a plan is being made, or waits: nothing is lost without a question."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from solving_bench import Pretend, over, placed

from data.working import Leftover
from planner.edits import Branch
from planner.plan import Plan
from planner.study import BASE
from ui.window.document import Document
from ui.window.files import DROP, LATER, TAKE, Files
from ui.window.panels.solve import SolvePanel
from ui.window.workbench import Workbench

Answers = Callable[..., list[str]]


@pytest.fixture
def files(qtbot: QtBot, bench: Workbench, small_document: Document) -> Files:
    window = QWidget()
    qtbot.addWidget(window)
    return Files(bench, window)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Answer the boxes to come by the words of a button, or by a standard one; give what they ask."""

    def given(*words: str | QMessageBox.StandardButton) -> list[str]:
        asked, left = list[str](), list(words)

        def answer(box: QMessageBox) -> int:
            asked.append(f"{box.text()} {box.informativeText()}".strip())
            now = left.pop(0)
            if not isinstance(now, str):
                return int(now)
            (button,) = (each for each in box.buttons() if each.text() == now)
            button.click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", answer)
        return asked

    return given


DISCARD = QMessageBox.StandardButton.Discard


def test_a_run_goes_on_where_somebody_would_rather_stay(
    qtbot: QtBot, pretend: Pretend, files: Files, answers: Answers, small_document: Document
) -> None:
    solver = pretend("wait")
    solver.start(seconds=60)
    placed(qtbot, solver, 3)
    asked = answers("Keep searching")
    assert not files.may_leave()
    assert len(asked) == 1
    assert "search is under way" in asked[0]
    assert solver.run is not None
    assert solver.run.on
    assert small_document.provisional is not None


def test_its_plan_can_be_adopted_on_the_way_out(
    qtbot: QtBot, pretend: Pretend, files: Files, answers: Answers, small_document: Document
) -> None:
    solver = pretend("wait")
    solver.start(seconds=60)
    placed(qtbot, solver, 3)
    asked = answers("Adopt here", QMessageBox.StandardButton.Cancel)
    assert not files.may_leave()  # what was adopted is asked for as any edit is
    assert "not saved" in asked[1]
    assert solver.run is None
    assert len(list(small_document.scenario.plan.placements)) == 3


def test_it_is_dropped_where_somebody_says_so(
    qtbot: QtBot, pretend: Pretend, files: Files, answers: Answers, small_document: Document
) -> None:
    solver = pretend("finish")
    solver.start(seconds=60)
    over(qtbot, solver)
    asked = answers("Drop it", DISCARD)
    assert files.may_leave()
    assert "waiting" in asked[0]
    assert solver.run is None
    assert small_document.scenario.plan == Plan()


def test_without_a_plan_there_is_nothing_to_adopt(
    qtbot: QtBot, pretend: Pretend, files: Files, answers: Answers
) -> None:
    solver = pretend("nothing")
    solver.start(seconds=60)
    asked = answers("Keep searching")
    assert not files.may_leave()
    assert "no plan yet" in asked[0]
    over(qtbot, solver)
    asked = answers(DISCARD)  # it found nothing: only the study itself is asked for
    assert files.may_leave()
    assert "not saved" in asked[0]


def test_a_plan_that_waits_is_not_lost_to_the_next_run(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, answers: Answers, small_document: Document
) -> None:
    solver = pretend("finish")
    panel.start()
    over(qtbot, solver)
    run = solver.run
    answers("Go back")
    panel.start()
    assert solver.run is run
    answers("Adopt here")
    panel.start()
    assert solver.run is not run
    assert solver.run is not None
    assert solver.run.on
    assert len(list(small_document.scenario.plan.placements)) == 3


@pytest.mark.parametrize(
    ("lines", "told"), [(1, "copy is whole"), (2, "1 more edit."), (8, "7 more")]
)
def test_the_making_of_a_study_without_a_file_is_no_edit(
    files: Files, answers: Answers, tmp_path: Path, lines: int, told: str
) -> None:
    left = Leftover(
        folder=tmp_path,
        path=None,
        study="s",
        since="2026",
        edits=lines,
        last="2026-11-27T09:30:00+00:00",
    )
    asked = answers("Take up the working copy")
    assert files._about(left, file=False) == TAKE
    assert told in asked[0]


def test_what_was_left_can_wait_and_goes_only_once_that_is_confirmed(
    files: Files, answers: Answers, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    last = "2026-11-27T09:30:00+00:00"
    left = Leftover(folder=folder, path=None, study="s", since=last, edits=3, last=last)
    asked = answers("Later")
    assert files._about(left, file=False) == LATER
    assert "27 November 2026" in asked[0]
    assert folder.exists()
    discard = "Discard the working copy"
    answers(discard, QMessageBox.StandardButton.Cancel, "Later")  # not sure: asked again
    assert files._about(left, file=False) == LATER
    assert folder.exists()
    asked = answers(discard, discard)
    assert files._about(left, file=False) == DROP
    assert "cannot be undone" in asked[1]
    assert not folder.exists()


def test_escape_puts_off_what_was_left(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = Leftover(folder=tmp_path, path=None, study="s", since="", edits=3, last="")
    for file in (True, False):
        boxes = list[QMessageBox]()
        monkeypatch.setattr(QMessageBox, "exec", lambda box, boxes=boxes: boxes.append(box) or 0)
        assert files._about(left, file=file) == LATER
        escape = boxes[0].escapeButton()
        assert boxes[0].buttonRole(escape) == QMessageBox.ButtonRole.RejectRole
    assert tmp_path.exists()


def test_where_else_it_is_that_was_not_saved_is_told_beside_the_question(
    files: Files, answers: Answers, small_document: Document
) -> None:
    asked = answers(QMessageBox.StandardButton.Cancel)
    assert not files.may_leave("They are elsewhere too.")
    assert asked[0].endswith("They are elsewhere too.")


def test_a_file_that_another_program_has_changed_is_saved_under_another_name(
    files: Files,
    answers: Answers,
    small_document: Document,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, other = tmp_path / "one.opale", tmp_path / "two.opale"
    small_document.save(path)
    small_document.do(Branch(parent=BASE, name="mine"))
    path.write_bytes(path.read_bytes() + bytes(512))  # as another program does
    theirs = path.read_bytes()
    monkeypatch.setattr("ui.window.files.ask_where", lambda *_: other)
    asked = answers("Save as…")
    assert files.save()
    assert "Another program" in asked[0] or "another program" in asked[0]
    assert path.read_bytes() == theirs
    assert (small_document.path, small_document.unsaved) == (other, False)
