"""A house over a change of the clock: two theatres from 20:00 to 03:00, and one on the Sunday."""

import datetime as dt
from dataclasses import replace
from typing import Any

from kpi_house import case, house, session

from planner.problem import Problem
from planner.rules import catalogue

SPRING, AUTUMN = dt.date(2026, 3, 28), dt.date(2026, 10, 24)
"""The Saturdays before the clock goes from 02:00 on to 03:00, and from 03:00 back to 02:00."""
EIGHT_IN_THE_EVENING, THREE = 1200, 1620

_RULES: tuple[dict[str, Any], ...] = (
    {"type": "room_overlap"},
    {"type": "surgeon_overlap"},
    {"type": "in_session"},
    {"type": "needs_start"},
    {"type": "session_overtime", "after": "allowed"},
    {"type": "session_overtime", "after": "end", "tier": 2, "weight": 60},
    {"type": "session_fill", "tier": 3, "weight": 20},
    {"type": "surgeon_idle", "tier": 4, "weight": 5},
    {"type": "unscheduled", "tier": 3, "weight": 100},
)


def nights(saturday: dt.date, overtime: int = 0, **minutes: int) -> Problem:
    """Sessions N (R1) and O (R2) of the night, and D (R1) of the Sunday from 08:00, with cases."""
    types = catalogue()
    rules = tuple(
        types[row["type"]](id=f"r{n}", **{k: v for k, v in row.items() if k != "type"})
        for n, row in enumerate(_RULES)
    )
    late = {"start": EIGHT_IN_THE_EVENING, "end": THREE, "overtime": overtime}
    made = house(
        sessions=(
            session("N", 0, **late),
            session("O", 0, theatre="R2", **late),
            session("D", 1, start=480, end=720, overtime=overtime),
        ),
        cases=tuple(case(id, length) for id, length in minutes.items()),
        rules=rules,
    )
    return replace(made, horizon=replace(made.horizon, start=saturday, days=4), as_of=saturday)
