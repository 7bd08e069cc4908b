"""Events of the day: how they are typed, what they make of the facts, and what cannot be."""

import dataclasses
from typing import Any

import pytest
from theatre_tables import situation

from planner.changes import Add, ChangeSet, Set
from planner.day_events import Event, Moment, read_event
from planner.day_repair import Answer, Move, Repaired, adopting, made, moved
from planner.day_struck import Struck, strike
from planner.day_words import Telling, document, placement_of, placement_plain
from planner.edits import AdoptPlan, EditRefusedError, Record
from planner.facts import facts
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.score import Score
from planner.study import Study
from planner.words import NARROW, say

NINE = 540


def day(**more: Any) -> tuple[Problem, Plan]:
    """A in R1 under way at nine, B after it, P by X2 in R2; W waits."""
    table: dict[str, Any] = {
        "sessions": [{"id": "M", "overtime": 30}, {"id": "N", "theatre": "R2"}],
        "cases": [
            {"id": "A", "in": "M", "start": "08:00", "minutes": 120},
            {"id": "B", "in": "M", "start": "10:00", "minutes": 60},
            {"id": "P", "in": "N", "start": "09:30", "minutes": 60, "surgeon": "X2"},
            {"id": "W", "minutes": 60},
        ],
        **more,
    }
    return situation(catalogue()["room_overlap"](id="r"), **table)


def struck(words: str, now: int = NINE, **more: Any) -> Struck:
    return strike(*day(**more), read_event(words), Moment(0, now))


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("overrun:A+45", Event(kind="overrun", subject="A", minutes=45)),
        ("overrun:A+1+45", Event(kind="overrun", subject="A+1", minutes=45)),
        ("cancel:A", Event(kind="cancel", subject="A")),
        ("late:X1+30", Event(kind="late", subject="X1", minutes=30)),
        ("close:R1,11:00", Event(kind="close", subject="R1", at=660)),
        (
            "emergency:90,S,P3",
            Event(kind="emergency", subject="S", minutes=90, priority="P3"),
        ),
        (
            "emergency:90,S,P3,60",
            Event(kind="emergency", subject="S", minutes=90, priority="P3", within=60),
        ),
    ],
)
def test_events_are_read_and_written(words: str, event: Event) -> None:
    assert read_event(words) == event
    assert event.words == words
    assert read_event(f" {words} ") == event


@pytest.mark.parametrize(
    "words",
    ["", "overrun", "overrun:A", "overrun:A+x", "overrun:A+0", "late:X1+0", "emergency:0,S,P3",
     "emergency:1441,S,P3", "overrun:A+1441",
     "emergency:90,S,P3,1441", "close:R1,24:01", "close:R1,25:00",
     "emergency:90,S", "close:R1", "close:R1,25h", "explode:R1", "cancel:"],
)  # fmt: skip
def test_what_is_no_event_is_refused(words: str) -> None:
    with pytest.raises(EditRefusedError) as refused:
        read_event(words)
    assert refused.value.what in {"event_unread", "event_no_minutes", "event_no_time"}
    for lang in ("en", "fr"):
        assert "{" not in say(refused.value.what, lang, **refused.value.facts)


@pytest.mark.parametrize(
    ("words", "now", "why"),
    [
        ("overrun:Z+10", NINE, "event_no_case"),
        ("overrun:W+10", NINE, "event_not_that_day"),
        ("overrun:A+10", 611, "event_over"),
        ("cancel:W", NINE, "event_not_that_day"),
        ("cancel:A", NINE, "event_started"),
        ("emergency:60,Z,P3", NINE, "event_no_specialty"),
        ("emergency:60,S,Z", NINE, "event_no_priority"),
        ("close:Z,10:00", NINE, "event_no_theatre"),
        ("close:R1,16:30", NINE, "event_closed_already"),
        ("late:Z+10", NINE, "event_no_surgeon"),
        ("late:X1+10", 700, "event_nothing_left"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(words: str, now: int, why: str) -> None:
    with pytest.raises(EditRefusedError) as refused:
        struck(words, now)
    assert refused.value.what == why


def test_a_day_outside_the_period_and_a_study_without_a_clock_are_refused() -> None:
    problem, plan = day()
    with pytest.raises(EditRefusedError, match="event_not_in_horizon"):
        strike(problem, plan, read_event("cancel:B"), Moment(14, NINE))
    with pytest.raises(EditRefusedError, match="event_no_clock"):
        strike(
            dataclasses.replace(problem, clock=False), plan, read_event("cancel:B"), Moment(0, 0)
        )


@pytest.mark.parametrize("pace", [50, 100, 130, 400])
def test_an_overrun_is_a_fact_of_the_case_at_its_surgeons_pace(pace: int) -> None:
    problem, plan = day()
    surgeons = tuple(dataclasses.replace(each, pace=pace) for each in problem.surgeons)
    problem = dataclasses.replace(problem, surgeons=surgeons)
    before = facts(problem).minutes(problem.cases[0], "X1")
    found = strike(problem, plan, read_event("overrun:A+45"), Moment(0, NINE))
    assert facts(found.problem).minutes(found.problem.cases[0], "X1") == before + 45
    assert found.plan == plan
    assert found.started == {"A"}
    assert (found.sessions, found.surgeons) == ({"M"}, {"X1"})


def test_a_cancelled_case_waits_and_cannot_come_that_day() -> None:
    found = struck("cancel:B")
    assert [each.case for each in found.plan.placements] == ["A", "P"]
    assert found.problem.cases[1].unavailable == {0}
    (change,) = found.group.changes
    assert isinstance(change, Set)
    assert (change.expected, change.value) == ([], ["2026-06-01"])


def test_an_emergency_is_a_case_of_the_usual_procedure() -> None:
    found = struck("emergency:75,S,P3,60")
    case = found.problem.cases[-1]
    assert (case.id, case.mean, case.specialty, case.priority) == ("E-20260601-0900", 75, "S", "P3")
    assert (case.listed, case.due, case.earliest) == (0, 0, 0)
    assert "emergency" in case.flags
    assert found.case == case.id
    assert found.sessions == {"M", "N"}
    again = strike(found.problem, found.plan, found.event, found.moment)
    assert again.case == "E-20260601-0900-2"


def test_the_usual_procedure_asks_for_least_and_is_done_by_most() -> None:
    cases = [
        {"id": "A", "minutes": 60, "needs": ["robot"]},
        {"id": "B", "minutes": 60},
        {"id": "C", "minutes": 60},
    ]
    surgeons = {"X1": {"cases": ["A", "C"]}, "X2": {"cases": ["B", "C"]}}
    found = struck("emergency:60,S,P3", cases=cases, surgeons=surgeons)
    assert found.problem.cases[-1].procedure == "do-C"


def test_a_room_closes_from_a_time_once_the_case_under_way_has_ended() -> None:
    found = struck("close:R1,09:30")
    session = found.problem.sessions[0]
    assert (session.end, session.overtime, session.closed) == (600, 0, False)
    assert found.plan == day()[1]
    shut = struck("close:R2,08:00")
    assert shut.problem.sessions[1].closed
    assert shut.shut == {"N"}


def test_a_late_surgeon_is_away_until_she_comes() -> None:
    found = struck("late:X2+30")
    (change,) = found.group.changes
    assert isinstance(change, Add)
    (absence,) = found.problem.absences
    assert (absence.first, absence.last, absence.start, absence.end) == (0, 0, NINE, 600)
    busy = struck("late:X1+30")  # she operates A until ten
    assert (busy.problem.absences[0].start, busy.problem.absences[0].end) == (600, 630)


def test_a_late_second_surgeon_holds_up_her_case_and_is_told() -> None:
    problem, plan = day()
    cases = tuple(
        dataclasses.replace(each, partners=frozenset({"X1"})) if each.id == "P" else each
        for each in problem.cases
    )
    problem = dataclasses.replace(problem, cases=cases)
    found = strike(problem, plan, read_event("late:X1+60"), Moment(0, 485))
    assert found.sessions == {"M", "N"}, "P at half past nine is the first that needs her"
    assert (found.problem.absences[0].start, found.problem.absences[0].end) == (600, 630)
    answers = (Answer(reach="day", moves=(later("P", plan, 630),)), Answer(reach="nothing"))
    told = document(plan, Repaired(struck=found, answers=answers), "en")["answers"][0]["told"]
    assert told["surgeons"][0] == "X1: 08:00 A in R1, 10:00 B in R1, 10:30 P in R2"


# --- what is adopted ----------------------------------------------------------------------------


def study(plan: Plan, problem: Problem) -> Study:
    made_ = Study(id="x", base=problem)
    return AdoptPlan(scenario="base", plan=plan).apply(made_)


def later(case: str, plan: Plan, start: int) -> Move:
    before = next(each for each in plan.placements if each.case == case)
    return Move(before.case, before, before._replace(start=start))


def test_an_answer_is_one_edit_of_facts_and_plan() -> None:
    problem, plan = day()
    found = strike(problem, plan, read_event("overrun:A+45"), Moment(0, NINE))
    answer = Answer(reach="session", moves=(later("B", plan, 645),))
    before = study(plan, problem)
    edit = adopting(before, "base", found, answer, "2026-06-01 09:00")
    after = edit.apply(before)
    assert after.base.cases[0].mean == 165
    assert moved(plan, after.scenario("base").plan) == answer.moves
    assert not after.stale("base")
    assert edit.label == (
        "edit_repair",
        {"event": "overrun:A+45", "at": "2026-06-01 09:00", "scenario": "base"},
    )
    assert edit.touched == {"base"}


def test_a_plan_that_was_out_of_date_stays_so() -> None:
    problem, plan = day()
    before = study(plan, problem)
    other = Set(kind="case", id="W", field="mean", expected=60, value=90)
    before = Record(scenario="base", group=ChangeSet(name="w", changes=(other,))).apply(before)
    assert before.stale("base")
    found = strike(before.base, plan, read_event("cancel:B"), Moment(0, NINE))
    after = adopting(before, "base", found, Answer(reach="nothing"), "at").apply(before)
    assert after.stale("base")
    assert [each.case for each in after.scenario("base").plan.placements] == ["A", "P"]


def test_moves_take_one_plan_to_the_other() -> None:
    _, plan = day()
    other = Plan.build(
        [
            Placement("A", "M", "X1", 480),  # type: ignore[arg-type]  # ids are texts
            Placement("B", "N", "X2", 700),  # type: ignore[arg-type]
            Placement("W", "M", "X1", 640),  # type: ignore[arg-type]
        ]
    )
    assert [each.case for each in moved(plan, other)] == ["B", "P", "W"]
    assert made(plan, moved(plan, other)) == other
    for move in moved(plan, other):
        for side in move[1:]:
            assert placement_of(move.case, placement_plain(side)) == side


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "words",
    ["overrun:A+45", "cancel:B", "emergency:75,S,P3,30", "close:R1,10:00", "late:X2+30"],
)
def test_every_answer_can_be_told_in_both_languages(words: str, lang: str) -> None:
    problem, plan = day()
    found = strike(problem, plan, read_event(words), Moment(0, NINE))
    moves = [later("P", plan, 600)]
    if words.startswith("emergency"):
        moves.append(Move(found.case, None, Placement(found.case, "M", "X1", 660)))  # type: ignore[arg-type]
    nothing, other = Answer(reach="nothing"), Answer(reach="day", moves=tuple(moves))
    told = document(plan, Repaired(struck=found, answers=(other, nothing)), lang)
    assert [each["number"] for each in told["answers"]] == [1, 0]
    assert told["best"] == 1
    everything = str(told)
    assert "repair." not in everything
    assert told["answers"][0]["told"]["surgeons"]


def test_whom_to_tell_is_said_by_patient_surgeon_and_room() -> None:
    problem, plan = day()
    found = strike(problem, plan, read_event("overrun:A+45"), Moment(0, NINE))
    before = {each.case: each for each in plan.placements}
    moves = (
        Move(before["B"].case, before["B"], Placement("B", "N", "X1", 660)),  # type: ignore[arg-type]
        Move(before["P"].case, before["P"], None),
    )
    answers = (Answer(reach="day", moves=moves), Answer(reach="nothing"))
    told = document(plan, Repaired(struck=found, answers=answers), "en")["answers"][0]
    assert told["title"] == "1 patient moved · 1 patient not operated"
    assert told["told"] == {
        "patients": [
            "B: R2 at 11:00 with X1, instead of R1 at 10:00 with X1",
            "P is not operated on Monday 1 June 2026 (was R2 at 09:30) and waits for another day",
        ],
        "surgeons": ["X1: 08:00 A in R1, 11:00 B in R2", "X2: no case any more that day"],
        "rooms": ["R1: 08:00 A; ends at 10:45", "R2: 11:00 B; ends at 12:00"],
    }


def test_an_emergency_beyond_its_limit_says_by_how_much() -> None:
    problem, plan = day()
    found = strike(problem, plan, read_event("emergency:75,S,P3,30"), Moment(0, NINE))
    move = Move(found.case, None, Placement(found.case, "M", "X1", 660))  # type: ignore[arg-type]
    answers = (Answer(reach="day", moves=(move,)), Answer(reach="nothing"))
    english, french = (
        document(plan, Repaired(struck=found, answers=answers), lang)["answers"]
        for lang in ("en", "fr")
    )
    assert english[0]["told"]["patients"] == [
        "The emergency E-20260601-0900: R1 at 11:00 with X1 – 1\u00a0h\u00a030 after the limit of 09:30"
    ]
    assert french[0]["told"]["patients"] == [
        "L’urgence E-20260601-0900\u202f: R1 à 11:00 avec X1 – 1\u00a0h\u00a030 après la limite de 09:30"
    ]
    assert "is not operated" in english[1]["told"]["patients"][0]
    assert NARROW not in english[0]["title"]


def test_answers_are_told_with_all_that_orders_them() -> None:
    """The price of patients is in the sum, so that a cheaper day with a patient sent home is not odd."""
    problem, plan = day()
    found = strike(problem, plan, read_event("overrun:A+45"), Moment(0, NINE))
    nothing = Answer(reach="nothing", score=Score(tiers=(0, 500, 0, 0)))
    moves = (later("B", plan, 645),)
    one = Answer(reach="session", moves=moves, score=Score(tiers=(0, 100, 0, 0)), unrest=3450)
    words = Telling(plan, found, one, "en").cost(nothing)
    assert "3,050 more than doing nothing: \u2212400 for the day, +3,450 for the patients" in words
    assert [each.key for each in sorted((one, nothing), key=lambda a: a.key)] == [
        (0, 500),
        (0, 3550),
    ]


@pytest.mark.parametrize(
    ("lang", "price"),
    [("en", "not operated: that alone costs 892,000"), ("fr", "pas opérée : cela seul coûte 892")],
)
def test_doing_nothing_for_an_emergency_has_its_price_said(lang: str, price: str) -> None:
    problem, plan = day()
    found = strike(problem, plan, read_event("emergency:90,S,P3"), Moment(0, NINE))
    nothing = Answer(reach="nothing", unrest=892_000)
    words = Telling(plan, found, nothing, lang).cost(nothing)
    assert price in words.replace("\N{NO-BREAK SPACE}", " ").replace(NARROW, " ")
    free = Answer(reach="nothing")
    assert "892" not in Telling(plan, found, free, lang).cost(free)


def test_another_surgeon_at_the_same_place_and_time_is_named_as_such() -> None:
    problem, plan = day()
    found = strike(problem, plan, read_event("late:X2+30"), Moment(0, NINE))
    before = next(each for each in plan.placements if each.case == "P")
    given = Move(before.case, before, before._replace(surgeon="X1"))
    answer = Answer(reach="session", moves=(given, later("B", plan, 645)))
    telling = Telling(plan, found, answer, "en")
    assert telling.title() == "1 patient moved · 1 case given to another surgeon"
    assert "P: same place and time (R2 at 09:30), but with X1 instead of X2" in telling.patients()
    assert not later("P", plan, 600).given
    assert not Move(before.case, before, None).given


@pytest.mark.parametrize(
    ("minutes", "now", "reason"),
    [
        (75, 700, "overtime included"),  # M runs until 16:00 at most
        (60, 1400, "past"),
    ],
)
def test_an_emergency_that_fits_nowhere_is_told_why(minutes: int, now: int, reason: str) -> None:
    """Sessions of other days are no place for it, nor is the time before now."""
    cases = [{"id": "A", "in": "M", "start": "08:00", "minutes": 480}]
    rules = tuple(catalogue()[type](id=type) for type in ("session_overtime", "room_overlap"))
    problem, plan = day(cases=cases, sessions=[{"id": "M"}, {"id": "T", "day": 1}])
    problem = dataclasses.replace(problem, rules=rules)
    found = strike(problem, plan, read_event(f"emergency:{minutes},S,P3"), Moment(0, now))
    told = document(plan, Repaired(struck=found, answers=(Answer(reach="nothing"),)), "en")
    (line,) = told["answers"][0]["told"]["patients"]
    assert line.startswith(f"The emergency {found.case} is not operated on")
    assert reason in line
