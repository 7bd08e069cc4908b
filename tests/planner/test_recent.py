"""The outcome that was asked about last is known again by its values, and audited once."""

from copy import deepcopy
from dataclasses import replace

import pytest
from kpi_house import house, staff

from planner import recent as recently
from planner.kpis import contract
from planner.plan import Duty, Plan
from planner.recent import recent
from planner.rostering import CoverRequirement
from planner.rules.roster.coverage import Coverage

HOUSE = house(
    staff=staff("I1", "I2"),
    cover=(CoverRequirement(id="n", day=1, shifts=frozenset({"D"})),),
    rules=(Coverage(id="cover", tier=1, weight=500),),
)
PLAN = Plan.build([], [Duty("I1", 0, "D")])  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recently, "_LAST", [])


def test_what_is_read_again_is_not_audited_again(monkeypatch: pytest.MonkeyPatch) -> None:
    audits: list[object] = []
    judge = contract.judge

    def counted(*given: object, **more: object) -> object:
        audits.append(given)
        return judge(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(contract, "judge", counted)
    first = recent(HOUSE, PLAN)
    again = recent(deepcopy(HOUSE), deepcopy(PLAN))
    assert again is first
    assert again.judgement is first.judgement
    assert first.judgement.score.tiers[0] == 500
    assert len(audits) == 1


def test_another_plan_or_fact_is_another_outcome() -> None:
    first = recent(HOUSE, PLAN)
    done = Plan.build([], [Duty("I1", 1, "D")])  # type: ignore[arg-type]
    other = recent(HOUSE, done)
    assert other is not first
    assert other.judgement.score.tiers[0] == 0
    fewer = recent(replace(HOUSE, cover=()), done)
    assert fewer is not other
    assert recent(HOUSE, PLAN) is not first  # the last one alone is kept
