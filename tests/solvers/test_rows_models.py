"""CP-SAT models, bounds and large neighbourhoods say what the kernel and the blocks say."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from rows_drawing import Drawn, Says, about, draw_roster, draw_theatre

from planner.rules.blocks import Codes, Linear, Price
from solvers.cpsat import Limits, solve
from solvers.rows import price_list
from solvers.rows.arrays import values
from solvers.rows.bound import lower_bound, missing
from solvers.rows.compile import compile as compiled_of
from solvers.rows.cpsat import SubModel
from solvers.rows.lns import Operator, Shares, Step, improve
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, SEARCH, Cost, Order, weigh

DRAWERS = [draw_roster, draw_theatre]
LEGAL = 1000


def energy(cost: Cost) -> int:
    return cost.soft + LEGAL * cost.hard


def search_of(drawn: Drawn, **more: Any) -> Search:
    compiled = compiled_of(drawn.space, drawn.rules)
    return Search(compiled, weigh(compiled, **more), drawn.codes)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("drawer", DRAWERS)
def test_a_model_without_free_cells_costs_what_the_plan_costs(drawer: Any, seed: int) -> None:
    search = search_of(drawer(seed))
    model = SubModel(search, [], legal=LEGAL)
    model.minimise()
    answer = solve(model.model, Limits())
    assert answer.found
    assert answer.objective == energy(search.cost)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("drawer", DRAWERS)
def test_values_followed_from_plan_to_plan_are_those_of_the_plan(drawer: Any, seed: int) -> None:
    search, draw = search_of(drawer(seed)), Random(seed)
    compiled = search.compiled
    for many in (1, 2, 1, compiled.cells, 1):
        for cell in draw.sample(range(compiled.cells), many):
            first, last = compiled.slot_start[cell : cell + 2].tolist()
            search.state.current[cell] = draw.randrange(first, last)  # void as well
        followed, anew = search.values(), values(compiled, search.state.current)
        assert all(np.array_equal(*each) for each in zip(followed, anew, strict=True))
        followed[0][:] = -7  # a caller's own
    assert search.twin(2).values()[0].tolist() == anew[0].tolist()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("drawer", DRAWERS)
def test_a_model_of_some_cells_finds_what_trying_all_finds(drawer: Any, seed: int) -> None:
    drawn = drawer(seed)
    search, draw = search_of(drawn), Random(seed)
    free = draw.sample(drawn.free(), 4)
    model = SubModel(search, free, legal=LEGAL, guarded=False)
    model.minimise()
    answer = solve(model.model, Limits(deterministic=5))
    assert answer.proven
    compiled, closed = search.compiled, search.weights.closed
    choices = [
        [
            code
            for code in drawn.space.domain(cell)
            if code == drawn.codes[cell] or not closed[compiled.slot(cell, code)]
        ]
        for cell in free
    ]
    best = None
    for tried in product(*choices):
        codes = list(drawn.codes)
        for cell, code in zip(free, tried, strict=True):
            codes[cell] = code
        cost = energy(price_list.cost(drawn.space, drawn.rules, codes, kinds=SEARCH))
        best = cost if best is None else min(best, cost)
    assert answer.objective == best
    search.put(model.cells, model.chosen(answer.solver))
    assert energy(search.cost) == best


@pytest.mark.parametrize("drawer", DRAWERS)
def test_the_plan_at_hand_is_a_complete_hint(drawer: Any) -> None:
    drawn = drawer(3)
    search = search_of(drawn)
    model = SubModel(search, drawn.free()[:6], legal=LEGAL)
    model.minimise()
    proto = model.model.proto
    assert len(proto.solution_hint.vars) == len(proto.variables)
    for variable in list(model.literal.values()):
        hinted = proto.solution_hint.values[list(proto.solution_hint.vars).index(variable.index)]
        model.model.add(variable == int(hinted))
    answer = solve(model.model, Limits())
    assert answer.found
    assert answer.objective == energy(search.cost)


def test_a_guarded_model_never_makes_a_hard_row_worse() -> None:
    for seed in range(6):
        drawn = draw_roster(seed)
        search = search_of(drawn)
        hard = [rule for rule in drawn.rules if rule.tier == 0]
        before = _by_about(drawn, hard, search)
        step = improve(
            search, Random(seed).sample(drawn.free(), 10), legal=1, limits=Limits(deterministic=1)
        )
        assert step.found
        after = _by_about(drawn, hard, search)
        assert all(after[key] <= before.get(key, 0) for key in after)


def _by_about(drawn: Drawn, rules: list[Says], search: Search) -> dict[Any, int]:
    found: dict[Any, int] = {}
    codes = [int(code) for code in search.codes]
    for rule in rules:
        for number, block in enumerate(rule.rows(drawn.space)):
            if isinstance(block, Linear):
                found[rule.id, number] = price_list.amount_of(block, codes)
            elif price_list.holds(block.tests, codes):
                found[rule.id, number] = block.amount
    return {key: amount for key, amount in found.items() if amount}


def test_a_neighbourhood_never_ends_worse_and_is_costed_by_the_kernel() -> None:
    for drawer in DRAWERS:
        drawn = drawer(5)
        search, draw = search_of(drawn), Random(5)
        for _ in range(6):
            before = search.cost
            cells = draw.sample(range(drawn.space.cells), 8)
            step = improve(search, cells, legal=LEGAL, limits=Limits(deterministic=0.2))
            assert search.cost <= before
            saved = Cost(before.hard - search.cost.hard, before.soft - search.cost.soft)
            assert step.saved == saved
            codes = [int(code) for code in search.codes]
            assert search.cost == price_list.cost(drawn.space, drawn.rules, codes, kinds=SEARCH)
        fixed = [c for c in range(drawn.space.cells) if drawn.space.fixed(c) is not None]
        assert [search.codes[c] for c in fixed] == [drawn.codes[c] for c in fixed]


def test_strict_order_holds_in_neighbourhoods_too() -> None:
    order = Order(guard=frozenset({0, 1, 2}), cost=frozenset({3}))
    for drawer in DRAWERS:
        for seed in range(4):
            drawn = drawer(seed)
            search, draw = search_of(drawn, order=order), Random(seed)
            for _ in range(4):
                before, codes = search.guards(), [int(code) for code in search.codes]
                tiers = [Order(frozenset(), frozenset({tier})) for tier in (0, 1, 2)]
                slow = [price_list.cost(drawn.space, drawn.rules, codes, order=t) for t in tiers]
                weights = weigh(search.compiled, order=order, kinds=JUDGED)
                judged = Search(search.compiled, weights, codes)
                assert judged.guards() == tuple(cost.soft for cost in slow)
                cells = draw.sample(drawn.free(), 6)
                improve(search, cells, legal=LEGAL, limits=Limits(deterministic=0.2))
                assert search.guards() <= before


def test_pinned_cells_are_left_out_of_a_neighbourhood() -> None:
    drawn = draw_roster(1)
    compiled = compiled_of(drawn.space, drawn.rules)
    free = drawn.free()
    search = Search(compiled, weigh(compiled), drawn.codes, pinned=free)
    step = improve(search, free[:9], legal=LEGAL, limits=Limits())
    assert step == Step(Cost(0, 0), 0.0, proven=True, found=False)


def _small(seed: int) -> Drawn:
    """Rules that can be kept, over few cells, so that all plans can be tried."""
    draw = Random(seed)
    drawn = draw_roster(seed, people=2, days=2, rows=0)
    free = drawn.free()
    work = Codes(frozenset({1, 2, 3}))
    parts = ((tuple(free), {1: 2, 2: 3, 3: 1}),)
    drawn.rules = [
        Says("most", 0, 720, [Linear(about("most"), parts, hi=draw.randint(4, 9))]),
        Says("wish", 4, 3, [], [Price("wish", (free[1],), Codes(frozenset({0})), 2)]),
        Says("least", 1, 7, [Linear(about("least"), parts, lo=draw.randint(5, 12))]),
        Says("knee", 2, 2, [Linear(about("knee"), parts, hi=2, knee=4, beyond=2)]),
        Says("on", 3, 5),
    ]
    both = (((free[0],), work), ((free[1],), work))
    drawn.rules[4].said_rows = [Linear(about("both"), (), ((both, -1),), lo=0, each=4)]
    drawn.codes = [0 if cell in free else code for cell, code in enumerate(drawn.codes)]
    return drawn


@pytest.mark.parametrize("seed", range(4))
def test_bounds_hold_and_the_mixed_integer_one_is_the_optimum(seed: int) -> None:
    drawn = _small(seed)
    compiled = compiled_of(drawn.space, drawn.rules)
    weights = weigh(compiled, kinds=JUDGED)
    search = Search(compiled, weights, drawn.codes)
    best = None
    free = drawn.free()
    for tried in product(*(drawn.space.domain(cell) for cell in free)):
        slots = [compiled.slot(cell, code) for cell, code in zip(free, tried, strict=True)]
        search.put(np.array(free, np.int32), np.array(slots, np.int32))
        if search.cost.hard == 0:
            best = search.cost.soft if best is None else min(best, search.cost.soft)
    assert best is not None
    relaxed = lower_bound(compiled, weights)
    exact = lower_bound(compiled, weights, whole=True)
    assert relaxed is not None
    assert exact is not None
    assert relaxed.value <= best
    assert exact == (best, True)


def test_guides_are_in_no_bound_and_relaxations_say_what_they_take_as_kept() -> None:
    drawn = _small(1)
    parts = ((tuple(drawn.free()), {1: 50, 0: 50}),)
    drawn.rules.append(Says("guide", 1, 50, [Linear(about("g"), parts, hi=0, kind="guide")]))
    compiled = compiled_of(drawn.space, drawn.rules)
    plain = compiled_of(drawn.space, drawn.rules[:-1])
    value = lower_bound(compiled, weigh(compiled, kinds=JUDGED))
    assert value == lower_bound(plain, weigh(plain, kinds=JUDGED))
    given = Linear(about("r"), parts, hi=9, kind="relaxation", given=("room", "away"))
    drawn.rules[0].said_rows = [given]
    for rule in drawn.rules:
        rule.type = rule.id  # type: ignore[attr-defined]
    drawn.rules[1].type = "room"  # type: ignore[attr-defined]
    compiled = compiled_of(drawn.space, drawn.rules)
    assert missing(compiled) == ("away",)
    assert missing(compiled, broken={"room"}) == ("away", "room")


def test_a_bound_that_is_out_of_time_is_none_or_true() -> None:
    drawn = draw_roster(2)
    compiled = compiled_of(drawn.space, drawn.rules)
    assert lower_bound(compiled, weigh(compiled, kinds=JUDGED), iterations=1) is None


def test_time_goes_where_it_gains_and_nobody_is_starved() -> None:
    operators = [Operator(name, lambda size, draw: [], 10.0) for name in ("good", "idle", "slow")]
    shares = Shares(operators, Random(3))
    spent = {"good": 0.0, "idle": 0.0, "slow": 0.0}
    cost = {"good": 0.2, "idle": 0.2, "slow": 2.0}
    for _ in range(3000):
        operator = shares.next()
        spent[operator.name] += cost[operator.name]
        gain = {"good": 5.0, "idle": 0.0, "slow": 5.0}[operator.name]
        shares.tell(operator, gain, cost[operator.name])
    total = sum(spent.values())
    assert spent["good"] > 0.7 * total
    assert spent["idle"] > 0.02 * total
    assert spent["slow"] > 0.05 * total


def test_one_long_call_for_nothing_weighs_as_many_short_ones() -> None:
    left = []
    for calls, each in ((1, 5.0), (10, 0.5)):
        operator = Operator("o", lambda size, draw: [], 10.0, gain=100.0, spent=1.0)
        shares = Shares([operator], Random(1))
        for _ in range(calls):
            shares.tell(operator, 0.0, each)
        left.append(operator.gain)
    assert left[0] == pytest.approx(left[1])
    assert left[0] < 40


def test_equal_shares_read_no_clock_and_stay_equal() -> None:
    operators = [Operator(name, lambda size, draw: [], 10.0) for name in ("a", "b")]
    shares = Shares(operators, Random(1), equal=True)
    spent = {"a": 0.0, "b": 0.0}
    for _ in range(200):
        operator = shares.next()
        used = 3.0 if operator.name == "a" else 1.0
        spent[operator.name] += used
        shares.tell(operator, 99.0, used)
    assert abs(spent["a"] - spent["b"]) <= 3.0


def test_operators_grow_while_proven_and_shrink_while_not() -> None:
    operator = Operator("o", lambda size, draw: [], 100.0, least=90, most=120)
    easy = Step(Cost(0, 0), 0.01, proven=True, found=True)
    for _ in range(9):
        operator.fit(easy, 0.1)
    assert operator.size == 120
    operator.fit(Step(Cost(0, 0), 0.09, proven=True, found=True), 0.1)
    assert operator.size == 120
    for _ in range(9):
        operator.fit(Step(Cost(0, 0), 0.1, proven=False, found=True), 0.1)
    assert operator.size == 90


def test_a_stop_sign_ends_a_solve_and_a_fault_in_a_callback_comes_out() -> None:
    drawn = draw_roster(7, people=8, days=14, rows=40)
    search = search_of(drawn)
    model = SubModel(search, drawn.free(), legal=LEGAL)
    model.minimise()
    answer = solve(model.model, Limits(deterministic=1e9, seconds=600), lambda: True)
    assert not answer.proven

    def broken(_: object) -> None:
        raise ValueError("in the callback")

    with pytest.raises(ValueError, match="in the callback"):
        solve(model.model, Limits(deterministic=1e9, seconds=600), improved=broken)
