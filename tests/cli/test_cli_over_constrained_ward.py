"""The demo ward asked for more than it has, through the program: the law stands, open posts are named."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from demo_hospitals import generate

from data.study_file import save_study
from planner.people import Request
from planner.problem import Problem
from planner.study import Study

pytestmark = pytest.mark.long

Call = Callable[..., Any]
House = Any
SECONDS = 12
"""CPU-seconds a solve: enough for a legal roster on any machine."""


def ward(times: float) -> Problem:
    """Ask the demo ward for so many times its people, and forty of them for a shift and a day off at once."""
    problem = generate("ward", 1)
    cover = tuple(
        replace(need, least=round(times * need.least), best=round(times * need.best))
        for need in problem.cover
    )
    wishes = tuple(
        Request(
            id=f"both-{person.id}-{wanted}", person=person.id, day=3, shift=shift, wanted=wanted
        )
        for person in problem.staff[:40]
        for shift, wanted in ((problem.shifts[0].id, True), (None, False))
    )
    return replace(problem, cover=cover, requests=(*problem.requests, *wishes))


def study(problem: Problem, place: Path) -> Path:
    path = place / "ward.opale"
    save_study(Study(id="overward", name="ward", base=problem), path)
    return path


def missing(house: House, path: Path, problem: Problem) -> Counter[str]:
    """Count from the exported duties who is missing on each need; long days count for both bands."""
    skills = {person.id: person.abilities for person in problem.staff}
    there = Counter[str]()
    by_day: dict[str, list[tuple[str, str]]] = {}
    for row in house.exported(path, "duties"):
        by_day.setdefault(row["date"], []).append((row["person"], row["shift"]))
    for need in problem.cover:
        date = problem.horizon.date(need.day).isoformat()
        there[need.id] = sum(
            shift in need.shifts and need.skill in skills[person]
            for person, shift in by_day.get(date, ())
        )
    short = {need.id: need.least - there[need.id] for need in problem.cover}
    return Counter({id: n for id, n in short.items() if n > 0})


@pytest.mark.parametrize(("times", "least"), [(1.25, 0.0), (2.2, 0.2)])
def test_the_best_roster_there_is_with_every_open_post_by_name(
    times: float, least: float, house: House, call: Call, place: Path
) -> None:
    """Of more than twice the people a fifth and more has to be missing: 44 hours a week are the law."""
    problem = ward(times)
    path = study(problem, place)
    ended = call("solve", path, "--cpu-seconds", SECONDS, "--json")
    assert (ended.code, ended.document["status"]) == (0, "feasible")
    assert ended.document["score"]["hard"] == 0
    assert "infeasible" not in (ended.err + ended.out).lower()
    found = call("check", path, "--json").document["breaches"]
    named = Counter[str]()
    for each in found:
        if each["rule"] == "cover_least":
            named[each["subjects"][0]] += each["amount"]
            assert "missing" in each["sentence"]
    counted = missing(house, path, problem)
    prices = {need.id: need.price_below for need in problem.cover}
    assert named == {id: prices[id] * number for id, number in counted.items()}
    assert sum(counted.values()) >= least * sum(need.least for need in problem.cover)
    torn = {each["subjects"][0] for each in found if each["rule"] == "wishes"}
    assert {person.id for person in problem.staff[:40]} <= torn


def test_hard_cover_that_cannot_be_met_is_written_and_ends_with_two(
    house: House, call: Call, place: Path
) -> None:
    problem = ward(1.75)
    rules = tuple(
        replace(rule, tier=0) if rule.id == "cover_least" else rule for rule in problem.rules
    )
    path = study(replace(problem, rules=rules), place)
    ended = call("solve", path, "--cpu-seconds", SECONDS, "--json")
    assert (ended.code, ended.document["status"]) == (2, "relaxed")
    counted = missing(house, path, problem)
    breaches = call("check", path, "--json").document["breaches"]
    hard = [each for each in breaches if each["hard"]]
    assert {each["rule"] for each in hard} >= {"cover_least"}
    assert {e["subjects"][0] for e in hard if e["rule"] == "cover_least"} == set(counted)
    told = call("check", path, "--all")
    assert told.code == 2
    assert "missing" in told.out
