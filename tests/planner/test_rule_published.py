"""A published roster: kept as it is, and published in time."""

import dataclasses

import pytest
from roster_words import Found, facts, judged, situation

from planner.packs.example import OTHERS, SHIFTS
from planner.people import Promise
from planner.rules.contract import audit
from planner.rules.roster.publication import Publication
from planner.rules.roster.roster_kept import RosterKept
from planner.sentences import breach_sentence
from planner.view import RosterView

EVERY = (*SHIFTS, *(shift for shift in OTHERS if shift.track == "call"))


def promised(words: str, told: int | None = None) -> tuple[Promise, ...]:
    """Publish the roster of A."""
    return (Promise(id="A", days=tuple(words.split()), told=told),)


@pytest.mark.parametrize(
    ("told", "roster", "found"),
    [
        ("M - N12", "M - N12", []),
        ("M - N12", "M S N12", [Found("roster_changed", 1, 1, 1)]),
        (
            "M - N12",
            "- - N10",
            [Found("roster_changed", 0, 0, 1), Found("roster_changed", 2, 2, 1)],
        ),
        ("M ? N12", "M S N12", []),
        ("M", "M S N12", []),  # the rest is not published
        ("M+A_N M", "M+A_N M", []),
        ("M+A_N M", "M M", [Found("roster_changed", 0, 0, 1)]),
        ("M M", "M+A_N M", [Found("roster_changed", 0, 0, 1)]),
        ("GONE M", "M M", []),  # a shift that is no more
        ("M+S M", "M M", []),  # two of one track
    ],
)
def test_days_stay_as_they_were_published(told: str, roster: str, found: list[Found]) -> None:
    assert judged(RosterKept(id="R"), roster, promises=promised(told), shifts=EVERY) == found


def test_a_day_off_is_said_in_words() -> None:
    problem, plan = situation({"A": "- S"}, promises=promised("M -"))
    rule = RosterKept(id="R")
    found = audit(rule, RosterView(problem, plan))
    told = [breach_sentence(problem, rule, each, "en") for each in found]
    assert told == ["A: off on Mon 1 Jun, M was published", "A: S on Tue 2 Jun, off was published"]


@pytest.mark.parametrize(
    ("as_of", "within", "days"),
    [
        (0, 2, [0, 1]),
        (0, None, [0, 1, 2, 3]),
        (1, 2, [1, 2]),
        (-1, 2, [0]),
        (-2, 2, []),
        (4, 9, []),
    ],
)
def test_changes_at_short_notice_are_those_of_the_next_days(
    as_of: int, within: int | None, days: list[int]
) -> None:
    problem, plan = situation({"A": "S S S S"}, promises=promised("M M M M"))
    problem = dataclasses.replace(problem, as_of=problem.horizon.date(as_of))
    found = audit(RosterKept(id="R", within=within), RosterView(problem, plan))
    assert [breach.about.first for breach in found] == days


@pytest.mark.parametrize(
    ("words", "told", "amount"),
    [
        ("M M", -15, 0),
        ("M M", -14, 1),
        ("? M", -14, 0),
        ("M M", None, 0),
        ("? ?", 0, 0),
        ("M M", 0, 15),
    ],
)
def test_a_roster_is_told_15_days_ahead(words: str, told: int | None, amount: int) -> None:
    problem, plan = situation({"A": "M M"}, promises=promised(words, told))
    found = facts(Publication(id="R"), problem, plan)
    assert [each["days"] for each in found] == ([15 - amount] if amount else [])


def test_a_draft_is_not_judged() -> None:
    problem, plan = situation({"A": "M M"})
    assert facts(Publication(id="R"), problem, plan) == []
    assert facts(RosterKept(id="R"), problem, plan) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (-3, "published 3 days before"),
        (0, "published 0 days before"),
        (10, "published 10\u00a0d after"),
    ],
)
def test_what_is_published_after_its_first_day_is_told_as_that(told: int, words: str) -> None:
    problem, plan = situation({"A": "M -"}, promises=promised("M -", told))
    rule = Publication(id="P")
    (found,) = audit(rule, RosterView(problem, plan))
    assert found.amount == 15 + told
    assert words in breach_sentence(problem, rule, found, "en")
    french = breach_sentence(problem, rule, found, "fr")
    assert ("après" in french) == (told > 0)
    assert "-" not in french.replace("\u2011", "")
