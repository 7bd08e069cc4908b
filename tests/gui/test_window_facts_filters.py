"""Filters over tables of facts: a specialty, a due date, and a line that gives way where it is narrow."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.look.palette import dress
from ui.window.tables.facts_filters import DUE, FilterChip, due_then
from ui.window.tables.facts_page import FactsPage
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, small_document: Document, qtbot: QtBot, qapp: QApplication) -> FactsPage:
    if not qapp.styleSheet():
        dress(qapp, bench.theme)
    bench.speak("fr")
    made = FactsPage(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.resize(920, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def chosen(chip: FilterChip, words: str) -> None:
    """Choose something of a chip's menu."""
    next(each for each in chip.offered.actions() if each.text() == words).trigger()


def test_cases_are_narrowed_to_a_specialty_and_a_due_date(
    page: FactsPage, small_document: Document
) -> None:
    problem = small_document.problem
    as_of = problem.horizon.day(problem.as_of)
    near = next(c for c in problem.cases if c.due is not None and 0 <= c.due - as_of <= 14)
    specialty = near.specialty
    page.kinds.choose("case")
    chosen(page.specialty, str(specialty))
    assert {each.specialty for each in page.model.records} == {specialty}
    assert page.specialty.text() == specialty
    assert page.specialty.isChecked()
    chosen(page.due, "Sous 14\u00a0jours")
    wanted = [c for c in problem.cases if c.specialty == specialty]
    wanted = [c for c in wanted if c.due is not None and 0 <= c.due - as_of <= 14]
    assert {each.id for each in page.model.records} == {each.id for each in wanted}
    assert 0 < len(wanted) < len(problem.cases)
    page.kinds.choose("surgeon")  # a specialty goes along, a due date has no place there
    assert page.due.isHidden()
    assert {each.specialty for each in page.model.records} == {specialty}
    page.kinds.choose("staff")
    assert page.specialty.isHidden()
    assert len(page.model.records) == len(problem.staff)
    page.kinds.choose("session")
    assert all(specialty in each.owners for each in page.model.records)
    assert page.model.records
    chosen(page.specialty, "Toutes")
    assert len(page.model.records) == len(problem.sessions)
    page.kinds.choose("case")
    chosen(page.due, "Sans date limite")
    assert page.empty.isVisible() or all(each.due is None for each in page.model.records)
    page._clear()
    assert len(page.model.records) == len(problem.cases)
    assert (page.specialty.isChecked(), page.due.isChecked()) == (False, False)


@pytest.mark.parametrize(
    ("left", "fits"),
    [
        (-1, {"past"}),
        (0, {"7", "14", "28"}),
        (8, {"14", "28"}),
        (28, {"28"}),
        (29, {"later"}),
        (None, {"none"}),
    ],
)
def test_a_due_date_is_counted_from_the_day_of_the_facts(left: int | None, fits: set[str]) -> None:
    due = None if left is None else 3 + left
    assert {each for each in DUE if due_then(due, 3, each)} == fits


@pytest.mark.parametrize("wide", [1000, 748, 650, 588])
def test_the_line_over_the_table_gives_way_where_it_is_narrow(page: FactsPage, wide: int) -> None:
    page.kinds.choose("case")
    page.resize(page.kinds.width() + 1 + wide, 600)
    QApplication.processEvents()
    assert page.bar.width() == wide
    shown = [each for each in page.bar.findChildren(QWidget) if each.isVisibleTo(page.bar)]
    right = [each for each in shown if each.parentWidget() is page.bar]
    cut = [each for each in right if each.width() < each.minimumSizeHint().width()]
    assert not cut, [(type(each).__name__, each.width(), each.minimumSizeHint()) for each in cut]
    assert max(each.geometry().right() for each in right) < wide
    assert bool(page.specialty.text()) == (wide > 650)
    assert page.specialty.accessibleName() == "Spécialité"
