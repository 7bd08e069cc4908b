"""A lane that takes over a better roster keeps what it gained by itself, where that still gains."""

from typing import Any

import numpy as np
import pytest
from roster_small import need, person, roster_problem

from planner.rules.space import RosterSpace
from solvers.lanes import stop_sign
from solvers.roster.lane import Lane
from solvers.roster.layout import lay_out
from solvers.roster.patches import Patches
from solvers.rows import compile as rows_compile
from solvers.rows.moves_roster import roster_moves
from solvers.rows.search import Search
from solvers.rows.weights import weigh

DAYS, DAY, NIGHT = 14, 1, 2


class Table:
    """A roster that lacks two people a day and nobody works yet; cells by person and day."""

    def __init__(self) -> None:
        cover = tuple(need(day, "Z", 2) for day in range(DAYS))
        problem = roster_problem(tuple(person(f"P{i}") for i in range(4)), cover, DAYS)
        self.space = RosterSpace(problem, ())
        self.compiled = rows_compile.compile(self.space, problem.rules)
        self.layout = lay_out(self.space)
        self.weights = weigh(self.compiled)

    def search(self, *work: tuple[int, int]) -> Search:
        """Make a search in which these people work these days."""
        made = Search(self.compiled, self.weights, [0] * self.compiled.cells, seed=3)
        self.give(made, *work)
        made.keep()
        return made

    def give(self, search: Search, *work: tuple[int, int], code: int = DAY) -> None:
        for number, day in work:
            search.change(self.layout.lines[number][day], code)
        search.keep()

    def works(self, search: Search) -> set[tuple[int, int]]:
        """Give who works when."""
        codes = search.codes
        return {
            (number, day)
            for number, line in enumerate(self.layout.lines)
            for day, cell in enumerate(line)
            if codes[cell] == DAY
        }


@pytest.fixture
def table() -> Table:
    return Table()


def noted(search: Search, before: Any) -> Patches:
    patches = Patches()
    patches.note(before, search.state.best)
    return patches


def test_gains_of_other_days_are_put_on_the_roster_that_is_taken_over(table: Table) -> None:
    mine = table.search()
    before = mine.state.best.copy()
    table.give(mine, (0, 5), (1, 5))
    better = table.search((2, 1), (3, 1), (2, 9))
    cost = better.best_cost
    noted(mine, before).put(better)
    assert table.works(better) == {(2, 1), (3, 1), (2, 9), (0, 5), (1, 5)}
    assert better.best_cost == better.cost < cost


def test_what_gains_nothing_any_more_is_left_out(table: Table) -> None:
    mine = table.search()
    before = mine.state.best.copy()
    table.give(mine, (0, 5), (1, 5))
    better = table.search((2, 5), (3, 5), (0, 1))
    cost, slots = better.best_cost, better.state.best.tolist()
    patches = noted(mine, before)
    patches.put(better)
    assert better.best_cost == better.cost == cost
    assert better.state.best.tolist() == better.state.current.tolist() == slots


def test_gains_are_put_once_and_the_same_roster_leaves_none(table: Table) -> None:
    mine = table.search()
    patches = noted(mine, mine.state.best.copy())
    patches.put(better := table.search())
    assert not table.works(better)
    table.give(mine, (0, 5))
    patches = noted(mine, table.search().state.best)
    patches.put(table.search())
    patches.put(better)
    assert not table.works(better)


def test_a_lane_that_is_behind_brings_a_roster_with_the_gains_of_both(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = table.search((2, 1), (3, 1), (2, 9))
    brought: list[Any] = []

    class Meeting:
        counted, pricing = False, None
        looks = 0

        def over(self) -> bool:
            self.looks += 1
            return self.looks > 4

        def bring(self, cost: Any, codes: Any) -> None:
            brought.append((cost, codes.copy()))

        def take(self) -> Any:
            return None if self.looks < 3 else (other.best_cost, other.best_codes)

    search = table.search()
    moves = roster_moves(table.compiled, table.layout.lines, table.layout.tracks)
    with stop_sign(lambda: False) as stop:
        lane = Lane(Meeting(), search, moves, stop, 720.0, 3)  # type: ignore[arg-type]
        gains = iter([(0, 5), (1, 12)])

        def gain(*_: object) -> float:
            for each in gains:
                table.give(search, each)
                break
            return 0.1

        monkeypatch.setattr(lane, "_solve", gain)
        monkeypatch.setattr(lane, "_warm", gain)
        lane.descend()
    assert table.works(search) == {(2, 1), (3, 1), (2, 9), (0, 5), (1, 12)}
    assert min(cost for cost, _ in brought) == search.best_cost < other.best_cost
    assert np.array_equal(brought[-1][1], search.best_codes)
