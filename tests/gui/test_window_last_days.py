"""A last day of work (field case F81): typed, pasted or carried, it asks what the plans lose."""

import pytest
from facts_bench import cell, facts_page
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from planner.boards.roster import RosterRows
from planner.changes import ChangeSet, Set
from planner.edits import Branch, Record
from planner.fields import specs
from planner.hand_edits import Assign
from planner.plan import Duty
from planner.study import BASE
from ui.window.document import Document
from ui.window.tables.facts_page import FactsPage
from ui.window.tables.record_edits import carry, change_of, record_changes
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, small_document: Document, qtbot: QtBot) -> FactsPage:
    return facts_page(bench, qtbot)


@pytest.fixture
def leaving(small_document: Document) -> tuple[str, str, list[Duty]]:
    """A person with three shifts up to 9 October and two after it, in another scenario too."""
    problem = small_document.problem
    first, second = ([n for n in problem.cover if n.day == day] for day in (8, 9))
    need, shift = next((n, s) for n in first for m in second for s in sorted(n.shifts & m.shifts))
    person = next(p.id for p in problem.staff if need.skill in (None, *p.skills))
    days = (1, 2, 4, 8, 9)
    small_document.do(Assign(scenario=BASE, duties=tuple((person, day, shift) for day in days)))
    small_document.do(Branch(parent=BASE, name="Other"))
    return person, shift, [Duty(person, day, shift) for day in days]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked; the answer is yes, or no where the list begins with `no`."""
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()) or 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[told[0] == "no"])
    return told


def there(document: Document) -> dict[int, int]:
    """Count by day who is there on the posts of the roster board."""
    found: dict[int, int] = {}
    for post in RosterRows(document.outcome()).cover:
        for day, cover in post.days.items():
            found[day] = found.get(day, 0) + cover.there
    return found


def test_f81_a_last_day_between_past_and_future_shifts(
    small_document: Document,
    page: FactsPage,
    leaving: tuple[str, str, list[Duty]],
    asked: list[str],
) -> None:
    person, shift, duties = leaving
    page.kinds.choose("staff")
    row, column = cell(page.model, person, "last")
    before, present = small_document.study, there(small_document)
    steps = small_document.stack.count()
    assert page.model.setData(page.model.index(row, column), "09/10/2026")
    assert "2 shifts" in asked[0]
    assert f"Tue 13 Oct {shift}" in asked[0]
    assert "Tue 6 Oct" not in asked[0]
    assert "Also taken out of the plans of: Other." in asked[0]
    other = small_document.study.scenario("Other").plan
    for plan in (small_document.plan, other):
        assert [duty for duty in plan.duties if duty.person == person] == duties[:3]
    assert next(p.last for p in small_document.problem.staff if p.id == person) == 4
    left = there(small_document)
    open_places = {day: present[day] - left[day] for day in present if present[day] != left[day]}
    assert set(open_places) == {8, 9}
    assert small_document.stack.count() == steps + 1
    small_document.stack.undo()
    assert small_document.study == before


def test_f81_a_last_day_in_the_base_takes_nothing_from_a_what_if_with_its_own(
    small_document: Document,
    page: FactsPage,
    leaving: tuple[str, str, list[Duty]],
    asked: list[str],
) -> None:
    person, _, duties = leaving
    own = Set(kind="staff", id=person, field="last", value="2026-10-14")
    small_document.do(Record(scenario="Other", group=ChangeSet(name="own", changes=(own,))))
    page.kinds.choose("staff")
    row, column = cell(page.model, person, "last")
    assert page.model.setData(page.model.index(row, column), "09/10/2026")
    assert "Other" not in asked[0]
    assert [d for d in small_document.plan.duties if d.person == person] == duties[:3]
    assert list(small_document.study.scenario("Other").plan.duties) == duties


def test_f81_no_leaves_everything_as_it_was(
    small_document: Document,
    page: FactsPage,
    leaving: tuple[str, str, list[Duty]],
    asked: list[str],
) -> None:
    page.kinds.choose("staff")
    row, column = cell(page.model, leaving[0], "last")
    before = small_document.study
    asked.append("no")
    assert not page.model.setData(page.model.index(row, column), "09/10/2026")
    assert len(asked) == 2
    assert small_document.study is before
    assert page.model.index(row, column).data() == ""
    assert not page.strip.isVisible()


def test_a_last_day_without_shifts_after_it_asks_nothing(
    small_document: Document,
    page: FactsPage,
    leaving: tuple[str, str, list[Duty]],
    asked: list[str],
) -> None:
    person, _, duties = leaving
    page.kinds.choose("staff")
    row, column = cell(page.model, person, "last")
    assert page.model.setData(page.model.index(row, column), "14/10/2026")
    assert page.model.setData(page.model.index(row, column), "")
    assert asked == []
    assert [duty for duty in small_document.plan.duties if duty.person == person] == duties


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_f81_a_last_day_typed_into_its_cell_is_asked_about_once(
    small_document: Document,
    page: FactsPage,
    leaving: tuple[str, str, list[Duty]],
    qtbot: QtBot,
    key: Qt.Key,
) -> None:
    person, _, duties = leaving
    page.kinds.choose("staff")
    page.activateWindow()
    page.table.setFocus()
    row, column = cell(page.model, person, "last")
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.buttons()[0].click()

    page.table.setCurrentIndex(page.model.index(row, column))
    page.table.edit(page.model.index(row, column))
    editor = page.table.findChild(QLineEdit)
    qtbot.keyClicks(editor, "09/10/2026")
    timer = QTimer(page, interval=5)
    timer.timeout.connect(answer)
    timer.start()
    qtbot.keyClick(editor, key)
    qtbot.waitUntil(lambda: page.table.findChild(QLineEdit) is None and bool(asked))
    assert len(asked) == 1
    assert [duty for duty in small_document.plan.duties if duty.person == person] == duties[:3]
    assert QApplication.activeModalWidget() is None


def test_f81_pasted_last_days_are_one_question_that_names_who_loses_what(
    small_document: Document,
    page: FactsPage,
    leaving: tuple[str, str, list[Duty]],
    asked: list[str],
) -> None:
    person, shift, duties = leaving
    page.kinds.choose("staff")
    row, column = cell(page.model, person, "last")
    other = page.model.records[row + 1].id
    small_document.do(Assign(scenario=BASE, duties=((other, 10, shift),)))
    QGuiApplication.clipboard().setText("09/10/2026\n10/10/2026\n")
    page.table.setCurrentIndex(page.model.index(row, column))
    steps = small_document.stack.count()
    page.paste()
    assert len(asked) == 1
    assert f"last days of 2 people: {person} and {other}" in asked[0]
    assert "3 shifts" in asked[0]
    assert f"{person} Tue 13 Oct {shift}" in asked[0]
    assert f"{other} Thu 15 Oct {shift}" in asked[0]
    assert small_document.stack.count() == steps + 1
    kept = [duty for duty in small_document.plan.duties if duty.person in (person, other)]
    assert kept == duties[:3]


def test_f81_a_last_day_carried_to_the_parent_is_asked_about_there(
    bench: Workbench,
    small_document: Document,
    leaving: tuple[str, str, list[Duty]],
    asked: list[str],
) -> None:
    person, _, duties = leaving
    small_document.show("Other")
    record = next(p for p in small_document.problem.staff if p.id == person)
    spec = next(spec for spec in specs(type(record)) if spec.name == "last")
    change = change_of("staff", record, spec, 4, small_document.problem.horizon)
    assert change is not None
    assert record_changes(bench, [change])
    assert list(small_document.study.scenario(BASE).plan.duties) == duties
    assert "Also in the plans of: Base." in asked[0]
    assert carry(bench, "staff", person, "last")
    assert len(asked) == 2
    assert list(small_document.study.scenario(BASE).plan.duties) == duties[:3]
