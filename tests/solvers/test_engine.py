"""The engine: what it says on the way, how it keeps to its budget, and how fast it stops."""

import time
from dataclasses import replace

import pytest
from demo_hospitals import generate
from roster_small import need, person, roster_problem
from theatre_day import case, house

from planner.fingerprint import fingerprint
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import (
    Bound,
    Budget,
    Event,
    Finished,
    Improved,
    Phase,
    Remark,
    SolveRequest,
    Started,
)
from planner.score import judge
from planner.study import Pin
from planner.words import say
from solvers.engine import solve
from solvers.lanes import lanes_of

DAYS = 14


def little() -> Problem:
    cover = tuple(need(day, shift) for day in range(DAYS) for shift in ("Z", "N"))
    return roster_problem(tuple(person(f"P{i}") for i in range(4)), cover, DAYS)


def test_events_begin_end_and_get_better_on_the_way() -> None:
    problem, events = little(), list[Event]()
    result = solve(SolveRequest(problem=problem, budget=Budget(effort=0.1)), events.append)
    assert events[0] == Started(fingerprint=fingerprint(problem), seed=1)
    assert events[-1] == Finished(result=result)
    phases = [event.name for event in events if isinstance(event, Phase) and event.part]
    assert phases.index("build") < phases.index("first_roster") < phases.index("annealing")
    better = [event for event in events if isinstance(event, Improved)]
    keys = [event.score.key for event in better]
    assert keys == sorted(set(keys), reverse=True)
    assert (better[-1].plan, better[-1].score) == (result.plan, result.score)
    for event in better:
        assert judge(problem, event.plan).score == event.score


@pytest.mark.parametrize(("asked", "told"), [(100_000, True), (2**31 - 1, True), (1, False)])
def test_no_more_processors_are_used_than_there_are(
    asked: int, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert lanes_of(asked) == min(asked, 2)
    assert lanes_of(0) == 2
    events: list[Event] = []
    solve(SolveRequest(problem=little(), budget=Budget(effort=0.1), workers=asked), events.append)
    remark = Remark(what="fewer_workers", facts={"asked": asked, "n": 2})
    assert (remark in events) == told
    if told:
        assert "this machine has 2" in say("remark.fewer_workers", "en", **remark.facts)
        assert "cette machine en a 2" in say("remark.fewer_workers", "fr", **remark.facts)


def test_a_proof_is_a_bound_that_the_cost_meets() -> None:
    events: list[Event] = []
    result = solve(SolveRequest(problem=little(), budget=Budget(cpu_seconds=30)), events.append)
    assert (result.status, result.score.total, result.bound) == ("optimal", 0, 0)
    assert [(event.bound, event.source) for event in events if isinstance(event, Bound)] == [
        (0, "columns")
    ]
    assert result.cpu_seconds < 30


def test_an_effort_gives_the_same_plan_twice_and_another_seed_another_way() -> None:
    request = SolveRequest(problem=generate("small"), parts=("roster",), budget=Budget(effort=0.02))
    first, second = solve(request), solve(request)
    assert first.plan == second.plan
    assert first.score == second.score
    assert solve(replace(request, seed=5)).plan != first.plan


def test_a_stop_ends_the_run_at_once_with_the_best_plan() -> None:
    problem = generate("small")
    seen: list[float] = []

    def look(event: Event) -> None:
        if isinstance(event, Improved) and not seen:
            seen.append(time.monotonic())

    request = SolveRequest(problem=problem, budget=Budget(seconds=300))
    result = solve(request, look, lambda: bool(seen) and time.monotonic() > seen[0] + 0.2)
    assert time.monotonic() - seen[0] < 5
    assert result.status == "stopped"
    assert result.score == judge(problem, result.plan).score


def test_a_stop_before_the_start_still_ends_in_an_answer() -> None:
    result = solve(SolveRequest(problem=little()), should_stop=lambda: True)
    assert result.status in {"stopped", "relaxed", "nothing"}


def test_facts_that_do_not_fit_are_told_and_the_rest_is_planned() -> None:
    """Two sessions at once, a session that ends before it begins, a case longer than any session."""
    sessions = house().sessions
    problem = house(
        sessions=(
            *sessions,
            replace(sessions[0], id="C", start=600, end=840),
            replace(sessions[0], id="D", day=2, start=840, end=480),
        ),
        cases=(*house().cases, case("LONG", mean=700)),
    )
    events = list[Event]()
    result = solve(SolveRequest(problem=problem), events.append, should_stop=lambda: True)
    told = [event.what for event in events if isinstance(event, Remark)]
    assert told == ["unused_session", "fault.sessions_at_once", "fault.too_long"]
    last = max(place for place, event in enumerate(events) if isinstance(event, Remark))
    before = {event.name for event in events[:last] if isinstance(event, Phase)}
    assert before == {"greedy"}, "with the first plan, which waits for nothing; before any search"
    assert result.score.hard == 0
    placed = {placement.case for placement in result.plan.placements}
    assert {"K1", "K2"} <= placed <= {"K1", "K2", "K3"}


def test_parts_that_are_not_asked_for_stay_as_they_are() -> None:
    problem = little()
    plan = solve(SolveRequest(problem=problem, budget=Budget(effort=0.1))).plan
    request = SolveRequest(problem=problem, plan=plan, parts=("theatre",))
    assert solve(request).plan == plan


def test_pinned_people_keep_their_roster() -> None:
    problem = little()
    plan = solve(SolveRequest(problem=problem, budget=Budget(effort=0.1))).plan
    duties = [duty for duty in plan.duties if duty.person != "P1"]
    request = SolveRequest(
        problem=problem,
        plan=Plan.build(duties=duties),
        pins=(Pin(kind="person", id="P1"),),
        budget=Budget(effort=0.1),
    )
    result = solve(request)
    assert [duty for duty in result.plan.duties if duty.person == "P1"] == []
    assert (result.status, result.score.hard) == ("feasible", 0)


def test_strict_order_serves_one_tier_after_the_other() -> None:
    problem = replace(little(), order="strict")
    result = solve(SolveRequest(problem=problem, budget=Budget(effort=0.1)))
    assert result.score.hard == 0
    assert result.score.tiers == (0, 0, 0, 0)
    assert result.score.total is None
