"""One core's work on theatres: exact sequencing of blocks, then large-neighbourhood search.

Lanes share one programme under the referee's lock. Building a model needs the lock, solving it does
not: where another lane has changed the same days or cases meanwhile, the audit is asked at once. So lanes
keep to different days where they can. With a counted effort there is one lane and no clock is read.
"""

import random
import time
from collections import deque
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from solvers.cpsat import Limits
from solvers.rows.arrays import Flags, Short
from solvers.rows.lns import Operator, Shares
from solvers.theatre.blocks import Block, Choose, Neighbourhoods
from solvers.theatre.referee import Referee
from solvers.theatre.sequence import TimedModel

_GLANCE: Final = 0.02
_SEQUENCE: Final = 0.1
_LIMIT: Final = 0.1
_LONGEST: Final = 0.3
_PATIENCE: Final = 40
_WINDOW: Final = 60
_WORTH: Final = 0.0005
"""Steps over which a lane looks at its gain, and the share of the cost below which it is tired."""
_REDRAWS: Final = 3
"""Blocks that are drawn again because another lane works on one of their days."""
_NOTHING: Final = 0.01
"""Deterministic seconds that a look counts which finds nothing to free, so that an effort ends."""
_BUILD: Final = 0.01
"""What a block counts besides its solve, in deterministic seconds: model, presolve and audit."""


Left: TypeAlias = tuple[Neighbourhoods, Short]
"""Ways to choose blocks, and the slot that each case was to have."""


class Lane:
    """A worker on the programme."""

    def __init__(
        self, referee: Referee, *, seed: int, over: Callable[[], bool] | None = None
    ) -> None:
        self.referee = referee
        self.programme = referee.programme
        self.desk = referee.desk
        self.draw = random.Random(seed)
        self.spent = 0.0
        self.over = over or self.desk.over
        self.proven = False  # whether the last block was

    def sequence(
        self,
        blocks: deque[Block],
        deterministic: float | None = None,
        *,
        short: bool = False,
        left: Left | None = None,
    ) -> None:
        """Solve blocks of a shared queue until it is empty, the lane is over or time is spent.

        Most are proven in a moment. Then cases `left` out are offered other sessions. What was not
        proven waits until all that has had its turn, and is left alone if `short`.
        """
        unproven: deque[Block] = deque()
        self._solve(blocks, _GLANCE, deterministic, unproven)
        if left is not None:
            self._place(*left, deterministic)
        if not short:
            self._solve(unproven, _SEQUENCE, deterministic)

    def _solve(
        self,
        blocks: deque[Block],
        limit: float,
        deterministic: float | None,
        unproven: deque[Block] | None = None,
    ) -> None:
        """Solve blocks of a queue one after the other; put aside what is not proven."""
        while not self._ended(deterministic):
            block = self._next(blocks)
            if block is None:
                return
            self._improve(block, limit, easy=unproven is not None)
            if unproven is not None and not self.proven:
                unproven.append(block)

    def _place(self, ways: Neighbourhoods, wished: Short, deterministic: float | None) -> None:
        """Offer other sessions to the cases that were to be somewhere and are nowhere, dear ones first."""
        out = self.programme.ground.layout.out
        value = ways.places.value
        queue = np.flatnonzero((self.programme.slots == out) & (wished != out)).tolist()
        for cell in sorted(queue, key=lambda cell: (-int(value[cell]), cell)):
            if self._ended(deterministic):
                return
            with self.referee.lock:
                if cell in self.referee.offered or self.programme.slots[cell] != out[cell]:
                    continue
                self.referee.offered.add(cell)
                block = ways.room_for(self.programme, self.draw, cell)
            if block is not None:
                self._improve(block, _GLANCE)

    def _next(self, blocks: deque[Block]) -> Block | None:
        """Take the first block whose days nobody else works on, or the first one."""
        with self.referee.lock:
            if not blocks:
                return None
            at = next((k for k, each in enumerate(blocks) if not self._busy(each)), 0)
            block = blocks[at]
            del blocks[at]
            self._claim(block)
            return block

    def _busy(self, block: Block) -> bool:
        days = self._days_of(block)
        others = (mine for lane, mine in self.referee.at_work.items() if lane is not self)
        return any(not days.isdisjoint(mine) for mine in others)

    def _claim(self, block: Block) -> None:
        self.referee.at_work[self] = self._days_of(block)

    def _days_of(self, block: Block) -> frozenset[int]:
        day = self.programme.ground.layout.day[block.allowed]
        return frozenset(np.unique(day).tolist())

    def descend(
        self, ways: Neighbourhoods, deterministic: float | None = None, tired: Flags | None = None
    ) -> None:
        """Search neighbourhoods until the lane is over, or some deterministic time is spent.

        With `tired`, a lane that gains next to nothing any more sets it, and all lanes end.
        """
        chooses = ways.ways()
        operators = [Operator(name, lambda _size, _draw: [], 1.0) for name in chooses]
        counted = deterministic is not None
        shares = Shares(operators, self.draw, equal=counted)
        limit, dry = _LIMIT, 0
        steps, gained = 0, 0.0
        while not self._ended(deterministic) and (tired is None or not tired[0]):
            operator = shares.next()
            start, used = time.thread_time(), self.spent
            block = self._choose(chooses[operator.name])
            if block is None:
                self.spent += _NOTHING
            gain = self._improve(block, limit) if block is not None else 0.0
            spent = self.spent - used if counted else time.thread_time() - start
            shares.tell(operator, gain, spent + 1e-3)
            steps, gained = steps + 1, gained + gain
            if tired is not None and steps == _WINDOW:
                if gained < _WORTH * (self.referee.score.total or 0):
                    tired[0] = 1
                steps, gained = 0, 0.0
            dry = 0 if gain > 0 else dry + 1
            if dry >= _PATIENCE:
                dry, limit = 0, min(_LONGEST, limit * 1.5)

    def _ended(self, deterministic: float | None) -> bool:
        return self.over() or (deterministic is not None and self.spent >= deterministic)

    def _choose(self, choose: Choose) -> Block | None:
        with self.referee.lock:
            block = choose(self.programme, self.draw)
            for _ in range(_REDRAWS):
                if block is None or not self._busy(block):
                    break
                block = choose(self.programme, self.draw)
            if block is not None:
                self._claim(block)
            return block

    def _improve(self, block: Block, limit: float, *, easy: bool = False) -> float:
        """Solve a block; make the change if it is better by its model, and by the audit."""
        with self.referee.lock:
            since = self.referee.made
            model = TimedModel(self.programme, block.cells, block.allowed)
            legal = self.referee.score.hard == 0
        limits = Limits(deterministic=limit, seed=self.draw.randrange(1 << 30))
        counted = self.desk.allowance.counted
        answer = model.solve(limits, self.desk.should_stop if counted else self.over, easy=easy)
        self.spent += answer.spent + _BUILD
        self.proven = answer.proven
        if self.desk.should_stop():  # somebody waits for the end, not for an audit
            return 0.0
        if not answer.found or (legal and answer.objective > model.before - 0.5):
            return 0.0
        slots, starts = model.answer(answer.solver.value)
        with self.referee.lock:
            touched = self.referee.changed(model.sub.cells, model.days, since)
            kept = self.referee.make(model.sub.cells, slots, starts, surely=touched or not legal)
        return max(model.before - answer.objective, 0.0) if kept else 0.0
