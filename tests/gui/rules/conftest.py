"""One view of rules for all tests of a file, of a scenario in which everybody works on ten days in a row."""

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from rules_bench import SIZE, forget

from planner.edits import Branch
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.look.palette import dress
from ui.window.settings import Settings
from ui.window.tables.rules_page import RulesPage
from ui.window.workbench import Workbench


@pytest.fixture(scope="module")
def few_facts(small_problem: Problem) -> Problem:
    """The rules of the small demo hospital, without cases, and with fewer people."""
    kept = small_problem.with_records("case", ()).with_records("census", ())
    staff = kept.staff[::3]
    ids = {person.id for person in staff}
    for kind in ("absence", "request"):
        records = tuple(each for each in kept.records(kind) if each.person in ids)
        kept = kept.with_records(kind, records)
    histories = tuple(each for each in kept.histories if each.id in ids)
    return kept.with_records("history", histories).with_records("staff", staff)


@pytest.fixture(scope="module")
def shared(
    qapp: QApplication, few_facts: Problem, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RulesPage]:
    """One view for all tests, of a scenario in which everybody works on ten days in a row."""
    folder = tmp_path_factory.mktemp("rules")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPALE_STATE", str(folder / "state"))
        store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        settings = Settings(store)
        settings.lang, settings.theme = "en", "light"
        bench = Workbench(settings)
        shift = few_facts.shifts[0].id
        duties = [Duty(person.id, day, shift) for person in few_facts.staff for day in range(10)]
        study = Study(id="rules", name="rules", base=few_facts)
        base = dataclasses.replace(study.scenarios[0], plan=Plan.build(duties=duties))
        document = Document.of(dataclasses.replace(study, scenarios=(base,)))
        bench.take(document)
        document.do(Branch(parent=BASE, name="child"))
    if not qapp.styleSheet():
        dress(qapp, bench.theme)
    page = RulesPage(bench, Actions(bench, bench))
    page.resize(*SIZE)
    yield page
    bench.take(None)
    page.close()
    page.deleteLater()
    forget()


@pytest.fixture
def page(qtbot: QtBot, shared: RulesPage) -> Iterator[RulesPage]:
    """The view as it was at first, at the size that it has on a small screen."""
    document = shared.bench.document
    assert document is not None
    document.read_only = False
    document.show("child")
    shared.bench.selection.clear()
    shared._clear()
    if not shared.isVisible():
        shared.show()
        qtbot.waitExposed(shared)
    yield shared
    while document.stack.index() > 1:  # the first step made the scenario
        document.stack.undo()
    shared.bench.speak("en")
    shared.bench.wear("light")
    forget()


@pytest.fixture
def document(page: RulesPage) -> Document:
    """The study of the view."""
    assert page.bench.document is not None
    return page.bench.document


@pytest.fixture
def bench(page: RulesPage) -> Workbench:
    """The workbench of the view."""
    return page.bench
