"""Scenarios solved one after another: chosen in a dialog, taken as they come, stopped, shown in one view."""

import shlex
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from solving_bench import LONG, Pretend, with_a_plan

from planner.edits import Branch, Delete
from planner.hand_edits import Rename
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.runs import SolveRequest
from planner.study import BASE
from planner.words import number
from ui.window.dialogs.queue import QueueDialog
from ui.window.document import Document
from ui.window.panels.queue import item_words, run_words
from ui.window.panels.solve import SolvePanel
from ui.window.queueing import Item, Queue
from ui.window.run import STEPS, Run
from ui.window.workbench import Workbench


@pytest.fixture
def two(bench: Workbench, small_document: Document) -> Document:
    """The small hospital with two scenarios on the base; nothing is planned."""
    for name in ("one", "other"):
        bench.do(Branch(parent=BASE, name=name))
    return small_document


def finished(qtbot: QtBot, queue: Queue) -> list[tuple[str, str]]:
    """Wait for the end of the queue; give what became of each scenario."""
    qtbot.waitUntil(lambda: not queue.on, timeout=LONG)
    return [(item.scenario, item.state) for item in queue.items]


def cases(document: Document, name: str) -> int:
    return len(list(document.study.scenario(name).plan.placements))


def test_each_scenario_takes_its_plan_as_a_step_of_its_own(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    pretend("finish")
    steps = two.stack.count()
    assert bench.queue.start((BASE, "other"), ("theatre",), 5.0)
    assert not bench.queue.start((BASE,), ("theatre",), 5.0)
    assert finished(qtbot, bench.queue) == [(BASE, "first"), ("other", "first")]
    assert [cases(two, name) for name in (BASE, "one", "other")] == [3, 0, 3]
    assert two.stack.count() == steps + 2
    assert bench.solver.run is None
    two.stack.undo()
    assert [cases(two, name) for name in (BASE, "one", "other")] == [3, 0, 0]


def test_a_plan_that_is_no_better_leaves_the_one_at_hand(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    pretend("finish")
    bench.queue.start(("one",), ("theatre",), 5.0)
    finished(qtbot, bench.queue)
    bench.queue.clear()
    steps, plan = two.stack.count(), two.study.scenario("one").plan
    pretend("nothing")
    bench.solver.worker.kill()
    bench.queue.start(("one", "other"), ("theatre",), 5.0)
    states = dict(finished(qtbot, bench.queue))
    assert states["other"] == "nothing"
    assert states["one"] in ("kept", "nothing")
    assert (two.stack.count(), two.study.scenario("one").plan) == (steps, plan)


def test_stopping_keeps_what_is_done_and_begins_no_more(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    solver = pretend("wait")
    bench.queue.start((BASE, "one", "other"), ("theatre",), 5.0)
    with_a_plan(qtbot, solver)
    solver.stop()  # Shift+F5, or the button of the run
    states = finished(qtbot, bench.queue)
    assert states == [(BASE, "first"), ("one", "stopped"), ("other", "stopped")]
    assert cases(two, BASE) > 0
    assert two.study.scenario("one").plan == Plan()


def test_a_scenario_may_be_renamed_taken_away_or_its_plan_rejected_meanwhile(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    solver = pretend("wait")
    bench.queue.start((BASE, "one", "other"), ("theatre",), 5.0)
    with_a_plan(qtbot, solver)
    bench.do(Delete(name="one"))
    bench.do(Rename(scenario="other", name="third"))
    solver.reject()
    qtbot.waitUntil(lambda: bench.queue.items[2].state == "running", timeout=LONG)
    with_a_plan(qtbot, solver)
    assert solver.adopt()  # by hand
    assert finished(qtbot, bench.queue) == [
        (BASE, "rejected"),
        ("one", "gone"),
        ("third", "first"),
    ]
    assert cases(two, "third") > 0


def test_a_solver_that_dies_takes_no_other_scenario_with_it(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    pretend("die")
    bench.queue.start(("one", "other"), ("theatre",), 5.0)
    states = finished(qtbot, bench.queue)
    assert {state for _, state in states} <= {"first", "lost"}  # its best plan may have been read
    assert bench.solver.run is None


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_panel_shows_all_of_it(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, bench: Workbench, two: Document, lang: str
) -> None:
    solver, view = pretend("wait"), panel.queue
    bench.speak(lang)
    assert not view.isVisible()
    bench.queue.start((BASE, "one"), ("theatre",), 60.0)
    with_a_plan(qtbot, solver)
    assert view.isVisible()
    assert view.title.text() == bench.say("queue.title", n=0, of=2)
    bench.queue.progressed.emit()
    told = [view.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    run = bench.queue.run_of(bench.queue.items[0])
    assert run is not None
    step = bench.say(f"solve.step.{STEPS[run.step]}")
    assert told[0].startswith(f"{bench.called(BASE)}, {step}, ")
    assert told[1] == f"one, {bench.say('queue.state.waiting')}"
    qtbot.mouseClick(view.stop, Qt.MouseButton.LeftButton)
    finished(qtbot, bench.queue)
    assert not view.stop.isVisible()
    assert view.list.item(0).text().splitlines()[1] == item_words(bench, bench.queue.items[0])
    view.list.itemActivated.emit(view.list.item(1))
    assert two.name == "one"
    qtbot.mouseClick(view.close_, Qt.MouseButton.LeftButton)
    assert not view.isVisible()


def test_no_line_of_the_list_is_cut(
    qtbot: QtBot, panel: SolvePanel, bench: Workbench, two: Document
) -> None:
    view, queue = panel.queue, bench.queue
    name = "Third theatre from March on, with the longer Wednesdays and nobody on leave"
    queue.items = [Item(scenario=f"{name} {n}", state="refused") for n in range(5)]
    for wide in (318, 420, 280):
        panel.resize(wide, 900)
        view.refresh()
        QApplication.processEvents()
        last = view.list.visualItemRect(view.list.item(4))
        assert last.height() > 40, "words are broken into lines"
        assert last.bottom() <= view.list.viewport().height()


def test_the_dialog_chooses_and_says_the_command(
    qtbot: QtBot, bench: Workbench, two: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = two.save(tmp_path / "a.opale")
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(bench.queue, "start", lambda *what: asked.append(what) or True)
    dialog = QueueDialog(bench, two)
    qtbot.addWidget(dialog)
    dialog.seconds.setValue(40)
    assert shlex.split(dialog.command) == [
        *("planner", "solve", str(path), "--all-scenarios", "--seconds", "40")
    ]
    assert dialog.about.text().startswith("3 scenarios, about 2\N{NO-BREAK SPACE}min.")
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.chips.chips["roster"].setChecked(False)
    dialog.copy_command()
    assert shlex.split(QGuiApplication.clipboard().text())[3:] == [
        *("--scenario", "one", "--scenario", "other", "--parts", "theatre", "--seconds", "40")
    ]
    qtbot.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert not dialog.go.isEnabled()
    qtbot.mouseClick(dialog.needy, Qt.MouseButton.LeftButton)
    assert dialog.chosen == (BASE, "one", "other")
    dialog.jobs.setRange(1, 8)
    dialog.jobs.setValue(2)
    assert "about 2\N{NO-BREAK SPACE}min" in dialog.about.text(), "two rounds of forty seconds"
    assert shlex.split(dialog.command)[-4:] == ["--jobs", "2", "--seconds", "40"]
    dialog.jobs.setValue(3)
    assert "about 1\N{NO-BREAK SPACE}min" in dialog.about.text()
    dialog.jobs.setValue(1)
    dialog.solve()
    assert asked == [((BASE, "one", "other"), ("theatre",), 40.0, 1)]


def test_how_a_plan_stands_is_seen_beside_the_longest_name(
    qtbot: QtBot, bench: Workbench, two: Document
) -> None:
    name = "Third theatre from March on, with the longer Wednesdays and nobody on leave"
    assert bench.do(Branch(parent=BASE, name=name))
    dialog = QueueDialog(bench, two)
    qtbot.addWidget(dialog)
    dialog.show()
    line = dialog.list.item(3)
    assert line.text().splitlines() == [name, "no plan yet"]
    assert line.data(Qt.ItemDataRole.AccessibleTextRole) == f"{name}, no plan yet"
    box = dialog.list.visualItemRect(line)
    assert box.width() <= dialog.list.viewport().width()
    assert box.height() > 2 * dialog.list.visualItemRect(dialog.list.item(1)).height() / 2


def test_a_command_that_would_solve_nothing_is_not_copied(
    qtbot: QtBot, bench: Workbench, two: Document, tmp_path: Path
) -> None:
    two.save(tmp_path / "a.opale")
    dialog = QueueDialog(bench, two)
    qtbot.addWidget(dialog)
    assert dialog.copy.isEnabled()
    for chip in dialog.chips.chips.values():
        chip.setChecked(False)
    assert not dialog.copy.isEnabled()


def test_a_worse_plan_gives_way_to_the_one_at_hand_and_an_equal_one_does_not(
    two: Document,
) -> None:
    problem = two.study.base
    case, other = problem.cases[:2]
    session, later = (s for s in problem.sessions[:2])
    both = [
        Placement(case.id, session.id, None, session.start),
        Placement(other.id, later.id, None, later.start),
    ]
    outcomes = [Outcome(problem, Plan.build(both[:n])) for n in (1, 2)]
    good, poor = sorted(outcomes, key=lambda each: each.judgement.score.key)
    for before, found, kept in ((good, poor, good), (poor, good, good), (good, good, good)):
        run = Run.of(BASE, SolveRequest(problem=problem, plan=before.plan), before, 1.0)
        run.best = found
        run.keep_no_worse()
        assert run.best is kept
    assert good.judgement.score.key < poor.judgement.score.key
    run = Run.of(BASE, SolveRequest(problem=problem), Outcome(problem, Plan()), 1.0)
    run.best = poor
    run.keep_no_worse()
    assert run.best is poor  # no plan is none that could stay


# --- side by side --------------------------------------------------------------------------------


def at_work(queue: Queue) -> list[str]:
    return [item.scenario for item in queue.items if item.state == "running"]


def test_scenarios_are_solved_side_by_side_and_each_takes_its_plan(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    pretend("finish")
    steps = two.stack.count()
    assert bench.queue.start((BASE, "one", "other"), ("theatre",), 5.0, 2)
    assert at_work(bench.queue) == [BASE, "one"]
    assert [lane.run.request.workers for lane in bench.queue._lanes if lane.run] == [1, 1]
    assert bench.queue.whole == 10.0, "two rounds"
    assert finished(qtbot, bench.queue) == [
        (BASE, "first"),
        ("one", "first"),
        ("other", "first"),
    ]
    assert [cases(two, name) for name in (BASE, "one", "other")] == [3, 3, 3]
    assert two.stack.count() == steps + 3
    assert bench.solver.run is None
    workers = [lane.solver.worker.number for lane in bench.queue._lanes]
    assert workers[1:] == [0], "what was started for the queue alone is gone"


def test_the_progress_of_each_that_is_at_work_is_seen(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, bench: Workbench, two: Document
) -> None:
    pretend("wait")
    view, queue = panel.queue, bench.queue
    assert queue.start((BASE, "one", "other"), ("theatre",), 60.0, 2)
    runs = [lane.run for lane in queue._lanes if lane.run]
    qtbot.waitUntil(lambda: all(run.best is not None for run in runs))
    runs[1].step = 3
    queue.progressed.emit()
    lines = [view.list.item(row).text().splitlines()[1] for row in range(3)]
    costs = [run.best.judgement.score.total or 0 for run in runs if run.best]
    for line, run, cost in zip(lines, runs, costs, strict=False):
        assert line.startswith(bench.say(f"solve.step.{STEPS[run.step]}"))
        assert number(cost, bench.lang) in line
    assert lines[2] == bench.say("queue.state.waiting")
    queue.stop()
    finished(qtbot, queue)
    assert queue.run_of(queue.items[0]) is None
    runs[1].last = 17.4
    proof = bench.say("solve.step.proof")
    so_far = bench.say("queue.at_work", phase=proof, spent=17, whole=60)
    assert run_words(bench, runs[1]).startswith(so_far)


def test_no_board_shows_what_is_solved_beside_the_run_that_is_watched(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    pretend("wait")
    two.show("one")
    bench.queue.start((BASE, "one"), ("theatre",), 5.0, 2)
    beside = bench.queue._lanes[1].solver
    with_a_plan(qtbot, bench.solver)
    with_a_plan(qtbot, beside)
    assert two.provisional is None
    two.show(BASE)
    qtbot.waitUntil(lambda: two.provisional is not None, timeout=LONG)
    assert bench.solver.run is not None
    assert bench.solver.run.scenario == BASE
    bench.queue.stop()
    finished(qtbot, bench.queue)


@pytest.mark.parametrize("by_hand", [False, True])
def test_stopping_stops_all_that_are_at_work(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document, by_hand: bool
) -> None:
    solver = pretend("wait")
    bench.queue.start((BASE, "one", "other"), ("theatre",), 5.0, 2)
    with_a_plan(qtbot, solver)
    with_a_plan(qtbot, bench.queue._lanes[1].solver)
    assert len(at_work(bench.queue)) == 2
    (solver if by_hand else bench.queue).stop()
    states = dict(finished(qtbot, bench.queue))
    assert states == {BASE: "first", "one": "first", "other": "stopped"}
    assert cases(two, "one") > 0


def test_a_worker_that_dies_takes_only_its_own_scenario_with_it(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    solver = pretend("wait")
    told: list[str] = []
    bench.told.connect(lambda words, _: told.append(words))
    bench.queue.start((BASE, "one"), ("theatre",), 5.0, 2)
    beside = bench.queue._lanes[1].solver
    with_a_plan(qtbot, solver)
    with_a_plan(qtbot, beside)
    assert beside.worker._process is not None
    beside.worker._process.kill()
    qtbot.waitUntil(lambda: at_work(bench.queue) == [BASE], timeout=LONG)
    solver.stop()
    states = dict(finished(qtbot, bench.queue))
    assert states[BASE] == "first"
    assert states["one"] in ("first", "lost")
    over = bench.say("queue.over", n=sum(s == "first" for s in states.values()), of=2)
    assert told.count(over) == 1


def test_another_document_ends_all_of_them(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, two: Document
) -> None:
    pretend("wait")
    bench.queue.start((BASE, "one"), ("theatre",), 5.0, 2)
    lanes = list(bench.queue._lanes)
    with_a_plan(qtbot, lanes[1].solver)
    bench.take(None)
    assert bench.queue.items == []
    assert [lane.solver.worker.number for lane in lanes] == [0, 0]
