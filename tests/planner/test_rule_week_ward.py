"""Wards that shut for the weekend, and beds that others hold."""

from dataclasses import replace
from typing import Any

import pytest
from theatre_tables import situation

from planner.hospital import Census, WardId
from planner.rules.contract import Rule, audit
from planner.rules.space import TheatreSpace
from planner.rules.theatre.ward_beds import WardBeds
from planner.view import TheatreView

WEEK = frozenset({0, 1, 2, 3})  # the night from Friday to Saturday is the first without a bed
THURSDAY = 3  # the horizon begins on a Monday


def over(
    rule: Rule[Any, Any],
    row: dict[str, Any],
    *,
    census: tuple[Census, ...] = (),
    day: int = THURSDAY,
) -> list[tuple[int, int]]:
    """Give day and amount of each breach: the audit's, and the engines' for the same placement."""
    cases = [{"id": "K1", "in": "A", "minutes": 60} | row]
    problem, plan = situation(
        rule, sessions=[{"id": "A", "day": day}], cases=cases, beds={"ward": 1, "intensive": 1}
    )
    wards = tuple(replace(w, open=WEEK) if w.id == "ward" else w for w in problem.wards)
    problem = replace(problem, wards=wards, census=census)
    found = [
        (breach.about.first, breach.amount) for breach in audit(rule, TheatreView(problem, plan))
    ]
    rows = [row for row in rule.rows(TheatreSpace(problem)) if row.about.first in range(14)]
    said = [(row.about.first, 1 - row.hi) for row in rows if row.hi < 1]
    assert said == found
    return found


@pytest.mark.parametrize(
    ("nights", "broken"),
    [(1, []), (2, [(4, 1)]), (4, [(4, 1), (5, 1), (6, 1)]), (5, [(4, 1), (5, 1), (6, 1)])],
)
def test_a_week_ward_has_no_bed_from_friday_to_monday(
    nights: int, broken: list[tuple[int, int]]
) -> None:
    assert over(WardBeds(id="T27"), {"nights": nights}) == broken


def test_the_night_before_needs_a_bed_too() -> None:
    problem, plan = situation(
        WardBeds(id="T27"),
        sessions=[{"id": "A", "day": 7}],
        cases=[{"id": "K1", "in": "A", "minutes": 60, "nights": 1}],
        beds={"ward": 1},
    )
    cases = tuple(replace(case, nights_before=1) for case in problem.cases)
    wards = tuple(replace(ward, open=WEEK) for ward in problem.wards)
    problem = replace(problem, cases=cases, wards=wards)
    found = audit(WardBeds(id="T27"), TheatreView(problem, plan))
    assert [breach.about.first for breach in found] == [6]  # Sunday


@pytest.mark.parametrize(("taken", "broken"), [(0, []), (1, [(4, 1)]), (3, [(4, 1)])])
def test_intensive_beds_are_those_that_others_leave(
    taken: int, broken: list[tuple[int, int]]
) -> None:
    census = (Census(id="c", ward=WardId("intensive"), day=4, taken=taken),)
    rule = WardBeds(id="T26", kind="intensive")
    assert over(rule, {"nights": 3, "intensive_nights": 2}, census=census) == broken
