"""Windows of the calendar, carried amounts, averages, half-days and minutes of civil days."""

import datetime as dt

import pytest
from roster_words import MONDAY, Found, judged, situation

from planner.clock import Horizon
from planner.facts import facts as facts_of
from planner.hospital import Holiday
from planner.packs.example import OTHERS, SHIFTS
from planner.people import Absence, Carried, StaffMember
from planner.rostering import ShiftType
from planner.rules.roster.window_count import WindowCount
from planner.rules.roster.window_sum import WindowSum
from planner.rules.space import RosterSpace
from planner.rules.windows import Window, months, pieces
from planner.view import RosterView

D = dt.date
EVERY = (*SHIFTS, *OTHERS)


@pytest.mark.parametrize(
    ("start", "days", "window", "found"),
    [
        (D(2026, 1, 30), 4, Window("month"), [(-29, 1), (2, 29)]),
        (D(2028, 2, 29), 1, Window("month"), [(-28, 0)]),
        (D(2026, 12, 31), 2, Window("year"), [(-364, 0), (1, 365)]),
        (D(2026, 5, 1), 1, Window("four_months"), [(0, 122)]),
        (D(2026, 4, 30), 1, Window("four_months"), [(-119, 0)]),
        (D(2026, 3, 31), 2, Window("quarter"), [(-89, 0), (1, 91)]),
        (D(2026, 12, 28), 8, Window("week"), [(0, 6), (7, 13)]),  # week 53, then week 1
        (MONDAY, 15, Window("block", weeks=2), [(0, 13), (14, 27)]),
        (MONDAY, 8, Window("block", weeks=2, later=1), [(-7, 6), (7, 20)]),
        (MONDAY, 1, Window("block", weeks=12), [(-42, 41)]),  # the 126th week of the count
        (MONDAY, 5, Window("horizon"), [(0, 4)]),
        (MONDAY, 3, Window("rolling", days=2), [(0, 1), (1, 2)]),
        (MONDAY, 3, Window("rolling", days=4), [(0, 2)]),  # all that is known
    ],
)
def test_borders_of_the_calendar(
    start: dt.date, days: int, window: Window, found: list[tuple[int, int]]
) -> None:
    problem, plan = situation({"A": " ".join("-" * days)}, start)
    assert list(RosterView(problem, plan).windows("A", window)) == found
    assert RosterSpace(problem).spells("A", window) == found


def test_months_are_counted_from_january() -> None:
    horizon = Horizon(start=D(2026, 11, 15), days=1)
    assert months(horizon, 0, 4) == (-75, 46)  # September to December
    assert months(horizon, 0, 12) == (-318, 46)


NIGHT = next(shift for shift in SHIFTS if shift.id == "N12")


@pytest.mark.parametrize(
    ("shift", "pause", "minutes"),
    [
        (NIGHT, False, (270, 450)),
        (ShiftType(id="E", start=1200, end=1680), False, (240, 240)),  # 240 in each year
        (ShiftType(id="E", start=960, end=1440), False, (480, 0)),
        (ShiftType(id="E", start=1410, end=1800, pause=45), True, (0, 345)),
        (ShiftType(id="E", start=1410, end=1800, pause=45), False, (30, 360)),
        (ShiftType(id="E", start=480, end=960, pause=30), True, (450, 0)),
    ],
)
def test_a_night_has_minutes_on_two_days(
    shift: ShiftType, pause: bool, minutes: tuple[int, int]
) -> None:
    problem, _ = situation({"A": "- -"}, D(2026, 12, 31), shifts=(shift,))
    assert pieces(facts_of(problem), 0, shift.id, pause=pause) == minutes


# --- minutes of civil days (F09, F25) ---------------------------------------------------------------

F25 = (
    ShiftType(id="S1", start=510, end=990),
    ShiftType(id="S2", start=990, end=1950, track="late"),
)


@pytest.mark.parametrize(
    ("most", "roster", "found"),
    [
        (930, "S1+S2 -", []),  # 930 on the day, 510 on the next
        (929, "S1+S2 -", [Found("hours_many", -1, 0, 1)]),
        (930, "S2 S1", [Found("hours_many", 0, 1, 60)]),  # 450, then 990
        (930, "S2 | S1", [Found("hours_many", -1, 0, 60)]),
        (930, "? | S1+S2", []),
        (930, "S2 | -", []),
        (509, "S2 | -", [Found("hours_many", -1, 0, 1)]),
    ],
)
def test_f25_a_cap_per_calendar_day(most: int, roster: str, found: list[Found]) -> None:
    rule = WindowSum(id="R", days=1, split="midnight", measure="elapsed", most=most)
    assert judged(rule, roster, shifts=F25) == found


def test_f09_a_night_over_new_year_has_240_minutes_in_each_year() -> None:
    shifts = (ShiftType(id="N", start=1200, end=1680),)
    for most, over in ((240, 0), (239, 1)):
        rule = WindowSum(id="R", window="year", split="midnight", most=most)
        found = judged(rule, "N -", D(2026, 12, 31), shifts=shifts)
        assert [item.amount for item in found] == ([over, over] if over else [])
    rule = WindowSum(id="R", window="year", most=479)
    assert [f.amount for f in judged(rule, "N -", D(2026, 12, 31), shifts=shifts)] == [1]


def test_f09_the_part_on_the_holiday_is_that_of_the_holiday() -> None:
    shifts = (ShiftType(id="N", start=1200, end=1680),)
    holidays = (Holiday(id="H", day=1),)
    rule = WindowSum(id="R", window="horizon", split="midnight", holidays="only", most=0)
    found = judged(rule, "N -", D(2026, 12, 31), shifts=shifts, holidays=holidays)
    assert [item.amount for item in found] == [240]


def test_f08_six_hours_of_the_night_are_on_the_13th_and_seven_on_the_14th() -> None:
    shifts = (ShiftType(id="N", start=1080, end=1860),)
    rule = WindowSum(id="R", days=1, split="midnight", most=0)
    found = judged(rule, "N -", D(2026, 7, 13), shifts=shifts)
    assert [(item.last, item.amount) for item in found] == [(0, 360), (1, 420)]


# --- carried amounts --------------------------------------------------------------------------------


def carried(*amounts: tuple[int, int, int]) -> tuple[Carried, ...]:
    """Carry hours from a day to a day, in minutes."""
    return tuple(
        Carried(id=f"K{n}", person="A", measure="hours", since=since, until=until, amount=amount)
        for n, (since, until, amount) in enumerate(amounts)
    )


MAY = D(2026, 5, 4)
YEAR = -123
"""The first of January, seen from there."""


@pytest.mark.parametrize(
    ("amounts", "past", "over"),
    [
        ([(YEAR, -1, 9000)], "", []),
        ([(YEAR, -1, 9001)], "", [1]),
        ([(YEAR - 1, -1, 9001)], "", []),  # it begins in the year before: not a part of this one
        ([(YEAR, -3, 8280)], "D12 -", []),
        ([(YEAR, -3, 8281)], "D12 -", [1]),
        ([(YEAR, -2, 9001)], "D12 -", [1]),  # the day is carried: it does not count again
        ([(YEAR, -1, 9000), (-10, -1, 720)], "D12 -", []),  # within the first: left out
        ([(YEAR, -20, 9000), (-19, -1, 1)], "", [1]),  # one after the other: both
        ([(YEAR, -1, -600)], "D12 -", []),
        ([(YEAR, -1, 9001)], "?", [1]),
    ],
)
def test_what_is_carried_counts_in_its_year(
    amounts: list[tuple[int, int, int]], past: str, over: list[int]
) -> None:
    rule = WindowSum(id="R", window="year", most=9720, carried="hours")
    roster = f"{past} | D12 -" if past else "D12 -"
    found = judged(rule, roster, MAY, carried=carried(*amounts))
    assert [item.amount for item in found] == over


def test_a_minimum_is_judged_where_the_past_is_carried() -> None:
    april = D(2026, 4, 29)
    rule = WindowSum(id="R", window="month", least=2000, most=None, carried="hours")
    assert judged(rule, "D12 -", april) == []  # most of April is unknown
    found = judged(rule, "D12 -", april, carried=carried((-28, -1, 1279)))
    assert [(item.first, item.last, item.amount) for item in found] == [(-28, 1, 1)]
    assert judged(rule, "D12 -", april, carried=carried((-28, -1, 1280))) == []
    assert judged(rule, "D12 -", april, carried=carried((-27, -1, 0))) == []  # the 1st is unknown


def test_days_are_carried_too_and_windows_that_roll_carry_nothing() -> None:
    amount = carried((YEAR, -1, 19))
    shared = {"tag": "work", "weekdays": frozenset({6}), "carried": "hours"}
    rule = WindowCount(id="R", window="year", most=19, **shared)  # type: ignore[arg-type]
    assert [f.amount for f in judged(rule, "- - - - - - M", MAY, carried=amount)] == [1]
    rolling = WindowCount(id="R", window="rolling", days=300, most=19, **shared)  # type: ignore[arg-type]
    assert judged(rolling, "- - - - - - M", MAY, carried=amount) == []


# --- bounds of a person -----------------------------------------------------------------------------


def test_an_average_leaves_whole_days_of_absence_out() -> None:
    rule = WindowSum(id="R", window="horizon", average=True, most=2640)
    fortnight = "D12 D12 D12 D12 - - - D12 D12 D12 - - - -"  # 84 h for 88 allowed
    assert judged(rule, fortnight) == []
    away = (Absence(id="A1", person="A", first=11, last=13),)  # 11 days: 69 h 08
    assert judged(rule, fortnight, absences=away) == [Found("hours_many", 0, 13, 892)]
    partial = (Absence(id="A1", person="A", first=11, last=13, start=480, end=720),)
    assert judged(rule, fortnight, absences=partial) == []


def test_a_bound_of_full_time_is_cut_to_the_share() -> None:
    staff = (StaffMember(id="A", contract="FPH", share=80),)
    for most, over in ((900, []), (899, [1])):  # 80 % of 899 is 719.2
        rule = WindowSum(id="R", window="horizon", pro_rata=True, most=most)
        assert [f.amount for f in judged(rule, "D12", staff=staff)] == over
    count = WindowCount(id="R", window="horizon", pro_rata=True, most=2)  # 1.6 of 2: 2
    assert judged(count, "M M", staff=staff) == []
    assert [f.amount for f in judged(count, "M M M", staff=staff)] == [1]


def test_nights_may_count_more() -> None:
    heavier = WindowSum(id="R", window="horizon", heavier="night", heavier_by=89, most=1504)
    assert judged(heavier, "N12 D12") == []  # 720 + 64 and 720
    assert [f.amount for f in judged(heavier, "N12 N12")] == [64]


# --- which days, and what is counted ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("holidays", "count"), [("alike", 1), ("too", 2), ("only", 0), ("never", 1)]
)
def test_sundays_and_holidays(holidays: str, count: int) -> None:
    holiday = (Holiday(id="H", day=1),)
    rule = WindowCount(id="R", window="horizon", weekdays=frozenset({6}), holidays=holidays, most=0)
    found = judged(rule, "M M - - - M M", holidays=holiday)
    assert sum(item.amount for item in found) == count


def test_a_holiday_on_a_sunday_is_one_day() -> None:
    holiday = (Holiday(id="H", day=6),)
    for holidays, count in (("alike", 1), ("too", 1), ("only", 1), ("never", 0)):
        rule = WindowCount(
            id="R", window="horizon", weekdays=frozenset({6}), holidays=holidays, most=0
        )
        assert sum(f.amount for f in judged(rule, "- - - - - - M", holidays=holiday)) == count


def test_half_days_duties_and_days_are_three_numbers() -> None:
    roster = "AM+PM AM G24 -"  # 2 + 1 + 4 half-days, 4 duties, 3 days
    for count, number in (("half_days", 7), ("duties", 4), ("days", 3)):
        kind = "" if count == "days" else f"_{count}"
        rule = WindowCount(id="R", window="horizon", count=count, most=0)
        assert judged(rule, roster, shifts=EVERY) == [Found(f"days_many{kind}", 0, 3, number)]
        assert judged(WindowCount(id="R", count=count, most=number), roster, shifts=EVERY) == []


def test_a_month_of_on_call_saturdays() -> None:
    rule = WindowCount(id="R", tag="call", window="month", weekdays=frozenset({5}), most=1)
    roster = "- - - - - A_WE A_WE - - - - - A_WE -"
    assert judged(rule, roster, shifts=EVERY) == [Found("days_many", 0, 29, 1)]
    # The second Saturday is in the next month.
    assert judged(rule, roster, D(2026, 6, 22), shifts=EVERY) == []
