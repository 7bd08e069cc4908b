"""The next period: what was planned is the past, what waits stays, and nothing is lost or counted twice."""

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from kpi_house import case, crowded_house, drawn_plan, house, session, staff

from planner.cases import Appointment
from planner.clock import Horizon
from planner.hospital import Census, SessionTemplate, TeamCover, Ward
from planner.next_period import MOST_PAST, next_period, study_after
from planner.people import Absence, Carried, Contract, History, Promise, Request
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem, faults
from planner.rostering import CoverRequirement
from planner.rules.contract import Rule
from planner.rules.roster.equity import Equity
from planner.rules.roster.window_sum import WindowSum
from planner.study import BASE, Scenario, Study
from planner.view import RosterView

FAIR = Equity(id="fair", burdens=(("N", 10),), carried="balance")
REMEMBERED = [("I1", -28, -1, 10), ("I2", -28, -1, -10)]


def placed(*places: tuple[str, str]) -> Plan:
    """Place cases in sessions."""
    return Plan.build([Placement(id, into, "X1", 480) for id, into in places], [])


def test_the_horizon_goes_on_the_day_after() -> None:
    problem = house(days=7)
    after = next_period(problem, Plan()).problem
    assert (after.horizon.start, after.horizon.days) == (dt.date(2026, 6, 8), 7)
    assert after.as_of == dt.date(2026, 6, 8)
    chosen = next_period(problem, Plan(), dt.date(2026, 6, 5)).problem
    assert chosen.as_of == dt.date(2026, 6, 5)


def test_cases_that_wait_stay_with_their_dates_and_those_placed_are_done() -> None:
    waiting = case("K2", due=10, earliest=3, delivery=9, unavailable=frozenset({2, 8}))
    problem = house(sessions=(session("A"),), cases=(case("K1"), waiting))
    found = next_period(problem, placed(("K1", "A")))
    (left,) = found.problem.cases
    assert (left.id, left.listed, left.due, left.earliest) == ("K2", -37, 3, -4)
    assert (left.delivery, left.unavailable) == (2, {1})
    assert (found.told["done"], found.told["waiting"]) == (1, 1)
    dates = [each.horizon.date(each.cases[-1].due or 0) for each in (problem, found.problem)]
    assert dates[0] == dates[1], "the same date in both"


def test_patients_who_stay_over_take_their_beds() -> None:
    """Operated on Sunday with three nights: Sunday's is past, Monday's and Tuesday's are to come."""
    problem = house(
        sessions=(session("A", 6),),
        wards=(Ward(id="W", beds=2), Ward(id="I", kind="intensive", beds=2)),
        cases=(
            case("K1", ward="W", nights=3),
            case("K2", ward="W", nights=3, intensive="I", intensive_nights=2),
            case("K3", ward="W", nights=1),
        ),
        census=(
            Census(id="w8", ward="W", day=8, taken=4),
            Census(id="w1", ward="W", day=1, taken=1),
        ),
    )
    found = next_period(problem, placed(("K1", "A"), ("K2", "A"), ("K3", "A")))
    taken = {(each.ward, each.day): each.taken for each in found.problem.census}
    assert taken == {("W", 0): 1, ("W", 1): 4 + 2, ("I", 0): 1}
    assert found.told["beds"] == 4
    assert len({each.id for each in found.problem.census}) == 3


def test_sessions_come_from_the_templates_and_people_follow_them() -> None:
    """R1 opens on Mondays only from now on: the two nurses of Tuesday's session are not needed."""
    problem = house(
        sessions=(session("R1-2026-06-01-J", 0), session("R1-2026-06-02-J", 1)),
        templates=(SessionTemplate(id="t", theatre="R1", weekday="mon", start=480, end=960),),
        cover=tuple(
            CoverRequirement(id=f"BLOC-{date}", day=day, shifts=frozenset({"D"}), least=3)
            for day, date in enumerate(("2026-06-01", "2026-06-02"))
        ),
    )
    after = next_period(problem, Plan()).problem
    assert [(each.id, each.day) for each in after.sessions] == [("R1-2026-06-08-J", 0)]
    assert {each.id: each.least for each in after.cover} == {
        "BLOC-2026-06-08": 3,
        "BLOC-2026-06-09": 1,
    }
    assert not [*faults(after)]


def test_without_templates_the_weeks_before_come_again() -> None:
    problem = house(
        days=10,
        sessions=(session("A", 8, release=6), session("once", 1), session("later", 12)),
        teams=(TeamCover(id="T", day=9, start=480, end=960, teams=4),),
    )
    after = next_period(problem, Plan()).problem
    assert [(each.id, each.day, each.release) for each in after.sessions] == [
        ("later", 2, None),
        ("A-2026-06-16", 5, 3),
    ], "the last whole week comes again, and what is there already stays"
    assert [(each.id, each.day, each.teams) for each in after.teams] == [("T-2026-06-17", 6, 4)]


def test_a_horizon_without_a_week_repeats_nothing() -> None:
    problem = house(days=5, sessions=(session("A", 1),))
    assert next_period(problem, Plan()).problem.sessions == ()


def test_history_absences_wishes_and_promises_go_on() -> None:
    problem = house(
        staff=staff("I1", "I2", last=20),
        histories=(History(id="I1", past=("N", "-")),),
        absences=(
            Absence(id="past", person="I1", first=1, last=2),
            Absence(id="over", person="I2", first=5, last=9),
        ),
        requests=(Request(id="q1", person="I1", day=6), Request(id="q2", person="I1", day=8)),
        promises=(Promise(id="I1", days=("D",) * 9),),
        carried=(Carried(id="h", person="I1", measure="hours", since=-30, until=-3, amount=9000),),
    )  # fmt: skip
    duties = [Duty("I1", 0, "D"), Duty("I1", 6, "N"), Duty("I1", 6, "A")]
    after = next_period(problem, Plan.build([], duties)).problem
    past = {each.id: each.past for each in after.histories}
    assert past["I1"] == ("N", "-", "D", "-", "-", "-", "-", "-", "A+N")
    assert past["I2"] == ("-",) * 7, "what came before is unknown, and stays so"
    assert [(each.id, each.first, each.last) for each in after.absences] == [("over", -2, 2)]
    assert [(each.id, each.day) for each in after.requests] == [("q2", 1)]
    assert [each.days for each in after.promises] == [("D", "D")]
    assert [(each.since, each.until, each.amount) for each in after.carried] == [(-37, -10, 9000)]
    assert [each.last for each in after.staff] == [13, 13]


@pytest.mark.parametrize(
    ("rules", "points"),
    [
        ((), []),
        ((FAIR,), REMEMBERED),
        ((replace(FAIR, enabled=False),), []),
        ((replace(FAIR, carried=""),), []),
        ((FAIR, replace(FAIR, id="more", tolerance=0)), REMEMBERED),
        ((WindowSum(id="h", window="year", carried="balance"), FAIR), []),  # a balance is no count
        ((WindowSum(id="h", window="year", carried="other"), FAIR), REMEMBERED),
    ],
)
def test_points_beyond_a_fair_share_are_remembered(
    rules: tuple[Rule[Any, Any], ...], points: list[tuple[str, int, int, int]]
) -> None:
    """Two nights are asked for, 10 points for each of two: I1 has both."""
    problem = replace(
        _ward(dt.date(2026, 6, 1)),
        staff=staff("I1", "I2"),
        rules=rules,
        cover=tuple(
            CoverRequirement(id=f"n{day}", day=day, shifts=frozenset({"N"})) for day in (0, 1)
        ),
    )
    duties = [Duty("I1", 0, "N"), Duty("I1", 1, "N")]
    found = next_period(problem, Plan.build([], duties))
    carried = [(each.person, each.since, each.until, each.amount) for each in found.problem.carried]
    assert carried == points
    assert found.told["balances"] == len(points)
    assert len({each.id for each in found.problem.carried}) == len(points)


def test_what_those_who_wait_were_told_stays() -> None:
    problem = house(
        sessions=(session("A"), session("B", 8)),
        cases=(case("K1"), case("K2"), case("K3"), case("K4")),
        appointments=(
            Appointment(id="K1", day=0, session="A", start=480),
            Appointment(id="K2", day=8, session="B", start=480, told=-3),
            Appointment(id="K3", day=9, session="gone", start=480),
            Appointment(id="K4", day=3),
        ),
    )
    after = next_period(problem, placed(("K1", "A"))).problem
    told = [(each.id, each.day, each.session, each.start, each.told) for each in after.appointments]
    assert told == [("K2", 1, "B", 480, -10), ("K3", 2, None, None, None)]


@pytest.mark.parametrize("seed", range(5))
def test_a_drawn_period_is_followed_by_one_without_faults(seed: int) -> None:
    random, problem = Random(seed), crowded_house()
    plan = drawn_plan(problem, random)
    after = next_period(problem, plan).problem
    done = {placement.case for placement in plan.placements}
    assert {each.id for each in after.cases} == {each.id for each in problem.cases} - done
    assert {fault.what for fault in faults(after)} <= {fault.what for fault in faults(problem)}
    for kind in ("cover", "census", "session"):
        ids = [each.id for each in after.records(kind)]
        assert len(ids) == len(set(ids)), kind


@pytest.mark.parametrize(
    "start", [dt.date(2026, 9, 7), dt.date(2026, 3, 2), dt.date(2026, 11, 23)], ids=str
)
def test_three_months_add_up(start: dt.date) -> None:
    """Nights over both clock changes and a year end: hours and days as an own count has them."""
    random = Random(start.toordinal())
    problem = _ward(start)
    worked: dict[tuple[str, dt.date], str] = {}
    for _ in range(3):
        plan = Plan.build([], [*_duties(problem, random)])
        for duty in plan.duties:
            worked[duty.person, problem.horizon.date(duty.day)] = duty.shift
        problem = next_period(problem, plan).problem
    assert problem.horizon.start == start + dt.timedelta(days=84)
    for history in problem.histories:
        mine = {
            problem.horizon.date(n - len(history.past)): did for n, did in enumerate(history.past)
        }
        assert len(mine) == 84
        assert mine == {
            start + dt.timedelta(days=n): worked.get(
                (history.id, start + dt.timedelta(days=n)), "-"
            )
            for n in range(84)
        }
    rule = WindowSum(id="hours", measure="elapsed", window="rolling", days=84 + 1, most=0)
    view = RosterView(replace(problem, rules=(rule,)), Plan())
    counted = {
        each.about.subjects[0]: each.amount for each in rule.breaches(view) if each.about.last == 0
    }
    assert counted == {person.id: _minutes(person.id, worked) for person in problem.staff}


def _ward(start: dt.date) -> Problem:
    return replace(
        house(days=28),
        horizon=Horizon(start=start, days=28),
        as_of=start,
        contracts=(Contract(id="C", week=2100),),
        staff=staff("I1", "I2", "I3"),
    )


def _duties(problem: Problem, random: Random) -> list[Duty]:
    drawn = (
        (person.id, day, random.choice(["D", "N", "", ""]))
        for person in problem.staff
        for day in range(problem.horizon.days)
    )
    return [Duty(person, day, shift) for person, day, shift in drawn if shift]


def _minutes(person: str, worked: dict[tuple[str, dt.date], str]) -> int:
    """Count by hand: a day shift is eight hours, a night 21:00 to 07:00 ten, nine or eleven."""
    spring, autumn = {dt.date(2026, 3, 28), dt.date(2027, 3, 27)}, {dt.date(2026, 10, 24)}
    total = 0
    for (who, day), shift in worked.items():
        if who == person:
            total += 480 if shift == "D" else 600 - 60 * (day in spring) + 60 * (day in autumn)
    return total


def test_a_long_past_is_cut() -> None:
    problem = house(
        staff=staff("I1"),
        histories=(History(id="I1", past=("D",) * MOST_PAST),),
    )
    (history,) = next_period(problem, Plan()).problem.histories
    assert len(history.past) == MOST_PAST
    assert history.past[-8:] == ("D", *("-",) * 7)


def test_a_nurse_who_was_ill_has_not_worked_what_was_published() -> None:
    problem = house(staff=staff("I1"))
    told = Plan.build(duties=[Duty("I1", 2, "D"), Duty("I1", 4, "D")])
    plan = Plan.build(duties=[Duty("I1", 2, "D")])
    scenario = Scenario(name=BASE, parent=None, plan=plan, published=told)
    study = Study(id="s", base=problem, scenarios=(scenario,))
    for published, fourth in ((False, "-"), (True, "D")):
        after, _ = study_after(study, BASE, "t", published=published)
        (history,) = after.base.histories
        assert history.past == ("-", "-", "D", "-", fourth, "-", "-")
