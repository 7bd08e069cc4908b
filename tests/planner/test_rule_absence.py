"""Absences: whole days, parts of a day, nights that end in them, clock changes."""

import datetime as dt
from typing import Any

import pytest
from roster_words import MONDAY, Found, broken, facts, judged, situation

from planner.packs.example import SHIFTS
from planner.people import Absence, StaffMember
from planner.rostering import ShiftType
from planner.rules.contract import audit
from planner.rules.roster.absence import NotWhileAway
from planner.rules.space import RosterSpace
from planner.sentences import breach_sentence
from planner.view import RosterView

RULE = NotWhileAway(id="R")


def away(
    first: int, last: int, start: int | None = None, end: int | None = None, id: str = "a"
) -> Absence:
    """Make an absence of person A."""
    return Absence(id=id, person="A", first=first, last=last, start=start, end=end)


@pytest.mark.parametrize(
    ("absence", "roster", "days"),
    [
        (away(1, 2), "M - - M", []),
        (away(1, 2), "M M - M", [1]),
        (away(1, 2), "M M M M", [1, 2]),
        (away(1, 2), "N12 - - N12", [0]),  # it ends on the first day away
        (away(1, 2), "- - N12 -", [2]),
        (away(-3, 0), "M -", [0]),
        (away(0, 9), "- M", [1]),
        (away(0, 0), "N12 | -", []),  # the past is not ours
        (away(1, 1, 450, 510), "- M", [1]),
        (away(1, 1, 906, 960), "- M", []),  # from the end of M on
        (away(1, 1, 905, 960), "- M", [1]),
        (away(1, 1, 400, 450), "- M", []),  # until M begins
        (away(1, 1, 400, 451), "- M", [1]),
        (away(1, 2, 480, 540), "M M M M", [1, 2]),  # a part of each day
        (away(1, 1, 449, 450), "N12 M", [0]),  # the last minute of the night
        (away(1, 1, 450, 451), "N12 -", []),
        (away(0, 0, 1890, 2000), "- M", [1]),  # past midnight, until 09:20
        (away(0, 0, 1380, 1440), "N12", [0]),
    ],
)
def test_an_absence(absence: Absence, roster: str, days: list[int]) -> None:
    found = judged(RULE, roster, absences=(absence,))
    assert found == [Found("absent", day, day, 1) for day in days]


def test_absences_that_overlap_are_one_breach() -> None:
    absences = (away(1, 2), away(1, 1, 480, 540, id="b"), away(0, 3, id="c"))
    assert judged(RULE, "M M - -", absences=absences) == [Found("absent", d, d, 1) for d in (0, 1)]


def test_another_person_or_a_surgeon_is_not_concerned() -> None:
    problem, plan = situation({"A": "M", "B": "M"}, absences=(away(0, 0),))
    assert [b.first for b in broken(RULE, problem, plan)] == [0]
    other = (Absence(id="x", person="SURG-1", first=0, last=0),)
    assert judged(RULE, "M", absences=other) == []


def test_two_tracks_of_a_day_are_one_item() -> None:
    call = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"call"}))
    more: dict[str, Any] = {"shifts": (*SHIFTS, call)}
    assert judged(RULE, "M+K", absences=(away(0, 0),), **more) == [Found("absent", 0, 0, 2)]
    assert judged(RULE, "M+K", absences=(away(0, 0, 1200, 1230),), **more) == [
        Found("absent", 0, 0, 1)
    ]


def test_the_codes_of_an_absence_are_priced() -> None:
    problem, _ = situation({"A": "- -", "B": "- -"}, absences=(away(1, 1),))
    space = RosterSpace(problem)
    closed = {
        (space.places[cell][2], space.shift_of[code].id)
        for price in RULE.prices(space)
        for cell in price.cells
        for code in range(1, space.codes)
        if code in price.codes
    }
    nights = {(0, "N12"), (0, "N10")}
    assert closed == nights | {(1, shift.id) for shift in SHIFTS}


def test_a_partial_absence_on_the_night_of_the_change() -> None:
    """N 19:00-07:00 over the spring change; away from 06:59 by the clock of Sunday."""
    saturday = dt.date(2026, 3, 28)
    night = (ShiftType(id="N", start=1140, end=1860, tags=frozenset({"work"})),)
    for start, days in ((419, [0]), (420, [])):
        found = judged(RULE, "N -", saturday, shifts=night, absences=(away(1, 1, start, 480),))
        assert [each.first for each in found] == days


def test_the_facts_name_shift_and_absence() -> None:
    (said,) = facts(RULE, *situation({"A": "N12 -"}, MONDAY, absences=(away(1, 1),)))
    assert (said["shift"], said["absence"]) == ("N12", "a")


def leaving(last: int) -> dict[str, Any]:
    """Give the staff: person A, who works until a day."""
    return {"staff": (StaffMember(id="A", contract="FPH", last=last),)}


@pytest.mark.parametrize(
    ("last", "roster", "days"),
    [
        (1, "M M M M", [2, 3]),
        (1, "M N12 - -", []),  # the night of the last day is hers to its end
        (1, "M - N12 -", [2]),
        (-1, "M N12 -", [0, 1]),
        (-9, "N12 | M -", [0]),  # what she did before the horizon is not ours
        (3, "M M M M", []),
        (40, "M M M M", []),
    ],
)
def test_a_last_day_of_work(last: int, roster: str, days: list[int]) -> None:
    found = judged(RULE, roster, **leaving(last))
    assert found == [Found("left", day, day, 1) for day in days]


def test_an_absence_near_the_last_day_keeps_its_minutes_and_none_after_it() -> None:
    more = leaving(1)
    found = judged(RULE, "- N12 M", absences=(away(2, 2),), **more)
    assert found == [Found("absent", 1, 1, 1), Found("left", 2, 2, 1)]
    found = judged(RULE, "M M M", absences=(away(0, 9),), **more)
    assert {(each.what, each.first) for each in found} == {
        ("absent", 0),
        ("absent", 1),
        ("left", 2),
    }


def test_two_tracks_after_the_last_day_are_one_item() -> None:
    call = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"call"}))
    found = judged(RULE, "M M+K", shifts=(*SHIFTS, call), **leaving(0))
    assert found == [Found("left", 1, 1, 2)]


def test_the_sentence_names_the_last_day() -> None:
    problem, plan = situation({"A": "M - M"}, MONDAY, **leaving(1))
    (breach,) = audit(RULE, RosterView(problem, plan))
    english, french = (breach_sentence(problem, RULE, breach, lang) for lang in ("en", "fr"))
    assert english == "A: shift M on Wed 3 Jun is after the last day of work, Tue 2 Jun"
    assert french == (
        "A\u202f: le poste M du mer. 3 juin vient après le dernier jour de travail, le mar. 2 juin"
    )
