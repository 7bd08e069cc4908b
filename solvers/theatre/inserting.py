"""Waiting cases that fit after all: each is offered every session that is open to it, best ones first.

Rows say what a place may gain at most, gaps where there is room, the audit what it gains: a place is
taken once no other one may gain more.
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

import numpy as np

from planner.live import Change
from solvers.rows.arrays import Short
from solvers.rows.search import Search
from solvers.theatre.exact import Exact, Move
from solvers.theatre.gaps import Gaps
from solvers.theatre.programme import Programme

TRIES_AN_EFFORT: Final = 200
"""Places that an effort pays for: each is an audit of a day or two."""


class _Place(NamedTuple):
    """A slot for a case, and what it may gain (negative: the least comes first)."""

    loss: int
    slot: int
    cell: int
    found: "_Found | None" = None


class _Found(NamedTuple):
    """What a place was found to gain, when so many had been taken on its day."""

    moves: list[Move]
    change: Change
    taken: int


class Inserting:
    """Offers places to the waiting cases of a programme; the plan under `exact` takes them."""

    def __init__(self, programme: Programme, exact: Exact, over: Callable[[], bool]) -> None:
        self._ground = ground = programme.ground
        self._programme = programme
        self._exact = exact
        self._over = over
        self._rows = Search(ground.compiled, ground.timed_weights, programme.codes())
        self._gaps = Gaps(programme)
        self._taken = 0
        allowance = ground.desk.allowance
        effort = allowance.effort or 0.0
        self._tries = int(TRIES_AN_EFFORT * effort) if allowance.counted else 1_000_000

    def run(self) -> None:
        """Place what gains by it."""
        heap = [each for cell in self._programme.waiting().tolist() for each in self._places(cell)]
        heapify(heap)
        while heap and not self._over():
            place = heappop(heap)
            if self._programme.slots[place.cell] != self._ground.layout.out[place.cell]:
                continue
            found = place.found
            if found is None or found.taken != self._taken:
                found = self._found(place)
                if found is None:
                    continue
                place = place._replace(loss=self._loss(found.change), found=found)
            if heap and heap[0].loss < place.loss:
                heappush(heap, place)
            else:
                self._take(found)

    def _places(self, cell: int) -> list[_Place]:
        """Give the places of a case that have room and, the rows say, may gain."""
        ground = self._ground
        start = ground.compiled.slot_start
        mine = np.arange(start[cell], start[cell + 1])
        mine = mine[(ground.layout.day[mine] >= 0) & (ground.weights.closed[mine] == 0)]
        found = []
        for slot in self._gaps.roomy(mine).tolist():
            if next(self._gaps.ways(cell, slot), None) is None:
                continue
            cost = self._rows.change(cell, int(ground.compiled.slot_code[slot]))
            self._rows.revert()
            if cost.hard <= 0 and cost.soft < 0:
                found.append(_Place(cost.soft, slot, cell))
        return found

    def _found(self, place: _Place) -> _Found | None:
        """Give the best way to a place that the audit finds better than waiting, if there is one."""
        best, found = self._exact.score, None
        soonest = self._gaps.alone(place.slot)
        for moves in self._gaps.ways(place.cell, place.slot, soonest):
            if self._over() or self._tries <= 0:
                return None
            self._tries -= 1
            change = self._exact.tried(moves)
            score = change.outcome.judgement.score
            if score.key < best.key:
                best, found = score, _Found(moves, change, self._taken)
        return found

    def _loss(self, change: Change) -> int:
        return sum(change.outcome.judgement.score.tiers) - sum(self._exact.score.tiers)

    def _take(self, found: _Found) -> None:
        moves = found.moves
        self._exact.take(moves, found.change)
        self._gaps.put(moves)
        self._taken += 1
        cells = np.array([move.cell for move in moves], np.int32)
        slots: Short = np.array([move.slot for move in moves], np.int32)
        starts: Short = np.array([move.start for move in moves], np.int32)
        self._programme.put(cells, slots, starts)
        self._rows.put(cells, slots)
