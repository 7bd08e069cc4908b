"""What an audit found, as plain values and back, is what the audit says: item by item."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from demo_hospitals import generate
from kpi_house import crowded_house, drawn_plan

from planner.audited import UnlikeError, found_plain, is_audited, key, take
from planner.facts import facts
from planner.forecast import Forecast
from planner.kpis import catalogue, present
from planner.kpis.contract import Groups, Outcome, Ratio
from planner.lending import lending
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rules.contract import Waiver


def told(outcome: Outcome) -> Any:
    """Give what is known of an outcome through the words of a file."""
    return json.loads(json.dumps(found_plain(outcome)))


def hospital() -> tuple[Problem, Plan]:
    """The small demo hospital with a plan at random, which breaks most rules there are."""
    problem, random = generate("small"), Random(2)
    known = facts(problem)
    placements = [
        Placement(
            case.id, random.choice(problem.sessions).id, surgeon, 480 + 5 * random.randrange(99)
        )
        for case in problem.cases
        for surgeon in known.surgeons_for(case)[:1]
    ]
    duties = [
        Duty(person.id, day, random.choice(problem.shifts).id)
        for person in problem.staff
        for day in range(problem.horizon.days)
        if random.random() < 0.6
    ]
    return problem, Plan.build(placements, duties)


def figures(outcome: Outcome) -> dict[str, Any]:
    """Give all figures that are about a plan alone."""
    return {
        each.name: outcome.figure(each)
        for each in catalogue()
        if present(each, outcome) and not each.compares
    }


def test_figures_come_back_as_they_were_found() -> None:
    problem, plan = hospital()
    forecast = Forecast(days=(), high=44, replications=1000, seed=3)
    known = Outcome(problem, plan, forecast=forecast)
    made = figures(known)
    kinds = {type(each) for each in made.values()}
    assert {Groups, Ratio, int, float} <= kinds
    again = Outcome(problem, plan, forecast=forecast)
    take(again, told(known))
    assert again.figures == made
    for name, figure in again.figures.items():
        if isinstance(figure, Mapping):
            assert list(figure) == list(made[name]), name  # type: ignore[arg-type]
    other = Outcome(problem, plan, forecast=replace(forecast, seed=4))
    take(other, told(known))
    assert is_audited(other)
    assert other.figures == {}


def forgiving(outcome: Outcome) -> Waiver:
    """Accept one hard breach of an outcome."""
    first = next(each for each in outcome.judgement.judged if each.rule.hard)
    about = first.breach.about
    return Waiver(
        rule=first.rule.id, subjects=frozenset(about.subjects), first=about.first, last=about.last,
        most=1, reason="agreed", author="me", made=date(2026, 10, 1),
    )  # fmt: skip


def test_what_was_found_comes_back_item_by_item() -> None:
    problem, plan = hospital()
    waiver = forgiving(Outcome(problem, plan))
    audited = Outcome(problem, plan, (waiver,))
    assert audited.judgement.score.waived
    assert len({each.rule.type for each in audited.judgement.judged}) > 20
    again = Outcome(problem, plan, (waiver,))
    assert not is_audited(again)
    take(again, told(audited))
    assert is_audited(again)
    assert again.judgement == audited.judgement
    assert all(
        one.rule is other.rule
        for one, other in zip(again.judgement.judged, audited.judgement.judged, strict=True)
    )


@pytest.mark.parametrize("seed", range(8))
def test_plans_that_were_lent_are_not_tried_again(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever compares again is told the same of plans lent, and audits none of them."""
    random = Random(seed)
    problem = replace(crowded_house(), order="strict" if seed % 2 else "weighted")
    closed = replace(problem, sessions=problem.sessions[1:])
    known = {
        "base": Outcome(problem, drawn_plan(problem, random)),
        "closed": Outcome(closed, drawn_plan(closed, random)),
    }
    first = [each for each in lending(known, "base") if each is not None]
    again = {name: Outcome(each.problem, each.plan) for name, each in known.items()}
    for name, outcome in again.items():
        take(outcome, told(known[name]))
    monkeypatch.setattr("planner.lending.audit", None)
    monkeypatch.setattr("planner.score.audit", None)
    assert [*lending(again, "base")] == first


def test_some_plan_lent_was_better() -> None:
    """So the test above compares something."""
    better = 0
    for seed in range(8):
        random = Random(seed)
        problem = crowded_house()
        known = {
            name: Outcome(problem, drawn_plan(problem, random)) for name in ("base", "another")
        }
        better += sum(each is not None for each in lending(known, "base"))
    assert better


def test_all_that_an_audit_reads_has_another_key() -> None:
    problem, plan = crowded_house(), drawn_plan(crowded_house(), Random(1))
    outcome = Outcome(problem, plan)
    assert key(outcome) == key(Outcome(crowded_house(), drawn_plan(problem, Random(1))))
    waiver = forgiving(outcome)
    rule = replace(problem.rules[0], tier=3)
    moved = next(iter(plan.placements))._replace(start=485)
    others = [
        Outcome(problem, plan, (waiver,)),
        Outcome(problem, plan, (replace(waiver, most=2),)),
        Outcome(problem, plan.with_placements([*list(plan.placements)[1:], moved])),
        Outcome(problem, plan.with_duties(list(plan.duties)[1:])),
        Outcome(replace(problem, rules=(rule, *problem.rules[1:])), plan),
        Outcome(replace(problem, rules=problem.rules[::-1]), plan),
        Outcome(
            replace(problem, recoveries=problem.recoveries * 1, staff=problem.staff[::-1]), plan
        ),
        Outcome(replace(problem, order="strict"), plan),
        Outcome(
            replace(problem, cases=(replace(problem.cases[0], mean=35), *problem.cases[1:])), plan
        ),
    ]
    keys = [key(each) for each in (outcome, *others)]
    assert len(set(keys)) == len(keys)


def test_what_is_about_other_rules_is_refused() -> None:
    problem, plan = crowded_house(), drawn_plan(crowded_house(), Random(1))
    found = told(Outcome(problem, plan))
    assert len(found["judged"]) > 2
    other = Outcome(replace(problem, rules=problem.rules[:1]), plan)
    with pytest.raises(UnlikeError):
        take(other, found)
    assert not is_audited(other)
