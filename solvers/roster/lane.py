"""One core's work on a roster: annealing with restarts, then mixed large-neighbourhood search.

A lane owns its search; lanes meet at a `Meeting`, where better rosters are audited, told and taken
over. With a counted effort there is one lane, no clock is read, and operators have equal shares.
"""

import random
import time
from collections.abc import Callable
from typing import Final

import numpy as np

from solvers.cpsat import Limits
from solvers.roster.lineage import Lineage
from solvers.roster.meeting import Meeting
from solvers.roster.neighbourhoods import Solved, WindowChooser, choosers, fresh, window_choosers
from solvers.roster.patches import Patches
from solvers.roster.polish import ALL
from solvers.roster.prices import legal_price
from solvers.roster.pricing import Pricing
from solvers.roster.windows import Windows
from solvers.rows.arrays import Flags
from solvers.rows.crews import crews_of
from solvers.rows.first_roster import OneByOne
from solvers.rows.lns import Operator, Shares, improve
from solvers.rows.moves_roster import RosterMoves, anneal
from solvers.rows.search import Search
from solvers.rows.weights import Cost

COLD: Final = 0.004
"""Final temperature, in cover units; measured, it matters while the first one hardly does."""
WARM: Final = 0.1
"""First temperature of a restart that keeps what was gained: 0.3 destroys it (measured)."""
END: Final = 0.15
END_LEGAL: Final = 7.0
"""Each restart ends with a share of its tries at a hard price that no soft gain pays for: at the low
price it may end illegal, and at the high one all the time it freezes."""
_ROUGH: Final = 0.5
"""Of the heat of that end, what smooths the rows of people who had to be mended."""
_ENOUGH: Final = 30_000
"""Tries a free cell that a hot annealing needs at least (Curtois 6, below 2 000: 2 of 16 with 20 000,
11 of 22 with 60 000, 3 of 8 with 120 000): several are surer than a longer one."""
_LIKE: Final = 500.0
"""Free cells of the roster that this was measured on; a larger one needs more a cell (Curtois 8 with
840 cells: 1 583 after two short hot annealings, 1 373 to 1 400 after a single one)."""
_PIECE: Final = 200_000  # moves between two looks round
_TRIAL: Final = 300_000  # moves that tell how many a CPU-second makes
_WARMTHS: Final = (0.2, 0.5, 1.0)
_WARM_TRIES: Final = 800_000
_WARM_EACH: Final = 500
"""Tries of a warm annealing at first: in all, or for each free cell of a large roster (Curtois 20:
nothing in nine calls with a hundred a cell)."""
_LONGEST_WARM: Final = 8.0
_LEAVING: Final = (0.1, 0.15, 0.2)
"""Temperatures that a lane leaves a roster from, in cover units."""
_LEAVE: Final = 0.3
"""Of the tries of a hot annealing, what it takes to leave a roster (Curtois 15: 80 gained on the way)."""
_LONGEST_LEAVE: Final = 10.0
"""CPU-seconds of that at most."""
_FLOOR: Final = 0.3
"""Of an equal share of time that each operator has at least: one that gained a little long ago would
hold the others back (Curtois 15: 55 of 76 calls for one that gained 5)."""
_LIMIT: Final = 0.1
_LONGEST_LIMIT: Final = 1.6
_PATIENCE: Final = 24
_LONGER: Final = 3.0
"""Times the limit of other sub-solves that a window has."""
_SOME: Final = 120
"""Cells that windows of some people begin with."""
_BUILD: Final = 0.0002
"""Deterministic seconds that building a sub-model is counted a cell, as it takes none of CP-SAT's."""


class Lane:
    """A search with its moves, draws and operators; `unit` is the median weight of a unit of cover."""

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
        self.search = search
        self.moves = moves
        self.stop = stop
        self.unit = unit
        self.legal = legal_price(search, unit)
        self.seed = seed
        self.draw = random.Random(seed)
        self.rate = 2_000_000.0  # moves a CPU-second
        self._cells = cells = max(1, int((search.state.movable != 0).sum()))
        self.enough = int(_ENOUGH * cells * (cells / _LIKE) ** 0.5)
        self.windows: Windows | None = None
        self._window_ways: dict[str, WindowChooser] = {}
        self._solved = Solved()
        self._patches = Patches()
        self.alone: OneByOne | None = None
        self.own = False  # whether it begins to search from a roster that no other lane has seen
        self.leaves = False  # whether it may leave a roster in which nobody gains any more
        self.anew = 0.0  # temperature of a new annealing where neighbourhoods gain no more, or none

    def twin(self, more: int) -> "Lane":
        """Make another lane from this one's plan, with another seed."""
        seed = self.seed + more
        search = self.search.twin(seed)
        made = Lane(self.meeting, search, self.moves, self.stop, self.unit, seed)
        made.alone = self.alone
        return made

    def over(self) -> bool:
        """Tell whether the lane has to end."""
        return bool(self.stop[0]) or self.meeting.over()

    def bring(self) -> None:
        """Leave the best roster of this lane at the meeting."""
        self.meeting.bring(self.search.best_cost, self.search.best_codes)

    def catch_up(self, lineage: Lineage | None = None) -> None:
        """Take over the best roster of all lanes if it is better than this one's, with own gains."""
        known = self.meeting.take()
        if known is not None and known[0] < self.search.best_cost:
            if lineage is not None and lineage.stays(self.search.best_cost, known[0]):
                return
            self.search.become(self.search.compiled.slots_of(known[1]))
            self.search.keep()
            self._patches.put(self.search)
            self.bring()

    def beaten(self) -> bool:
        """Tell whether whole rosters of columns are better than the best one of this lane."""
        known, pricing = self.meeting.take(), self.meeting.pricing
        return bool(pricing and pricing.done and known and known[0] < self.search.best_cost)

    def anneal(self, tries: int, hot: float, cold: float, times: float = 1.0) -> None:
        """Anneal in pieces of one cooling, telling improvements between them.

        A hard unit costs `times` the legal price; temperatures are in soft cost.
        """
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
                legal=self.legal * times,
                stop=self.stop,
            )
            if not self.meeting.counted:
                spent = max(time.thread_time() - before, 1e-6)
                self.rate += 0.5 * (piece / spent - self.rate)
            done += piece
            self.bring()

    def restart(self, tries: int, *, hot: float) -> None:
        """Anneal from the best roster, from a temperature in cover units, and end legal if it can."""
        self.search.back_to_best()
        self._cool(tries, hot)
        self.settle(int(tries * END), hot)

    def _cool(self, tries: int, hot: float) -> None:
        last, cold = int(tries * END), COLD * self.unit
        self.anneal(tries - last, hot * self.unit, cold)
        self.anneal(last, min(hot, WARM) * self.unit, cold, END_LEGAL)

    def settle(self, tries: int, hot: float) -> None:
        """End a cooling from a temperature on the best roster, the last one mended if that is better."""
        if self._mend():  # whose rows are rough now
            self.anneal(tries, _ROUGH * min(hot, WARM) * self.unit, COLD * self.unit, END_LEGAL)
        self.search.back_to_best()
        self.bring()

    def _leave(self) -> None:
        """Anneal the best roster and take what comes out, even if it is worse; not if it is illegal."""
        search, before = self.search, self.search.best_cost
        tries = int(min(_LEAVE * self.enough, _LONGEST_LEAVE * self.rate))
        self._cool(tries, self.draw.choice(_LEAVING))
        if search.best_cost < before or search.cost.hard > before.hard:
            search.back_to_best()
        else:
            search.keep()

    def _mend(self) -> bool:
        """Where a cooling ended illegal, take people out of breach one by one; tell whether that is better.

        Without it, all that a long cooling gained is lost by one week of one person (Curtois 20: ten
        CPU-seconds for 20 365, the next ones from there 6 689).
        """
        search = self.search
        now, best, kept = search.cost, search.best_cost, search.state.best.copy()
        if self.alone is None or not now.hard or self._energy(now) >= self._energy(best):
            return False
        self.alone.mend(search, self.stop)
        if search.best_cost < best:
            return True
        cells = np.flatnonzero(kept != search.state.current).astype(np.int32)
        search.put(cells, kept[cells])
        search.keep()
        return False

    def learn(self) -> None:
        """Learn how many moves a CPU-second makes, on a roster that is not kept."""
        warm, before = WARM * self.unit, time.thread_time()
        made = anneal(
            self.search,
            self.moves,
            tries=_TRIAL,
            hot=warm,
            cold=warm,
            legal=self.legal,
            stop=self.stop,
        )
        if made == _TRIAL:
            self.rate = made / max(time.thread_time() - before, 1e-6)
        self.search.back_to_best()

    def descend(self, deterministic: float | None = None) -> None:
        """Search large neighbourhoods until the lane is over, or some deterministic time is spent."""
        counted = deterministic is not None
        warm = Operator("warm", lambda _size, _draw: [], 1.0, most=_LONGEST_WARM)
        operators = [*self._operators(), *([] if counted else [warm])]
        shares = Shares(operators, self.draw, equal=counted, floor=_FLOOR)
        lineage = None if counted else Lineage(own=self.own, leaves=self.leaves)
        limit, dry, spent = _LIMIT, 0, 0.0
        self.search.back_to_best()
        while not self.over() and (deterministic is None or spent < deterministic):
            if lineage is not None:
                self.catch_up(lineage)
            if not self._window_ways and self.meeting.pricing is not None:
                operators.extend(self._windows(self.meeting.pricing))
            operator = shares.next()
            before, start = self.search.best_cost, time.thread_time()
            slots = self.search.state.best.copy()
            used = self._warm(warm) if operator is warm else self._solve(operator, limit)
            self._patches.note(slots, self.search.state.best)
            gain = self._energy(before) - self._energy(self.search.best_cost)
            spent += used
            shares.tell(operator, gain, used if counted else time.thread_time() - start)
            dry = 0 if gain > 0 else dry + 1
            if dry >= _PATIENCE:
                dry, limit = 0, min(_LONGEST_LIMIT, limit * 1.5)
                if self.anew and not counted:
                    self.restart(self.enough, hot=self.anew)
            self.bring()
            if lineage is not None:
                lineage.tell(gain > 0)
                if lineage.turn():
                    self._leave()
                    lineage.tell(gained=True)  # what leaving took is no time without a gain

    def read(self, pricing: Pricing) -> Windows:
        """Give this lane's windows by the courses of days that a lane has read."""
        if self.windows is None:
            self.windows = Windows(pricing, self.search, self.moves.day)
        return self.windows

    def _operators(self) -> list[Operator]:
        ways = choosers(
            self.search,
            self.moves.grid.reshape(-1, self.moves.days),
            crews_of(self.moves.partner_start, self.moves.partner),
        )
        cells = int((self.search.state.movable != 0).sum())
        size = float(min(150, max(40, cells // 8)))
        most = float(max(cells, 20))
        return [Operator(name, way, size, least=20.0, most=most) for name, way in ways.items()]

    def _windows(self, pricing: Pricing) -> list[Operator]:
        """Give the operators that solve windows by the courses of days that a lane has read."""
        self.read(pricing)
        people, days = len(pricing.people), self.moves.days
        self._window_ways = window_choosers(people, days)
        sizes = (ALL, _SOME, 2 * days)
        return [
            Operator(name, lambda _size, _draw: [], size, least=2.0, most=float(people * days))
            for name, size in zip(self._window_ways, sizes, strict=True)
        ]

    def _warm(self, warm: Operator) -> float:
        """Anneal warm with `size` times the usual tries, longer each time that it gave nothing."""
        before = self.search.best_cost
        tries = int(max(_WARM_TRIES, _WARM_EACH * self._cells) * warm.size)
        self.restart(tries, hot=WARM * self.draw.choice(_WARMTHS))
        if self.search.best_cost >= before:
            warm.size = min(warm.most, warm.size * 1.2)
        return 0.0

    def _solve(self, operator: Operator, limit: float) -> float:
        stop = None if self.meeting.counted else self.over
        if operator.name in self._window_ways:
            return self._window(operator, limit * _LONGER, stop)
        limits = Limits(deterministic=limit, seed=self.draw.randrange(1 << 30))
        step = improve(
            self.search,
            operator.choose(round(operator.size), self.draw),
            legal=max(1, round(self.legal)),
            limits=limits,
            should_stop=stop,
        )
        operator.fit(step, limit)
        return step.spent + _BUILD * operator.size

    def _window(self, operator: Operator, limit: float, stop: Callable[[], bool] | None) -> float:
        assert self.windows is not None
        way, cost = self._window_ways[operator.name], self.search.best_cost
        window = fresh(way, operator, self._solved, cost, self.draw)
        limits = Limits(deterministic=limit, seed=self.draw.randrange(1 << 30))
        step = self.windows.improve(*window, limits=limits, should_stop=stop)
        operator.fit(step, limit)
        if step.proven and step.saved == (0, 0):
            self._solved.add(window, self.search.best_cost)
        return step.spent

    def _energy(self, cost: Cost) -> float:
        return cost.soft + self.legal * cost.hard
