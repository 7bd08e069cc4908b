"""Time kept for emergencies: sessions of their own, or minutes spread over the others."""

from typing import Any

import pytest
from theatre_tables import linear, said, situation, space

from planner.rules.contract import Scope
from planner.rules.space import TheatreSpace
from planner.rules.theatre.emergency_reserve import EmergencyReserve
from planner.rules.theatre.emergency_session import EmergencySession
from planner.rules.theatre.session_fill import SessionFill

KEPT = EmergencySession(id="T29-dedicated")
DAY = [{"id": "A"}, {"id": "B", "theatre": "R2"}, {"id": "Z", "theatre": "R3", "closed": True}]
TWO = [{"id": "A"}, {"id": "E", "theatre": "R2", "emergency": True}]


def case(id: str, session: str = "A", minutes: int = 60, **more: Any) -> dict[str, Any]:
    return {"id": id, "in": session, "minutes": minutes} | more


# --- sessions of their own ---------------------------------------------------------------------------


def test_no_planned_case_comes_into_a_session_for_emergencies() -> None:
    assert said(KEPT, sessions=TWO, cases=[case("K1")]) == []
    found = said(KEPT, sessions=TWO, cases=[case("K1", "E"), case("K2", "E")])
    assert found == [("kept_for_emergencies", ("K1",), 1), ("kept_for_emergencies", ("K2",), 1)]


def test_a_case_that_came_in_as_an_emergency_may() -> None:
    assert said(KEPT, sessions=TWO, cases=[case("K1", "E", flags=["emergency"])]) == []
    waiting = {"id": "K1", "minutes": 60, "flags": ["emergency"]}
    problem, _ = situation(KEPT, sessions=TWO, cases=[waiting])
    assert [o.session.id for o in TheatreSpace(problem).options] == ["A", "E"]
    of = space(KEPT, sessions=TWO, cases=[waiting, case("K2")])
    assert [of.option(c).case.id for p in KEPT.prices(of) for c in p.codes.members] == []


def test_a_hard_rule_closes_them_and_one_for_some_cases_does_not() -> None:
    problem, _ = situation(KEPT, sessions=TWO, cases=[{"id": "K1", "minutes": 60}])
    assert [o.session.id for o in TheatreSpace(problem).options] == ["A"]
    some = EmergencySession(id="k", scope=Scope.of(priority=["P4"]))
    assert len(TheatreSpace(problem.with_records("rule", (some,))).options) == 2
    of = space(some, sessions=TWO, cases=[case("K1"), case("K2", priority="P4")])
    (price,) = some.prices(of)
    assert {of.option(code).case.id for code in price.codes.members} == {"K2"}


@pytest.mark.parametrize("count", ["underuse", "unopened"])
def test_their_time_is_not_unused(count: str) -> None:
    rule = SessionFill(id="T36", count=count)
    sessions = [TWO[1]]
    assert said(rule, sessions=sessions, cases=[{"id": "K1", "minutes": 60}]) == []
    assert said(rule, sessions=sessions, cases=[case("K1", "E")]) == []
    of = space(rule, sessions=sessions, cases=[{"id": "K1", "minutes": 60}])
    assert list(rule.rows(of)) == []


# --- minutes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "minutes", "used", "short"),
    [
        (5, 0, 455, 0),
        (5, 0, 460, 4),
        (0, 30, 450, 0),
        (0, 30, 455, 5),
        (5, 30, 430, 4),
        (0, 0, 480, 0),
    ],
)
def test_each_session_keeps_a_share_and_minutes(
    share: int, minutes: int, used: int, short: int
) -> None:
    rule = EmergencyReserve(id="T29", share=share, minutes=minutes)
    found = said(rule, sessions=TWO, cases=[case("K1", minutes=used)])
    assert found == ([("reserve_session", ("A",), short)] if short else [])


def test_turnovers_between_cases_are_not_free_time() -> None:
    cases = [case("K1", minutes=400, turnover=30), case("K2", minutes=50, turnover=10)]
    rule = EmergencyReserve(id="T29")  # 490 less the longest turnover, for 456
    assert said(rule, cases=cases) == [("reserve_session", ("A",), 4)]


def test_a_day_spares_a_turnover_for_each_session_in_use() -> None:
    rule = EmergencyReserve(id="T29", kept="day", share=50)
    cases = [case("K1", minutes=300, turnover=30), case("K2", minutes=200, turnover=10)]
    assert said(rule, sessions=DAY, cases=cases) == [("reserve_day", ("theatre",), 30)]
    cases[1]["in"] = "B"
    assert said(rule, sessions=DAY, cases=cases) == []
    rows = linear(rule, "exact", sessions=DAY, cases=cases)
    assert [(row.hi, [weight for _, weight in row.features]) for row in rows] == [(540, [30, 30])]


def test_a_session_cannot_keep_more_than_it_has() -> None:
    rule = EmergencyReserve(id="T29", minutes=600)
    assert said(rule, cases=[case("K1", minutes=20)]) == [("reserve_session", ("A",), 20)]
    assert said(rule, cases=[{"id": "K1", "minutes": 20}]) == []


@pytest.mark.parametrize(("more", "short"), [(380, 0), (385, 1), (400, 16)])
def test_a_day_keeps_its_share_over_all_its_open_sessions(more: int, short: int) -> None:
    rule = EmergencyReserve(id="T29", kept="day", share=10)  # 864 of 960 minutes may be planned
    cases = [case("K1", minutes=480), case("K2", "B", minutes=more)]
    assert said(rule, sessions=DAY, cases=cases) == (
        [("reserve_day", ("theatre",), short)] if short else []
    )


def test_sessions_for_emergencies_are_free_time_of_their_day() -> None:
    rule = EmergencyReserve(id="T29", kept="day", share=50)
    assert said(rule, sessions=TWO, cases=[case("K1", minutes=480)]) == []
    used = [case("K1", minutes=480), case("K2", "E", minutes=30)]
    assert said(rule, sessions=TWO, cases=used) == [("reserve_day", ("theatre",), 30)]


def test_dedicated_time_is_that_of_these_sessions_alone() -> None:
    rule = EmergencyReserve(id="T29", kept="dedicated", share=50)
    assert said(rule, sessions=TWO, cases=[case("K1", minutes=60)]) == []
    found = said(rule, sessions=TWO, cases=[case("K2", "E", minutes=30)])
    assert found == [("reserve_dedicated", ("theatre",), 30)]
    none = said(rule, sessions=[{"id": "A", "suite": "Nord"}], cases=[case("K1")])
    assert none == [("reserve_dedicated", ("Nord",), 240)]  # there is no such session


def test_the_row_of_a_session_sums_what_other_rules_sum() -> None:
    rule = EmergencyReserve(id="T29")
    (row,) = linear(rule, "exact", sessions=TWO, cases=[case("K1", minutes=400, turnover=20)])
    assert row.hi == 456 + 20
    assert [sorted(table.values()) for _, table in row.parts] == [[420]]
