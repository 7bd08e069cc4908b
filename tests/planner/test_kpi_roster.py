"""Indicators of rosters, worked out by hand."""

import pytest
from kpi_house import house, staff, values

from planner.people import Absence, Request
from planner.plan import Duty
from planner.rostering import CoverRequirement


def need(id: str, day: int = 0, **more: object) -> CoverRequirement:
    given: dict[str, object] = {"shifts": frozenset({"D"}), "least": 1, "best": 1}
    return CoverRequirement(id=id, day=day, **(given | more))  # type: ignore[arg-type]


def test_hours_are_effective_and_calls_are_none() -> None:
    problem = house(staff=staff("I1"))
    found = values(problem, duties=[Duty("I1", 0, "D"), Duty("I1", 1, "N"), Duty("I1", 2, "A")])
    assert found["staff_minutes"] == 450 + 600
    assert found["minutes_below"] == 2100 - 1050
    assert found["minutes_above"] == 0


def test_absence_and_share_lower_what_is_owed() -> None:
    half = staff("I1", share=50)
    problem = house(staff=half, absences=(Absence(id="L", person="I1", first=0, last=2),))
    worked = [Duty("I1", 4, "D"), Duty("I1", 5, "D")]
    assert values(problem, duties=worked)["minutes_above"] == 900 - 600  # 2100 × 50 % × 4 ÷ 7


def test_nothing_is_owed_after_the_last_day() -> None:
    problem = house(staff=staff("I1", last=3))
    assert values(problem)["minutes_below"] == 1200  # 2100 × 4 ÷ 7
    assert values(house(staff=staff("I1", last=-1)))["minutes_below"] == 0


def test_nobody_who_left_before_counts_for_nights() -> None:
    people = staff("I1", "I2") + staff("I3", last=-1)
    found = values(house(staff=people), duties=[Duty("I1", 0, "N"), Duty("I2", 3, "N")])
    assert found["nights_range"] == 0


def test_hours_away_on_a_day_are_still_owed() -> None:
    away = Absence(id="L", person="I1", first=0, last=0, start=480, end=600)
    problem = house(staff=staff("I1"), absences=(away,))
    assert values(problem)["minutes_below"] == 2100


def test_cover_counts_people_with_the_skill_once() -> None:
    people = staff("I1", skills=frozenset({"scrub"})) + staff("I2")
    problem = house(
        staff=people,
        cover=(
            need("any", best=3),
            need("scrub", skill="scrub", least=2, best=2),
            need("free", day=1),
        ),
    )
    found = values(problem, duties=[Duty("I1", 0, "D"), Duty("I2", 0, "D")])
    assert found["cover_short"] == 1 + 1  # a scrub nurse on day 0, somebody on day 1
    assert found["cover_thin"] == 1 + 1 + 1


def test_wishes_are_refused_or_met() -> None:
    wishes = (
        Request(id="1", person="I1", day=0, shift="D"),
        Request(id="2", person="I1", day=1, shift=None, wanted=False),
        Request(id="3", person="I1", day=2, shift="N", wanted=False),
        Request(id="4", person="I1", day=3, shift=None),
        Request(id="5", person="I1", day=99, shift="D"),
    )
    problem = house(staff=staff("I1"), requests=wishes)
    found = values(problem, duties=[Duty("I1", 0, "D"), Duty("I1", 1, "N")])
    assert found["wishes_refused"] == 2  # a day off on day 1, any shift on day 3
    assert found["wishes_met"] == pytest.approx(50.0)


def test_nights_range_over_those_who_may_work_them() -> None:
    people = staff("I1", "I2", "I3") + staff("DAY", shifts=frozenset({"D"}))
    away = Absence(id="L", person="I3", first=0, last=6)
    problem = house(staff=people, absences=(away,))
    found = values(problem, duties=[Duty("I1", 0, "N"), Duty("I1", 1, "N"), Duty("I2", 3, "N")])
    assert found["nights_range"] == 1  # I3 is away, DAY never works nights


def test_gini_is_0_when_nights_follow_the_share() -> None:
    people = staff("I1") + staff("I2", share=50)
    problem = house(staff=people)
    even = [Duty("I1", 0, "N"), Duty("I1", 1, "N"), Duty("I2", 3, "N")]
    assert values(problem, duties=even)["nights_gini"] == pytest.approx(0.0)


def test_gini_of_all_on_one_of_two_is_a_half() -> None:
    problem = house(staff=staff("I1", "I2"))
    found = values(problem, duties=[Duty("I1", 0, "N"), Duty("I1", 5, "D")])
    assert found["nights_gini"] == pytest.approx(0.5)  # Σ|x − y| = 4, n = 2, mean 1: 4 ÷ 8
    assert found["weekends_gini"] == pytest.approx(0.5)
    assert values(problem)["nights_gini"] is None


def test_gini_weighs_by_the_share_not_by_the_head() -> None:
    """Fair shares 2 and 1 of three nights; x is 3 ÷ 2 and 0, Σ|x − y| = 3: 3 ÷ (4 × 1.5)."""
    problem = house(staff=staff("I1") + staff("I2", share=50))
    found = values(problem, duties=[Duty("I1", day, "N") for day in range(3)])
    assert found["nights_gini"] == pytest.approx(0.5)
    other = values(problem, duties=[Duty("I2", day, "N") for day in range(3)])
    assert other["nights_gini"] == pytest.approx(0.5)


def test_a_weekend_counts_once() -> None:
    problem = house(days=14, staff=staff("I1", "I2"))
    found = values(problem, duties=[Duty("I1", 5, "D"), Duty("I1", 6, "D"), Duty("I1", 12, "D")])
    assert found["weekends_range"] == 2
