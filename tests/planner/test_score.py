"""The score is the audit's: hard, waived, tiers, and what waivers may forgive."""

import dataclasses
import datetime as dt

from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.score import judge, unused

RUN = Plan.build(duties=[Duty("I1", day, "D") for day in range(5)])  # with day −1: 6 in a row


def waiver(**changes: object) -> Waiver:
    values: dict[str, object] = {
        "rule": "runs",
        "subjects": frozenset({"I1"}),
        "first": -1,
        "last": 3,
        "most": 1,
        "reason": "training",
        "author": "cadre",
        "made": dt.date(2026, 10, 1),
    }
    return Waiver(**(values | changes))  # type: ignore[arg-type]


def test_each_day_too_many_costs_its_weight(problem: Problem) -> None:
    score = judge(problem, RUN).score
    assert (score.hard, score.breaches, score.waived) == (3 * 720, 3, 0)


def test_a_waiver_forgives_what_lies_inside_it(problem: Problem) -> None:
    judged = judge(problem, RUN, [waiver()])
    assert (judged.score.hard, judged.score.breaches, judged.score.waived) == (720, 1, 2 * 720)


def test_the_largest_cover_counts_never_the_sum(problem: Problem) -> None:
    waivers = [waiver(most=1), waiver(most=1, first=-2)]
    assert judge(problem, RUN, waivers).score.waived == 2 * 720


def test_a_waiver_for_somebody_else_is_unused(problem: Problem) -> None:
    other = waiver(subjects=frozenset({"I2"}))
    judged = judge(problem, RUN, [other, waiver()])
    assert unused(judged.judged, [other, waiver()]) == (other,)


def test_soft_rules_fill_their_tier(problem: Problem) -> None:
    late = Plan.build([Placement("K1", "A", "X1", 900)])  # ends 17:00, the session 16:30
    score = judge(problem, late).score
    assert (score.hard, score.tiers, score.total) == (0, (0, 30, 0, 0), 30)


def test_strict_order_has_no_total(problem: Problem) -> None:
    strict = dataclasses.replace(problem, order="strict")
    assert judge(strict, Plan()).score.total is None


def test_a_rule_switched_off_is_not_asked(problem: Problem) -> None:
    off = dataclasses.replace(problem.rules[0], enabled=False)
    quiet = dataclasses.replace(problem, rules=(off, *problem.rules[1:]))
    assert judge(quiet, RUN).judged == ()


def test_a_part_can_be_judged_alone(problem: Problem) -> None:
    assert judge(problem, RUN, parts=("theatre",)).score.breaches == 0
