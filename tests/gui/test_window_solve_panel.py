"""The panel of solving: phases, the limit in words, the curve, the command line, the one button."""

import os
import shlex
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from solving_bench import LONG, Pretend, over, with_a_plan

from planner.edits import Branch, Delete
from planner.hand_edits import Rename
from planner.plan import Plan
from planner.runs import Finished, PartResult, SolveResult
from planner.score import Score
from planner.study import BASE
from planner.words import number
from ui.window.charts.cost_curve import CostCurve, Curve, Place, scale
from ui.window.document import Document
from ui.window.look.type import SMALL, TINY, width
from ui.window.panels.solve import SolvePanel
from ui.window.panels.solve_button import SolveButton
from ui.window.panels.solve_steps import Steps
from ui.window.panels.solve_words import limit_words
from ui.window.run import STEPS, Point
from ui.window.workbench import Workbench


def test_a_curve_that_rises_says_why(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, bench: Workbench
) -> None:
    solver = pretend("wait")
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    with_a_plan(qtbot, solver)
    assert solver.run is not None
    for costs, rises in (((90, 80), False), ((80, 90), True), ((80, 90, 70), True)):
        solver.run.curve[:] = [Point(n, cost) for n, cost in enumerate(costs)]
        for lang in ("en", "fr"):
            bench.speak(lang)
            panel.refresh()
            words = bench.say("curve.rising")
            assert panel.rising.isVisible() == rises
            assert panel.rising.text() == words
            assert (words in panel.chart.words()) == rises
    solver.reject()


def test_the_panel_says_where_a_run_is(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, bench: Workbench
) -> None:
    solver = pretend("wait")
    assert panel.settings.isVisible()
    assert not panel.progress.isVisible()
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    with_a_plan(qtbot, solver)
    panel.refresh()
    assert panel.progress.isVisible()
    assert panel.steps.accessibleName() == "Phase 3 of 4: Improving"
    assert panel.limit.text() == "Limit unknown so far"
    assert "costing" in panel.chart.accessibleName() or "plans" in panel.chart.accessibleName()
    unscheduled = panel.since.lines["unscheduled"][3]
    qtbot.waitUntil(
        lambda: unscheduled.accessibleName() == "Unscheduled cases: from 80 to 77", timeout=LONG
    )
    assert panel.adopt.isEnabled()
    assert panel.actions_["stop"].isEnabled()
    assert not panel.actions_["solve"].isEnabled()
    bench.speak("fr")
    assert panel.limit.text() == "Limite inconnue pour l’instant"
    french = {
        panel.adopt: "Adopter ici",
        panel.stop: "Arrêter",
        panel.branch: "Adopter dans une nouvelle variante",
        panel.copy: "Copier la commande",
        panel.reject: "Rejeter",
    }
    assert {button: button.text() for button in french} == french
    qtbot.mouseClick(panel.reject, Qt.MouseButton.LeftButton)
    assert panel.settings.isVisible()


def test_the_limit_is_said_only_where_it_is_known(
    qtbot: QtBot, pretend: Pretend, bench: Workbench, small_document: Document
) -> None:
    solver = pretend("finish")
    solver.start(seconds=5)
    over(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.best is not None
    cost = sum(run.best.judgement.score.tiers)

    def ended(status: str, bound: int | None) -> str:
        plan = run.best.plan  # type: ignore[union-attr]
        known = {"theatre": bound, "roster": None if bound is None else 0}
        parts = {
            name: PartResult(status="feasible", score=Score(), bound=each)
            for name, each in known.items()
        }
        run.result = SolveResult(status=status, plan=plan, score=Score(), parts=parts, bound=bound)  # type: ignore[arg-type]
        return limit_words(bench, run)

    assert ended("feasible", None) == "Limit unknown"
    if not run.best.judgement.score.breaches:
        assert "at most 100" in ended("feasible", cost // 2)
    assert "best possible, proven" in ended("optimal", cost)


def test_chips_choose_the_parts(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, small_document: Document
) -> None:
    solver = pretend("wait")
    panel.parts["roster"].setChecked(False)
    panel.seconds.setValue(17)
    panel.start()
    assert solver.run is not None
    assert solver.run.request.parts == ("theatre",)
    assert solver.run.request.budget.seconds == 17


def test_without_a_part_there_is_nothing_to_solve(
    pretend: Pretend, bench: Workbench, panel: SolvePanel
) -> None:
    told: list[str] = []
    bench.told.connect(lambda sentence, _wrong: told.append(sentence))
    assert not pretend("wait").start(parts=())
    assert "nothing to plan" in told[-1]


def test_the_command_is_copied_once_the_study_has_a_file(
    panel: SolvePanel, bench: Workbench, small_document: Document, tmp_path: Path
) -> None:
    told: list[str] = []
    bench.told.connect(lambda sentence, _wrong: told.append(sentence))
    panel.copy_command()
    assert "Save the study first" in told[-1]
    path = small_document.save(tmp_path / "my study.opale")
    bench.do(Branch(parent=BASE, name="S1 shut"))
    small_document.show("S1 shut")
    panel.parts["theatre"].setChecked(False)
    panel.seconds.setValue(45)
    panel.copy_command()
    words = shlex.split(QGuiApplication.clipboard().text())
    expected = ["planner", "solve", f"{path}#S1 shut", "--parts", "roster", "--seconds", "45"]
    assert words == expected


def test_the_button_solves_and_stops(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, bench: Workbench
) -> None:
    button = SolveButton(bench, panel.actions_)
    qtbot.addWidget(button)
    solver = pretend("wait")
    assert button.solve.text() == "Solve"
    button.press()
    assert solver.run is not None
    assert button.solve.text() == "Stop"
    with_a_plan(qtbot, solver)
    button.press()
    over(qtbot, solver)
    assert button.solve.text() == "Solve"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_word_of_the_panel_is_cut(panel: SolvePanel, bench: Workbench, lang: str) -> None:
    bench.speak(lang)
    for each in (panel.adopt, panel.stop, panel.branch, panel.copy, panel.reject, panel.go):
        each.setVisible(True)
        assert each.sizeHint().width() <= 318 - 24, each.text()
    assert panel.adopt.sizeHint().width() + panel.stop.sizeHint().width() <= 318 - 30
    for step in STEPS:
        words = bench.say(f"solve.step.{step}")
        assert width(words, SMALL, 600) <= (318 - 24) / len(STEPS), words


@pytest.mark.parametrize(
    ("costs", "axis"),
    [([], (0, 4, 1)), ([7], (7, 8, 1)), ([1246, 1690], (1200, 1700, 100)), ([0, 0], (0, 1, 1))],
)
def test_the_axis_has_round_numbers(costs: list[int], axis: tuple[int, int, int]) -> None:
    assert scale(costs) == axis


@pytest.mark.parametrize("seconds", [5.0, 8.0, 60.0, 120.0, 600.0, 1000.0, 36_000.0])
@pytest.mark.parametrize("room", [90.0, 130.0, 180.0, 290.0])
def test_the_moments_of_the_axis_stand_clear_of_each_other(
    bench: Workbench, seconds: float, room: float
) -> None:
    curve = CostCurve(bench)
    curve.show_curve(Curve(seconds=seconds))
    found = curve.times(Place(QRectF(40, 10, room, 90), seconds, 0, 1))
    assert found[0][1].startswith("0")
    assert found[-1][1].startswith(number(round(seconds), "en"))
    ends = [x + width(words, TINY) for x, words in found]
    assert all(x > end for end, (x, _) in zip(ends, found[1:], strict=False))
    assert ends[-1] <= 40 + room + 0.01
    assert len(found) == 5 or seconds % 4 or room < 200


def test_a_run_without_a_proof_ticks_no_proof(bench: Workbench) -> None:
    steps = Steps(bench)
    ticked = []
    for at, ended in ((1, False), (len(STEPS) - 1, True), (len(STEPS), True)):
        steps.show_step(at, over=ended)
        image = QImage(steps.sizeHint(), QImage.Format.Format_RGB32)
        steps.resize(steps.sizeHint())
        steps.render(image)
        apart = steps.width() / len(STEPS)
        accent = bench.theme.colour("accent")
        spots = [image.pixelColor(round(apart * (k + 0.5)) + 5, 12) for k in range(len(STEPS))]
        ticked.append(sum(spot == accent for spot in spots))
    assert ticked == [1, len(STEPS) - 1, len(STEPS)]
    assert "4" in steps.accessibleName()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_kill_before_any_plan_speaks_of_none(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel
) -> None:
    solver = pretend("idle")
    solver.start(seconds=60)
    qtbot.waitUntil(lambda: solver.run is not None and solver.run.asked, timeout=LONG)
    os.kill(solver.worker.number, signal.SIGKILL)
    over(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.best is None
    assert run.ended == "solve.ended_by_itself.memory.early"
    assert "before it had a plan" in panel.state.text()
    assert panel.bar.value() < 500
    assert panel.steps.at == 0


@pytest.mark.parametrize("told", [False, True], ids=["unsaid", "said"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_stop_before_any_plan_speaks_of_none(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, bench: Workbench, lang: str, told: bool
) -> None:
    """Whether the worker says that it has found nothing, or says nothing."""
    bench.speak(lang)
    heard: list[tuple[str, bool]] = []
    bench.told.connect(lambda words, wrong: heard.append((words, wrong)))
    solver = pretend("idle")
    solver.start(seconds=60)
    qtbot.waitUntil(lambda: solver.run is not None and solver.run.asked, timeout=LONG)
    run = solver.run
    assert run is not None
    solver.stop()
    if told:
        result = SolveResult(status="nothing", plan=Plan(), score=run.before.judgement.score)
        solver._finished(run, Finished(result=result))
    over(qtbot, solver)
    assert run.ended == "solve.stopped.early"
    words = "before there was a plan" if lang == "en" else "avant d’avoir un plan"
    assert words in panel.state.text()
    assert heard[-1] == (bench.say(run.ended), False)


def test_a_run_follows_its_scenario_that_is_renamed(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, small_document: Document
) -> None:
    bench = panel.bench
    bench.do(Branch(parent=BASE, name="Z"))
    small_document.show("Z")
    solver = pretend("wait")
    solver.start(seconds=60)
    bench.do(Rename(scenario="Z", name="Zed"))  # before its question is written
    with_a_plan(qtbot, solver)
    run = solver.run
    assert run is not None
    assert run.folder is not None
    assert (run.scenario, run.folder.scenario()) == ("Zed", "Zed")
    assert small_document.provisional is not None
    bench.do(Rename(scenario="Zed", name="Zett"))
    assert run.folder.question().scenario == "Zett"
    assert "Zett" not in panel.state.text()  # it is the open one
    small_document.show(BASE)
    assert "Zett" in panel.state.text()
    assert solver.adopt()
    assert small_document.study.scenario("Zett").plan != Plan()


def test_a_plan_waits_where_its_scenario_is_gone_until_it_is_back(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, small_document: Document
) -> None:
    bench = panel.bench
    bench.do(Branch(parent=BASE, name="Z"))
    small_document.show("Z")
    solver = pretend("finish")
    solver.start(seconds=5)
    over(qtbot, solver)
    told: list[str] = []
    bench.told.connect(lambda sentence, _: told.append(sentence))
    bench.do(Delete(name="Z"))
    for adopt in (panel.adopt.click, lambda: solver.adopt("New")):
        adopt()
        assert solver.run is not None
        assert "“Z”" in told[-1]
    small_document.stack.undo()
    assert solver.adopt()
    assert small_document.study.scenario("Z").plan != Plan()


def test_a_plan_is_not_for_another_scenario_of_the_name_of_its_own(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, small_document: Document
) -> None:
    bench = panel.bench
    bench.do(Branch(parent=BASE, name="Z"))
    small_document.show("Z")
    solver = pretend("finish")
    solver.start(seconds=5)
    over(qtbot, solver)
    bench.do(Delete(name="Z"))
    bench.do(Branch(parent=BASE, name="Z"))
    small_document.show("Z")
    qtbot.wait(0)
    assert small_document.provisional is None  # its board shows its own plan
    assert not solver.adopt()
    assert small_document.study.scenario("Z").plan == Plan()
    small_document.stack.undo()
    small_document.stack.undo()
    assert solver.adopt()  # the very scenario that it was made for is back
    assert small_document.study.scenario("Z").plan != Plan()


def test_the_panel_tells_what_keeps_cases_out_of_the_plan(
    qtbot: QtBot, pretend: Pretend, panel: SolvePanel, bench: Workbench
) -> None:
    solver = pretend("wait")
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    with_a_plan(qtbot, solver)
    assert solver.run is not None
    panel.refresh()
    assert not panel.remarks.isVisible()
    facts = {"id": "ROBOT", "n": 2, "cases": "K1, K2"}
    solver.run.remarks += [("fault.none_owned", facts), ("bound_withdrawn", {"part": "theatre"})]
    for lang, words in (
        ("en", "There is none of equipment ROBOT: 2 cases"),
        ("fr", "Il n’y a aucun"),
    ):
        bench.speak(lang)
        panel.refresh()
        first, second = panel.remarks.text().splitlines()
        assert first.startswith(f"• {words}")
        assert bench.say("cli.part.theatre") in second
    solver.reject()
