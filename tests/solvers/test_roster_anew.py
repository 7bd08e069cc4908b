"""Small rosters are annealed anew where neighbourhoods gain no more, and never lose what they have."""

from typing import Any

import numpy as np
import pytest
from roster_small import need, person, roster_problem

from planner.rules.space import RosterSpace
from planner.runs import Budget, SolveRequest
from solvers.budget import Meter, allow
from solvers.engine import Desk
from solvers.lanes import stop_sign
from solvers.roster import lane as lanes
from solvers.roster import pipeline
from solvers.roster.lane import Lane
from solvers.roster.layout import lay_out
from solvers.roster.meeting import Meeting
from solvers.rows import compile as rows_compile
from solvers.rows.first_roster import OneByOne, cover_unit, first_roster
from solvers.rows.moves_roster import roster_moves
from solvers.rows.search import Search
from solvers.rows.state import BEST
from solvers.rows.weights import weigh

DAYS, ROUNDS = 14, 200


class Counted:
    """A meeting that ends a lane after so many looks."""

    counted = False
    pricing = None

    def __init__(self) -> None:
        self.looks = 0
        self.best: list[Any] = []

    def over(self) -> bool:
        self.looks += 1
        return self.looks > ROUNDS

    def bring(self, cost: Any, codes: Any) -> None:
        self.best.append(cost)

    def take(self) -> None:
        return None


@pytest.fixture
def lane() -> Any:
    """A lane on a roster that lacks one person a night, with a legal first plan."""
    cover = tuple(need(day, s, n) for day in range(DAYS) for s, n in (("Z", 2), ("N", 3)))
    problem = roster_problem(tuple(person(f"P{i}") for i in range(8)), cover, DAYS)
    space = RosterSpace(problem, ())
    compiled = rows_compile.compile(space, problem.rules)
    layout = lay_out(space)
    moves = roster_moves(compiled, layout.lines, layout.tracks)
    search = Search(compiled, weigh(compiled), [0] * compiled.cells, seed=3)
    first_roster(search, moves, layout.people)
    search.back_to_best()
    with stop_sign(lambda: False) as stop:
        made = Lane(Counted(), search, moves, stop, cover_unit(search, moves), 3)  # type: ignore[arg-type]
        made.enough = 20_000
        made.alone = OneByOne(search, moves, layout.people)
        yield made


@pytest.mark.parametrize("anew", [0.0, 0.7])
def test_a_lane_is_annealed_anew_after_its_patience_and_only_where_it_may(
    anew: float, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    hot_ones: list[tuple[int, float]] = []
    dry: list[int] = []

    def gains_nothing(*_: object) -> float:
        dry.append(1)
        return 0.1

    monkeypatch.setattr(lanes, "_PATIENCE", 5)
    monkeypatch.setattr(lane, "_solve", gains_nothing)
    monkeypatch.setattr(lane, "_warm", gains_nothing)
    monkeypatch.setattr(lane, "restart", lambda tries, *, hot: hot_ones.append((tries, hot)))
    lane.anew = anew
    lane.descend()
    assert len(dry) == ROUNDS
    assert hot_ones == ([(lane.enough, anew)] * (ROUNDS // 5) if anew else [])


def test_work_that_is_counted_is_never_annealed_anew(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would spend moves that nobody counts, and end later than an effort of that size."""
    monkeypatch.setattr(lanes, "_PATIENCE", 2)
    monkeypatch.setattr(lane, "_solve", lambda *_: 0.1)
    monkeypatch.setattr(lane, "restart", lambda *_, **__: pytest.fail("it was annealed anew"))
    lane.anew = 0.7
    lane.descend(3.0)


def test_a_hot_annealing_anew_keeps_the_best_roster(lane: Lane) -> None:
    lane.restart(20_000, hot=0.15)
    best, codes = lane.search.best_cost, lane.search.best_codes.tolist()
    for _ in range(3):
        lane.restart(20_000, hot=50.0)  # hot enough to scatter everything
        assert lane.search.best_cost <= best
        assert lane.search.cost == lane.search.best_cost
        if lane.search.best_cost == best:
            assert lane.search.best_codes.tolist() == codes
        best, codes = lane.search.best_cost, lane.search.best_codes.tolist()
    assert lane.meeting.best == sorted(lane.meeting.best, reverse=True)  # type: ignore[attr-defined]


@pytest.mark.parametrize("small", [True, False])
def test_only_rosters_that_can_be_hot_twice_are_annealed_anew(
    small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cover = tuple(need(day, "Z") for day in range(DAYS))
    problem = roster_problem(tuple(person(f"P{i}") for i in range(8)), cover, DAYS)
    budget = Budget(cpu_seconds=20)
    request, allowance = SolveRequest(problem=problem, budget=budget), allow(budget, Meter())
    desk = Desk(request, "roster", allowance, lambda _: None, lambda: False)
    space = RosterSpace(problem, ())
    compiled = rows_compile.compile(space, problem.rules)
    table = pipeline._Table(desk, space, compiled, lay_out(space))
    meeting = Meeting(desk, desk.allowance, lambda _: True)
    seen: list[float] = []
    monkeypatch.setattr(Lane, "restart", lambda self, tries, *, hot: seen.append(hot))
    with stop_sign(lambda: False) as stop:
        made = table._lane(meeting, table.weights(pipeline.WEIGHTED), stop)
        made.rate = 2_000_000.0
        monkeypatch.setattr(Lane, "learn", lambda self: None)
        made.enough = int(made.rate * 10.0 * (0.3 if small else 0.5))
        table._anneal(made, 10.0)
    assert made.anew == (1.0 if small else 0.0)
    assert sum(hot > lanes.WARM for hot in seen) == (4 if small else 1)


def overworked(lane: Lane) -> None:
    """Leave a person after three nights for mornings: illegal, where the best roster is not."""
    cells = lane.moves.grid.reshape(-1, DAYS)
    lane.restart(20_000, hot=0.15)
    assert lane.search.cost.hard == 0
    for day in range(3):
        lane.search.change(int(cells[0, 2 * day]), 2)
        lane.search.change(int(cells[0, 2 * day + 1]), 1)
    assert lane.search.cost.hard > 0
    assert lane.search.best_cost.hard == 0


def test_a_cooling_that_ended_illegal_is_mended_if_that_makes_a_better_roster(lane: Lane) -> None:
    overworked(lane)
    codes = lane.search.codes
    lane.search.state.best[:] = lane.search.compiled.slots_of([0] * len(codes))
    lane.search.state.tally[BEST] = 1 << 60  # as if nothing legal had been found
    lane._mend()
    assert lane.search.best_cost.hard == 0
    assert lane.search.best_cost == lane.search.cost
    grid = lane.moves.grid.reshape(-1, DAYS)
    mine = set(grid[0].tolist())
    assert set(np.flatnonzero(lane.search.codes != codes).tolist()) <= mine


def test_mending_never_gives_a_worse_roster(lane: Lane) -> None:
    overworked(lane)
    best, slots = lane.search.best_cost, lane.search.state.best.tolist()
    lane.legal = -10.0  # so that it seems worth while
    for cell in lane.moves.grid.tolist():
        if cell >= 0 and lane.search.codes[cell] == 0:
            lane.search.change(cell, 1)
    lane._mend()
    assert lane.search.best_cost == lane.search.cost <= best
    if lane.search.best_cost == best:
        assert lane.search.state.best.tolist() == slots
