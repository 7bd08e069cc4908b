"""Weekends worked, of four in a row or of the horizon."""

import datetime as dt

import pytest
from roster_words import Found, judged

from planner.rules.roster.weekend_count import WeekendCount

SATURDAY = dt.date(2026, 6, 6)
SUNDAY = dt.date(2026, 6, 7)


def weeks(*weekends: str) -> str:
    """Write a roster that begins on a Saturday: the weekends, with five days off between."""
    return " - - - - - ".join(weekends)


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        (weeks("M M", "- M", "- -", "- -"), []),
        (weeks("M M", "- M", "M -", "- -"), [Found("weekends_many", 0, 22, 1)]),
        (weeks("M M", "- M", "- -", "- -", "M -"), []),
        (weeks("M M", "- -", "- M", "- -", "M -"), []),
        (weeks("- -", "- M", "- M", "- -", "M -"), [Found("weekends_many", 7, 29, 1)]),
        (weeks("M M", "M M", "M M", "M M"), [Found("weekends_many", 0, 22, 2)]),
        (weeks("M M", "M M", "M M"), [Found("weekends_many", 0, 15, 1)]),  # fewer than four known
        (weeks("M M", "M M", "M M") + " - - - - - M", [Found("weekends_many", 0, 22, 2)]),
        (weeks("M M", "M M", "- -", "- -") + " - - - - - M", []),  # a fifth, half known
    ],
)
def test_two_of_any_four(roster: str, found: list[Found]) -> None:
    assert judged(WeekendCount(id="R", window="rolling", of=4, most=2), roster, SATURDAY) == found


def test_the_past_counts_where_a_window_ends_in_the_horizon() -> None:
    rule = WeekendCount(id="R", window="rolling", of=2, most=1)
    past = "M M - - - - - |"
    assert judged(rule, f"{past} M -", SATURDAY) == [Found("weekends_many", -7, 1, 1)]
    assert judged(rule, f"{past} - -", SATURDAY) == []
    assert judged(rule, "M M - - - - - M M | - - - - -", SATURDAY + dt.timedelta(days=2)) == []


def test_a_weekend_across_day_0_counts_by_what_is_known() -> None:
    rule = WeekendCount(id="R", window="rolling", of=1, most=0)
    assert judged(rule, "M | -", SUNDAY) == [Found("weekends_many", -1, 0, 1)]
    assert judged(rule, "- | -", SUNDAY) == []
    assert judged(rule, "? | M", SUNDAY) == [Found("weekends_many", -1, 0, 1)]
    horizon = WeekendCount(id="R", most=0)
    assert judged(horizon, "M | - -", SUNDAY) == []
    assert judged(horizon, "- | M -", SUNDAY) == [Found("weekends_many", 0, 1, 1)]


def test_the_horizon_has_its_minimum_too() -> None:
    rule = WeekendCount(id="R", least=2, most=None)
    assert judged(rule, weeks("M -", "- -", "- M"), SATURDAY) == []
    assert judged(rule, weeks("M -", "- -", "- -"), SATURDAY) == [Found("weekends_few", 0, 15, 1)]


def test_a_minimum_needs_wholly_known_weekends() -> None:
    rule = WeekendCount(id="R", window="rolling", of=2, least=1, most=None)
    assert judged(rule, weeks("- -", "-"), SATURDAY) == []
    assert judged(rule, weeks("- -", "- -"), SATURDAY) == [Found("weekends_few", 0, 8, 1)]


def test_the_weekend_of_night_staff_is_sunday_and_monday() -> None:
    rule = WeekendCount(id="R", weekend=frozenset({6, 0}), most=0)
    assert judged(rule, "N12 - - - -", SATURDAY) == []
    assert judged(rule, "- - N12 - -", SATURDAY) == [Found("weekends_many", 0, 4, 1)]
    one = WeekendCount(id="R", weekend=frozenset({6, 0}), window="rolling", of=1, most=0)
    assert judged(one, "- N12 - - -", SATURDAY) == [Found("weekends_many", 1, 2, 1)]


def test_days_apart_are_weekends_apart() -> None:
    rule = WeekendCount(id="R", weekend=frozenset({0, 2}), most=0)
    assert judged(rule, "- - M - M", SATURDAY) == [Found("weekends_many", 0, 4, 2)]


def test_no_days_are_no_weekend() -> None:
    for window in ("rolling", "horizon"):
        assert judged(WeekendCount(id="R", weekend=frozenset(), window=window, most=0), "M M") == []


def test_a_night_counts_for_the_day_on_which_it_starts() -> None:
    friday = SATURDAY - dt.timedelta(days=1)
    assert judged(WeekendCount(id="R", most=0), "N12 - -", friday) == []
    assert judged(WeekendCount(id="R", most=0), "- - N12", friday) == [
        Found("weekends_many", 0, 2, 1)
    ]
