"""The journal in the window: searched, exported, and the study reopened as it was after a line."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from data.account import signature
from planner.cases import CaseId
from planner.edits import AdoptPlan, Branch
from planner.plan import Placement, Plan
from planner.signatures import PROPOSED
from planner.signing import Sign
from planner.study import BASE
from ui.window.dialogs.journal import JournalDialog
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.workbench import Workbench


@pytest.fixture
def dialog(bench: Workbench, small_document: Document, qtbot: QtBot) -> JournalDialog:
    small_document.do(Branch(parent=BASE, name="one"))
    small_document.do(Branch(parent="one", name="two"), reason="to see")
    made = JournalDialog(bench)
    qtbot.addWidget(made)
    return made


def cells(dialog: JournalDialog, column: int) -> list[str]:
    return [dialog.model.index(row, column).data() for row in range(dialog.model.rowCount())]


def test_it_shows_the_newest_first_and_narrows(dialog: JournalDialog) -> None:
    assert cells(dialog, 0) == ["3", "2", "1"]
    assert cells(dialog, 3)[0] == "New scenario “two” on “one”"
    assert dialog.told.text() == "3 lines of 3."
    dialog.text.setText("to see")
    assert cells(dialog, 0) == ["3"]
    assert dialog.whole.text() == "New scenario “two” on “one” · to see"
    dialog.text.setText("")
    dialog.scenario.setCurrentIndex(dialog.scenario.findData("one"))
    assert cells(dialog, 0) == ["2"]
    dialog.scenario.setCurrentIndex(0)
    dialog.kind.setCurrentIndex(dialog.kind.findData("file"))
    assert cells(dialog, 0) == ["1"]
    dialog.since.setDate(dialog.since.date().addDays(1))
    assert cells(dialog, 0) == []
    assert dialog.whole.text() == ""
    assert not dialog.reopen.isEnabled()
    assert not dialog.export.isEnabled()


def test_it_says_in_whose_name_a_plan_was_signed(
    dialog: JournalDialog, small_document: Document
) -> None:
    plan = Plan.build([Placement(CaseId("P-0001"), small_document.problem.sessions[0].id)])
    small_document.do(AdoptPlan(scenario="one", plan=plan))
    signed = signature(PROPOSED, "Zoé d’Été", "ready")
    small_document.do(Sign(scenario="one", signature=signed))
    dialog.fill()
    assert cells(dialog, 2)[0] == f"Zoé d’Été (declared by {signed.account})"
    assert cells(dialog, 2)[1] == signed.account
    dialog.who.setCurrentIndex(dialog.who.findData("Zoé d’Été"))
    assert len(cells(dialog, 0)) == 1


def test_it_follows_what_is_done(dialog: JournalDialog, small_document: Document) -> None:
    small_document.stack.undo()
    dialog.fill()
    assert cells(dialog, 3)[0] == "Undone: New scenario “two” on “one”"


def test_what_is_chosen_stays_chosen(dialog: JournalDialog, small_document: Document) -> None:
    tomorrow = dialog.since.date().addDays(1)
    dialog.since.setDate(tomorrow)
    dialog.until.setDate(tomorrow)
    small_document.stack.undo()
    dialog.fill()
    assert (dialog.since.date(), dialog.until.date()) == (tomorrow, tomorrow)
    assert cells(dialog, 0) == []


def test_it_is_written_for_a_spreadsheet(
    dialog: JournalDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "journal.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.export.click()
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 4
    assert "journal.csv" in dialog.told.text()


def test_enter_in_the_search_reopens_nothing(dialog: JournalDialog, qtbot: QtBot) -> None:
    wanted: list[int] = []
    dialog.wanted.connect(wanted.append)
    dialog.show()
    dialog.activateWindow()
    dialog.text.setFocus()
    qtbot.keyClicks(dialog.text, "two")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    assert (wanted, dialog.isVisible()) == ([], True)
    dialog.reopen.setFocus()
    qtbot.keyClick(dialog.reopen, Qt.Key.Key_Return)
    assert wanted == [3]
    assert dialog.text.accessibleName()


def test_the_study_is_reopened_as_it_was(main: MainWindow, small_document: Document) -> None:
    """The copy has no file, and the study it was made of is as it was."""
    bench = main.bench
    opened = Document.of(small_document.study)
    bench.take(opened)
    opened.do(Branch(parent=BASE, name="one"))
    opened.do(Branch(parent="one", name="two"))
    main.files.may_leave = lambda: True  # type: ignore[method-assign]
    main.files.ask_journal()
    (dialog,) = main.findChildren(JournalDialog)
    dialog.table.selectRow(1)
    dialog.reopen.click()
    document = bench.document
    assert document is not None
    assert [each.name for each in document.study.scenarios] == [BASE, "one"]
    assert document.opened.path is None
    assert document.unsaved
    assert document.opened.history()[-1].action == "journal.reopened"
