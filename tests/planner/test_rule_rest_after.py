"""Rest after days in a row, whole weekends, and how long a duty lasts; at the bound and beyond."""

import datetime as dt

import pytest
from roster_words import MONDAY, Found, facts, judged, situation

from planner.packs.example import OTHERS, SHIFTS
from planner.rostering import ShiftType
from planner.rules.roster.duty_length import DutyLength
from planner.rules.roster.rest_after import RestAfter
from planner.rules.roster.whole_weekends import WholeWeekends

EVERY = (*SHIFTS, *OTHERS)
SATURDAY = MONDAY + dt.timedelta(days=5)


@pytest.mark.parametrize(
    ("minutes", "roster", "found"),
    [
        (2760, "N12 - - M", []),  # from 07:30 to 07:30 two days later: 48 h
        (2880, "N12 - - M", []),
        (2881, "N12 - - M", [Found("rest_after_short", 0, 3, 1)]),
        (2760, "N12 - M -", [Found("rest_after_short", 0, 2, 1)]),
        (2760, "N12 M - -", [Found("rest_after_short", 0, 1, 1)]),
        (2760, "N12 N12 N12 - - M", []),  # the run goes on
        (2760, "N12 - N12 -", [Found("rest_after_short", 0, 2, 1)]),  # 36 h
        (2760, "N12 | - M", [Found("rest_after_short", -1, 1, 1)]),
        (2760, "N12 - | M", [Found("rest_after_short", -2, 0, 1)]),
        (2760, "N12 - M | -", []),
        (2760, "N12 ? | M", []),  # it may have been a night
        (2760, "- N12", []),
        (2760, "N12 M M", [
            Found("rest_after_short", 0, 1, 1), Found("rest_after_short", 0, 2, 1),
        ]),
    ],
)  # fmt: skip
def test_46_hours_after_nights(minutes: int, roster: str, found: list[Found]) -> None:
    assert judged(RestAfter(id="R", minutes=minutes), roster) == found


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("L L L L L - - L", []),  # from 20:30 to 08:00 on the third day: 59 h 30
        ("L L L L L - L", [Found("rest_after_short", 0, 6, 1)]),
        ("L L L L - L", []),  # four are free
        ("L L L L L L - L", [Found("rest_after_short", 1, 7, 1)]),  # the last five of six
        ("L L | L L L - L", [Found("rest_after_short", -2, 4, 1)]),
        ("L ? | L L L L - L", []),
        ("L L L L L M - -", [Found("rest_after_short", 0, 5, 1)]),
        ("L L L L L LN - -", [Found("rest_after_short", 0, 5, 1)]),
    ],
)
def test_48_hours_after_five_long_days(roster: str, found: list[Found]) -> None:
    rule = RestAfter(id="R", tag="L", run=5, minutes=2880)
    assert judged(rule, roster, shifts=EVERY) == found


def test_the_rest_after_nights_is_time_that_passes() -> None:
    rule = RestAfter(id="R", minutes=2880)
    assert judged(rule, "N12 - - M", dt.date(2026, 10, 24)) == []
    found = judged(rule, "N12 - - M", dt.date(2026, 3, 27))  # the clock springs forward on Sunday
    assert found == [Found("rest_after_short", 0, 3, 1)]
    problem, plan = situation({"A": "N12 - - M"}, dt.date(2026, 3, 27))
    assert facts(rule, problem, plan)[0]["rest"] == 2820


def test_two_tracks_of_a_day_are_two_pairs() -> None:
    late = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"work"}))
    found = judged(RestAfter(id="R"), "N12 M+K - -", shifts=(*SHIFTS, late))
    assert found == [Found("rest_after_short", 0, 1, 2)]


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("M M -", []),
        ("- - M", []),
        ("M - -", [Found("weekend_half", 0, 1, 1)]),
        ("- M M", [Found("weekend_half", 0, 1, 1)]),
        ("M | -", [Found("weekend_half", -1, 0, 1)]),
        ("? | M", []),
        ("M - | -", []),
        ("M", []),  # Sunday is unknown
    ],
)
def test_weekends_are_worked_whole(roster: str, found: list[Found]) -> None:
    past = dt.timedelta(days=len(roster.rpartition("|")[0].split()))
    assert judged(WholeWeekends(id="R"), roster, SATURDAY + past) == found


def test_the_weekend_of_night_staff_is_sunday_with_monday() -> None:
    rule = WholeWeekends(id="R", weekend=frozenset({6, 0}))
    assert judged(rule, "N12 - -", SATURDAY) == []
    assert judged(rule, "- N12 -", SATURDAY) == [Found("weekend_half", 1, 2, 1)]


LENGTHS = (
    ShiftType(id="A", start=480, end=1020, pause=20),
    ShiftType(id="B", start=480, end=1021, pause=19),
    ShiftType(id="C", start=480, end=840),
    ShiftType(id="T", start=480, end=659),
    ShiftType(id="K", start=1080, end=1621, track="call"),
)


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("A C", []),  # 9 h with 20 minutes; 6 h need none
        ("B", [Found("break_short", 0, 0, 1), Found("duty_long", 0, 0, 1)]),
        ("T", [Found("duty_short", 0, 0, 1)]),
        ("B | A", []),
        ("B+K", [Found("break_short", 0, 0, 21), Found("duty_long", 0, 0, 2)]),
    ],
)
def test_a_duty_has_its_length_and_its_break(roster: str, found: list[Found]) -> None:
    rule = DutyLength(id="R", least=180, most=540, pause=20)
    assert judged(rule, roster, shifts=LENGTHS) == found
    if "K" not in roster:
        assert judged(rule, roster, shifts=LENGTHS[:4]) == found


def test_a_duty_that_is_spared_may_last() -> None:
    assert judged(DutyLength(id="R", most=540, spared="long"), "D12 J9 J10") == [
        Found("duty_long", 2, 2, 60)
    ]


def test_a_clock_change_makes_no_duty_longer() -> None:
    assert judged(DutyLength(id="R", most=720), "N12", dt.date(2026, 10, 24)) == []
