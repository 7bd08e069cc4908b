"""Theatres and roster in turn in the window: asked by a box or the menu, taken with what follows."""

import shlex
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from solving_bench import Pretend, over

from planner.edits import Branch
from planner.linking import linked
from planner.study import BASE
from ui.window.document import Document
from ui.window.panels.solve import SolvePanel
from ui.window.workbench import Workbench


def test_the_box_and_the_action_are_one_and_go_with_both_parts(panel: SolvePanel) -> None:
    box, action = panel.options.together, panel.actions_["linked"]
    assert box.isVisible()
    assert action.isEnabled()
    action.trigger()
    assert box.isChecked()
    assert panel.how()["linked"]
    box.click()
    assert not action.isChecked()
    box.click()
    panel.parts["roster"].setChecked(False)
    assert not box.isVisible()
    assert not action.isEnabled()
    assert not panel.how()["linked"]


@pytest.mark.parametrize(
    ("lang", "name"),
    [("en", "Theatres and roster in turn"), ("fr", "Bloc et planning tour à tour")],
)
def test_a_new_scenario_takes_the_plan_of_the_base(
    qtbot: QtBot,
    pretend: Pretend,
    panel: SolvePanel,
    bench: Workbench,
    small_document: Document,
    lang: str,
    name: str,
) -> None:
    solver, before = pretend("finish"), small_document.study
    bench.speak(lang)
    assert panel.options.together.text() == name
    panel.options.together.setChecked(True)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    over(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.best is not None
    assert run.request.linked
    assert run.best.problem == linked(before.base, run.best.plan)
    panel.refresh()
    assert not panel.adopt.isVisible()
    assert panel.why.text() == bench.say("solve.why_linked_base")
    qtbot.mouseClick(panel.branch, Qt.MouseButton.LeftButton)
    after = small_document.study
    assert [each.name for each in after.scenarios] == [BASE, name]
    assert small_document.name == name
    assert after.base is before.base
    assert after.problem(name).cover == run.best.problem.cover
    assert not after.stale(name)
    small_document.stack.undo()
    assert small_document.study == before


def test_a_scenario_takes_its_own_and_the_command_says_the_same(
    qtbot: QtBot,
    pretend: Pretend,
    panel: SolvePanel,
    bench: Workbench,
    small_document: Document,
    tmp_path: Path,
) -> None:
    solver = pretend("finish")
    bench.do(Branch(parent=BASE, name="mine"))
    small_document.show("mine")
    path = small_document.save(tmp_path / "a.opale")
    panel.options.together.setChecked(True)
    expected = ["planner", "solve", f"{path}#mine", "--linked", "--seconds", "60"]
    assert shlex.split(panel.command() or "") == expected
    panel.start()
    over(qtbot, solver)
    assert shlex.split(panel.command() or "") == [*expected, "--seed", "1"]
    panel.refresh()
    qtbot.mouseClick(panel.adopt, Qt.MouseButton.LeftButton)
    groups = [group.name for group in small_document.scenario.changes]
    assert groups[0] == "cover-from-plan"
    assert not small_document.study.stale("mine")
    assert len(small_document.study.scenarios) == 2
