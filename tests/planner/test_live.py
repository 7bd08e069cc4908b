"""Judging again after an edit is judging in full: item by item, in the same order, with the same score."""

import random
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from demo_hospitals import generate

from planner import live
from planner.facts import facts
from planner.hand_edits import assigned, placed, without
from planner.kpis.contract import Outcome
from planner.live import again, few, would_break
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.score import Judgement, judge
from planner.view import RosterView, TheatreView


@cache
def hospital(profile: str) -> tuple[Problem, Plan]:
    """A demo hospital with a plan at random: much is broken, much can change."""
    problem, rng = generate(profile, 1), random.Random(1)
    placements = [somewhere(problem, case.id, rng) for case in problem.cases if rng.random() < 0.6]
    duties = [
        Duty(person.id, day, rng.choice(problem.shifts).id)
        for person in problem.staff
        for day in range(problem.horizon.days)
        if rng.random() < 0.6
    ]
    return problem, Plan.build(placements, duties)


def somewhere(problem: Problem, case: str, rng: random.Random) -> Placement:
    known = facts(problem)
    session = rng.choice(problem.sessions)
    surgeons = known.surgeons_for(known.cases[case])  # type: ignore[index]
    start = None if rng.random() < 0.1 else session.start + 5 * rng.randrange(90)
    return Placement(case, session.id, rng.choice(surgeons) if surgeons else None, start)  # type: ignore[arg-type]


def edited(problem: Problem, plan: Plan, rng: random.Random) -> Plan:
    """A plan after one edit, as a hand makes it."""
    if problem.cases and rng.random() < 0.5:
        case = rng.choice(problem.cases).id
        if rng.random() < 0.25:
            return without(plan, frozenset({case, rng.choice(problem.cases).id}))
        return placed(plan, somewhere(problem, case, rng))
    tracks = {str(shift.id): shift.track for shift in problem.shifts}
    duties = [
        (rng.choice(problem.staff).id, rng.randrange(problem.horizon.days), _word(tracks, rng))
        for _ in range(rng.choice([1, 1, 2, 6]))
    ]
    return assigned(plan, tuple(duties), tracks)


def _word(tracks: dict[str, str], rng: random.Random) -> str | None:
    return rng.choice([None, *tracks])


def edits(profile: str, number: int, seed: int = 5) -> Iterator[tuple[Problem, Plan]]:
    problem, plan = hospital(profile)
    rng = random.Random(seed)
    for _ in range(number):
        plan = edited(problem, plan, rng)
        yield problem, plan


def same(found: Judgement, full: Judgement) -> bool:
    return found.score == full.score and found.judged == full.judged


EDITED = [
    *(("small", 10), ("ward", 2), ("mid", 2)),
    *(pytest.param(*e, marks=pytest.mark.long) for e in (("small", 60), ("ward", 12), ("mid", 12))),
]


@pytest.mark.parametrize(("profile", "number"), EDITED)
def test_edit_after_edit_it_is_the_full_judgement(profile: str, number: int) -> None:
    known = Outcome(*hospital(profile))
    for problem, plan in edits(profile, number):
        change = would_break(known, plan)
        assert same(change.outcome.judgement, judge(problem, plan))
        before, after = list(known.judgement.judged), list(change.outcome.judgement.judged)
        assert [each for each in before if each not in change.gone or each in after] or not before
        assert {_name(each) for each in after} - {_name(each) for each in before} == {
            _name(each) for each in change.new
        }
        assert {_name(each) for each in before} - {_name(each) for each in after} == {
            _name(each) for each in change.gone
        }
        known = change.outcome


def _name(each: object) -> tuple[object, ...]:
    return each.rule.id, each.breach.about, each.breach.amount, each.waived  # type: ignore[attr-defined]


def test_waivers_forgive_again_after_an_edit() -> None:
    problem, plan = hospital("small")
    rng = random.Random(3)
    known = Outcome(problem, plan)
    for _ in range(12):
        hard = [each for each in known.judgement.judged if each.rule.hard]
        each = rng.choice(hard)
        about = each.breach.about
        most = rng.choice([each.breach.amount, 1, 10_000])
        waiver = Waiver(
            rule=each.rule.id,
            subjects=frozenset(about.subjects),
            first=about.first,
            last=about.last,
            most=most,
            reason="agreed",
            author="test",
            made=date(2026, 1, 5),
        )
        waivers = (*known.waivers, waiver)[-4:]
        plan = edited(problem, plan, rng)
        known = again(known, plan, waivers)
        assert same(known.judgement, judge(problem, plan, waivers))
    assert known.judgement.score.waived > 0
    assert same(again(known, plan, ()).judgement, judge(problem, plan))


def test_strict_order_has_no_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    problem, plan = hospital("small")
    strict = dataclasses.replace(problem, order="strict")
    after = edited(strict, plan, random.Random(1))
    assert same(again(Outcome(strict, plan), after).judgement, judge(strict, after))


def test_plans_that_differ_in_much_are_judged_in_full() -> None:
    problem, plan = hospital("small")
    other = plan.with_duties(())
    assert not few(plan, other)
    assert same(again(Outcome(problem, plan), other).judgement, judge(problem, other))
    assert same(again(Outcome(problem, other), plan).judgement, judge(problem, plan))


def test_a_case_placed_twice_is_judged_in_full() -> None:
    problem, plan = hospital("small")
    first = next(plan.placements)
    session = next(s.id for s in problem.sessions if s.id != first.session)
    twice = Plan.build((*plan.placements, first._replace(session=session)), plan.duties)
    known = Outcome(problem, plan)
    assert same(again(known, twice).judgement, judge(problem, twice))
    assert same(again(again(known, twice), plan).judgement, judge(problem, plan))


def test_shared_views_say_the_same_as_fresh_ones() -> None:
    known = Outcome(*hospital("small"))
    for problem, plan in edits("small", 25, seed=8):
        known = again(known, plan)
        theatre, roster = TheatreView(problem, plan), RosterView(problem, plan)
        assert list(known.theatre.all_placed()) == list(theatre.all_placed())
        for ward in problem.wards:
            for night in range(problem.horizon.days):
                assert known.theatre.beds(ward.id, night) == theatre.beds(ward.id, night)
        for case in problem.cases:
            assert known.theatre.where(case.id) == theatre.where(case.id)
        for session in problem.sessions:
            assert known.theatre.latest(session) == theatre.latest(session)
        assert known.theatre.surgeon_days() == theatre.surgeon_days()
        for day in range(problem.horizon.days):
            for person in problem.staff:
                assert known.roster.shifts(person.id, day) == roster.shifts(person.id, day)
            for shift in problem.shifts:
                assert known.roster.at_work(day, shift.id) == roster.at_work(day, shift.id)


def test_an_area_that_is_too_narrow_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison above can fail: with the days that an edit touches left out, it does."""
    monkeypatch.setattr(live, "_joined", lambda _stretches: [])
    known, faults = Outcome(*hospital("small")), 0
    for problem, plan in edits("small", 12):
        change = would_break(known, plan)
        faults += not same(change.outcome.judgement, judge(problem, plan))
        known = Outcome(problem, plan)
    assert faults


def test_untouched_breaches_are_the_same_objects() -> None:
    problem, plan = hospital("small")
    known = Outcome(problem, plan)
    after = again(known, edited(problem, plan, random.Random(2)))
    kept = {id(each) for each in known.judgement.judged}
    shared = sum(id(each) in kept for each in after.judgement.judged)
    assert shared > 0.8 * len(known.judgement.judged)
