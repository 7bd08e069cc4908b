"""What a grid of templates is asked for and what it costs, on hand-made tables."""

import dataclasses

import pytest
from master_small import case, house, template

from planner.facts import facts
from planner.hospital import Ward
from planner.master.demand import USUAL, Need, needs, nights_of
from planner.master.grading import Grade, allowed, grade, without_place
from planner.master.grid import AFTERNOON, MORNING, Grid
from planner.master.options import MasterOptions
from planner.people import Absence
from planner.problem import Problem

NOTHING: frozenset[str] = frozenset()
LAMINAR = frozenset({"laminar"})
FULL = MasterOptions(fill=100, keep=50, change=10, bed=1000, shut=0)


# --- demand ---------------------------------------------------------------------------------------


def test_the_waiting_list_is_minutes_with_turnovers_by_what_a_minute_costs() -> None:
    cases = (
        case(
            "A", "ORTHO", 100, priority="P2"
        ),  # 110 with its turnover; the rule prices 100 of them
        case("B", "ORTHO", 100, priority="P2"),
        case("C", "ORTHO", 100, procedure="LAMINAR"),
        case("D", "ORTHO", 100, due=3),  # due in the period: half as much again
        case("E", "OPH", 40, earliest=20),  # cannot come in this period
    )
    found = needs(facts(house(cases=cases)))
    assert found == (
        Need("ORTHO", NOTHING, round(120 * 100 / 110), 220),
        Need("ORTHO", NOTHING, round(40 * 150 / 110), 110),
        Need("ORTHO", LAMINAR, round(40 * 100 / 110), 110),
    )


def test_without_a_rule_on_cases_left_out_all_minutes_are_worth_the_same() -> None:
    (found,) = needs(facts(house(cases=(case("A", "OPH", 50, priority="P2"),), rules=())))
    assert found == Need("OPH", NOTHING, USUAL, 60)


def test_beds_of_a_minute_are_the_mean_of_nights_and_of_who_needs_none() -> None:
    wards = (
        Ward(id="CHIR", beds=9),
        Ward(id="USC", beds=2, kind="intensive"),
        Ward(id="UCA", beds=5, kind="day"),
    )
    cases = (
        case("A", "VISC", 90, nights=2, ward="CHIR", nights_before=1),
        case("B", "VISC", 90, nights=2, ward="CHIR", intensive="USC", intensive_nights=1),
        case("C", "VISC", 190, ward="UCA", mode="day"),
    )
    (found,) = nights_of(facts(house(cases=cases, wards=wards))).values()
    assert found == {
        ("CHIR", -1): 1 / 400,
        ("CHIR", 0): 1 / 400,
        ("CHIR", 1): 2 / 400,
        ("USC", 0): 1 / 400,
    }


# --- placing minutes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rooms", "left"),
    [
        ({NOTHING: 100, LAMINAR: 100}, (0, 0)),  # who could go anywhere makes room
        ({NOTHING: 100, LAMINAR: 50}, (0, 50)),
        ({LAMINAR: 150}, (0, 50)),  # the dearest first
        ({NOTHING: 300}, (0, 100)),
        ({}, (100, 100)),
    ],
)
def test_the_dearest_minutes_are_placed_and_make_room_for_the_next(
    rooms: dict[frozenset[str], int], left: tuple[int, ...]
) -> None:
    asked = (Need("ORTHO", NOTHING, 10, 100), Need("ORTHO", LAMINAR, 5, 100))
    for order in (rooms, dict(reversed(rooms.items()))):
        assert without_place(asked, order) == left


def test_a_chain_of_three_moves() -> None:
    one, two, three = (frozenset(each) for each in ("a", "ab", "abc"))
    asked = (
        Need("X", frozenset("a"), 9, 10),
        Need("X", frozenset("b"), 8, 10),
        Need("X", frozenset("c"), 7, 10),
    )
    assert without_place(asked, {three: 10, two: 10, one: 10}) == (0, 0, 0)
    assert without_place(asked, {three: 10, two: 10}) == (0, 0, 10)


# --- the grid -------------------------------------------------------------------------------------


def test_templates_of_two_cycles_are_laid_over_the_longer_one() -> None:
    templates = (
        template("a", "S1", "tue", "ORTHO"),
        template("b", "S2", "wed", "OPH", cycle=2, week=2, start=780, end=990),
    )
    grid = Grid(house(templates=templates), FULL)
    assert grid.weeks == 2
    assert [(s.days, s.halves, s.times, grid.usable(s)) for s in grid.slots] == [
        ((1, 8), (MORNING, AFTERNOON), 2, 960),
        ((9,), (AFTERNOON,), 1, 210),
    ]
    assert grid.minimum("ORTHO") == 480


def test_hands_are_who_is_there_on_the_mean_of_the_days_of_a_half() -> None:
    away = (
        Absence(id="1", person="X-OPH", first=0, last=0),  # one Monday of two, both theatres
        Absence(id="2", person="X-VISC", first=0, last=13, start=750, end=1200),  # afternoons
        Absence(id="3", person="X-ORTHO", first=0, last=13, start=480, end=600),  # 2 of 4.5 hours
    )
    grid = Grid(house(absences=away), FULL)
    monday = {each: (grid.hands[each, 0, 0], grid.hands[each, 0, 1]) for each in grid.specialties}
    assert monday == {"ORTHO": (2, 2), "VISC": (2, 0), "OPH": (1, 1)}


def test_what_stands_now_is_allowed_and_more_than_the_surgeons_can_do_is_not() -> None:
    away = (Absence(id="1", person="X-ORTHO", first=0, last=13),)
    grid = Grid(house(absences=away), FULL)
    assert allowed(grid, grid.present)
    assert not allowed(grid, {**grid.present, "b": "ORTHO"})
    assert not allowed(
        grid, {**grid.present, "c": "OPH", "a": "VISC", "b": "VISC"}
    )  # three at once
    free = Grid(house(), dataclasses.replace(FULL, keep=100))
    assert not allowed(free, {**free.present, "b": "ORTHO"})  # OPH keeps all that it has


def graded(problem: Problem, options: MasterOptions = FULL) -> Grade:
    grid = Grid(problem, options)
    return grade(grid, grid.present)


def test_beds_follow_the_sessions_and_the_cycle_closes() -> None:
    """A Sunday session with three nights: the second and third are Monday and Tuesday of the next."""
    templates = (template("a", "S1", "sun", "VISC"),)
    cases = tuple(case(f"V{n}", "VISC", 110, nights=3, ward="CHIR") for n in range(8))
    found = graded(house(templates=templates, cases=cases))
    assert found.load == {"CHIR": (4000, 4000, 0, 0, 0, 0, 4000)}  # 480 minutes are four cases
    assert found.peak("CHIR") == (4.0, 0)
    assert found.variance(["CHIR"]) == pytest.approx(16 * 3 / 7 - (12 / 7) ** 2)
    assert found.beds == 1000 * 4000
    assert found.score.tiers == (0, 4000, 0, 0)


def test_beds_of_a_ward_that_is_shut_cost_besides() -> None:
    templates = (template("a", "S1", "fri", "VISC"),)
    cases = tuple(case(f"V{n}", "VISC", 110, nights=2, ward="CHIR") for n in range(8))
    week = (Ward(id="CHIR", beds=9, open=frozenset(range(5))),)
    options = dataclasses.replace(FULL, bed=0, shut=100)
    found = graded(house(templates=templates, cases=cases, wards=week), options)
    assert found.beds == 100 * 4000  # Saturday night
    assert found.score.total == 400


def test_a_list_that_fills_half_of_its_sessions_fills_half_of_the_beds() -> None:
    templates = (template("a", "S1", "mon", "VISC"),)
    cases = tuple(case(f"V{n}", "VISC", 110, nights=1, ward="CHIR") for n in range(4))
    assert graded(house(templates=templates, cases=cases)).load["CHIR"][0] == 2000


def test_a_shared_template_is_worth_its_part_to_each_owner() -> None:
    shared = template("a", "S1", "mon", "VISC", owners=frozenset({"VISC", "OPH"}))
    cases = (
        *(case(f"V{n}", "VISC", 110) for n in range(8)),
        *(case(f"E{n}", "OPH", 110) for n in range(2)),
    )
    found = graded(house(templates=(shared,), cases=cases))
    assert found.waiting == {"VISC": 960 - 480, "OPH": 0}


def test_another_owner_costs_its_price_for_each_session_of_the_period() -> None:
    grid = Grid(house(), FULL)
    assert grade(grid, {**grid.present, "b": "ORTHO"}).changed == 2 * FULL.change
