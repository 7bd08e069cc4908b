"""What blocks become as arrays, by hand-made examples; the price list says the same in items."""

import os
import sys
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from demo_hospitals import generate
from rows_drawing import Drawn, Roster, Says, Theatre, about, draw_roster, draw_theatre

from planner.rules.blocks import Codes, Linear, Never, Price
from planner.rules.space import RosterSpace
from planner.rules.theatre_space import TheatreSpace
from solvers.memory import give_back
from solvers.rows import price_list
from solvers.rows.arrays import Compiled, amounts, values
from solvers.rows.compile import compile as compiled_of
from solvers.rows.weights import Cost, halves, split

OFF = Codes(frozenset({0}))


def one_person() -> Roster:
    return Roster(1, 4, 0, 4, Random(0))  # work codes 0, 1, 2; call codes 0, 3


def row_values(compiled: Compiled, codes: list[int]) -> list[int]:
    found: list[int] = values(compiled, compiled.slots_of(codes))[0].tolist()
    return found


def test_slots_are_void_and_the_codes_of_the_domain() -> None:
    space = one_person()
    compiled = compiled_of(space, [])
    assert compiled.slots == 4 * 4 + 4 * 3
    assert compiled.slot_code[:4].tolist() == [-1, 0, 1, 2]
    assert compiled.slot(4, 3) == 4 * 4 + 2
    codes = [1, 0, 2, 0, 3, 0, 0, 3]
    assert compiled.codes_of(compiled.slots_of(codes)).tolist() == codes
    with pytest.raises(KeyError):
        compiled.slot(0, 3)
    with pytest.raises(KeyError, match=r"\(4, 1\)"):
        compiled.slots_of([0, 0, 0, 0, 1, 0, 0, 0])


def test_an_option_belongs_to_one_case() -> None:
    drawn = draw_theatre(1)
    compiled = compiled_of(drawn.space, drawn.rules)
    space: Any = drawn.space
    case = space.owner(1)
    assert compiled.slot_cell[compiled.slot(case, 1)] == case
    with pytest.raises(KeyError):
        compiled.slot((case + 1) % space.cells, 1)


def test_sums_count_a_cell_as_often_as_it_is_named_and_codes_by_their_table() -> None:
    space = one_person()
    row = Linear(about("sum"), (((0, 1, 1), {1: 5, 2: 7}), ((1,), {0: 2})), lo=0)
    compiled = compiled_of(space, [Says("sum", 0, 1, [row])])
    assert row_values(compiled, [1, 2, 0, 0, 0, 0, 0, 0]) == [5 + 7 + 7]
    assert row_values(compiled, [0, 0, 0, 0, 0, 0, 0, 0]) == [2]


def test_options_of_other_cases_do_not_count_in_a_sum() -> None:
    drawn = draw_theatre(1)
    space: Any = drawn.space
    codes = space.into(0)
    inside = space.cells_of(codes)[:1]
    row = Linear(about("sum"), ((inside, dict.fromkeys(codes, 4)),), hi=0)
    compiled = compiled_of(space, [Says("sum", 0, 1, [row])])
    chosen = [next((c for c in codes if space.owner(c) == cell), 0) for cell in range(space.cells)]
    assert row_values(compiled, chosen) == [4]


def test_a_test_of_one_cell_is_a_sum_and_others_are_counters() -> None:
    space = one_person()
    idle = (((0,), OFF),)
    both = (((0, 4), OFF),)
    same_cell = (((0,), ~OFF), ((0,), Codes(frozenset({0, 1}))))  # code 1
    row = Linear(about("f"), (), ((idle, 1), (both, 10), (same_cell, 100)), lo=0)
    compiled = compiled_of(space, [Says("f", 0, 1, [row])])
    assert len(compiled.base) == 1  # `both` alone
    assert row_values(compiled, [0, 0, 0, 0, 0, 0, 0, 0]) == [11]
    assert row_values(compiled, [0, 0, 0, 0, 3, 0, 0, 0]) == [1]
    assert row_values(compiled, [1, 0, 0, 0, 0, 0, 0, 0]) == [100]


def test_a_feature_without_cells_is_always_true() -> None:
    space = one_person()
    nothing = (((), ~Codes(frozenset())),)
    row = Linear(about("f"), (), ((nothing, 3),), hi=0)
    compiled = compiled_of(space, [Says("f", 0, 1, [row, Never(about("n"), nothing, 2)])])
    assert row_values(compiled, [0] * 8) == [3]
    assert price_list.cost(space, [Says("f", 0, 1, [row])], [0] * 8) == Cost(3, 0)


def test_amounts_grow_by_each_outside_the_bounds_and_beyond_the_knee() -> None:
    space = one_person()
    table = {1: 10, 2: 1}
    row = Linear(about("r"), (((0, 1, 2, 3), table),), lo=2, hi=20, each=3, knee=30, beyond=2)
    compiled = compiled_of(space, [Says("r", 2, 1, [row])])
    wanted = {0: 6, 1: 3, 2: 0, 20: 0, 21: 3, 30: 30, 31: 33 + 2, 40: 60 + 20}
    for value, amount in wanted.items():
        assert amounts(compiled, np.array([value])).tolist() == [amount]


def test_prices_are_items_of_the_cells_that_may_take_the_code() -> None:
    space = one_person()
    price = Price("wish", (0, 4), Codes(frozenset({2, 3})), 6)
    compiled = compiled_of(space, [Says("wish", 4, 5, [], [price])])
    prices = compiled.prices
    assert prices.slot.tolist() == [compiled.slot(0, 2), compiled.slot(4, 3)]
    assert prices.amount.tolist() == [6, 6]
    others = Price("wish", (0, 4), ~OFF, 1)
    compiled = compiled_of(space, [Says("wish", 4, 5, [], [others])])
    assert len(compiled.prices.slot) == 3


def test_rows_keep_what_they_are_about_and_what_they_take_as_kept() -> None:
    space = one_person()
    row = Linear(about("r", ("P0",), 1, 2), (((0,), {1: 1}),), hi=0, given=("room_overlap",))
    never = Never(about("n", ("P0",), 0, 3), (((0,), OFF), ((1,), OFF)), kind="guide")
    compiled = compiled_of(space, [Says("a", 0, 1, [never]), Says("b", 1, 1, [row])])
    assert (compiled.rows.about[0], compiled.rows.given[0]) == (row.about, ("room_overlap",))
    assert compiled.rows.rule.tolist() == [1]
    assert compiled.nevers.about[0] == never.about
    assert compiled.nevers.kind.tolist() == [2]


def test_the_price_list_names_rule_subject_days_and_amount() -> None:
    space = one_person()
    drawn = Drawn(space, [], [1, 1, 0, 0, 0, 0, 0, 0])
    row = Linear(about("most", ("P0",), 0, 3), (((0, 1, 2, 3), {1: 8}),), hi=10)
    never = Never(about("two", ("P0",), 0, 1), (((0, 1), Codes(frozenset({1}))),), 4)
    price = Price("wish", (1, 2), Codes(frozenset({1})), 2)
    rules = [Says("sum", 0, 3, [row]), Says("seq", 2, 5, [never]), Says("wish", 4, 7, [], [price])]
    found = list(price_list.items(space, rules, drawn.codes))
    assert [(i.rule, i.about, i.amount) for i in found] == [
        ("sum", row.about, 6),
        ("seq", never.about, 4),
        ("wish", about("wish", ("P0",), 1, 1), 2),
    ]
    assert price_list.cost(space, rules, drawn.codes) == Cost(18, 20 + 14)


def test_void_cells_pass_no_test_and_add_nothing_in_the_price_list() -> None:
    void = [-1] * 8
    assert not price_list.holds((((0,), ~OFF),), void)
    row = Linear(about("r"), (((0,), {0: 1, 1: 1}),), lo=1)
    assert price_list.amount_of(row, void) == 1


def test_sums_of_hard_and_soft_costs_come_apart_again() -> None:
    for hard, soft in ((0, 0), (3, -5), (-2, 7), (100_000, 4_000_000_000), (1, -4_000_000_000)):
        total = (hard << 34) + soft
        assert split(total) == Cost(hard, soft)
        assert [int(part[0]) for part in halves(np.array([total]))] == [hard, soft]


def test_compiling_twice_gives_the_same_arrays() -> None:
    for drawer in (draw_roster, draw_theatre):
        drawn = drawer(9)
        one, other = (compiled_of(drawn.space, drawn.rules) for _ in range(2))
        for name in ("loads", "tests", "terms"):
            for left, right in zip(getattr(one, name), getattr(other, name), strict=True):
                assert left.tolist() == right.tolist()
        assert one.prices.slot.tolist() == other.prices.slot.tolist()
        assert one.nbytes == other.nbytes > 0
    assert isinstance(drawn.space, Theatre)


def test_a_space_that_has_forgotten_says_the_same_again() -> None:
    hospital = generate("small", 1)
    for space in (TheatreSpace(hospital), RosterSpace(hospital)):
        part = "theatre" if isinstance(space, TheatreSpace) else "roster"
        rules = [rule for rule in hospital.rules if rule.part == part]
        one = compiled_of(space, rules)
        before = vars(space).copy()
        space.forget()
        gone = [name for name, value in before.items() if name not in vars(space) or not value]
        assert len(gone) >= 5
        other = compiled_of(space, rules)
        for name in ("loads", "tests", "terms"):
            for left, right in zip(getattr(one, name), getattr(other, name), strict=True):
                assert left.tolist() == right.tolist()


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told to give memory back")
def test_what_is_freed_goes_back_to_the_system() -> None:
    def resident() -> int:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    kept, blocks = [], []
    for number in range(40_000):  # too small for pages of their own, and what stays lies between
        blocks.append(np.ones(200))
        if number % 100 == 0:
            kept.append(np.ones(200))
    full = resident()
    blocks.clear()
    give_back()
    assert resident() < full - 30_000_000
    assert len(kept) == 400
