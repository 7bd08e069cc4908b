"""Rotations in the window: laid out from the roster, told before it is done, undone as one step."""

import shlex
from pathlib import Path

import pytest
from board_pages import roster_page
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from rotation_house import house
from solving_bench import Pretend, over

from planner.going import Going
from planner.people import Absence
from planner.runs import ROTATION
from planner.study import BASE, Study
from ui.window.actions import Actions
from ui.window.boards.roster_page import RosterPage
from ui.window.dialogs.roll_out import RollOutDialog
from ui.window.document import Document
from ui.window.panels.solve import SolvePanel
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    away = Absence(id="a", person="P1", first=2, last=2)
    made = Document.of(Study(id="trame1", base=house(absences=(away,))))
    bench.take(made)
    return made


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def opened(page: RosterPage) -> RollOutDialog:
    page.user.roll_out()
    (dialog,) = page.findChildren(RollOutDialog)
    return dialog


def test_it_is_told_before_it_is_done_and_undone_as_one_step(
    page: RosterPage, document: Document
) -> None:
    dialog = opened(page)
    assert dialog.told.toPlainText().startswith("65 duties of 3 people laid out")
    assert "P1 Wed 7 Oct M" in dialog.told.toPlainText()
    assert not any(document.plan.duties)
    dialog.yes.click()
    assert len([*document.plan.duties]) == 65
    assert not document.study.stale(document.name)
    document.stack.undo()
    assert not any(document.plan.duties)


def test_days_are_chosen_and_what_cannot_be_is_said(
    page: RosterPage, document: Document, bench: Workbench
) -> None:
    dialog = opened(page)
    dialog.first.setCurrentIndex(7)
    dialog.last.setCurrentIndex(13)
    assert dialog.edit.days == (7, 13)
    assert "from 12 October 2026 to 18 October 2026" in dialog.told.toPlainText()
    dialog.last.setCurrentIndex(3)
    assert dialog.told.toPlainText().startswith("The days end (8 October 2026) before")
    assert not dialog.yes.isEnabled()
    dialog.reject()
    assert not any(document.plan.duties)


def test_without_a_rotation_it_says_what_to_do(bench: Workbench, qtbot: QtBot) -> None:
    bare = house(rotations=(), lines=(), turns=(), weekly=())
    bench.take(Document.of(Study(id="bare", base=bare)))
    bench.speak("fr")
    dialog = opened(roster_page(bench, qtbot))
    assert dialog.told.toPlainText().startswith("Cette étude n’a pas de roulement")
    assert not dialog.yes.isEnabled()
    bench.speak("en")


def test_what_is_about_a_rotation_or_its_people_goes_with_them(document: Document) -> None:
    whole = Going(study=document.study, scenario=BASE, kind="rotation", ids=("R3",))
    assert sorted({kind for kind, _ in whole.records(BASE)}) == ["line", "turn", "weekly"]
    assert len(whole.records(BASE)) == 8
    assert whole.named() == {}
    person = Going(study=document.study, scenario=BASE, kind="staff", ids=("P2",))
    assert person.records(BASE) == [("turn", "P2")]


# --- lines that are found -------------------------------------------------------------------------


@pytest.fixture
def broken(bench: Workbench) -> Document:
    """A rotation whose last night runs into the first morning."""
    base = house("M M M M M - -", "S S S S - - -", "- - N N - - N")
    made = Document.of(Study(id="trame2", base=base))
    bench.take(made)
    return made


@pytest.fixture
def panel(qtbot: QtBot, bench: Workbench, broken: Document) -> SolvePanel:
    made = SolvePanel(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.resize(318, 600)
    made.show()
    return made


def searched(qtbot: QtBot, pretend: Pretend, panel: SolvePanel, how: str) -> None:
    solver = pretend(how)
    panel.parts[ROTATION].click()
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    over(qtbot, solver)


def test_a_rotation_is_chosen_alone(panel: SolvePanel) -> None:
    assert panel.parts["mss"].isHidden()
    panel.parts[ROTATION].click()
    assert panel.chosen() == (ROTATION,)
    assert panel.rotation.isVisible()
    assert panel.rotation.chosen == "R3"
    assert panel.weights.isHidden()
    assert panel.options.at_hand.isHidden()
    panel.parts["roster"].click()
    assert panel.chosen() == ("roster",)
    assert panel.rotation.isHidden()


def test_found_lines_are_shown_adopted_and_undone(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, broken: Document, bench: Workbench
) -> None:
    before = broken.problem.lines
    searched(qtbot, pretend, panel, "finish")
    told = panel.answer.told.text()
    assert told.startswith("1 day of the lines of rotation R3 changes.")
    assert "Line 3" not in told  # a table shows them
    lines = panel.answer.lines
    cells = [[lines.item(row, day) for day in range(7)] for row in range(3)]
    assert [item.text() for item in cells[2] if item] == ["–", "–", "N", "N", "–", "–", "–"]
    role = Qt.ItemDataRole.AccessibleTextRole
    assert cells[2][6].data(role) == "Line 3, Sunday: – instead of N"
    assert cells[0][0].data(role) == "Line 1, Monday: M, as now"
    assert panel.answer.see.isHidden()
    assert "those of now cost" in panel.cost.text()
    assert panel.state.text() == "The search is over: adopt the lines, or reject them."
    bench.speak("fr")
    assert lines.item(2, 6).toolTip() == "Ligne 3, dimanche\u202f: – au lieu de N"
    bench.speak("en")
    panel.adopt.click()
    assert broken.problem.lines != before
    assert not any(broken.plan.duties)
    assert ROTATION not in panel.chosen()  # their turn
    broken.stack.undo()
    assert broken.problem.lines == before


def test_lines_that_stay_offer_nothing_to_adopt(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel
) -> None:
    searched(qtbot, pretend, panel, "nothing")
    assert panel.answer.told.text().startswith("The lines of rotation R3 stay")
    assert not panel.adopt.isEnabled()
    panel.reject.click()


def test_what_cannot_be_found_is_said(bench: Workbench, panel: SolvePanel, qtbot: QtBot) -> None:
    bench.take(Document.of(Study(id="bare", base=house(weekly=()))))
    panel.parts[ROTATION].click()
    said: list[str] = []
    bench.told.connect(lambda words, _bad: said.append(words))
    panel.go.click()
    assert said == [
        "Nothing says whom rotation R3 has to give: fill the table of weekly cover first."
    ]
    assert bench.solver.run is None


def test_the_command_line_does_the_same(
    tmp_path: Path, panel: SolvePanel, broken: Document
) -> None:
    path = tmp_path / "study.opale"
    broken.save(path)
    panel.parts[ROTATION].click()
    panel.seconds.setValue(20)
    words = shlex.split(panel.command() or "")
    assert words == [
        *("planner", "solve", str(path), "--parts", "rotation"),
        *("--seconds", "20"),
    ]
