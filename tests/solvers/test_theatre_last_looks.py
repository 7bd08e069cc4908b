"""Last looks at a plan: waiting cases that fit after all, and starts that nothing wants so late."""

import dataclasses
from typing import Any

from theatre_day import case, house, plan
from theatre_small import judged, programme_of, solved

from planner.plan import Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.runs import Budget, SolveRequest
from planner.study import Pin
from solvers.theatre.exact import Exact
from solvers.theatre.finish import begin_earlier, insert_waiting
from solvers.theatre.programme import Programme


def one_room(*minutes: int, turnover: int = 30, **session: Any) -> Problem:
    """A theatre with session A alone, and cases K1, K2 … of some minutes."""
    base = house()
    there = {"start": 480, "end": 720, "overtime": 60} | session
    return dataclasses.replace(
        base,
        sessions=(dataclasses.replace(base.sessions[0], **there),),
        procedures=(dataclasses.replace(base.procedures[0], turnover=turnover),),
        cases=tuple(case(f"K{k}", mean=each) for k, each in enumerate(minutes, 1)),
    )


def starts(found: Plan) -> dict[str, int | None]:
    """Give the start of each case that is placed."""
    return {placement.case: placement.start for placement in found.placements}


def inserted(problem: Problem, before: Plan, *pinned: str) -> Programme:
    """Place what waits in a plan and fits."""
    programme = programme_of(
        problem, before, pins=tuple(Pin(kind="case", id=case) for case in pinned)
    )
    insert_waiting(programme, lambda: False)
    return programme


def test_a_case_comes_between_two_others_and_the_later_one_makes_way() -> None:
    problem = one_room(60, 60, 60)
    programme = inserted(problem, plan(("K1", "A", 480), ("K3", "A", 600)))
    assert starts(programme.plan()) == {"K1": 480, "K2": 570, "K3": 660}
    assert programme.judged().total == 0


def test_what_is_pinned_makes_no_way_and_a_pinned_case_goes_on_waiting() -> None:
    problem = one_room(60, 60, 60)
    before = plan(("K1", "A", 480), ("K3", "A", 600))
    programme = inserted(problem, before, "K3")
    assert starts(programme.plan()) == {"K1": 480, "K3": 600}, "overtime would cost more than it"
    assert starts(inserted(problem, before, "K2").plan()) == {"K1": 480, "K3": 600}


def test_a_place_that_costs_more_than_waiting_is_left() -> None:
    """Forty minutes of overtime at 60 cost more than a case of 60 minutes at 2, not at 50."""
    before = plan(("K1", "A", 480), ("K2", "A", 590))
    for weight, there in ((2, False), (50, True)):
        problem = one_room(90, 90, 60, turnover=20)
        rules = tuple(
            dataclasses.replace(rule, weight=weight) if rule.id == "out" else rule
            for rule in problem.rules
        )
        problem = dataclasses.replace(problem, rules=rules)
        assert ("K3" in starts(inserted(problem, before).plan())) == there


def test_what_moves_under_an_audit_is_what_the_audit_says() -> None:
    problem = one_room(60, 60, 60)
    before = plan(("K1", "A", 480), ("K3", "A", 600))
    programme = programme_of(problem, before)
    exact = Exact(programme.ground, before)
    assert exact.score == judged(problem, before).score
    insert_waiting(programme, lambda: False)
    assert programme.judged() == judged(problem, programme.plan()).score


def moved_up(problem: Problem, before: Plan, at_hand: Plan | None = None, **request: Any) -> Any:
    """Let the sessions of a plan, the best one so far, begin earlier; give starts."""
    programme = programme_of(problem, before, **request)
    desk = programme.ground.desk
    asked = SolveRequest(problem=problem, plan=at_hand or Plan(), budget=Budget(effort=1))
    desk.request = dataclasses.replace(asked, **request)
    desk.offer(before)
    score = desk.score
    begin_earlier(programme, lambda: False)
    assert desk.score == score == judged(problem, desk.plan).score
    return starts(desk.plan)


def test_a_session_begins_when_it_opens_where_nothing_speaks_for_later() -> None:
    """Field case F37: 07:00 to 15:00, cases of 90, 60, 150 and 120 minutes, over at 14:45."""
    problem = one_room(90, 60, 150, 120, turnover=15, start=420, end=900)
    late = plan(("K1", "A", 435), ("K2", "A", 540), ("K3", "A", 615), ("K4", "A", 780))
    found = moved_up(problem, late)
    assert found == {"K1": 420, "K2": 525, "K3": 600, "K4": 765}
    assert moved_up(problem, late, late) == starts(late), "it was so in the plan at hand"
    pinned = moved_up(problem, late, pins=(Pin(kind="case", id="K1"),))
    assert pinned == starts(late), "nor before what is pinned"


def two_rooms() -> Problem:
    """X1 in two theatres of a day, who does not like to wait."""
    base = house(cases=(case("K1", mean=60), case("K2", mean=60)))
    waits = catalogue()["surgeon_idle"](id="idle", tier=2, weight=1)
    sessions = tuple(dataclasses.replace(session, day=0) for session in base.sessions)
    return dataclasses.replace(base, sessions=sessions, rules=(*base.rules, waits))


def test_a_surgeon_of_two_theatres_begins_earlier_in_both_or_in_neither() -> None:
    problem, late = two_rooms(), plan(("K1", "A", 540), ("K2", "B", 600))
    assert moved_up(problem, late) == {"K1": 480, "K2": 540}
    held = moved_up(problem, late, pins=(Pin(kind="case", id="K2"),))
    assert held == {"K1": 540, "K2": 600}, "else she waits for an hour"


def test_a_run_ends_with_a_plan_that_begins_when_its_session_opens() -> None:
    """K4 comes to three that began late for nothing."""
    problem = one_room(90, 60, 150, 120, turnover=15, start=420, end=900)
    late = plan(("K1", "A", 435), ("K2", "A", 540), ("K3", "A", 615))
    result, _ = solved(problem, late, budget=Budget(effort=0.02))
    found = starts(result.plan)
    assert len(found) == 4
    assert min(start or 0 for start in found.values()) == 420
    assert result.score == judged(problem, result.plan).score
