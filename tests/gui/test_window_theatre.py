"""The theatre board: what is seen is what the plan has, in both languages."""

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from theatre_house import PLACED, PROBLEM, kinds, opened, shown, told

from planner.boards.compare import ghosts
from planner.boards.theatre import theatre_board
from planner.cases import CaseId
from planner.changes import ChangeSet, Remove, Set
from planner.edits import Branch, Record, SetPins
from planner.facts import facts
from planner.hand_edits import Place, TakeOut
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import Pin
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from ui.window.boards.theatre_page import TheatrePage
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan."""
    return shown(bench, qtbot)


def test_every_session_and_bar_has_a_name_in_the_tree_of_accessible_things(
    page: TheatrePage, bench: Workbench
) -> None:
    assert kinds(page) == {"session": 2, "case": 2}
    for lang, theatre in (("en", "theatre R1"), ("fr", "salle R1")):
        bench.speak(lang)
        names = told(page)
        assert len(names) == 4
        assert (
            sum("K1" in name and "08:00–09:00" in name and theatre in name for name in names) == 1
        )
        late = [name for name in names if "15\u00a0min" in name and "A" in name]
        assert late  # the session says how much too long it is


def test_breaches_stand_on_what_they_are_about(page: TheatrePage, bench: Workbench) -> None:
    document = bench.document
    assert document is not None
    signs = [page.view.painter_.sign(n, item) for n, item in enumerate(page.model.scene.items)]
    assert Counter(signs) == {"": 3, "soft": 1}
    overlap = Placement("K3", "A", "X2", 500)
    assert bench.do(Place(scenario="base", placement=overlap))
    board = theatre_board(document.outcome(), (0,))
    marked = {
        bar.case.id for row in board.days[0].rows for b in row.bands for bar in b.bars if bar.sign
    }
    shown = {
        item.id
        for n, item in enumerate(page.model.scene.items)
        if item.kind == "case" and page.view.painter_.sign(n, item) == "hard"
    }
    assert shown == marked == {"K1", "K3"}
    assert sum("Must:" in name for name in told(page)) == 2


def test_a_ghost_on_a_taken_place_stands_once_in_the_lane(
    page: TheatrePage, bench: Workbench
) -> None:
    document = bench.document
    assert document is not None
    first = next(each for each in document.plan.placements if each.case == "K1")
    bench.do(Branch(parent="base", name="other"))
    document.show("other")
    bench.do(Place(scenario="other", placement=first._replace(start=900)))
    bench.do(Place(scenario="other", placement=first._replace(case=CaseId("K2"))))
    page.toggle_differences()
    shown = [item for item in page.model.scene.items if item.kind == "ghost"]
    assert len(shown) == sum(map(len, ghosts(document.beside_parent()).values())) == 2
    assert sorted(item.id for item in shown if item.over) == ["K1", "K2"]
    assert sum("In “Base”" in name for name in told(page)) == 2


def test_ghosts_and_marks_of_a_scenario(page: TheatrePage, bench: Workbench) -> None:
    document = bench.document
    assert document is not None
    bench.do(Branch(parent="base", name="other"))
    document.show("other")
    bench.do(Place(scenario="other", placement=Placement("K1", "A", "X1", 600)))
    bench.do(TakeOut(scenario="other", cases=frozenset({"K2"})))
    assert kinds(page)["ghost"] == 0
    page.toggle_differences()
    expected = ghosts(document.beside_parent())
    assert kinds(page)["ghost"] == sum(map(len, expected.values())) == 2
    names = told(page)
    assert sum("In “Base”" in name for name in names) == 2
    assert sum("moved" in name for name in names) == 1
    bench.do(SetPins(scenario="other", pins=(Pin(kind="case", id="K1"),)))
    longer = Set(kind="case", id="K1", field="mean", expected=60, value=90)
    bench.do(Record(scenario="other", group=ChangeSet(name="Longer", changes=(longer,))))
    (name,) = [name for name in told(page) if name.startswith("K1")]
    assert "pinned" in name
    assert "changed here by “Longer”" in name
    assert "1\u00a0h\u00a030" in name
    assert page.model.scene.stale == {"K1"}  # F70: made for other facts
    assert "its facts have changed" in name
    document.stack.undo()
    assert page.model.scene.stale == frozenset()
    assert not any("its facts have changed" in name for name in told(page))
    document.show("base")
    assert kinds(page)["ghost"] == 0


def test_a_closed_session_says_why(page: TheatrePage, bench: Workbench) -> None:
    page.open_day(3)
    (name,) = [name for name in told(page) if "Session D" in name]
    assert "closed" in name
    bench.do(Branch(parent="base", name="other"))
    assert bench.document is not None
    bench.document.show("other")
    shut = Set(kind="session", id="C", field="closed", expected=False, value=True)
    bench.do(Record(scenario="other", group=ChangeSet(name="Strike", changes=(shut,))))
    page.open_day(1)
    assert ["Strike" in name for name in told(page)] == [False, True]  # R2 has nothing there


def test_a_theatre_without_a_session_keeps_its_row(page: TheatrePage, bench: Workbench) -> None:
    """Rows do not jump between days: what has nothing is low, and says so."""
    assert (page.model.scene.low, kinds(page)["idle"]) == (frozenset(), 0)
    page.step(1)
    assert [str(theatre.id) for theatre in page.model.scene.theatres] == ["R1", "R2"]
    shown = page.view.layout_
    assert page.model.scene.low == {1}
    assert shown.high(1) < shown.high(0)
    assert shown.tops == (0, shown.high(0), shown.high(0) + shown.high(1))
    for lang, words in (("en", "theatre R2, Tue 2 Jun · no session this day"),
                        ("fr", "salle R2, mar. 2 juin · pas de vacation ce jour")):  # fmt: skip
        bench.speak(lang)
        assert told(page).count(words) == 1
    (number,) = page.model.numbers("idle", "R2")
    at = page.view.visualRect(page.model.index(number)).center()
    assert page.view.indexAt(at).row() == number
    assert not page.model.flags(page.model.index(number)) & Qt.ItemFlag.ItemIsSelectable
    page.show_span("week")
    assert page.model.scene.low == frozenset()  # it has something on Monday


@pytest.mark.parametrize("how", ["closed", "gone"])
def test_where_a_scenario_closed_a_session_the_cases_of_its_parent_are_ghosts(
    page: TheatrePage, bench: Workbench, how: str
) -> None:
    bench.do(Branch(parent="base", name="other"))
    document = bench.document
    assert document is not None
    document.show("other")
    bench.do(Place(scenario="other", placement=Placement("K1", "B", "X1", 480)))
    bench.do(TakeOut(scenario="other", cases=frozenset({"K2"})))
    assert kinds(page)["ghost"] == 0  # as long as somebody works there
    shut = Set(kind="session", id="A", field="closed", expected=False, value=True)
    gone = Remove(kind="session", id="A")
    change = shut if how == "closed" else gone
    bench.do(Record(scenario="other", group=ChangeSet(name="Strike", changes=(change,))))
    assert kinds(page) == {"session": 1 + (how == "closed"), "case": 1, "ghost": 2} | (
        {"idle": 1} if how == "gone" else {}
    )
    row = [str(theatre.id) for theatre in page.model.scene.theatres].index("R1")
    assert {item.row for item in page.model.scene.items if item.kind == "ghost"} == {row}
    assert page.model.scene.low == frozenset()
    (name,) = [n for n in told(page) if "Strike" in n]
    assert "closed" in name
    assert sum("In “Base”" in name for name in told(page)) == 2
    page.view.viewport().grab()  # painting it raises nothing
    document.show("base")
    assert kinds(page) == {"session": 2, "case": 2}


def test_models_keep_qts_rules(page: TheatrePage, bench: Workbench) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(m, fatal) for m in (page.model, page.tray.model)]
    page.step(1)
    bench.do(TakeOut(scenario="base", cases=frozenset({"K1"})))
    page.show_span("week")
    assert page.model.rowCount() > 0
    del testers


def test_an_empty_board_has_a_sentence_and_a_button(page: TheatrePage, bench: Workbench) -> None:
    asked: list[bool] = []
    page.actions_.on("solve", lambda: asked.append(True))
    opened(bench, PROBLEM, ())
    assert page.empty.isVisible()
    assert page.empty.words.text() == "This scenario has no plan yet."
    page.empty.button.click()
    assert asked == [True]
    opened(bench, replace(PROBLEM, cases=()), ())
    assert page.empty.words.text() == "There are no cases in this period."
    assert page.tray.empty.isVisible()
    opened(bench, replace(PROBLEM, cases=PROBLEM.cases[:2]), PLACED)
    assert not page.empty.isVisible()
    assert page.tray.empty.words.text() == "All cases have a place."
    page.bar._filter("T", True)
    opened(bench, PROBLEM, PLACED)
    assert page.bar.only == frozenset()  # another study, no filter
    bench.take(None)
    assert page.model.rowCount() == 0


def test_a_provisional_plan_says_so_and_is_not_changed_by_hand(
    page: TheatrePage, bench: Workbench, qtbot: QtBot
) -> None:
    document = bench.document
    assert document is not None
    assert not page.provisional.isVisible()
    document.preview(Plan.build([*PLACED, Placement("K3", "A", "X2", 600)]))
    assert page.provisional.isVisible()
    assert kinds(page)["case"] == 3
    with qtbot.waitSignal(bench.told) as said:
        assert not page.drag.take("K1")
    assert "provisional" in str(said.args)
    document.preview(None)
    assert not page.provisional.isVisible()
    assert kinds(page)["case"] == 2


def test_the_demo_hospital_is_told_bar_by_bar(
    page: TheatrePage, bench: Workbench, small_problem: Problem
) -> None:
    known = first_plan(small_problem, ())
    clocks = Clocks(small_problem, facts(small_problem), small_problem.rules, ())
    document = opened(bench, small_problem, tuple(listed(clocks, known)))
    board = theatre_board(document.outcome())
    for lang in ("en", "fr"):
        bench.speak(lang)
        for day in board.days:
            page.open_day(day.day)
            bands = [band for row in day.rows for band in row.bands]
            names = told(page)
            assert len(names) == len(bands) + sum(len(band.bars) for band in bands) + len(day.idle)
            for band in bands:
                for bar in band.bars:
                    assert any(name.startswith(f"{bar.case.id} · {bar.title}") for name in names)
    assert page.tray.model.rowCount() == len(board.tray)
