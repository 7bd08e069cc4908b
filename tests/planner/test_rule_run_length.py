"""Days in a row and days off in a row: bounds, the past, unknown days."""

import pytest
from roster_words import Found, judged

from planner.rules.roster.rest_run import RestRun
from planner.rules.roster.run_length import RunLength


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("- N12 N12 N12 N12 -", []),
        ("- N12 N12 N12 N12 N12 -", [Found("run_long", 1, 5, 1)]),
        ("N12 N12 N12 N12 | N12 -", [Found("run_long", -4, 0, 1)]),  # the fifth night in a row
        ("N12 N12 N12 N12 | - N12", []),
        ("N12 N12 N12 N12 N12 | N12", [Found("run_long", -4, 0, 1)]),
        ("N12 N12 N12 N12 N12 | -", []),  # what the past broke is not ours
        ("? N12 N12 N12 | N12", []),
        ("N12 ? N12 N12 | N12 N12", []),
        ("- N12 -", [Found("run_short", 0, 2, 1)]),
        ("- N12", []),  # it may go on
        ("N12 -", []),  # it may have begun before
        ("? | N12 -", []),
        ("- | N12 -", [Found("run_short", -1, 1, 1)]),
        ("- N12 | -", [Found("run_short", -2, 0, 1)]),  # closed on day 0
        ("- N12 - | -", []),
        ("N12 | N12 -", []),
        ("- M N12 M -", [Found("run_short", 1, 3, 1)]),  # runs of nights
    ],
)
def test_two_to_four_nights_in_a_row(roster: str, found: list[Found]) -> None:
    assert judged(RunLength(id="R", tag="night", least=2, most=4), roster) == found


def test_a_run_two_days_short_is_two_units() -> None:
    assert judged(RunLength(id="R", least=3, most=6), "- M - M M -") == [
        Found("run_short", 0, 2, 2),
        Found("run_short", 2, 5, 1),
    ]


def test_a_person_without_history_is_not_taken_as_rested() -> None:
    """N on the first day: legal as far as is known, and the days before are not rest."""
    assert judged(RunLength(id="R", tag="night", most=4), "N12 N12 N12 N12 -") == []
    assert judged(RestRun(id="R", least=2), "- M -") == []


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("M - - M", []),
        ("M - M", [Found("rest_few", 0, 2, 1)]),
        ("- M", []),
        ("M -", []),
        ("M | - M", [Found("rest_few", -1, 1, 1)]),
        ("? | - M", []),
        ("M ? | - M", []),
        ("M - | M", [Found("rest_few", -2, 0, 1)]),
        ("M - M | M", []),
        ("M - | - M", []),
        ("M - - - M", []),
        ("M - - - - M", [Found("rest_many", 1, 4, 1)]),
        ("- - - | - -", [Found("rest_many", -3, 0, 1), Found("rest_many", -2, 1, 1)]),
        ("- - - - | M", []),
    ],
)
def test_two_to_three_days_off_in_a_row(roster: str, found: list[Found]) -> None:
    assert judged(RestRun(id="R", least=2, most=3), roster) == found


def test_days_off_are_days_without_the_tag() -> None:
    rule = RestRun(id="R", tag="night", least=2)
    assert judged(rule, "N12 M N12") == [Found("rest_few", 0, 2, 1)]
    assert judged(RestRun(id="R", least=4), "M - - M - M") == [
        Found("rest_few", 0, 3, 2),
        Found("rest_few", 3, 5, 3),
    ]
