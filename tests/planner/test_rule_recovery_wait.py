"""Patients who wait in the theatre for a post of the recovery room."""

from typing import Any

import pytest
from theatre_tables import breaches, linear, said

from planner.rules.blocked import leaves
from planner.rules.theatre.recovery_posts import RecoveryPosts

ROOMS = [{"id": f"S{n}", "theatre": f"R{n}"} for n in (1, 2, 3)]
ONE = {"posts": 1}


def case(number: int, session: str, start: str | None, minutes: int = 60) -> dict[str, Any]:
    row = {"id": f"K{number}", "in": session, "minutes": minutes, "recovery": 60}
    row |= {"surgeon": f"X{number}", "turnover": 10}
    return row if start is None else row | {"start": start}


@pytest.mark.parametrize(
    ("places", "expected"), [(1, [480, 540, 600, 690]), (2, [480, 485, 540, 690]), (9, None)]
)
def test_places_are_given_first_come_first_served(places: int, expected: list[int] | None) -> None:
    come = [(480, 60), (485, 60), (490, 60), (690, 30)]
    assert leaves(come, places) == (expected or [end for end, _ in come])


@pytest.mark.parametrize(("start", "wait", "beyond"), [("08:40", 40, 0), ("08:40", 35, 5)])
def test_a_patient_may_wait_so_long(start: str, wait: int, beyond: int) -> None:
    """K1 has the post from 09:00 to 10:00; K2 ends at 09:20."""
    rule = RecoveryPosts(id="T24", wait=wait)
    cases = [case(1, "S1", "08:00"), case(2, "S2", start, 40)]
    found = said(rule, sessions=ROOMS, cases=cases, recovery=ONE)
    assert found == ([("recovery_waits", ("PACU", "K2"), beyond)] if beyond else [])


def test_without_a_wait_the_minutes_of_patients_too_many_count_as_before() -> None:
    cases = [case(1, "S1", "08:00"), case(2, "S2", "08:40", 40)]
    found = said(RecoveryPosts(id="T24"), sessions=ROOMS, cases=cases, recovery=ONE)
    assert found == [("recovery_short", ("PACU", "K1", "K2"), 40)]


@pytest.mark.parametrize(("start", "blocked"), [("10:10", 0), ("10:05", 5), ("09:30", 40)])
def test_a_theatre_is_held_until_its_patient_leaves_it(start: str, blocked: int) -> None:
    """K2 waits in R2 until 10:00; K3 comes there next, after a turnover of ten minutes."""
    rule = RecoveryPosts(id="T24", wait=60)
    cases = [case(1, "S1", "08:00"), case(2, "S2", "08:20"), case(3, "S2", start)]
    found = said(rule, sessions=ROOMS, cases=cases, recovery={"posts": 1})
    mine = [each for each in found if each[0] == "recovery_blocks"]
    assert mine == ([("recovery_blocks", ("K2", "K3"), blocked)] if blocked else [])


def test_a_wait_says_how_long_and_until_when() -> None:
    rule = RecoveryPosts(id="T24", wait=10)
    cases = [case(1, "S1", "08:00"), case(2, "S2", "08:20"), case(3, "S3", "08:30")]
    first, second = breaches(rule, sessions=ROOMS, cases=cases, recovery=ONE)
    assert (first.facts["waits"], first.facts["leaves"], first.amount) == (40, 600, 30)
    assert (second.facts["waits"], second.facts["leaves"], second.amount) == (90, 660, 80)


def test_who_ends_at_the_same_time_goes_by_name() -> None:
    rule = RecoveryPosts(id="T24", wait=30)
    cases = [case(2, "S2", "08:00"), case(1, "S1", "08:00")]
    found = said(rule, sessions=ROOMS, cases=cases, recovery=ONE)
    assert found == [("recovery_waits", ("PACU", "K2"), 30)]


def test_without_any_post_all_minutes_of_recovery_are_too_many() -> None:
    rule = RecoveryPosts(id="T24", wait=30)
    cases = [case(1, "S1", "08:00"), case(2, "S2", "08:00")]
    found = said(rule, sessions=ROOMS, cases=cases, recovery={"posts": 0})
    assert [(what, amount) for what, _, amount in found] == [("recovery_short", 60)] * 2


def test_a_day_without_all_starts_has_the_wait_in_addition() -> None:
    rule = RecoveryPosts(id="T24", wait=30)
    recovery = {"posts": 1, "start": "08:00", "end": "09:00"}
    cases = [case(1, "S1", "08:00"), case(2, "S2", None)]
    table: dict[str, Any] = {"sessions": ROOMS, "cases": cases, "recovery": recovery}
    assert said(rule, **table) == [("recovery_full", ("PACU",), 120 - 90)]
    assert [row.hi for row in linear(rule, "relaxation", **table)] == [90]
