"""How much a search still gained at its end: what tells a small difference from luck."""

import pytest

from planner.plan import Plan
from planner.runs import PartResult, SolveResult
from planner.score import Score
from solvers.desk import late_gain


def score(total: int, hard: int = 0) -> Score:
    return Score(hard=hard, breaches=int(hard > 0), tiers=(total,), total=total)


@pytest.mark.parametrize(
    ("offers", "now", "gain"),
    [
        ([], 10.0, None),
        ([(0.0, 100)], 10.0, 0),
        ([(0.0, 100), (5.0, 60), (7.9, 50)], 10.0, 0),
        ([(0.0, 100), (5.0, 60), (8.1, 50)], 10.0, 10),
        ([(0.0, 100), (5.0, 60), (8.1, 50), (9.9, 45)], 10.0, 15),
        ([(10.0, 100), (18.5, 90)], 20.0, 10),  # the clock begins with the first plan
        ([(9.9, 100), (10.0, 90)], 10.0, 10),
    ],
)
def test_the_gain_of_the_last_fifth(
    offers: list[tuple[float, int]], now: float, gain: int | None
) -> None:
    assert late_gain([(when, score(total)) for when, total in offers], now) == gain


def test_a_plan_that_became_legal_late_has_no_gain_in_points() -> None:
    offers = [(0.0, score(100, hard=9)), (9.5, score(200))]
    assert late_gain(offers, 10.0) is None


def test_a_result_tells_it_by_part() -> None:
    parts = {
        "theatre": PartResult(status="feasible", score=score(5), late=3),
        "roster": PartResult(status="feasible", score=score(5)),
    }
    result = SolveResult(status="feasible", plan=Plan(), score=score(10), parts=parts)
    assert result.late == {"theatre": 3}
