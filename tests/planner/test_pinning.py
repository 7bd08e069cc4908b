"""Pins: set, freed, taken apart by days, not kept by a plan, as they are typed and in words."""

from dataclasses import replace

import pytest
from kpi_house import case, house, session, staff

from planner.commands.contract import CommandRefusedError
from planner.edits import AdoptPlan, Branch, EditRefusedError, Publish, SetPins
from planner.pin_words import pin_words, place_words, tally
from planner.pinning import fixed, freed, held, missed, of_part, owner_of, put_back, read, toggled
from planner.plan import Duty, Placement, Plan
from planner.study import Pin, Study
from planner.view import TheatreView

PROBLEM = replace(
    house(days=7, sessions=(session("A"), session("B", 1)), cases=(case("K1", 60), case("K2", 30))),
    staff=staff("P1", "P2"),
)
CASE, SESSION = Pin(kind="case", id="K1"), Pin(kind="session", id="A")
PLAN = Plan.build([Placement("K1", "A", "X1", 480)], [Duty("P1", 2, "D")])


def days(first: int | None = None, last: int | None = None, person: str = "P1") -> Pin:
    return Pin(kind="person", id=person, first=first, last=last)


def whole(day: int) -> Pin:
    return Pin(kind="day", id="", first=day, last=day)


@pytest.fixture
def study() -> Study:
    """A base with a plan, and a scenario on it."""
    made = AdoptPlan(scenario="base", plan=PLAN).apply(Study(id="t", base=PROBLEM))
    return Branch(parent="base", name="child").apply(made)


def pinned(study: Study, name: str, *pins: Pin) -> Study:
    return SetPins(scenario=name, pins=pins).apply(study)


def test_a_pin_is_set_and_freed_by_the_same_step(study: Study) -> None:
    study = toggled(study, "base", [CASE, SESSION]).apply(study)
    assert study.scenario("base").pins == (CASE, SESSION)
    assert toggled(study, "base", [CASE]).pins == (SESSION,)
    more = toggled(study, "base", [CASE, Pin(kind="case", id="K2")])  # not all were: none is freed
    assert more.pins == (CASE, SESSION, Pin(kind="case", id="K2"))


def test_what_a_parent_has_pinned_is_not_pinned_twice_and_freed_there(study: Study) -> None:
    study = pinned(study, "base", CASE, whole(3))
    assert fixed(study, "child", [CASE]).pins == ()
    for wanted in (CASE, days(3, 3), days(2, 4), days()):
        with pytest.raises(EditRefusedError, match="pinned_elsewhere") as refused:
            freed(study, "child", [wanted])
        assert refused.value.facts == {"scenario": "base"}
    assert owner_of(study, "child", CASE) == "base"


def test_days_are_taken_out_of_a_longer_pin(study: Study) -> None:
    study = pinned(study, "base", days(0, 6), days(0, 6, "P2"))
    assert freed(study, "base", [days(3, 4)]).pins == (days(0, 2), days(5, 6), days(0, 6, "P2"))
    assert freed(pinned(study, "base", days()), "base", [days(3, 3)]).pins == (
        days(None, 2),
        days(4, None),
    )
    assert freed(study, "base", [days()]).pins == (days(0, 6, "P2"),)


def test_a_day_of_everybody_is_not_freed_for_one(study: Study) -> None:
    study = pinned(study, "base", whole(3))
    with pytest.raises(EditRefusedError, match="pinned_elsewhere"):
        toggled(study, "base", [days(3, 3)])
    assert toggled(study, "base", [whole(3)]).pins == ()
    assert toggled(study, "base", [days(4, 4)]).pins == (whole(3), days(4, 4))


def test_what_a_plan_does_not_keep_is_found(study: Study) -> None:
    pins = (CASE, SESSION, days(2, 2), days(3, 3), whole(2), Pin(kind="case", id="K2"))
    study = pinned(study, "base", *pins)
    assert list(missed(study, "child")) == []
    moved = PLAN.with_placements([Placement("K1", "A", "X1", 540)])
    study = AdoptPlan(scenario="child", plan=moved).apply(study)
    assert list(missed(study, "child")) == [CASE, SESSION]
    assert list(missed(study, "base")) == []  # whoever moves a case that he has pinned means it
    study = AdoptPlan(scenario="child", plan=PLAN.with_duties([])).apply(study)
    assert list(missed(study, "child")) == [days(2, 2), whole(2)]


def test_what_is_pinned_is_put_back_as_whoever_pinned_it_has_it(study: Study) -> None:
    pins = (CASE, days(2, 3), whole(5), Pin(kind="case", id="K2"))
    study = pinned(study, "base", *pins)
    assert put_back(study, "child", pins) is None
    other = Plan.build(
        [Placement("K1", "B", "X2", 600), Placement("K2", "B", "X2", 480)],
        [Duty("P1", 2, "N"), Duty("P2", 5, "D"), Duty("P2", 6, "D")],
    )
    study = AdoptPlan(scenario="child", plan=other).apply(study)
    assert set(missed(study, "child")) == set(pins)
    edit = put_back(study, "child", pins)
    assert edit is not None
    study = edit.apply(study)
    assert list(missed(study, "child")) == []
    kept = study.scenario("child").plan
    assert kept == Plan.build(PLAN.placements, [*PLAN.duties, Duty("P2", 6, "D")])


def test_a_session_is_put_back_with_what_is_in_it(study: Study) -> None:
    study = pinned(study, "base", SESSION)
    other = PLAN.with_placements([Placement("K2", "A", "X1", 480), Placement("K1", "B", "X1", 480)])
    study = AdoptPlan(scenario="child", plan=other).apply(study)
    edit = put_back(study, "child", [SESSION])
    assert edit is not None
    assert edit.apply(study).scenario("child").plan == PLAN


def test_a_solution_is_held_against_the_plan_that_it_takes_the_place_of(study: Study) -> None:
    before = pinned(study, "base", CASE)
    after = AdoptPlan(scenario="base", plan=Plan()).apply(before)
    assert list(missed(after, "base", before)) == [CASE]


@pytest.mark.parametrize(
    ("words", "pins"),
    [
        ("case/K1", (CASE,)),
        ("session/A", (SESSION,)),
        ("person/P1", (days(),)),
        ("person/P1@2026-06-02", (days(1, 1),)),
        ("person/P1@2026-06-02..2026-06-04", (days(1, 3),)),
        ("day/monday", (whole(0),)),
    ],
)
def test_pins_are_typed(words: str, pins: tuple[Pin, ...]) -> None:
    assert read(PROBLEM, words) == pins


@pytest.mark.parametrize("words", ["K1", "case/", "room/R1", "day/"])
def test_words_that_are_no_pin_are_refused(words: str) -> None:
    with pytest.raises(EditRefusedError, match="pin_words"):
        read(PROBLEM, words)


@pytest.mark.parametrize("words", ["case/K9", "person/P9", "day/2027-01-01", "person/P1@never"])
def test_pins_on_nothing_are_refused(words: str) -> None:
    with pytest.raises(CommandRefusedError):
        read(PROBLEM, words)


def test_pins_in_words(study: Study) -> None:
    told = [pin_words(PROBLEM, pin, "en") for pin in (CASE, SESSION, days(), days(1, 2), whole(0))]
    assert told == [
        "case K1",
        "session A (R1, Mon 1 Jun)",
        "P1: all days",
        "P1: Tue 2 Jun to Wed 3 Jun",
        "everybody: Mon 1 Jun",
    ]
    view = TheatreView(PROBLEM, PLAN)
    assert place_words(view, CASE, "en") == "R1, Mon 1 Jun, 08:00"
    assert place_words(view, Pin(kind="case", id="K2"), "fr") == "sans place"
    every = (CASE, Pin(kind="case", id="K2"), SESSION, Pin(kind="template", id="M"))
    assert tally(every, "en") == "2 cases, 1 session and 1 standing session"
    assert tally(of_part(every, ("theatre",)), "fr") == "2 cas et 1 vacation"


def later(study: Study, days: int) -> Study:
    """Let the facts be of some days after the first."""
    return replace(study, base=replace(study.base, as_of=study.base.horizon.date(days)))


def test_the_past_of_a_published_roster_is_held(study: Study) -> None:
    study = pinned(study, "base", CASE)
    assert held(later(study, 3), "base") == (CASE,), "nothing was published"
    told = Publish(scenario="base").apply(study)
    assert held(told, "base") == (CASE,), "nothing is over"
    past = Pin(kind="day", id="", first=0, last=2)
    assert of_part(held(later(told, 3), "base"), ["roster"]) == (past,)
    assert of_part(held(later(told, 3), "child"), ["roster"]) == (past,), (
        "it is the child's past too"
    )
    (all_over,) = of_part(held(later(told, 90), "base"), ["roster"])
    assert all_over.last == 6
    empty = told.replace(
        replace(told.scenario("base"), plan=Plan.build([Placement("K1", "A", "X1", 480)]))
    )
    assert of_part(held(later(empty, 3), "base"), ["roster"]) == ()
    theatre = AdoptPlan(scenario="base", plan=Plan.build([Placement("K1", "A", "X1", 480)])).apply(
        told
    )
    only = Publish(scenario="base").apply(theatre)
    assert of_part(held(later(only, 3), "base"), ["roster"]) == (), "no roster was published"


def test_the_sessions_that_are_over_of_a_published_plan_are_held(study: Study) -> None:
    told = Publish(scenario="base").apply(study)
    a, b = SESSION, Pin(kind="session", id="B")
    assert held(told, "base") == (), "nothing is over"
    for name in ("base", "child"):
        assert of_part(held(later(told, 1), name), ["theatre"]) == (a,)
    assert of_part(held(later(told, 2), "base"), ["theatre"]) == (a, b), "one without cases too"
    twice = pinned(told, "base", SESSION)
    assert of_part(held(later(twice, 2), "base"), ["theatre"]) == (a, b)
    roster = Plan.build([], [Duty("P1", 2, "D")])
    only = Publish(scenario="base").apply(AdoptPlan(scenario="base", plan=roster).apply(told))
    assert of_part(held(later(only, 2), "base"), ["theatre"]) == (), "no theatre was published"
