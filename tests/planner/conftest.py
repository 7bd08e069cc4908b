"""A small hospital by hand, for tests of the domain."""

import datetime as dt

import pytest

from planner.cases import Case, Priority, Procedure, Surgeon
from planner.clock import Horizon
from planner.hospital import Session, Specialty, Theatre
from planner.people import Absence, Contract, History, StaffMember
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.roster.run_length import RunLength
from planner.rules.theatre.session_overtime import SessionOvertime

DAY, NIGHT = "D", "N"


@pytest.fixture
def problem() -> Problem:
    """Two theatres, three sessions, three cases, two people: four weeks from 5 October 2026."""
    work = frozenset({"work"})
    return Problem(
        horizon=Horizon(start=dt.date(2026, 10, 5), days=28),
        as_of=dt.date(2026, 10, 1),
        specialties=(Specialty(id="ORTHO"), Specialty(id="OPH")),
        theatres=(Theatre(id="S1"), Theatre(id="S2")),
        sessions=tuple(
            Session(
                id=id, theatre=theatre, day=day, start=480, end=990, owners=frozenset({"ORTHO"})
            )
            for id, theatre, day in (("A", "S1", 0), ("B", "S2", 0), ("C", "S1", 2))
        ),
        priorities=(Priority(id="P3", wait=90),),
        procedures=(Procedure(id="HIP", specialty="ORTHO", mean=120, turnover=30),),
        surgeons=(Surgeon(id="X1", specialty="ORTHO"),),
        cases=tuple(
            Case(
                id=id,
                procedure="HIP",
                specialty="ORTHO",
                priority="P3",
                mean=120,
                listed=-9,
                due=81,
            )
            for id in ("K1", "K2", "K3")
        ),
        contracts=(Contract(id="FPH"),),
        staff=(StaffMember(id="I1", contract="FPH"), StaffMember(id="I2", contract="FPH")),
        histories=(History(id="I1", past=("-", "D")), History(id="I2", past=("N", "-"))),
        absences=(Absence(id="L1", person="I1", first=3, last=4),),
        shifts=(
            ShiftType(id=DAY, start=450, end=1170, tags=work),
            ShiftType(id=NIGHT, start=1170, end=1890, tags=work | {"night"}),
        ),
        cover=(CoverRequirement(id="day-0", day=0, shifts=frozenset({DAY}), least=1, best=1),),
        rules=(RunLength(id="runs", most=3), SessionOvertime(id="late", tier=2, after="end")),
    )
