"""Who comes first and who last, in a session and in a theatre's day."""

from typing import Any

import pytest
from theatre_tables import linear, loads, said, space

from planner.rules.contract import Scope
from planner.rules.theatre.case_order import CaseOrder

LATEX = CaseOrder(id="T16", scope=Scope.of(flag=["latex"]))
INFECTIOUS = CaseOrder(id="T17", position="last", scope=Scope.of(flag=["infectious"]))
HALVES = [{"id": "A", "end": "12:00"}, {"id": "B", "start": "12:00"}]


def case(id: str, start: str | None, flag: str = "", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"id": id, "in": "A", "minutes": 60, "flags": [flag] if flag else []}
    return row | more | ({} if start is None else {"start": start})


@pytest.mark.parametrize(("start", "wrong"), [("08:00", 0), ("09:00", 0), ("09:01", 1)])
def test_first_is_before_all_others_or_at_once(start: str, wrong: int) -> None:
    cases = [case("K1", start, "latex"), case("K2", "09:00")]
    assert said(LATEX, cases=cases) == ([("not_first", ("A",), 1)] if wrong else [])


@pytest.mark.parametrize(("start", "wrong"), [("10:00", 0), ("09:00", 0), ("08:59", 1)])
def test_last_is_after_all_others_or_at_once(start: str, wrong: int) -> None:
    cases = [case("K1", start, "infectious"), case("K2", "09:00")]
    assert said(INFECTIOUS, cases=cases) == ([("not_last", ("A",), 1)] if wrong else [])


def test_each_case_that_is_out_of_order_counts_once() -> None:
    cases = [
        case("K1", "08:00"),
        case("K2", "09:00", "latex"),
        case("K3", "10:00"),
        case("K4", "11:00", "latex"),
    ]
    assert said(LATEX, cases=cases) == [("not_first", ("A",), 2)]


def test_two_that_come_first_may_follow_one_another() -> None:
    cases = [case("K1", "08:00", "latex"), case("K2", "09:00", "latex"), case("K3", "10:00")]
    assert said(LATEX, cases=cases) == []


def test_a_case_without_a_start_is_not_judged() -> None:
    cases = [case("K1", "09:00", "latex"), case("K2", None), case("K3", None, "latex")]
    assert said(LATEX, cases=cases) == []


@pytest.mark.parametrize(("within", "wrong"), [("session", 0), ("theatre", 1)])
def test_the_sessions_of_a_theatre_and_day_are_one_where_the_rule_says_so(
    within: str, wrong: int
) -> None:
    rule = CaseOrder(id="T16", within=within, scope=Scope.of(flag=["latex"]))
    cases = [case("K1", "08:00"), case("K2", "12:00", "latex", **{"in": "B"})]
    found = said(rule, sessions=HALVES, cases=cases)
    assert found == ([("not_first", ("A", "B"), 1)] if wrong else [])


def test_only_long_cases_are_meant_where_the_rule_says_so() -> None:
    rule = CaseOrder(id="T22", longer=180)
    first = case("K1", "08:00")
    for minutes, wrong in ((179, 0), (180, 1)):  # planned minutes lie on the grid
        cases = [first, case("K2", "09:00", minutes=minutes - minutes % 5)]
        assert len(said(rule, cases=cases)) == wrong


@pytest.mark.parametrize(
    ("ages", "wrong"),
    [
        (["3", "5", ""], 0),
        (["5", "3", ""], 1),
        (["8-9", "9", "12"], 0),  # the lower end of a band
        (["9", "8-9", "12"], 1),
        (["unknown", "5", "7"], 2),  # nobody is older than one whose age is not known
    ],
)
def test_the_younger_come_first_where_the_rule_says_so(ages: list[str], wrong: int) -> None:
    rule = CaseOrder(id="T18", by_age=True)
    cases = [case(f"K{n}", f"{8 + n:02}:00", age=age) for n, age in enumerate(ages)]
    assert sum(amount for *_, amount in said(rule, cases=cases)) == wrong


def test_those_of_the_scope_come_last_and_the_younger_first_among_them() -> None:
    rule = CaseOrder(id="x", position="last", by_age=True, scope=Scope.of(flag=["infectious"]))
    cases = [
        case("K1", "08:00", "infectious", age="50"),  # before K2, and before the younger K3
        case("K2", "09:00", age="2"),
        case("K3", "10:00", "infectious", age="40"),
    ]
    assert said(rule, cases=cases) == [("not_last", ("A",), 1)]


def test_the_search_keeps_first_cases_out_of_the_second_session_of_a_day() -> None:
    rule = CaseOrder(id="T16", within="theatre", scope=Scope.of(flag=["latex"]))
    table = {"sessions": HALVES, "cases": [case("K1", None, "latex"), case("K2", None)]}
    (guide,) = linear(rule, "guide", **table)
    assert guide.hi == 0
    assert loads(guide, space(rule, **table)) == {("K1", "B", "X1"): 1}
    assert linear(LATEX, "guide", **table) == []
