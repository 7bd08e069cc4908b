"""Situations from the field: hours and weekends over windows, exceptions, and cover by the clock."""

import datetime as dt

import pytest
from roster_words import REST, WARD, Found, broken, facts, sentences, shift, situation

from planner import packs
from planner.clock import read_time
from planner.people import Contract, StaffMember
from planner.rules.roster.min_gap import MinGap
from planner.rules.roster.presence import Presence
from planner.rules.roster.weekend_count import WeekendCount
from planner.rules.roster.weekly_rest import WeeklyRest
from planner.rules.roster.window_sum import WindowSum

FIRST_DAYS = [(2026, 9, 2), (2026, 10, 21), (2026, 3, 25)]
"""A week without a change of the clock, and two over one: days of 12 h 30 stay days of 12 h 30."""


@pytest.mark.parametrize("date", FIRST_DAYS)
def test_f19_72_hours_in_any_168(date: tuple[int, int, int]) -> None:
    pack = packs.load("uk_doctors_2016")
    shifts = (shift("L", "08:00", "20:30", 0, "day", "long"),)
    contract = (Contract(id="NHS-RD"),)
    staff = (StaffMember(id="L1", contract="NHS-RD"),)
    problem, plan = situation(
        {"L1": "L L L - L L L -"}, dt.date(*date), shifts=shifts, staff=staff, contracts=contract
    )
    in_force = {rule.id: rule for rule in pack.rules if rule.enabled}
    found = {id: broken(rule, problem, plan) for id, rule in in_force.items()}
    assert {id: items for id, items in found.items() if items} == {
        "UKD-72h": [Found("hours_many", 0, 6, 180)]
    }
    weekly = WindowSum(id="R", window="week", most=3000)
    assert broken(weekly, problem, plan) == []  # 50 h and 25 h


def test_f14_the_free_weekend_of_night_staff_is_sunday_with_monday() -> None:
    """November 2025: Sundays with Mondays are 2-3, 9-10, 16-17 and 23-24."""
    shifts = (shift("N", "00:00", "08:00", 0, "night"),)
    nights = frozenset({6, 0})
    free = WeekendCount(id="R", weekend=nights, window="rolling", of=4, most=2)
    start = dt.date(2025, 11, 1)
    both, monday, none = "N N", "- N", "- -"
    for weekends, worked in (
        ((both, both, none, none), 0),
        ((monday, both, none, none), 0),
        ((monday, both, monday, none), 1),
        ((both, both, both, both), 2),
    ):
        days = " ".join(f"- {two} N N N -" for two in weekends)
        problem, plan = situation({"H1": days}, start, shifts=shifts)
        assert sum(item.amount for item in broken(free, problem, plan)) == worked
        usual = WeekendCount(id="R", window="rolling", of=4, most=4)
        assert broken(usual, problem, plan) == []


def test_f22_a_rest_of_ten_hours_is_allowed_with_one_of_twelve_in_the_month() -> None:
    """10 h 00 to 10 h 59 pass with the exception, and only beside a rest of 12 h in four weeks."""
    table = (*WARD, shift("K", "07:00", "14:00"), shift("V", "13:00", "19:59"))
    exception = (
        MinGap(id="ten", minutes=600),
        WeeklyRest(id="twelve", minutes=720, weeks=4, later=2),
    )
    for roster, rest, usual, tolerated in (
        ("S K -", 600, False, True),
        ("S F -", 540, False, False),
        ("V F -", 601, False, True),
        ("S T -", 660, True, True),
    ):
        problem, plan = situation({"A": roster}, shifts=table)
        (said,) = facts(MinGap(id="R", minutes=rest + 1), problem, plan)
        assert said["rest"] == rest
        assert (broken(REST, problem, plan) == []) == usual
        assert all(broken(rule, problem, plan) == [] for rule in exception) == tolerated
    # A month without any rest of twelve hours: the exception does not hold.
    round_the_clock = (shift("U", "08:00", "21:00"),)
    past = " ".join(["U"] * 3) + " | " + " ".join(["U"] * 28)
    problem, plan = situation({"A": past}, shifts=round_the_clock)
    assert broken(MinGap(id="ten", minutes=600), problem, plan) == []
    assert [item.what for item in broken(exception[1], problem, plan)] == ["block_rest_short"]


ON_CALL = (
    shift("J", "08:00", "18:00"),
    shift("G", "18:00", "32:00"),
    shift("W1", "20:00", "44:00"),
    shift("W2", "20:00", "44:00"),
    shift("W3", "20:00", "32:00"),
)
"""Days, nights, and a weekend from Friday 20:00 to Monday 08:00 in three duties."""


@pytest.mark.parametrize(("date", "hours"), [((2026, 3, 23), 59), ((2026, 5, 4), 60)])
def test_f35_a_hole_in_on_call_cover(date: tuple[int, int, int], hours: int) -> None:
    rosters = {
        "A": "- - - - - - - | J J J J J - -",
        "B": "- - - - - - W3 | G G G G - - -",
        "C": "- - - - - - - | - - - - W1 W2 W3",
    }
    problem, plan = situation(rosters, dt.date(*date), shifts=ON_CALL)
    rule = Presence(id="R")
    assert broken(rule, problem, plan) == [Found("presence_short", 2, 4, 120)]
    assert sentences(rule, problem, plan)[0].endswith("over 2 h")
    assert "18:00-20:00" in sentences(rule, problem, plan)[0]
    block = WindowSum(id="W", window="horizon", measure="elapsed", most=hours * 60 - 1)
    assert [(f.what, f.amount) for f in broken(block, problem, plan)][-1] == ("hours_many", 1)


@pytest.mark.parametrize(
    ("least", "since", "until", "minutes"),
    [(1, "08:00", "18:00", 0), (2, "08:00", "18:00", 5 * 600), (1, "17:59", "18:01", 1)],
)
def test_f35_cover_is_asked_for_at_hours_of_some_days(
    least: int, since: str, until: str, minutes: int
) -> None:
    rosters = {"A": "- - | J J J J J - -", "B": "- - | G G G G - - -"}
    problem, plan = situation(rosters, shifts=ON_CALL)
    rule = Presence(
        id="R",
        least=least,
        since=read_time(since),
        until=read_time(until),
        weekdays=frozenset(range(5)),
    )
    assert sum(item.amount for item in broken(rule, problem, plan)) == minutes
