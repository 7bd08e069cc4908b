"""What stands round the views: heights, the rail of a narrow window, what the status line says."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from data.exporting import STALE_NOTE
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Record
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.panels.left import RAIL


def test_a_narrow_window_has_a_rail_that_opens_over_the_board(
    working: MainWindow, qtbot: QtBot
) -> None:
    main = working
    main.resize(1366, 700)
    side = main.around.left_side
    assert not side.rail.isVisible()
    assert side.scenarios.tree.isVisible()
    main.resize(1100, 700)
    qtbot.waitUntil(lambda: main.around.left.width() == RAIL)
    assert not side.scenarios.tree.isVisible()
    board = main.current_page().geometry()
    side.buttons[1].click()
    assert side.changes.isVisible()
    assert main.current_page().geometry() == board  # it lies over it
    main.activateWindow()
    side.open_scenarios()
    qtbot.waitUntil(side.scenarios.tree.hasFocus)
    qtbot.keyClick(side.scenarios.tree, Qt.Key.Key_Escape)
    assert not side.sheet.isVisible()
    main.resize(1366, 700)
    qtbot.waitUntil(lambda: side.scenarios.tree.isVisible())
    assert main.around.left.width() > RAIL


def test_what_is_said_goes_with_its_view_or_after_a_time(working: MainWindow) -> None:
    main = working
    saved = main.line.told.text()
    main.bench.told.emit("No!", True)
    assert (main.line.told.text(), main.line.told.property("look")) == ("No!", "hard")
    main.show_view("roster")
    assert (main.line.told.text(), main.line.told.property("look")) == (saved, "")
    main.bench.told.emit("Done.", False)
    main.show_view("roster")
    assert main.line.told.text() == "Done."
    assert main.line.read.isActive()
    main.line.read.timeout.emit()
    assert main.line.told.text() == saved


def test_the_frame_is_as_high_as_the_look_says(working: MainWindow) -> None:
    main = working
    parts = (main.menuBar(), main.around.bar, main.around.strip, main.statusBar())
    assert [each.height() for each in parts] == [24, 40, 32, 24]
    assert main.around.left_side.split.handleWidth() == 1
    for each in (main.around.solve_button, main.around.go_to):
        assert each.height() >= each.sizeHint().height()  # no edge is cut


def test_a_long_sentence_has_the_whole_status_line(working: MainWindow) -> None:
    main = working
    main.resize(1040, 540)
    assert not main.line.checked.isHidden()
    words = "A plan is out of date: solve it again to compare exactly. "
    main.bench.told.emit(words * 3, False)
    assert main.line.named.isHidden()
    main.bench.settle()
    assert main.line.checked.isHidden(), "what is counted later takes none of it"
    main.bench.told.emit(words * 30, False)
    assert main.width() == 1040
    assert main.line.told.width() < main.line.told.sizeHint().width(), "it ends in dots"
    assert main.line.told.toolTip() == main.line.told.text()
    main.line.read.timeout.emit()
    assert not main.line.named.isHidden()
    assert not main.line.checked.isHidden()
    main.resize(1600, 540)
    main.bench.told.emit(words * 3, False)
    assert not main.line.checked.isHidden()
    main.resize(1040, 540)
    assert main.line.checked.isHidden()


def test_each_step_is_undone_and_done_again_by_name(working: MainWindow) -> None:
    """Buttons follow step by step, not only where all is undone."""
    main, actions = working, working.actions_
    undo, redo = actions["undo"], actions["redo"]
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    for name in ("One", "Two", "Three"):
        assert main.bench.do(Branch(parent=BASE, name=name))
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    assert "Three" in undo.text()
    seen = []
    for action in (undo, redo, undo, undo, redo, redo):
        action.trigger()
        assert main.line.told.text().startswith("Undone: " if action is undo else "Done again: ")
        seen.append((undo.isEnabled(), redo.isEnabled(), undo.text(), redo.text()))
    assert [each[:2] for each in seen] == [
        *((True, True), (True, False), (True, True), (True, True), (True, True), (True, False))
    ]
    assert "Two" in seen[0][2]
    assert "Three" in seen[0][3]
    assert (seen[-1][2], seen[-1][3]) == (seen[1][2], "Redo")
    main.bench.speak("fr")
    told = re.sub(r"\s", " ", undo.text())
    assert told == "Annuler : Nouvelle variante « Three » à partir de « Base »"
    for _ in range(3):
        undo.trigger()
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)
    assert redo.toolTip().startswith("Rétablir")
    main.bench.take(None)
    assert (undo.text(), redo.text()) == ("Annuler", "Rétablir")


def test_counts_are_said_in_singular_and_plural(working: MainWindow) -> None:
    say = working.bench.say
    assert [say("window.checked.soft", n=n) for n in (0, 1, 2)] == [
        "0 wishes",
        "1 wish",
        "2 wishes",
    ]
    working.bench.speak("fr")
    assert [say("window.checked.hard", n=n) for n in (0, 1, 2)] == [
        *("0 obligatoire", "1 obligatoire", "2 obligatoires")
    ]


def test_actions_of_boards_are_off_where_there_is_none(working: MainWindow) -> None:
    main = working
    ids = ("pin", "tray", "legend", "differences", "zoom_in", "zoom_out", "density")
    boards = {"pin", "legend", "zoom_in", "zoom_out", "density"}
    main.bench.do(Branch(parent=BASE, name="One"))
    assert main.bench.document is not None
    main.bench.document.show("One")
    wanted = {
        "theatre": {*ids},
        "roster": boards | {"differences", "tray"},
        "facts": {"pin"},
        "compare": {"differences", "zoom_in", "zoom_out"},
        "rules": set(),
    }
    for view in (*wanted, "theatre"):
        main.show_view(view)
        assert {id for id in ids if main.actions_[id].isEnabled()} == wanted[view], view
    main.bench.document.show(BASE)
    assert not main.actions_["differences"].isEnabled()
    for view in ("theatre", "roster"):
        main.show_view(view)
        main.bench.selection.clear()
        main.actions_["pin"].trigger()
        assert main.line.told.text().startswith("Nothing to pin")


def test_a_study_that_is_only_looked_at_says_so(working: MainWindow) -> None:
    main, document = working, working.bench.document
    assert document is not None
    document.read_only = True
    main.bench.language_changed.emit()
    main.bench.settle()
    assert "read-only" in main.windowTitle()
    assert "nothing can be changed" in main.line.told.text()
    assert main.around.banner.into.text() == "Opened to look at:"
    assert not main.around.banner.branch.isEnabled()
    assert not main.actions_["undo"].isEnabled()


@pytest.mark.parametrize(
    ("pressed", "read_only"), [("window.read_only", True), ("window.as_copy", False)]
)
def test_a_held_file_is_opened_as_was_asked(
    main: MainWindow,
    small_problem: Problem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pressed: str,
    read_only: bool,
) -> None:
    holder = Document.of(Study(id="held", name="held", base=small_problem))
    path = holder.save(tmp_path / "held.opale")
    monkeypatch.setattr(QMessageBox, "exec", lambda _: 0)
    words = main.bench.say(pressed)

    def clicked(box: QMessageBox) -> QAbstractButton:
        return next(each for each in box.buttons() if each.text() == words)

    monkeypatch.setattr(QMessageBox, "clickedButton", clicked)
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    assert main.files.open(path)
    document = main.bench.document
    assert document is not None
    assert document.read_only == read_only
    assert (document.opened.path == path) == read_only
    main.bench.take(None)
    holder.close()


def test_an_export_of_a_stale_plan_says_so_beside_it(
    working: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F70: a plan out of date is marked wherever it goes."""
    main, document = working, working.bench.document
    assert document is not None
    case, session = document.problem.cases[0], document.problem.sessions[0]
    plan = Plan.build([Placement(case.id, session.id, None, session.start)])
    assert main.bench.do(AdoptPlan(scenario=BASE, plan=plan))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "fresh"))
    main.actions_["export"].trigger()
    (fresh,) = (tmp_path / "fresh").iterdir()
    assert not (fresh / STALE_NOTE).exists()
    longer = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 5)
    assert main.bench.do(Record(scenario=BASE, group=ChangeSet(name="longer", changes=(longer,))))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "late"))
    main.bench.speak("fr")
    main.actions_["export"].trigger()
    (late,) = (tmp_path / "late").iterdir()
    told = (late / STALE_NOTE).read_text(encoding="utf-8")
    assert told.startswith("Le plan de ce dossier est périmé")
    assert "longer" in told
    assert "périmé" in main.line.told.text()
