"""What a scenario changes is said in the panel of solving before anything is solved."""

from pytestqt.qtbot import QtBot

from planner.changes import ChangeSet, Set
from planner.edits import Branch, Record
from planner.study import BASE
from ui.window.document import Document
from ui.window.panels.solve import SolvePanel
from ui.window.panels.solve_asked import MOST
from ui.window.workbench import Workbench


def longer(document: Document, count: int) -> ChangeSet:
    cases = document.problem.cases[:count]
    return ChangeSet(
        name="longer",
        changes=tuple(
            Set(kind="case", id=str(each.id), field="mean", expected=each.mean, value=each.mean + n)
            for n, each in enumerate(cases, start=1)
        ),
    )


def test_what_was_changed_is_said_before_solving(
    panel: SolvePanel, bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    asked = panel.asked
    assert not asked.title.isVisible()  # the base differs from nothing
    assert bench.do(Branch(parent=BASE, name="child"))
    small_document.show("child")
    bench.changed.emit()
    assert asked.words.text() == "The facts are those of “Base”: nothing was changed."
    bench.changed.emit()  # and when nothing else has changed
    assert not asked.more.isVisible()
    assert bench.do(Record(scenario="child", group=longer(small_document, 1)))
    case = small_document.problem.cases[0]
    assert f"Case {case.id}" in asked.words.text()
    small_document.stack.undo()
    assert "nothing was changed" in asked.words.text()
    assert bench.do(Record(scenario="child", group=longer(small_document, MOST + 3)))
    assert asked.words.text().count("•") == MOST
    assert asked.more.isVisible()
    asked.more.click()
    assert asked.words.text().count("•") == MOST + 3
    assert not asked.more.isVisible()
    bench.speak("fr")
    assert f"{MOST + 3} différences" in asked.words.text()
