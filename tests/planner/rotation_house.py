"""A rotation of three weeks made by hand: three lines, three people, six weeks of dates."""

from datetime import date
from typing import Any

from planner.clock import Horizon
from planner.people import Contract, ContractId, ShiftId, StaffId, StaffMember
from planner.problem import Problem
from planner.rostering import Rotation, RotationLine, ShiftType, Turn, WeeklyCover
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.min_gap import MinGap
from planner.rules.roster.run_length import RunLength

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIFTS = (
    ShiftType(id=ShiftId("M"), start=420, end=900, tags=frozenset({"work", "day"})),
    ShiftType(id=ShiftId("S"), start=780, end=1260, tags=frozenset({"work", "late"})),
    ShiftType(id=ShiftId("N"), start=1260, end=1860, tags=frozenset({"work", "night"})),
)
WEEKS = ("M M M M M - -", "S S S S - - -", "- - N N - - -")
"""One line a week; each follows the one before legally, and all that is asked for is there."""


def line(number: int, words: str, rotation: str = "R3") -> RotationLine:
    """Make a line of a word a day, `-` off."""
    week: dict[str, Any] = {
        day: None if word == "-" else ShiftId(word)
        for day, word in zip(DAYS, words.split(), strict=True)
    }
    made: dict[str, Any] = {"id": f"{rotation}-{number}", "rotation": rotation, "number": number}
    return RotationLine(**made, **week)


def house(*weeks: str, start: date = date(2026, 10, 5), days: int = 42, **more: Any) -> Problem:
    """Make a problem with a rotation of some weeks and a person a line; the horizon begins on a Monday."""
    words = weeks or WEEKS
    count = len(words)
    people = tuple(
        StaffMember(id=StaffId(f"P{n}"), contract=ContractId("FPH")) for n in range(1, count + 1)
    )
    given: dict[str, Any] = {
        "staff": people,
        "lines": tuple(line(n, each) for n, each in enumerate(words, start=1)),
        "rotations": (Rotation(id="R3", weeks=count),),
        "turns": tuple(Turn(id=p.id, rotation="R3", line=n) for n, p in enumerate(people, start=1)),
        "weekly": (
            WeeklyCover(
                id="early",
                rotation="R3",
                weekdays=frozenset(range(5)),
                shifts=frozenset({ShiftId("M")}),
            ),
            WeeklyCover(
                id="late",
                rotation="R3",
                weekdays=frozenset(range(4)),
                shifts=frozenset({ShiftId("S")}),
            ),
        ),
        "rules": (
            Coverage(id="cover", tier=1, weight=100),
            MinGap(id="rest", minutes=720),
            RunLength(id="run", most=5),
        ),
    }
    return Problem(
        horizon=Horizon(start=start, days=days),
        as_of=date(2026, 10, 1),
        contracts=(Contract(id=ContractId("FPH"), week=2100),),
        shifts=SHIFTS,
        **(given | more),
    )
