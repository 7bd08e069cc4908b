"""Simulating from the window: the worker does it, an edit keeps it, and no edit is lost on the way."""

import pytest
from pytestqt.qtbot import QtBot
from solving_bench import LONG, Pretend

from planner.edits import AdoptPlan, Branch, Delete
from planner.plan import Placement, Plan
from planner.words import LANGUAGES
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.simulating import Simulator
from ui.window.workbench import Workbench


@pytest.fixture
def told(bench: Workbench) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    bench.told.connect(lambda words, bad: found.append((words, bad)))
    return found


def planned(document: Document) -> None:
    """Give the open scenario a plan of one case."""
    session = document.problem.sessions[0]
    case = next(c for c in document.problem.cases if c.specialty in session.owners)
    placed = Placement(case.id, session.id, None, session.start)
    document.do(AdoptPlan(scenario=document.name, plan=Plan.build([placed])))


def answered(qtbot: QtBot, simulator: Simulator) -> None:
    """Wait until the worker was asked, and has answered."""
    if simulator.asked is None:
        qtbot.waitUntil(lambda: simulator.asked is not None, timeout=LONG)
    qtbot.waitUntil(lambda: simulator.asked is None, timeout=LONG)


def test_what_is_found_is_kept_as_an_edit_that_can_be_undone(
    qtbot: QtBot,
    bench: Workbench,
    pretend: Pretend,
    small_document: Document,
    told: list[tuple[str, bool]],
) -> None:
    pretend("idle")
    planned(small_document)
    simulator, before = Simulator(bench), small_document.stack.count()
    simulator.start()
    answered(qtbot, simulator)
    outlook = small_document.outcome().outlook
    assert outlook.whole is not None
    assert len(outlook.whole.sessions) == 1
    assert small_document.stack.count() == before + 1
    assert small_document.opened.history()[-1].action == "edit_forecast"
    assert [bad for _, bad in told] == [False, False]
    small_document.stack.undo()
    assert small_document.outcome().outlook.forecast is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_plan_that_is_said(
    bench: Workbench, small_document: Document, told: list[tuple[str, bool]], lang: str
) -> None:
    bench.speak(lang)
    Simulator(bench).start()
    assert told == [(bench.say("simulate.no_plan"), True)]
    assert bench.solver.worker.number == 0
    assert Actions(bench, bench)["simulate"].text() == bench.say("action.simulate")


def test_what_goes_wrong_is_said(
    qtbot: QtBot,
    bench: Workbench,
    pretend: Pretend,
    small_document: Document,
    told: list[tuple[str, bool]],
) -> None:
    pretend("nothing")
    planned(small_document)
    simulator = Simulator(bench)
    simulator.start()
    answered(qtbot, simulator)
    assert told[-1] == ("out of dice", True)
    assert small_document.scenario.forecast is None


def test_a_scenario_that_has_gone_meanwhile_is_let_be(
    qtbot: QtBot, bench: Workbench, pretend: Pretend, small_document: Document
) -> None:
    pretend("idle")
    planned(small_document)
    small_document.do(Branch(parent="base", name="other"))
    small_document.show("other")
    simulator = Simulator(bench)
    simulator.start()
    small_document.do(Delete(name="other"))
    answered(qtbot, simulator)
    assert small_document.study.scenario("base").forecast is None
