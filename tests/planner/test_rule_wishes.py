"""Wishes of patients and surgeons: half of the day, suite; and surgeons who stay in one suite."""

from typing import Any

import pytest
from theatre_tables import linear, said, space

from planner.rules.contract import Scope
from planner.rules.theatre.half_day_start import HalfDayStart
from planner.rules.theatre.half_day_wish import HalfDayWish
from planner.rules.theatre.suite_change import SuiteChange
from planner.rules.theatre.suite_wish import SuiteWish

PATIENT, SURGEON = HalfDayWish(id="p", tier=4), HalfDayWish(id="s", tier=4, whose="surgeon")


def case(id: str = "K1", session: str = "A", **more: Any) -> dict[str, Any]:
    return {"id": id, "in": session, "minutes": 60} | more


@pytest.mark.parametrize(
    ("start", "end", "wish", "missed"),
    [  # noon is 12:30
        ("08:00", "12:30", "morning", 0),
        ("08:00", "12:30", "afternoon", 1),
        ("12:30", "16:00", "afternoon", 0),
        ("12:30", "16:00", "morning", 1),
        ("12:25", "16:00", "morning", 0),
        ("08:00", "12:35", "afternoon", 0),
        ("08:00", "16:00", "morning", 0),
        ("08:00", "16:00", "afternoon", 0),
        ("12:30", "16:00", "", 0),
    ],
)
def test_a_session_has_something_of_the_wished_half(
    start: str, end: str, wish: str, missed: int
) -> None:
    sessions = [{"id": "A", "start": start, "end": end}]
    found = said(PATIENT, sessions=sessions, cases=[case(prefers=wish)])
    assert found == [(f"patient_{wish}", ("K1",), 1)] * missed
    mine = said(SURGEON, sessions=sessions, cases=[case()], surgeons={"X1": {"prefers": wish}})
    assert mine == [(f"surgeon_{wish}", ("K1",), 1)] * missed


def test_each_is_asked_for_her_own_wish_only() -> None:
    sessions = [{"id": "A", "end": "12:00"}]
    table: dict[str, Any] = {"sessions": sessions, "surgeons": {"X1": {"prefers": "afternoon"}}}
    assert said(PATIENT, cases=[case()], **table) == []
    assert said(SURGEON, cases=[case(surgeon="X2", prefers="afternoon")], **table) == []
    assert said(SURGEON, cases=[case(surgeon="")], **table) == []
    rule = HalfDayWish(id="s", whose="surgeon", scope=Scope.of(priority=["P2"]))
    cases = [case("K1"), case("K2", priority="P2")]
    assert said(rule, cases=cases, **table) == [("surgeon_afternoon", ("K2",), 1)]
    of = space(rule, cases=cases, **table)
    assert [price.cells for price in rule.prices(of)] == [(1,)]


@pytest.mark.parametrize(
    ("start", "wish", "off"),
    [
        ("12:30", "morning", 0),
        ("12:35", "morning", 5),
        ("12:30", "afternoon", 0),
        ("12:25", "afternoon", 5),
        ("08:00", "afternoon", 270),
        ("08:00", "", 0),
        (None, "afternoon", 0),
    ],
)
def test_a_whole_day_has_a_start_in_the_wished_half(start: str | None, wish: str, off: int) -> None:
    row = {} if start is None else {"start": start}
    found = said(HalfDayStart(id="p"), cases=[case(prefers=wish, **row)])
    assert found == ([(f"patient_start_{wish}", ("K1",), off)] if off else [])
    mine = HalfDayStart(id="s", whose="surgeon")
    found = said(mine, cases=[case(**row)], surgeons={"X1": {"prefers": wish}})
    assert found == ([(f"surgeon_start_{wish}", ("K1",), off)] if off else [])
    assert said(mine, cases=[case(surgeon="", **row)], surgeons={"X1": {"prefers": wish}}) == []


@pytest.mark.parametrize("hours", [{"end": "12:30"}, {"start": "12:30"}])
def test_a_session_of_one_half_is_not_judged_by_its_starts(hours: dict[str, str]) -> None:
    start = hours.get("start", "08:00")
    for wish in ("morning", "afternoon"):
        cases = [case(prefers=wish, start=start), case("K2", prefers=wish, start="12:00")]
        assert said(HalfDayStart(id="p"), sessions=[{"id": "A"} | hours], cases=cases) == []


@pytest.mark.parametrize(
    ("suite", "wished", "missed"),
    [("Nord", [], 0), ("Nord", ["Nord"], 0), ("Nord", ["Sud", "Nord"], 0), ("Nord", ["Sud"], 1)],
)
def test_a_patient_comes_to_a_suite_that_she_wishes(
    suite: str, wished: list[str], missed: int
) -> None:
    sessions = [{"id": "A", "suite": suite}]
    found = said(SuiteWish(id="T39"), sessions=sessions, cases=[case(suites=wished)])
    assert found == [("other_suite", ("K1",), 1)] * missed


HOUSE = [
    {"id": "A", "theatre": "R1", "suite": "Nord"},
    {"id": "B", "theatre": "R2", "suite": "Nord"},
    {"id": "C", "theatre": "R3", "suite": "Sud"},
    {"id": "D", "theatre": "R4", "suite": "Est"},
    {"id": "N", "theatre": "R3", "suite": "Sud", "day": 1},
]


@pytest.mark.parametrize(
    ("places", "more"), [("AB", 0), ("AC", 1), ("ABC", 1), ("ACD", 2), ("AN", 0), ("CN", 0)]
)
def test_a_surgeon_stays_in_one_suite_a_day(places: str, more: int) -> None:
    rule = SuiteChange(id="T39-surgeon")
    cases = [case(f"K{place}", place) for place in places]
    found = said(rule, sessions=HOUSE, cases=cases)
    assert found == ([("suite_change", ("X1",), more)] if more else [])


def test_several_surgeons_may_be_in_several_suites() -> None:
    cases = [case("K1", "A"), case("K2", "C", surgeon="X2")]
    assert said(SuiteChange(id="T39-surgeon"), sessions=HOUSE, cases=cases) == []
    only = SuiteChange(id="c", scope=Scope.of(surgeon=["X2"]))
    assert said(only, sessions=HOUSE, cases=[case("K1", "A"), case("K2", "C")]) == []


def test_a_house_of_one_suite_says_nothing_to_the_engines() -> None:
    rule = SuiteChange(id="T39-surgeon")
    cases = [case("K1", "A"), case("K2", "B")]
    assert linear(rule, "exact", sessions=HOUSE[:2], cases=cases) == []
    rows = linear(rule, "exact", sessions=HOUSE, cases=cases)
    assert [(row.about.subjects, row.lo, len(row.features)) for row in rows] == [(("X1",), 2, 3)]
    # one test a suite, whatever its theatres: a test a case and theatre took 340 MB in a large house
    assert [len(feature) for row in rows for feature, _ in row.features] == [1, 1, 1]
