"""Rounds of the theatre search: the best one counts, lanes that gain nothing end, hard blocks wait."""

import random
from collections import deque
from dataclasses import replace
from threading import RLock
from typing import Any

import numpy as np
import pytest
from theatre_small import EMPTY, cells, greedy, programme_of, rules_of, small

from planner.plan import Plan
from planner.runs import Budget, SolveRequest
from solvers.engine import solve
from solvers.theatre.annealing import anneal_rows, is_poor
from solvers.theatre.blocks import Block, Neighbourhoods, Places, to_sequence
from solvers.theatre.bound_work import BoundWork
from solvers.theatre.lane import Lane
from solvers.theatre.layout import codes_of
from solvers.theatre.pipeline import _Work
from solvers.theatre.referee import Referee


def round_of(monkeypatch: pytest.MonkeyPatch, before: Plan, found: Plan) -> tuple[Plan, Referee]:
    """Give the plan of a programme after a round whose annealing finds a plan, and its referee."""
    programme = programme_of(small(), before)
    ground = programme.ground
    work = _Work(ground, programme, rules_of(small()), warm=False)
    referee = Referee(programme)

    def anneal(_self: _Work, *_: Any) -> Any:
        codes, starts = codes_of(ground.space, found.placements)
        slots = ground.compiled.slots_of(codes)
        programme.put(np.arange(ground.space.cells, dtype=np.int32), slots, starts)
        return slots

    monkeypatch.setattr(_Work, "_anneal", anneal)
    monkeypatch.setattr(_Work, "_sequence", lambda *_: None)
    monkeypatch.setattr(_Work, "_descend", lambda *_: None)
    work._again([Lane(referee, seed=1)], np.zeros(1, np.uint8))
    return programme.plan(), referee


def test_a_round_that_ends_worse_gives_way_to_the_plan_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan, referee = round_of(monkeypatch, greedy(small()), EMPTY)
    assert set(plan.placements) == set(greedy(small()).placements)
    assert referee.score == referee.programme.judged()


def test_a_round_that_ends_better_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, referee = round_of(monkeypatch, EMPTY, greedy(small()))
    assert set(plan.placements) == set(greedy(small()).placements)
    assert referee.score == referee.programme.judged()
    assert set(referee.desk.plan.placements) == set(plan.placements)


def test_a_lane_that_gains_nothing_ends_and_tells_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = programme_of(small(), EMPTY)
    lane = Lane(Referee(programme), seed=1)
    monkeypatch.setattr(lane, "_choose", lambda _: None)
    tired = np.zeros(1, np.uint8)
    lane.descend(Neighbourhoods(Places(programme.ground)), None, tired)
    assert tired[0]
    lane.descend(Neighbourhoods(Places(programme.ground)), None, tired)  # told: ends at once


@pytest.mark.parametrize(("short", "times"), [(True, 3), (False, 5)])
def test_blocks_that_are_hard_wait_until_all_had_their_turn(
    monkeypatch: pytest.MonkeyPatch, short: bool, times: int
) -> None:
    lane = Lane(Referee(programme_of(small(), EMPTY)), seed=1)
    blocks = [Block(np.array([k], np.int32), np.zeros(0, bool)) for k in range(3)]
    seen: list[tuple[int, float]] = []

    def improve(block: Block, limit: float, *, easy: bool) -> float:
        assert easy == (limit == seen[0][1] if seen else True), "at a glance, with one strategy"
        seen.append((int(block.cells[0]), limit))
        lane.proven = block is blocks[1]
        return 0.0

    monkeypatch.setattr(lane, "_improve", improve)
    lane.sequence(deque(blocks), None, short=short)
    assert [number for number, _ in seen] == [0, 1, 2, 0, 2][:times]
    assert all(limit > seen[0][1] for _, limit in seen[3:])


def test_lanes_take_blocks_of_days_that_no_other_works_on() -> None:
    programme = programme_of(small(), greedy(small()))
    referee = Referee(programme)
    one, other = Lane(referee, seed=1), Lane(referee, seed=2)
    blocks = deque(to_sequence(programme, programme.slots))
    days = [one._days_of(block) for block in blocks]
    blocks = deque(
        block for _, block in sorted(zip(days, blocks, strict=True), key=lambda b: min(b[0]))
    )
    first, second = one._next(blocks), other._next(blocks)
    assert first is not None
    assert second is not None
    assert one._days_of(first).isdisjoint(one._days_of(second))
    assert one._next(deque()) is None


def test_only_a_change_of_the_same_days_or_cases_asks_for_the_audit_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = programme_of(small(), greedy(small()))
    referee = Referee(programme)
    monkeypatch.setattr(referee, "settle", lambda: True)
    layout, since = programme.ground.layout, referee.made
    cell = int(np.flatnonzero(layout.day[programme.slots] >= 0)[0])
    day = int(layout.day[programme.slots[cell]])
    mine = np.array([cell], np.int32)
    referee.make(mine, programme.slots[mine].copy(), programme.starts[mine].copy())
    nobody = np.zeros(0, np.int32)
    assert referee.changed(mine, [], since)
    assert referee.changed(nobody, [day], since)
    assert not referee.changed(nobody, [day + 1], since)
    assert not referee.changed(mine, [day], referee.made)
    since = referee.made
    referee.begin()
    assert referee.changed(nobody, [], since), "all is new"


def test_a_bound_goes_on_where_it_ended_and_is_told_once_all_parts_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = programme_of(small(), greedy(small()))
    ground = programme.ground
    work, lock = BoundWork(ground, rules_of(small())), RLock()
    monkeypatch.setattr(ground.desk.allowance, "effort", None)
    monkeypatch.setattr(ground.desk.allowance, "until", 1e9)
    told: list[int] = []
    monkeypatch.setattr(ground.desk, "prove", lambda bound, _source: told.append(bound))
    pieces = [0]

    def over(many: int) -> Any:
        return lambda whole: whole and sum(pieces) >= many

    def counted(many: int) -> None:
        monkeypatch.setattr(work, "_until", lambda: over(many))
        work.go_on(programme.slots, lock)
        pieces[0] = work._pieces

    counted(0)
    parts = work._bound.pieces(1) if work._bound is not None else 0
    assert pieces == [parts], "not before all parts are known"
    counted(parts + 3)
    assert told == sorted(told)
    assert told[0] > 0
    assert pieces[0] > parts


def test_a_case_left_out_is_offered_a_session_with_room_and_others_make_way() -> None:
    whole = greedy(small())
    gone = next(p for p in whole.placements if p.surgeon is not None)
    plan = Plan.build(p for p in whole.placements if p.case != gone.case)
    programme = programme_of(small(), plan)
    lane = Lane(Referee(programme), seed=1)
    cell = int(cells(programme, gone.case)[0])
    out, wished = programme.ground.layout.out, programme.slots.copy()
    code, _ = codes_of(programme.ground.space, whole.placements)
    wished[cell] = programme.ground.compiled.slots_of(code)[cell]
    before = lane.referee.score
    lane._place(Neighbourhoods(Places(programme.ground)), wished, None)
    assert programme.slots[cell] != out[cell]
    assert lane.referee.score.key < before.key
    assert lane.referee.offered == {cell}


def test_room_is_looked_for_in_sessions_that_a_case_may_have_and_that_have_most() -> None:
    programme = programme_of(small(), greedy(small()))
    ways = Neighbourhoods(Places(programme.ground))
    layout = programme.ground.layout
    block = ways.waiting(programme, random.Random(1))
    assert block is not None
    fresh = [int(each) for each in block.cells if layout.day[programme.slots[each]] < 0]
    assert len(fresh) == 1, "one waiting case, and those who may make way"
    assert 1 <= len(np.unique(layout.session[block.allowed])) <= 3
    assert set(layout.compiled.slot_cell[block.allowed].tolist()) <= set(block.cells.tolist())


def test_a_plan_at_hand_is_gone_on_from_unless_a_short_annealing_finds_far_better_rows() -> None:
    programme, stop = programme_of(small(), greedy(small())), np.zeros(1, np.uint8)
    assert is_poor(programme, stop)
    assert set(programme.plan().placements) == set(greedy(small()).placements), "only asked"
    anneal_rows(programme, stop, 1)
    assert not is_poor(programme, stop)


@pytest.mark.parametrize("near", [False, True])
def test_a_poor_plan_at_hand_costs_no_quality_unless_it_is_to_be_stayed_near(near: bool) -> None:
    ask = SolveRequest(problem=small(), parts=("theatre",), budget=Budget(effort=0.05))
    alone = solve(ask, lambda _: None)
    from_greedy = solve(replace(ask, plan=greedy(small()), near=near), lambda _: None)
    assert (from_greedy.score.key <= alone.score.key) is not near
