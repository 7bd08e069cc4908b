"""Hours due: contract, share, absences, tolerance."""

import datetime as dt

import pytest
from roster_words import Found, facts, judged, situation

from planner.facts import facts as facts_of
from planner.people import Absence, Contract, StaffMember
from planner.rules.roster.target_hours import TargetHours


@pytest.mark.parametrize(
    ("days", "week", "share", "absences", "due"),
    [
        (7, 2100, 100, [], 2100),
        (28, 2100, 80, [], 6720),
        (5, 2100, 100, [], 1500),
        (7, 2100, 50, [(0, 2)], 600),
        (7, 2100, 100, [(0, 6)], 0),
        (7, 2100, 100, [(-5, 0), (0, 0), (6, 20)], 1500),  # each day once, in the horizon alone
        (1, 7, 50, [], 1),  # half a minute is rounded up
        (1, 6, 50, [], 0),
    ],
)
def test_what_is_due(
    days: int, week: int, share: int, absences: list[tuple[int, int]], due: int
) -> None:
    person = StaffMember(id="A", contract="FPH", share=share)
    problem, _ = situation(
        {"A": " ".join(["-"] * days)},
        staff=(person,),
        contracts=(Contract(id="FPH", week=week),),
        absences=tuple(
            Absence(id=f"a{n}", person="A", first=first, last=last)
            for n, (first, last) in enumerate(absences)
        ),
    )
    assert TargetHours(id="R").due(facts_of(problem), person) == due


@pytest.mark.parametrize(
    ("tolerance", "roster", "found"),
    [
        (180, "M M M M M - -", []),  # 2280 for 2100
        (179, "M M M M M - -", [Found("hours_off_target", 0, 6, 1)]),
        (276, "M M M M - - -", []),
        (275, "M M M M - - -", [Found("hours_off_target", 0, 6, 1)]),
        (0, "- - - - - - -", [Found("hours_off_target", 0, 6, 2100)]),
        (180, "D12 D12 | M M M M M - -", []),  # the past is paid for
    ],
)
def test_minutes_beyond_the_tolerance(tolerance: int, roster: str, found: list[Found]) -> None:
    assert judged(TargetHours(id="R", tier=2, tolerance=tolerance), roster) == found


def test_an_absence_from_midnight_to_midnight_is_a_whole_day() -> None:
    person = StaffMember(id="A", contract="FPH")
    problem, _ = situation(
        {"A": "- - - - - - -"},
        staff=(person,),
        contracts=(Contract(id="FPH", week=2100),),
        absences=(Absence(id="a", person="A", first=0, last=1, start=0, end=1440),),
    )
    assert TargetHours(id="R").due(facts_of(problem), person) == 1500
    assert TargetHours(id="R", credit=False).due(facts_of(problem), person) == 2100


def test_absences_of_a_part_of_a_day_are_not_credited() -> None:
    part = (Absence(id="a", person="A", first=0, last=6, start=480, end=540),)
    whole = (Absence(id="a", person="A", first=0, last=6),)
    rule = TargetHours(id="R", tolerance=0)
    assert judged(rule, "- - - - - - -", absences=part) == [Found("hours_off_target", 0, 6, 2100)]
    assert judged(rule, "- - - - - - -", absences=whole) == []
    owed = TargetHours(id="R", tolerance=0, credit=False)
    assert judged(owed, "- - - - - - -", absences=whole) == [Found("hours_off_target", 0, 6, 2100)]


def test_a_clock_change_is_paid() -> None:
    rule = TargetHours(id="R", tolerance=0)
    week = dt.date(2026, 10, 19)
    (said,) = facts(rule, *situation({"A": "- - - - - N12 -"}, week))
    assert said == {"worked": 780, "target": 2100, "tolerance": 0}


@pytest.mark.parametrize(
    ("last", "credit", "due"),
    [(3, True, 900), (3, False, 1200), (-2, True, 0), (6, True, 1800), (60, True, 1800)],
)
def test_nothing_is_owed_after_the_last_day(last: int, credit: bool, due: int) -> None:
    person = StaffMember(id="A", contract="FPH", last=last)
    leave = (Absence(id="a", person="A", first=3, last=3),)
    problem, _ = situation({"A": " ".join(["-"] * 7)}, staff=(person,), absences=leave)
    assert TargetHours(id="R", credit=credit).due(facts_of(problem), person) == due
