"""Not too many cases start at the same time."""

from typing import Any

import pytest
from theatre_tables import said

from planner.rules.contract import Scope
from planner.rules.theatre.starts import Starts

ROOMS = [{"id": "A"}, {"id": "B", "theatre": "R2"}, {"id": "C", "theatre": "R3"}]
COVER = [{"people": 1, "end": "12:00"}, {"people": 1, "start": "08:30", "end": "19:00"}]


def case(id: str, session: str, start: str | None, **more: Any) -> dict[str, Any]:
    row = {"id": id, "in": session, "minutes": 60, "surgeon": f"X{id}"} | more
    return row if start is None else row | {"start": start}


@pytest.mark.parametrize(
    ("third", "short"), [("08:15", 0), ("08:14", 1), ("08:05", 10), ("08:00", 15)]
)
def test_starts_of_a_suite_keep_their_distance(third: str, short: int) -> None:
    rule = Starts(id="T40", most=2)
    cases = [case("K1", "A", "08:00"), case("K2", "B", "08:00"), case("K3", "C", third)]
    sessions = [row | {"suite": "north"} for row in ROOMS]
    found = [("starts_close", ("north", "K1", "K2", "K3"), short)] if short else []
    assert said(rule, sessions=sessions, cases=cases) == found


def test_suites_are_counted_apart() -> None:
    rule = Starts(id="T40", most=1)
    sessions = [row | {"suite": f"suite {n}"} for n, row in enumerate(ROOMS)]
    cases = [case("K1", "A", "08:00"), case("K2", "B", "08:00"), case("K3", "C", "08:00")]
    assert said(rule, sessions=sessions, cases=cases) == []


@pytest.mark.parametrize(("hour", "short"), [("08", 0), ("12", 15)])
def test_each_anaesthetist_of_the_half_day_starts_one(hour: str, short: int) -> None:
    rule = Starts(id="T09", per="anaesthetist")
    cases = [case("K1", "A", f"{hour}:40"), case("K2", "B", f"{hour}:40")]
    found = said(rule, sessions=ROOMS, cases=cases, anaesthetists=COVER)
    assert [amount for *_, amount in found] == ([short] if short else [])


def test_starts_on_both_sides_of_noon_count_in_both_halves() -> None:
    rule = Starts(id="T09", per="anaesthetist")  # two before noon, one after
    cases = [case("K1", "A", "12:20"), case("K2", "B", "12:25")]
    found = said(rule, sessions=ROOMS, cases=cases, anaesthetists=COVER)
    assert [(subjects[-2:], amount) for _, subjects, amount in found] == [(("K1", "K2"), 5)]


@pytest.mark.parametrize(
    "other", [{"anaesthesia": "local"}, {"start": "08:20"}, {"start": None}], ids=str
)
def test_what_needs_nobody_or_has_no_start_does_not_count(other: dict[str, Any]) -> None:
    rule = Starts(id="T09", per="anaesthetist")
    cover = [{"people": 1, "end": "19:00"}]
    two = case("K2", "B", "08:00") | other
    cases = [case("K1", "A", "08:00"), {k: v for k, v in two.items() if v is not None}]
    assert said(rule, sessions=ROOMS, cases=cases, anaesthetists=cover) == []


def test_a_half_day_or_a_study_without_anaesthetists_is_another_rule_s() -> None:
    rule = Starts(id="T09", per="anaesthetist")
    cases = [case("K1", "A", "14:00"), case("K2", "B", "14:00")]
    morning = [{"people": 1, "end": "12:00"}]
    assert said(rule, sessions=ROOMS, cases=cases, anaesthetists=morning) == []
    assert said(rule, sessions=ROOMS, cases=cases) == []


def test_sessions_that_are_not_meant_do_not_count() -> None:
    rule = Starts(id="T40", scope=Scope.of(session=["A"]))
    cases = [case("K1", "A", "08:00"), case("K2", "B", "08:00")]
    assert said(rule, sessions=ROOMS, cases=cases) == []
