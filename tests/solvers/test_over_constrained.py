"""Wards that ask for more than there is: the law is kept, and each post that stays open is named."""

from dataclasses import replace
from typing import Any

import pytest
from roster_small import AWAY, COVER, REST, THIN, N, Z, need, person, roster_problem

from planner.people import Absence, Request, ShiftId, StaffId
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rules.roster.request import Requests
from planner.rules.roster.window_sum import WindowSum
from planner.runs import Budget, Event, Remark, SolveRequest, SolveResult
from planner.score import judge
from planner.sentences import breach_sentence
from planner.study import Pin
from solvers.engine import solve

DAYS = 7
PEOPLE = 8
MOST = 2880
LAW = (
    REST,
    AWAY,
    WindowSum(id="hours", window="rolling", days=7, most=MOST),
)
WISHES = Requests(id="wishes", tier=4, weight=60)


def asked(problem: Problem, **more: Any) -> tuple[SolveResult, list[Remark]]:
    events: list[Event] = []
    request = SolveRequest(problem=problem, budget=Budget(effort=0.2), **more)
    result = solve(request, events.append)
    return result, [event for event in events if isinstance(event, Remark)]


def ward(times: float, **records: Any) -> Problem:
    """Make a week of eight nurses, four of them with X: five mornings, and a night of one with X."""
    staff = tuple(person(f"I{i}", *("X",) * (i <= 4)) for i in range(1, PEOPLE + 1))
    cover = []
    for day in range(DAYS):
        cover += [need(day, "Z", round(5 * times)), need(day, "N", round(times), "X")]
    return roster_problem(staff, tuple(cover), DAYS, (*LAW, COVER, THIN, WISHES), **records)


def open_places(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the places that stay open by need, as the audit says."""
    judged = judge(problem, plan).judged
    return {e.breach.about.subjects[0]: e.breach.amount for e in judged if e.rule.id == "cover"}


@pytest.mark.parametrize("times", [1.0, 1.25, 1.4, 2.2])
def test_above_supply_the_law_is_kept_and_what_stays_open_is_what_hours_leave(times: float) -> None:
    """Nobody may work more than 48 h in seven days, or twice on one: that is all there is."""
    problem = ward(times)
    result, _ = asked(problem)
    assert result.status in ("feasible", "optimal")
    assert (result.score.hard, result.score.breaches) == (0, 0)
    found = open_places(problem, result.plan)
    minutes = sum(each.least * (Z if "Z" in each.shifts else N).minutes for each in problem.cover)
    by_hours = -(-(minutes - PEOPLE * MOST) // N.minutes)
    by_heads = sum(each.least for each in problem.cover) - PEOPLE * DAYS
    assert sum(found.values()) >= max(by_hours, by_heads)
    assert sum(found.values()) <= max(by_hours, by_heads, 0) + (8 if times > 1 else 0)
    wanted = {each.id: each.least for each in problem.cover}
    filled = dict.fromkeys(wanted, 0)
    for duty in result.plan.duties:
        for each in problem.cover:
            if each.day == duty.day and duty.shift in each.shifts:
                filled[each.id] += each.skill is None or duty.person <= "I4"
    left = {id: wanted[id] - filled[id] for id in wanted if filled[id] < wanted[id]}
    assert left == found


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("Mon 4 Nov", "N (X)")), ("fr", ("lun. 4 nov.", "N (X)"))]
)
def test_more_absence_than_people_leaves_a_post_open_with_its_day_shift_and_skill(
    lang: str, words: tuple[str, str]
) -> None:
    """All four with X are away on Monday: its night stays open, as one of its mornings does."""
    leave = tuple(Absence(id=f"L{i}", person=f"I{i}", first=0, last=0) for i in range(1, 5))
    problem = ward(1.0, absences=leave)
    result, remarks = asked(problem)
    assert result.score.hard == 0
    found = [each for each in judge(problem, result.plan).judged if each.rule.id == "cover"]
    told = [breach_sentence(problem, each.rule, each.breach, lang) for each in found]
    assert any(all(word in sentence for word in words) for sentence in told)
    assert {each.what for each in remarks} == {"cover_out_of_reach"}
    assert {(each.facts["need"], each.facts["needed"], each.facts["able"]) for each in remarks} == {
        ("N0X", 1, 0),
        ("Z0", 5, 4),
    }
    free, remarks = asked(replace(problem, absences=()))
    assert not open_places(problem, free.plan)
    assert remarks == []


def test_requests_that_contradict_each_other_cost_the_lighter_one() -> None:
    """I1 wants the morning and the day off; I2 and I3 both want the only night of the week."""
    staff = tuple(person(f"I{i}") for i in (1, 2, 3))
    requests = (
        _wish("I1", 0, "Z", weight=3),
        replace(_wish("I1", 0, None, weight=2), id="off", wanted=False),
        _wish("I2", 3, "N", weight=1),
        _wish("I3", 3, "N", weight=4),
    )
    rules = (*LAW, COVER, THIN, WISHES)
    problem = roster_problem(staff, (need(3, "N"), need(0, "Z")), 7, rules, requests=requests)
    result, _ = asked(problem)
    assert {Duty("I1", 0, "Z"), Duty("I3", 3, "N")} <= set(result.plan.duties)  # type: ignore[arg-type]
    assert (result.score.hard, result.score.total) == (0, (2 + 1) * 60)
    refused = {each.breach.about.subjects for each in judge(problem, result.plan).judged}
    assert refused == {("I1",), ("I2",)}


def test_pins_that_leave_no_rest_are_kept_and_named_and_the_rest_of_the_roster_is_legal() -> None:
    problem = ward(1.4)
    kept = [Duty(StaffId("I1"), 0, ShiftId("N")), Duty(StaffId("I1"), 1, ShiftId("Z"))]
    pins = (Pin(kind="person", id="I1", first=0, last=1),)
    result, remarks = asked(problem, plan=Plan.build(duties=kept), pins=pins)
    assert set(kept) <= set(result.plan.duties)
    assert (result.status, result.score.breaches) == ("relaxed", 1)
    assert [each.what for each in remarks] == ["pins_clash"]
    (hard,) = judge(problem, result.plan).hard
    assert (hard.rule.id, hard.breach.about.subjects) == ("rest", ("I1",))


def _wish(who: str, day: int, shift: str | None, weight: int) -> Request:
    shifts = None if shift is None else ShiftId(shift)
    return Request(
        id=f"{who}-{day}-{shift}", person=StaffId(who), day=day, shift=shifts, weight=weight
    )
