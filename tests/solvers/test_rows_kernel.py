"""The kernel costs every plan as the blocks do, through changes, moves and their undoing."""

import threading
import time
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest
from rows_drawing import KINDS, Drawn, Says, about, draw_roster, draw_theatre

from planner.rules.blocks import Codes, Linear, Never, Price
from planner.rules.contract import Waiver
from solvers.rows import moves_roster, moves_theatre, price_list
from solvers.rows.compile import compile as compiled_of
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, SEARCH, Cost, Order, split, weigh

DRAWERS = [draw_roster, draw_theatre]


def slow(drawn: Drawn, codes: Any, **more: Any) -> Cost:
    return price_list.cost(drawn.space, drawn.rules, [int(c) for c in codes], **more)


def search_of(drawn: Drawn, *, tables: bool = True, **more: Any) -> Search:
    compiled = compiled_of(drawn.space, drawn.rules)
    return Search(compiled, weigh(compiled, **more), drawn.codes, tables=tables)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("drawer", DRAWERS)
def test_changes_and_reverts_cost_what_the_blocks_say(drawer: Any, seed: int) -> None:
    drawn = drawer(seed)
    search, draw, codes = search_of(drawn), Random(seed), list(drawn.codes)
    assert search.cost == slow(drawn, codes, kinds=SEARCH)
    for _ in range(60):
        cell = draw.choice(drawn.free())
        code = draw.choice(drawn.space.domain(cell))
        before = search.cost
        change = search.change(cell, code)
        assert search.cost == Cost(before.hard + change.hard, before.soft + change.soft)
        if draw.random() < 0.4:
            search.revert()
        else:
            codes[cell] = code
        assert search.codes.tolist() == codes
        assert search.cost == slow(drawn, codes, kinds=SEARCH)


def moves_of(search: Search, drawn: Drawn) -> tuple[Any, Any]:
    space: Any = drawn.space
    if hasattr(space, "places"):
        return moves_roster, moves_roster.roster_moves(search.compiled, *space.lines())
    session = np.array([option[1] for option in space.options], np.int32)
    return moves_theatre, moves_theatre.theatre_moves(search.compiled, session)


@pytest.mark.parametrize("tables", [True, False])
@pytest.mark.parametrize("drawer", DRAWERS)
def test_a_hundred_thousand_moves_end_at_the_cost_of_the_blocks(drawer: Any, tables: bool) -> None:
    for seed in range(4):
        drawn = drawer(seed)
        search = search_of(drawn, tables=tables)
        engine, moves = moves_of(search, drawn)
        engine.anneal(search, moves, tries=25_000, hot=60.0, cold=2.0, legal=3.0)
        assert search.cost == slow(drawn, search.codes, kinds=SEARCH)
        assert search.best_cost == slow(drawn, search.best_codes, kinds=SEARCH)
        assert search.best_cost <= search.cost
        worked_out = search.cost
        assert search.reset() == worked_out
        search.back_to_best()
        assert search.cost == search.best_cost


def test_tables_hold_runs_rests_and_successions_and_change_nothing() -> None:
    for seed in range(6):
        drawn = draw_roster(seed, days=12)
        with_tables, without = search_of(drawn), search_of(drawn, tables=False)
        held = with_tables._tabled
        ruled = [drawn.rules[rule].id for rule in with_tables.compiled.rows.rule[held.rows]]
        assert {"run", "nights"} >= set(ruled) >= {"nights"}
        nevers = with_tables.compiled.nevers.rule[held.nevers]
        assert {"follow", "alone"} <= {drawn.rules[rule].id for rule in nevers}
        for search in (with_tables, without):
            engine, moves = moves_of(search, drawn)
            engine.anneal(search, moves, tries=20_000, hot=40.0, cold=1.0, legal=2.0)
        assert with_tables.codes.tolist() == without.codes.tolist()
        assert with_tables.cost == without.cost


def test_giving_up_early_never_changes_which_moves_are_made() -> None:
    for drawer in DRAWERS:
        drawn = drawer(5)
        one, other = search_of(drawn), search_of(drawn)
        heads = other.state.at
        other.state.lists[heads + 2] = 1 << 29  # rows might give back anything: no early end
        other.state.lists[heads + 3] = 1 << 29
        for search in (one, other):
            engine, moves = moves_of(search, drawn)
            engine.anneal(search, moves, tries=30_000, hot=40.0, cold=1.0, legal=3.0)
        assert one.codes.tolist() == other.codes.tolist()
        assert one.cost == other.cost


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    drawn = draw_roster(3)
    found = []
    for seed in (7, 7, 8):
        compiled = compiled_of(drawn.space, drawn.rules)
        search = Search(compiled, weigh(compiled), drawn.codes, seed=seed)
        engine, moves = moves_of(search, drawn)
        engine.anneal(search, moves, tries=5_000, hot=60.0, cold=20.0, legal=2.0)
        found.append(search.codes.tolist())
    assert found[0] == found[1] != found[2]


def test_pinned_and_past_cells_never_move_and_closed_codes_are_never_taken() -> None:
    drawn = draw_roster(4)
    free = drawn.free()
    closed = Price("no", tuple(free[5:9]), Codes(frozenset({1})))
    drawn.rules.append(Says("absent", 0, 9, [], [closed]))
    compiled = compiled_of(drawn.space, drawn.rules)
    weights = weigh(compiled)
    for cell in free[5:9]:
        assert weights.closed[compiled.slot(cell, 1)]
    pinned = free[:5]
    search = Search(compiled, weights, drawn.codes, pinned=pinned)
    engine, moves = moves_of(search, drawn)
    start = search.codes.tolist()
    engine.anneal(search, moves, tries=20_000, hot=90.0, cold=9.0, legal=1.0)
    still = [*pinned, *(c for c in range(drawn.space.cells) if c not in free)]
    assert [search.codes[c] for c in still] == [start[c] for c in still]
    for cell in free[5:9]:
        assert search.codes[cell] != 1 or start[cell] == 1


def waiver(rule: str, most: int, first: int = 0, last: int = 9) -> Waiver:
    return Waiver(
        rule=rule, subjects=frozenset({"x", "P0", "C0"}), first=first, last=last, most=most,
        reason="r", author="a", made=date(2026, 10, 1),
    )  # fmt: skip


def test_the_largest_waiver_counts_and_is_taken_from_each_item_of_a_hard_rule() -> None:
    drawn = draw_roster(6)
    waivers = [waiver("run", 1), waiver("any0", 2), waiver("any0", 5, 0, 6), waiver("any1", 9)]
    search, draw = search_of(drawn, waivers=waivers), Random(1)
    codes = list(drawn.codes)
    plain = slow(drawn, codes, kinds=SEARCH)
    assert search.cost == slow(drawn, codes, kinds=SEARCH, waivers=waivers)
    assert search.cost.hard < plain.hard
    assert search.cost.soft == plain.soft
    for _ in range(40):
        cell = draw.choice(drawn.free())
        codes[cell] = draw.choice(drawn.space.domain(cell))
        search.change(cell, codes[cell])
        assert search.cost == slow(drawn, codes, kinds=SEARCH, waivers=waivers)


def test_a_waived_price_opens_its_code() -> None:
    drawn = draw_roster(2)
    cell = drawn.space.of["P0", "work", 1]  # type: ignore[union-attr]
    drawn.rules = [Says("skill", 0, 4, [], [Price("no", (cell,), Codes(frozenset({2})), 3)])]
    compiled = compiled_of(drawn.space, drawn.rules)
    slot = compiled.slot(cell, 2)
    assert weigh(compiled).closed[slot] == 1
    part = weigh(compiled, waivers=[waiver("skill", 2)])
    assert (part.closed[slot], split(int(part.price[slot]))) == (1, Cost(4, 0))
    whole = weigh(compiled, waivers=[waiver("skill", 3)])
    assert (whole.closed[slot], int(whole.price[slot])) == (0, 0)


def test_a_knee_makes_the_same_item_steeper() -> None:
    drawn = draw_roster(0, people=1, days=6)
    cells = tuple(drawn.free()[:6])
    row = Linear(about("late"), ((cells, {1: 10}),), hi=20, each=2, knee=35, beyond=3)
    drawn.rules = [Says("late", 2, 5, [row])]
    drawn.codes = [
        0 if drawn.space.fixed(c) is None else drawn.codes[c] for c in range(drawn.space.cells)
    ]
    search = search_of(drawn)
    costs = []
    for cell in cells:
        search.change(cell, 1)
        costs.append(search.cost.soft)
    assert costs == [0, 0, 5 * 20, 5 * (40 + 15), 5 * (60 + 45), 5 * (80 + 75)]


def test_guides_cost_softly_and_relaxations_as_hard_as_their_rule() -> None:
    drawn = draw_roster(0, people=1, days=4)
    cell = drawn.free()[0]
    feature = (((cell,), Codes(frozenset({drawn.codes[cell]}))),)
    drawn.rules = [Says("r", 0, 3, [Never(about("n"), feature, 2, kind) for kind in KINDS])]
    assert search_of(drawn).cost == Cost(12, 6)
    assert search_of(drawn, kinds=JUDGED).cost == Cost(12, 0)


def test_strict_order_never_adds_to_an_earlier_tier() -> None:
    for drawer, seed in [(drawer, seed) for drawer in DRAWERS for seed in range(5)]:
        drawn = drawer(seed)
        codes: Any = drawn.codes
        last: list[int] | None = None
        for order in Order.strict():
            compiled = compiled_of(drawn.space, drawn.rules)
            search = Search(compiled, weigh(compiled, order=order, kinds=JUDGED), codes)
            assert search.cost == slow(drawn, codes, order=order)
            start = search.cost
            engine, moves = moves_of(search, drawn)
            engine.anneal(search, moves, tries=20_000, hot=50.0, cold=0.5, legal=1e12)
            assert search.cost.hard <= start.hard
            codes = search.best_codes
            tiers = [
                slow(drawn, codes, order=Order(frozenset(), frozenset({t}))).soft for t in range(5)
            ]
            if last is not None:
                guarded = len(order.guard)
                assert tiers[:guarded] <= last[:guarded]
            last = tiers


def test_greedy_gives_each_cell_its_cheapest_open_code() -> None:
    drawn = draw_theatre(1)
    search = search_of(drawn)
    for cell in drawn.free():
        costs = {}
        for code in drawn.space.domain(cell):
            if not search.weights.closed[search.compiled.slot(cell, code)]:
                search.change(cell, code)
                costs[code] = search.cost
                search.revert()
        if costs:
            costs[int(search.codes[cell])] = min(
                search.cost, costs.get(int(search.codes[cell]), search.cost)
            )
        search.insert(np.array([cell], np.int32))
        assert not costs or search.cost == min(costs.values())
        assert search.cost == slow(drawn, search.codes, kinds=SEARCH)


def test_a_void_cell_is_in_no_row() -> None:
    drawn = draw_theatre(2)
    drawn.rules = drawn.rules[:3]
    search = search_of(drawn)
    search.void(np.arange(drawn.space.cells, dtype=np.int32))
    assert set(search.codes.tolist()) == {-1}
    closed = sum(240 * 4 + 30 * 4 for _ in range(4))
    assert search.cost == Cost(0, 4 * 30 * 4) or search.cost.soft <= closed


def test_a_stop_sign_ends_the_search_at_once() -> None:
    drawn = draw_roster(1)
    search = search_of(drawn)
    engine, moves = moves_of(search, drawn)
    stop = np.zeros(1, np.uint8)
    engine.anneal(search, moves, tries=1000, hot=9.0, cold=1.0, legal=2.0)  # compiled by now
    made: list[int] = []
    thread = threading.Thread(
        target=lambda: made.append(
            engine.anneal(search, moves, tries=10**12, hot=9.0, cold=1.0, legal=2.0, stop=stop)
        )
    )
    thread.start()  # the interpreter is free while it runs
    before = time.monotonic()
    stop[0] = 1
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert time.monotonic() - before < 30
    assert made[0] % 1000 == 0
    assert search.cost == slow(drawn, search.codes, kinds=SEARCH)


def test_weights_beyond_the_sum_are_refused() -> None:
    drawn = draw_roster(0)
    free = drawn.free()
    drawn.rules = [Says("big", 2, 10**8, [], [Price("p", tuple(free), Codes(frozenset({0})), 50)])]
    drawn.codes = [0 if cell in free else code for cell, code in enumerate(drawn.codes)]
    with pytest.raises(OverflowError, match="too large"):
        search_of(drawn)
