"""Three good slots: on days by hand, and on the small hospital against the audit of the whole plan."""

import dataclasses
import random
from typing import Any

import pytest
from demo_hospitals import generate
from repair_events import whole
from test_theatre_repair import day
from theatre_small import greedy, small

from planner.edits import EditRefusedError
from planner.facts import facts
from planner.hand_edits import placed, without
from planner.hospital import Census, WardId
from planner.kpis.contract import Outcome
from planner.left_out import LeftOut
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.sentences import title
from planner.slots import Slots, document, new_case
from solvers.theatre.slots import good_slots


def slots(day_: tuple[Problem, Plan], case: str, many: int = 3) -> Slots:
    problem, plan = day_
    record = next(each for each in problem.cases if each.id == case)
    return good_slots(problem, plan, record, many=many)


def places(found: Slots) -> list[tuple[str, int]]:
    return [(each.placement.session, each.placement.start or 0) for each in found.slots]


def booked(id: str, session: str, start: str, minutes: int, **more: Any) -> dict[str, Any]:
    return {"id": id, "in": session, "start": start, "minutes": minutes, **more}


def test_a_gap_is_found_between_two_cases_and_nobody_moves() -> None:
    cases = [
        booked("A", "M", "08:00", 120),
        booked("B", "M", "12:00", 240, surgeon="X2"),
        {"id": "W", "minutes": 90, "turnover": 15, "surgeons": ["X1"]},
    ]
    found = slots(day(sessions=[{"id": "M"}], cases=cases), "W")
    (slot,) = found.slots
    assert 600 + 15 <= (slot.placement.start or 0) <= 720 - 90
    assert slot.placement.surgeon == "X1"
    assert slot.cost == -100 * 90, "it waits no more"
    assert not found.refused


def test_the_best_are_shown_first_one_a_session() -> None:
    sessions = [
        {"id": "M"},
        {"id": "T", "theatre": "R2", "day": 1, "end": "09:00", "overtime": 60},
        {"id": "U", "theatre": "R3", "day": 2},
    ]
    cases = [{"id": "W", "minutes": 90, "surgeons": ["X1"]}]
    found = slots(day(sessions=sessions, cases=cases), "W")
    assert places(found) == [("M", 480), ("U", 480), ("T", 480)]
    assert [each.cost for each in found.slots] == [-9000, -9000, -9000 + 60 * 30]
    assert len(slots(day(sessions=sessions, cases=cases), "W", many=1).slots) == 1


def test_none_is_invented_and_the_reasons_are_told() -> None:
    sessions = [
        {"id": "closed", "closed": True},
        {"id": "others", "theatre": "R2", "owners": ["OTHER"]},
        {"id": "early", "theatre": "R3"},
        {"id": "away", "theatre": "R4", "day": 3},
        {"id": "patient", "theatre": "R5", "day": 4},
        {"id": "full", "theatre": "R6", "day": 5, "end": "10:00"},
        {"id": "local", "theatre": "R7", "day": 6, "anaesthesia": "local"},
        {"id": "bare", "theatre": "R8", "day": 7},
    ]
    waiting = {
        "id": "W",
        "minutes": 180,
        "surgeons": ["X1"],
        "earliest": 1,
        "unavailable": [4],
        "needs": ["laminar"],
    }
    for row in sessions[:-1]:
        row["features"] = ["laminar"]
    problem, plan = day(sessions=sessions, cases=[waiting], away=[{"day": 3, "surgeon": "X1"}])
    more = tuple(
        _rule(kind, n) for n, kind in enumerate(("owner", "room_features", "anaesthesia_type"))
    )
    found = slots((dataclasses.replace(problem, rules=(*problem.rules, *more)), plan), "W")
    assert found.slots == ()
    assert {why.what: why.sessions for why in found.refused} == {
        "closed": ("closed",),
        "owner": ("others",),
        "earliest": ("early",),
        "surgeon": ("away",),
        "patient": ("patient",),
        "full": ("full",),
        "anaesthesia": ("local",),
        "room": ("bare",),
    }
    told = document(found, "en")
    assert told["slots"] == []
    assert told["sentence"].startswith("There is no place for W without moving anybody: ")
    assert "1 session is closed" in told["sentence"]
    assert "1 vacation est fermée" in document(found, "fr")["sentence"]


def test_the_gap_that_is_not_there_is_as_long_as_the_case_takes_its_surgeon() -> None:
    sessions = [{"id": "full", "theatre": "R6", "day": 5, "end": "10:00"}]
    problem, plan = day(sessions=sessions, cases=[{"id": "W", "minutes": 180, "surgeons": ["X1"]}])
    slow = tuple(dataclasses.replace(each, pace=110) for each in problem.surgeons)
    found = slots((dataclasses.replace(problem, surgeons=slow), plan), "W")
    (why,) = found.refused
    assert (why.what, why.facts["minutes"]) == ("full", 200), "198 minutes, in steps of 5"


def test_a_place_that_breaks_a_hard_rule_besides_the_clock_is_none() -> None:
    """No bed of intensive care is left, but for the night that another theatre has one."""
    cases = [{"id": "W", "minutes": 60, "nights": 2, "intensive_nights": 1, "surgeons": ["X1"]}]
    sessions = [{"id": "M"}, {"id": "T", "day": 1}]
    problem, plan = day(sessions=sessions, cases=cases, beds={"intensive": 1})
    taken = Census(id="full", ward=WardId("intensive"), day=0, taken=1)
    rules = (*problem.rules, _rule("ward_beds", 0, kind="intensive"))
    problem = dataclasses.replace(problem, rules=rules, census=(taken,))
    found = slots((problem, plan), "W")
    assert places(found) == [("T", 480)]
    assert [(why.what, why.sessions) for why in found.refused] == [("rule", ("M",))]
    (told,) = (each["sentence"] for each in document(found, "en")["refused"])
    assert told == f"in 1 session a hard rule would be broken ({title(rules[-1], 'en')})"


def _rule(type: str, number: int, **parameters: Any) -> Any:
    return catalogue()[type](id=f"more{number}", **parameters)


def test_a_placed_case_is_offered_other_places_against_the_one_it_has() -> None:
    sessions = [{"id": "M", "overtime": 60}, {"id": "T", "day": 1}]
    cases = [
        booked("A", "M", "08:00", 480),
        booked("W", "M", "16:00", 30, surgeon="X2") | {"surgeons": ["X2"]},
    ]
    problem, plan = day(sessions=sessions, cases=cases)
    plan = placed(plan, Placement("W", "M", "X2", 945))  # type: ignore[arg-type]  # ids are texts
    found = slots((problem, plan), "W")
    assert places(found)[0] == ("T", 480)
    assert all(each.placement.start != 945 for each in found.slots)


def test_a_new_patient_is_as_long_as_the_procedure() -> None:
    problem, plan = day(sessions=[{"id": "M"}], cases=[booked("A", "M", "08:00", 120)])
    case = new_case(problem, "do-A", None, "P3")
    assert (case.id, case.mean, case.specialty) == ("NEW", 60, "S")
    assert case.due == 180
    found = good_slots(problem, plan, case)
    assert len(found.slots) == 1
    none = dataclasses.replace(found, slots=())
    assert document(none, "fr")["sentence"].startswith("Aucune place pour le nouveau patient")
    assert document(none, "en")["case"] == "NEW"
    for procedure, surgeon, priority in (
        ("x", None, "P3"),
        ("do-A", "x", "P3"),
        ("do-A", None, "x"),
    ):
        with pytest.raises(EditRefusedError):
            new_case(problem, procedure, surgeon, priority)


@pytest.mark.parametrize("seed", range(4))
def test_the_price_is_the_difference_of_the_audit_of_the_whole_plan(seed: int) -> None:
    problem = small()
    plan = greedy(problem)
    case = random.Random(seed).choice(problem.cases)
    before = whole(problem, plan).score
    found = good_slots(problem, plan, case)
    inside = {p.session for p in plan.placements}
    for slot in found.slots:
        after = whole(problem, placed(plan, slot.placement)).score
        assert (after.hard, after.breaches) == (before.hard, before.breaches)
        assert (
            (after.total or 0) - (before.total or 0) == slot.cost == sum(i.cost for i in slot.items)
        )
        assert len({each.placement.session for each in found.slots}) == len(found.slots)
        others = without(placed(plan, slot.placement), frozenset({case.id}))
        assert others == without(plan, frozenset({case.id}))
    assert inside
    assert found.slots or found.refused
    assert case.id in facts(problem).cases


@pytest.mark.parametrize("seed", [1, 3])
def test_why_a_case_waits_agrees_with_the_places_there_are(seed: int) -> None:
    """Where no room, or no surgeon, is the reason there is no place; a priced place is no cheaper."""
    problem = generate("small", seed)
    plan = greedy(problem)
    gone = {each.session for each in list(plan.placements)[:3]}
    fewer = [each for each in plan.placements if each.session not in gone]
    seen = set()
    for at_hand in (plan, Plan.build(fewer)):
        left_out = LeftOut(Outcome(problem, at_hand, ()))
        for case in list(left_out.outcome.theatre.waiting())[:12]:
            reason, found = left_out.why(case), good_slots(problem, at_hand, case)
            seen.add(reason.what)
            if reason.what in ("full", "surgeon_busy", "closed", "too_long"):
                assert not found.slots, (case.id, reason)
            elif reason.what in ("costs", "saves"):
                cost = reason.facts["cost"] * (-1 if reason.what == "saves" else 1)
                assert found.slots[0].cost <= cost, (case.id, reason)
    assert len(seen) > 1
