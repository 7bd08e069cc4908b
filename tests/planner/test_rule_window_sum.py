"""Hours in windows: 7 days in a row, civil weeks, the horizon; at the bound and a minute beyond."""

import datetime as dt

import pytest
from roster_words import MONDAY, Found, facts, judged, situation

from planner.packs.example import SHIFTS
from planner.rostering import ShiftType
from planner.rules.roster.window_sum import WindowSum

FRIDAY = MONDAY + dt.timedelta(days=4)


@pytest.mark.parametrize(
    ("most", "roster", "found"),
    [
        (2880, "D12 D12 - D12 D12 - -", []),
        (2879, "D12 D12 - D12 D12 - -", [Found("hours_many", 0, 6, 1)]),
        (2880, "D12 D12 D12 D12 D12", [Found("hours_many", 0, 4, 720)]),  # all that is known
        (2880, "D12 D12 D12 D12 D12 - -", [Found("hours_many", 0, 6, 720)]),
        (2880, "D12 | D12 D12 D12 D12 -", [Found("hours_many", -1, 4, 720)]),
        (2880, "D12 | D12 D12 D12 D12 - -", [Found("hours_many", -1, 5, 720)]),
        (2880, "? | D12 D12 D12 D12 -", []),
        (2880, "D12 ? | D12 D12 D12 D12 -", [Found("hours_many", -2, 4, 720)]),
        (2880, "D12 ? | D12 D12 D12 D12 - -", []),  # a day further, seven known are not wholly known
        (2880, "D12 D12 D12 D12 D12 - - | - - - - - - -", []),  # in the past: not ours
        (2880, "D12 D12 D12 D12 D12 - | -", [Found("hours_many", -6, 0, 720)]),
        (2160, "D12 D12 D12 | D12 D12 D12 D12", [
            Found("hours_many", -3, 3, 2880),
        ]),
        (720, "- - - | - - - - D12 D12 -", [
            Found("hours_many", -1, 5, 720), Found("hours_many", 0, 6, 720),
        ]),
    ],
)  # fmt: skip
def test_any_seven_days(most: int, roster: str, found: list[Found]) -> None:
    assert judged(WindowSum(id="R", most=most), roster) == found


@pytest.mark.parametrize(
    ("start", "roster", "found"),
    [
        (MONDAY, "J9 J9 J9 J9 J9 - -", [Found("hours_many_week", 0, 6, 60)]),
        (MONDAY, "D12 D12 D12 - - M -", []),
        (FRIDAY, "D12 D12 D12 D12 D12 - - - - -", []),
        (FRIDAY, "D12 D12 D12 D12", []),
        (FRIDAY, "- D12 D12 - | D12 D12 D12", [Found("hours_many_week", -4, 2, 960)]),
        (FRIDAY, "? D12 D12 - | D12 D12 -", [Found("hours_many_week", -4, 2, 240)]),
        (FRIDAY, "J9 J9 J9 J9 J9 - - M M M M | - - - M M", []),  # the week before is not ours
        (MONDAY, "- - - - - - - D12 D12 D12 D12", [Found("hours_many_week", 7, 13, 240)]),
    ],
)
def test_civil_weeks(start: dt.date, roster: str, found: list[Found]) -> None:
    assert judged(WindowSum(id="R", window="week", most=2640), roster, start) == found


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("M M M M M - -", []),  # 2280
        ("M M M M - - -", [Found("hours_few_week", 0, 6, 456)]),
        ("M M M M - -", []),  # Sunday is unknown
        ("M | M M M M M - -", []),
    ],
)
def test_a_minimum_of_a_week_needs_the_whole_week(roster: str, found: list[Found]) -> None:
    assert judged(WindowSum(id="R", window="week", least=2280, most=None), roster) == found


def test_a_minimum_of_rolling_days_has_no_window_of_fewer() -> None:
    rule = WindowSum(id="R", least=456, most=None, days=3)
    assert judged(rule, "- -") == []
    assert judged(rule, "- - -") == [Found("hours_few", 0, 2, 456)]
    assert judged(rule, "- | - - M - - - M") == [
        Found("hours_few", -1, 1, 456),
        Found("hours_few", 3, 5, 456),
    ]
    assert judged(rule, "- ? | - - M") == []


def test_the_horizon_has_bounds_on_both_sides() -> None:
    rule = WindowSum(id="R", window="horizon", least=1368, most=1824)
    assert judged(rule, "D12 D12 | M M - M") == []
    assert judged(rule, "M M - - -") == [Found("hours_few", 0, 4, 456)]
    assert judged(rule, "M M M M M") == [Found("hours_many", 0, 4, 456)]


def test_a_clock_change_counts_by_minutes_that_pass() -> None:
    autumn, spring = dt.date(2026, 10, 24), dt.date(2026, 3, 28)
    rule = WindowSum(id="R", most=1440, days=2)
    assert judged(rule, "N12 N12", autumn) == [Found("hours_many", 0, 1, 60)]
    assert judged(rule, "D12 D12", autumn) == []
    assert judged(WindowSum(id="R", most=1379, days=2), "N12 N12", spring) == [
        Found("hours_many", 0, 1, 1)
    ]


def test_presence_and_worked_time_are_two_numbers() -> None:
    """Five F and a night: 2 865 minutes worked, 3 060 of presence."""
    work = frozenset({"work"})
    table = (
        ShiftType(id="F", start=360, end=850, pause=30, tags=work),
        ShiftType(id="N", start=1220, end=1830, pause=45, tags=work),
    )
    for measure, minutes in (("effective", 2865), ("elapsed", 3060)):
        for most, over in ((minutes, []), (minutes - 1, [Found("hours_many_week", 0, 6, 1)])):
            rule = WindowSum(id="R", window="week", measure=measure, most=most)
            assert judged(rule, "F F F F F N -", shifts=table) == over
    five = WindowSum(id="R", window="week", most=2310)
    assert judged(five, "F F F F F - -", shifts=table) == []


def test_only_the_tag_counts_and_both_tracks_do() -> None:
    call = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"call", "work"}))
    shifts = (*SHIFTS, call)
    assert judged(WindowSum(id="R", tag="night", most=719), "D12 N12 M", shifts=shifts) == [
        Found("hours_many", 0, 2, 1)
    ]
    assert judged(WindowSum(id="R", most=1000), "D12+K M+K", shifts=shifts) == [
        Found("hours_many", 0, 1, 296)
    ]


def test_the_facts_name_the_iso_week() -> None:
    problem, plan = situation({"A": "D12 - D12 - D12 - D12"}, dt.date(2026, 12, 28))
    (said,) = facts(WindowSum(id="R", window="week", most=2640), problem, plan)
    assert (said["week"], said["worked"], said["limit"], said["off"]) == (
        "2026-W53",
        2880,
        2640,
        240,
    )
