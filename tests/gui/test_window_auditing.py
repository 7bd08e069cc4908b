"""A large plan is on the screen before it is audited; its signs, and what is counted, follow."""

from collections.abc import Callable
from typing import Any

import pytest
from sharing_small import plan_of

from planner.boards.roster_rows import RosterRows
from planner.boards.theatre import TheatreBoard, theatre_board, theatre_days
from planner.edits import AdoptPlan, Branch
from planner.study import BASE
from ui.window import auditing
from ui.window.beside import Beside
from ui.window.document import Document
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
    for job, then in jobs:
        then(job())
    assert changed == [True]
    assert not outcome.waits
    assert signs(theatre_board(outcome, days))
    bench._rest()
    assert bench.settled._left
    bench.settled.finish()
    assert rounds == [1]


def test_an_audit_that_fails_is_heard_of_by_who_asks(
    bench: Workbench, small_document: Document, jobs: Jobs
) -> None:
    outcome = small_document.outcome()
    small_document.auditing.see(outcome)
    assert outcome.waits
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
    size = len([*plan.placements]) + len([*plan.duties])
    monkeypatch.setattr(auditing, "MANY", size - many)
    document.do(AdoptPlan(scenario=BASE, plan=plan))
    assert document.outcome().waits is many
