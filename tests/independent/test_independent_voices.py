"""The checker and the product's audit say the same of the same plans: of whom, when, how many units.

Here alone the product is imported: it draws the plans, writes the folder and gives its own view.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from checker import JUDGED, NOT_JUDGED, check
from contract_drawing import Sample, samples
from contract_nights import draw_night
from demo_hospitals import generate
from independent_folder import Wrong

from data.exporting import catalogue
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue as catalogue_of_rules
from planner.rules.contract import Breach, audit
from planner.score import judge

UNNAMED = {"anaesthetists", "teams"}
"""The audit names the cover where the checker names theatres."""
DAYLESS = {
    *("room_overlap", "surgeon_overlap", "two_rooms", "partners", "travel"),
    *("equipment", "recovery_posts", "cleaning"),
}
Said = tuple[str, str, str, dt.date | None]  # rule, type, who, last day


def ours(wrong: Wrong) -> set[Said]:
    """Say whom the checker means."""
    who = ("",) if wrong.type in UNNAMED else wrong.who
    return {(wrong.rule, wrong.type, each, wrong.day) for each in who}


def theirs(problem: Problem, rule: str, type: str, breach: Breach) -> set[Said]:
    """Say whom the audit means."""
    about = breach.about
    day = None if type in DAYLESS else problem.horizon.date(about.last)
    who = ("",) if type in UNNAMED else about.subjects
    return {(rule, type, each, day) for each in who}


def checked(problem: Problem, plan: Plan, folder: Path) -> tuple[set[Said], Counter[str]]:
    """Export a plan and let the checker judge it; give whom it means, and the units of each rule."""
    catalogue()["csv"].write(problem, plan, folder)
    verdict = check(folder)
    assert verdict.unjudged == []
    found = [*verdict.wrong, *verdict.soft]
    return {said for wrong in found for said in ours(wrong)}, Counter(verdict.totals)


def compare(type: str, drawn: Iterable[Sample], folder: Path) -> Counter[bool]:
    """Compare both on plans drawn for a rule type; give how many kept and how many broke it."""
    seen: Counter[bool] = Counter()
    for sample in drawn:
        tier = 3 * (sample.seed % 2)  # some soft rules count more where it is far too much
        rule = replace(sample.rule, tier=tier, enabled=True)
        _, *company = sample.problem.rules  # a rule about owners now and then: it changes sums
        problem = replace(sample.problem, rules=(rule, *company))
        drawn_again = replace(sample, problem=problem, rule=rule)
        mine, units = checked(problem, sample.plan, folder / str(sample.seed))
        for other in company:
            mine = {said for said in mine if said[0] != other.id}
            del units[other.id]
        audited = audit(rule, drawn_again.view_of(sample.plan))
        judged = {s for breach in audited for s in theirs(problem, rule.id, type, breach)}
        assert mine == judged, sample
        assert units.total() == sum(breach.amount for breach in audited), sample
        seen[bool(judged)] += 1
    return seen


def crowd(problem: Problem, rng: Random) -> Plan:
    """Draw a plan with faults of many kinds, all cases with a start."""
    placements = []
    for case in rng.sample(problem.cases, rng.choice((20, 60))):
        own = [s for s in problem.sessions if case.specialty in s.owners]
        session = rng.choice(own if own and rng.random() < 0.6 else problem.sessions)
        usual = [s.id for s in problem.surgeons if s.specialty == case.specialty]
        every = [None, *(s.id for s in problem.surgeons)]
        surgeon = rng.choice(usual if rng.random() < 0.8 else every)
        start = rng.randrange(session.start - 10, session.end + 10, 5)
        placements.append(Placement(case.id, session.id, surgeon, start))
    share = rng.choice((0.1, 0.3, 0.6))
    duties = {
        Duty(person.id, day, rng.choice(problem.shifts).id)
        for person in problem.staff
        for day in range(problem.horizon.days)
        for _ in range((rng.random() < share) + (rng.random() < 0.02))
    }
    return Plan.build(placements, duties)


def compare_demo(seed: int, folder: Path) -> set[str]:
    """Compare both on a crowded plan of the small demo; give the types that it breaks.

    All rules are in force, those that the demo leaves out too.
    """
    problem = generate("small", seed)
    every = tuple(replace(rule, enabled=True) for rule in problem.rules)
    problem = replace(problem, rules=every)
    plan = crowd(problem, Random(seed))
    judged, units = set[Said](), Counter[str]()
    for each in judge(problem, plan).judged:
        judged |= set(theirs(problem, each.rule.id, each.rule.type, each.breach))
        units[each.rule.id] += each.breach.amount
    mine, counted = checked(problem, plan, folder / str(seed))
    assert mine == judged, seed
    assert counted == units, seed
    return {type for _, type, _, _ in judged}


def test_every_rule_type_is_judged_or_it_is_said_why_not() -> None:
    types = set(catalogue_of_rules())
    assert types == JUDGED | NOT_JUDGED.keys(), "a new rule needs its second voice here"
    assert not JUDGED & NOT_JUDGED.keys()
    assert all(len(reason.split()) > 3 for reason in NOT_JUDGED.values())


@pytest.mark.parametrize("half", [0, 1])
def test_both_say_the_same_of_a_plan_of_each_rule_type(half: int, tmp_path: Path) -> None:
    types = sorted(JUDGED)[half::2]
    broken = sum(compare(type, samples(type, 1), tmp_path / type)[True] for type in types)
    assert broken >= len(types) // 4, "hardly a plan breaks a rule: the test is idle"


def test_both_say_the_same_of_nights_over_a_change_of_the_clock(tmp_path: Path) -> None:
    types = sorted(each for each in JUDGED if catalogue_of_rules()[each].part == "theatre")
    drawn = {type: [draw_night(type, 0)] for type in types}
    broken = sum(compare(type, drawn[type], tmp_path / type)[True] for type in types)
    assert broken >= len(types) // 8


def test_both_say_the_same_of_crowded_plans_of_the_small_demo(tmp_path: Path) -> None:
    broken = {type for seed in (1, 2) for type in compare_demo(seed, tmp_path)}
    assert len(broken) >= 30


@pytest.mark.long
@pytest.mark.parametrize("type", sorted(JUDGED))
def test_both_say_the_same_of_many_plans(type: str, tmp_path: Path) -> None:
    for many in (60, 240):  # some rules are seldom broken, or seldom kept
        seen = compare(type, samples(type, many), tmp_path / str(many))
        if min(seen[True], seen[False]) >= 2:
            break
    assert seen[True] >= 2
    assert seen[False] >= 2


@pytest.mark.long
def test_both_say_the_same_of_many_crowded_demos(tmp_path: Path) -> None:
    broken = {type for seed in range(3, 33) for type in compare_demo(seed, tmp_path)}
    assert len(broken) >= 40
