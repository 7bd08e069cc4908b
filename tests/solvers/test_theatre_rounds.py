"""Rounds of the theatre search: the best one counts, lanes that gain nothing end, hard blocks wait."""

from collections import deque
from typing import Any

import numpy as np
import pytest
from theatre_small import EMPTY, greedy, programme_of, rules_of, small

from planner.plan import Plan
from solvers.theatre.blocks import Block, Neighbourhoods, Places
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

    def improve(block: Block, limit: float) -> float:
        seen.append((int(block.cells[0]), limit))
        lane.proven = block is blocks[1]
        return 0.0

    monkeypatch.setattr(lane, "_improve", improve)
    lane.sequence(deque(blocks), None, short=short)
    assert [number for number, _ in seen] == [0, 1, 2, 0, 2][:times]
    assert all(limit > seen[0][1] for _, limit in seen[3:])
