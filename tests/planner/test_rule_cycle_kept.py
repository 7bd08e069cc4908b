"""People of a rotation work what its lines say."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from roster_words import MONDAY, Found, judged, situation

from planner.fingerprint import fingerprint
from planner.hospital import Holiday
from planner.packs.example import OTHERS, SHIFTS
from planner.people import Absence, StaffMember
from planner.rostering import Rotation, RotationLine, Turn
from planner.rules.roster.cycle_kept import CycleKept

RULE = CycleKept(id="S12", tier=4)


def cycle(line: int = 1, *, holidays: bool = False) -> dict[str, Any]:
    """Two lines: a week of mornings, and a week of two nights, that come back."""
    return {
        "rotations": (Rotation(id="R", weeks=2, holidays=holidays),),
        "lines": (
            RotationLine(id="1", rotation="R", number=1, mon="M", tue="M", wed="M", thu="M"),
            RotationLine(id="2", rotation="R", number=2, fri="N12", sat="N12"),
        ),
        "turns": (Turn(id="A", rotation="R", line=line),),
    }


FIRST = MONDAY - dt.timedelta(days=7 * (((MONDAY - dt.date(2024, 1, 1)).days // 7) % 2))
"""A Monday on which a cycle of two weeks begins."""


def days(*found: int) -> list[Found]:
    return [Found("cycle_left", day, day, 1) for day in found]


@pytest.mark.parametrize(
    ("line", "roster", "left"),
    [
        (1, "M M M M - - -", []),
        (1, "M M M - - - -", [3]),
        (1, "M S M M - - -", [1]),
        (1, "M M M M - - M", [6]),  # called back from rest
        (2, "- - - - N12 N12 -", []),
        (2, "M M M M - - -", [0, 1, 2, 3, 4, 5]),
        (1, "M M M M - - - - - - - N12 N12 -", []),  # the next week is the next line
        (1, "M M M M - - - M M M M - - -", [7, 8, 9, 10, 11, 12]),
    ],
)
def test_a_day_is_that_of_the_line(line: int, roster: str, left: list[int]) -> None:
    assert judged(RULE, roster, FIRST, **cycle(line)) == days(*left)


def test_days_on_which_a_rotation_says_nothing_are_free() -> None:
    away = (Absence(id="a", person="A", first=1, last=1, start=480, end=540),)
    assert judged(RULE, "M - M M - - -", FIRST, absences=away, **cycle()) == []
    gone = (Absence(id="a", person="A", first=5, last=5),)
    nights = "- - - - - - -"  # Friday's night would reach into the absence
    assert judged(RULE, nights, FIRST, absences=gone, **cycle(2)) == []
    holiday = (Holiday(id="H", day=2),)
    assert judged(RULE, "M M - M - - -", FIRST, holidays=holiday, **cycle()) == []
    works = judged(RULE, "M M - M - - -", FIRST, holidays=holiday, **cycle(holidays=True))
    assert works == days(2)
    others = (StaffMember(id="A", contract="FPH", shifts=frozenset({"S"})),)
    assert judged(RULE, "- S - - - - -", FIRST, staff=others, **cycle()) == []


def test_other_tracks_and_other_people_are_free() -> None:
    shifts = (*SHIFTS, *OTHERS)
    assert judged(RULE, "M M+A_N M M A_WE - -", FIRST, shifts=shifts, **cycle()) == []
    nobody = cycle() | {"turns": ()}
    assert judged(RULE, "S S S - - - -", FIRST, **nobody) == []
    empty = cycle() | {"lines": ()}
    assert judged(RULE, "S S S - - - -", FIRST, **empty) == []


def test_a_plan_is_stale_when_its_rotation_changes_only_where_the_rule_is_in_force() -> None:
    problem, _ = situation({"A": "M M M M - - -"}, FIRST, **cycle())
    other = replace(problem, turns=(Turn(id="A", rotation="R", line=2),))
    assert fingerprint(problem) == fingerprint(other)
    ruled, moved = (each.with_records("rule", (RULE,)) for each in (problem, other))
    assert fingerprint(ruled) != fingerprint(moved)
    off = replace(RULE, enabled=False)
    assert fingerprint(problem.with_records("rule", (off,))) == fingerprint(problem)
