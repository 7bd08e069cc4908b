"""Rosters: a first one person by person, annealing, then exact search of neighbourhoods.

Measured design: the same kernel everywhere, legal first; two lanes on two cores that exchange their
best roster. Every roster that is shown has been audited.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

import numpy as np

from planner.rules.space import RosterSpace
from solvers.cpsat import Limits
from solvers.engine import Desk
from solvers.roster.lane import Lane, Meeting
from solvers.roster.layout import Layout, codes_of, lay_out, pinned, plan_of
from solvers.roster.precheck import precheck
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import Compiled, Flags, Whole
from solvers.rows.first_roster import cover_unit, first_roster
from solvers.rows.lns import improve
from solvers.rows.moves_roster import roster_moves
from solvers.rows.search import Search
from solvers.rows.weights import SEARCH, WEIGHTED, Order, Weights, weigh

_TINY: Final = 1_200
"""Cells times codes up to which the whole roster is one model that is worth proving."""
_ANNEAL: Final = 0.3
_FIRST_RESTART: Final = 0.25
_TICK: Final = 0.01


def plan_roster(desk: Desk) -> None:
    """Fill the roster of a request, offering better and better plans to the desk."""
    request = desk.request
    rules = [r for r in request.problem.rules if r.enabled and r.part == "roster"]
    desk.phase("build")
    space = RosterSpace(request.problem)
    compiled = rows_compile.compile(space, rules)
    table = _Table(desk, space, compiled, lay_out(space))
    for remark in precheck(space, compiled, table.weights, request):
        desk.remark(remark.what, **remark.facts)
    orders = Order.strict() if desk.strict else (WEIGHTED,)
    for order in orders:
        table.run(order, 1.0 / len(orders))


class _Table:
    """What all steps of a roster share."""

    def __init__(self, desk: Desk, space: RosterSpace, compiled: Compiled, layout: Layout) -> None:
        self.desk = desk
        self.space = space
        self.compiled = compiled
        self.layout = layout
        self.weights = weigh(compiled, waivers=desk.request.waivers, kinds=SEARCH)
        self.moves = roster_moves(compiled, layout.lines, layout.tracks)
        self.pins = pinned(space, desk.request.pins)
        self.codes: list[int] | Whole = codes_of(space, compiled, desk.request.plan.duties)
        self.started = any(int(code) > 0 for code in self._own_codes())

    def _own_codes(self) -> Iterator[int]:
        grid = self.layout.grid
        return (int(self.codes[cell]) for cell in grid[grid >= 0].tolist())

    def search(self, weights: Weights, seed: int) -> Search:
        """Make a search from the codes at hand; pinned cells do not move."""
        return Search(self.compiled, weights, self.codes, seed=seed, pinned=self.pins)

    def told(self, codes: Whole) -> bool:
        """Offer a roster to the desk."""
        return self.desk.offer(plan_of(self.space, codes, self.desk.plan))

    def run(self, order: Order, share: float) -> None:
        """Search under an order of tiers with a share of the effort, or of the time left."""
        weights = self.weights
        if order is not WEIGHTED:
            weights = weigh(self.compiled, waivers=self.desk.request.waivers, order=order)
        meeting = Meeting(self.desk, self.told)
        with stop_sign(self.desk.over) as stop:
            search = self.search(weights, self.desk.request.seed)
            moves = self.moves
            lane = Lane(
                meeting, search, moves, stop, cover_unit(search, moves), self.desk.request.seed
            )
            self._first(lane)
            if self.desk.allowance.counted:
                self._counted(lane, share)
            else:
                self._timed(lane, weights)
        meeting.bring(search.best_cost, search.best_codes, surely=True)
        found = meeting.take()
        if found is not None:
            self.codes = found[1]

    def _first(self, lane: Lane) -> None:
        """Make the first roster, or take the plan at hand; then show it."""
        if not self.started:
            self.desk.phase("first_roster")
            first_roster(
                lane.search,
                lane.moves,
                self.layout.people,
                seed=self.desk.request.seed,
                stop=lane.stop,
            )
            lane.search.back_to_best()
        lane.search.keep()
        lane.meeting.bring(lane.search.best_cost, lane.search.best_codes, surely=True)
        self.hot = 0.15 if self.started else 1.0
        self.started = True

    def _counted(self, lane: Lane, share: float) -> None:
        allowance = self.desk.allowance
        self.desk.phase("annealing")
        tries = int(allowance.tries * share)
        lane.restart(int(tries * _FIRST_RESTART), hot=self.hot)
        lane.restart(tries - int(tries * _FIRST_RESTART), hot=self.hot)
        self.desk.phase("neighbourhoods")
        lane.descend(allowance.deterministic * share)

    def _timed(self, lane: Lane, weights: Weights) -> None:
        if lane.over():
            return
        lanes = [lane]
        for number in range(1, self.workers()):
            self.codes = lane.search.best_codes
            search = self.search(weights, self.desk.request.seed + number)
            seed = self.desk.request.seed + 7919 * number
            lanes.append(Lane(lane.meeting, search, lane.moves, lane.stop, lane.unit, seed))
        self.desk.phase("annealing")
        _together([partial(self._work, each, len(lanes)) for each in lanes])

    def workers(self) -> int:
        """Give the number of lanes: as asked, or two where there are two processors."""
        asked = self.desk.request.workers or min(2, os.cpu_count() or 1)
        return max(1, asked)

    def _work(self, lane: Lane, lanes: int) -> None:
        """One lane to the end of its time."""
        if self._tiny() and self._prove(lane):
            return
        each = self.desk.allowance.left() / (lanes if self.desk.allowance.cpu else 1)
        annealing = each * (_ANNEAL if each > 10 else 0.5)
        lane.anneal(300_000, lane.unit * self.hot, lane.unit * self.hot * 0.9)  # learns its rate
        lane.search.back_to_best()
        lane.restart(int(annealing * _FIRST_RESTART * lane.rate), hot=self.hot)
        lane.restart(int(annealing * (1 - _FIRST_RESTART) * lane.rate), hot=self.hot)
        self.desk.phase("neighbourhoods")
        lane.descend()

    def _tiny(self) -> bool:
        grid = self.layout.grid
        free = int((self.compiled.fixed[grid[grid >= 0]] == 0).sum())
        return free * self.compiled.shared <= _TINY and not self.desk.strict

    def _prove(self, lane: Lane) -> bool:
        """Solve a tiny roster whole; tell whether it was proven best (one lane only does it)."""
        if lane.seed != self.desk.request.seed:
            return False
        lane.restart(500_000, hot=1.0)
        cells = np.flatnonzero(lane.search.state.movable).astype(np.int32)
        step = improve(
            lane.search,
            cells,
            legal=max(1, round(lane.legal)) * 1000,
            limits=Limits(deterministic=20.0, seed=1),
            should_stop=lane.over,
        )
        lane.meeting.bring(lane.search.best_cost, lane.search.best_codes, surely=True)
        if step.proven and lane.search.best_cost.hard == 0 and not self.pins:
            self.desk.prove(lane.search.best_cost.soft)
            lane.stop[0] = 1
            return True
        return False


@contextmanager
def stop_sign(over: Callable[[], bool]) -> Iterator[Flags]:
    """Give a flag for the kernel, set by a thread of its own when the time is over or at a stop."""
    flag = np.zeros(1, np.uint8)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_TICK):
            if over():
                flag[0] = 1
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield flag
    finally:
        ended.set()
        thread.join()


def _together(jobs: list[Callable[[], None]]) -> None:
    """Run jobs in threads of their own; the first fault is raised when all have ended."""
    faults: list[BaseException] = []

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as fault:  # noqa: BLE001  # raised again in the caller's thread
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs[1:]]
    for thread in threads:
        thread.start()
    guarded(jobs[0])
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
