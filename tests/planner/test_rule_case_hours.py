"""Hours within which some cases start, end or leave the recovery room."""

from typing import Any

import pytest
from theatre_tables import said, situation

from planner.rules.contract import Scope
from planner.rules.space import TheatreSpace
from planner.rules.theatre.case_hours import CaseHours


def case(start: str | None = None, **more: Any) -> list[dict[str, Any]]:
    row = {"id": "K1", "in": "A", "minutes": 60, "recovery": 45, "flags": ["child"]} | more
    return [row if start is None else row | {"start": start}]


@pytest.mark.parametrize(
    ("moment", "kept", "broken"),
    [("start", "10:00", "10:01"), ("end", "09:00", "09:01"), ("recovered", "08:15", "08:16")],
)
def test_the_moment_that_counts_is_not_after_the_limit(moment: str, kept: str, broken: str) -> None:
    rule = CaseHours(id="T18", moment=moment, until=600)
    assert said(rule, cases=case(kept)) == []
    assert said(rule, cases=case(broken)) == [(f"{moment}_late", ("K1",), 1)]


@pytest.mark.parametrize(
    ("moment", "kept", "broken"),
    [("start", "10:00", "09:59"), ("end", "09:00", "08:59"), ("recovered", "08:15", "08:14")],
)
def test_the_moment_that_counts_is_not_before_the_limit(
    moment: str, kept: str, broken: str
) -> None:
    rule = CaseHours(id="T21", moment=moment, since=600, until=None)
    assert said(rule, cases=case(kept)) == []
    assert said(rule, cases=case(broken)) == [(f"{moment}_early", ("K1",), 1)]


def test_a_fixed_time_is_from_and_until_the_same_minute() -> None:
    rule = CaseHours(id="T21", since=570, until=570, scope=Scope.of(case=["K1"]))
    assert said(rule, cases=case("09:30")) == []
    assert said(rule, cases=case("09:25")) == [("start_early", ("K1",), 5)]
    assert said(rule, cases=case("09:35")) == [("start_late", ("K1",), 5)]


def test_a_session_that_begins_too_late_is_too_late_with_and_without_a_start() -> None:
    rule, sessions = CaseHours(id="T18", until=600), [{"id": "A", "start": "11:00"}]
    assert said(rule, sessions=sessions, cases=case()) == [("start_late", ("K1",), 60)]
    assert said(rule, sessions=sessions, cases=case("11:10")) == [("start_late", ("K1",), 70)]
    space = TheatreSpace(*_both(rule, sessions))
    (price,) = rule.prices(space)
    assert (price.what, price.amount) == ("start_late", 60)


def test_a_session_that_ends_too_soon_is_too_early_with_and_without_a_start() -> None:
    rule = CaseHours(id="T21", since=600, until=None)
    sessions = [{"id": "A", "end": "09:00"}]
    assert said(rule, sessions=sessions, cases=case()) == [("start_early", ("K1",), 60)]
    assert said(rule, sessions=sessions, cases=case("08:50")) == [("start_early", ("K1",), 70)]
    (price,) = rule.prices(TheatreSpace(*_both(rule, sessions)))
    assert (price.what, price.amount) == ("start_early", 60)


def _both(rule: CaseHours, sessions: list[dict[str, Any]]) -> tuple[Any, Any]:
    problem, plan = situation(rule, sessions=sessions, cases=case())
    return problem, plan.placements


def test_others_are_not_meant() -> None:
    rule = CaseHours(id="T18", until=600, scope=Scope.of(flag=["child"]))
    assert said(rule, cases=case("12:00", flags=[])) == []
    general = CaseHours(id="T20", moment="end", until=600, scope=Scope.of(anaesthesia=["general"]))
    assert said(general, cases=case("12:00", anaesthesia="local")) == []
