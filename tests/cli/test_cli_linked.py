"""Theatres and roster follow each other on the command line, in a scenario."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.study_file import open_study
from planner.kpis.contract import Outcome
from planner.runs import Budget
from ui.cli import budgets

Call = Callable[..., Any]


def test_a_scenario_takes_the_cover_of_its_plan_and_the_teams_of_its_roster(
    two: Path, call: Call
) -> None:
    target = f"{two}#closed"
    ended = call("scenario", "change", target, "--do", "cover-from-plan", "--json")
    assert ended.code == 0
    assert "cover requirements move" in ended.document["told"][0]
    assert call("scenario", "change", target, "--do", "cover-from-plan").code == 1  # all is so
    ended = call("scenario", "change", target, "--do", "teams-from-roster", "monday", "--json")
    assert ended.code == 0
    assert "half-days looked at" in ended.document["told"][0]
    with open_study(two) as opened:
        groups = [group.name for group in opened.study.scenario("closed").changes]
        assert groups[1:] == ["cover-from-plan", "teams-from-roster monday"]
        assert opened.study.base.cover != opened.study.problem("closed").cover


@pytest.mark.long
def test_solving_with_links_records_the_facts_that_follow(
    two: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "Budget", lambda **_: Budget(effort=0.002))
    words = ("solve", "--linked", "--effort", "1", "--events", "none", "--json")
    with open_study(two) as opened:
        before = opened.study
    ended = call(*words, two)
    assert "new scenario “Theatres and roster in turn”" in ended.err  # the base keeps its own facts
    ended = call(*words, f"{two}#closed")
    assert ended.code in (0, 2)
    with open_study(two) as opened:
        study = opened.study
        assert [group.name for group in study.scenario("closed").changes][1:] == [
            "cover-from-plan",
            "teams-from-roster",
        ]
        assert not study.stale("closed")
        assert not study.stale("Theatres and roster in turn")
        assert study.base.cover == before.base.cover
        assert study.scenario("base").plan == before.scenario("base").plan
        plan, waivers = study.scenario("closed").plan, study.waivers("closed")
        score = Outcome(study.problem("closed"), plan, waivers).judgement.score
        assert ended.document["score"]["total"] == score.total
        assert ended.document["score"]["hard"] == score.hard


def test_a_call_out_is_recorded_and_what_it_breaks_is_told(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        duty = next(iter(opened.study.scenario("base").plan.duties))
        day = opened.study.base.horizon.date(duty.day).isoformat()
    words = ("scenario", "call-out", two, duty.person, day, "22:15", "95", "--json")
    ended = call(*words)
    assert ended.code == 0
    assert f"{duty.person} was not on call from home then." in ended.document["told"]
    with open_study(two) as opened:
        study = opened.study
        assert [shift.id for shift in study.base.shifts if "callout" in shift.tags] == [
            "CO-2215-95"
        ]
        duties = [d.shift for d in study.scenario("base").plan.duties if d[:2] == duty[:2]]
        assert sorted(duties) == sorted([duty.shift, "CO-2215-95"])
    assert call(*words[:4], "someday", "22:15", "95").code == 1
