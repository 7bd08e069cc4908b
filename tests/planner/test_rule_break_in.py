"""Moments at which an emergency can come in."""

from typing import Any

import pytest
from theatre_tables import breaches, said, situation

from planner.plan import Plan
from planner.rules.contract import Scope, audit
from planner.rules.theatre.break_in import BreakIn
from planner.view import TheatreView

ROOMS = [{"id": "A"}, {"id": "B", "theatre": "R2"}]


def case(id: str, session: str, start: str | None, minutes: int) -> dict[str, Any]:
    row = {"id": id, "in": session, "minutes": minutes, "surgeon": f"X{id}"}
    return row if start is None else row | {"start": start}


@pytest.mark.parametrize(("minutes", "beyond"), [(45, 0), (50, 5), (90, 45)])
def test_the_first_end_comes_soon_after_the_first_start(minutes: int, beyond: int) -> None:
    found = said(BreakIn(id="T30"), sessions=ROOMS, cases=[case("1", "A", "09:00", minutes)])
    assert found == ([("break_in", ("",), beyond)] if beyond else [])


def test_the_minutes_beyond_of_all_gaps_of_a_day_are_added_up() -> None:
    """Ends at 08:40, 09:30 and 10:30: gaps of 40, 50 and 60 minutes."""
    cases = [case("1", "A", "08:00", 40), case("2", "B", "08:00", 90), case("3", "A", "08:40", 110)]
    (found,) = breaches(BreakIn(id="T30"), sessions=ROOMS, cases=cases)
    assert found.amount == 5 + 15
    assert (found.facts["begins"], found.facts["ends"], found.facts["longest"]) == (570, 630, 60)


@pytest.mark.parametrize(
    ("since", "until", "beyond"), [(480, 1080, 75), (510, 1080, 45), (480, 580, 55), (600, 700, 0)]
)
def test_gaps_count_as_far_as_they_lie_within_the_hours(
    since: int, until: int, beyond: int
) -> None:
    rule = BreakIn(id="T30", since=since, until=until)
    found = said(rule, sessions=ROOMS, cases=[case("1", "A", "08:00", 120)])
    assert found == ([("break_in", ("",), beyond)] if beyond else [])


def test_suites_and_days_are_judged_each_by_itself() -> None:
    sessions = [
        {"id": "A", "suite": "north"},
        {"id": "B", "theatre": "R2", "suite": "south"},
        {"id": "C", "suite": "north", "day": 1},
    ]
    cases = [case("1", "A", "08:00", 60), case("2", "B", "08:00", 90), case("3", "C", "08:00", 50)]
    found = breaches(BreakIn(id="T30"), sessions=sessions, cases=cases)
    assert [(b.about.subjects, b.about.first, b.amount) for b in found] == [
        (("north",), 0, 15),
        (("north",), 1, 5),
        (("south",), 0, 45),
    ]
    north = BreakIn(id="T30", scope=Scope.of(suite=["north"]))
    assert len(breaches(north, sessions=sessions, cases=cases)) == 2


def test_a_day_of_a_suite_with_a_case_without_a_start_is_not_judged() -> None:
    cases = [case("1", "A", "08:00", 120), case("2", "B", None, 60)]
    assert said(BreakIn(id="T30"), sessions=ROOMS, cases=cases) == []


def test_an_empty_day_has_no_gap() -> None:
    problem, _ = situation(BreakIn(id="T30"), sessions=ROOMS)
    assert audit(BreakIn(id="T30"), TheatreView(problem, Plan())) == []
