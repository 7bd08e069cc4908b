"""One core's work on theatres: exact sequencing of blocks, then large-neighbourhood search.

Lanes share one programme under the referee's lock and never work on the same day. Building a model
needs the lock, solving it does not. With a counted effort there is one lane and no clock is read.
"""

import random
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from solvers.cpsat import Limits
from solvers.rows.lns import Operator, Shares
from solvers.theatre.blocks import Block, Busy, Choose, Neighbourhoods
from solvers.theatre.referee import Referee
from solvers.theatre.sequence import TimedModel

_SEQUENCE: Final = 0.1
_LIMIT: Final = 0.1
_LONGEST: Final = 0.3
_PATIENCE: Final = 40
_BUILD: Final = 0.01
"""What a block counts besides its solve, in deterministic seconds: model, presolve and audit."""


class Held:
    """What each lane is working on."""

    def __init__(self) -> None:
        self._taken: dict[int, Busy] = {}

    def others(self, lane: int) -> Busy:
        """Give the days and cells that other lanes hold."""
        held = [busy for number, busy in sorted(self._taken.items()) if number != lane]
        return Busy(
            frozenset().union(*(busy.days for busy in held)),
            frozenset().union(*(busy.cells for busy in held)),
        )

    def take(self, lane: int, block: Block | None) -> None:
        """Hold what a block touches, or nothing."""
        cells = frozenset(() if block is None else block.cells.tolist())
        self._taken[lane] = Busy(frozenset() if block is None else block.days, cells)


class Lane:
    """A worker on the programme."""

    def __init__(self, number: int, referee: Referee, held: Held, *, seed: int) -> None:
        self.number = number
        self.referee = referee
        self.programme = referee.programme
        self.desk = referee.desk
        self.held = held
        self.draw = random.Random(seed)
        self.spent = 0.0
        self.over: Callable[[], bool] = self.desk.over

    def sequence(self, blocks: deque[Block], deterministic: float | None = None) -> None:
        """Solve blocks of a shared queue until it is empty, the lane is over or time is spent."""
        while not self._ended(deterministic):
            with self.referee.lock:
                block = self._next(blocks)
            if block is None:
                return
            self._improve(block, _SEQUENCE)
        self.held.take(self.number, None)

    def _next(self, blocks: deque[Block]) -> Block | None:
        """Take the first block whose days are free, else the first one."""
        if not blocks:
            return None
        others = self.held.others(self.number)
        for place, block in enumerate(blocks):
            if not block.days & others.days:
                del blocks[place]
                return block
        return blocks.popleft()

    def descend(self, ways: Neighbourhoods, deterministic: float | None = None) -> None:
        """Search neighbourhoods until the lane is over, or some deterministic time is spent."""
        chooses = ways.ways()
        operators = [Operator(name, lambda _size, _draw: [], 1.0) for name in chooses]
        counted = deterministic is not None
        shares = Shares(operators, self.draw, equal=counted)
        limit, dry = _LIMIT, 0
        while not self._ended(deterministic):
            operator = shares.next()
            start, used = time.thread_time(), self.spent
            block = self._choose(chooses[operator.name])
            gain = self._improve(block, limit) if block is not None else 0.0
            spent = self.spent - used if counted else time.thread_time() - start
            shares.tell(operator, gain, spent + 1e-3)
            dry = 0 if gain > 0 else dry + 1
            if dry >= _PATIENCE:
                dry, limit = 0, min(_LONGEST, limit * 1.5)
        self.held.take(self.number, None)

    def _ended(self, deterministic: float | None) -> bool:
        return self.over() or (deterministic is not None and self.spent >= deterministic)

    def _choose(self, choose: Choose) -> Block | None:
        with self.referee.lock:
            block = choose(self.programme, self.draw, self.held.others(self.number))
            self.held.take(self.number, block)
        return block

    def _improve(self, block: Block, limit: float) -> float:
        """Solve a block; make the change if it is better by its model, and by the audit."""
        with self.referee.lock:
            self.held.take(self.number, block)
            model = TimedModel(self.programme, block.cells, block.allowed)
            legal = self.referee.score.hard == 0
        limits = Limits(deterministic=limit, seed=self.draw.randrange(1 << 30))
        counted = self.desk.allowance.counted
        answer = model.solve(limits, self.desk.should_stop if counted else self.over)
        self.spent += answer.spent + _BUILD
        if not answer.found or (legal and answer.objective > model.before - 0.5):
            return 0.0
        slots, starts = model.answer(answer.solver.value)
        with self.referee.lock:
            kept = self.referee.make(model.sub.cells, slots, starts, surely=not legal)
        return max(model.before - answer.objective, 0.0) if kept else 0.0
