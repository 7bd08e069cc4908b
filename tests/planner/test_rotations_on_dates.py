"""A rotation on real dates: who works which line when, what is left out and why, and undoing it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rotation_house import WEEKS, house, line

from planner.changes import ChangeSet, apply
from planner.commands import CommandRefusedError, expand, told
from planner.edits import EditRefusedError
from planner.fingerprint import fingerprint
from planner.hospital import Holiday
from planner.next_period import next_period
from planner.people import Absence, Request, ShiftId, StaffId
from planner.plan import Duty, Plan
from planner.problem import Fault, Problem, faults
from planner.promising import promises
from planner.rostering import CoverRequirement, Rotation, ShiftType
from planner.rotation import RollOut, rolled_out, wheel
from planner.rotation.words import document, lines
from planner.rules.roster.roster_kept import RosterKept
from planner.score import judge
from planner.study import BASE, Pin, Study


def words(problem: Problem, plan: Plan, person: str, first: int = 0) -> str:
    """Write three weeks of a person as a word a day."""
    found: dict[int, list[str]] = {}
    for duty in plan.duties:
        if duty.person == person:
            found.setdefault(duty.day, []).append(str(duty.shift))
    return " ".join("+".join(sorted(found.get(day, []))) or "-" for day in range(first, first + 21))


def left(problem: Problem, **more: Any) -> list[tuple[str, int, str, str]]:
    found = rolled_out(replace(problem, **more), Plan())
    return [(d.person, d.day, d.shift, why) for d, why in found.left_out]


def test_each_begins_with_her_line_and_moves_on_each_monday() -> None:
    problem = house()
    found = rolled_out(problem, Plan())
    one, two, three = WEEKS
    assert words(problem, found.plan, "P1") == f"{one} {two} {three}"
    assert words(problem, found.plan, "P2") == f"{two} {three} {one}"
    assert words(problem, found.plan, "P3") == f"{three} {one} {two}"
    assert words(problem, found.plan, "P1", 21) == f"{one} {two} {three}"
    assert (found.given, found.people, found.left_out) == (2 * 33, 3, ())


def test_cycles_go_on_where_another_period_stopped() -> None:
    problem = house(start=date(2026, 10, 12), days=21)
    one, two, three = WEEKS
    assert words(problem, rolled_out(problem, Plan()).plan, "P1") == f"{two} {three} {one}"
    middle = house(start=date(2026, 10, 7), days=21)
    assert words(middle, rolled_out(middle, Plan()).plan, "P1").startswith("M M M - - S S S S")


def test_the_next_period_has_the_rotation_and_goes_on_with_it() -> None:
    problem = house(days=28)  # four weeks of a cycle of three: it stops after the first line
    following = next_period(problem, rolled_out(problem, Plan()).plan).problem
    assert following.lines == problem.lines
    _, two, three = WEEKS
    assert words(following, rolled_out(following, Plan()).plan, "P1").startswith(f"{two} {three}")


def test_the_rotation_that_was_told_is_what_roster_kept_holds_a_roster_to() -> None:
    problem = house(rules=(RosterKept(id="kept", tier=2),))
    plan = rolled_out(problem, Plan()).plan
    known, _ = apply(problem, (ChangeSet(name="", changes=tuple(promises(problem, plan))),))
    assert judge(known, plan).judged == ()
    other = plan.with_duties(duty for duty in plan.duties if (duty.person, duty.day) != ("P1", 2))
    (judged,) = judge(known, other).judged
    assert judged.breach.about.subjects == ("P1",)


def test_absences_left_people_and_public_holidays_are_left_out_and_told() -> None:
    problem = house()
    away = Absence(id="a", person="P1", first=2, last=3)
    assert left(problem, absences=(away,)) == [("P1", 2, "M", "absent"), ("P1", 3, "M", "absent")]
    hour = Absence(id="a", person="P1", first=2, last=2, start=890, end=930)
    assert left(problem, absences=(hour,)) == [("P1", 2, "M", "absent")]
    morning = Absence(
        id="n", person="P3", first=4, last=4, start=0, end=421
    )  # her night ends in it
    assert left(problem, absences=(morning,)) == [("P3", 3, "N", "absent")]
    leaving = tuple(replace(p, last=1) if p.id == "P2" else p for p in problem.staff)
    assert [each[1] for each in left(problem, staff=leaving)][:2] == [2, 3]
    holiday = (Holiday(id="h", day=0),)
    assert left(problem, holidays=holiday) == [("P1", 0, "M", "holiday"), ("P2", 0, "S", "holiday")]
    always = (Rotation(id="R3", weeks=3, holidays=True),)
    assert left(problem, holidays=holiday, rotations=always) == []


def test_a_part_timer_keeps_her_days_off_and_nobody_gets_a_shift_that_is_not_hers() -> None:
    problem = house()
    wish = Request(id="w", person=StaffId("P1"), day=2, wanted=False)
    assert left(problem, requests=(wish,)) == []  # a wish of full-time staff is for the rules
    part = tuple(replace(p, share=80) if p.id == "P1" else p for p in problem.staff)
    assert left(problem, requests=(wish,), staff=part) == [("P1", 2, "M", "part_time")]
    mornings = tuple(
        replace(p, shifts=frozenset({ShiftId("M"), ShiftId("S")})) if p.id == "P3" else p
        for p in problem.staff
    )
    found = left(problem, staff=mornings)
    assert {why for *_, why in found} == {"not_hers"}
    assert {day for _, day, *_ in found} == {2, 3, 23, 24}


def test_what_was_there_goes_but_other_tracks_other_people_pins_and_the_past_stay() -> None:
    call = ShiftType(id=ShiftId("C"), start=0, end=1440, track="call", tags=frozenset({"call"}))
    problem = house()
    problem = replace(problem, shifts=(*problem.shifts, call), as_of=date(2026, 10, 6))
    before = [("P1", 0, "S"), ("P1", 5, "N"), ("P1", 5, "C"), ("P2", 2, "N"), ("P9", 1, "M")]
    plan = Plan.build(duties=[Duty(StaffId(p), day, ShiftId(s)) for p, day, s in before])
    pin = Pin(kind="person", id="P2", first=2, last=2)
    found = rolled_out(problem, plan, days=(0, 6), pins=(pin,))
    assert (found.first, found.last, found.kept) == (1, 6, 1)
    assert words(problem, found.plan, "P1")[:13] == "S M M M M C -"
    assert words(problem, found.plan, "P2")[:13] == "- S N S - - -"
    assert ("P9", 1, "M") in [tuple(duty) for duty in found.plan.duties]
    assert max(duty.day for duty in found.plan.duties) == 4 + 1


def test_a_second_line_of_a_number_is_another_track() -> None:
    call = ShiftType(id=ShiftId("C"), start=0, end=1440, track="call", tags=frozenset({"call"}))
    problem = house()
    second = replace(line(1, "C - - - - - -"), id="R3-1c")
    both = replace(problem, shifts=(*problem.shifts, call), lines=(*problem.lines, second))
    assert not [each for each in faults(both) if each.what == "line_twice"]
    assert words(both, rolled_out(both, Plan()).plan, "P1").startswith("C+M M M")


def test_it_is_an_edit_that_leaves_the_study_before_it_as_it_was() -> None:
    study = Study(id="x", base=house())
    done = RollOut(scenario=BASE).apply(study)
    assert not any(study.scenario(BASE).plan.duties)
    assert len([*done.scenario(BASE).plan.duties]) == 66
    assert not done.stale(BASE)
    again = RollOut(scenario=BASE, rotations=("R3",), days=(7, 13)).apply(done)
    assert again.scenario(BASE).plan == done.scenario(BASE).plan


def test_a_rotation_is_read_by_no_rule_so_that_a_roster_stays_up_to_date() -> None:
    problem = house()
    assert fingerprint(problem) == fingerprint(replace(problem, lines=()))


@pytest.mark.parametrize(
    ("changed", "asked", "what"),
    [
        ({"rotations": (), "lines": (), "turns": (), "weekly": ()}, (), "no_rotation"),
        ({}, ("R9",), "no_such_rotation"),
        ({"turns": ()}, (), "rotation_nobody"),
        ({"lines": ()}, ("R3",), "rotation_empty"),
        ({"as_of": date(2027, 1, 1)}, (), "rotation_past"),
    ],
)
def test_what_cannot_be_laid_out_is_said(
    changed: dict[str, Any], asked: tuple[str, ...], what: str
) -> None:
    with pytest.raises(EditRefusedError) as refused:
        rolled_out(replace(house(), **changed), Plan(), asked)
    assert refused.value.what == what


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(EditRefusedError) as refused:
        rolled_out(house(), Plan(), days=(5, 4))
    assert refused.value.what == "rotation_backwards"


def test_lines_beyond_the_weeks_and_two_duties_on_one_track_are_faults() -> None:
    problem = house()
    twice = replace(problem, lines=(*problem.lines, replace(line(1, "S - - - - - -"), id="more")))
    other = {"other": "R3-1", "shift": "S"}
    fault = Fault(what="line_twice", kind="line", id="more", field="mon", facts=(*other.items(),))
    assert fault in [*faults(twice)]
    short = replace(problem, rotations=(Rotation(id="R3", weeks=2),))
    beyond = [(f.kind, f.id, f.field) for f in faults(short) if f.what == "week_beyond_cycle"]
    assert beyond == [("line", "R3-3", "number"), ("turn", "P3", "line")]


def test_a_number_without_a_line_is_a_week_off() -> None:
    problem = house()
    turning = wheel(replace(problem, lines=problem.lines[:1]), "R3")
    assert [any(day for day in week) for week in turning.weeks] == [True, False, False]


def test_the_sentences_name_every_duty_left_out_and_hours_beyond_the_contract() -> None:
    problem = house("M M M M M - -", "M M M M M - -")
    problem = replace(problem, absences=(Absence(id="a", person="P1", first=2, last=8),))
    found = rolled_out(problem, Plan())
    given, absent, over = lines(problem, found, "en")
    assert given.startswith(
        "55 duties of 2 people laid out, from 5 October 2026 to 15 November 2026"
    )
    assert absent.startswith("5 duties left out, as their people are away: P1 Wed 7 Oct M, Thu 8")
    assert absent.endswith("Fri 9 Oct M, Mon 12 Oct M, Tue 13 Oct M.")
    assert "P1 40\u00a0h for 35\u00a0h, P2 40\u00a0h for 35\u00a0h" in over
    assert [*lines(problem, found, "fr")][1].startswith("5 postes laissés de côté")
    plain = document(problem, found)
    assert plain["left_out"][0] == {
        "person": "P1",
        "day": "2026-10-07",
        "shift": "M",
        "why": "absent",
    }


# --- a team that begins one ---------------------------------------------------------------------


def team() -> Problem:
    """Four of team A, one of them part-time; a cover of two mornings on weekdays, six people are able."""
    problem = house(lines=(), turns=(), rotations=(), weekly=(), days=14)
    people = [
        replace(problem.staff[0], id=StaffId(f"A{n}"), team="A", share=share)
        for n, share in enumerate((100, 100, 50, 100), start=1)
    ]
    others = [replace(problem.staff[0], id=StaffId(f"B{n}"), team="B") for n in (1, 2)]
    needs = tuple(
        CoverRequirement(
            id=f"c{day}", day=day, shifts=frozenset({ShiftId("M")}), least=2, best=4, price_below=3
        )
        for day in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)
    )
    odd = replace(needs[0], id="holiday", day=12, least=5)
    return replace(
        problem,
        staff=(*people, *others),
        cover=(*needs, odd),
        holidays=(Holiday(id="h", day=12),),
    )


def test_a_team_begins_a_rotation_with_its_part_of_the_cover() -> None:
    problem = team()
    group = expand(problem, "rotate", "A", "2")
    made, notes = apply(problem, (group,))
    assert notes == ()
    assert [(each.id, each.weeks, each.holidays) for each in made.rotations] == [("A-2", 2, True)]
    closed = replace(problem, cover=problem.cover[:-1])
    assert not apply(closed, (expand(closed, "rotate", "A", "2"),))[0].rotations[0].holidays
    assert [(turn.id, turn.line) for turn in made.turns] == [("A1", 1), ("A2", 2), ("A4", 1)]
    (need,) = made.weekly  # three of six are on it: half of 2 and 4
    assert (need.least, need.best, need.price_below) == (1, 2, 3)
    assert (need.weekdays, need.shifts) == (frozenset(range(5)), {"M"})
    assert not [each for each in faults(made) if each.kind in ("turn", "weekly", "rotation")]
    said = [what for what, _ in told(problem, "rotate", "A", "2")]
    assert said == ["rotate.begun", "rotate.others", "rotate.weekly"]
    again = expand(made, "rotate", "A", "2")
    more, _ = apply(made, (again,))
    assert told(made, "rotate", "A", "2")[1][1]["people"] == "A1, A2, A4"
    assert [(turn.id, turn.rotation) for turn in more.turns[3:]] == [("A3", "A-2-2")]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("A", "13"), "command_weeks"),
        (("A", "two"), "command_weeks"),
        (("Z", "2"), "command_unknown"),
    ],
)
def test_what_no_team_can_begin_is_said(words: tuple[str, ...], what: str) -> None:
    with pytest.raises(CommandRefusedError) as refused:
        expand(team(), "rotate", *words)
    assert refused.value.what == what
