"""Slack for sessions of which nobody knows how long they last, in hand-made situations."""

import math
from typing import Any

import pytest
from theatre_tables import linear, loads, said, space

from planner.rules.theatre.session_slack import SessionSlack, root_up


def case(id: str, session: str = "A", minutes: int = 60, **more: Any) -> dict[str, Any]:
    return {"id": id, "in": session, "minutes": minutes} | more


@pytest.mark.parametrize(
    ("minutes", "beta", "short"),
    [(440, 52, 0), (445, 52, 4), (480, 0, 0), (480, 52, 39), (485, 0, 5)],
)
def test_slack_is_beta_times_the_root_of_the_squares(minutes: int, beta: int, short: int) -> None:
    cases = [
        case("K1", minutes=240, deviation=60),
        case("K2", minutes=minutes - 240, deviation=45),
    ]
    found = said(
        SessionSlack(id="T37", beta=beta), cases=cases
    )  # √(60² + 45²) = 75, 0.52 × 75 = 39
    assert found == ([("slack_short", ("A",), short)] if short else [])


def test_slack_spares_the_longest_turnover_of_the_session_and_needs_no_start() -> None:
    cases = [
        case("K1", minutes=240, deviation=60, turnover=30),
        case("K2", minutes=200, deviation=45, turnover=20),
    ]
    found = said(SessionSlack(id="T37"), cases=cases)
    assert found == [("slack_short", ("A",), 440 + 50 - 30 + 39 - 480)]


@pytest.mark.parametrize("square", [0, 1, 2, 99, 100, 101, 10**8 - 1, 10**8, 10**8 + 1])
def test_a_root_is_rounded_up(square: int) -> None:
    assert root_up(square, 100) == math.ceil(math.sqrt(square) / 100)


def test_the_slack_guide_is_true_for_a_session_full_of_usual_cases() -> None:
    table: dict[str, Any] = {
        "cases": [{"id": f"K{n}", "minutes": 120, "deviation": 30} for n in range(4)]
    }
    rule = SessionSlack(id="T37", beta=100)
    (guide,) = linear(rule, "guide", **table)
    amounts = set(loads(guide, space(rule, **table)).values())
    assert amounts == {120 + 15}  # 4 × 15 = √(4 × 30²)
    assert guide.hi == 480


def test_slack_is_exact_to_the_minute_where_it_is_long() -> None:
    cases = [
        case("K1", minutes=240, deviation=300),
        case("K2", minutes=240, deviation=400),
    ]
    found = said(SessionSlack(id="T37", beta=300), cases=cases)  # 3 × 500
    assert found == [("slack_short", ("A",), 1500)]
