"""Indicators of sessions and surgeons, worked out by hand; the golden test of the domain reference 3.5."""

import pytest
from kpi_house import case, house, session, values

from planner.cases import Procedure
from planner.plan import Placement


def test_golden_session_of_the_french_indicators() -> None:
    """08:00 to 16:30, τ = 15, planned 90 + 90 + 90 + 120: TVO 510, TPOS 435, opening 85.0 %."""
    lengths = {"A": 90, "B": 90, "C": 90, "D": 120}
    problem = house(
        days=1,
        theatres=house().theatres[:1],
        sessions=(session("L", end=990),),
        cases=tuple(case(id, minutes) for id, minutes in lengths.items()),
    )
    starts = {"A": 500, "B": 630, "C": 755, "D": 890}
    found = values(problem, [Placement(id, "L", "X1", start) for id, start in starts.items()])
    assert found["offered_minutes"] == 510
    assert found["planned_minutes"] == 435
    assert found["planned_fill"] == pytest.approx(85.294, abs=1e-3)
    assert found["opening_rate"] == pytest.approx(85.0)
    assert found["planned_overtime"] == 890 + 120 - 990
    assert found["capped_fill"] == pytest.approx(100 * (90 * 3 + 100) / 510)
    assert found["underused_minutes"] == 75
    assert found["late_sessions"] == 1
    assert found["surgeon_idle"] == (890 + 120 - 500) - 390


def test_closed_sessions_offer_nothing_and_empty_ones_are_counted() -> None:
    problem = house(
        sessions=(session("A"), session("B", 1), session("C", 2, closed=True)), cases=(case("K"),)
    )
    found = values(problem, [Placement("K", "A", "X1", 480)])
    assert found["offered_minutes"] == 960
    assert found["empty_sessions"] == pytest.approx(50.0)
    assert found["open_sessions"] == 1
    assert found["used_fill"] == pytest.approx(100 * 60 / 480)
    assert found["planned_fill"] == pytest.approx(100 * 60 / 960)


def test_sessions_kept_for_emergencies_are_no_offer() -> None:
    problem = house(
        sessions=(session("A"), session("E", theatre="R2", emergency=True)),
        cases=(case("K1"), case("K2")),
    )
    found = values(problem, [Placement("K1", "A", "X1", 480), Placement("K2", "E", "X2", 480)])
    assert found["offered_minutes"] == 480
    assert found["empty_sessions"] == 0
    assert found["open_sessions"] == 1
    assert found["planned_minutes"] == 60
    assert found["planned_fill"] == found["used_fill"] == pytest.approx(100 * 60 / 480)
    assert found["patient_fill"] == found["capped_fill"] == pytest.approx(100 * 60 / 480)


def test_a_week_of_a_theatre_could_be_open_for_54_hours() -> None:
    problem = house(theatres=house().theatres[:1], sessions=(session("A"),))
    assert values(problem)["opening_rate"] == pytest.approx(100 * 480 / (54 * 60))


def test_without_starts_overtime_is_the_sum_less_the_spare_turnover() -> None:
    problem = house(sessions=(session("A", end=580),), cases=(case("K1"), case("K2")))
    found = values(problem, [Placement("K1", "A"), Placement("K2", "A")])
    assert found["planned_overtime"] == 2 * (60 + 15) - 15 - 100
    assert found["surgeon_idle"] == 0
    assert found["break_in_gap"] is None


def test_a_second_theatre_on_a_day_is_a_room_change() -> None:
    problem = house(
        sessions=(session("A"), session("B", theatre="R2"), session("C", 1)),
        cases=(case("K1"), case("K2"), case("K3")),
    )
    found = values(
        problem,
        [Placement("K1", "A", "X1", 480), Placement("K2", "B", "X1", 600),
         Placement("K3", "C", "X1", 480)],
    )  # fmt: skip
    assert found["room_changes"] == 1
    assert found["surgeon_idle"] == 60


@pytest.mark.parametrize(
    ("starts", "gap"),
    [
        ([480], 60),  # 8:00 to 9:00
        ([480, 600], 120),  # ends at 9:00 and 11:00
        ([480, 510, 555], 60),  # in two theatres: 9:00, 9:30, 10:15
    ],
)
def test_longest_time_without_a_case_that_ends(starts: list[int], gap: int) -> None:
    problem = house(
        sessions=(session("A"), session("B", theatre="R2")),
        cases=tuple(case(f"K{n}") for n in range(len(starts))),
    )
    placements = [
        Placement(f"K{n}", "AB"[n % 2], f"X{n % 2 + 1}", start) for n, start in enumerate(starts)
    ]
    assert values(problem, placements)["break_in_gap"] == gap


def test_a_patient_leaves_recovery_before_the_next_arrives() -> None:
    problem = house(
        sessions=(session("A"), session("B", theatre="R2")),
        cases=(case("K1"), case("K2"), case("K3")),
        procedures=(Procedure(id="P", specialty="S", turnover=0, recovery=60),),
    )
    one_by_one = [Placement("K1", "A", "X1", 480), Placement("K2", "A", "X1", 540)]
    assert values(problem, one_by_one)["recovery_peak.PACU"] == 1
    together = [*one_by_one, Placement("K3", "B", "X2", 510)]
    assert values(problem, together)["recovery_peak.PACU"] == 2
    assert values(problem)["recovery_peak.PACU"] is None
