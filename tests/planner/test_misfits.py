"""Facts that do not fit: they are named, what they keep out is named, and the rest is planned."""

import dataclasses
from typing import Any

import pytest
from demo_hospitals import generate
from theatre_day import case, house, plan

from planner.cases import Procedure, Surgeon
from planner.facts import facts
from planner.hospital import (
    AnaesthesiaCover,
    Equipment,
    Session,
    SessionTemplate,
    TeamCover,
    Theatre,
)
from planner.master import dates
from planner.master.grid import Grid
from planner.master.options import MasterOptions
from planner.misfits import misfits, remarks, stepwise
from planner.people import Absence
from planner.plan import Plan
from planner.problem import Problem, faults, refuses
from planner.rules.closing import Closing
from planner.rules.theatre.anaesthetists import Anaesthetists
from planner.rules.theatre.teams import Teams
from planner.score import judge
from planner.sentences import fault_hint, fault_sentence, remark_words
from planner.unplaceable import Openings

ROBOT = frozenset({"ROBOT"})
LAMINAR = frozenset({"laminar"})


def found(problem: Problem) -> list[tuple[str, str, str, str]]:
    return [(fault.what, fault.kind, fault.id, fault.field) for fault in misfits(problem)]


def procedure(**changes: Any) -> Procedure:
    return Procedure(id="HIP", specialty="ORTHO", mean=120, turnover=30, **changes)


def second(**changes: Any) -> Session:
    """A session after A, in the same theatre and on the same day."""
    values: dict[str, Any] = {"theatre": "S1", "day": 0, "start": 720, "end": 960}
    return Session(id="C", **(values | changes))


def with_session(session: Session) -> Problem:
    return house(sessions=(*house().sessions, session))


BAD = {
    "nobody_does": house(surgeons=(Surgeon(id="X1", specialty="EYES"),)),
    "no_theatre_has": house(procedures=(procedure(features=LAMINAR),)),
    "none_owned": house(
        procedures=(procedure(equipment=ROBOT),), equipment=(Equipment(id="ROBOT", quantity=0),)
    ),
    "not_those": house(
        cases=(case("K1", surgeons=frozenset({"X2"})),),
        surgeons=(*house().surgeons, Surgeon(id="X2", specialty="EYES")),
    ),
    "no_teacher": house(cases=(case("K1", trainee=True),)),
    "too_long": house(cases=(case("K1", mean=301),)),  # four hours and an hour of overtime
    "sessions_at_once": with_session(second(start=719)),
}
PLACES = {
    "nobody_does": ("procedure", "HIP", "id"),
    "no_theatre_has": ("procedure", "HIP", "features"),
    "none_owned": ("equipment", "ROBOT", "quantity"),
    "not_those": ("case", "K1", "surgeons"),
    "no_teacher": ("case", "K1", "trainee"),
    "too_long": ("case", "K1", "mean"),
    "sessions_at_once": ("session", "C", "start"),
}


@pytest.mark.parametrize("what", BAD)
def test_each_is_named_and_placed_and_keeps_nobody_from_planning_the_rest(what: str) -> None:
    problem = BAD[what]
    assert found(problem) == [(what, *PLACES[what])]
    assert [*filter(None, stepwise(problem))] == [*misfits(problem)]
    assert not any(refuses(fault) for fault in faults(problem))
    for fault in misfits(problem):
        for lang in ("en", "fr"):
            assert fault.id in fault_sentence(fault, lang)
            assert fault_hint(fault, lang).endswith(".")


@pytest.mark.parametrize(
    "good",
    [
        house(),
        house(cases=(case("K1", mean=300),)),
        house(cases=(case("K1", mean=301),), rules=()),  # no rule wants a session over
        house(equipment=(Equipment(id="ROBOT", quantity=0),)),  # nobody needs it
        house(procedures=(procedure(), Procedure(id="EYE", specialty="EYES"))),  # nobody waits
        house(surgeons=(), cases=(case("K1", unattended=True),)),
        house(procedures=(procedure(features=LAMINAR),), theatres=(
            Theatre(id="S1"), Theatre(id="S2", features=LAMINAR))),
        with_session(second()),  # it begins as A ends
        with_session(second(start=600, closed=True)),
        with_session(second(start=600, theatre="S2")),
    ],
)  # fmt: skip
def test_what_can_be_planned_is_not_named(good: Problem) -> None:
    assert found(good) == []


def test_a_lack_that_many_share_is_told_once_with_the_cases() -> None:
    many = tuple(case(f"K{number}") for number in range(8))
    (fault,) = misfits(dataclasses.replace(BAD["nobody_does"], cases=many))
    assert dict(fault.facts) == {"n": 8, "cases": "K0, K1, K2, K3, K4 …"}


def test_a_session_that_ends_before_it_begins_is_named_and_not_used() -> None:
    """The other one is: a plan can be made without it."""
    backward = dataclasses.replace(house().sessions[0], start=720, end=480)
    problem = house(sessions=(backward, house().sessions[1]))
    (fault,) = faults(problem)
    assert (fault.what, fault.id, refuses(fault)) == ("ends_before_start", "A", False)
    assert {s.id for s, _ in Openings(problem).pairs(problem.cases[0])} == {"B"}
    closing = Closing(facts(problem))
    assert [closing.why(problem.cases[0], session) for session in problem.sessions] == [
        "closed",
        "",
    ]
    assert judge(problem, Plan()).score.hard == 0
    inside = judge(problem, plan(("K1", "A", 480))).hard
    assert {each.rule.type for each in inside} == {"in_session"}


def test_a_session_that_is_not_used_is_named_before_a_solve(problem: Problem) -> None:
    backward = dataclasses.replace(house().sessions[0], start=720, end=480)
    found = [*remarks(house(sessions=(backward, house().sessions[1])))]
    assert [(each.what, each.facts) for each in found] == [("unused_session", {"id": "A"})]
    said = {
        "en": "Session A ends before it begins, and is not used. Correct",
        "fr": "La vacation A finit avant de commencer et n’est pas utilisée. Corrigez",
    }
    for lang, told in said.items():
        assert remark_words(found[0].what, found[0].facts, lang).startswith(told)
    assert not [*remarks(house())]


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("anaesthesia", Anaesthetists(id="T09", ratio=2)), ("team", Teams(id="T11"))],
)
def test_people_on_duty_who_end_before_they_begin_count_for_nobody(kind: str, rule: Any) -> None:
    """Fewer theatres run than with them, never more: the fault is told, and the rest planned."""
    hours: dict[str, Any] = {"id": "M", "day": 0, "start": 480, "end": 960}
    made = (
        AnaesthesiaCover(anaesthetists=1, **hours)
        if kind == "anaesthesia"
        else TeamCover(teams=2, **hours)
    )
    covered = house(rules=(rule,)).with_records(kind, (made,))
    placed = plan(("K1", "A", 480))
    assert judge(covered, placed).score.hard == 0
    backward = dataclasses.replace(made, start=600, end=480)  # within the morning
    wrong = covered.with_records(kind, (backward,))
    (fault,) = faults(wrong)
    assert (fault.what, refuses(fault)) == ("ends_before_start", False)
    assert [each.what for each in remarks(wrong)] == [f"unused_{kind}"]
    assert judge(wrong, placed).score.hard > 0


def test_a_standing_session_that_ends_before_it_begins_never_comes() -> None:
    given: dict[str, Any] = {"theatre": "S1", "start": 480}
    good = SessionTemplate(id="good", end=720, **given)
    wrong = SessionTemplate(id="wrong", end=420, **given)
    problem = house(templates=(wrong, good))
    (fault,) = faults(problem)
    assert (fault.what, fault.id, refuses(fault)) == ("ends_before_start", "wrong", False)
    assert [each.what for each in remarks(problem)] == ["unused_template"]
    assert dates(good, problem.horizon)
    assert dates(wrong, problem.horizon) == ()
    owned = dataclasses.replace(wrong, owners=frozenset({"ORTHO"}))
    grid = Grid(house(templates=(owned, good)), MasterOptions())
    assert grid.free == ()
    assert [grid.usable(slot) for slot, *_ in grid.fixed] == [0]


def test_hours_away_that_end_before_they_begin_are_a_fault() -> None:
    given: dict[str, Any] = {"id": "X", "person": "X1", "first": 0, "last": 0}
    good = Absence(start=480, end=720, **given)
    assert not [*faults(house(absences=(good,)))]
    (fault,) = faults(house(absences=(dataclasses.replace(good, end=480),)))
    assert (fault.what, fault.field, refuses(fault)) == ("ends_before_start", "end", True)


def test_a_shift_that_ends_before_it_begins_is_refused(problem: Problem) -> None:
    backward = dataclasses.replace(problem.shifts[0], end=400)
    wrong = dataclasses.replace(problem, shifts=(backward, *problem.shifts[1:]))
    assert [refuses(fault) for fault in faults(wrong)] == [True]


@pytest.mark.parametrize(
    ("cycle", "week", "at_once"),
    [(1, 1, True), (2, 1, True), (2, 2, False), (3, 2, True), (4, 2, False), (4, 3, True)],
)
def test_templates_are_at_once_where_their_weeks_meet(cycle: int, week: int, at_once: bool) -> None:
    """The first comes back every two weeks: three and two meet, two and four only sometimes."""
    given: dict[str, Any] = {"theatre": "S1", "start": 480, "end": 720}
    templates = (
        SessionTemplate(id="one", cycle=2, week=1, **given),
        SessionTemplate(id="other", cycle=cycle, week=week, **given),
    )
    expected = [("templates_at_once", "template", "other", "start")] if at_once else []
    assert found(house(templates=templates)) == expected


def test_nothing_is_said_where_facts_contradict_each_other() -> None:
    lost = house(cases=(case("K1", procedure="NOSE"),))
    assert found(lost) == []
    assert [*filter(None, stepwise(lost))] == []
    assert [fault.what for fault in faults(lost)] == ["unknown_link"]


@pytest.mark.parametrize("profile", ["small", "mid"])
def test_demo_hospitals_have_none_and_reasons_agree_with_what_is_closed(profile: str) -> None:
    problem = generate(profile, 1)
    assert found(problem) == []
    closing = Closing(facts(problem))
    for each in problem.cases[::5]:
        opened = {session.id for session, _ in closing.pairs(each)}
        told = {session.id for session in problem.sessions if not closing.why(each, session)}
        assert opened == told
