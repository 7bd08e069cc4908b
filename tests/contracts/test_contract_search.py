"""Whatever the search does, the cost that it carries is the audit's, and pins stay where they are."""

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from contract_drawing import Sample, draw_together, plan_of, tried
from contract_engine import heard, search_of

from planner.rules.contract import Rule, audit
from planner.rules.space import OFF, RosterSpace
from planner.score import judge
from solvers.rows import compile as compiling
from solvers.rows import moves_roster, moves_theatre
from solvers.rows.bound import lower_bound, missing
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, SEARCH, Order, weigh
from solvers.theatre.bound import LowerBound

TRIES = 4000
PARTS = ("roster", "theatre")
BOUNDED = (
    ("roster", 1),
    ("theatre", 5),
    pytest.param("roster", 3, marks=pytest.mark.long),
    pytest.param("theatre", 12, marks=pytest.mark.long),
)


def anneal(sample: Sample, search: Search, *, hot: float) -> None:
    space: Any = sample.space
    if isinstance(space, RosterSpace):
        days = range(space.last + 1)
        rows = [(p.id, t) for p in sample.problem.staff for t in space.tracks]
        lines = [[space.cell(person, track, day) for day in days] for person, track in rows]
        tracks = [space.tracks.index(track) for _, track in rows]
        roster = moves_roster.roster_moves(search.compiled, lines, tracks)
        moves_roster.anneal(search, roster, tries=TRIES, hot=hot, cold=1, legal=100)
        return
    number = {session.id: n for n, session in enumerate(sample.problem.sessions)}
    session = [-1, *(number[option.session.id] for option in space.options)]
    theatre = moves_theatre.theatre_moves(search.compiled, np.array(session, np.int32))
    moves_theatre.anneal(search, theatre, tries=TRIES, hot=hot, cold=1, legal=100)


@pytest.mark.parametrize("hot", [50.0, 1e6])
@pytest.mark.parametrize("part", PARTS)
@tried(3, 24)
def test_annealing_ends_with_the_cost_of_the_audit(part: str, plans: int, hot: float) -> None:
    moved = 0
    for number in range(plans):
        sample, rules = draw_together(part, number)
        rng = Random(number)
        free = [c for c in range(sample.space.cells) if sample.space.fixed(c) is None]
        pinned = rng.sample(free, len(free) // 4)
        compiled = compiling.compile(sample.space, rules)
        weights = weigh(compiled, waivers=sample.waivers, kinds=JUDGED)
        search = Search(compiled, weights, sample.codes, seed=number, pinned=pinned)
        start = search.cost
        with np.errstate(
            over="ignore"
        ):  # random bits overflow on purpose, seen without the compiler
            anneal(sample, search, hot=hot)
        codes, best = search.codes.tolist(), search.best_codes.tolist()
        assert search.cost == costed(sample, rules, codes), (part, number)
        assert search.best_cost == costed(sample, rules, best), (part, number)
        assert search.best_cost <= start
        cost = search.cost
        assert search.reset() == cost
        fixed = set(range(sample.space.cells)) - set(free)
        for cell in (*pinned, *fixed):
            assert codes[cell] == best[cell] == sample.codes[cell], "pins and history stay"
        assert_never_closed(search, sample, codes)
        moved += codes != sample.codes
    assert moved >= plans // 2, "nothing moved: the test is idle"


def costed(sample: Sample, rules: Iterable[Rule[Any, Any]], codes: list[int]) -> Any:
    return heard(replace(sample, plan=plan_of(sample.space, codes)), rules)


def assert_never_closed(search: Search, sample: Sample, codes: list[int]) -> None:
    for cell, code in enumerate(codes):
        if code not in (OFF, sample.codes[cell]):
            assert not search.weights.closed[search.compiled.slot(cell, code)]


@pytest.mark.long
def test_no_index_leaves_its_array(root: Path) -> None:
    """Compiled code does not look at bounds: the same search as plain Python does."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", __file__, "-k", "annealing"],
        cwd=root,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("part", PARTS)
@tried(3, 24)
def test_greedy_insertion_ends_with_the_cost_of_the_audit(part: str, plans: int) -> None:
    for number in range(plans):
        sample, rules = draw_together(part, number)
        search = search_of(sample, rules)
        before = search.cost
        cells = [c for c in range(sample.space.cells) if sample.space.fixed(c) is None]
        search.insert(np.array(cells, np.int32))
        codes = search.codes.tolist()
        assert search.cost == costed(sample, rules, codes), (part, number)
        assert search.cost <= before
        assert_never_closed(search, sample, codes)


@pytest.mark.parametrize("part", PARTS)
@tried(3, 24)
def test_strict_order_guards_the_tiers_before(part: str, plans: int) -> None:
    for number in range(plans):
        sample, rules = draw_together(part, number)
        compiled = compiling.compile(sample.space, rules)
        for tier, order in enumerate(Order.strict()):
            weights = weigh(compiled, waivers=sample.waivers, kinds=JUDGED, order=order)
            found = Search(compiled, weights, sample.codes).cost
            before = [rule for rule in rules if rule.tier < tier]
            now = [rule for rule in rules if rule.tier == tier]
            assert found.hard == sum(heard(sample, before)), (part, number, tier)
            assert found.soft == sum(heard(sample, now)), (part, number, tier)


@pytest.mark.parametrize("part", PARTS)
@tried(3, 24)
def test_guides_only_ever_add_and_cost_softly(part: str, plans: int) -> None:
    added = 0
    for number in range(plans):
        sample, rules = draw_together(part, number)
        compiled = compiling.compile(sample.space, rules)
        judged, searched = (
            Search(compiled, weigh(compiled, waivers=sample.waivers, kinds=kinds), sample.codes)
            for kinds in (JUDGED, SEARCH)
        )
        assert searched.cost.hard == judged.cost.hard
        assert searched.cost.soft >= judged.cost.soft
        added += searched.cost.soft > judged.cost.soft
    assert added or part == "roster"


@pytest.mark.parametrize(("part", "plans"), BOUNDED)
def test_no_plan_costs_less_than_the_bound(part: str, plans: int) -> None:
    """All rules are made soft here, as hard ones drawn at random leave no plan to bound."""
    raised = close = 0
    for number in range(plans):
        sample, drawn = draw_together(part, number)
        rules = tuple(replace(rule, tier=rule.tier or 2) for rule in drawn)
        compiled = compiling.compile(sample.space, rules)
        weights = weigh(compiled, kinds=JUDGED)
        assert missing(compiled) == ()
        bound = lower_bound(compiled, weights)
        assert bound is not None
        search = Search(compiled, weights, sample.codes, seed=number)
        assert bound.value <= search.cost.soft, (part, number)
        anneal(sample, search, hot=200.0)
        assert bound.value <= search.best_cost.soft, (part, number)
        if not isinstance(sample.space, RosterSpace):  # by sets of cases; no rule is hard: no clock
            by_sets = LowerBound(sample.space, compiled, weights, rules)
            found = max(value for value, _ in zip(by_sets.rounds(), range(60), strict=False))
            assert found <= search.best_cost.soft, (part, number)
            close += found >= 0.9 * bound.value
        raised += bound.value > 0
    assert raised
    assert part == "roster" or close > plans // 2


@pytest.mark.parametrize("part", PARTS)
@tried(3, 24)
def test_the_score_is_the_sum_of_the_audit(part: str, plans: int) -> None:
    for number in range(plans):
        sample, rules = draw_together(part, number)
        score = judge(sample.problem, sample.plan, sample.waivers, parts=(part,)).score
        hard, soft = 0, [0, 0, 0, 0]
        for rule in rules:
            for breach in audit(rule, sample.view):
                covers = [
                    w.most for w in sample.waivers if w.rule == rule.id and w.covers(breach.about)
                ]
                if rule.hard:
                    hard += rule.price * max(0, breach.amount - max(covers, default=0))
                else:
                    soft[rule.tier - 1] += rule.price * breach.amount
        assert (score.hard, list(score.tiers), score.total) == (hard, soft, sum(soft))
