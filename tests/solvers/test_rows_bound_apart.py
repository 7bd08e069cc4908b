"""Bounds of parts without a row in common: any prices prove a bound, and good ones that of the whole."""

from collections.abc import Iterator
from itertools import product
from random import Random

import numpy as np
import pytest
from demo_hospitals import generate
from rows_drawing import Drawn, Says, about, draw_roster

from planner.rules.blocks import Codes, Linear
from planner.rules.space import RosterSpace
from solvers.rows import bound_apart as bounds
from solvers.rows.bound import lower_bound, model_of
from solvers.rows.compile import compile as compiled_of
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, weigh

WORK = Codes(frozenset({1, 2, 3}))


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_WORTH_IT", 1)


def two_people(seed: int) -> Drawn:
    """Give each of two people rows of her own over two days: two parts, if nothing joins them."""
    draw = Random(seed)
    drawn = draw_roster(seed, people=2, days=2, rows=0)
    drawn.rules = [Says("most", 0, 720), Says("least", 1, 7), Says("knee", 2, 2), Says("on", 3, 5)]
    half = len(drawn.free()) // 2
    for hers in (drawn.free()[:half], drawn.free()[half:]):
        parts = ((tuple(hers), {1: 2, 2: 3, 3: 1}),)
        both = (((hers[0],), WORK), ((hers[1],), WORK))
        for rule, row in zip(
            drawn.rules,
            (
                Linear(about("most"), parts, hi=draw.randint(3, 6)),
                Linear(about("least"), parts, lo=draw.randint(4, 9)),
                Linear(about("knee"), parts, hi=2, knee=4, beyond=2),
                Linear(about("both"), (), ((both, -1),), lo=0, each=4),
            ),
            strict=True,
        ):
            rule.said_rows.append(row)
    free = drawn.free()
    drawn.codes = [0 if cell in free else code for cell, code in enumerate(drawn.codes)]
    return drawn


def legal_costs(drawn: Drawn, search: Search) -> Iterator[int]:
    free = drawn.free()
    for tried in product(*(drawn.space.domain(cell) for cell in free)):
        pairs = zip(free, tried, strict=True)
        slots = [search.compiled.slot(cell, code) for cell, code in pairs]
        search.put(np.array(free, np.int32), np.array(slots, np.int32))
        if search.cost.hard == 0:
            yield search.cost.soft


@pytest.mark.parametrize("seed", range(4))
def test_parts_together_bound_as_the_whole_does(seed: int) -> None:
    drawn = two_people(seed)
    compiled = compiled_of(drawn.space, drawn.rules)
    weights = weigh(compiled, kinds=JUDGED)
    told: list[int] = []
    found, done, parts = bounds.bound_apart(compiled, weights, told=told.append)
    whole = lower_bound(compiled, weights)
    assert whole is not None
    assert whole.value - 1 <= found <= whole.value  # prices that are good, not exact
    assert done == parts >= 2
    assert len(told) == parts
    assert sorted(told) == told
    assert told[-1] == found


@pytest.mark.parametrize("seed", range(4))
def test_any_prices_prove_a_bound(seed: int) -> None:
    """No legal plan costs less, whatever the prices are: wild ones, none, or those of another model."""
    drawn = two_people(seed)
    compiled = compiled_of(drawn.space, drawn.rules)
    weights = weigh(compiled, kinds=JUDGED)
    best = min(legal_costs(drawn, Search(compiled, weights, drawn.codes)))
    model = model_of(compiled, weights)
    draw = np.random.default_rng(seed)
    tried = [np.zeros(model.rows), *(draw.normal(0, size, model.rows) for size in (0.1, 1, 9, 99))]
    found = [bounds.proven(model, prices) for prices in tried]
    assert max(found) <= best
    assert min(found) < max(found)


def test_it_ends_when_somebody_says_so_and_leaves_out_what_is_too_large() -> None:
    drawn = two_people(1)
    compiled = compiled_of(drawn.space, drawn.rules)
    weights = weigh(compiled, kinds=JUDGED)
    _, _, parts = bounds.bound_apart(compiled, weights)
    assert bounds.bound_apart(compiled, weights, lambda: True) == (0, 0, parts)
    assert bounds.bound_apart(compiled, weights, largest=0) == (0, 0, parts)


@pytest.mark.long
def test_a_team_of_a_ward_is_left_half_done_when_somebody_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The interior point method asks between its steps, and hears."""
    monkeypatch.setattr(bounds, "_WORTH_IT", 20)
    ward = generate("ward", 1)
    rules = [rule for rule in ward.rules if rule.enabled and rule.part == "roster"]
    compiled = compiled_of(RosterSpace(ward), rules)
    asked: list[bool] = []

    def should_stop() -> bool:
        asked.append(len(asked) >= 8)
        return asked[-1]

    found, done, parts = bounds.bound_apart(compiled, weigh(compiled, kinds=JUDGED), should_stop)
    assert (found, done, parts) == (0, 0, 3)
    assert 8 < len(asked) < 16  # one before the team, the others inside, and soon no more
