"""Days, weeks and minutes that really pass: what audit and rows share, so each has its table."""

import datetime as dt
import re
from random import Random

import pytest

from planner.clock import Horizon, read_time, written

SPRING = Horizon(start=dt.date(2026, 3, 28), days=3)  # Saturday; the clock springs on Sunday
AUTUMN = Horizon(start=dt.date(2026, 10, 24), days=3)  # Saturday; it falls back on Sunday


@pytest.mark.parametrize(
    ("horizon", "day", "start", "end", "minutes"),
    [
        pytest.param(SPRING, 0, 19 * 60, 31 * 60, 660, id="night_over_the_spring_change"),
        pytest.param(SPRING, 1, 19 * 60, 31 * 60, 720, id="night_after_it"),
        pytest.param(SPRING, 1, 0, 1440, 1380, id="the_day_has_23_hours"),
        pytest.param(SPRING, 1, 7 * 60, 19 * 60, 720, id="its_day_shift_is_whole"),
        pytest.param(AUTUMN, 0, 19 * 60, 31 * 60, 780, id="night_over_the_autumn_change"),
        pytest.param(AUTUMN, 1, 0, 1440, 1500, id="the_day_has_25_hours"),
        pytest.param(AUTUMN, 2, 0, 1440, 1440, id="the_next_has_24"),
    ],
)
def test_a_stretch_has_the_minutes_that_really_pass(
    horizon: Horizon, day: int, start: int, end: int, minutes: int
) -> None:
    first, last = horizon.span(day, start, end)
    assert last - first == minutes


def test_a_horizon_over_the_autumn_change_has_14_days_and_337_hours() -> None:
    horizon = Horizon(start=dt.date(2026, 10, 19), days=14)
    assert horizon.date(horizon.last) == dt.date(2026, 11, 1)
    assert len({horizon.date(day) for day in range(horizon.days)}) == 14
    assert horizon.elapsed_minutes() == 337 * 60


def test_a_local_time_that_does_not_exist_is_the_moment_of_the_change() -> None:
    assert SPRING.elapsed(1, 150) == SPRING.elapsed(1, 180)
    assert SPRING.elapsed(1, 119) == SPRING.elapsed(1, 180) - 1


def test_a_local_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert AUTUMN.elapsed(1, 150) - AUTUMN.elapsed(1, 0) == 150
    assert AUTUMN.elapsed(1, 180) - AUTUMN.elapsed(1, 0) == 240


def test_elapsed_minutes_never_run_backwards() -> None:
    for horizon in (SPRING, AUTUMN):
        minutes = [horizon.elapsed(day, m) for day in range(3) for m in range(0, 1440, 5)]
        assert minutes == sorted(minutes)


def test_the_origin_does_not_matter_to_a_difference() -> None:
    rng = Random(1)
    late = Horizon(start=dt.date(2026, 5, 1), days=1)
    early = Horizon(start=dt.date(2026, 1, 1), days=1)
    apart = (late.start - early.start).days
    for _ in range(50):
        day, minute = rng.randrange(-100, 100), rng.randrange(2880)
        assert late.elapsed(day, minute) - late.elapsed(day - 7, 0) == (
            early.elapsed(day + apart, minute) - early.elapsed(day + apart - 7, 0)
        )


@pytest.mark.parametrize(
    ("date", "week"),
    [
        ((2026, 12, 27), (2026, 52)),
        ((2026, 12, 28), (2026, 53)),
        ((2027, 1, 3), (2026, 53)),
        ((2027, 1, 4), (2027, 1)),
        ((2025, 12, 29), (2026, 1)),
    ],
)
def test_weeks_are_iso_weeks(date: tuple[int, int, int], week: tuple[int, int]) -> None:
    horizon = Horizon(start=dt.date(2026, 12, 14), days=28)
    day = horizon.day(dt.date(*date))
    assert horizon.date(day) == dt.date(*date)
    assert horizon.iso_week(day) == week


def test_a_civil_week_begins_on_monday() -> None:
    horizon = Horizon(start=dt.date(2026, 1, 1), days=14)  # a Thursday
    assert [horizon.weekday(day) for day in (-4, -3, 0, 3, 4)] == [6, 0, 3, 6, 0]
    assert [horizon.monday(day) for day in (-4, -3, 0, 3, 4)] == [-10, -3, -3, -3, 4]


@pytest.mark.parametrize(
    ("day", "weeks", "later", "first"),
    [
        (0, 2, 0, 0),  # Monday 5 October 2026 is 72 fortnights after 1 January 2024
        (13, 2, 0, 0),
        (14, 2, 0, 14),
        (-1, 2, 0, -14),
        (0, 2, 1, -7),
        (6, 2, 1, -7),
        (7, 2, 1, 7),
        (0, 1, 0, 0),
        (6, 1, 0, 0),
        (7, 1, 0, 7),
        (0, 4, 0, 0),
        (27, 4, 0, 0),
        (0, 3, 0, 0),
        (0, 3, 1, -14),
        (0, 2, 3, -7),  # a whole block more changes nothing
    ],
)
def test_blocks_of_weeks_are_counted_from_a_fixed_monday(
    day: int, weeks: int, later: int, first: int
) -> None:
    assert Horizon(start=dt.date(2026, 10, 5), days=28).block(day, weeks, later) == first


def test_a_block_does_not_depend_on_where_a_study_begins() -> None:
    one = Horizon(start=dt.date(2026, 10, 5), days=28)
    for shift in range(-40, 40):
        other = Horizon(start=one.date(shift), days=28)
        assert other.date(other.block(-shift, 2)) == one.date(one.block(0, 2))


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("07:30", 450), ("7h30", 450), ("00:00", 0), ("24:00", 1440), ("48:00", 2880)],
)
def test_times_are_read(words: str, minutes: int) -> None:
    assert read_time(words) == minutes


@pytest.mark.parametrize(
    "words", ["", "7", "7:5", "07:60", "48:01", "22:00-", "??", "-1:00", "a:30"]
)
def test_what_is_no_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        read_time(words)


def test_times_of_the_next_day_are_written_above_24_hours() -> None:
    assert [written(minute) for minute in (0, 450, 1440, 1530)] == [
        "00:00",
        "07:30",
        "24:00",
        "25:30",
    ]
