"""What a sick call strikes is judged as the audit of all of it would, and so is one change of hers."""

import random
from dataclasses import replace
from functools import cache

import pytest
from demo_hospitals import generate

from planner.day_events import Moment
from planner.kpis.contract import Outcome
from planner.packs import load
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.score import Judged, judge
from planner.sick import SickCall, call_sick
from planner.sick.call import with_cells
from planner.sick.struck import struck
from planner.sick.trials import HER, Trials

PACKS = ("fr_fph", "soft_roster", "uk_wtr_afc")


@cache
def house() -> tuple[Problem, Plan]:
    """Give twelve nurses of the demo ward under all rules of three packs, and a roster by chance."""
    ward = generate("ward", 1)
    staff = ward.staff[:12]
    ids = {person.id for person in staff}
    contract = replace(ward.contracts[0], id="AFC")  # type: ignore[arg-type]
    half = [replace(person, contract=contract.id) for person in staff[6:]]
    rules = tuple(
        replace(rule, id=f"{name}-{rule.id}", enabled=True)
        for name in PACKS
        for rule in load(name).rules
    )
    problem = replace(
        ward,
        contracts=(*ward.contracts, contract),
        staff=(*staff[:6], *half),
        rules=rules,
        absences=(),
        requests=tuple(each for each in ward.requests if each.person in ids),
        histories=tuple(each for each in ward.histories if each.id in ids),
        carried=tuple(each for each in ward.carried if each.person in ids),
        cover=tuple(each for each in ward.cover if each.id.startswith("A-")),
    )
    draw = random.Random(4)
    duties = [
        Duty(person.id, day, draw.choice(sorted(person.shifts) or ["M", "S", "N10", "N12"]))  # type: ignore[arg-type]
        for person in staff
        for day in range(28)
        if draw.random() < 0.6
    ]
    return problem, Plan.build(duties=duties)


@pytest.mark.parametrize("count", [1, 2])
def test_a_struck_roster_is_judged_as_all_of_it(count: int) -> None:
    problem, plan = house()
    people = tuple(str(person.id) for person in problem.staff[:count])
    dates = (problem.horizon.date(10), problem.horizon.date(14))
    called = call_sick(problem, plan, SickCall(people, *dates), Moment(10, 0))
    assert called.lost
    found = struck(Outcome(problem, plan), called).judgement
    full = judge(called.problem, called.plan)
    assert found.score == full.score
    assert found.judged == full.judged
    assert found.judged != judge(problem, plan).judged


def test_what_a_change_costs_her_alone_is_what_the_audit_says_of_her() -> None:
    problem, plan = house()
    trials, draw = Trials(Outcome(problem, plan)), random.Random(2)
    before = judge(problem, plan).judged
    gained = set()
    for _ in range(12):
        person = draw.choice(problem.staff).id
        changes = [(draw.randrange(28), "work", draw.choice(["M", "N12", None])) for _ in "12"]
        if changes[0][0] == changes[1][0]:
            continue
        after = with_cells(problem, plan, [(person, *each) for each in changes])
        now = judge(problem, after).judged
        for hard in (True, False):
            cost = _hers(now, person, hard=hard) - _hers(before, person, hard=hard)
            told = trials.hard(person, changes, 10**9) if hard else trials.soft(person, changes)
            assert told == cost
            gained.add((hard, cost > 0))
    assert gained == {(True, True), (True, False), (False, True), (False, False)}


def _hers(judged: tuple[Judged, ...], person: str, *, hard: bool) -> int:
    return sum(
        each.cost
        for each in judged
        if each.rule.reach == HER
        and person in each.breach.about.subjects
        and each.rule.hard is hard
    )


def test_counting_stops_where_it_is_enough() -> None:
    problem, plan = house()
    trials = Trials(Outcome(problem, plan))
    nights = [(day, "work", "N12") for day in range(9)]
    person = problem.staff[0].id
    some = trials.hard(person, nights, 100)
    assert 100 < some <= trials.hard(person, nights, 10**9)
