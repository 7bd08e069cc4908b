"""A manager at the tables of facts, by mouse and by keys: filter, sort, add, change, paste, delete, undo."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from planner.changes import Add, Set
from planner.edits import Branch
from planner.study import BASE
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.tables.clipboard import lines_of, text_of
from ui.window.tables.facts_page import FactsPage
from ui.window.tables.record_form import RecordForm
from ui.window.tables.record_model import FAULT
from ui.window.workbench import Workbench

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(bench: Workbench, small_document: Document, qtbot: QtBot) -> FactsPage:
    """The cases of a scenario of its own, in French."""
    bench.speak("fr")
    small_document.do(Branch(parent=BASE, name="Essai"))
    small_document.show("Essai")
    made = FactsPage(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.resize(920, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def stand(page: FactsPage, id: str, field: str) -> None:
    index = page.model.index(page.model.row(id), page.model.column(field))
    page.table.setFocus()
    page.table.setCurrentIndex(index)


def editor(page: FactsPage) -> QWidget:
    """Open the editor of the current cell by F2."""
    QTest.keyClick(page.table, KEY.Key_F2)
    found = page.table.viewport().findChildren(QWidget, "cell")
    return next(each for each in found if each.isVisible())  # closed ones go with time


def type_in(page: FactsPage, id: str, field: str, words: str) -> None:
    """Go to a cell, open it by F2, type, Enter."""
    stand(page, id, field)
    line = editor(page)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClick(line, KEY.Key_Delete)
    QTest.keyClicks(line, words)
    QTest.keyClick(line, KEY.Key_Return)
    QApplication.processEvents()


def shown(page: FactsPage, id: str, field: str) -> str:
    return str(page.model.index(page.model.row(id), page.model.column(field)).data())


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def undo_all(document: Document) -> None:
    while document.stack.index() > 1:  # the first step made the scenario
        document.stack.undo()
    assert document.problem is document.study.base


# --- by keys ------------------------------------------------------------------------------------


def test_a_due_date_is_changed_twice_and_is_one_change(
    page: FactsPage, small_document: Document
) -> None:
    case = small_document.problem.cases[4]
    type_in(page, case.id, "due", "28/11/2026")
    type_in(page, case.id, "due", "2026-11-29")
    (group,) = small_document.scenario.changes
    assert group.name.startswith(f"{case.id} · date limite\u202f: ")
    assert group.name.endswith("dim. 29 nov.")
    assert [type(change) for change in group.changes] == [Set]
    assert shown(page, case.id, "due") == "dim. 29 nov."
    small_document.stack.undo()
    assert shown(page, case.id, "due") == "sam. 28 nov."
    horizon = small_document.problem.horizon
    type_in(page, case.id, "due", "" if case.due is None else horizon.date(case.due).isoformat())
    assert small_document.scenario.changes == ()
    undo_all(small_document)


def test_the_name_of_a_change_tells_the_inherited_value(
    page: FactsPage, small_document: Document
) -> None:
    case = next(case for case in small_document.problem.cases if case.mean < 50)
    type_in(page, case.id, "mean", "55")
    type_in(page, case.id, "mean", "51 min")
    (group,) = small_document.scenario.changes
    assert group.name == f"{case.id} · durée\u202f: {case.mean} → 51\u00a0min"


def test_a_session_is_named_by_its_place_and_date(
    page: FactsPage, small_document: Document
) -> None:
    page.kinds.choose("session")
    session = page.model.records[0]
    assert page.model.setData(page.model.index(0, page.model.column("closed")), "yes")
    (group,) = small_document.scenario.changes
    assert session.id not in group.name
    assert group.name.startswith(f"{session.theatre} ")
    assert group.name.endswith("· fermée\u202f: non → oui")


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("case", "mean", "7h5"),
        ("case", "mean", "0"),
        ("case", "due", "31/02/2026"),
        ("case", "nights", "1,5"),
        ("case", "unavailable", "lundi"),
        ("session", "start", "25:00"),
        ("session", "day", "demain"),
        ("ward", "open", "lun|xyz"),
        ("staff", "share", "150 %"),
        ("staff", "contract", "   "),
        ("case", "priority", ""),
    ],
)
def test_every_form_of_field_says_why_it_is_not_taken(
    page: FactsPage, small_document: Document, kind: str, field: str, words: str
) -> None:
    page.kinds.choose(kind)
    id, before = page.model.records[0].id, small_document.study
    was = shown(page, id, field)
    type_in(page, id, field, words)
    assert small_document.study is before
    index = page.model.index(0, page.model.column(field))
    assert index.data() == words
    assert index.data(FAULT)
    assert page.strip.isVisible()
    assert index.data(FAULT) in page.why.text()
    assert page.faulty.text().endswith("· 1")
    stand(page, page.model.records[-1].id, "id")
    assert page.strip.isVisible()  # it waits, wherever one is
    page.back.click()
    assert shown(page, id, field) == was
    assert not page.strip.isVisible()
    assert page.faulty.text().endswith("· 0")


@pytest.mark.parametrize(
    ("field", "words"),
    [("surgeons", "NOBODY"), ("priority", "P99"), ("specialty", "XYZ"), ("due", "01/01/2020")],
)
def test_what_is_read_but_cannot_be_is_taken_and_marked(
    page: FactsPage, small_document: Document, field: str, words: str
) -> None:
    id = page.model.records[0].id
    was = shown(page, id, field)
    type_in(page, id, field, words)
    index = page.model.index(0, page.model.column(field))
    assert index.data(FAULT) in page.why.text()
    QTest.mouseClick(page.faulty, Qt.MouseButton.LeftButton)
    assert [record.id for record in page.model.records] == [id]
    page.back.click()  # the inherited value
    page.faulty.setChecked(False)
    assert shown(page, id, field) == was
    assert small_document.scenario.changes == ()


def test_a_fault_goes_when_what_is_missing_is_added(
    page: FactsPage, small_document: Document
) -> None:
    id = page.model.records[0].id
    type_in(page, id, "surgeons", "X-NEW")
    assert page.faulty.text().endswith("· 1")
    page.kinds.choose("surgeon")
    specialty = small_document.problem.specialties[0].id
    assert page.model.add({"id": "X-NEW", "specialty": specialty})
    page.kinds.choose("case")
    assert page.faulty.text().endswith("· 0")


def test_filter_and_sort_by_the_mouse_leave_edits_in_their_row(
    page: FactsPage, small_document: Document
) -> None:
    specialty = small_document.problem.cases[0].specialty
    QTest.keyClicks(page.search, specialty.lower())
    assert 0 < len(page.model.records) < len(page.model.every)
    assert all(specialty in str(vars_of(record)) for record in page.model.records)
    header, column = page.table.horizontalHeader(), page.model.column("mean")
    at = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    means = [record.mean for record in page.model.records]
    assert means == sorted(means)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [record.mean for record in page.model.records] == sorted(means, reverse=True)
    third = page.model.records[2].id
    type_in(page, third, "mean", "5")
    assert page.model.row(third) == 2  # until somebody sorts again
    assert page.table.currentIndex().row() == 2
    small_document.stack.undo()
    QTest.mouseClick(page.own, Qt.MouseButton.LeftButton)
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert len(page.model.records) == len(page.model.every)


def vars_of(record: object) -> list[object]:
    return [getattr(record, name) for name in record.__slots__]  # type: ignore[attr-defined]


def test_a_case_is_added_by_a_key(
    page: FactsPage, small_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(form: RecordForm) -> bool:
        form.fields["id"][1].setText("P-9999")  # type: ignore[attr-defined]  # a line
        return form.add.isEnabled()

    monkeypatch.setattr(RecordForm, "exec", fill)
    stand(page, page.model.records[0].id, "mean")
    QTest.keyClick(page.table, KEY.Key_Insert)
    assert page.model.records[page.table.currentIndex().row()].id == "P-9999"
    (group,) = small_document.scenario.changes
    assert group.name == "Cas P-9999\u202f: ajout"
    type_in(page, "P-9999", "mean", "1 h 30")
    assert page.own.text() == "Propres · 1"
    undo_all(small_document)


def test_a_case_that_was_added_here_goes_without_a_trace(
    page: FactsPage, small_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip("P-9999\tACTE")
    accept(monkeypatch)
    case = small_document.problem.cases[0]
    values = {name: getattr(case, name) for name in case.__slots__} | {"id": "P-9999"}
    assert page.model.add(values)
    type_in(page, "P-9999", "mean", "33")
    stand(page, "P-9999", "id")
    QTest.keyClick(page.table, KEY.Key_Delete)
    assert small_document.scenario.changes == ()
    assert page.table.currentIndex().isValid()


# --- from a spreadsheet ---------------------------------------------------------------------------


def accept(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    return asked


@pytest.mark.parametrize("sign", ["\t", ";"])
def test_twenty_lines_of_a_french_spreadsheet_are_one_change(
    page: FactsPage, small_document: Document, sign: str
) -> None:
    durations = ("1 h 30", "1h05", "0,5", "2:15", "45", "90 min", "1,5 h", "3h", "75", "1 h 00")
    minutes = (90, 65, 30, 135, 45, 90, 90, 180, 75, 60)
    start = small_document.problem.horizon.start
    dates = [start + dt.timedelta(days=30 + place) for place in range(20)]
    lines = [
        sign.join((durations[place % 10], date.strftime("%d/%m/%Y")))
        for place, date in enumerate(dates)
    ]
    clip("\r\n".join(lines) + "\r\n")
    stand(page, page.model.records[0].id, "mean")
    QTest.keyClick(page.table, KEY.Key_V, CTRL)
    horizon = small_document.problem.horizon
    for place, record in enumerate(page.model.records[:20]):
        assert record.mean == minutes[place % 10], place
        assert horizon.date(record.due) == dates[place]
    assert small_document.stack.count() == 2
    (group,) = small_document.scenario.changes
    assert group.name == "P-0001 … P-0020 · durée et date limite"
    small_document.stack.undo()
    assert small_document.scenario.changes == ()


def test_a_block_with_codes_changes_known_records_and_adds_new_ones(
    page: FactsPage, small_document: Document
) -> None:
    first = small_document.problem.cases[0]
    lines = ["Code;Acte;Spécialité;Priorité;Durée moyenne;Date limite"]
    lines += [f"{first.id};{first.procedure};{first.specialty};{first.priority};44;"]
    lines += [
        f"N-{place};{first.procedure};{first.specialty};{first.priority};1 h 05;0{place}/12/2026"
        for place in range(1, 9)
    ]
    clip("\n".join(lines))
    stand(page, page.model.records[7].id, "id")
    QTest.keyClick(page.table, KEY.Key_V, CTRL)
    by_id = {case.id: case for case in small_document.problem.cases}
    assert (by_id[first.id].mean, by_id[first.id].due) == (44, None)
    assert [by_id[f"N-{place}"].mean for place in range(1, 9)] == [65] * 8  # type: ignore[index]
    (group,) = small_document.scenario.changes
    assert sum(isinstance(change, Add) for change in group.changes) == 8
    undo_all(small_document)


def test_a_new_line_that_cannot_be_read_leaves_all_as_it_is(
    page: FactsPage, bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    first, before = small_document.problem.cases[0], small_document.study
    clip(f"N-1\t{first.procedure}\t{first.specialty}\t{first.priority}\t7h5\n")
    stand(page, page.model.records[0].id, "id")
    with qtbot.waitSignal(bench.told) as told:
        QTest.keyClick(page.table, KEY.Key_V, CTRL)
    assert told.args[1] is True
    assert "Ligne 1, Durée moyenne" in told.args[0]
    assert small_document.study is before


def test_what_finds_no_place_is_told(
    page: FactsPage, bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    clip("40\n50\n60")
    stand(page, page.model.records[-1].id, "mean")
    with qtbot.waitSignal(bench.told) as told:
        QTest.keyClick(page.table, KEY.Key_V, CTRL)
    assert told.args[0].startswith("2 cellules")
    assert page.model.records[-1].mean == 40


def test_one_value_goes_into_all_selected_cells(page: FactsPage, small_document: Document) -> None:
    stand(page, page.model.records[0].id, "mean")
    for _ in range(4):
        QTest.keyClick(page.table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    clip("50")
    QTest.keyClick(page.table, KEY.Key_V, CTRL)
    assert [record.mean for record in page.model.records[:5]] == [50] * 5


def test_what_is_copied_is_pasted_back_equal(page: FactsPage, small_document: Document) -> None:
    page.table.selectAll()
    QTest.keyClick(page.table, KEY.Key_C, CTRL)
    before = small_document.study
    due = small_document.problem.horizon.date(page.model.records[0].due)
    assert f"\t{due:%d/%m/%Y}\t" in QGuiApplication.clipboard().text()
    stand(page, page.model.records[0].id, "id")
    QTest.keyClick(page.table, KEY.Key_V, CTRL)
    assert small_document.study == before
    assert not page.model.bad


def test_cells_with_line_ends_tabs_and_signs_come_back() -> None:
    lines = [["a\nb", 'c "d"', "e\tf"], ["", ";", "g"]]
    assert lines_of(text_of(lines)) == lines
    assert lines_of("a;b\nc;d") == [["a", "b"], ["c", "d"]]
    assert lines_of("one; two") == [["one; two"]]
    assert lines_of("") == []


def test_no_cell_is_a_formula_to_a_spreadsheet_and_all_come_back() -> None:
    texts = [["=1+1", "@SUM(A1)", "+cmd|x", "-a"], ["'tis", "-5", "+1,5", "-"]]
    copied = text_of(texts)
    assert copied == "'=1+1\t'@SUM(A1)\t'+cmd|x\t'-a\n''tis\t-5\t+1,5\t-"
    assert lines_of(copied) == texts


# --- deleting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["surgeon", "theatre", "contract", "procedure"])
def test_what_others_name_is_not_deleted(
    page: FactsPage, small_document: Document, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """No plan could be judged with links to nothing: the sentence names who names it."""
    told: list[str] = []
    page.bench.told.connect(lambda sentence, _: told.append(sentence))
    asked, before = accept(monkeypatch), small_document.study
    problem = small_document.problem
    first = problem.records(kind)[0].id
    if kind == "surgeon":
        first = next(iter(next(case for case in problem.cases if case.surgeons).surgeons))
    if kind == "procedure":
        first = problem.cases[0].procedure
    page.kinds.choose(kind)
    stand(page, first, "id")
    QTest.keyClick(page.table, KEY.Key_Delete)
    assert not asked
    assert told[-1].startswith("Pas supprimé")
    other = {"surgeon": "cas", "procedure": "cas", "theatre": "vacation", "contract": "agent"}
    assert other[kind] in told[-1].casefold()
    assert small_document.study is before
