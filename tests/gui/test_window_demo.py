"""The tour of the demo: what it does by itself, and how it gives way."""

import pytest
from pytestqt.qtbot import QtBot
from solving_bench import LONG, Pretend, longer, with_a_plan

from planner.edits import Branch, Delete, Edit
from planner.hand_edits import Rename
from planner.plan import Plan
from planner.study import BASE
from ui.window.demo import MADE, Tour, untouched
from ui.window.document import Document
from ui.window.workbench import Workbench


def test_the_demo_is_solved_with_its_what_ifs(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    pretend("finish")
    tour = Tour(bench, small_document, "small")
    qtbot.waitUntil(lambda: tour.done, timeout=LONG)
    scenarios = small_document.study.scenarios
    assert len(scenarios) == 2
    assert all(scenario.plan != Plan() for scenario in scenarios)
    adopted = [e for e in small_document.opened.history() if e.action == "edit_adopt"]
    what_if = scenarios[1].name
    assert [name for e in adopted for name in e.scenarios] == [BASE, what_if, BASE]
    assert not any(small_document.study.stale(scenario.name) for scenario in scenarios)
    assert untouched(small_document)
    bench.do(longer(small_document))
    assert not untouched(small_document)


def test_the_demo_stands_back_when_somebody_rejects(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver = pretend("wait")
    tour = Tour(bench, small_document, "small")
    with_a_plan(qtbot, solver)
    solver.reject()
    assert tour.done
    assert len(small_document.study.scenarios) == 1


@pytest.mark.parametrize("how", ["renamed", "deleted"])
def test_the_demo_goes_on_where_its_scenario_is_renamed_and_stops_where_it_is_deleted(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document, how: str
) -> None:
    solver = pretend("wait")
    tour = Tour(bench, small_document, "small")
    with_a_plan(qtbot, solver)
    name = "Later"
    bench.do(Branch(parent=BASE, name=name), reason=MADE)
    tour.here = solver.run.scenario = name  # type: ignore[union-attr]  # as once the base is solved
    edit = Rename(scenario=name, name="Last") if how == "renamed" else Delete(name=name)
    bench.do(edit, reason=MADE)
    assert tour.here == ("Last" if how == "renamed" else name)
    if how == "renamed":
        assert solver.adopt()
        assert small_document.study.scenario("Last").plan != Plan()
    else:
        solver.reject()
        assert tour.done


@pytest.mark.parametrize("what", ["branch", "fact"])
def test_the_demo_leaves_the_base_as_it_is_from_the_first_edit_on(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document, what: str
) -> None:
    solver = pretend("wait")
    tour = Tour(bench, small_document, "small")
    with_a_plan(qtbot, solver)
    assert solver.run is not None
    assert solver.run.best is not None
    best = solver.run.best.plan
    told = list[str]()
    bench.told.connect(lambda words, _: told.append(words))
    edit: Edit = Branch(parent=BASE, name="Mine") if what == "branch" else longer(small_document)
    assert bench.do(edit)
    assert tour.done
    assert solver.run is None
    study = small_document.study
    assert [scenario.plan for scenario in study.scenarios] == [best] * len(study.scenarios)
    assert [e.action for e in small_document.opened.history()][-2] == "edit_adopt"
    qtbot.waitUntil(lambda: bench.say("demo.overtaken") in told)
    small_document.stack.undo()
    assert small_document.study.scenario(BASE).plan == best  # her edit alone is taken back


def test_the_demo_takes_no_plan_unasked_once_somebody_edits_before_the_first(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver = pretend("wait")
    tour = Tour(bench, small_document, "small")
    assert bench.do(Branch(parent=BASE, name="Mine"))
    with_a_plan(qtbot, solver)  # it goes on, for somebody to take or not
    solver.stop()
    qtbot.waitUntil(lambda: solver.run is not None and not solver.run.on, timeout=LONG)
    assert tour.done
    assert small_document.study.scenario(BASE).plan == Plan()
    solver.reject()


def test_the_demo_goes_on_where_somebody_adopts_its_plan_before_it_does(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver = pretend("wait")
    tour = Tour(bench, small_document, "small")
    with_a_plan(qtbot, solver)
    assert solver.adopt()
    qtbot.waitUntil(lambda: bool(tour.asked), timeout=LONG)
    assert not tour.done
    solver.reject()
