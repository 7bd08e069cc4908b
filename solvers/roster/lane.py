"""One core's work on a roster: annealing with restarts, then mixed large-neighbourhood search.

A lane owns its search; lanes meet at a `Meeting`, where better rosters are audited, told and taken
over. With a counted effort there is one lane, no clock is read, and operators have equal shares.
"""

import random
import threading
import time
from collections.abc import Callable
from typing import Final

import numpy as np

from solvers.cpsat import Limits
from solvers.engine import Desk
from solvers.roster.neighbourhoods import choosers
from solvers.rows.arrays import Flags, Whole
from solvers.rows.lns import Operator, Shares, improve
from solvers.rows.moves_roster import RosterMoves, anneal
from solvers.rows.search import Search
from solvers.rows.weights import Cost

COLD: Final = 0.004
"""Final temperature, in cover units; it matters, the first one hardly does (rows-roster 7)."""
WARM: Final = 0.1
_PIECE: Final = 200_000  # moves between two looks round
_WARM_TRIES: Final = 1_500_000
_LIMIT: Final = 0.1
_LONGEST_LIMIT: Final = 1.6
_PATIENCE: Final = 24


class Meeting:
    """Where lanes leave their best roster; audits cost at most a fifth of the time."""

    def __init__(self, desk: Desk, told: Callable[[Whole], bool]) -> None:
        self.desk = desk
        self.lock = threading.Lock()
        self.cost: Cost | None = None
        self.codes: Whole | None = None
        self._told = told
        self._waiting = False
        self._spent = 0.0
        self._since = time.process_time()

    def bring(self, cost: Cost, codes: Whole, *, surely: bool = False) -> None:
        """Leave a roster; it is audited and told now, or soon, if it is the best."""
        with self.lock:
            if self.cost is None or cost < self.cost:
                self.cost, self.codes = cost, codes
                self._waiting = True
            if self._waiting and (surely or self._affordable()):
                self._tell()

    def take(self) -> tuple[Cost, Whole] | None:
        """Give the best roster left here."""
        with self.lock:
            if self.cost is None or self.codes is None:
                return None
            return self.cost, self.codes

    def _affordable(self) -> bool:
        if self.desk.allowance.counted:
            return True
        return self._spent <= 0.2 * (time.process_time() - self._since)

    def _tell(self) -> None:
        before = time.thread_time()
        assert self.codes is not None
        self._told(self.codes)
        self._waiting = False
        self._spent += time.thread_time() - before


class Lane:
    """A search with its moves, draws and operators."""

    def __init__(
        self,
        meeting: Meeting,
        search: Search,
        moves: RosterMoves,
        stop: Flags,
        unit: float,
        seed: int,
    ) -> None:
        self.meeting = meeting
        self.desk = meeting.desk
        self.search = search
        self.moves = moves
        self.stop = stop
        self.unit = unit
        self.legal = legal_price(search, unit)
        self.seed = seed
        self.draw = random.Random(seed)
        self.rate = 2_000_000.0

    def over(self) -> bool:
        """Tell whether the lane has to end."""
        return bool(self.stop[0]) or self.desk.over()

    def bring(self) -> None:
        """Leave the best roster of this lane at the meeting."""
        self.meeting.bring(self.search.best_cost, self.search.best_codes)

    def catch_up(self) -> None:
        """Take over the best roster of all lanes if it is better than this one's."""
        known = self.meeting.take()
        if known is not None and known[0] < self.search.best_cost:
            slots = self.search.compiled.slots_of(known[1])
            cells = np.flatnonzero(self.search.state.current != slots).astype(np.int32)
            self.search.put(cells, slots[cells])
            self.search.keep()

    def anneal(self, tries: int, hot: float, cold: float) -> None:
        """Anneal in pieces of one cooling, telling improvements between them."""
        done = 0
        while done < tries and not self.over():
            piece = min(_PIECE, tries - done)
            ratio = cold / hot
            begin, end = hot * ratio ** (done / tries), hot * ratio ** ((done + piece) / tries)
            before = time.thread_time()
            anneal(
                self.search,
                self.moves,
                tries=piece,
                hot=begin,
                cold=end,
                legal=self.legal,
                stop=self.stop,
            )
            if not self.desk.allowance.counted:
                spent = max(time.thread_time() - before, 1e-6)
                self.rate += 0.5 * (piece / spent - self.rate)
            done += piece
            self.bring()

    def restart(self, tries: int, *, hot: float) -> None:
        """Anneal from the best roster, from a temperature in cover units."""
        self.search.back_to_best()
        self.anneal(tries, hot * self.unit, COLD * self.unit)
        self.search.back_to_best()
        self.bring()

    def descend(self, deterministic: float | None = None) -> None:
        """Search large neighbourhoods until the lane is over, or some deterministic time is spent."""
        ways = choosers(self.search, self.moves.grid.reshape(-1, self.moves.days))
        cells = int((self.search.state.movable != 0).sum())
        size = float(min(150, max(40, cells // 8)))
        operators = [
            Operator(name, choose, size, least=20.0, most=float(max(cells, 20)))
            for name, choose in ways.items()
        ]
        counted = deterministic is not None
        warm = Operator("warm", lambda _size, _draw: [], 1.0)
        shares = Shares([*operators, *([] if counted else [warm])], self.draw, equal=counted)
        limit, dry, spent = _LIMIT, 0, 0.0
        self.search.back_to_best()
        while not self.over() and (deterministic is None or spent < deterministic):
            if not counted:
                self.catch_up()
            operator = shares.next()
            before, start = self.search.best_cost, time.thread_time()
            if operator is warm:
                tries = min(_WARM_TRIES, int(self.rate * 0.5))
                self.restart(tries, hot=WARM * self.draw.choice((0.2, 0.5, 1.0)))
                used = 0.0
            else:
                used = self._solve(operator, limit)
            gain = self._energy(before) - self._energy(self.search.best_cost)
            spent += used
            shares.tell(operator, gain, used if counted else time.thread_time() - start)
            dry = 0 if gain > 0 else dry + 1
            if dry >= _PATIENCE:
                dry, limit = 0, min(_LONGEST_LIMIT, limit * 1.5)
            self.bring()

    def _solve(self, operator: Operator, limit: float) -> float:
        limits = Limits(deterministic=limit, seed=self.draw.randrange(1 << 30))
        step = improve(
            self.search,
            operator.choose(round(operator.size), self.draw),
            legal=max(1, round(self.legal)),
            limits=limits,
            should_stop=None if self.desk.allowance.counted else self.over,
        )
        operator.fit(step, limit)
        return step.spent

    def _energy(self, cost: Cost) -> float:
        return cost.soft + self.legal * cost.hard


def legal_price(search: Search, unit: float) -> float:
    """Give the price of a hard unit in an annealing: two cover units an occurrence (rows-roster 7)."""
    hard = [
        rule.price for rule in search.compiled.rules if rule.tier == 0 and rule.unit != "minute"
    ]
    return max(2.0 * unit / (float(np.median(hard)) if hard else 1.0), 1e-3)
