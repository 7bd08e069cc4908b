"""A lane leaves a roster in which nobody gains any more, and comes back unless it has found a better one."""

from typing import Any

import pytest
from roster_small import need, person, roster_problem

from planner.rules.space import RosterSpace
from solvers.lanes import stop_sign
from solvers.roster import lineage as lineages
from solvers.roster.lane import Lane
from solvers.roster.layout import lay_out
from solvers.roster.lineage import Lineage
from solvers.rows import compile as rows_compile
from solvers.rows.first_roster import OneByOne, cover_unit, first_roster
from solvers.rows.moves_roster import roster_moves
from solvers.rows.search import Search
from solvers.rows.weights import Cost, weigh

DAYS = 14


class Clock:
    now = 0.0

    def thread_time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(lineages, "time", made)
    return made


def test_a_lane_leaves_only_after_a_time_without_gains_and_comes_back_after_another(
    clock: Clock,
) -> None:
    lineage = Lineage(own=False, leaves=True)
    clock.now = 3.0
    assert not lineage.turn()
    lineage.tell(gained=True)
    clock.now = 6.0
    lineage.tell(gained=False)
    assert not lineage.turn()
    clock.now = 7.5
    assert lineage.turn()
    assert lineage.own
    clock.now = 9.0
    assert not lineage.turn()
    assert lineage.own
    clock.now = 12.0
    assert not lineage.turn()
    assert not lineage.own


def test_patience_grows_with_the_time_that_is_spent(clock: Clock) -> None:
    lineage = Lineage(own=False, leaves=True)
    clock.now = 500.0
    lineage.tell(gained=True)
    clock.now = 520.0
    assert not lineage.turn()
    clock.now = 560.0
    assert lineage.turn()


def test_a_lane_that_may_not_leave_stays(clock: Clock) -> None:
    lineage = Lineage(own=False, leaves=False)
    clock.now = 100.0
    assert not lineage.turn()
    assert not lineage.own


@pytest.mark.parametrize(
    ("own", "best", "stays"),
    [
        (Cost(0, 1050), Cost(0, 1000), True),
        (Cost(0, 1100), Cost(0, 1000), False),
        (Cost(1, 1000), Cost(0, 1000), False),
        (Cost(2, 1000), Cost(2, 1000), True),
    ],
)
def test_a_roster_of_ones_own_is_kept_only_where_it_is_nearly_as_good(
    own: Cost, best: Cost, stays: bool
) -> None:
    assert Lineage(own=True, leaves=False).stays(own, best) == stays
    assert not Lineage(own=False, leaves=True).stays(own, best)


class Place:
    """A meeting that keeps the best roster, for so many looks."""

    counted, pricing = False, None

    def __init__(self) -> None:
        self.looks = 60
        self.best: Any = None

    def over(self) -> bool:
        self.looks -= 1
        return self.looks < 0

    def bring(self, cost: Any, codes: Any) -> None:
        if self.best is None or cost < self.best[0]:
            self.best = (cost, codes)

    def take(self) -> Any:
        return self.best


@pytest.fixture
def lane() -> Any:
    cover = tuple(need(day, s, n) for day in range(DAYS) for s, n in (("Z", 3), ("N", 6)))
    problem = roster_problem(tuple(person(f"P{i}") for i in range(8)), cover, DAYS)
    space = RosterSpace(problem, ())
    compiled = rows_compile.compile(space, problem.rules)
    layout = lay_out(space)
    moves = roster_moves(compiled, layout.lines, layout.tracks)
    search = Search(compiled, weigh(compiled), [0] * compiled.cells, seed=3)
    first_roster(search, moves, layout.people)
    search.back_to_best()
    with stop_sign(lambda: False) as stop:
        place: Any = Place()
        made = Lane(place, search, moves, stop, cover_unit(search, moves), 3)
        made.enough = 30_000
        made.alone = OneByOne(search, moves, layout.people)
        yield made


def test_a_roster_that_is_left_for_a_worse_one_is_taken_up_again(
    lane: Lane, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[Cost] = []

    def gains_nothing(*_: object) -> float:
        clock.now += 1.0
        costs.append(lane.search.best_cost)
        return 0.1

    def scatter() -> None:
        cells = lane.moves.grid[lane.moves.grid >= 0]
        lane.search.put(cells[:20], lane.search.compiled.slot_start[cells[:20]] + 1)
        lane.search.keep()
        clock.now += 10.0

    lane.restart(20_000, hot=0.15)
    best = lane.search.best_cost
    monkeypatch.setattr(lane, "_solve", gains_nothing)
    monkeypatch.setattr(lane, "_warm", gains_nothing)
    monkeypatch.setattr(lane, "_leave", scatter)
    monkeypatch.setattr(lineages, "_BEHIND", 100.0)
    lane.leaves = True
    lane.descend()
    assert costs[0] == best
    assert max(costs) > best
    away = costs.index(max(costs))
    assert costs[away : away + 4] == [max(costs)] * 4  # for a while, however long leaving took
    assert best in costs[away:]


def test_what_comes_out_of_leaving_is_legal_and_the_lane_goes_on_with_it(lane: Lane) -> None:
    lane.restart(20_000, hot=0.15)
    lane.meeting.looks = 10_000  # type: ignore[attr-defined]
    before = lane.search.best_codes.tolist()
    lane._leave()
    assert lane.search.cost == lane.search.best_cost
    assert lane.search.cost.hard == 0
    assert lane.search.best_codes.tolist() != before
