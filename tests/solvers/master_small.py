"""Mini master schedules: few templates, so that every grid of owners can be tried."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

from planner.cases import Case, Priority, Procedure, Surgeon
from planner.clock import Horizon
from planner.hospital import SessionTemplate, Specialty, Theatre, Ward
from planner.master.grading import Grade, allowed, grade
from planner.master.grid import Grid, Owners
from planner.people import Absence
from planner.problem import Problem
from planner.rules.contract import Scope
from planner.rules.theatre.unscheduled import Unscheduled

MONDAY = dt.date(2026, 10, 5)
SPECIALTIES = ("ORTHO", "VISC", "OPH")


def template(id: str, theatre: str, weekday: str, owner: str, **more: Any) -> SessionTemplate:
    values: dict[str, Any] = {"start": 480, "end": 960, "owners": frozenset({owner}), **more}
    return SessionTemplate(id=id, theatre=theatre, weekday=weekday, **values)


def case(id: str, specialty: str, mean: int = 110, **more: Any) -> Case:
    procedure = more.pop("procedure", specialty)
    values = {"priority": "P3", "listed": -10, "due": 80, **more}
    return Case(id=id, procedure=procedure, specialty=specialty, mean=mean, **values)


def house(**more: Any) -> Problem:
    """Two theatres, one with laminar flow, that ORTHO's LAMINAR needs; ORTHO waits, OPH does not."""
    values: dict[str, Any] = {
        "horizon": Horizon(start=MONDAY, days=14),
        "as_of": dt.date(2026, 10, 1),
        "specialties": tuple(Specialty(id=id) for id in SPECIALTIES),
        "theatres": (Theatre(id="S1", features=frozenset({"laminar"})), Theatre(id="S2")),
        "wards": (Ward(id="CHIR", beds=10),),
        "priorities": (Priority(id="P2", wait=28), Priority(id="P3", wait=90)),
        "procedures": (
            *(Procedure(id=id, specialty=id, turnover=10) for id in SPECIALTIES),
            Procedure(
                id="LAMINAR", specialty="ORTHO", turnover=10, features=frozenset({"laminar"})
            ),
        ),
        "surgeons": tuple(Surgeon(id=f"X-{id}", specialty=id, rooms=2) for id in SPECIALTIES),
        "templates": (
            template("a", "S1", "mon", "ORTHO"),
            template("b", "S2", "mon", "OPH"),
            template("c", "S1", "tue", "VISC"),
            template("d", "S2", "tue", "OPH", end=930),  # a little less worth than b
        ),
        "cases": (
            *(case(f"K{n}", "ORTHO", procedure="LAMINAR" if n < 3 else "ORTHO") for n in range(20)),
            *(case(f"V{n}", "VISC", nights=2, ward="CHIR") for n in range(6)),
            *(case(f"E{n}", "OPH", mode="day") for n in range(4)),
        ),
        "rules": (
            Unscheduled(id="left", tier=3, weight=40, scope=Scope.of(priority=["P3"])),
            Unscheduled(id="left-P2", tier=1, weight=120, scope=Scope.of(priority=["P2"])),
        ),
        **more,
    }
    return Problem(**values)


def drawn(seed: int) -> Problem:
    """Draw a house of five templates on cycles of one and two weeks."""
    draw = random.Random(seed)
    templates = []
    for number, (theatre, weekday, half) in enumerate(
        draw.sample(list(itertools.product(("S1", "S2"), ("mon", "tue", "fri"), (0, 1))), 5)
    ):
        cycle = draw.choice((1, 1, 2))
        templates.append(
            template(
                f"t{number}",
                theatre,
                weekday,
                draw.choice(SPECIALTIES),
                start=(480, 750)[half],
                end=(750, 990)[half],
                cycle=cycle,
                week=draw.randint(1, cycle),
                emergency=draw.random() < 0.1,
            )
        )
    cases = []
    for number in range(draw.randint(10, 30)):
        specialty = draw.choice(SPECIALTIES)
        laminar = specialty == "ORTHO" and draw.random() < 0.4
        nights = draw.choice((0, 1, 3))
        cases.append(
            case(
                f"K{number}",
                specialty,
                draw.choice((40, 80, 155)),
                priority=draw.choice(("P2", "P3")),
                due=draw.choice((5, 80)),
                procedure="LAMINAR" if laminar else specialty,
                nights=nights,
                ward="CHIR" if nights else None,
                mode="inpatient" if nights else "day",
            )
        )
    away = [
        Absence(id=f"A{n}", person=f"X-{draw.choice(SPECIALTIES)}", first=day, last=day)
        for n, day in enumerate(draw.sample(range(14), 4))
    ]
    surgeons = tuple(
        Surgeon(id=f"X-{id}", specialty=id, rooms=draw.choice((1, 2))) for id in SPECIALTIES
    )
    week_ward = Ward(id="CHIR", beds=10, open=frozenset(draw.sample(range(7), 5)))
    return house(
        templates=tuple(templates),
        cases=tuple(cases),
        absences=tuple(away),
        surgeons=surgeons,
        wards=(week_ward,),
    )


def grids(grid: Grid) -> Iterator[tuple[Owners, Grade]]:
    """Give every grid that is allowed, with its grade."""
    ids = [slot.template.id for slot in grid.free]
    for owners in itertools.product(grid.specialties, repeat=len(ids)):
        chosen = dict(zip(ids, owners, strict=True))
        if allowed(grid, chosen):
            yield chosen, grade(grid, chosen)
