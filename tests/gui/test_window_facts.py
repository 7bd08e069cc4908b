"""Tables of facts: every cell of every kind, edits as changes, faults beside the cell, the clipboard."""

from dataclasses import replace

import pytest
from facts_bench import cell, facts_page
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.changes import Set
from planner.edits import Branch
from planner.fields import specs
from planner.problem import RECORD_KINDS
from planner.study import BASE
from ui.window.document import Document
from ui.window.tables import cells
from ui.window.tables.facts_page import FactsPage
from ui.window.tables.record_form import RecordForm
from ui.window.tables.record_model import FAULT, ORIGIN, RecordModel
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, small_document: Document, qtbot: QtBot) -> FactsPage:
    return facts_page(bench, qtbot)


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_cell_is_written_as_it_is_read(small_document: Document, kind: str) -> None:
    problem = small_document.problem
    for record in problem.records(kind):
        for spec in specs(type(record)):
            value = getattr(record, spec.name)
            for lang in ("en", "fr"):
                words = cells.typed(spec, value, problem.horizon, lang)
                assert cells.read(kind, spec, words, problem.horizon) == value, (spec.name, words)
                assert isinstance(cells.shown(kind, spec, value, problem.horizon, lang), str)


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_models_keep_the_rules_of_qt(
    bench: Workbench, small_document: Document, kind: str, qtmodeltester: ModelTester
) -> None:
    model = RecordModel(bench)
    model.show(kind)
    qtmodeltester.check(model)


def test_a_typed_value_is_a_change_of_the_open_scenario(
    bench: Workbench, small_document: Document, page: FactsPage
) -> None:
    small_document.do(Branch(parent=BASE, name="Longer"))
    small_document.show("Longer")
    case = small_document.problem.cases[0]
    row, column = cell(page.model, case.id, "mean")
    assert page.model.setData(page.model.index(row, column), "1 h 35")
    (group,) = small_document.scenario.changes
    assert group.changes == (
        Set(kind="case", id=case.id, field="mean", expected=case.mean, value=95),
    )
    assert small_document.study.base.cases[0].mean == case.mean
    assert page.model.index(row, column).data(ORIGIN) == "own"
    small_document.do(Branch(parent="Longer", name="Child"))
    small_document.show("Child")
    assert page.model.index(row, column).data(ORIGIN) == "inherited"
    small_document.show(BASE)
    assert page.model.index(row, column).data(ORIGIN) == "base"


@pytest.mark.parametrize(
    ("field", "words"), [("mean", "7h5"), ("due", "31/02/2026"), ("nights", "12x")]
)
def test_what_cannot_be_read_stays_visible_and_the_old_value_in_force(
    small_document: Document, page: FactsPage, field: str, words: str
) -> None:
    case = small_document.problem.cases[0]
    row, column = cell(page.model, case.id, field)
    before = small_document.study
    assert not page.model.setData(page.model.index(row, column), words)
    assert small_document.study is before
    index = page.model.index(row, column)
    assert index.data() == words
    assert words in index.data(FAULT)
    page.table.setCurrentIndex(index)
    assert page.strip.isVisible()
    page.back.click()
    assert page.model.index(row, column).data() != words


@pytest.mark.parametrize(
    ("kind", "field", "words", "why"),
    [
        ("session", "end", "07:00", "ends before it begins"),
        ("session", "start", "23:30", "ends before it begins"),
        ("shift", "end", "00:10", "ends before it begins"),
        ("absence", "last", "28/09/2026", "ends before it begins"),
    ],
)
def test_hours_that_cannot_be_are_refused_where_they_are_typed(
    small_document: Document, page: FactsPage, kind: str, field: str, words: str, why: str
) -> None:
    page.kinds.choose(kind)
    index = page.model.index(0, page.model.column(field))
    before = small_document.study
    assert not page.model.setData(index, words)
    assert small_document.study is before
    assert index.data() == words
    assert why in index.data(FAULT)


@pytest.mark.parametrize(
    ("kind", "field"),
    [("staff", "name"), ("case", "note"), ("theatre", "suite"), ("shift", "name")],
)
def test_a_text_with_a_letter_that_no_file_holds_is_refused_where_it_is_typed(
    small_document: Document, page: FactsPage, kind: str, field: str
) -> None:
    page.kinds.choose(kind)
    index = page.model.index(0, page.model.column(field))
    before = small_document.study
    for words in ("a\x00b", "half \ud800"):
        assert not page.model.setData(index, words)
        assert small_document.study is before
        assert "cannot be printed" in index.data(FAULT)


def test_both_hours_of_a_session_pasted_at_once_are_taken_where_they_fit(
    small_document: Document, page: FactsPage
) -> None:
    page.kinds.choose("session")
    session = page.model.records[0]
    page.table.setCurrentIndex(page.model.index(0, page.model.column("start")))
    QGuiApplication.clipboard().setText("23:00\t01:00+1")
    page.paste()
    assert not page.model.bad, page.model.bad
    taken = next(s for s in small_document.problem.sessions if s.id == session.id)
    assert (taken.start, taken.end) == (23 * 60, 25 * 60)
    QGuiApplication.clipboard().setText("20:00\t19:00")
    page.paste()
    assert next(s for s in small_document.problem.sessions if s.id == session.id) == replace(
        taken, start=20 * 60
    )
    assert list(page.model.bad) == [(session.id, "end")]  # its start alone could be


def test_an_unknown_surgeon_is_a_fault_beside_its_cell(
    small_document: Document, page: FactsPage
) -> None:
    case = small_document.problem.cases[0]
    row, column = cell(page.model, case.id, "surgeons")
    before = small_document.study
    assert not page.model.setData(page.model.index(row, column), "SURG-NOBODY")
    assert "SURG-NOBODY" in page.model.index(row, column).data(FAULT)
    assert page.model.index(row, column).data() == "SURG-NOBODY"  # to be seen, not in force
    assert small_document.study is before
    page.faulty.setChecked(True)
    assert page.model.rowCount() == 1


def test_a_block_from_a_spreadsheet_is_one_change(
    small_document: Document, page: FactsPage
) -> None:
    QGuiApplication.clipboard().setText("40\t07/10/2026\n1 h 20\t08/10/2026\n")
    _, column = cell(page.model, small_document.problem.cases[0].id, "mean")
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    page.table.setCurrentIndex(page.model.index(0, column))
    page.table.paste()
    shown = [page.model.index(k, column).data(Qt.ItemDataRole.EditRole) for k in range(2)]
    assert shown == ["40", "80"]
    assert small_document.stack.count() == 1
    page.table.selectAll()
    page.table.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == page.model.rowCount()


def test_words_narrow_and_columns_sort_as_numbers(page: FactsPage) -> None:
    column = cell(page.model, page.model.records[0].id, "mean")[1]
    page.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    shown = [page.model.index(k, column).data(Qt.ItemDataRole.EditRole) for k in range(20)]
    assert shown == sorted(shown, key=int)
    page.search.setText(f"{page.model.records[3].id}")
    assert page.model.rowCount() == 1
    page.search.setText("nothing fits this")
    assert page.empty.isVisible()


def test_a_record_is_added_by_a_form_that_says_what_is_wrong(
    bench: Workbench, small_document: Document, page: FactsPage, qtbot: QtBot
) -> None:
    like = small_document.problem.cases[0]
    form = RecordForm(bench, "case", like)
    qtbot.addWidget(form)
    assert not form.add.isEnabled()
    id_field = form.fields["id"][1]
    id_field.setText(like.id)  # type: ignore[attr-defined]
    assert like.id in form.told.text()
    id_field.setText("NEW-1")  # type: ignore[attr-defined]
    assert form.add.isEnabled()
    specialty = form.fields["specialty"][1]
    specialty.setText("2026-10-13")  # type: ignore[attr-defined]
    assert not form.add.isEnabled(), "a link to nothing"
    assert "2026-10-13" in form.told.text()
    specialty.setText(like.specialty)  # type: ignore[attr-defined]
    form.show()
    form.activateWindow()
    qtbot.waitUntil(lambda: form.focusWidget() is id_field)
    assert page.model.add(form.values)
    added = next(c for c in small_document.problem.cases if c.id == "NEW-1")
    assert (added.procedure, added.specialty) == (like.procedure, like.specialty)
    small_document.stack.undo()
    assert all(c.id != "NEW-1" for c in small_document.problem.cases)


def test_a_row_in_fault_stays_in_view_when_its_reason_opens(page: FactsPage, qtbot: QtBot) -> None:
    page.kinds.choose("case")
    qtbot.waitUntil(lambda: page.table.viewport().height() > 200)
    foot = page.table.viewport().height() - 2
    row = page.table.rowAt(foot)
    index = page.model.index(row, page.model.column("mean"))
    page.table.setCurrentIndex(index)
    page.model.setData(index, "nonsense")
    qtbot.waitUntil(page.strip.isVisible)
    qtbot.waitUntil(lambda: page.table.viewport().height() < foot)
    assert page.table.viewport().rect().contains(page.table.visualRect(index).center())
    assert page.table.visualRect(index).bottom() <= page.table.viewport().height()
