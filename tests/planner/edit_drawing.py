"""A small study, and random edits of all kinds on it: what two people might do to copies of one file."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from planner.amending import Amend, Stack
from planner.cases import Case, Priority, Procedure, Surgeon
from planner.changes import Add, Adjust, Change, ChangeSet, Set, removal
from planner.clock import Horizon
from planner.edits import (
    AdoptPlan,
    Branch,
    Delete,
    Edit,
    EditRefusedError,
    Publish,
    Record,
    SetPins,
    Switch,
    Waive,
)
from planner.hand_edits import Assign, Place, Rename, TakeOut
from planner.hospital import Session, Specialty, Theatre
from planner.people import Absence, Contract, StaffMember
from planner.plain import to_plain
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Waiver
from planner.rules.roster.run_length import RunLength
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.stacking import Drop, Reorder, lifted
from planner.study import BASE, Pin, Study, UnknownScenarioError

CASES, SESSIONS, PEOPLE = ("K1", "K2", "K3"), ("A", "B", "C"), ("I1", "I2")


def a_house() -> Problem:
    """Two theatres, three sessions, three cases, two people, two weeks."""
    work = frozenset({"work"})
    return Problem(
        horizon=Horizon(start=dt.date(2026, 10, 5), days=14),
        as_of=dt.date(2026, 10, 1),
        specialties=(Specialty(id="ORTHO"),),
        theatres=(Theatre(id="S1"), Theatre(id="S2")),
        sessions=tuple(
            Session(id=id, theatre=theatre, day=day, start=480, end=990)
            for id, theatre, day in zip(SESSIONS, ("S1", "S2", "S1"), (0, 0, 2), strict=True)
        ),
        priorities=(Priority(id="P3", wait=90),),
        procedures=(Procedure(id="HIP", specialty="ORTHO", mean=120, turnover=30),),
        surgeons=(Surgeon(id="X1", specialty="ORTHO"), Surgeon(id="X2", specialty="ORTHO")),
        cases=tuple(a_case(id) for id in CASES),
        contracts=(Contract(id="FPH"),),
        staff=tuple(StaffMember(id=id, contract="FPH") for id in PEOPLE),
        absences=(Absence(id="L1", person="I1", first=3, last=4),),
        shifts=(
            ShiftType(id="D", start=450, end=1170, tags=work),
            ShiftType(id="N", start=1170, end=1890, tags=work | {"night"}),
        ),
        cover=(CoverRequirement(id="day-0", day=0, shifts=frozenset({"D"}), least=1, best=1),),
        rules=(
            RunLength(id="runs", most=3),
            RoomOverlap(id="room"),
            SessionOvertime(id="late", tier=2, after="end"),
        ),
    )


def a_case(id: str) -> Case:
    return Case(
        id=id, procedure="HIP", specialty="ORTHO", priority="P3", mean=120, listed=-9, due=81
    )


def a_study() -> Study:
    """The house with a plan, a what-if on it and one on that."""
    problem = a_house()
    plan = Plan.build([Placement("K1", "A", "X1", 480)])
    study = Study(id="s", name="house", base=problem)
    for edit in (
        AdoptPlan(scenario=BASE, plan=plan),
        Assign(scenario=BASE, duties=(("I1", 0, "D"),)),
        Branch(parent=BASE, name="short"),
        Record(scenario="short", group=ChangeSet(name="shorter", changes=(_end("A", 900),))),
        Record(scenario="short", group=ChangeSet(name="dearer", changes=(_weight(9),))),
        Branch(parent="short", name="both"),
    ):
        study = edit.apply(study)
    return study


def _end(session: str, minute: int) -> Change:
    value = f"{minute // 60:02}:{minute % 60:02}"
    return Set(kind="session", id=session, field="end", expected="16:30", value=value)


def _weight(weight: int) -> Change:
    return Set(kind="rule", id="late", field="weight", expected=None, value=weight)


@st.composite
def edited(draw: Any, study: Study, most: int = 8) -> tuple[Study, ...]:
    """Draw the states of a study through some edits; the last one is what they come to."""
    states = [study]
    for _ in range(draw(st.integers(1, most))):
        edit = draw(edits(states[-1]))
        try:
            states.append(edit.apply(states[-1]))
        except (EditRefusedError, UnknownScenarioError):
            continue
    return tuple(states)


@st.composite
def edits(draw: Any, study: Study) -> Edit:
    """Draw an edit; a few of them are refused."""
    names = [each.name for each in study.scenarios]
    name = draw(st.sampled_from([*names[:2], *names]))
    number = draw(st.integers(0, 2))
    case, person = draw(st.sampled_from(CASES)), draw(st.sampled_from(PEOPLE))
    session = draw(st.sampled_from(SESSIONS))
    placement = Placement(
        case, session, draw(st.sampled_from([None, "X1", "X2"])), 480 + 60 * number
    )
    group = ChangeSet(name=f"change {number}", changes=draw(changes(study.problem(name))))
    shift = draw(st.sampled_from(["D", "N", None]))
    pins = (Pin(kind="case", id=case),) * (number > 0)
    waiver = Waiver(
        rule="runs", subjects=frozenset({person}), first=0, last=number, most=1,
        reason="agreed", author="manager", made=dt.date(2026, 10, 1),
    )  # fmt: skip
    groups = [each.name for each in study.scenario(name).changes] or ["none"]
    kinds: list[Edit] = [
        Record(scenario=name, group=group),
        Amend(scenario=name, group=group),
        Place(scenario=name, placement=placement),
        TakeOut(scenario=name, cases=frozenset({case})),
        Assign(scenario=name, duties=((person, number, shift),)),
        Branch(parent=name, name=f"idea {number}"),
        Rename(scenario=name, name=f"other {number}"),
        Delete(name=name),
        SetPins(scenario=name, pins=pins),
        Waive(scenario=name, waiver=waiver),
        Publish(scenario=name),
        Switch(scenario=name, group=draw(st.sampled_from(groups)), enabled=number > 0),
        *[*piled(study, name, draw(st.sampled_from(groups)), number)] * 2,
        Stack(scenario=name, group=group),
    ]
    return draw(st.sampled_from([*kinds[:5] * 3, *kinds]))


def piled(study: Study, name: str, group: str, number: int) -> Iterator[Edit]:
    """Give what may be done with a change set of a scenario: another place, away, or to the parent."""
    yield Reorder(scenario=name, group=group, place=number)
    yield Drop(scenario=name, group=group)
    yield Drop(scenario=name, group=group, change=number)
    for change in (None, number):
        try:
            yield lifted(study, name, group, change)
        except EditRefusedError:
            continue


@st.composite
def changes(draw: Any, problem: Problem) -> tuple[Change, ...]:
    """Draw one or two changes of the facts that fit them as they are."""
    number = draw(st.integers(0, 2))
    session, case = draw(st.sampled_from(SESSIONS)), draw(st.sampled_from(CASES))
    away = Absence(id=f"L{number}", person="I2", first=number, last=number + 1)
    fresh = dataclasses.replace(a_case(f"new {number}"), mean=60 + 30 * draw(st.integers(0, 1)))
    kinds: list[tuple[Change, ...]] = [
        (_end(session, 840 + 60 * number),),
        (_weight(number), _end(session, 1020)),
        (Adjust(kind="case", id=case, field="mean", delta=10 * (number + 1)),),
        (_added(problem, "absence", away),),
        (_added(problem, "case", fresh),),
        (removal(problem, "absence", f"L{number}"),),
        (removal(problem, "case", case),),
        (removal(problem, "surgeon", "X2"),),
        (Set(kind="case", id=case, field="surgeons", expected=[], value=["X2"]),),
        (Set(kind="rule", id="runs", field="most", expected=3, value=4 + number),),
    ]
    return draw(st.sampled_from(kinds))


def _added(problem: Problem, kind: str, record: Any) -> Add:
    return Add(kind=kind, id=record.id, record=tuple(to_plain(record, problem.horizon).items()))
