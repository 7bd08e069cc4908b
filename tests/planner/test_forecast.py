"""What is simulated of a plan, and whether a forecast is still about it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from kpi_house import case, house, session

from planner.boards.theatre import theatre_board
from planner.cases import Procedure
from planner.edits import AdoptPlan, KeepForecast
from planner.forecast import DayForecast, Forecast, Outlook, SessionForecast, course, digest
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import Study
from planner.view import TheatreView

PROBLEM = house(
    sessions=(session("A"), session("B", theatre="R2"), session("C", 1)),
    cases=(case("K1"), case("K2", partners=frozenset({"X2"})), case("K3"), case("K4")),
)
PLACED = (
    Placement("K1", "A", "X1", 480),
    Placement("K2", "B", "X1", 560),
    Placement("K3", "C", None, 500),
)


def view(problem: Problem = PROBLEM, placed: tuple[Placement, ...] = PLACED) -> TheatreView:
    return TheatreView(problem, Plan.build(placed))


def forecast(of: TheatreView) -> Forecast:
    """Make a forecast by hand: session A 30 %, others 10 %, 12 minutes each."""
    days = []
    for day in sorted(of.facts.sessions_on):
        steps = course(of, day)
        sessions = tuple(
            SessionForecast(id, 300 if id == "A" else 100, 20, 12, 930, 970, 990)
            for id in sorted({step.session for step in steps})
        )
        if steps:
            days.append(DayForecast(day, digest(steps), sessions))
    return Forecast(days=tuple(days), high=60)


MADE = forecast(view())


def test_the_course_of_a_day_stands_in_order_of_start() -> None:
    first, second = course(view(), 0)
    assert (first.case, first.start, first.end, first.turnover) == ("K1", 480, 960, 15)
    assert (first.mean, first.deviation, first.shift, first.pace) == (60, 15, 0, 100)
    assert first.people == (("X1", 0, 0),)
    assert (second.case, second.people) == ("K2", (("X1", 0, 0), ("X2", 0, 0)))
    (alone,) = course(view(), 1)
    assert (alone.people, alone.pace) == ((), 100)


def test_cases_without_a_start_follow_what_stands_before_them() -> None:
    loose = (
        Placement("K1", "A", "X1"),
        Placement("K2", "A", "X1"),
        Placement("K3", "A", "X1", 700),
    )
    assert [(step.case, step.start) for step in course(view(placed=loose), 0)] == [
        ("K1", 480), ("K2", 480 + 60 + 15), ("K3", 700),
    ]  # fmt: skip


def changed(**records: Any) -> Callable[[], TheatreView]:
    return lambda: view(replace(PROBLEM, **records))


NOT_THE_SAME: dict[str, Callable[[], TheatreView]] = {
    "start": lambda: view(placed=(PLACED[0]._replace(start=485), *PLACED[1:])),
    "surgeon": lambda: view(placed=(PLACED[0]._replace(surgeon="X2"), *PLACED[1:])),
    "gone": lambda: view(placed=PLACED[1:]),
    "more": lambda: view(placed=(*PLACED, Placement("K4", "B", "X2", 700))),
    "theatre": changed(sessions=(session("A", theatre="R2"), *PROBLEM.sessions[1:])),
    "end": changed(sessions=(session("A", end=900), *PROBLEM.sessions[1:])),
    "overtime": changed(sessions=(session("A", overtime=0), *PROBLEM.sessions[1:])),
    "mean": changed(cases=(case("K1", 61), *PROBLEM.cases[1:])),
    "deviation": changed(cases=(case("K1", deviation=16), *PROBLEM.cases[1:])),
    "partner": changed(cases=(case("K1", partners=frozenset({"X2"})), *PROBLEM.cases[1:])),
}


@pytest.mark.parametrize("name", NOT_THE_SAME)
def test_what_moves_on_makes_its_day_out_of_date_and_no_other(name: str) -> None:
    outlook = Outlook(NOT_THE_SAME[name](), MADE)
    assert not outlook.current(0)
    assert outlook.current(1)
    assert outlook.stale
    assert outlook.whole is None
    sessions = {each.id: each for each in outlook.view.problem.sessions}
    assert outlook.of(sessions["A"]) is None
    assert outlook.outdated(sessions["B"])
    found = outlook.of(sessions["C"])
    assert found is not None
    assert (found.late, outlook.outdated(sessions["C"])) == (100, False)


PROCEDURE = Procedure(id="P", specialty="S", turnover=15)
BOTH = (replace(PROBLEM.surgeons[0], rooms=2), PROBLEM.surgeons[1])


@pytest.mark.parametrize(
    "other",
    [
        {"procedures": (replace(PROCEDURE, shift=9),)},
        {"procedures": (replace(PROCEDURE, turnover=25),)},
        {"procedures": (replace(PROCEDURE, opening=10, closing=10),)},
        {"surgeons": (replace(BOTH[0], pace=110), BOTH[1])},
    ],
)
def test_procedures_and_surgeons_count_where_they_are_read(other: dict[str, Any]) -> None:
    before = replace(PROBLEM, procedures=(PROCEDURE,), surgeons=BOTH)
    made = forecast(view(before))
    assert not Outlook(view(before), made).stale
    assert Outlook(view(replace(before, **other)), made).stale


def test_what_is_not_simulated_makes_nothing_out_of_date() -> None:
    other = replace(
        PROBLEM,
        cases=tuple(replace(each, due=3, note="x") for each in PROBLEM.cases),
        wards=(),
        sessions=(*PROBLEM.sessions, session("D", 3)),
    )
    assert Outlook(view(other), MADE).whole == MADE


def test_a_day_that_lost_all_its_cases_is_out_of_date() -> None:
    outlook = Outlook(view(placed=PLACED[:2]), MADE)
    assert outlook.current(0)
    assert not outlook.current(1)
    assert not outlook.outdated(PROBLEM.sessions[2]), "there is nothing to be said of it"


def test_without_a_forecast_nothing_is_said() -> None:
    outlook = Outlook(view(), None)
    assert (outlook.stale, outlook.whole, outlook.of(PROBLEM.sessions[0])) == (False, None, None)
    assert not outlook.outdated(PROBLEM.sessions[0])


def test_indicators_are_those_of_a_forecast_up_to_date() -> None:
    now = sheet(Outcome(PROBLEM, view().plan, forecast=MADE))
    assert now["expected_overtime"] == 36
    assert now["late_chance"] == pytest.approx((30 + 10 + 10) / 3)
    moved = Outcome(PROBLEM, Plan.build(PLACED[:2]), forecast=MADE)
    for values in (sheet(moved), sheet(Outcome(PROBLEM, view().plan))):
        assert values["expected_overtime"] is values["late_chance"] is None
    beside = Outcome(PROBLEM, view().plan, forecast=MADE).against(moved)
    assert sheet(beside)["expected_overtime"] == 36
    assert beside.forecast is MADE


def test_the_board_has_what_is_expected_of_each_session() -> None:
    def bands(outcome: Outcome) -> dict[str, tuple[int | None, bool]]:
        return {
            band.session.id: (None if band.expected is None else band.expected.late, band.outdated)
            for day in theatre_board(outcome).days
            for row in day.rows
            for band in row.bands
        }

    known = bands(Outcome(PROBLEM, view().plan, forecast=MADE))
    assert known == {"A": (300, False), "B": (100, False), "C": (100, False)}
    moved = NOT_THE_SAME["start"]()
    after = bands(Outcome(PROBLEM, moved.plan, forecast=MADE))
    assert after == {"A": (None, True), "B": (None, True), "C": (100, False)}
    assert set(bands(Outcome(PROBLEM, view().plan)).values()) == {(None, False)}


def test_keeping_a_forecast_is_an_edit() -> None:
    study = Study(id="s", base=PROBLEM)
    kept = KeepForecast(scenario="base", forecast=MADE)
    assert kept.apply(study).scenario("base").forecast is MADE
    assert kept.label == ("edit_forecast", {"scenario": "base"})
    assert kept.touched == {"base"}
    adopted = AdoptPlan(scenario="base", plan=view().plan, forecast=MADE).apply(study)
    assert adopted.scenario("base").forecast is MADE
