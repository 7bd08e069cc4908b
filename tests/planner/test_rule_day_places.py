"""Places of the day unit, taken in turn or once a day, and its closing."""

from typing import Any

import pytest
from theatre_tables import linear, loads, said, situation, space

from planner.rules.contract import Scope
from planner.rules.space import TheatreSpace
from planner.rules.theatre.day_places import DayPlaces
from planner.rules.theatre.day_unit_hours import DayUnitHours

PLACES, HOURS = DayPlaces(id="T28"), DayUnitHours(id="T28-home")
ROOMS = [{"id": "A"}, {"id": "B", "theatre": "R2"}]
UCA = [{"id": "UCA", "places": 1, "start": "07:00", "end": "20:00"}]


def case(id: str, start: str | None, session: str = "A", **more: Any) -> dict[str, Any]:
    row = {"id": id, "in": session, "minutes": 60, "mode": "day", "unit": "UCA"}
    row |= {"recovery": 60, "stay": 120, "surgeon": f"X{id}"} | more
    return row if start is None else row | {"start": start}


@pytest.mark.parametrize(("second", "short"), [("13:00", 0), ("12:59", 1), ("12:00", 60)])
def test_a_place_is_free_again_when_its_patient_goes_home(second: str, short: int) -> None:
    """K1 holds it from 07:00, an hour before, to 12:00; K2 needs it an hour before its start."""
    cases = [case("K1", "08:00"), case("K2", second, "B")]
    found = [("unit_short", ("UCA", "K1", "K2"), short)] if short else []
    assert said(PLACES, sessions=ROOMS, cases=cases, units=UCA) == found


def test_two_places_hold_two_patients_and_a_third_waits() -> None:
    cases = [case("K1", "08:00"), case("K2", "08:00", "B"), case("K3", "12:00")]
    two = [UCA[0] | {"places": 2}]
    found = said(PLACES, sessions=ROOMS, cases=cases, units=two)
    assert found == [("unit_short", ("UCA", "K1", "K2", "K3"), 60)]


def test_patients_come_as_early_as_the_rule_says() -> None:
    cases = [case("K1", "08:00"), case("K2", "12:30", "B")]
    rule = DayPlaces(id="T28", arrival=30)
    assert said(rule, sessions=ROOMS, cases=cases, units=UCA) == []


def test_without_starts_a_day_is_judged_by_its_sum() -> None:
    """Four times 300 minutes for one place from 07:00, an hour before the sessions, to 20:00."""
    cases = [case(f"K{n}", None, "AB"[n % 2]) for n in range(4)]
    assert said(PLACES, sessions=ROOMS, cases=cases, units=UCA) == [
        ("unit_full", ("UCA",), 4 * 300 - 13 * 60)
    ]
    table = {"sessions": ROOMS, "cases": cases, "units": UCA}
    (row,) = linear(PLACES, "relaxation", **table)
    assert (row.hi, row.given) == (780, ("in_session", "day_unit_hours"))
    assert set(loads(row, space(PLACES, **table)).values()) == {300}


def test_sessions_that_begin_earlier_leave_more_time() -> None:
    early = [{"id": "A", "start": "07:00"}]
    cases = [case(f"K{n}", None) for n in range(3)]  # 900 minutes from 06:00 to 20:00
    found = said(PLACES, sessions=early, cases=cases, units=UCA)
    assert [amount for *_, amount in found] == [60]


@pytest.mark.parametrize("start", ["08:00", None])
def test_a_place_that_is_not_used_again_counts_once_a_day(start: str | None) -> None:
    rule = DayPlaces(id="T28", again=False)
    cases = [case("K1", start), case("K2", None, "B")]
    table = {"sessions": ROOMS, "cases": cases, "units": UCA}
    assert said(rule, **table) == [("unit_many", ("UCA",), 13 * 60)]
    (row,) = linear(rule, "exact", **table)
    assert (row.hi, row.each) == (1, 780)
    assert said(rule, sessions=ROOMS, cases=cases[:1], units=UCA) == []


def test_patients_of_no_day_unit_and_units_that_are_not_meant_do_not_count() -> None:
    cases = [case("K1", "08:00"), case("K2", "08:00", "B", mode="inpatient")]
    assert said(PLACES, sessions=ROOMS, cases=cases, units=UCA) == []
    both = [case("K1", "08:00"), case("K2", "08:00", "B")]
    other = DayPlaces(id="T28", scope=Scope.of(ward=["elsewhere"]))
    assert said(other, sessions=ROOMS, cases=both, units=UCA) == []


@pytest.mark.parametrize(("start", "late"), [("16:00", 0), ("16:01", 1)])
def test_patients_are_home_when_the_unit_closes(start: str, late: int) -> None:
    sessions = [{"id": "A", "end": "18:00"}]
    found = said(HOURS, sessions=sessions, cases=[case("K1", start)], units=UCA)
    assert found == ([("unit_closes", ("K1",), 1)] if late else [])


def test_a_session_may_begin_too_late_for_the_unit() -> None:
    sessions, cases = [{"id": "A", "start": "16:30", "end": "20:00"}], [case("K1", None)]
    assert said(HOURS, sessions=sessions, cases=cases, units=UCA) == [("unit_closes", ("K1",), 30)]
    problem, plan = situation(HOURS, sessions=sessions, cases=cases, units=UCA)
    (price,) = HOURS.prices(TheatreSpace(problem, plan.placements))
    assert price.amount == 30
