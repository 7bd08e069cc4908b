"""The comparison: which sides stand in it, and when it is worked out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from data.journal import RunEntry
from planner import kpi_words
from planner.edits import AdoptPlan, Branch, Delete
from planner.hand_edits import Place, Rename, TakeOut, without
from planner.kpis import catalogue
from planner.plan import Placement
from ui.window.actions import Actions
from ui.window.boards.compare_page import ComparePage
from ui.window.document import Document
from ui.window.workbench import Workbench


def titles(page: ComparePage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


# --- sides ---------------------------------------------------------------------------------------


def test_the_open_scenario_stands_beside_its_parent(
    page: ComparePage, document: Document, bench: Workbench
) -> None:
    assert page.names == ("base", "Closed")
    document.show("Later")
    page.settle()
    assert page.names == ("Closed", "Later")
    document.show("base")
    page.settle()
    assert page.names == ("base", "Closed")
    assert page.bar.sides[0].accessibleName() == "Side A: Base · draft"
    assert page.bar.sides[1].accessibleName() == "Side B: Closed · draft"


def test_one_scenario_alone_is_not_compared(
    bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    actions = Actions(bench, bench)
    actions.on("branch", lambda: bench.do(Branch(parent="base", name="Second")))
    page = ComparePage(bench, actions)
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.empty
    assert page.empty.words.text() == "A comparison needs two scenarios."
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    page.settle()
    assert page.stack.currentWidget() is page.body
    assert page.names == ("base", "Second")
    assert page.pane.stack.currentWidget() is page.pane.empty
    assert page.pane.empty.words.text() == "The two theatre plans are identical."


def test_sides_are_chosen_added_swapped_and_dropped(page: ComparePage, document: Document) -> None:
    page.add("Later")
    page.add("Fewer")
    page.settle()
    assert page.names == ("base", "Closed", "Later", "Fewer")
    assert page.model.columnCount() == 5
    assert [page.model.headerData(n, Qt.Orientation.Horizontal) for n in range(1, 5)] == [*"ABCD"]
    assert sum(board.isVisible() for board in page.pane.theatres.boards) == 4
    assert [each.text() for each in page.bar.others.actions()] == ["Add from another file…"]
    page.swap()
    page.choose(3, "base")  # stands on B: both change places
    page.settle()
    assert page.names == ("Closed", "Fewer", "Later", "base")
    page.drop(0)
    page.drop(0)
    page.settle()
    assert page.names == ("Later", "base")
    assert page.compared is not None
    assert page.compared.comparison.scenarios == page.names
    document.do(Delete(name="Later"))
    page.settle()
    assert page.names == ("base", "Closed")  # what is gone is not compared


def test_a_scenario_that_is_renamed_or_undone_leaves_a_sound_comparison(
    page: ComparePage, document: Document
) -> None:
    page.choose(0, "Fewer")
    page.settle()
    document.do(Branch(parent="Fewer", name="Fewest"))
    document.show("Fewest")
    page.settle()
    assert page.names == ("Fewer", "Fewest")
    document.do(Rename(scenario="Fewest", name="None"))
    page.settle()
    assert page.names == ("Fewer", "None")
    for step in (document.stack.undo, document.stack.undo, document.stack.redo):
        step()
        page.settle()
        assert set(page.names) <= {each.name for each in document.study.scenarios}
        assert len(page.names) == 2


# --- work ----------------------------------------------------------------------------------------


def test_nothing_is_worked_out_before_it_is_seen(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    document.show("Closed")
    page = ComparePage(bench, Actions(bench, bench))
    qtbot.addWidget(page)
    bench.changed.emit()
    assert page.compared is None
    assert not page.work.on
    page.show()
    assert page.compared is None, "the window is there before the work is done"
    qtbot.waitUntil(lambda: page.compared is not None and not page.work.on)
    first = page.compared
    before = document.study
    case = next(iter(document.study.scenario("Fewer").plan.placements)).case
    document.do(TakeOut(scenario="Fewer", cases=frozenset({case})))  # stands on no side
    assert document.study is not before
    page.settle()
    assert page.compared is first
    page.hide()
    document.do(Place(scenario="Closed", placement=Placement("K0", "C1", None, 900)))
    assert not page.work.on
    assert page.compared is first
    page.show()
    page.settle()
    assert page.compared is not first
    assert page.compared is not None
    assert page.compared.sides[1].outcome is document.outcome("Closed")


def test_what_was_given_up_half_way_is_worked_out_when_it_comes_back(
    bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    """The only other scenario is taken away while it is compared, and its going is undone."""
    small_document.do(Branch(parent="base", name="Second"))
    page = ComparePage(bench, Actions(bench, bench))
    qtbot.addWidget(page)
    page.show()
    assert page.work.on
    small_document.do(Delete(name="Second"))
    assert page.stack.currentWidget() is page.empty
    small_document.stack.undo()
    page.settle()
    assert page.stack.currentWidget() is page.body


def test_the_model_keeps_the_rules_of_qt(page: ComparePage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    page.add("Later")
    page.settle()
    qtmodeltester.check(page.model)


def test_everything_is_said_in_french_as_well(page: ComparePage, bench: Workbench) -> None:
    bench.speak("fr")
    assert page.pane.parts["theatre"].text() == "Bloc"
    assert "avec différence" in page.pane.counted.text()
    assert page.bar.differences.text() == "Seulement les différences"
    assert page.bar.sides[1].second == "brouillon"
    assert isinstance(page.table, QTableView)
    assert titles(page)[0] in {kpi_words.title(kpi, "fr") for kpi in catalogue()}


def test_another_language_is_spoken_while_a_comparison_is_worked_out(
    page: ComparePage, bench: Workbench, document: Document
) -> None:
    """The comparison that stands there until then, and what is shown before there is any."""
    bench.speak("fr")
    assert "indicateurs" in page.hidden_.text()
    assert page.pane.theatres.boards[0].heading.told.words[0].startswith("1 vacation ")
    page.hide()
    bench.speak("en")
    document.do(Place(scenario="Closed", placement=Placement("K0", "C1", None, 900)))
    page.show()
    assert page.work.on
    assert "indicators" in page.hidden_.text()
    assert page.show_.text() == "Show"
    assert page.pane.theatres.boards[0].heading.told.words[0].startswith("1 session ")
    assert (
        page.pane.theatres.boards[1]
        .heading.told.words[0]
        .endswith("dashed: place in the other plan")
    )
    document.do(Rename(scenario="Closed", name="Shut"))
    assert page.stack.currentWidget() is page.waiting, "nothing is shown of what is not there"
    assert page.waiting.words.text() == "The scenarios are being compared…"
    bench.speak("fr")
    assert page.stack.currentWidget() is page.waiting
    page.settle()
    assert page.stack.currentWidget() is page.body
    assert page.bar.sides[1].name == "Shut"


def test_a_plan_that_would_serve_the_other_side_better_is_told(
    page: ComparePage, document: Document
) -> None:
    def told() -> list[str]:
        page.settle()
        texts = (each.text() for each in page.findChildren(QLabel))
        return [text for text in texts if "keep the rules better" in text]

    plan = document.study.scenario("base").plan
    document.do(AdoptPlan(scenario="Closed", plan=plan))
    assert told() == []
    fewer = without(plan, frozenset({str(next(plan.placements).case)}))
    document.do(AdoptPlan(scenario="base", plan=fewer))
    (sentence,) = told()
    assert "The plan of “Base” would keep the rules better in “Closed”" in sentence


def test_plans_that_were_searched_unequally_are_told(
    page: ComparePage, document: Document, bench: Workbench
) -> None:
    """Sixty seconds stand behind the base, ninety behind its branch."""
    assert not any("unequal" in each.text() for each in page.findChildren(QLabel))
    plan = document.study.scenario("base").plan
    for scenario, seconds in (("base", 60.0), ("Closed", 90.0)):
        run = RunEntry(
            id=f"r-{scenario}", scenario=scenario, fingerprint="", request="", seed=1,
            status="feasible", cpu_seconds=seconds,
        )  # fmt: skip
        fewer = without(plan, frozenset({str(next(plan.placements).case)}))
        document.do(AdoptPlan(scenario=scenario, plan=fewer, run=run.id), run=run)
    page.settle()
    (told,) = (each.text() for each in page.findChildren(QLabel) if "unequal" in each.text())
    assert "Base 60 s, Closed 90 s" in told
