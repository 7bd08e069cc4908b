"""A first roster is made person by person, and everybody's own rules are kept where they can be."""

from typing import Any

import numpy as np
import pytest
from rows_drawing import Drawn, Roster, Says, about, draw_roster, runs

from planner.rules.blocks import Codes, Linear, Price
from solvers.rows import price_list
from solvers.rows.compile import compile as compiled_of
from solvers.rows.first_roster import OneByOne, cover_unit, first_roster
from solvers.rows.moves_roster import RosterMoves, roster_moves
from solvers.rows.search import Search
from solvers.rows.weights import SEARCH, weigh


def ward(seed: int) -> Drawn:
    """Six people, two weeks: 5 to 8 days of work each, runs of 2 to 4, two wanted on each shift."""
    drawn = draw_roster(seed, people=6, days=14, rows=0)
    space: Any = drawn.space
    assert isinstance(space, Roster)
    off = Codes(frozenset({0}))
    run, due, cover = Says("run", 0, 720), Says("due", 0, 720), Says("cover", 1, 100)
    for person in range(6):
        days = space.line(person)[space.past :]
        run.said_rows.extend(
            row for row in runs(space, person, 4, 2, off) if row.about.first >= space.past
        )
        work = ((tuple(days), {1: 1, 2: 1, 3: 1}),)
        due.said_rows.append(Linear(about("due", (f"P{person}",)), work, lo=5, hi=8))
    for day in range(14):
        cells = tuple(space.of[f"P{person}", "work", day] for person in range(6))
        for code in (1, 2, 3):
            row = about("cover", (), day, day)
            cover.said_rows.append(Linear(row, ((cells, {code: 1}),), lo=1))
    absent = Price("away", tuple(space.line(0)[-3:]), ~off)
    drawn.rules = [run, due, cover, Says("away", 0, 720, [], [absent])]
    drawn.codes = [space.fixed(cell) or 0 for cell in range(space.cells)]
    return drawn


def search_and_moves(drawn: Drawn) -> tuple[Search, RosterMoves]:
    compiled = compiled_of(drawn.space, drawn.rules)
    search = Search(compiled, weigh(compiled), drawn.codes, seed=3)
    space: Any = drawn.space
    return search, roster_moves(compiled, *space.lines())


PEOPLE = [[2 * person, 2 * person + 1] for person in range(6)]


def test_every_own_rule_is_kept_and_the_cost_is_that_of_the_blocks() -> None:
    for seed in range(5):
        drawn = ward(seed)
        search, moves = search_and_moves(drawn)
        assert search.cost.hard >= 6 * 720
        placed: list[int] = []
        first_roster(search, moves, PEOPLE, seed=seed, placed=placed.append)
        assert sorted(placed) == list(range(6))
        assert search.cost.hard == 0
        codes = [int(code) for code in search.codes]
        assert search.cost == price_list.cost(drawn.space, drawn.rules, codes, kinds=SEARCH)
        assert not any(codes[cell] for cell in drawn.space.line(0)[-3:])  # type: ignore[union-attr]


def broken(seed: int) -> tuple[Search, RosterMoves, set[int]]:
    """A legal roster in which one person now works all her days; her cells of both tracks."""
    drawn = ward(seed)
    space: Any = drawn.space
    search, moves = search_and_moves(drawn)
    first_roster(search, moves, PEOPLE, seed=seed)
    assert search.cost.hard == 0
    for cell in space.line(2)[space.past :]:
        search.change(cell, 1)
    assert search.cost.hard > 0
    return search, moves, {*space.line(2), *space.line(2, "call")}


@pytest.mark.parametrize("seed", [1, 3, 4])
def test_a_person_in_breach_is_mended_and_nobody_else_is_moved(seed: int) -> None:
    search, moves, own = broken(seed)
    before = search.codes
    OneByOne(search, moves, PEOPLE).mend(search)
    assert search.cost.hard == 0
    assert search.best_cost == search.cost
    changed = np.flatnonzero(search.codes != before).tolist()
    assert changed
    assert set(changed) <= own


def test_mending_is_stopped_at_once() -> None:
    search, moves, _ = broken(1)
    before = search.codes.tolist()
    OneByOne(search, moves, PEOPLE).mend(search, np.ones(1, np.uint8))
    assert search.codes.tolist() == before


def test_the_unit_of_temperatures_is_the_weight_of_cover() -> None:
    drawn = ward(1)
    search, moves = search_and_moves(drawn)
    assert cover_unit(search, moves) == 100.0
    drawn.rules = [drawn.rules[3]]
    search, moves = search_and_moves(drawn)
    assert cover_unit(search, moves) == 1.0


def test_who_cannot_be_helped_does_not_keep_the_others_waiting() -> None:
    drawn = ward(2)
    space: Any = drawn.space
    every_day = Price("away", tuple(space.line(0)[space.past :]), Codes(frozenset({1, 2, 3})))
    drawn.rules.append(Says("gone", 0, 720, [], [every_day]))
    search, moves = search_and_moves(drawn)
    first_roster(search, moves, PEOPLE)
    assert search.cost.hard == 5 * 720  # her own five days short, and nobody else's


def test_a_stop_sign_ends_it_between_people() -> None:
    drawn = ward(3)
    search, moves = search_and_moves(drawn)
    placed: list[int] = []
    stop = np.ones(1, np.uint8)
    first_roster(search, moves, PEOPLE, stop=stop, placed=placed.append)
    assert placed == []
    assert search.codes.tolist() == drawn.codes
