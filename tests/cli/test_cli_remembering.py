"""The worker judges the roster of a run when all is told, unless it is asked for another run."""

import pytest
from kpi_house import house, staff

from planner import recent as recently
from planner.plan import Duty, Plan
from planner.recent import recent
from planner.rostering import CoverRequirement
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.coverage import Coverage
from planner.runs import SolveRequest
from ui.cli.serving import remember

HOUSE = house(
    staff=staff("I1", "I2"),
    cover=(CoverRequirement(id="n", day=1, shifts=frozenset({"D"})),),
    rules=(NotWhileAway(id="absent"), Coverage(id="cover", tier=1, weight=500)),
)
PLAN = Plan.build([], [Duty("I1", 0, "D")])  # type: ignore[arg-type]


@pytest.mark.parametrize("busy", [False, True])
def test_a_roster_is_judged_before_anybody_calls_in_sick(
    busy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recently, "_LAST", [])
    remember(SolveRequest(problem=HOUSE), PLAN, lambda: busy)
    known = recent(HOUSE, PLAN)
    assert ("judgement" in vars(known)) is not busy
    assert known.judgement.score.tiers[0] == 500
