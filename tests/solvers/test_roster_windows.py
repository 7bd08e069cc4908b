"""Windows of a roster, solved by whole courses of days, against trying everything."""

from itertools import product
from random import Random

import numpy as np
import pytest
from rows_drawing import Drawn, Roster, draw_roster

from solvers.cpsat import Limits
from solvers.roster.neighbourhoods import Solved, fresh, window_choosers
from solvers.roster.pricing import set_up
from solvers.roster.windows import Windows
from solvers.rows.compile import compile as compiled_of
from solvers.rows.lns import Operator
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, weigh

PEOPLE, DAYS = 3, 4
LIMITS = Limits(deterministic=5.0)


def drawn_of(seed: int, times: int = 1) -> Drawn:
    """Some people with run lengths, sequences, sums and cover, of which none is law.

    Weights are so many times those drawn.
    """
    drawn = draw_roster(seed, people=PEOPLE, days=DAYS, rows=0)
    drawn.rules = [rule for rule in drawn.rules if not rule.id.startswith("any")]
    for rule in drawn.rules:
        rule.tier = max(rule.tier, 1)
        rule.price *= times
    return drawn


def people_of(space: Roster) -> list[list[list[int]]]:
    return [
        [list(cells) for cells in zip(space.line(p), space.line(p, "call"), strict=True)]
        for p in range(space.people)
    ]


def windows_of(seed: int, times: int = 1) -> tuple[Drawn, Search, Windows]:
    drawn = drawn_of(seed, times)
    space = drawn.space
    assert isinstance(space, Roster)
    compiled = compiled_of(space, drawn.rules)
    search = Search(compiled, weigh(compiled, kinds=JUDGED), drawn.codes)
    people = people_of(space)
    pricing = set_up(compiled, search.weights, people)
    assert pricing is not None
    day = np.full(compiled.cells, -1, np.int32)
    for own in people:
        for number, cells in enumerate(own):
            day[cells] = number
    return drawn, search, Windows(pricing, search, day)


def best_of_window(drawn: Drawn, search: Search, cells: list[int]) -> int:
    """The least cost of all plans that differ in some cells only."""
    compiled, now = search.compiled, search.state.current.copy()
    trial = Search(compiled, search.weights, drawn.codes)
    closed = search.weights.closed
    slots = [
        [s for s in range(compiled.slot_start[c] + 1, compiled.slot_start[c + 1]) if not closed[s]]
        for c in cells
    ]
    trial.put(np.arange(compiled.cells, dtype=np.int32), now)
    least = trial.cost.soft
    for chosen in product(*slots):
        trial.put(np.array(cells, np.int32), np.array(chosen, np.int32))
        least = min(least, trial.cost.soft)
    return least


@pytest.mark.parametrize("seed", range(12))
def test_a_window_is_solved_as_well_as_trying_all_does(seed: int) -> None:
    drawn, search, windows = windows_of(seed, 1 + 6 * (seed % 3))
    assert windows.step % (1 + 6 * (seed % 3)) == 0
    dice = Random(seed)
    members = sorted(dice.sample(range(PEOPLE), 2))
    first = dice.randrange(DAYS - 1)
    last = first + 2 - (seed % 2)
    own = people_of(drawn.space)  # type: ignore[arg-type]
    inside = [
        cell
        for number in members
        for cells in own[number][first:last]
        for cell in cells
        if search.state.movable[cell]
    ]
    least, before = best_of_window(drawn, search, inside), search.state.current.copy()
    old = search.cost
    step = windows.improve(members, first, last, limits=LIMITS)
    assert step.proven
    assert search.cost.soft == least
    assert step.saved.soft == old.soft - least
    assert search.best_cost == search.cost
    changed = np.flatnonzero(search.state.current != before).tolist()
    assert set(changed) <= set(inside)


def test_a_window_is_the_same_each_time_and_counts_the_same_work() -> None:
    seen = []
    for _ in range(2):
        _, search, windows = windows_of(3)
        step = windows.improve(range(PEOPLE), 0, DAYS, limits=LIMITS)
        seen.append((step, search.codes.tolist()))
    assert seen[0] == seen[1]
    assert seen[0][0].spent > 0


def test_a_stopped_window_leaves_the_plan() -> None:
    _, search, windows = windows_of(3)
    before = search.codes.tolist()
    step = windows.improve(range(PEOPLE), 0, DAYS, limits=LIMITS, should_stop=lambda: True)
    assert not step.found
    assert search.codes.tolist() == before


def test_what_the_kernel_calls_worse_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph may allow more than the rules do."""
    _, search, windows = windows_of(3)
    before = search.codes.tolist()
    seen: list[int] = []
    put = search.put

    def spoilt(cells: object, slots: object) -> object:
        made = put(cells, slots)  # type: ignore[arg-type]
        seen.append(1)
        if len(seen) == 1:
            search.state.tally[0] += 1 << 33
        return made

    total = int(search.state.tally[0])
    monkeypatch.setattr(search, "put", spoilt)
    step = windows.improve(range(PEOPLE), 0, DAYS, limits=LIMITS)
    assert len(seen) == 2
    assert step.saved == (0, 0)
    assert search.codes.tolist() == before
    assert int(search.state.tally[0]) == total + (1 << 33)


@pytest.mark.parametrize("size", [1, 30, 120, 5000])
def test_windows_are_chosen_inside_the_roster_and_about_as_large_as_asked(size: int) -> None:
    dice = Random(size)
    ways = window_choosers(20, 28)
    for _ in range(20):
        members, first, last = ways["window_of_all"](size, dice)
        assert members == list(range(20))
        assert 0 <= first < last <= 28
        assert last - first == min(28, max(1, round(size / 20)))
        members, first, last = ways["window_of_some"](size, dice)
        assert members == sorted(set(members))
        assert 2 <= len(members) <= 20
        assert 0 <= first < last <= 28
        members, first, last = ways["whole_rows"](size, dice)
        assert len(members) == min(20, max(1, round(size / 28)))
        assert (first, last) == (0, 28)


def test_windows_that_gained_nothing_are_not_solved_again_until_the_roster_is_another() -> None:
    solved = Solved()
    solved.add(([0, 1, 2], 3, 9), 7)
    assert solved.holds(([0, 2], 3, 8), 7)
    assert not solved.holds(([0, 3], 3, 8), 7)
    assert not solved.holds(([0, 1], 2, 8), 7)
    assert not solved.holds(([0, 1], 4, 10), 7)
    assert not solved.holds(([0, 2], 3, 8), 6)
    assert not solved.holds(([0, 2], 3, 8), 7)  # it has been another in between


def test_windows_grow_where_all_of_their_size_gained_nothing_up_to_the_whole_roster() -> None:
    solved, dice = Solved(), Random(1)
    way = window_choosers(10, 4)["window_of_all"]
    operator = Operator("window_of_all", lambda _size, _draw: [], 10.0, most=40.0)
    for first in range(4):
        solved.add((list(range(10)), first, first + 1), 5)
    _, first, last = fresh(way, operator, solved, 5, dice)
    assert last - first == 2
    assert 15 <= operator.size < 25
    solved.add((list(range(10)), 0, 4), 5)
    assert fresh(way, operator, solved, 5, dice) == (list(range(10)), 0, 4)
    assert operator.size == 40.0
