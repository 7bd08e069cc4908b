"""A hard rule that only the audit can judge is kept by the search as well (T37)."""

import pytest
from kpi_house import case, house, session
from theatre_small import solved

from planner.cases import Procedure
from planner.rules.theatre.needs_start import NeedsStart
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.rules.theatre.session_slack import SessionSlack
from planner.rules.theatre.unscheduled import Unscheduled
from planner.rules.theatre.waiting import Waiting
from planner.runs import Budget


@pytest.mark.parametrize(("tier", "apart"), [(0, True), (2, False)])
def test_long_cases_are_spread_where_slack_is_law(tier: int, apart: bool) -> None:
    """Four of two hours fit one session by their means; with deviations of 40 min only three do."""
    problem = house(
        sessions=(session("A", 0), session("B", 1)),
        procedures=(Procedure(id="P", specialty="S", turnover=0),),
        cases=tuple(case(f"K{n}", 120, deviation=40, due=0) for n in range(4)),
        rules=(
            RoomOverlap(id="T01"),
            NeedsStart(id="start"),
            SessionOvertime(id="T03"),
            SessionSlack(id="T37", tier=tier, weight=None if tier == 0 else 1),
            Unscheduled(id="out", tier=1, weight=300),
            Waiting(id="wait", tier=3, weight=100),  # the first day is the better one
        ),
    )
    result, _ = solved(problem, budget=Budget(effort=0.2))
    placed = [placement.session for placement in result.plan.placements]
    assert len(placed) == 4
    assert result.score.hard == 0
    assert (max(map(placed.count, placed)) < 4) or not apart


def test_a_counted_search_in_which_nobody_can_do_anything_ends() -> None:
    """Without surgeons no case has a place, and there is nothing to free."""
    problem = house(
        sessions=(session("A", 0),),
        cases=(case("K1"),),
        surgeons=(),
        rules=(RoomOverlap(id="T01"), NeedsStart(id="start"), Unscheduled(id="out", tier=1)),
    )
    result, _ = solved(problem, budget=Budget(effort=0.2))
    assert [*result.plan.placements] == []
