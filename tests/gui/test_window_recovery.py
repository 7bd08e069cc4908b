"""The best plan of a run that was killed is on offer again once its study is open."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from solving_bench import LONG, longer
from theatre_hands import PLACED, PROBLEM

from data.runs import Best, RunFolder, create_run, newest_unfinished
from planner.edits import AdoptPlan, Branch, Delete
from planner.plan import Plan
from planner.runs import SolveRequest
from planner.score import judge
from planner.study import BASE, Study
from ui.window.document import Document
from ui.window.panels.solve import SolvePanel
from ui.window.recovery import Recovery, _left
from ui.window.workbench import Workbench

Left = Callable[..., RunFolder]
PLAN = Plan.build(PLACED)


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Left:
    """Leave a run as somebody does who was killed."""

    def made(scenario: str = BASE, plan: Plan = PLAN) -> RunFolder:
        folder = create_run("t", None)
        folder.write_request(scenario, SolveRequest(problem=PROBLEM))
        score = judge(PROBLEM, plan).score
        folder.write_best(Best(plan=plan, score=score, horizon=PROBLEM.horizon, seconds=7.0))
        return folder

    monkeypatch.setattr(RunFolder, "alive", False)
    return made


@pytest.fixture
def recovery(bench: Workbench) -> Recovery:
    return Recovery(bench)


def opened(bench: Workbench, *edits: object) -> Document:
    document = Document.of(Study(id="t", name="t", base=PROBLEM))
    for edit in edits:
        document.do(edit)  # type: ignore[arg-type]  # edits of all kinds
    bench.take(document)
    return document


def offered(qtbot: QtBot, bench: Workbench) -> None:
    qtbot.waitUntil(lambda: bench.solver.run is not None, timeout=LONG)


def test_the_plan_is_on_offer_and_adopted_in_one_step(
    bench: Workbench, qtbot: QtBot, left: Left, recovery: Recovery, panel: SolvePanel
) -> None:
    folder = left()
    with qtbot.waitSignal(bench.told, timeout=LONG) as said:
        document = opened(bench)
    assert "cut off" in said.args[0]
    run = bench.solver.run
    assert run is not None
    assert not run.on
    assert document.provisional == PLAN
    assert panel.adopt.isEnabled()
    assert panel.state.text().startswith("A run was cut off")
    panel.adopt.click()
    assert document.plan == PLAN
    assert not document.study.stale(BASE)
    assert folder.finished
    assert newest_unfinished("t", None) is None
    document.stack.undo()
    assert document.plan == Plan()


def test_a_plan_that_is_rejected_is_not_offered_again(
    bench: Workbench, qtbot: QtBot, left: Left, recovery: Recovery
) -> None:
    left()
    opened(bench)
    offered(qtbot, bench)
    bench.solver.reject()
    assert newest_unfinished("t", None) is None


def test_a_plan_no_better_than_the_one_at_hand_is_put_away(
    bench: Workbench, qtbot: QtBot, left: Left, recovery: Recovery
) -> None:
    folder = left()
    opened(bench, AdoptPlan(scenario=BASE, plan=PLAN))
    qtbot.waitUntil(lambda: folder.finished, timeout=LONG)
    assert bench.solver.run is None


def test_facts_that_moved_on_are_said(
    bench: Workbench, qtbot: QtBot, left: Left, recovery: Recovery, panel: SolvePanel
) -> None:
    left()
    document = Document.of(Study(id="t", name="t", base=PROBLEM))
    document.do(longer(document))
    bench.take(document)
    offered(qtbot, bench)
    panel.refresh()
    assert bench.say("solve.outdated") in panel.state.text()


def test_another_scenario_of_the_name_is_offered_nothing(
    bench: Workbench, qtbot: QtBot, left: Left, recovery: Recovery
) -> None:
    document = Document.of(Study(id="t", name="t", base=PROBLEM))
    document.do(Branch(parent=BASE, name="Z"))
    left("Z")
    document.do(Delete(name="Z"))
    document.do(Branch(parent=BASE, name="Z"))
    bench.take(document)
    assert bench.solver.run is None
    assert _left(document) is None  # nothing is even read
