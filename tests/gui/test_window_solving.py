"""Solving in the window: plans come in, stopping, dying, adopting, and no edit lost on the way."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from solving_bench import LONG, PRETEND, Pretend, longer, over, placed, with_a_plan

from data.runs import newest_unfinished, runs
from data.working import leftovers
from planner.edits import Branch
from planner.hospital import SpecialtyId
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import SolveResult
from planner.score import judge
from planner.study import BASE, Study
from ui.window import beside, worker
from ui.window.document import Document
from ui.window.panels.solve import SolvePanel
from ui.window.panels.solve_live import LiveBar
from ui.window.panels.solve_words import state_words
from ui.window.recovery import Recovery
from ui.window.workbench import Workbench

# --- plans ---------------------------------------------------------------------------------------


def test_a_plan_that_comes_with_a_bound_is_taken(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("wait")
    assert solver.start(seconds=5)
    with_a_plan(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.folder is not None
    qtbot.waitUntil(lambda: "theatre" in run.bounds, timeout=LONG)
    line = {"event": "improved", "part": "theatre", "bound": 2, "best": str(run.folder.best_path)}
    solver._heard(line)
    assert (run.bounds["theatre"], run.sources["theatre"]) == (2, "sessions")
    solver.reject()


def test_plans_come_in_and_are_shown(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("finish")
    assert solver.start(seconds=5)
    over(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.ended == ""
    assert run.best is not None
    placed = list(run.best.plan.placements)
    assert len(placed) == 3
    assert small_document.provisional == run.best.plan
    assert small_document.scenario.plan == Plan()
    assert run.best.judgement.score == judge(small_document.problem, run.best.plan).score
    assert run.curve[-1].cost == run.best.judgement.score.hard + sum(run.best.judgement.score.tiers)


def test_adopting_is_one_edit_that_can_be_undone(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("finish")
    solver.start(seconds=5)
    over(qtbot, solver)
    assert solver.run is not None
    assert solver.run.best is not None
    plan, folder = solver.run.best.plan, solver.run.folder
    assert solver.adopt()
    assert solver.run is None
    assert small_document.provisional is None
    assert small_document.scenario.plan == plan
    assert not small_document.study.stale(BASE)
    assert small_document.stack.count() == 1
    last = small_document.opened.history()[-1]
    assert folder is not None
    assert (last.action, last.run) == ("edit_adopt", folder.id)
    assert folder.finished
    small_document.stack.undo()
    assert small_document.scenario.plan == Plan()


def test_rejecting_leaves_the_scenario_as_it_was(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("finish")
    solver.start(seconds=5)
    over(qtbot, solver)
    solver.reject()
    assert solver.run is None
    assert small_document.plan == Plan()
    assert small_document.stack.count() == 0
    assert newest_unfinished(small_document.study.id, None) is None


def test_a_plan_for_facts_that_have_changed_since_is_marked(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver = pretend("wait")
    solver.start(seconds=5)
    with_a_plan(qtbot, solver)
    assert bench.do(longer(small_document))
    assert solver.live.outdated
    assert small_document.provisional is None  # nobody asked to see a plan for other facts
    assert solver.run is not None
    assert "changed" in state_words(bench, solver.run, outdated=solver.live.outdated)
    solver.live.follow(True)
    assert small_document.provisional == solver.run.best.plan  # type: ignore[union-attr]
    assert solver.adopt()
    assert small_document.study.stale(BASE)
    assert small_document.scenario.plan != Plan()


def test_adopting_as_a_new_scenario_leaves_this_one_alone(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, small_document: Document
) -> None:
    solver = pretend("finish")
    panel.start()
    over(qtbot, solver)
    panel.adopt_as_new()
    assert [scenario.name for scenario in small_document.study.scenarios] == [
        BASE,
        "Solved plan 1",
    ]
    assert small_document.name == "Solved plan 1"
    assert small_document.scenario.plan != Plan()
    assert small_document.study.scenario(BASE).plan == Plan()
    assert small_document.stack.count() == 1


def test_another_scenario_is_shown_as_it_is_while_one_is_solved(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    bench.do(Branch(parent=BASE, name="other"))
    solver = pretend("wait")
    solver.start(seconds=5)
    with_a_plan(qtbot, solver)
    small_document.show("other")
    assert small_document.provisional is None
    small_document.show(BASE)
    qtbot.waitUntil(lambda: small_document.provisional is not None, timeout=LONG)


def test_more_time_goes_on_from_the_best_plan(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("finish")
    solver.start(seconds=5)
    over(qtbot, solver)
    run = solver.run
    assert run is not None
    first = run.best
    solver.more(7)
    assert run.on
    assert run.seconds == 12
    over(qtbot, solver)
    assert first is not None
    assert run.best is not None
    assert len(list(run.best.plan.placements)) == 6
    assert run.best.judgement.score.key < first.judgement.score.key


def test_more_time_extends_the_run_that_is_on(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("wait")
    solver.start(seconds=5)
    placed(qtbot, solver, 3)
    run = solver.run
    assert run is not None
    begun, first = run.began, list(run.curve)
    solver.more(60)
    placed(qtbot, solver, 6)
    assert run.on
    assert run.seconds == 65
    assert run.began == begun
    assert run.curve[: len(first)] == first  # one curve, that goes on
    assert len(runs(small_document.study.id, None)) == 1  # and one run


def test_time_that_came_too_late_is_spent_in_a_second_run(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("late")
    solver.start(seconds=5)
    placed(qtbot, solver, 3)
    solver.more(60)
    placed(qtbot, solver, 6)
    assert solver.run is not None
    assert solver.run.seconds == 65
    folders = runs(small_document.study.id, None)
    budgets = [folder.question().request.budget.seconds for folder in folders]
    assert sorted(budgets) == [5, 65]  # type: ignore[type-var]


def test_the_boards_stay_with_a_plan_or_follow_the_newest(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver, bar = pretend("wait"), LiveBar(bench)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    solver.start(seconds=5)
    placed(qtbot, solver, 3)
    shown = small_document.provisional
    assert not bar.isHidden()
    assert bar.title.text() == "Provisional plan no. 3 of this search"
    assert bar.follow.text() == "Stay with this plan"
    qtbot.mouseClick(bar.follow, Qt.MouseButton.LeftButton)
    solver.more(60)
    placed(qtbot, solver, 6)
    assert small_document.provisional is shown
    assert bar.title.text() == "Provisional plan no. 3 of this search"
    assert bar.follow.text() == "Follow live"
    qtbot.mouseClick(bar.follow, Qt.MouseButton.LeftButton)
    assert solver.run is not None
    assert solver.run.best is not None
    assert small_document.provisional == solver.run.best.plan
    assert bar.title.text() == "Provisional plan no. 6 of this search"
    solver.live.stand_aside()
    assert small_document.plan == Plan()
    assert bar.isHidden()


def test_a_run_that_begins_after_another_was_left_is_not_ended_for_it(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("wait")
    solver.start(seconds=60)
    placed(qtbot, solver, 3)
    solver.reject()
    assert solver.start(seconds=60)
    assert not solver._ladder.isActive()


def test_nothing_found_is_said(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver = pretend("nothing")
    told: list[str] = []
    bench.told.connect(lambda sentence, _wrong: told.append(sentence))
    solver.start(seconds=5)
    over(qtbot, solver)
    assert "No plan was found" in told[-1]
    assert solver.run is not None
    assert solver.run.best is None
    assert not solver.adopt()


def test_facts_that_contradict_each_other_are_not_sent_to_the_solver(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_problem: Problem
) -> None:
    first, *others = small_problem.cases
    unknown = replace(first, specialty=SpecialtyId("none"))
    wrong = replace(small_problem, cases=(unknown, *others))
    document = Document.of(Study(id="wrong", name="wrong", base=wrong))
    bench.take(document)
    told: list[tuple[str, bool]] = []
    bench.told.connect(lambda sentence, wrong: told.append((sentence, wrong)))
    solver = pretend("finish")
    assert solver.start(seconds=5)
    qtbot.waitUntil(lambda: solver.run is None, timeout=LONG)
    assert told[-1][1]
    assert str(first.id) in told[-1][0]
    assert document.plan == Plan()
    assert not runs("wrong", None)


# --- stopping and dying ---------------------------------------------------------------------------


def test_stopping_keeps_the_best_plan_at_once(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("wait")
    solver.start(seconds=60)
    with_a_plan(qtbot, solver)
    number = solver.worker.number
    solver.stop()
    run = solver.run
    assert run is not None
    assert run.best is not None  # on offer before the worker has said a word
    over(qtbot, solver)
    assert solver.worker.number == number  # it stopped by itself, and stays warm


def test_a_worker_that_does_not_stop_is_waited_for_half_a_second_and_killed(
    qtbot: QtBot, pretend: Pretend, small_document: Document
) -> None:
    solver = pretend("deaf")
    solver.start(seconds=60)
    with_a_plan(qtbot, solver)
    number = solver.worker.number
    begun = time.monotonic()
    solver.stop()
    over(qtbot, solver)
    assert time.monotonic() - begun < 3.0  # half a second, on a machine that does other things too
    assert solver.run is not None
    assert solver.run.ended == "solve.stopped"
    assert solver.run.best is not None
    placed(qtbot, solver, 3)  # the last one written, read or not
    assert small_document.provisional == solver.run.best.plan
    qtbot.waitUntil(lambda: not _alive(number), timeout=LONG)
    qtbot.waitUntil(lambda: solver.worker.number not in (0, number), timeout=LONG)
    solver.reject()
    assert solver.start(seconds=5)
    with_a_plan(qtbot, solver)


def test_a_plan_that_is_being_read_as_somebody_stops_is_read_once(
    qtbot: QtBot, pretend: Pretend, small_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To audit a plan of a large hospital takes seconds: what is under way is not begun again."""
    read, gate, begun = beside._audited, threading.Event(), list[bool]()

    def slow(*asked: Any) -> Any:
        begun.append(gate.is_set())
        gate.wait(LONG / 1000)
        return read(*asked)

    monkeypatch.setattr(beside, "_audited", slow)
    solver = pretend("deaf")
    solver.start(seconds=60)
    qtbot.waitUntil(lambda: bool(begun), timeout=LONG)
    solver.stop()
    qtbot.waitUntil(lambda: solver._left, timeout=LONG)
    assert begun == [False]
    gate.set()
    over(qtbot, solver)
    assert solver.run is not None
    assert solver.run.ended == "solve.stopped"
    assert solver.run.best is not None
    placed(qtbot, solver, 3)


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_worker_that_dies_is_said_to_have_ended_by_itself(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document, lang: str
) -> None:
    """F76: the engine's own fault takes neither the document nor the best plan."""
    bench.speak(lang)
    told: list[tuple[str, bool]] = []
    bench.told.connect(lambda sentence, wrong: told.append((sentence, wrong)))
    solver = pretend("die")
    bench.do(longer(small_document))
    solver.start(seconds=60)
    over(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.ended == "solve.ended_by_itself"
    assert run.facts["code"] == -signal.SIGSEGV
    by_itself = {"en": "ended by itself", "fr": "s’est arrêté de lui-même"}[lang]
    assert by_itself in told[-1][0]
    assert told[-1][1]
    assert run.best is not None
    assert solver.adopt()
    assert small_document.scenario.plan != Plan()
    small_document.stack.undo()
    small_document.stack.undo()
    assert small_document.stack.count() == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_kill_from_outside_points_to_the_memory(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver = pretend("wait")
    solver.start(seconds=60)
    with_a_plan(qtbot, solver)
    bench.do(longer(small_document))
    os.kill(solver.worker.number, signal.SIGKILL)
    over(qtbot, solver)
    assert solver.run is not None
    assert solver.run.ended == "solve.ended_by_itself.memory"
    assert "best plan" in bench.say(solver.run.ended, **solver.run.facts)
    assert small_document.stack.count() == 1
    assert len(small_document.opened.history()) == 2
    assert solver.run.best is not None


def test_a_worker_that_cannot_start_is_said(
    qtbot: QtBot, bench: Workbench, small_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "worker_command", lambda: ("no-such-program-here",))
    bench.solver.start(seconds=5)
    over(qtbot, bench.solver)
    assert bench.solver.run is not None
    assert bench.solver.run.ended == "solve.ended_by_itself.early"
    assert bench.solver.run.best is None


WINDOW = """
import os, sys
from PySide6.QtCore import QTimer
from data.demo import generate
from planner.changes import ChangeSet, Set
from planner.edits import Record
from planner.study import Study
from ui.window import worker
from ui.window.app import application, window
from ui.window.document import Document

worker.worker_command = lambda: (sys.executable, "-P", {pretend!r}, "wait")
app = application()
main = window()
main.show()
main.bench.take(Document.of(Study(id="kept", name="kept", base=generate("small", 1))))
main.bench.solver.start(seconds=60)
case = main.bench.document.problem.cases[0]
change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 30)


def look():
    run = main.bench.solver.run
    if run.best is not None:
        main.bench.do(Record(scenario="base", group=ChangeSet(name="longer", changes=(change,))))
        print(main.bench.solver.worker.number, flush=True)
        os.kill(os.getpid(), 9)


timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.long
def test_a_kill_of_the_window_loses_neither_an_edit_nor_a_plan(
    qtbot: QtBot, bench: Workbench, tmp_path: Path, own_state: Path, root: Path
) -> None:
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(root),
        "OPALE_STATE": str(own_state),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", WINDOW.format(pretend=str(PRETEND))],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == -9, done.stderr
    number = int(done.stdout.split()[-1])
    (left,) = leftovers()
    assert left.edits >= 1
    document = Document.recover(left)
    assert [entry.action for entry in document.opened.history()][-1] == "edit_record"
    assert newest_unfinished("kept", None) is not None
    recovery = Recovery(bench)
    bench.take(document)
    qtbot.waitUntil(lambda: bench.solver.run is not None, timeout=LONG)
    assert bench.solver.adopt()  # the best plan of the run was on offer
    assert document.plan != Plan()
    recovery.deleteLater()
    qtbot.waitUntil(lambda: not _alive(number), timeout=LONG)  # no orphan works on


# --- the real worker --------------------------------------------------------------------------


def test_the_real_worker_solves_a_small_hospital(
    qtbot: QtBot, bench: Workbench, small_document: Document
) -> None:
    solver = bench.solver
    assert solver.start(seconds=2)
    qtbot.waitUntil(
        lambda: solver.run is not None and solver.run.best is not None, timeout=2 * LONG
    )
    # Where nothing was compiled before, the kernel is now.
    qtbot.waitUntil(lambda: solver.run is not None and not solver.run.on, timeout=8 * LONG)
    run = solver.run
    assert run is not None
    assert isinstance(run.result, SolveResult)
    assert run.best is not None
    assert sum(1 for _ in run.best.plan.placements) > 60
    assert sum(1 for _ in run.best.plan.duties) > 100
    assert not run.best.judgement.score.breaches
    assert solver.adopt()
    (folder,) = runs(small_document.study.id, None)
    assert folder.finished
