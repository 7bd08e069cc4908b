"""36 hours of rest that end in a civil week: at the bound, over weeks, clock changes, unknown days."""

import datetime as dt

import pytest
from roster_words import MONDAY, Found, facts, judged, situation

from planner.rules.roster.weekly_rest import WeeklyRest

SHORT = Found("weekly_rest_short", -3, 6, 1)
FRIDAY = "D12 D12 D12 |"  # Friday to Sunday, the last until 19:30


@pytest.mark.parametrize(
    ("minutes", "roster", "found"),
    [
        (2160, f"{FRIDAY} D12 - D12 D12 D12 D12 D12", []),  # 19:30 to 07:30, two nights and a day
        (2161, f"{FRIDAY} D12 - D12 D12 D12 D12 D12", [SHORT]),
        (2160, f"{FRIDAY} D12 D12 D12 D12 D12 D12 D12", [SHORT]),
        (2160, f"{FRIDAY} N12 - N12 N12 N12 N12 N12", []),  # Tuesday 07:30 to Wednesday 19:30
        (2160, f"{FRIDAY} N12 - D12 D12 D12 D12 D12", [SHORT]),
        (2160, f"{FRIDAY} - D12 D12 D12 D12 D12 D12", []),  # it begins on Sunday at 19:30
        (2160, "D12 D12 - | D12 D12 D12 D12 D12 D12 D12", []),  # ends on Monday 07:30
        (2160, "D12 M - | D12 D12 D12 D12 D12 D12 D12", []),
        (2160, "D12 - D12 | D12 D12 D12 D12 D12 D12 D12", [SHORT]),  # it ended on Sunday
        (2160, f"{FRIDAY} - - - - - - -", []),
        (2160, "D12 D12 D12 D12 D12 D12 D12", []),  # the days before are unknown
        (2160, "? ? ? | D12 D12 D12 D12 D12 D12 D12", []),
        (2160, "? ? D12 | D12 D12 D12 D12 D12 D12 D12", [SHORT]),
        (2160, f"{FRIDAY} D12 D12 D12 D12 D12", []),  # Saturday and Sunday are unknown
        (2160, f"{FRIDAY} D12 D12 D12 D12 D12 D12", [SHORT]),  # Saturday 19:30 to Sunday's end
        (1710, f"{FRIDAY} D12 D12 D12 D12 D12 D12", []),  # are 28 h 30
        (1711, f"{FRIDAY} D12 D12 D12 D12 D12 D12", [SHORT]),
    ],
)
def test_a_week(minutes: int, roster: str, found: list[Found]) -> None:
    assert judged(WeeklyRest(id="R", minutes=minutes), roster) == found


def test_each_week_is_judged() -> None:
    weeks = f"{FRIDAY} D12 D12 - D12 D12 D12 D12 D12 D12 D12 D12 D12 D12 D12"
    assert judged(WeeklyRest(id="R"), weeks) == [Found("weekly_rest_short", 4, 13, 1)]


def test_a_week_that_begins_in_the_past_is_judged_when_it_ends_in_the_horizon() -> None:
    thursday = MONDAY + dt.timedelta(days=3)
    past = "D12 D12 D12 D12 D12 D12 |"
    assert judged(WeeklyRest(id="R"), f"{past} D12 D12 D12 D12", thursday) == [
        Found("weekly_rest_short", -6, 3, 1)
    ]
    assert judged(WeeklyRest(id="R"), f"{past} - D12 D12 D12", thursday) == []
    assert judged(WeeklyRest(id="R"), "D12 D12 D12 D12 D12 D12 D12 D12 D12 D12 | -") == []


def test_the_spring_change_takes_an_hour_of_the_rest() -> None:
    monday = dt.date(2026, 3, 23)
    roster = f"{FRIDAY} D12 D12 D12 D12 D12 - D12"  # Friday 19:30 to Sunday 07:30
    assert judged(WeeklyRest(id="R", minutes=2100), roster, monday) == []
    (found,) = judged(WeeklyRest(id="R", minutes=2101), roster, monday)
    assert found.amount == 1
    autumn = dt.date(2026, 10, 19)
    assert judged(WeeklyRest(id="R", minutes=2220), roster, autumn) == []
    assert judged(WeeklyRest(id="R", minutes=2221), roster, autumn) != []


def test_only_duties_with_the_tag_break_a_rest() -> None:
    roster = f"{FRIDAY} D12 N12 M M M M M"
    assert judged(WeeklyRest(id="R", tag="night"), roster) == []
    assert judged(WeeklyRest(id="R", tag="work"), roster) == [SHORT]


def test_the_facts_give_the_longest_rest_and_the_week() -> None:
    (said,) = facts(WeeklyRest(id="R"), *situation({"A": f"{FRIDAY} N12 - D12 D12 D12 D12 D12"}))
    assert said == {"longest": 1440, "least": 2160, "week": "2026-W23", "from_day": 0}


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("M M M M M M - M M M M - - M", []),  # from Thursday 15:06 to Sunday 07:30
        ("M M M M M M - M M M M M - -", []),
        ("M M M M M - M M M M M - M M", [Found("block_rest_short", -4, 13, 1)]),  # 40 h 24 twice
        ("M M M M - - M M M M M - M M", []),
        ("M M M M M M M M M M M M - M", [Found("block_rest_short", -4, 13, 1)]),
    ],
)
def test_48_hours_in_a_fortnight(roster: str, found: list[Found]) -> None:
    past = "M M M M M M M | "
    start = MONDAY - dt.timedelta(days=7)
    rule = WeeklyRest(id="R", minutes=2880, weeks=2)
    assert judged(rule, past + roster, start + dt.timedelta(days=7)) == found


def test_a_fortnight_may_be_counted_a_week_later() -> None:
    rule = WeeklyRest(id="R", minutes=2880, weeks=2, later=1)
    fortnight = " ".join(["M"] * 14)
    assert judged(rule, fortnight) == []  # half of each block is unknown
    whole = " ".join(["M"] * 12) + " | " + fortnight
    assert judged(rule, whole, MONDAY + dt.timedelta(days=0)) == [
        Found("block_rest_short", -11, 6, 1)
    ]
