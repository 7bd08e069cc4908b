"""How many cases a session has, and fair shares of sessions that surgeons share."""

from dataclasses import replace
from typing import Any

import pytest
from theatre_tables import breaches, linear, said, situation

from planner.facts import facts
from planner.rules.contract import Scope
from planner.rules.theatre.fair_share import FairShare
from planner.rules.theatre.session_cases import SessionCases
from planner.shares import fair_minutes


def case(id: str, minutes: int, by: str = "X1", **more: Any) -> dict[str, Any]:
    return {"id": id, "minutes": minutes, "surgeons": [by], "surgeon": by} | more


# --- cases of a session ------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "count", "over"), [(3, 3, 0), (3, 4, 1), (1, 4, 3)])
def test_a_session_has_so_many_cases(most: int, count: int, over: int) -> None:
    cases = [{"id": f"K{n}", "in": "A", "minutes": 20} for n in range(count)]
    cases.append({"id": "other", "minutes": 20})
    found = said(SessionCases(id="T36", most=most), cases=cases)
    assert found == ([("many_cases", ("A",), over)] if over else [])


def test_a_session_into_which_fewer_may_come_has_no_row() -> None:
    cases = [{"id": f"K{n}", "minutes": 20} for n in range(3)]
    assert linear(SessionCases(id="T36", most=3), "exact", cases=cases) == []
    assert len(linear(SessionCases(id="T36", most=2), "exact", cases=cases)) == 1


# --- fair shares -------------------------------------------------------------------------------------


def fair(sessions: list[dict[str, Any]], *cases: dict[str, Any]) -> dict[str, int]:
    problem, _ = situation(FairShare(id="T42"), sessions=sessions, cases=list(cases))
    return dict(fair_minutes(facts(problem)))


def test_shared_minutes_go_by_the_minutes_that_wait() -> None:
    cases = (case("K1", 300), case("K2", 100, "X2"), case("K3", 100, "X3"))
    assert fair([{"id": "A"}], *cases) == {"X1": 288, "X2": 96, "X3": 96}


def test_a_case_for_several_counts_for_each_in_equal_parts() -> None:
    anybody = {"id": "K3", "minutes": 200, "surgeons": []}
    assert fair([{"id": "A"}], case("K1", 100), case("K2", 100, "X2"), anybody) == {
        "X1": 240,
        "X2": 240,
    }


def test_who_is_alone_shares_nothing() -> None:
    assert fair([{"id": "A"}], case("K1", 300)) == {}


@pytest.mark.parametrize(
    ("session", "room"),
    [
        ({}, 480),
        ({"owners": ["S", "OPH"]}, 240),
        ({"owners": ["OPH"]}, 0),
        ({"surgeon": "X1"}, 0),
        ({"closed": True}, 0),
        ({"emergency": True}, 0),
    ],
)
def test_only_shared_sessions_are_shared(session: dict[str, Any], room: int) -> None:
    found = fair([{"id": "A"} | session], case("K1", 100), case("K2", 100, "X2"))
    assert found == {"X1": room // 2, "X2": room // 2}


def test_a_session_without_owner_is_everybodys_who_has_cases() -> None:
    other = {"id": "K3", "minutes": 60, "specialty": "OPH", "surgeon": "X3"}
    problem, _ = situation(
        FairShare(id="T42"),
        cases=[case("K1", 100), case("K2", 100, "X2"), other],
        surgeons={"X3": {"specialty": "OPH"}},
    )
    assert dict(fair_minutes(facts(problem))) == {"X1": 120, "X2": 120}


@pytest.mark.parametrize(
    ("minutes", "amount"), [(240, 0), (285, 0), (290, 2), (335, 47), (340, 56), (400, 176)]
)
def test_more_than_fair_counts_twice_beyond_twice_the_tolerance(minutes: int, amount: int) -> None:
    rest = 480 - minutes  # fair are 240, 288 are tolerated, beyond 336 each minute counts twice
    cases = [
        case("K1", minutes) | {"in": "A"},
        case("K2", 480, "X2"),
        case("K3", rest) if rest else case("K3", 5),
    ]
    found = said(FairShare(id="T42", tier=4), cases=cases)
    assert found == ([("more_than_fair", ("X1",), amount)] if amount else [])


def test_a_hard_rule_has_one_slope_and_her_own_session_is_no_share() -> None:
    sessions = [{"id": "A"}, {"id": "B", "theatre": "R2", "surgeon": "X1"}]
    cases = [case("K1", 400, **{"in": "A"}), case("K2", 400, "X2")]
    assert said(FairShare(id="T42"), cases=cases) == [("more_than_fair", ("X1",), 112)]
    cases[0]["in"] = "B"
    assert said(FairShare(id="T42"), sessions=sessions, cases=cases) == []


def test_rows_are_said_only_where_too_many_minutes_may_come() -> None:
    cases = [case("K1", 200), case("K2", 200, "X2"), case("K3", 200)]
    soft = FairShare(id="T42", tier=4)
    rows = linear(replace(soft, tolerance=20), "exact", cases=cases)
    assert [(row.about.subjects, row.hi, row.knee, row.beyond) for row in rows] == [
        (("X1",), 384, 448, 1),
        (("X2",), 192, 224, 1),
    ]
    assert linear(replace(soft, tolerance=25), "exact", cases=cases) == []  # 400 of 320


def test_the_facts_of_the_sentence_and_a_scope() -> None:
    cases = [case("K1", 440, **{"in": "A"}), case("K2", 440, "X2")]
    (found,) = breaches(FairShare(id="T42", tier=4), cases=cases)
    assert found.facts == {"surgeon": "X1", "used": 440, "fair": 240, "more": 152}
    assert (found.about.first, found.about.last) == (0, 13)
    only = FairShare(id="T42", scope=Scope.of(surgeon=["X2"]))
    assert said(only, cases=cases) == []
