"""Surgeons of two theatres, second surgeons and ways: who is needed where, and when."""

from typing import Any

import pytest
from theatre_tables import breaches, linear, loads, said, situation, space

from planner.facts import facts
from planner.rules.blocks import About, Area
from planner.rules.contract import Scope, audit
from planner.rules.hands import are_beside, critical, second_surgeons, spared
from planner.rules.theatre.partners import Partners
from planner.rules.theatre.room_change import RoomChange
from planner.rules.theatre.surgeon_idle import SurgeonIdle
from planner.rules.theatre.surgeon_overlap import SurgeonOverlap
from planner.rules.theatre.travel import Travel
from planner.rules.theatre.two_rooms import TwoRooms
from planner.unjudged import unjudged
from planner.view import TheatreView

SURGEON, ROOMS, SECOND = SurgeonOverlap(id="T04"), TwoRooms(id="T05"), Partners(id="T41")
THREE = [
    {"id": "A", "beside": ["R2"]},
    {"id": "B", "theatre": "R2"},
    {"id": "C", "theatre": "R3"},
]
TWO = {"surgeons": {"X1": {"rooms": 2}}}


def case(id: str, session: str, start: str | None, minutes: int, **more: Any) -> dict[str, Any]:
    row = {"id": id, "in": session, "minutes": minutes} | more
    return row if start is None else row | {"start": start}


# --- facts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rooms", "opening", "closing", "expected"),
    [(1, 30, 20, (0, 0)), (2, 30, 20, (30, 20)), (2, 70, 49, (70, 49)), (2, 70, 50, (0, 0))],
)
def test_a_surgeon_of_two_theatres_is_spared_unless_nothing_would_be_left(
    rooms: int, opening: int, closing: int, expected: tuple[int, int]
) -> None:
    cases = [case("K1", "A", None, 120, opening=opening, closing=closing)]
    problem, _ = situation(SURGEON, cases=cases, surgeons={"X1": {"rooms": rooms}})
    known = facts(problem)
    assert spared(known, problem.cases[0], "X1") == expected
    assert critical(known, problem.cases[0], "X1", 120) == 120 - sum(expected)


def test_theatres_are_beside_each_other_where_one_of_them_says_so() -> None:
    known = facts(situation(ROOMS, sessions=THREE)[0])
    assert are_beside(known, known.theatres["R1"].id, known.theatres["R2"].id)
    assert are_beside(known, known.theatres["R2"].id, known.theatres["R1"].id)
    assert not are_beside(known, known.theatres["R1"].id, known.theatres["R3"].id)


def test_second_surgeons_are_those_that_a_case_names() -> None:
    cases = [case("K1", "A", None, 60, partners=["X3", "X2"]), case("K2", "A", None, 60)]
    problem, _ = situation(SECOND, cases=cases)
    assert set(second_surgeons(facts(problem))) == {"X2", "X3"}


# --- two theatres ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "changeover", "short"),
    [("09:15", 0, 0), ("09:14", 0, 1), ("09:25", 10, 0), ("09:24", 10, 1), ("07:05", 0, 0)],
)
def test_the_critical_parts_of_a_surgeon_follow_one_another(
    start: str, changeover: int, short: int
) -> None:
    """K1 needs her from 08:20 to 09:30, K2 from 15 minutes after its start for an hour."""
    rule = SurgeonOverlap(id="T04", changeover=changeover)
    cases = [
        case("K1", "A", "08:00", 120, opening=20, closing=30),
        case("K2", "B", start, 90, opening=15, closing=15),
    ]
    sessions = [{"id": "A"}, {"id": "B", "theatre": "R2", "start": "07:00"}]
    found = said(rule, sessions=sessions, cases=cases, **TWO)
    assert found == ([("surgeon_both", ("X1", "K1", "K2"), short)] if short else [])


def test_a_surgeon_of_one_theatre_is_needed_for_the_whole_case() -> None:
    cases = [
        case("K1", "A", "08:00", 120, opening=20, closing=30),
        case("K2", "B", "09:50", 90, opening=15, closing=15),
    ]
    found = said(SURGEON, sessions=THREE, cases=cases)
    assert found == [("surgeon_overlap", ("X1", "K1", "K2"), 10)]


def test_a_day_without_all_starts_counts_the_critical_minutes() -> None:
    sessions = [
        {"id": "A", "end": "10:00", "beside": ["R2"]},
        {"id": "B", "theatre": "R2", "end": "10:00"},
    ]  # 120 minutes
    cases = [
        case("K1", "A", None, 100, opening=20, closing=20),
        case("K2", "B", None, 100, opening=20, closing=15),
    ]
    table: dict[str, Any] = {"sessions": sessions, "cases": cases}
    assert said(SURGEON, **table, **TWO) == [("surgeon_full", ("X1",), 60 + 65 - 120)]
    assert said(SURGEON, **table) == [("surgeon_full", ("X1",), 200 - 120)]
    (row,) = linear(SURGEON, "relaxation", **table, **TWO)
    assert loads(row, space(SURGEON, **table, **TWO))[("K2", "B", "X1")] == 65
    apart = [row.lo for row in linear(SURGEON, "guide", **table, **TWO) if row.lo is not None]
    assert apart == []  # she may have both
    assert [row.lo for row in linear(SURGEON, "guide", **table) if row.lo is not None] == [1]


@pytest.mark.parametrize(
    ("session", "start", "apart"),
    [
        ("B", "09:00", 0),
        ("C", "10:00", 0),
        ("C", "09:59", 1),
        ("C", "09:00", 60),
        ("A", "09:00", 0),
    ],
)
def test_cases_at_once_are_in_theatres_side_by_side(session: str, start: str, apart: int) -> None:
    """Two in one theatre are for the rule of theatres."""
    cases = [case("K1", "A", "08:00", 120), case("K2", session, start, 120)]
    found = said(ROOMS, sessions=THREE, cases=cases, **TWO)
    assert found == ([("rooms_apart", ("X1", "K1", "K2"), apart)] if apart else [])
    assert said(ROOMS, sessions=THREE, cases=cases) == []  # she works in one


@pytest.mark.parametrize(("start", "third"), [("10:00", 0), ("09:55", 5)])
def test_there_is_no_third_case_at_once(start: str, third: int) -> None:
    sessions = [{**row, "beside": ["R1", "R2", "R3"]} for row in THREE]
    cases = [
        case("K1", "A", "08:00", 120),
        case("K2", "B", "08:00", 180),
        case("K3", "C", start, 60),
        case("K4", "C", None, 60),  # not judged
    ]
    found = said(ROOMS, sessions=sessions, cases=cases, **TWO)
    assert found == ([("rooms_third", ("X1", "K1", "K2", "K3"), third)] if third else [])


def test_two_sessions_of_a_half_day_in_theatres_apart_are_avoided() -> None:
    table: dict[str, Any] = {"sessions": THREE, "cases": [case("K1", "A", None, 60)], **TWO}
    guides = linear(ROOMS, "guide", **table)
    assert [(row.lo, row.each, len(row.features)) for row in guides] == [(1, 3000, 2)] * 2
    evening = [THREE[0] | {"end": "12:00"}, THREE[2] | {"start": "13:00"}]
    assert linear(ROOMS, "guide", **table | {"sessions": evening}) == []


def test_a_scope_of_surgeons_passes_over_the_others() -> None:
    cases = [case("K1", "A", "08:00", 120), case("K2", "C", "08:00", 120)]
    rule = TwoRooms(id="T05", scope=Scope.of(surgeon=["X2"]))
    assert said(rule, sessions=THREE, cases=cases, **TWO) == []


def test_a_surgeon_of_two_theatres_changes_theatre_from_the_third_on() -> None:
    cases = [case(f"K{k}", id, None, 60) for k, id in enumerate("ABC")]
    rule = RoomChange(id="rooms")
    assert said(rule, sessions=THREE, cases=cases, **TWO) == [("room_change", ("X1",), 1)]
    assert said(rule, sessions=THREE, cases=cases[:2], **TWO) == []
    assert [row.lo for row in linear(rule, "exact", sessions=THREE, cases=cases, **TWO)] == [1]


# --- second surgeons -------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "short"), [("09:00", 0), ("08:59", 1), ("07:00", 60)])
def test_a_second_surgeon_is_in_no_other_case(start: str, short: int) -> None:
    sessions = [{"id": "A"}, {"id": "B", "theatre": "R2", "start": "07:00"}]
    cases = [
        case("K1", "A", "08:00", 60, partners=["X2"]),
        case("K2", "B", start, 120, surgeon="X2"),
    ]
    names = ("X2", "K1", "K2") if start != "07:00" else ("X2", "K2", "K1")
    found = said(SECOND, sessions=sessions, cases=cases)
    assert found == ([("partner_overlap", names, short)] if short else [])


def test_two_cases_need_the_same_second_surgeon() -> None:
    cases = [
        case("K1", "A", "08:00", 60, partners=["X2"]),
        case("K2", "B", "08:30", 60, partners=["X2"], surgeon="X3"),
        case("K3", "C", "08:30", 60, partners=["X4"], surgeon="X5"),
    ]
    found = said(SECOND, sessions=THREE, cases=cases)
    assert found == [("partner_overlap", ("X2", "K1", "K2"), 30)]


def test_her_own_cases_are_for_the_rule_of_one_case_at_a_time() -> None:
    cases = [
        case("K1", "A", "08:00", 60, surgeon="X2"),
        case("K2", "B", "08:00", 60, surgeon="X2"),
        case("K3", "C", "12:00", 60, partners=["X2"]),
    ]
    assert said(SECOND, sessions=THREE, cases=cases) == []


def test_a_second_surgeon_of_two_theatres_is_spared_in_her_own_case_only() -> None:
    """X2 is needed in K2 from 09:00 to 10:00, and in K1 to its end."""
    cases = [
        case("K1", "A", "08:00", 70, partners=["X2"], closing=30),
        case("K2", "B", "08:30", 120, surgeon="X2", opening=30, closing=30),
    ]
    found = said(SECOND, sessions=THREE, cases=cases, surgeons={"X2": {"rooms": 2}})
    assert found == [("partner_overlap", ("X2", "K1", "K2"), 10)]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("12:00", []),
        ("11:59", [("partner_away", ("K1", "X2"), 1)]),
        (None, []),
    ],
)
def test_a_second_surgeon_is_not_away(start: str | None, expected: list[Any]) -> None:
    away = [{"surgeon": "X2", "start": "08:00", "end": "12:00"}]
    cases = [case("K1", "A", start, 60, partners=["X2"])]
    assert said(SECOND, cases=cases, away=away) == expected


@pytest.mark.parametrize("start", [None, "08:00"])
def test_a_session_at_which_second_surgeons_are_never_there_is_refused(start: str | None) -> None:
    away = [{"surgeon": "X2"}, {"surgeon": "X3"}]
    cases = [case("K1", "A", start, 45, partners=["X2", "X3"])]
    assert said(SECOND, cases=cases, away=away) == [("partner_absent", ("K1",), 90)]


@pytest.mark.parametrize("start", [None, "08:00"])
def test_nobody_is_her_own_second_surgeon(start: str | None) -> None:
    cases = [case("K1", "A", start, 45, partners=["X1"])]
    assert said(SECOND, cases=cases, away=[{}]) == [("partner_operates", ("K1",), 45)]


def test_a_day_of_a_second_surgeon_without_all_starts_is_judged_by_its_sum() -> None:
    sessions = [{"id": "A", "end": "10:00"}, {"id": "B", "theatre": "R2", "end": "10:00"}]
    cases = [
        case("K1", "A", "08:00", 70, partners=["X2"]),
        case("K2", "B", None, 60, surgeon="X2"),
    ]
    table: dict[str, Any] = {"sessions": sessions, "cases": cases}
    assert said(SECOND, **table) == [("partner_full", ("X2",), 130 - 120)]
    (row,) = linear(SECOND, "relaxation", **table)
    assert row.hi == 120
    assert loads(row, space(SECOND, **table))[("K1", "A", "X1")] == 70


def test_a_narrowed_audit_looks_at_all_cases_of_the_day() -> None:
    cases = [
        case("K1", "A", "08:00", 60, partners=["X2"]),
        case("K2", "B", "08:30", 60, surgeon="X2"),
    ]
    view = TheatreView(*situation(SECOND, sessions=THREE, cases=cases))
    (found,) = audit(SECOND, view, Area(frozenset({"K2"}), 0, 0))
    assert found.about == About("partner_overlap", ("X2", "K1", "K2"), 0, 0)


# --- what no rule looks at -------------------------------------------------------------------------


def test_a_plan_of_two_theatres_or_second_surgeons_is_not_passed_in_silence() -> None:
    cases = [case("K1", "A", "08:00", 60, partners=["X2"])]
    for rule, expected in (
        (SURGEON, {"no_two_rooms_rule", "no_partner_rule"}),
        (ROOMS, {"no_partner_rule"}),
        (SECOND, {"no_two_rooms_rule"}),
    ):
        found = {fault.what for fault in unjudged(*situation(rule, cases=cases, **TWO))}
        assert found & {"no_two_rooms_rule", "no_partner_rule"} == expected
    plain, plan = situation(SURGEON, cases=[case("K1", "A", "08:00", 60)])
    silent = {fault.what for fault in unjudged(plain, plan)}
    assert not silent & {"no_two_rooms_rule", "no_partner_rule"}


# --- the way ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suite", "start", "short"),
    [("south", "09:15", 0), ("south", "09:14", 1), ("north", "09:00", 0), ("south", "06:45", 0)],
)
def test_a_surgeon_has_the_minutes_of_the_way(suite: str, start: str, short: int) -> None:
    sessions = [
        {"id": "A", "suite": "north"},
        {"id": "B", "theatre": "R2", "suite": suite, "start": "06:00"},
    ]
    cases = [case("K1", "A", "08:00", 60), case("K2", "B", start, 60)]
    rule = Travel(id="T39", way=15)
    found = said(rule, sessions=sessions, cases=cases)
    assert found == ([("travel", ("X1", "K1", "K2"), short)] if short else [])
    others = [cases[0], cases[1] | {"surgeon": "X2"}]
    assert said(rule, sessions=sessions, cases=others) == []


def test_a_breach_of_the_way_tells_both_suites() -> None:
    sessions = [{"id": "A", "suite": "north"}, {"id": "B", "theatre": "R2", "suite": "south"}]
    cases = [case("K1", "A", "08:00", 60), case("K2", "B", "09:05", 60)]
    (found,) = breaches(Travel(id="T39", way=15), sessions=sessions, cases=cases)
    assert (found.facts["elsewhere"], found.facts["suite"]) == ("north", "south")


@pytest.mark.parametrize(
    ("rooms", "start", "idle"),
    [
        (2, "09:15", 0),  # K1 needs her from 08:20 to 09:30, K2 from 09:30 on
        (2, "09:30", 15),
        (2, "10:00", 45),
        (1, "10:00", 0),
        (1, "10:30", 30),
    ],
)
def test_a_surgeon_of_two_theatres_waits_between_the_parts_that_need_her(
    rooms: int, start: str, idle: int
) -> None:
    """The minutes of a case that others open and close are none that she operates."""
    cases = [
        case("K1", "A", "08:00", 120, opening=20, closing=30),
        case("K2", "B", start, 90, opening=15, closing=15),
    ]
    surgeons = {"X1": {"rooms": rooms}}
    found = said(SurgeonIdle(id="idle"), sessions=THREE, cases=cases, surgeons=surgeons)
    assert [amount for *_, amount in found] == ([idle] if idle else [])
