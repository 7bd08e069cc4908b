"""A ward of six over the two weeks in which summer time ends, with something of every kind on its roster."""

import datetime as dt

from planner.clock import Horizon
from planner.people import Absence, Contract, Request, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.min_gap import MinGap
from planner.rules.roster.run_length import RunLength
from planner.study import BASE, Scenario, Study

FIRST = dt.date(2026, 10, 19)
WORK = frozenset({"work"})
SHIFTS = (
    ShiftType(id="M", name="Morning", start=420, end=900, pause=30, tags=WORK | {"early"}),
    ShiftType(id="J9", name="Day", start=480, end=1020, pause=60, tags=WORK | {"day"}),
    ShiftType(id="J10", name="Long day", start=480, end=1080, pause=60, tags=WORK | {"day"}),
    ShiftType(id="N", name="Night", start=1140, end=1860, tags=WORK | {"night"}),
    ShiftType(id="NA", name="On call", start=480, end=1200, track="call", tags=frozenset({"call"})),
)
STAFF = tuple(
    StaffMember(
        id=id, contract="C", role=id[:-3], team=id[:-3], skills=frozenset({id[:-3].lower()})
    )
    for id in ("IADE-01", "IADE-02", "IADE-03", "AS-01", "AS-02", "AS-03")
)


def ward() -> Problem:
    """Make the problem: twelve hours between duties, two mornings in a row at most, one morning needed."""
    return Problem(
        horizon=Horizon(start=FIRST, days=14),
        as_of=FIRST,
        contracts=(Contract(id="C", week=2100),),
        shifts=SHIFTS,
        staff=STAFF,
        absences=(
            Absence(id="L1", person="AS-02", first=7, last=9, reason="Congé annuel"),
            Absence(id="L2", person="AS-03", first=2, last=2, reason="Formation"),
        ),
        requests=(
            Request(id="Q1", person="IADE-01", day=0, shift="M"),
            Request(id="Q2", person="IADE-02", day=1, shift="M"),
        ),
        cover=tuple(
            CoverRequirement(
                id=f"IADE-M-{(FIRST + dt.timedelta(days=day)).isoformat()}",
                day=day,
                shifts=frozenset({"M"}),
                skill="iade",
                least=1,
                best=1,
            )
            for day in range(5)
        ),
        rules=(
            MinGap(id="gap", minutes=720),
            RunLength(id="runs", most=2, tier=1),
            Coverage(id="cover", level="least", tier=1),
        ),
    )


DUTIES = (
    Duty("IADE-01", 0, "M"),
    Duty("IADE-01", 1, "M"),
    Duty("IADE-02", 2, "M"),
    Duty("IADE-03", 5, "N"),
    Duty("IADE-03", 6, "N"),
    Duty("AS-01", 0, "J9"),
    Duty("AS-01", 1, "J9"),
    Duty("AS-01", 2, "J9"),
    Duty("AS-02", 3, "N"),
    Duty("AS-02", 4, "M"),
)
"""AS-01 works three days in a row, AS-02 a morning after a night, nobody's morning on days 3 and 4."""


def study(*, child: str = "") -> Study:
    """Make a study with a planned base, and a child of it where one is named."""
    plan = Plan.build(duties=DUTIES)
    scenarios = [Scenario(name=BASE, parent=None, plan=plan)]
    if child:
        scenarios.append(Scenario(name=child, plan=plan))
    return Study(id="ward", name="ward", base=ward(), scenarios=tuple(scenarios))
