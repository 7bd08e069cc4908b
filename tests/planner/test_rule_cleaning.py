"""A longer cleaning after some cases, before the turnover of the next."""

from typing import Any

import pytest
from theatre_tables import said

from planner.rules.contract import Scope
from planner.rules.theatre.cleaning import Cleaning

CLEANING = Cleaning(id="T17", minutes=30, scope=Scope.of(flag=["infectious"]))


def case(id: str, start: str | None, *flags: str, **more: Any) -> dict[str, Any]:
    row = {"id": id, "in": "A", "minutes": 60, "flags": list(flags)} | more
    return row if start is None else row | {"start": start}


@pytest.mark.parametrize(
    ("second", "turnover", "short"),
    [("09:30", 0, 0), ("09:29", 0, 1), ("09:50", 20, 0), ("09:49", 20, 1), ("09:00", 0, 30)],
)
def test_the_next_case_waits_for_the_cleaning_and_its_own_turnover(
    second: str, turnover: int, short: int
) -> None:
    cases = [case("K1", "08:00", "infectious"), case("K2", second, turnover=turnover)]
    found = [("not_cleaned", ("K1", "K2"), short)] if short else []
    assert said(CLEANING, cases=cases) == found


def test_the_case_before_is_as_always_and_the_last_of_a_day_costs_nothing() -> None:
    cases = [case("K1", "08:00"), case("K2", "09:00", "infectious")]
    assert said(CLEANING, cases=cases) == []


def test_two_such_cases_each_have_their_cleaning() -> None:
    cases = [
        case("K1", "08:00", "infectious"),
        case("K2", "09:20", "infectious"),
        case("K3", "10:45"),
    ]
    assert said(CLEANING, cases=cases) == [
        ("not_cleaned", ("K1", "K2"), 10),
        ("not_cleaned", ("K2", "K3"), 5),
    ]


def test_the_afternoon_of_the_theatre_waits_too_and_other_theatres_do_not() -> None:
    sessions = [
        {"id": "A", "end": "12:00"},
        {"id": "B", "start": "12:00"},
        {"id": "C", "theatre": "R2"},
    ]
    cases = [
        case("K1", "11:00", "infectious"),
        case("K2", "12:10", **{"in": "B"}),
        case("K3", "12:10", **{"in": "C"}),
    ]
    assert said(CLEANING, sessions=sessions, cases=cases) == [("not_cleaned", ("K1", "K2"), 20)]


def test_a_case_without_a_start_is_not_judged() -> None:
    assert said(CLEANING, cases=[case("K1", "08:00", "infectious"), case("K2", None)]) == []
