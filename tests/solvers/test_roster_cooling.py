"""Lanes cool a large roster together: each changes only people whom no other lane has, and none is lost."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
from roster_small import need, person, roster_problem

from planner.rules.space import RosterSpace
from planner.runs import Budget, SolveRequest
from solvers.budget import Meter, allow
from solvers.desk import Desk
from solvers.lanes import stop_sign, together
from solvers.roster import cooling as coolings
from solvers.roster import pipeline
from solvers.roster.cooling import Cooling
from solvers.roster.lane import Lane
from solvers.roster.layout import lay_out
from solvers.rows import compile as rows_compile
from solvers.rows.first_roster import cover_unit, first_roster
from solvers.rows.moves_roster import anneal, roster_moves
from solvers.rows.search import Search
from solvers.rows.weights import weigh

DAYS, PEOPLE = 14, 8
PROBLEM = roster_problem(
    tuple(person(f"P{i}") for i in range(PEOPLE)),
    tuple(need(day, s, n) for day in range(DAYS) for s, n in (("Z", 3), ("N", 6))),
    DAYS,
)


class Place:
    """A meeting that is never over, and keeps what is brought."""

    counted, pricing = False, None

    def __init__(self) -> None:
        self.costs: list[Any] = []

    def over(self) -> bool:
        return False

    def bring(self, cost: Any, _codes: Any) -> None:
        self.costs.append(cost)

    def take(self) -> None:
        return None


class Clock:
    """A clock that shows a tick more at each look, in whatever thread."""

    def __init__(self) -> None:
        self._lock, self._now = threading.Lock(), 0

    def thread_time(self) -> float:
        with self._lock:
            self._now += 1
            return float(self._now)


@pytest.fixture
def lane(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lane]:
    """A lane on a roster that lacks people, with a legal first plan."""
    monkeypatch.setattr(coolings, "time", Clock())
    monkeypatch.setattr(coolings, "_MOMENT", 2_000)
    space = RosterSpace(PROBLEM, ())
    compiled = rows_compile.compile(space, PROBLEM.rules)
    layout = lay_out(space)
    moves = roster_moves(compiled, layout.lines, layout.tracks)
    search = Search(compiled, weigh(compiled), [0] * compiled.cells, seed=3)
    first_roster(search, moves, layout.people)
    search.back_to_best()
    with stop_sign(lambda: False) as stop:
        place: Any = Place()
        yield Lane(place, search, moves, stop, cover_unit(search, moves), 3)


def cooling_of(lane: Lane, hot: float = 0.5) -> Cooling:
    return Cooling(lane.search, lane.moves, [[line] for line in range(PEOPLE)], hot)


def changed(lane: Lane, lines: list[int], days: list[int]) -> set[tuple[int, int]]:
    """Anneal some lines on some days, hot; give the lines and days that are others now."""
    before, hot = lane.search.state.current.copy(), 5 * lane.unit
    moves = lane.moves.box(lines, days)
    anneal(lane.search, moves, tries=20_000, hot=hot, cold=hot, legal=lane.legal)
    cells = np.flatnonzero(before != lane.search.state.current)
    line, day = lane.moves.line[cells].tolist(), lane.moves.day[cells].tolist()
    return set(zip(line, day, strict=True))


@pytest.mark.parametrize("lines", [[0, 2, 5], [7], list(range(PEOPLE))])
@pytest.mark.parametrize("days", [[3, 4, 5, 6], [12, 13, 0, 1], list(range(DAYS))])
def test_moves_of_a_box_leave_all_else_as_it_is(
    lines: list[int], days: list[int], lane: Lane
) -> None:
    seen = changed(lane, lines, days)
    assert seen
    assert {line for line, _ in seen} <= set(lines)
    assert {day for _, day in seen} <= set(days)


def test_lanes_that_cool_together_never_have_a_person_or_a_day_in_common(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    out: list[Any] = []
    most: list[int] = []
    take, give_back = Cooling._take, Cooling._give_back
    lock = threading.Lock()

    def taken(self: Cooling, draw: Any) -> Any:
        mine = take(self, draw)
        with lock:
            for other in out:
                assert not set(other.people) & set(mine.people)
                assert not set(other.days) & set(mine.days)
            out.append(mine)
            most.append(len(out))
        return mine

    def given(self: Cooling, search: Search, mine: Any, spent: float) -> None:
        with lock:
            out.remove(mine)
        give_back(self, search, mine, spent)

    monkeypatch.setattr(Cooling, "_take", taken)
    monkeypatch.setattr(Cooling, "_give_back", given)
    nobody = lane.moves.grid[lane.moves.grid >= 0]
    lane.search.put(nobody, lane.search.compiled.slot_start[nobody] + 1)  # all are off
    lane.search.keep()
    start, cooling = lane.search.best_cost, cooling_of(lane)
    lanes = [lane, lane.twin(7)]
    together([partial(cooling.work, each, 60.0) for each in lanes])
    assert not out
    assert len(most) > 10
    for each in lanes:
        search = each.search
        anew = Search(search.compiled, search.weights, search.best_codes)
        assert search.cost == search.best_cost == anew.cost < start
        assert search.cost.hard == 0


@pytest.mark.parametrize(
    ("closed", "length", "starts"),
    [([], 3, [0, 1, 2, 3, 4]), ([1], 3, [2, 3]), ([1, 3], 2, [4]), ([2], 5, []), ([], 5, [0])],
)
def test_runs_of_open_days_go_on_from_the_last_day_to_the_first(
    closed: list[int], length: int, starts: list[int]
) -> None:
    open_ = np.ones(5, bool)
    open_[closed] = False
    assert coolings._starts(open_, length) == starts


def test_it_gets_colder_all_the_time_and_more_slowly_when_another_lane_joins(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    def heats(joins: bool) -> list[float]:
        seen: list[float] = []
        cooling = cooling_of(lane)

        def note(*_: object, hot: float, legal: float, **__: object) -> int:
            if legal == lane.legal:  # not yet the end
                seen.append(hot)
            if joins and len(seen) == 3:
                cooling._left += 20.0
            return 1

        monkeypatch.setattr(coolings, "anneal", note)
        cooling.work(lane, 20.0)
        return seen

    alone, joined = heats(joins=False), heats(joins=True)
    assert alone == sorted(alone, reverse=True)
    assert joined == sorted(joined, reverse=True)
    assert alone[:3] == joined[:3]
    assert len(joined) > len(alone) + 10
    assert alone[0] == pytest.approx(0.5 * lane.unit)
    assert alone[-1] < 0.02 * lane.unit


@pytest.mark.parametrize(
    ("workers", "enough", "near", "shared"),
    [(2, 3.0, False, True), (2, 0.2, False, False), (1, 3.0, False, False), (2, 3.0, True, False)],
)
def test_only_a_roster_that_is_large_for_one_lane_is_cooled_together(
    workers: int, enough: float, near: bool, shared: bool, lane: Lane
) -> None:
    budget = Budget(cpu_seconds=20)
    allowance = allow(budget, Meter())
    request = SolveRequest(problem=PROBLEM, budget=budget)
    desk = Desk(request, "roster", allowance, lambda _: None, lambda: False)
    space = RosterSpace(PROBLEM, ())
    compiled = rows_compile.compile(space, PROBLEM.rules)
    table = pipeline._Table(desk, space, compiled, lay_out(space))
    table._lanes, table.near = workers, near
    one, other = table._shared(lane, enough), table._shared(lane, enough)
    assert (one is not None) == shared
    assert one is other
