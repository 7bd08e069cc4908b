"""Rest days of a fortnight: how many, together, with a Sunday; nights, unknown days, the anchor."""

import datetime as dt

import pytest
from roster_words import MONDAY, Found, facts, judged, situation

from planner.packs.example import SHIFTS
from planner.rostering import ShiftType
from planner.rules.roster.rest_days import RestDays

FEW = "rest_days_few"
NO_SUNDAY = "rest_days_no_sunday"


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("M M M M M - - M M M M M - -", []),
        ("M M M M M - - M M M M M M -", [Found(FEW, -1, 13, 1)]),
        ("M M M M M M - - M - M M - M", []),  # Sunday with Monday
        ("M M M M - - M M M M M - - M", [Found(NO_SUNDAY, -1, 13, 1)]),
        ("M M M M - M - M M - M M M -", [Found(NO_SUNDAY, -1, 13, 1)]),
        ("M M M M M M M M M M M M M M", [Found(FEW, -1, 13, 4), Found(NO_SUNDAY, -1, 13, 1)]),
        ("M M M M M M M M M M M M M", [Found(FEW, -1, 13, 3), Found(NO_SUNDAY, -1, 13, 1)]),
        ("M M M M M M M M M M", []),  # four days are unknown, Saturday and Sunday among them
        ("M M M M M M M M M M M", [Found(FEW, -1, 13, 1)]),
        ("- M M M M M - M M M M M M -", [Found(FEW, -1, 13, 1), Found(NO_SUNDAY, -1, 13, 1)]),
        ("M - - M M M - M M M M M M -", [Found(NO_SUNDAY, -1, 13, 1)]),
        ("N12 N12 N12 N12 N12 - - M M M M M - -", [Found(FEW, -1, 13, 1)]),
        ("N12 N12 N12 N12 N12 - - M M M M M N12 -", [Found(FEW, -1, 13, 3), Found(NO_SUNDAY, -1, 13, 1)]),
        ("N12 | - - - M M M M M M M M M M -", [Found(FEW, -1, 13, 1), Found(NO_SUNDAY, -1, 13, 1)]),
        ("M | - - - M M M M M M M M M M -", [Found(NO_SUNDAY, -1, 13, 1)]),
        ("? | - - - M M M M M M M M M - -", []),
    ],
)  # fmt: skip
def test_a_fortnight(roster: str, found: list[Found]) -> None:
    assert judged(RestDays(id="R"), roster) == found


def test_the_day_on_which_a_night_ends_may_be_a_rest_day() -> None:
    roster = "N12 N12 N12 N12 N12 - - M M M M M - -"
    assert judged(RestDays(id="R", night_end="works"), roster) == [Found(FEW, -1, 13, 1)]
    assert judged(RestDays(id="R", night_end="free"), roster) == []


@pytest.mark.parametrize(("end", "rest"), [(1440, 13), (1441, 12)])
def test_a_minute_after_midnight_is_work(end: int, rest: int) -> None:
    late = (ShiftType(id="L", start=960, end=end, tags=frozenset({"work"})),)
    roster = "L" + " -" * 13
    assert judged(RestDays(id="R", least=rest), roster, shifts=late) == []
    assert judged(RestDays(id="R", least=rest + 1), roster, shifts=late) == [Found(FEW, -1, 13, 1)]


def test_fortnights_have_a_fixed_beginning() -> None:
    second = MONDAY + dt.timedelta(days=7)
    roster = "M M M M M M M"  # a second week: the first is unknown, and may have been rest
    assert judged(RestDays(id="R"), roster, second) == []
    assert judged(RestDays(id="R", later=1), roster, second) == []
    known = "M M M M M M M M M M M - - M"
    assert judged(RestDays(id="R"), known) == [Found(FEW, -1, 13, 2), Found(NO_SUNDAY, -1, 13, 1)]
    assert judged(RestDays(id="R", later=1), known) == []
    past = "M M M M M M M |"
    assert judged(RestDays(id="R"), f"{past} M M M - - - M", second) == [
        Found(FEW, -8, 6, 1),
        Found(NO_SUNDAY, -8, 6, 1),
    ]


def test_a_block_wholly_in_the_past_is_not_ours() -> None:
    past = " ".join(["M"] * 14)
    assert judged(RestDays(id="R"), f"{past} | - - - - - - -") == []


def test_the_days_together_may_be_any_number_on_any_days() -> None:
    three = RestDays(id="R", together=3, least=0)
    assert judged(three, "M M M M - - - M M M M M M M") == []
    assert judged(three, "M M M M M - - M M M M M - -") == [Found(NO_SUNDAY, -1, 13, 1)]
    anywhere = RestDays(id="R", including=frozenset(), least=0)
    assert judged(anywhere, "M - - M M M M M M M M M M M") == []
    assert judged(anywhere, "M - M M - M M M M - M M - M") == [Found("rest_days_apart", -1, 13, 1)]
    midweek = RestDays(id="R", including=frozenset({2, 3}), least=0)
    assert judged(midweek, "M - - M M M M M M M M M M M") == []
    assert judged(midweek, "- - M M M - - M M M M M - -") == [Found("rest_days_apart", -1, 13, 1)]


def test_a_day_of_25_hours_is_one_day() -> None:
    monday = dt.date(2026, 10, 19)  # first of a fortnight; the clock falls back on Sunday 25
    roster = "M M M M M - - M M M M M - -"
    assert judged(RestDays(id="R"), roster, monday) == []
    night = "M M M M M N12 - M M M M M - -"
    assert judged(RestDays(id="R", least=4), night, monday) == [Found(FEW, -1, 13, 2)]


def test_two_tracks_are_one_day() -> None:
    call = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"work"}))
    shifts = (*SHIFTS, call)
    assert judged(RestDays(id="R"), "M M M M M K - M M M+K M M - -", shifts=shifts) == [
        Found(FEW, -1, 13, 1)
    ]


def test_the_facts_begin_with_the_block() -> None:
    (said,) = facts(RestDays(id="R"), *situation({"A": "M M M M M - - M M M M M M -"}))
    assert said == {"from_day": 0, "count": 3, "least": 4}
