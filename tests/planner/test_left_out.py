"""Why a case waits: each reason holds where it is given, and no further."""

import dataclasses
from typing import Any

import pytest
from theatre_day import case, house, plan

from planner.cases import Surgeon
from planner.hand_edits import placed
from planner.kpis.contract import Outcome
from planner.left_out import LeftOut
from planner.left_out_words import reason_words, waiting_lines, waiting_plain
from planner.live import would_break
from planner.people import Absence
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.study import Pin
from planner.unplaceable import Reason


def why(problem: Problem, of: Plan, id: str, **how: Any) -> Reason:
    outcome = Outcome(problem, of, ())
    (found,) = (each for each in problem.cases if each.id == id)
    return LeftOut(outcome).why(found, **how)


FULL = plan(("K1", "A", 480), ("K2", "B", 480))
"""Each session takes one: 150 minutes are left of each, and a turnover of 30 comes first."""


@pytest.mark.parametrize(("minutes", "what"), [(150, "costs"), (155, "full")])
def test_the_longest_gap_has_the_turnover_before_it_and_the_overtime(
    minutes: int, what: str
) -> None:
    """Session A runs from 8:00 to 12:00 and may run to 13:00; its case ends at 10:00."""
    problem = house(cases=(*house().cases[:2], case("K3", mean=minutes)))
    found = why(problem, FULL, "K3")
    assert found.what == what
    if what == "full":
        assert found.facts == {"n": 2, "minutes": 155, "longest": 150}


@pytest.mark.parametrize(
    ("start", "mean", "minutes", "longest"),
    [
        (480, 240, 60, 0),  # until noon: the hour of overtime is no place to begin in
        (483, 150, 120, 115),  # until 10:33: after 30 minutes of turnover the next start is 11:05
    ],
)
def test_a_gap_is_one_in_which_a_case_can_begin(
    start: int, mean: int, minutes: int, longest: int
) -> None:
    cases = (case("K1", mean=mean), case("K2", mean=minutes))
    problem = house(cases=cases, sessions=house().sessions[:1])
    found = why(problem, plan(("K1", "A", start)), "K2")
    assert (found.what, found.facts.get("longest")) == ("full", longest)


def test_a_gap_of_another_surgeon_is_no_reason_to_call_hers_busy() -> None:
    """X2 is slow: the gap that is long enough for X1 is in a session that is X2's."""
    surgeons = (*house().surgeons, Surgeon(id="X2", specialty="ORTHO", pace=150))
    one, two = house().sessions
    sessions = (dataclasses.replace(one, surgeon="X2"), dataclasses.replace(two, surgeon="X1"))
    problem = house(surgeons=surgeons, sessions=sessions)
    used = Plan.build([Placement("K1", "A", "X2", 480), Placement("K2", "B", "X1", 600)])
    found = why(problem, used, "K3")
    assert (found.what, found.facts["minutes"] > found.facts["longest"]) == ("full", True)


def test_the_price_of_a_place_is_the_audits() -> None:
    """Two hours more end half an hour late: 30 × 60, less 120 × 2 that waiting costs."""
    found = why(house(), FULL, "K3")
    assert (found.what, found.facts["cost"]) == ("costs", 30 * 60 - 240)
    told = [found.facts[name] for name in ("session", "theatre", "date", "start")]
    assert told == ["A", "S1", "2026-10-05", 630]
    outcome = Outcome(house(), FULL, ())
    change = would_break(outcome, placed(FULL, Placement("K3", "A", "X1", 630)))
    assert sum(e.cost for e in change.new) - sum(e.cost for e in change.gone) == 1560


def test_a_case_that_a_longer_run_could_place_is_said_so() -> None:
    found = why(house(), plan(("K1", "A", 480)), "K2")
    assert (found.what, found.facts["cost"], found.facts["session"]) == ("saves", 240, "B")


def test_another_session_of_the_same_theatre_is_in_the_way() -> None:
    """Two sessions at once: what is in one leaves no room in the other."""
    twin = dataclasses.replace(house().sessions[0], id="C")
    problem = house(sessions=(house().sessions[0], twin))
    found = why(problem, plan(("K1", "A", 480), ("K2", "A", 630)), "K3")
    assert (found.what, found.facts["n"], found.facts["longest"]) == ("full", 2, 0)


def test_a_surgeon_who_operates_elsewhere_leaves_no_place() -> None:
    sessions = (house().sessions[0], dataclasses.replace(house().sessions[1], day=0))
    problem = house(sessions=sessions, cases=(*house().cases, case("K4"), case("K5")))
    busy = plan(("K1", "A", 480), ("K2", "A", 630), ("K3", "B", 780))
    assert why(problem, plan(("K1", "A", 480), ("K2", "A", 630)), "K4").what == "surgeon_busy"
    two = dataclasses.replace(
        problem, surgeons=(*problem.surgeons, Surgeon(id="X2", specialty="ORTHO"))
    )
    assert why(two, busy, "K4").what in ("saves", "costs")


def test_an_absence_leaves_a_later_start() -> None:
    """Away until 9:00: the first place begins then."""
    away = Absence(id="L", person="X1", first=0, last=0, start=480, end=540)
    sessions = house().sessions[:1]
    found = why(house(absences=(away,), sessions=sessions), Plan.build([]), "K1")
    assert found.what == "unplanned"
    placed_elsewhere = plan(("K2", "A", 600))
    problem = house(
        absences=(away,), sessions=sessions, cases=(case("K1", mean=30), *house().cases[1:])
    )
    assert why(problem, placed_elsewhere, "K1").facts["start"] == 540


def test_a_hard_rule_that_a_place_would_break_is_named() -> None:
    rule = catalogue()["session_cases"](id="few", most=1)
    problem = house(rules=(*house().rules, rule))
    found = why(problem, FULL, "K3")
    assert found.what == "rule"
    assert [each.id for each in found.facts["rules"]] == ["few"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_hard_rules_that_a_place_would_break_are_named_in_lists_too(lang: str) -> None:
    made = catalogue()
    few = made["session_cases"](id="few", most=1, title_en="Few of all", title_fr="Peu en tout")
    more = made["session_cases"](id="more", most=1, title_en="One a room", title_fr="Un par salle")
    outcome = Outcome(house(rules=(*house().rules, few, more)), FULL, ())
    waiting = waiting_plain(outcome, lang)
    names = "Few of all, One a room" if lang == "en" else "Peu en tout, Un par salle"
    assert [each["rules"] for each in waiting] == [names]
    assert names in waiting[0]["sentence"]
    assert "2" in waiting[0]["sentence"]
    (line,) = waiting_lines(waiting, lang)
    assert names in line
    assert waiting[0]["case"] in line


def test_dates_and_owners_are_told_by_sessions() -> None:
    never = case("K9", unavailable=frozenset({0}), earliest=5)
    found = why(house(cases=(never,)), FULL, "K9")
    assert [(each.what, each.sessions) for each in found.refused] == [
        ("earliest", ("B",)),
        ("patient", ("A",)),
    ]
    assert "1 session is before the earliest day" in reason_words(found, "en")
    assert "1 vacation" in reason_words(found, "fr")


def test_a_list_prices_only_some_and_says_of_the_others_that_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("planner.left_out.PRICED", 1)
    many = tuple(case(f"K{number}") for number in range(1, 6))
    outcome = Outcome(house(cases=many), plan(("K1", "A", 480)), ())
    assert [each["reason"] for each in waiting_plain(outcome, "en")] == ["saves", *["room"] * 3]
    assert len(waiting_lines(waiting_plain(outcome, "fr"), "fr")) == 2


def test_what_is_pinned_is_no_place() -> None:
    """A pinned session takes nobody more; a pinned case that waits is kept waiting."""
    half = plan(("K1", "A", 480))
    outcome, (_, waits, _) = Outcome(house(), half, ()), house().cases
    kept = LeftOut(outcome, pins=(Pin(kind="case", id="K2"),)).why(waits)
    assert kept.what == "pinned"
    shut = LeftOut(outcome, pins=(Pin(kind="session", id="B"),)).why(waits)
    assert (shut.what, shut.facts["session"]) == ("costs", "A")
    both = tuple(Pin(kind="session", id=id) for id in ("A", "B"))
    found = LeftOut(outcome, pins=both).why(waits)
    assert [(each.what, each.sessions) for each in found.refused] == [("pinned", ("A", "B"))]
    for lang in ("en", "fr"):
        assert "2 " in reason_words(found, lang)
        assert reason_words(kept, lang)


def test_without_starts_a_session_is_full_by_its_sum() -> None:
    """Three hours and a turnover of 300 minutes: 120 fit no more, 90 do."""
    for minutes, full in ((120, False), (155, True)):
        cases = (case("K1", mean=120), case("K2", mean=minutes))
        problem = house(clock=False, cases=cases, sessions=house().sessions[:1])
        used = Plan.build([Placement("K1", "A", "X1", None)])
        assert (why(problem, used, "K2").what == "full") == full


def test_every_reason_has_words_in_both_languages() -> None:
    for lang in ("en", "fr"):
        for id in ("K1", "K3"):
            told = reason_words(why(house(), plan(("K2", "A", 480)), id), lang)
            assert told.endswith(".")
            assert "{" not in told
