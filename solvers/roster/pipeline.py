"""Rosters: a first one person by person, annealing, then exact search of neighbourhoods.

Measured design: the same kernel everywhere, legal first; two lanes on two cores that exchange their
best roster. Every roster that is shown has been audited.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import numpy as np

from planner.rules.space import OFF, RosterSpace
from solvers.budget import Allowance
from solvers.cpsat import Limits
from solvers.desk import Desk
from solvers.lanes import lanes_of, stop_sign, together
from solvers.memory import give_back
from solvers.roster.bounding import bound_beside
from solvers.roster.by_columns import by_columns
from solvers.roster.cooling import Cooling
from solvers.roster.lane import WARM, Lane
from solvers.roster.layout import Layout, codes_of, days_of, lay_out, pinned, plan_of
from solvers.roster.meeting import Meeting
from solvers.roster.precheck import precheck
from solvers.roster.prices import staying, with_minutes
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import KINDS, Compiled, Flags, Whole
from solvers.rows.first_roster import OneByOne, cover_unit, first_roster
from solvers.rows.lns import improve
from solvers.rows.moves_roster import roster_moves
from solvers.rows.search import Search
from solvers.rows.weights import SEARCH, WEIGHTED, Order, Weights, weigh

_TINY: Final = 1_200
"""Cells times codes up to which the whole roster is one model that is worth proving."""
_ANNEAL: Final = 0.4
_ANNEAL_SHORT: Final = 0.6
_SHORT: Final = 10.0
"""Seconds a lane under which most of the time goes to annealing."""
_HOT: Final = 0.4
"""Share of the annealing of a hot one; of all hot ones together at most twice as much."""
_MOST_HOT: Final = 0.8
_HOTS: Final = 4
_RISE: Final = 1.7
"""First temperature of a hot annealing, in cover units, for the share that it has of the tries it
needs (Curtois 20, a sixteenth of them: 7 263 from a tenth of a unit, none legal from a third)."""
_FEW: Final = 0.12
"""Share of the tries it needs under which one hot annealing has all: nothing is far from cold then
(Curtois 20 and 13 on a slow machine)."""
_SMALL: Final = 1.5
"""Times the annealing of a roster so small that it is hot more than once, or so large that all of it
is one cooling."""
_WARMS: Final = 3
_LARGE: Final = 0.35
"""Times the annealing of a lane that a roster needs from which the lanes cool it together."""
_AT_HAND: Final = 0.15
_NEAR: Final = 0.05
"""First temperature of a roster that stays near the plan at hand."""
_FEW_LOST: Final = 50
"""A plan that loses at most one cell in so many needs no annealing to stay near."""
_TINY_SECONDS: Final = 1.0
_WHOLE: Final = 0.4
_LEAST: Final = 0.5
"""Of the annealing, what a lane has whose pricing did not come to its end."""
_LONGEST: Final = 1_000.0
_LONG: Final = 5.0
_QUICK: Final = 0.7
"""Seconds of a first annealing, where all together take long: a hot one shows nothing until it is cold."""
_LESS_HOT: Final = 0.3
_FIRM: Final = 1000
_COLUMNS_COUNTED: Final = 0.2
"""Of the neighbourhoods of a counted effort, what columns that come to their end cost."""


def plan_roster(desk: Desk) -> None:
    """Fill the roster of a request, offering better and better plans to the desk."""
    request = desk.request
    rules = [r for r in request.problem.rules if r.enabled and r.part == "roster"]
    desk.phase("build")
    space = RosterSpace(request.problem, request.plan.duties)
    compiled = rows_compile.compile(space, rules)
    space.forget()
    give_back()
    table = _Table(desk, space, compiled, lay_out(space))
    for remark in precheck(space, compiled, table.weights(WEIGHTED), request):
        desk.remark(remark.what, **remark.facts)
    orders = Order.strict() if desk.strict else (WEIGHTED,)
    for done, order in enumerate(orders):
        if desk.allowance.counted:
            table.run(order, desk.allowance.share(1.0 / len(orders)))
        else:
            table.run(order, desk.allowance.share(1.0 / (len(orders) - done)))


def restarts(enough: float, hottest: float) -> Iterator[tuple[float, float]]:
    """Give shares of the annealing and first temperatures in cover units: hot, then warm.

    Hot as often as it is long enough, `enough` of the annealing: one alone may miss by a unit of
    cover that no warm one finds. Cooler where it is far too short: it would not get cold in order.
    """
    count = max(1, min(_HOTS, int(_MOST_HOT / enough)))
    share = min(_MOST_HOT, _HOT * count)
    if _HOT / enough < _FEW:
        yield 1.0, min(hottest, max(WARM, _RISE / enough))
        return
    first = min(hottest, max(WARM, _RISE * share / count / enough))
    for _ in range(count):
        yield share / count, first
    for _ in range(_WARMS):
        yield (1.0 - share) / _WARMS, min(hottest, WARM)


class _Table:
    """What all steps of a roster share."""

    def __init__(self, desk: Desk, space: RosterSpace, compiled: Compiled, layout: Layout) -> None:
        self.desk = desk
        self.space = space
        self.compiled = compiled
        self.layout = layout
        self.moves = roster_moves(compiled, layout.lines, layout.tracks)
        self.pins = pinned(space, desk.request.pins)
        self._weights: dict[Order, Weights] = {}
        self.lost: list[int] = []  # cells that have to give up what the plan at hand has there
        self.codes: list[int] | Whole = self._fitting(
            codes_of(space, compiled, desk.request.plan.duties)
        )
        self.started = any(int(self.codes[cell]) > 0 for cell in layout.cells)
        self.near = desk.request.near and self.started and not desk.strict and not self._tiny()
        self.hot = (_NEAR if self.near else _AT_HAND) if self.started else 1.0
        self._lanes = 1
        self._cooling: Cooling | None = None
        self._lock = threading.Lock()

    def _fitting(self, codes: list[int]) -> list[int]:
        """Take out duties that a hard price closes (she is away by now) and that no pin holds."""
        closed = self.weights(WEIGHTED).closed
        held = set(self.pins)
        for cell in self.layout.cells:
            if codes[cell] != OFF and cell not in held:
                slot = self.compiled.slot(cell, codes[cell])
                if closed[slot]:
                    codes[cell] = OFF
                    self.lost.append(cell)
        return codes

    def weights(self, order: Order) -> Weights:
        """Weigh the rules for a search under an order of tiers."""
        if order not in self._weights:
            weights = weigh(
                self.compiled, waivers=self.desk.request.waivers, kinds=SEARCH, order=order
            )
            self._weights[order] = with_minutes(self.compiled, weights)
        return self._weights[order]

    def run(self, order: Order, allowance: Allowance) -> None:
        """Search under an order of tiers."""
        meeting = Meeting(self.desk, allowance, self._told)
        with stop_sign(meeting.over) as stop:
            lane = self._lane(meeting, self.weights(order), stop)
            self._first(lane)
            if allowance.counted:
                self._counted(lane)
            elif not lane.over():
                self._timed(lane)
        meeting.end()
        found = meeting.take()
        if found is not None:
            self.codes = found[1]

    def _told(self, codes: Whole) -> bool:
        return self.desk.offer(plan_of(self.space, codes, self.desk.plan))

    def _lane(self, meeting: Meeting, weights: Weights, stop: Flags) -> Lane:
        seed = self.desk.request.seed
        search = Search(self.compiled, weights, self.codes, seed=seed, pinned=self.pins)
        unit = cover_unit(search, self.moves)
        if self.near:
            stay = staying(self.compiled, weights, self.codes, self.lost, unit)
            search = Search(self.compiled, stay, self.codes, seed=seed, pinned=self.pins)
        lane = Lane(meeting, search, self.moves, stop, unit, seed)
        if not self.desk.strict:
            lane.alone = OneByOne(search, self.moves, self.layout.people)
        return lane

    def _first(self, lane: Lane) -> None:
        """Make the first roster, or take the plan at hand; then show it."""
        if not self.started:
            self.desk.phase("first_roster")
            seed, people = self.desk.request.seed, self.layout.people
            with stop_sign(self.desk.should_stop) as wish:  # short, so the clock does not end it
                first_roster(
                    lane.search, lane.moves, people, seed=seed, stop=wish, alone=lane.alone
                )
            lane.search.back_to_best()
        lane.search.keep()
        lane.meeting.bring(lane.search.best_cost, lane.search.best_codes, surely=True)
        self.started = True

    def _counted(self, lane: Lane) -> None:
        allowance = lane.meeting.allowance
        self.desk.phase("annealing")
        for share, hot in restarts(lane.enough / max(allowance.tries, 1), self.hot):
            lane.restart(int(allowance.tries * share), hot=hot)
        self.desk.phase("neighbourhoods")
        left = allowance.deterministic
        if self._columns(lane, 0.0):
            left -= left * _COLUMNS_COUNTED
        if self._tiny() and not lane.over():
            left -= self._prove(lane, left / 2)
        lane.descend(left)

    def _timed(self, first: Lane) -> None:
        allowance = first.meeting.allowance
        count = self._lanes = lanes_of(self.desk.request.workers)
        lanes = [first, *(first.twin(7919 * number) for number in range(1, count))]
        lanes[-1].leaves = not self.near and not self.desk.strict
        seconds = allowance.left() / (len(lanes) if allowance.cpu else 1)
        annealing = seconds * (_ANNEAL if seconds > _SHORT else _ANNEAL_SHORT)
        if self._tiny():
            annealing = min(annealing, _TINY_SECONDS)
        self.desk.phase("annealing")
        begin: list[Callable[[], None]] = [
            *(partial(self._anneal, lane, annealing) for lane in lanes[:-1]),
            partial(self._price, lanes[-1], seconds, annealing),
        ]
        go_on = [self._whole if self._tiny() else Lane.descend, *(Lane.descend for _ in lanes[1:])]
        phase = self._once("neighbourhoods")

        def work(number: int) -> None:
            if number == 0 and annealing > _LONG and not self.near:
                first.restart(int(_QUICK * first.rate), hot=min(self.hot, _LESS_HOT))
            begin[number]()
            phase()
            go_on[number](lanes[number])

        together([partial(work, number) for number in range(len(lanes))])

    def _once(self, phase: str) -> Callable[[], None]:
        """Give a call that tells a phase when the first lane makes it."""
        lock = threading.Lock()

        def tell() -> None:
            if lock.acquire(blocking=False):
                self.desk.phase(phase)

        return tell

    def _price(self, lane: Lane, seconds: float, annealing: float) -> None:
        """Make rosters of columns; where that does not end in time, bound and anneal as any lane."""
        before = time.thread_time()
        if self._columns(lane, seconds) or lane.over():
            return
        annealing = max(annealing * _LEAST, annealing - (time.thread_time() - before))
        jobs: list[Callable[[], None]] = [partial(self._anneal, lane, annealing)]
        priced = lane.meeting.pricing
        if not self.desk.strict and not (priced and priced.done):
            waivers = self.desk.request.waivers
            lanes = lanes_of(self.desk.request.workers)
            jobs.append(partial(bound_beside, lane.meeting, self.compiled, waivers, lanes))
        together(jobs)

    def _columns(self, lane: Lane, seconds: float) -> bool:
        if self.desk.strict or self.near:
            return False
        waivers, days = self.desk.request.waivers, days_of(self.space)
        return by_columns(lane, self.compiled, waivers, days, seconds, pinned=bool(self.pins))

    def _whole(self, lane: Lane) -> None:
        """Try to solve the whole roster for some of the time, then search as any lane does."""
        allowance = lane.meeting.allowance
        end = allowance.now() + _WHOLE * allowance.left()
        self._prove(lane, _LONGEST, lambda: lane.over() or allowance.now() > end)
        lane.descend()

    def _anneal(self, lane: Lane, seconds: float) -> None:
        lane.learn()
        if self.near and _FEW_LOST * len(self.lost) <= len(self.layout.cells):
            return  # neighbourhoods gain at once; a cooling that time cuts short gains nothing
        enough = lane.enough / max(seconds * lane.rate, 1.0)
        cooling = self._shared(lane, enough)
        if cooling is not None:
            cooling.work(lane, seconds * _SMALL)
            return
        if enough <= _MOST_HOT / 2:
            lane.anew = self.hot
            seconds, enough = seconds * _SMALL, enough / _SMALL
        elif _HOT * _SMALL / enough < _FEW:
            seconds, enough = seconds * _SMALL, enough / _SMALL
        for number, (share, hot) in enumerate(restarts(enough, self.hot)):
            if number and lane.beaten():
                return
            lane.catch_up()
            lane.restart(int(seconds * share * lane.rate), hot=hot)

    def _shared(self, lane: Lane, enough: float) -> Cooling | None:
        """Give the cooling of all lanes where a roster is large for one of them; one a run."""
        with self._lock:
            large = self._lanes > 1 and enough > _LARGE and not self.near and not self.desk.strict
            if self._cooling is None and large:
                hot = min(self.hot, max(WARM, _RISE * self._lanes * _SMALL / enough))
                self._cooling = Cooling(lane.search, self.moves, self.layout.people, hot)
            return self._cooling

    def _tiny(self) -> bool:
        free = int((self.compiled.fixed[self.layout.cells] == 0).sum())
        guides = bool((self.compiled.rows.kind == KINDS.index("guide")).any())
        return free * self.compiled.shared <= _TINY and not self.desk.strict and not guides

    def _prove(
        self, lane: Lane, deterministic: float, over: Callable[[], bool] | None = None
    ) -> float:
        """Solve the roster whole if that can be done; say the deterministic time spent.

        A proof ends all lanes.
        """
        step = improve(
            lane.search,
            np.flatnonzero(lane.search.state.movable).astype(np.int32),
            legal=max(1, round(lane.legal)) * _FIRM,
            limits=Limits(deterministic=deterministic, seed=1),
            should_stop=over,
        )
        lane.bring()
        if step.proven:
            if lane.search.best_cost.hard == 0 and not self.pins:
                lane.meeting.end()
                self.desk.prove(lane.search.best_cost.soft, "model")
            lane.stop[0] = 1
        return step.spent
