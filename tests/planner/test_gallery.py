"""The gallery of what-ifs: all of domain reference 8.3 where a hospital has the facts, and no others."""

from functools import cache

import pytest
from demo_hospitals import generate
from kpi_house import house

from planner import gallery as gallery_
from planner.changes import apply
from planner.gallery import WhatIf, gallery
from planner.plan import Duty, Plan
from planner.problem import Problem, faults
from planner.words import known

NAMES = [
    "baseline", "released", "closed", "longer", "dedicated", "spread", "demand", "beds", "durations",
    "slack", "pattern", "leave", "breakdown", "ill",
]  # fmt: skip


@cache
def hospital(profile: str) -> Problem:
    return generate(profile)


EMPTY = Plan()


def named(problem: Problem, plan: Plan = EMPTY) -> dict[str, WhatIf]:
    return {each.name.removeprefix("gallery."): each for each in gallery(problem, plan)}


def test_the_demo_hospitals_have_all_of_them_between_them() -> None:
    found = [*named(hospital("mid")), *named(hospital("ward"))]
    assert set(found) == set(NAMES)
    assert list(named(hospital("mid"))) == [
        each for each in NAMES if each in named(hospital("mid"))
    ]


@pytest.mark.parametrize("profile", ["small", "mid", "ward"])
def test_each_changes_something_misses_nothing_and_leaves_no_new_fault(profile: str) -> None:
    problem = hospital(profile)
    before = set(faults(problem))
    for name, what_if in named(problem).items():
        group = what_if.group(problem, name)
        after, notes = apply(problem, (group,))
        assert notes == (), name
        assert (after == problem) == (name == "baseline"), name
        assert set(faults(after)) <= before, name


def test_those_on_duty_on_tuesday_are_ill() -> None:
    problem = hospital("mid")
    tuesday = next(d for d in range(7) if problem.horizon.weekday(d) == gallery_.TUESDAY)
    people = [problem.staff[number].id for number in (5, 7)]
    plan = Plan.build(duties=[Duty(each, tuesday, problem.shifts[0].id) for each in people])
    what_if = named(problem, plan)["ill"]
    assert what_if.commands == (
        ("absent", "+".join(people), problem.horizon.date(tuesday).isoformat()),
    )
    assert all(each in what_if.title("fr") for each in people)


def test_a_hospital_without_staff_or_beds_is_offered_nothing_about_them() -> None:
    found = named(house())
    assert set(found) == {"baseline"}


@pytest.mark.parametrize("name", NAMES)
def test_all_have_a_title_in_both_languages(name: str) -> None:
    assert known(f"gallery.{name}")
