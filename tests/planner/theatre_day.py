"""A hospital of two theatres with the hard rules of a charter, for tests of facts that do not fit."""

import dataclasses
import datetime as dt
from typing import Any

from planner.cases import Case, Priority, Procedure, Surgeon
from planner.clock import Horizon
from planner.hospital import Equipment, Session, Specialty, Theatre
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.rules.contract import Rule

HARD = (
    "in_session",
    "room_overlap",
    "surgeon_overlap",
    "surgeon_skill",
    "surgeon_away",
    "owner",
    "room_features",
    "earliest",
    "equipment",
    "teaching",
    "emergency_session",
    "session_overtime",
)


def rules() -> tuple[Rule[Any, Any], ...]:
    """The hard rules, and two soft ones that price waiting and overtime."""
    made = catalogue()
    soft = (
        made["unscheduled"](id="out", tier=3, weight=2),
        made["session_overtime"](id="late", tier=2, weight=60, after="end"),
    )
    return (*(made[type](id=type) for type in HARD), *soft)


def house(**changes: Any) -> Problem:
    """Sessions A (day 0) and B (day 1) of four hours and an hour of overtime; K1 to K3 of two hours."""
    ortho = frozenset({"ORTHO"})
    made = Problem(
        horizon=Horizon(start=dt.date(2026, 10, 5), days=7),
        as_of=dt.date(2026, 10, 1),
        specialties=(Specialty(id="ORTHO"), Specialty(id="EYES")),
        theatres=(Theatre(id="S1"), Theatre(id="S2")),
        equipment=(Equipment(id="ROBOT"),),
        priorities=(Priority(id="P3"),),
        procedures=(Procedure(id="HIP", specialty="ORTHO", mean=120, turnover=30),),
        surgeons=(Surgeon(id="X1", specialty="ORTHO"),),
        sessions=(
            Session(id="A", theatre="S1", day=0, start=480, end=720, owners=ortho),
            Session(id="B", theatre="S2", day=1, start=480, end=720, owners=ortho),
        ),
        cases=tuple(case(id) for id in ("K1", "K2", "K3")),
        rules=rules(),
    )
    return dataclasses.replace(made, **changes)


def case(id: str, **changes: Any) -> Case:
    """A case of two hours that X1 may do on any day."""
    values: dict[str, Any] = {
        "procedure": "HIP",
        "specialty": "ORTHO",
        "priority": "P3",
        "mean": 120,
        "listed": -9,
        "due": 81,
    }
    return Case(id=id, **(values | changes))


def plan(*placements: tuple[str, str, int]) -> Plan:
    """Place cases: (case, session, start)."""
    return Plan.build(Placement(case, session, "X1", start) for case, session, start in placements)
