"""Cover: least, best and most, by skill, points and tracks."""

import dataclasses
from typing import Any

import pytest
from roster_words import Found, broken, facts, situation

from planner.packs.example import SHIFTS
from planner.people import StaffMember
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Scope
from planner.rules.roster.coverage import Coverage

ROSTER = {"A": "M -", "B": "M N12", "C": "S N12", "D": "- -"}


def need(**values: Any) -> CoverRequirement:
    """Make a need of two people on M on day 0, but for what is given."""
    usual: dict[str, Any] = {"id": "c", "day": 0, "shifts": frozenset({"M"}), "least": 2}
    return CoverRequirement(**(usual | values))


@pytest.mark.parametrize(
    ("level", "cover", "found"),
    [
        ("least", need(), []),
        ("least", need(least=3), [Found("cover_least", 0, 0, 1)]),
        ("least", need(least=5, price_below=100), [Found("cover_least", 0, 0, 300)]),
        ("least", need(least=5, price_below=0), []),
        ("least", need(shifts=frozenset({"M", "S"}), least=3), []),
        ("least", need(shifts=frozenset({"M", "S"}), least=4), [Found("cover_least", 0, 0, 1)]),
        ("least", need(day=1, shifts=frozenset({"N12"}), least=2), []),
        ("least", need(day=1), [Found("cover_least", 1, 1, 2)]),
        ("least", need(day=2), []),  # after the horizon
        ("least", need(day=-1), []),
        ("best", need(best=3), [Found("cover_best", 0, 0, 1)]),
        ("best", need(best=2), []),
        ("best", need(best=0, least=9), []),
        ("most", need(most=2), []),
        ("most", need(most=1, price_above=7), [Found("cover_most", 0, 0, 7)]),
        ("most", need(most=0, price_above=7), [Found("cover_most", 0, 0, 14)]),
        ("most", need(most=None), []),
    ],
)
def test_a_level(level: str, cover: CoverRequirement, found: list[Found]) -> None:
    problem, plan = situation(ROSTER, cover=(cover,))
    assert broken(Coverage(id="R", level=level), problem, plan) == found


def test_only_people_with_the_skill_count() -> None:
    staff = tuple(
        StaffMember(id=id, contract="FPH", skills=frozenset({"X"} if id in "AC" else ()))
        for id in ROSTER
    )
    cover = (need(skill="X", least=2), need(id="d", skill="X", shifts=frozenset({"M", "S"})))
    problem, plan = situation(ROSTER, staff=staff, cover=cover)
    assert broken(Coverage(id="R"), problem, plan) == [Found("cover_least_skill", 0, 0, 1)]
    (said,) = facts(Coverage(id="R"), problem, plan)
    assert said == {"n": 1, "needed": 2, "there": 1, "skill": "X", "shifts": "M"}


def test_a_person_on_two_tracks_counts_once() -> None:
    call = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"call"}))
    cover = (need(shifts=frozenset({"M", "K"})),)
    more: dict[str, Any] = {"shifts": (*SHIFTS, call), "cover": cover}
    alone = situation({"A": "M+K", "B": "-"}, **more)
    assert broken(Coverage(id="R"), *alone) == [Found("cover_least", 0, 0, 1)]
    both = situation({"A": "M+K", "B": "K"}, **more)
    assert broken(Coverage(id="R"), *both) == []


def test_a_scope_says_who_counts() -> None:
    problem, plan = situation(ROSTER, cover=(need(),))
    rule = Coverage(id="R", scope=Scope.of(person=["A", "C", "D"]))
    assert broken(rule, problem, plan) == [Found("cover_least", 0, 0, 1)]


def test_nobody_who_can_is_a_shortage_of_all() -> None:
    problem, plan = situation(ROSTER, cover=(need(skill="Z"),))
    assert broken(Coverage(id="R"), problem, plan) == [Found("cover_least_skill", 0, 0, 2)]


def test_two_needs_of_a_day_are_two_items() -> None:
    problem, plan = situation(ROSTER, cover=(need(least=3), need(id="d", least=4)))
    found = broken(Coverage(id="R"), problem, plan)
    assert found == [Found("cover_least", 0, 0, 1), Found("cover_least", 0, 0, 2)]
    assert broken(dataclasses.replace(Coverage(id="R"), level="most"), problem, plan) == []
