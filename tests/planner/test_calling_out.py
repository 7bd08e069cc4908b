"""Call-outs from home: work with a start and minutes, counted in hours, and followed by rest."""

from dataclasses import replace
from typing import Any

import pytest
from roster_words import MONDAY, judged, situation

from planner.calling_out import CallOut, breaks, calling_out, on_call, read_call_out
from planner.edits import EditRefusedError
from planner.packs.example import OTHERS, SHIFTS
from planner.people import History, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rules.contract import Rule
from planner.rules.roster.allowed_shifts import AllowedShifts
from planner.rules.roster.min_gap import MinGap
from planner.rules.roster.weekly_rest import WeeklyRest
from planner.rules.roster.window_sum import WindowSum
from planner.rules.space import RosterSpace
from planner.score import judge
from planner.study import Scenario, Study

REST = MinGap(id="FRD3", before="callout", after="work", minutes=660)
CALLS = tuple(shift for shift in OTHERS if shift.track == "call")


def study(roster: str, *rules: Rule[Any, Any], **more: Any) -> Study:
    """One person, A, with shifts of a suite and duties on call from home."""
    problem, plan = situation({"A": roster}, shifts=(*SHIFTS, *CALLS), **more)
    base = Scenario(name="base", parent=None, plan=plan)
    return Study(id="s", base=problem.with_records("rule", rules), scenarios=(base,))


def after(house: Study, *calls: CallOut) -> tuple[Problem, Plan]:
    for call in calls:
        house = calling_out(house, "base", call).apply(house)
    return house.base, house.scenario("base").plan


def called(day: int, start: int, minutes: int) -> CallOut:
    return CallOut(person="A", day=day, start=start, minutes=minutes)


@pytest.mark.parametrize(
    ("start", "minutes", "short"),
    [
        (1260, 240, 0),  # over at 01:00, M begins at 07:30: 6 h 30 is short by 270
        (1110, 60, 0),  # over at 19:30: 12 h
        (1110, 120, 0),  # over at 20:30: 11 h, equal to the limit
        (1110, 121, 1),
        (1260, 180, 1),
    ],
)
def test_rest_is_owed_after_the_last_call_out(start: int, minutes: int, short: int) -> None:
    """Eleven hours from its end, to the minute; what comes before the night does not matter."""
    house = study("A_N M", REST)
    problem, plan = after(house, called(0, start, minutes))
    found = judge(problem, plan).judged
    expected = 1 if start + minutes + 660 > 1440 + 450 else 0
    assert len(found) == expected >= short
    assert len(list(breaks(house, "base", called(0, start, minutes)))) == expected


def test_the_last_of_two_call_outs_of_a_night_counts() -> None:
    house = study("A_N M", REST)
    first, second = called(0, 1140, 30), called(0, 1290, 45)
    problem, plan = after(house, first, second)
    assert {shift.track for shift in problem.shifts if "callout" in shift.tags} == {
        "callout",
        "callout-2",
    }
    assert [each.breach.about.subjects for each in judge(problem, plan).judged] == [("A",)]
    alone, plan = after(house, first)
    assert judge(alone, plan).judged == ()


def test_no_rest_is_owed_before_a_call_out_and_none_may_overlap() -> None:
    """Work until 15:06, called out at 19:00: the day's rest begins anew at its end."""
    daily = MinGap(id="FR06", minutes=720)
    house = study("M+A_N M", daily)
    for start, minutes, found in ((1140, 30, 0), (1140, 31, 1), (900, 30, 1)):
        problem, plan = after(house, called(0, start, minutes))
        assert len(judge(problem, plan).judged) == found
    own = MinGap(id="own", before="callout", after="callout", minutes=120)
    problem, plan = after(study("A_N", own), called(0, 1140, 30), called(0, 1289, 30))
    assert len(judge(problem, plan).judged) == 1


def test_minutes_count_in_hours_and_a_night_without_sleep_breaks_a_weekly_rest() -> None:
    hours = WindowSum(id="FR04", most=5 * 456)
    house = study("M M M M M A_WE -", hours)
    assert judge(*after(house)).judged == ()
    problem, plan = after(house, called(5, 600, 95))
    assert [each.breach.amount for each in judge(problem, plan).judged] == [95]
    weekly = WeeklyRest(id="FR07")
    house = study("J9 J9 | J9 J9 J9 J9 J9 A_WE -", weekly)
    assert judge(*after(house)).judged == ()
    middle = called(6, 1200, 60)  # neither side of Sunday evening has 36 hours
    problem, plan = after(house, called(5, 900, 60), middle)
    assert judge(problem, plan).judged != ()


def test_one_before_the_horizon_is_part_of_the_past() -> None:
    house = study("- A_N | M", REST)
    problem, plan = after(house, called(-1, 1260, 240))
    (history,) = problem.histories
    assert history.past == ("-", "A_N+CO-2100-240")
    assert len(judge(problem, plan).judged) == 1
    unknown = replace(house, base=replace(house.base, histories=()))
    problem, _ = after(unknown, called(-2, 600, 30))
    assert problem.histories == (History(id="A", past=("CO-1000-30", "?")),)


def test_nobody_else_is_given_a_call_out_and_hers_stays() -> None:
    person = StaffMember(id="A", contract="FPH", shifts=frozenset({"M", "A_N"}))
    house = study("A_N -", AllowedShifts(id="may"), staff=(person,))
    problem, plan = after(house, called(0, 1260, 60))
    assert judge(problem, plan).judged == ()  # it is none of the shifts that she has to be allowed
    space = RosterSpace(problem, plan.duties)
    code = space.code_of["CO-2100-60"]
    cells = [space.cell("A", "callout", day) for day in (0, 1)]
    assert [space.domain(cell) for cell in cells if cell is not None] == [(code,), (0,)]
    assert cells[0] is not None
    assert space.fixed(cells[0]) == code


def test_the_same_call_out_has_one_shift() -> None:
    house = study("A_N A_N")
    problem, plan = after(house, called(0, 1260, 60), called(1, 1260, 60))
    assert [shift.id for shift in problem.shifts if "callout" in shift.tags] == ["CO-2100-60"]
    assert Duty("A", 1, "CO-2100-60") in list(plan.duties)


def test_it_is_told_whether_she_was_on_call() -> None:
    house = study("A_N -")
    told = {at: on_call(house, "base", called(day, at, 30)) for day, at in ((0, 1109), (0, 1110))}
    assert told == {1109: False, 1110: True}
    assert on_call(house, "base", called(1, 449, 30))  # until 07:30 of the next day
    assert not on_call(house, "base", called(1, 450, 30))


@pytest.mark.parametrize(
    ("person", "day", "start", "minutes", "what"),
    [
        ("B", "2026-06-01", "02:10", "95", "no_such_person"),
        ("A", "yesterday", "02:10", "95", "call_out_unread"),
        ("A", "2026-06-01", "2 h", "95", "call_out_unread"),
        ("A", "2026-06-01", "24:00", "95", "call_out_unread"),
        ("A", "2026-06-01", "02:10", "0", "call_out_unread"),
        ("A", "2026-06-01", "02:10", "1441", "call_out_unread"),
        ("A", "2026-06-03", "02:10", "95", "call_out_unread"),
    ],
)
def test_what_is_no_call_out_is_refused(
    person: str, day: str, start: str, minutes: str, what: str
) -> None:
    problem = study("A_N -").base
    with pytest.raises(EditRefusedError) as refused:
        read_call_out(problem, person, day, start, minutes)
    assert refused.value.what == what
    assert read_call_out(problem, "A", MONDAY.isoformat(), "02:10", "1440").minutes == 1440


@pytest.mark.parametrize(
    ("roster", "pairs"), [("M+CO -", 0), ("M+CO M", 1), ("M+CO S", 1), ("J9 CO | M -", 1)]
)
def test_both_voices_say_the_same_of_call_outs(roster: str, pairs: int) -> None:
    found = judged(MinGap(id="FR06", minutes=720), roster, shifts=(*SHIFTS, *OTHERS))
    assert len(found) == pairs
