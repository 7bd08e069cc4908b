"""Days with a shift in a window, at the bound and one beyond."""

import pytest
from roster_words import Found, broken, judged, situation

from planner.packs.example import SHIFTS
from planner.rostering import ShiftType
from planner.rules.contract import Scope
from planner.rules.roster.window_count import WindowCount


@pytest.mark.parametrize(
    ("tag", "least", "most", "roster", "found"),
    [
        ("work", None, 3, "M - M M -", []),
        ("work", None, 2, "M - M M -", [Found("days_many", 0, 4, 1)]),
        ("work", None, 2, "M M | M - M -", []),  # the horizon alone
        ("work", 3, None, "M - M M -", []),
        ("work", 4, None, "M - M M -", [Found("days_few", 0, 4, 1)]),
        ("night", None, 0, "M N12 N10 M", [Found("days_many", 0, 3, 2)]),
        ("N12", None, 0, "M N12 N10 M", [Found("days_many", 0, 3, 1)]),  # a shift's id is a tag
        ("dusk", 1, None, "M M", [Found("days_few", 0, 1, 1)]),
        ("dusk", None, 0, "M M", []),
    ],
)
def test_days_of_the_horizon(
    tag: str, least: int | None, most: int | None, roster: str, found: list[Found]
) -> None:
    assert judged(WindowCount(id="R", tag=tag, least=least, most=most), roster) == found


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("M M - M M", [Found("days_many", 0, 3, 1), Found("days_many", 1, 4, 1)]),
        ("M M - - M M", []),
        ("M M | M -", [Found("days_many", -2, 1, 1)]),
        ("M M ? | M M M", [Found("days_many", 0, 2, 1)]),  # fewer are known than four
        ("M M M | -", [Found("days_many", -3, 0, 1)]),
        ("M M M - - | M", []),
    ],
)
def test_any_four_days_in_a_row(roster: str, found: list[Found]) -> None:
    assert judged(WindowCount(id="R", window="rolling", days=4, most=2), roster) == found


def test_a_day_with_the_tag_on_two_tracks_counts_once() -> None:
    call = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"work"}))
    for most, found in ((2, []), (1, [Found("days_many", 0, 2, 1)])):
        rule = WindowCount(id="R", most=most)
        assert judged(rule, "M+K - K", shifts=(*SHIFTS, call)) == found


def test_weeks_count_what_is_known_for_a_maximum_and_all_days_for_a_minimum() -> None:
    most = WindowCount(id="R", window="week", most=2)
    least = WindowCount(id="R", window="week", least=2)
    assert judged(most, "- - - - M M M") == [Found("days_many", 0, 6, 1)]
    assert judged(most, "M M M") == [Found("days_many", 0, 6, 1)]
    assert judged(least, "M - - - - - - - -") == [Found("days_few", 0, 6, 1)]


def test_minimum_numbers_that_cannot_be_met_are_short_by_what_is_missing() -> None:
    """31 days, one doctor a day: four minima of 8 are one too many, four of 7 can be met."""
    rosters = {
        f"T{n}": " ".join("M" if day % 4 == n else "-" for day in range(31)) for n in range(4)
    }
    problem, plan = situation(rosters)
    assert broken(WindowCount(id="R", least=8), problem, plan) == [Found("days_few", 0, 30, 1)]
    assert broken(WindowCount(id="R", least=7), problem, plan) == []


def test_bounds_may_be_a_persons_own() -> None:
    problem, plan = situation({"A": "M M M", "B": "M M M"})
    rule = WindowCount(id="R", most=2, scope=Scope.of(person=["B"]))
    assert broken(rule, problem, plan) == [Found("days_many", 0, 2, 1)]
