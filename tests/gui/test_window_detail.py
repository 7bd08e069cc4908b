"""Details of what is selected: one value down the chain of scenarios, its way back and its way up."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Record
from planner.hand_edits import Rename
from planner.plan import Plan
from planner.study import BASE
from planner.words import minutes
from ui.window.actions import Actions
from ui.window.charts.durations import Durations, bars, duration_of
from ui.window.document import Document
from ui.window.look.palette import dress
from ui.window.panels.detail import DetailPanel
from ui.window.panels.detail_chain import Chain
from ui.window.tables.record_edits import inherit
from ui.window.workbench import Workbench


@pytest.fixture
def panel(bench: Workbench, small_document: Document, qtbot: QtBot) -> DetailPanel:
    """A panel of a scenario two below the base, in which the first case takes 95 minutes."""
    made = DetailPanel(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.resize(254, 600)
    made.show()
    for parent, name in ((BASE, "Parent"), ("Parent", "Child")):
        small_document.do(Branch(parent=parent, name=name))
    small_document.show("Child")
    longer(small_document, "Child", 95)
    return made


def longer(document: Document, scenario: str, minutes: int) -> str:
    case = document.problem.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=minutes)
    document.do(Record(scenario=scenario, group=ChangeSet(name=f"{minutes}", changes=(change,))))
    return str(case.id)


def mean(document: Document, scenario: str) -> int:
    return document.study.problem(scenario).cases[0].mean


def chain(panel: DetailPanel) -> Chain:
    """Look at the duration of the first case."""
    bench = panel.bench
    assert bench.document is not None
    bench.selection.pick("case", bench.document.problem.cases[0].id, field="mean")
    found = panel.area.widget().findChild(Chain)
    assert isinstance(found, Chain)
    return found


def test_a_value_is_shown_down_the_chain(panel: DetailPanel, small_document: Document) -> None:
    lines = chain(panel).lines
    assert [line.name.text() for line in lines] == ["Base", "Parent", "Child"]
    assert [line.own for line in lines] == [False, False, True]
    assert lines[-1].value.text() == "1\u00a0h\u00a035"
    assert lines[0].value.text() == lines[1].value.text() != lines[-1].value.text()
    assert "Own value" in lines[-1].accessibleName()


def test_the_inherited_value_comes_back(panel: DetailPanel, small_document: Document) -> None:
    before = mean(small_document, BASE)
    chain(panel).restore.click()
    assert mean(small_document, "Child") == before
    assert small_document.scenario.changes == ()
    assert not chain(panel).restore.isVisibleTo(panel)
    small_document.stack.undo()
    assert mean(small_document, "Child") == 95


def test_a_value_is_carried_into_the_parent_and_from_there_into_the_base(
    panel: DetailPanel, small_document: Document
) -> None:
    before = small_document.study
    assert "Parent" in chain(panel).carry.text()
    chain(panel).carry.click()
    assert small_document.study.scenario("Child").changes == ()
    (group,) = small_document.study.scenario("Parent").changes
    assert group.name.startswith(f"{small_document.problem.cases[0].id} · duration: ")
    assert mean(small_document, "Parent") == mean(small_document, "Child") == 95
    assert [line.own for line in chain(panel).lines] == [False, True, False]
    assert not chain(panel).carry.isVisibleTo(panel)
    small_document.show("Parent")
    chain(panel).carry.click()
    assert mean(small_document, BASE) == 95
    assert all(not scenario.changes for scenario in small_document.study.scenarios)
    small_document.stack.undo()
    small_document.stack.undo()
    assert small_document.study == before


def test_a_study_that_is_only_read_offers_no_way(
    panel: DetailPanel, small_document: Document
) -> None:
    small_document.read_only = True
    panel.refresh()
    found = chain(panel)
    assert not found.restore.isEnabled()
    assert not found.carry.isEnabled()


def test_nothing_is_done_where_nothing_is_own(
    panel: DetailPanel, bench: Workbench, small_document: Document
) -> None:
    other = small_document.problem.cases[1].id
    assert not inherit(bench, "case", other, "mean")
    assert not inherit(bench, "case", "nobody", "mean")
    small_document.show(BASE)
    assert [line.own for line in chain(panel).lines] == [False]
    assert not chain(panel).restore.isVisibleTo(panel)


def test_the_effect_says_whether_the_plan_follows(
    panel: DetailPanel, bench: Workbench, small_document: Document
) -> None:
    chain(panel)

    def words() -> list[str]:
        return [each.text() for each in panel.area.widget().findChildren(QLabel)]

    assert bench.say("detail.stale") not in words()
    assert bench.say("detail.waiting") in words()
    small_document.do(AdoptPlan(scenario="Child", plan=Plan()))
    longer(small_document, "Child", 105)
    assert bench.say("detail.stale") in words()


def test_the_place_in_the_plan_is_shown_on_its_board(
    panel: DetailPanel, bench: Workbench, qtbot: QtBot
) -> None:
    chain(panel)
    button = next(
        each
        for each in panel.area.widget().findChildren(QPushButton)
        if each.text() == bench.say("detail.go_theatre")
    )
    with qtbot.waitSignals([bench.asked_for_view, bench.selection.wanted]):
        button.click()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_long_names_and_values_fit_into_the_narrowest_dock(
    panel: DetailPanel, bench: Workbench, small_document: Document, qapp: QApplication, lang: str
) -> None:
    if not qapp.styleSheet():
        dress(qapp, bench.theme)
    bench.speak(lang)
    long = "Deux demi-journées d’ophtalmologie par semaine à l’orthopédie"
    small_document.do(Rename(scenario="Parent", name=long))
    case = small_document.problem.cases[0]
    some = sorted(each.id for each in small_document.problem.surgeons)[:4]
    change = Set(kind="case", id=case.id, field="surgeons", expected=None, value=some)
    group = ChangeSet(name="some", changes=(change,))
    small_document.do(Record(scenario="Child", group=group))
    bench.selection.pick("case", case.id, field="surgeons")
    QApplication.processEvents()
    page = panel.area.widget()
    assert page.minimumSizeHint().width() <= panel.area.viewport().width()
    found = page.findChild(Chain)
    assert isinstance(found, Chain)
    assert long in found.carry.accessibleName()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_kind_of_record_and_a_rule_can_be_looked_at(
    panel: DetailPanel, bench: Workbench, small_document: Document, lang: str
) -> None:
    bench.speak(lang)
    for kind in ("session", "staff", "absence", "shift", "holiday", "rule"):
        record = small_document.problem.records(kind)[0]
        bench.selection.pick(kind, record.id)
        assert panel.area.isVisibleTo(panel)
        titles = panel.area.widget().findChildren(QLabel)
        assert any(str(record.id) in each.text() or kind == "rule" for each in titles)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_case_shows_how_long_it_may_last(
    panel: DetailPanel, small_document: Document, lang: str
) -> None:
    panel.bench.speak(lang)
    problem = small_document.problem
    case = problem.cases[0]
    panel.bench.selection.pick("case", case.id)
    chart = panel.area.widget().findChild(Durations)
    assert isinstance(chart, Durations)
    found = duration_of(problem, case)
    assert found is not None
    assert found.mean == 95
    low, high, shares = bars(found)
    assert low < found.quantile(0.1) < found.quantile(0.9) < high
    assert sum(shares) == pytest.approx(0.98, abs=0.001)
    assert minutes(found.quantile(0.9)) in chart.words
    assert chart.accessibleName() == chart.words
    chart.grab()  # painting raises nothing
    panel.bench.selection.pick("theatre", problem.theatres[0].id)
    assert panel.area.widget().findChild(Durations) is None


def test_what_lasts_as_it_is_said_has_no_distribution(small_document: Document) -> None:
    problem = small_document.problem
    case = problem.cases[0]
    assert duration_of(problem, replace(case, deviation=0)) is None
    assert duration_of(problem, problem.procedures[0]) is not None
    assert duration_of(problem, problem.theatres[0]) is None
