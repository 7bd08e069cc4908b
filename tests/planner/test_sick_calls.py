"""Sick calls: what is lost, who may stand in with how few other duties, and what nobody may be asked."""

import datetime as dt
from collections.abc import Sequence

import pytest
from kpi_house import MONDAY, house, staff

from planner.day_events import Moment
from planner.edits import EditRefusedError
from planner.kpis.contract import Outcome
from planner.people import Absence, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem, faults
from planner.rostering import CoverRequirement
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.min_gap import MinGap
from planner.score import judge
from planner.sick import (
    Repaired,
    SickCall,
    adopting,
    call_sick,
    is_sick_call,
    read_sick_call,
    stand_ins,
)
from planner.sick.standing import UNREST, made
from planner.sick.words import document, typed_words
from planner.study import BASE, Scenario, Study

NOW = Moment(0, 0)
RULES = (
    NotWhileAway(id="absent"),
    MinGap(id="gap", minutes=660),
    Coverage(id="cover", tier=1, weight=500),
)


def ward(people: Sequence[StaffMember], needs: Sequence[CoverRequirement]) -> Problem:
    """Make a week of day shifts (08:00 to 16:00) and nights (21:00 to 07:00)."""
    return house(staff=tuple(people), cover=tuple(needs), rules=RULES)


def need(id: str, day: int, *shifts: str, skill: str | None = None) -> CoverRequirement:
    return CoverRequirement(id=id, day=day, shifts=frozenset(shifts), skill=skill)


def roster(*duties: tuple[str, int, str]) -> Plan:
    return Plan.build([], [Duty(*each) for each in duties])


def answered(
    problem: Problem, plan: Plan, words: str, now: Moment = NOW, held: frozenset[str] = frozenset()
) -> Repaired:
    called = call_sick(problem, plan, read_sick_call(words), now)
    return stand_ins(called, Outcome(problem, plan), (), lambda person, _: person in held)


def best(found: Repaired) -> list[tuple[str, int, str | None, str | None]]:
    return [(each.person, each.day, each.before, each.after) for each in found.answers[0].cells]


# --- reading and striking ----------------------------------------------------------------------


def test_a_sick_call_is_read_and_written_the_same() -> None:
    call = read_sick_call(" sick:I1+I2,2026-06-01,2026-06-05 ")
    assert call == SickCall(("I1", "I2"), MONDAY, dt.date(2026, 6, 5))
    assert read_sick_call(call.words) == call
    one = read_sick_call("sick:I1,2026-06-01")
    assert (one.first, one.last, one.words) == (MONDAY, MONDAY, "sick:I1,2026-06-01")
    assert is_sick_call("sick:what")
    assert not is_sick_call("cancel:K1")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("sick:I1", "sick_unread"),
        ("sick:,2026-06-01", "sick_unread"),
        ("sick:I1+,2026-06-01", "sick_unread"),
        ("sick:I1,2026-06-31", "sick_unread"),
        ("sick:I1,2026-06-03,2026-06-02", "sick_backwards"),
        ("sick:I9,2026-06-01", "sick_nobody"),
        ("sick:I1,2026-05-20,2026-05-21", "event_not_in_horizon"),
        ("sick:I1,2026-06-20", "event_not_in_horizon"),
    ],
)
def test_what_is_no_sick_call_is_refused(words: str, what: str) -> None:
    with pytest.raises(EditRefusedError) as refused:
        answered(ward(staff("I1"), ()), Plan(), words)
    assert refused.value.what == what


def test_days_that_are_over_are_refused() -> None:
    with pytest.raises(EditRefusedError) as refused:
        answered(ward(staff("I1"), ()), Plan(), "sick:I1,2026-06-01", Moment(2, 0))
    assert refused.value.what == "sick_past"


def test_only_what_has_not_begun_is_lost() -> None:
    """It is Tuesday noon: Monday and this morning's duty are worked, tonight's is not."""
    plan = roster(("I1", 0, "D"), ("I1", 1, "D"), ("I1", 2, "N"), ("I1", 5, "D"), ("I2", 2, "D"))
    call = read_sick_call("sick:I1,2026-06-01,2026-06-04")
    called = call_sick(ward(staff("I1", "I2"), ()), plan, call, Moment(1, 720))
    assert called.lost == (Duty("I1", 2, "N"),)
    assert set(plan.duties) - set(called.plan.duties) == {Duty("I1", 2, "N")}
    (absence,) = called.problem.absences
    assert (absence.person, absence.first, absence.last) == ("I1", 1, 3)
    assert {fault.what for fault in faults(called.problem)} == {"no_history"}


@pytest.mark.parametrize(("now", "lost", "first"), [(Moment(0, 0), 1, 1), (Moment(1, 60), 0, 2)])
def test_a_night_into_the_first_day_is_lost_or_done(now: Moment, lost: int, first: int) -> None:
    plan, call = roster(("I1", 0, "N")), read_sick_call("sick:I1,2026-06-02,2026-06-03")
    called = call_sick(ward(staff("I1"), ()), plan, call, now)
    assert (len(called.lost), called.problem.absences[0].first) == (lost, first)
    assert judge(called.problem, called.plan).score.hard == 0


def test_her_duties_on_other_tracks_go_and_others_stay() -> None:
    plan = roster(("I1", 1, "D"), ("I1", 1, "A"), ("I2", 1, "A"))
    called = call_sick(ward(staff("I1", "I2"), ()), plan, read_sick_call("sick:I1,2026-06-02"), NOW)
    assert [*called.plan.duties] == [Duty("I2", 1, "A")]


# --- who stands in -------------------------------------------------------------------------------


def test_who_costs_least_stands_in_with_one_duty() -> None:
    """I2 came off a night at seven; I3 has rested; I4 lacks the skill."""
    skilled = staff("I1", "I2", "I3", skills=frozenset({"scrub"}))
    problem = ward((*skilled, *staff("I4")), (need("n", 1, "D", skill="scrub"),))
    found = answered(problem, roster(("I1", 1, "D"), ("I2", 0, "N")), "sick:I1,2026-06-02")
    assert best(found) == [("I3", 1, None, "D")]
    assert [each.reach for each in found.answers] == ["one", "nothing"]
    nothing = found.nothing.score
    assert (found.answers[0].score.hard, nothing.tiers[0]) == (0, 500)
    assert found.answers[0].cost == UNREST


def test_nobody_is_asked_where_nobody_is_short() -> None:
    problem = ward(staff("I1", "I2", "I3"), (need("n", 1, "D"),))
    found = answered(problem, roster(("I1", 1, "D"), ("I2", 1, "D")), "sick:I1,2026-06-02")
    assert [each.reach for each in found.answers] == ["nothing"]
    assert best(found) == []


def test_nobody_is_asked_to_break_the_law() -> None:
    """I2 comes off her night on Tuesday morning: it has begun, and nobody takes it from her."""
    problem = ward(staff("I1", "I2"), (need("n", 1, "D"),))
    plan = roster(("I1", 1, "D"), ("I2", 0, "N"))
    found = answered(problem, plan, "sick:I1,2026-06-02", Moment(1, 0))
    assert best(found) == []
    assert found.answers[0].score.hard == 0


def test_a_day_that_is_pinned_stays() -> None:
    problem = ward(staff("I1", "I2"), (need("n", 1, "D"),))
    plan = roster(("I1", 1, "D"))
    held = answered(problem, plan, "sick:I1,2026-06-02", held=frozenset({"I2"}))
    assert best(held) == []
    assert best(answered(problem, plan, "sick:I1,2026-06-02")) == [("I2", 1, None, "D")]


def test_somebody_gives_up_another_duty_for_it() -> None:
    """I2 can only do Tuesday if she leaves Monday's night, at which nobody is short."""
    problem = ward(staff("I1", "I2"), (need("n", 1, "D"),))
    found = answered(problem, roster(("I1", 1, "D"), ("I2", 0, "N")), "sick:I1,2026-06-02")
    assert [each.reach for each in found.answers] == ["two", "nothing"]
    assert best(found) == [("I2", 0, "N", None), ("I2", 1, None, "D")]


def test_two_people_change_where_one_cannot() -> None:
    """Only I2 can scrub, and is on the night; I3 takes the night from her."""
    scrub = frozenset({"scrub"})
    people = (
        StaffMember(id="I1", contract="C", skills=scrub, shifts=frozenset({"D"})),
        StaffMember(id="I2", contract="C", skills=scrub),
        StaffMember(id="I3", contract="C", shifts=frozenset({"N"})),
    )
    problem = ward(people, (need("d", 1, "D", skill="scrub"), need("n", 1, "N")))
    plan = roster(("I1", 1, "D"), ("I2", 1, "N"))
    found = answered(problem, plan, "sick:I1,2026-06-02")
    assert [each.reach for each in found.answers] == ["two", "nothing"]
    assert best(found) == [("I2", 1, "N", "D"), ("I3", 1, None, "N")]
    assert found.answers[0].score.tiers[0] == 0


def test_a_second_lost_duty_sees_the_first_answer() -> None:
    """I2 cannot do Tuesday's night and Wednesday's day: I3 takes one of them."""
    problem = ward(staff("I1", "I4", "I2", "I3"), (need("n", 1, "N"), need("d", 2, "D")))
    plan = roster(("I1", 1, "N"), ("I4", 2, "D"))
    found = answered(problem, plan, "sick:I1+I4,2026-06-02,2026-06-03")
    assert len(found.called.lost) == 2
    assert {(day, after) for _, day, _, after in best(found)} == {(1, "N"), (2, "D")}
    assert len({person for person, *_ in best(found)}) == 2
    assert found.answers[0].score.hard == 0


def test_what_an_answer_says_is_what_the_audit_says() -> None:
    problem = ward(staff("I1", "I2", "I3"), (need("n", 1, "D"), need("m", 2, "N")))
    plan = roster(("I1", 1, "D"), ("I1", 2, "N"))
    found = answered(problem, plan, "sick:I1,2026-06-02,2026-06-03")
    for answer in found.answers:
        after = made(found.called, answer)
        assert judge(found.called.problem, after).score == answer.score
        assert len(set(after.duties) ^ set(found.called.plan.duties)) == len(answer.cells)


def test_an_answer_is_adopted_with_its_absence() -> None:
    problem = ward(staff("I1", "I2"), (need("n", 1, "D"),))
    plan = roster(("I1", 1, "D"))
    study = Study(id="s", base=problem, scenarios=(Scenario(name=BASE, parent=None, plan=plan),))
    found = answered(problem, plan, "sick:I1,2026-06-02")
    edit = adopting(study, BASE, found.called, found.answers[0], "2026-06-01 00:00")
    after = edit.apply(study)
    assert [*after.scenario(BASE).plan.duties] == [Duty("I2", 1, "D")]
    assert [each.person for each in after.problem(BASE).absences] == ["I1"]
    assert edit.label[0] == "edit_repair"


def test_a_second_call_for_the_same_person_has_an_absence_of_its_own() -> None:
    problem = ward(staff("I1"), ())
    known = Absence(id="sick-I1-2026-06-02", person="I1", first=1, last=1)
    called = call_sick(
        problem.with_records("absence", (known,)), Plan(), read_sick_call("sick:I1,2026-06-02"), NOW
    )
    ids = [each.id for each in called.problem.absences]
    assert len(ids) == len(set(ids)) == 2


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_document_says_whom_to_tell(lang: str) -> None:
    problem = ward(staff("I1", "I2", "I3"), (need("n", 1, "D"), need("m", 2, "D")))
    plan = roster(("I1", 1, "D"), ("I1", 2, "D"))
    found = document(answered(problem, plan, "sick:I1,2026-06-02,2026-06-03"), lang)
    assert found["best"] == found["answers"][0]["number"] == 1
    assert found["answers"][-1]["number"] == 0
    assert len(found["lost"]) == 2
    told = found["answers"][0]["told"]["staff"]
    assert len(told) == 2
    assert all("D" in line and ("off" in line or "repos" in line) for line in told)
    assert {"en": "2 duties are lost.", "fr": "2 postes sont perdus."}[lang] in found["sentence"]
    nothing = found["answers"][-1]
    assert [each["hard"] for each in nothing["breaches"]] == [False, False]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("overrun:P-0404+45", "Case P-0404 lasts 45 min longer"),
        ("sick:I1,2026-06-02,2026-06-03", "away from Tuesday 2 June 2026 to Wednesday 3 June 2026"),
        ("nothing that is known", "nothing that is known"),
    ],
)
def test_an_event_that_was_typed_is_said_in_words(event: str, told: str) -> None:
    said = typed_words(event, "en").replace("\u00a0", " ")
    assert told in said
    assert not said.endswith(".")
