"""The master schedule in the window: chosen, weighed, solved beside, shown, adopted, undone, copied."""

import shlex
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from solving_bench import Pretend, over

from planner.boards.master import grid_board
from planner.edits import Branch
from planner.runs import MASTER
from planner.study import BASE
from ui.window.dialogs.master_grid import MasterGridDialog
from ui.window.document import Document
from ui.window.panels.solve import SolvePanel
from ui.window.workbench import Workbench


def owners(document: Document, scenario: str) -> dict[str, frozenset[str]]:
    problem = document.study.problem(scenario)
    return {str(each.id): frozenset(map(str, each.owners)) for each in problem.templates}


@pytest.fixture
def found(qtbot: QtBot, pretend: Pretend, panel: SolvePanel) -> SolvePanel:
    """A run of the master schedule that is over: one half-day has another owner."""
    solver = pretend("finish")
    panel.parts[MASTER].click()
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    over(qtbot, solver)
    return panel


def test_the_master_schedule_is_chosen_alone_and_has_weights(panel: SolvePanel) -> None:
    assert panel.chosen() == ("theatre", "roster")
    assert panel.weights.isHidden()
    panel.parts[MASTER].click()
    assert panel.chosen() == (MASTER,)
    assert panel.weights.isVisible()
    assert panel.options.at_hand.isHidden()
    panel.parts["roster"].click()
    assert panel.chosen() == ("roster",)
    assert panel.weights.isHidden()


def test_without_templates_there_is_no_master_schedule_to_choose(
    bench: Workbench, panel: SolvePanel, small_document: Document
) -> None:
    from dataclasses import replace

    from planner.study import Study

    panel.parts[MASTER].click()
    bare = replace(small_document.problem, templates=())
    bench.take(Document.of(Study(id="bare", base=bare)))
    assert panel.parts[MASTER].isHidden()
    assert panel.chosen() == ("theatre", "roster")


def test_the_answer_says_who_wins_and_loses_and_shows_the_grid(
    qtbot: QtBot, bench: Workbench, found: SolvePanel
) -> None:
    run = bench.solver.run
    assert run is not None
    assert run.grid is not None
    assert (run.best, run.ready) == (None, True)
    assert found.answer.isVisible()
    told = found.answer.told.text()
    assert told.startswith("1 template of the master schedule gets another owner")
    assert "half-day" in told
    assert "Variance of beds" in told
    assert "the grid of now costs" in found.cost.text()
    assert found.state.text() == "The search is over: adopt the new owners, or reject them."
    (slot,) = run.grid.changed
    cells = [c for row in grid_board(run.grid) for day in row.days for c in day]
    assert {c.template for c in cells if c.changed} == {str(slot.template.id)}
    bench.speak("fr")
    assert found.limit.text().startswith("La trame trouvée")
    assert [field.text() for field in found.weights.fields.values()][3] == "9\u202f000"
    bench.speak("en")
    dialog = MasterGridDialog(bench, run.grid)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    table = dialog.grid
    every = [table.item(r, c) for r in range(table.rowCount()) for c in range(table.columnCount())]
    marked = [item for item in every if item is not None and "→" in item.text()]
    assert len(marked) == sum(c.changed for c in cells)
    assert str(slot.template.id) in marked[0].data(Qt.ItemDataRole.AccessibleTextRole)
    assert dialog.shares.rowCount() == len(run.grid.grid.specialties)
    assert dialog.beds.rowCount() == len(run.grid.before.load)


def test_adopting_is_a_change_that_is_undone_and_done_again(
    bench: Workbench, found: SolvePanel, small_document: Document
) -> None:
    before = owners(small_document, BASE)
    small_document.do(Branch(parent=BASE, name="child"))
    assert bench.solver.run is not None
    bench.solver.run.scenario = "child"
    found.adopt.click()
    (group,) = small_document.study.scenario("child").changes
    assert group.name.startswith("master schedule: 1")
    assert {change.kind for change in group.changes} >= {"template", "session"}
    assert owners(small_document, "child") != before
    assert owners(small_document, BASE) == before
    assert found.chosen() == ("theatre", "roster")  # their turn
    small_document.stack.undo()
    assert owners(small_document, "child") == before
    small_document.stack.redo()
    assert owners(small_document, "child") != before


def test_adopting_in_a_new_scenario_leaves_the_old_one_alone(
    bench: Workbench, found: SolvePanel, small_document: Document
) -> None:
    before = owners(small_document, BASE)
    found.branch.click()
    assert small_document.name != BASE
    assert owners(small_document, BASE) == before
    assert owners(small_document, small_document.name) != before
    assert bench.solver.run is None
    small_document.stack.undo()
    assert len(small_document.study.scenarios) == 1


def test_a_grid_that_stays_offers_nothing_to_adopt(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel
) -> None:
    solver = pretend("nothing")
    panel.parts[MASTER].click()
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    over(qtbot, solver)
    assert panel.answer.told.text().startswith("The owners")
    assert not panel.adopt.isEnabled()
    assert not panel.branch.isEnabled()
    panel.reject.click()
    assert solver.run is None


def test_a_run_can_be_stopped_with_the_grid_found(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel
) -> None:
    solver = pretend("wait")
    panel.parts[MASTER].click()
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: solver.run is not None and solver.run.phase == "exact")
    assert panel.more.isHidden()
    solver.stop()
    over(qtbot, solver)
    assert solver.run is not None
    assert solver.run.ready
    solver.reject()


def test_the_command_line_does_the_same(
    tmp_path: Path, panel: SolvePanel, small_document: Document
) -> None:
    path = tmp_path / "study.opale"
    small_document.save(path)
    panel.parts[MASTER].click()
    panel.weights.fields["fill"].setValue(90)
    panel.seconds.setValue(20)
    words = shlex.split(panel.command() or "")
    assert words == [
        *("planner", "solve", str(path), "--parts", "mss"),
        *("--master", "fill=90", "--seconds", "20"),
    ]
