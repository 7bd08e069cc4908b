"""A large plan is on the screen before it is audited; its signs, and what is counted, follow."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sharing_small import plan_of

from planner.boards.roster_rows import RosterRows
from planner.boards.theatre import TheatreBoard, theatre_board, theatre_days
from planner.edits import AdoptPlan, Branch
from planner.hand_edits import TakeOut
from planner.study import BASE
from ui.window import auditing
from ui.window.beside import Beside
from ui.window.document import Document
from ui.window.panels.breach_model import BreachModel
from ui.window.panels.indicators import WAITS, IndicatorStrip
from ui.window.status import StatusLine
from ui.window.workbench import Workbench

Jobs = list[tuple[Callable[[], Any], Callable[[Any], None]]]


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """What would be done beside the window, to be done when a test says so."""
    found: Jobs = []
    monkeypatch.setattr(Beside, "do", lambda _self, job, then: found.append((job, then)))
    monkeypatch.setattr(auditing, "MANY", -1)
    return found


def signs(board: TheatreBoard) -> list[object]:
    """Give the signs of the cases that wait: each is a wish that is not kept."""
    return [card.sign for card in board.tray if card.sign]


def test_signs_follow_once_the_plan_is_audited(
    bench: Workbench, small_document: Document, jobs: Jobs
) -> None:
    document = small_document
    document.do(AdoptPlan(scenario=BASE, plan=plan_of(document.problem)))
    jobs.clear()
    changed, rounds = [], []
    bench.changed.connect(lambda: changed.append(document.outcome().audited))
    bench.settled.connect(lambda: rounds.append(1))
    document.do(Branch(parent=BASE, name="other"))
    document.show(BASE)
    outcome = document.outcome()
    days = theatre_days(outcome)
    assert outcome.waits
    assert not signs(theatre_board(outcome, days))
    assert not RosterRows(outcome).marks
    assert "judgement" not in outcome.__dict__, "nobody has asked for it here"
    bench._rest()
    assert not bench.settled._left, "what counts breaches waits for them"
    changed.clear()
    assert not jobs, "nothing is audited before the board is painted"
    document.auditing.begin()
    for job, then in jobs:
        then(job())
    assert changed == [True]
    assert not outcome.waits
    assert signs(theatre_board(outcome, days))
    bench._rest()
    assert bench.settled._left
    bench.settled.finish()
    assert rounds == [1]


def test_what_counts_breaches_waits_for_the_audit(
    bench: Workbench, small_document: Document, jobs: Jobs, qtbot: QtBot
) -> None:
    document = small_document
    line, strip = StatusLine(bench), IndicatorStrip(bench, "theatre")
    breaches = BreachModel(bench, strip)
    qtbot.addWidget(line)
    qtbot.addWidget(strip)
    document.do(AdoptPlan(scenario=BASE, plan=plan_of(document.problem)))
    line.checked.setText("what was told of another plan")
    strip.renew()
    line.check()
    breaches.refresh()
    assert "judgement" not in document.outcome().__dict__, "somebody has asked for it here"
    assert {shown.value for shown in strip.shown} == {WAITS}
    assert all(shown.title.strip(" ·") == shown.title for shown in strip.shown)
    assert not line.checked.text()
    assert breaches.waits
    document.auditing.begin()
    for job, then in jobs:
        then(job())
    strip.renew()
    line.check()
    breaches.refresh()
    assert WAITS not in {shown.value for shown in strip.shown}
    assert line.checked.text()
    assert not breaches.waits


def test_the_figures_of_a_plan_wait_for_those_of_its_parent(
    bench: Workbench, small_document: Document, jobs: Jobs, qtbot: QtBot
) -> None:
    document = small_document
    document.do(AdoptPlan(scenario=BASE, plan=plan_of(document.problem)))
    assert document.outcome().waits
    document.do(Branch(parent=BASE, name="other"))
    case = next(iter(document.plan.placements)).case
    document.do(TakeOut(scenario="other", cases=frozenset({case})))
    strip = IndicatorStrip(bench, "theatre")
    qtbot.addWidget(strip)
    document.show("other")
    assert document.outcome().judgement.judged is not None
    strip.renew()
    assert "judgement" not in document.outcome(BASE).__dict__, "somebody has asked for it here"
    assert {shown.value for shown in strip.shown} == {WAITS}


def test_an_edit_is_not_judged_by_a_plan_that_is_being_audited(
    bench: Workbench, small_document: Document, jobs: Jobs
) -> None:
    document = small_document
    document.do(AdoptPlan(scenario=BASE, plan=plan_of(document.problem)))
    before = document.outcome()
    assert before.waits
    case = next(iter(document.plan.placements)).case
    document.do(TakeOut(scenario=BASE, cases=frozenset({case})))
    assert document.outcome().waits
    assert "judgement" not in before.__dict__, "the edit has waited for it"


def test_an_audit_that_fails_is_heard_of_by_who_asks(
    bench: Workbench, small_document: Document, jobs: Jobs
) -> None:
    outcome = small_document.outcome()
    small_document.auditing.see(outcome)
    assert outcome.waits
    small_document.auditing.begin()
    for _, then in jobs:
        then(ValueError("no audit"))
    assert not outcome.waits
    assert outcome.judgement.judged is not None


@pytest.mark.parametrize("many", [False, True])
def test_a_small_plan_is_audited_at_once(
    bench: Workbench, small_document: Document, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    begun: Jobs = []
    monkeypatch.setattr(Beside, "do", lambda _self, job, then: begun.append((job, then)))
    document = small_document
    plan = plan_of(document.problem)
    size = len([*plan.placements]) + len([*plan.duties]) + len(document.problem.cases)
    monkeypatch.setattr(auditing, "MANY", size - many)
    document.do(AdoptPlan(scenario=BASE, plan=plan))
    assert document.outcome().waits is many


def test_what_is_counted_is_worked_out_beside_too(
    bench: Workbench, small_document: Document, jobs: Jobs
) -> None:
    document = small_document
    document.do(AdoptPlan(scenario=BASE, plan=plan_of(document.problem)))
    outcome = document.outcome()
    document.auditing.begin()
    while jobs:
        job, then = jobs.pop()
        then(job())
    assert {"planned_fill", "overdue", "hard_breaches"} <= outcome.figures.keys()
