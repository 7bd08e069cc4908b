"""What a window has found of a plan is known to the next one, and a comparison keeps what it has found."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from data.audits import folder_of
from planner.edits import AdoptPlan, Branch
from planner.plan import Placement, Plan
from planner.study import BASE
from ui.window.document import Document


def kept(document: Document) -> list[str]:
    """Give the names of the audits that are kept of a study."""
    there = folder_of(document.study.id)
    return [each.name for each in there.glob("[!.]*")] if there.exists() else []


def planned(document: Document, start: int) -> Plan:
    session, cases = document.problem.sessions[0], document.problem.cases[:5]
    return Plan.build(
        Placement(case.id, session.id, None, start + 60 * at) for at, case in enumerate(cases)
    )


def test_the_next_window_audits_nothing_that_this_one_has_found(
    small_document: Document, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_document.do(AdoptPlan(scenario=BASE, plan=planned(small_document, 480)))
    small_document.do(Branch(parent=BASE, name="another"))
    small_document.do(AdoptPlan(scenario="another", plan=planned(small_document, 500)))
    found = {name: small_document.outcome(name).judgement for name in (BASE, "another")}
    path = small_document.save(tmp_path / "one.opale")
    qtbot.waitUntil(lambda: len(kept(small_document)) == len(found))
    monkeypatch.setattr("planner.score.audit", None)
    again = Document.open(path, read_only=True)
    try:
        for name, judgement in found.items():
            assert again.outcome(name).judgement == judgement
    finally:
        again.close()


def test_only_the_scenarios_own_plans_are_kept(
    small_document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    small_document.do(AdoptPlan(scenario=BASE, plan=planned(small_document, 480)))
    small_document.outcome().judgement  # noqa: B018 - audited here
    tried = small_document.outcome(BASE, planned(small_document, 505))
    tried.judgement  # noqa: B018 - audited here
    small_document.save(tmp_path / "one.opale")
    qtbot.waitUntil(lambda: bool(kept(small_document)))
    assert len(kept(small_document)) == 1
