"""Theatres and roster in turn: a room without a team stays shut, and the whole is never worse."""

from dataclasses import replace

import pytest
from theatre_day import case, house

from planner.cases import Surgeon
from planner.hospital import Session
from planner.linking import linked
from planner.people import Absence, Contract, StaffMember
from planner.plan import Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.coverage import Coverage
from planner.rules.theatre.teams import Teams
from planner.runs import (
    Bound,
    Budget,
    Event,
    Finished,
    Improved,
    SolveRequest,
    SolveResult,
    Started,
)
from planner.score import Score, judge
from solvers.engine import solve

MONDAY = "2026-10-05"
NURSES = ("N1", "N2", "N3", "N4")


def hospital(*away: str) -> Problem:
    """Two theatres on Monday, two cases for each, four nurses of whom some are away."""
    owners = frozenset({"ORTHO"})
    sessions = tuple(
        Session(id=id, theatre=theatre, day=0, start=480, end=780, owners=owners)
        for id, theatre in (("A", "S1"), ("B", "S2"))
    )
    shift = ShiftType(id="J", start=450, end=990)
    need = CoverRequirement(
        id=f"BLOC-{MONDAY}", day=0, shifts=frozenset({"J"}), least=4, skill="bloc"
    )
    rules = (
        Teams(id="T11"),
        NotWhileAway(id="away"),
        Coverage(id="cover", tier=1, weight=720, level="least"),
    )
    day = house()
    return replace(
        day,
        sessions=sessions,
        surgeons=(Surgeon(id="X1", specialty="ORTHO"), Surgeon(id="X2", specialty="ORTHO")),
        cases=tuple(case(f"K{number}") for number in range(1, 5)),
        contracts=(Contract(id="C"),),
        staff=tuple(StaffMember(id=id, contract="C", skills=frozenset({"bloc"})) for id in NURSES),
        absences=tuple(Absence(id=id, person=id, first=0, last=0) for id in away),
        shifts=(shift,),
        cover=(need,),
        rules=(*day.rules, *rules),
    )


def asked(problem: Problem, plan: Plan | None = None, *, together: bool = True) -> SolveResult:
    request = SolveRequest(
        problem=problem, plan=plan or Plan(), linked=together, budget=Budget(effort=0.02), workers=1
    )
    return solve(request)


def whole(problem: Problem, plan: Plan) -> Score:
    """Score a plan of both parts in the facts that follow from it."""
    return judge(linked(problem, plan), plan).score


@pytest.mark.parametrize(("away", "rooms"), [((), 2), (("N1", "N2"), 1), (("N2", "N3", "N4"), 0)])
def test_theatres_open_as_far_as_the_roster_has_teams(away: tuple[str, ...], rooms: int) -> None:
    """With two of four nurses away one of two theatres is used, and nobody is missing there."""
    problem = hospital(*away)
    found = asked(problem)
    assert len({placement.session for placement in found.plan.placements}) == rooms
    facts = linked(problem, found.plan)
    assert [need.least for need in facts.cover] == [2 * rooms]
    assert found.score == judge(facts, found.plan).score
    assert found.score.breaches == 0 == found.score.tiers[0]


def test_together_is_not_worse_than_one_after_the_other() -> None:
    for away in ((), ("N1",), ("N1", "N2")):
        problem = hospital(*away)
        alone = asked(problem, together=False)
        found = asked(problem)
        assert found.score.key <= whole(problem, alone.plan).key
    assert found.score.key < whole(problem, alone.plan).key  # two theatres for two nurses


def test_the_plan_at_hand_stays_where_nothing_better_is_found() -> None:
    problem = hospital("N1", "N2")
    good = asked(problem)
    again = asked(problem, good.plan)
    assert again.score.key <= good.score.key == whole(problem, good.plan).key


def test_a_run_begins_and_ends_once_and_tells_each_part() -> None:
    events: list[Event] = []
    request = SolveRequest(
        problem=hospital("N1"), linked=True, budget=Budget(effort=0.02), workers=1
    )
    result = solve(request, events.append)
    assert sum(isinstance(event, Started) for event in events) == 1
    assert events[-1] == Finished(result=result)
    assert set(result.parts) == {"theatre", "roster"}
    assert not any(
        isinstance(event, Bound) for event in events
    )  # they hold for the facts of a turn
    assert {event.bound for event in events if isinstance(event, Improved)} == {None}
    assert sum(part.score.hard for part in result.parts.values()) == result.score.hard


def test_a_run_that_is_stopped_keeps_what_it_has() -> None:
    request = SolveRequest(problem=hospital(), linked=True, budget=Budget(effort=0.02), workers=1)
    result = solve(request, should_stop=lambda: True)
    assert result.status in ("nothing", "stopped")
