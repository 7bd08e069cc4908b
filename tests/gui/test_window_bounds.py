"""How far a plan may be from the best possible, where a run plans all of a study or a part of it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import PartResult, SolveRequest, SolveResult
from planner.score import Judgement, Score
from planner.words import number
from ui.window.panels.solve_words import cost_words, limit_words
from ui.window.run import Run, cost_of
from ui.window.workbench import Workbench


def run_of(problem: Problem, *parts: str) -> Run:
    """A run of some parts that has found nothing yet."""
    before = Outcome(problem, Plan())
    run = Run.of("base", SolveRequest(problem=problem, parts=parts), before, 5.0)
    assert run.best is None
    return run


def test_a_run_of_one_part_is_told_against_what_it_leaves_as_it_is(
    bench: Workbench, small_problem: Problem
) -> None:
    problem = replace(small_problem, rules=tuple(r for r in small_problem.rules if not r.hard))
    run = run_of(problem, "theatre")
    whole = cost_of(run.before.judgement.score)
    assert run.alone
    assert 0 < run.rest < whole, "rosters cost something, and theatres do"
    assert run.bound is None
    run.best = run.before
    run.prove("theatre", (whole - run.rest) // 2, "sessions")
    assert run.bound == (whole - run.rest) // 2 + run.rest
    assert run.gap == pytest.approx(100.0, abs=0.1), "of the theatres alone"
    own, low = (number(value, "en") for value in (whole - run.rest, (whole - run.rest) // 2))
    told = cost_words(bench, run)
    assert f"{own} of it by what is planned here" in told
    assert f"below {low}" in told, "the two figures that the gap is made of"


def test_hard_breaches_are_counted_and_never_added_to_the_cost(
    bench: Workbench, small_problem: Problem
) -> None:
    run = run_of(small_problem, "theatre")
    run.best = run.before  # nobody works yet: people are due
    score = run.best.judgement.score
    assert score.breaches == 0
    broken = Judgement(judged=(), score=replace(score, hard=720 * 3, breaches=3))
    run.best = SimpleNamespace(judgement=broken)  # type: ignore[assignment]
    told = cost_words(bench, run)
    assert f"Total cost {number(score.total or 0, 'en')}, and first of all 3 breaches" in told


def test_ordered_tiers_are_told_one_by_one(bench: Workbench, small_problem: Problem) -> None:
    run = run_of(replace(small_problem, order="strict"), "theatre")
    run.best = run.before
    tiers = run.before.judgement.score.tiers
    shown = " / ".join(number(tier, "en") for tier in tiers)
    assert shown in cost_words(bench, run)


def test_a_run_of_all_parts_waits_for_the_bounds_of_all(small_problem: Problem) -> None:
    run = run_of(small_problem, "theatre", "roster")
    assert (run.alone, run.rest) == (False, 0)
    run.prove("theatre", 7, "sessions")
    assert run.bound is None
    run.prove("roster", 5, "columns")
    assert run.bound == 12


def test_the_bound_of_an_answer_is_that_of_its_parts(small_problem: Problem) -> None:
    run = run_of(small_problem, "theatre")
    part = PartResult(status="feasible", score=Score(), bound=9, source="sessions")
    run.prove("theatre", 11, "sessions")
    run.result = SolveResult(
        status="feasible", plan=Plan(), score=Score(), parts={"theatre": part}, bound=None
    )
    assert run.bound == 9 + run.rest, "what was withdrawn counts no more"


def test_a_part_with_a_bound_is_told_where_the_other_has_none(
    bench: Workbench, small_problem: Problem
) -> None:
    problem = replace(small_problem, rules=tuple(r for r in small_problem.rules if not r.hard))
    run = run_of(problem, "theatre", "roster")
    run.best = run.before
    assert "Part" not in cost_words(bench, run)
    run.prove("theatre", 7, "sessions")
    assert run.bound is None
    theatre = sum(e.cost for e in run.before.judgement.judged if e.rule.part == "theatre")
    assert run.part_bounds == (("theatre", theatre, 7),)
    told = cost_words(bench, run)
    assert f"Part “theatres”: {number(theatre, 'en')}; no plan can bring that below 7" in told


@pytest.mark.parametrize(
    ("cost", "told"), [(1404, "41"), (1400, "40"), (1092, "9.2"), (1091, "9.1")]
)
def test_at_most_is_never_told_as_less(
    bench: Workbench, small_problem: Problem, cost: int, told: str
) -> None:
    """A gap of 40.4 % is at most 41 %; below ten it has one place."""
    run = run_of(replace(small_problem, staff=(), rules=()), "theatre")
    score = Score(tiers=(0, 0, cost, 0), total=cost)
    run.best = SimpleNamespace(judgement=Judgement(judged=(), score=score))  # type: ignore[assignment]
    run.prove("theatre", 1000, "sessions")
    assert f"at most {told} %" in limit_words(bench, run).replace("\u00a0", " ").replace(
        "\u202f", " "
    )
