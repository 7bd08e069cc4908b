"""Rosters as columns: the cheapest days of a person, bounds, dives, against trying everything."""

from dataclasses import replace
from itertools import pairwise, product
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rows_drawing import Drawn, Roster, Says, about, draw_roster

from planner.rules.blocks import Codes, Linear, Never, Row
from solvers.roster import by_columns as columns
from solvers.roster.by_columns import _Reading, by_columns
from solvers.roster.dive import dive
from solvers.roster.master import SCALE, Master
from solvers.roster.pricing import Pricing, set_up
from solvers.roster.windows import Windows
from solvers.rows.arrays import Compiled
from solvers.rows.compile import compile as compiled_of
from solvers.rows.person_graph import draw, draw_both
from solvers.rows.person_path import Planner
from solvers.rows.person_rows import Reader
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, Cost, Weights, weigh


def never() -> bool:
    return False


def people_of(space: Roster) -> list[list[list[int]]]:
    return [
        [list(cells) for cells in zip(space.line(p), space.line(p, "call"), strict=True)]
        for p in range(space.people)
    ]


def is_about_somebody(row: Row) -> bool:
    return isinstance(row, Never) or bool(row.features) or any(cells for cells, _ in row.parts)


def read(drawn: Drawn) -> tuple[Compiled, Weights, list[list[list[int]]]]:
    assert isinstance(drawn.space, Roster)
    for rule in drawn.rules:
        rule.said_rows = [row for row in rule.said_rows if is_about_somebody(row)]
    compiled = compiled_of(drawn.space, drawn.rules)
    return compiled, weigh(compiled, kinds=JUDGED), people_of(drawn.space)


def every_plan(drawn: Drawn, compiled: Compiled, weights: Weights) -> list[tuple[list[int], Cost]]:
    """All plans with open codes, slots and cost."""
    search, free = Search(compiled, weights, drawn.codes), drawn.free()
    cells = [range(compiled.slot_start[c] + 1, compiled.slot_start[c + 1]) for c in free]
    open_ = [[slot for slot in slots if not weights.closed[slot]] for slots in cells]
    found = []
    for slots in product(*open_):
        search.put(np.array(free, np.int32), np.array(slots, np.int32))
        found.append((search.state.current.tolist(), search.cost))
    return found


def best_of(plans: list[tuple[list[int], Cost]]) -> int | None:
    return min((cost.soft for _, cost in plans if cost.hard == 0), default=None)


@pytest.mark.parametrize("seed", range(24))
def test_the_cheapest_days_of_a_person_are_those_that_trying_all_finds(seed: int) -> None:
    drawn, dice = draw_roster(seed, people=1, days=3, rows=seed % 3), Random(seed)
    compiled, weights, people = read(drawn)
    extra = [dice.randint(-30, 30) for _ in range(compiled.slots)]
    costs = [
        cost.soft + sum(extra[slot] for slot in slots)
        for slots, cost in every_plan(drawn, compiled, weights)
        if cost.hard == 0
    ]
    days = Reader(compiled, weights, people).days(0, None, None)
    drawn_graph = None if days is None else draw(days)
    if days is None or drawn_graph is None:
        assert not costs
        return
    prices = [
        price + sum(extra[slot] for slot in letter)
        for letters, own in zip(days.letters, days.price, strict=True)
        for letter, price in zip(letters, own, strict=True)
    ]
    found = Planner().cheapest(drawn_graph.graph, np.array(prices, np.int64))
    if drawn_graph.left:
        assert found
        assert found[0].cost <= min(costs, default=found[0].cost)
    else:
        assert [path.cost for path in found] == ([min(costs)] if costs else [])


@pytest.mark.parametrize("seed", range(6))
def test_a_quick_graph_is_that_of_the_rules_without_the_limits_that_it_leaves(seed: int) -> None:
    drawn = draw_roster(200 + seed, people=1, days=4, rows=0)
    assert isinstance(drawn.space, Roster)
    cells = tuple(drawn.space.of["P0", "work", day] for day in range(4))
    on = [((cell,), Codes(frozenset({0}), negated=True)) for cell in cells]
    pairs = Linear(about("pairs"), features=tuple((pair, 1) for pair in pairwise(on)), lo=1, hi=1)
    few = Linear(about("few"), ((cells, {1: 1, 2: 1}),), hi=1)
    drawn.rules = [Says("pairs", 1, 400, [pairs]), Says("few", 1, 90, [few])]
    compiled, weights, people = read(drawn)
    days = Reader(compiled, weights, people).days(0, None, None)
    assert days is not None
    both = draw_both(days)
    assert both is not None
    whole, quick = both
    assert not whole.left
    assert len(quick.left) == 1
    row = weights.row.copy()
    row[[number for counter in quick.left for number in counter.rows]] = 0
    without = Reader(compiled, replace(weights, row=row), people).days(0, None, None)
    other = None if without is None else draw(without)
    assert other is not None
    own = np.array([price for own in days.price for price in own], np.int64)
    dice = np.random.default_rng(seed)
    for _ in range(10):
        prices = own + dice.integers(-600, 600, len(own))
        one, same = (Planner().cheapest(graph, prices) for graph in (quick.graph, other.graph))
        assert [path.cost for path in one] == [path.cost for path in same]


@pytest.mark.parametrize("seed", range(16))
def test_the_bound_of_columns_is_below_every_legal_roster(seed: int) -> None:
    drawn = draw_roster(100 + seed, people=2, days=2, rows=seed % 2)
    compiled, weights, people = read(drawn)
    best = best_of(every_plan(drawn, compiled, weights))
    pricing = set_up(compiled, weights, people)
    if pricing is None or not pricing.begin(never):
        assert best is None
        return
    bounds = []
    pricing.quick = seed % 4 > 1
    while not pricing.done:
        assert pricing.converge(never, 1)
        bounds.append(pricing.bound)
    if best is not None:
        assert all(bound is None or bound <= best for bound in bounds)


@pytest.mark.parametrize("seed", range(4))
def test_a_bound_is_a_cost_that_a_roster_may_have(seed: int) -> None:
    drawn = draw_roster(100 + seed, people=2, days=2, rows=0)
    for rule in drawn.rules:
        rule.tier, rule.price = max(rule.tier, 1), 15 * rule.price
    compiled, weights, people = read(drawn)
    best = best_of(every_plan(drawn, compiled, weights))
    pricing = set_up(compiled, weights, people)
    assert pricing is not None
    assert pricing.begin(never)
    assert pricing.converge(never)
    assert pricing.bound is not None
    assert best is not None
    assert pricing.step % 15 == 0
    assert pricing.bound % pricing.step == 0
    assert best - pricing.step < pricing.bound <= best


def small(seed: int) -> tuple[Drawn, Pricing, Compiled, Weights]:
    """Two people with run lengths, sequences and cover: all rules fit columns whole."""
    drawn = draw_roster(seed, people=2, days=3, rows=0)
    drawn.rules = [rule for rule in drawn.rules if not rule.id.startswith("any")]
    for rule in drawn.rules:
        rule.tier = max(rule.tier, 1)
    compiled, weights, people = read(drawn)
    pricing = set_up(compiled, weights, people)
    assert pricing is not None
    assert pricing.begin(never)
    assert pricing.converge(never)
    return drawn, pricing, compiled, weights


@pytest.mark.parametrize("seed", range(4))
def test_a_dive_gives_a_roster_that_costs_what_its_columns_say(seed: int) -> None:
    drawn, pricing, compiled, weights = small(seed)
    columns = dive(pricing, never, rounds=10, together=0.8)
    assert columns is not None
    assert [column.person for column in columns] == [0, 1]
    slots = pricing.slots_of(columns)
    search = Search(compiled, weights, drawn.codes)
    search.put(compiled.slot_cell[slots], slots)
    assert pricing.bound is not None
    assert pricing.bound <= search.cost.soft
    assert search.cost.soft <= 3 * max(pricing.bound, 30)  # a dive is no proof, but no accident
    again = pricing.columns_of(search.state.current)
    assert again == columns


@pytest.mark.parametrize("seed", range(3))
def test_a_dive_in_a_hurry_prices_nobody_and_still_gives_everybody_a_roster(seed: int) -> None:
    _, pricing, _, _ = small(seed)
    labels, solved = pricing.planner.labels, []
    solve = Master.solve
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Master, "solve", lambda *asked: solved.append(1) or solve(*asked))
        columns = dive(pricing, never, rounds=10, together=2.0, hurry=lambda: True)
    assert columns is not None
    assert [column.person for column in columns] == [0, 1]
    assert pricing.planner.labels == labels
    assert len(solved) == 3  # the first, for all and for the one that is left


def test_a_stop_sign_ends_pricing_and_dives_at_once() -> None:
    _, pricing, _, _ = small(1)
    assert dive(pricing, lambda: True) is None
    assert not pricing.converge(lambda: True)
    answer = pricing.master.solve()
    assert answer is not None
    assert pricing.round(answer, lambda: True) is None


def test_the_last_person_without_a_lawful_course_of_days_leaves_no_columns() -> None:
    drawn = draw_roster(3, people=2, days=2, rows=0)
    assert isinstance(drawn.space, Roster)
    cells = tuple(drawn.space.of["P1", "work", day] for day in range(2))
    impossible = Linear(about("no"), ((cells, {0: 1, 1: 1, 2: 1, 3: 1}),), hi=1)
    drawn.rules = [Says("no", 0, 720, [impossible])]
    compiled, weights, people = read(drawn)
    assert set_up(compiled, weights, people) is None


def test_what_counts_over_all_days_and_is_too_large_goes_to_the_master() -> None:
    drawn = draw_roster(5, people=1, days=4, rows=0)
    assert isinstance(drawn.space, Roster)
    cells = tuple(drawn.space.of["P0", "work", day] for day in range(4))
    rules = []
    for code, most in ((1, 1), (2, 1), (3, 1)):
        for lower in range(2):  # six counters of different steps, more than are carried at once
            table = {code: 1 + lower, 0: lower}
            bound = Linear(about(f"{code}{lower}"), ((cells, table),), hi=most + 3 * lower)
            rules.append(Says(f"{code}{lower}", 0, 720, [bound]))
    drawn.rules = [*rules, Says("work", 1, 9, [Linear(about("w"), ((cells, {0: 1}),), hi=0)])]
    compiled, weights, people = read(drawn)
    days = Reader(compiled, weights, people).days(0, None, None)
    assert days is not None
    graph = draw(days)
    assert graph is not None
    assert len(graph.left) == len(days.counters) - 4
    pricing = set_up(compiled, weights, people)
    assert pricing is not None
    assert pricing.begin(never)
    pricing.quick = True
    assert pricing.converge(never)
    best = best_of(every_plan(drawn, compiled, weights))
    assert best is not None
    assert pricing.bound is not None
    assert 0 < pricing.bound <= best


@pytest.mark.parametrize("pinned", [False, True])
def test_a_lane_brings_rosters_of_columns_and_no_bound_where_pins_hold(pinned: bool) -> None:
    drawn, _, compiled, weights = small(1)
    for rule in drawn.rules:
        rule.type = rule.id  # type: ignore[attr-defined]
    told: list[int] = []
    search = Search(compiled, weights, drawn.codes)
    before = search.best_cost
    effort = SimpleNamespace(counted=True, effort=1.0)
    meeting = SimpleNamespace(
        allowance=effort, counted=True, prove=lambda bound, source: told.append(bound)
    )
    people = people_of(drawn.space)  # type: ignore[arg-type]
    day = np.full(compiled.cells, -1, np.int32)
    for number, cells in ((d, c) for own in people for d, c in enumerate(own)):
        day[cells] = number
    lane: Any = SimpleNamespace(meeting=meeting, search=search, over=never, bring=lambda: None)
    lane.moves = SimpleNamespace(days=3)
    lane.read = lambda pricing: Windows(pricing, search, day)
    assert by_columns(lane, compiled, (), people, 0.0, pinned=pinned)
    assert search.best_cost < before
    assert search.cost == search.best_cost
    assert bool(told) is not pinned
    assert all(bound <= search.cost.soft for bound in told)


def test_of_cpu_seconds_a_lane_counts_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """All lanes spend the budget; each has its seconds of it."""
    clock = [100.0]
    monkeypatch.setattr(columns.time, "thread_time", lambda: clock[0])
    shared = SimpleNamespace(counted=False, cpu=True, now=lambda: pytest.fail("that of all lanes"))
    lane: Any = SimpleNamespace(
        meeting=SimpleNamespace(allowance=shared, counted=False), over=never
    )
    work = columns.Work(lane, 60.0)
    clock[0] += 15.0
    assert work.used() == 0.25
    assert work.over(0.2)
    assert not work.over(0.3)
    wall = SimpleNamespace(counted=False, cpu=False, now=lambda: clock[0])
    lane.meeting.allowance = wall
    work = columns.Work(lane, 60.0)
    clock[0] += 30.0
    assert work.used() == 0.5


def test_duals_are_rounded_inside_what_slack_costs() -> None:
    _, pricing, _, _ = small(2)
    master = pricing.master
    wild = np.full(len(master.rows), 1e9)
    for duals in (master.rounded(wild), master.rounded(-wild)):
        for dual, row in zip(duals.tolist(), master.rows, strict=True):
            assert -row.over * SCALE <= dual <= row.under * SCALE


def test_a_code_that_only_a_pin_allows_is_kept() -> None:
    drawn = draw_roster(7, people=1, days=2, rows=0)
    compiled, weights, people = read(drawn)
    now = compiled.slots_of(drawn.codes)
    may_move = np.zeros(compiled.cells, np.uint8)
    days = Reader(compiled, weights, people).days(0, now, may_move)
    assert days is not None
    assert [len(letters) for letters in days.letters] == [1] * len(days.letters)
    taken = {slot for letters in days.letters for slot in letters[0]}
    assert taken == set(now.tolist())


@pytest.mark.parametrize(("each", "given_up"), [(0.0005, None), (0.003, 7)])
def test_reading_people_is_given_up_where_all_of_them_take_too_long(
    each: float, given_up: int | None
) -> None:
    """A hundred people: a share of 0.003 each is twice what reading may take, told after six."""

    class Spent:
        share = 0.1

        def used(self) -> float:
            return self.share

        def over(self, share: float) -> bool:
            return self.share > share

    spent = Spent()
    reading = _Reading(spent, 100)  # type: ignore[arg-type]
    asked = 0
    for number in range(1, 101):
        if reading.too_long():
            asked = number
            break
        spent.share += each
    assert asked == (given_up or 0)
