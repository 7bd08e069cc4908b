"""Annealing of a theatre plan over its rows: exact ones, relaxations and guides; no clock.

Its length goes by the cases, and by the time there is. Rows gain little after two seconds on five
hundred cases, but what ten more find fits the clock better: 5 % less once sequenced.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from solvers.lanes import together
from solvers.rows.arrays import Flags, Short
from solvers.rows.moves_theatre import TheatreMoves, anneal, theatre_moves
from solvers.rows.search import Search
from solvers.rows.weights import Cost, Weights
from solvers.theatre.programme import Ground, Programme

HOT: Final = 1_000.0
COLD: Final = 10.0
LEGAL: Final = 2_000.0
"""Temperatures, and the price of a hard unit. Measured on mid and chu: an end at 40 costs 2 % of the
rows; a price of 300 now and then leaves some hard minutes on chu, and with them everything."""
WARM: Final = 200.0
"""Where annealing of a plan at hand begins: most of it stays."""
STAY: Final = 150
"""What it seems to cost to move a case of a plan at hand: as much as half an hour of idle surgeon."""
POOR: Final = 1.1
"""How much dearer than those of a short annealing the rows of a plan at hand may be to be gone on
from. Measured: greedy plans 1.5 to 2; plans searched for five seconds (chu: sixty) at most 1.03."""
_TRIES_A_CASE: Final = 40_000
_MOST: Final = 30_000_000
_QUICK: Final = 1_000_000
"""Tries of a first, short annealing: half a second or so, for a plan to look at meanwhile."""
_SHARE: Final = 0.2
_PIECE: Final = 50_000


def anneal_rows(
    programme: Programme, stop: Flags, lanes: int, hot: float = HOT, *, quick: bool = False
) -> None:
    """Anneal a programme, with another seed on each core where time is that of the wall."""
    ground = programme.ground
    allowance = ground.desk.allowance
    weights = ground.weights if hot == HOT else _staying(programme)
    codes = programme.codes()
    seed = ground.desk.request.seed
    number = 1 if allowance.counted or allowance.cpu else lanes
    searches = [
        Search(ground.compiled, weights, codes, seed=seed + k, pinned=ground.pins)
        for k in range(number)
    ]
    jobs: list[Callable[[], None]] = [
        partial(_run, ground, each, stop, hot, quick=quick) for each in searches
    ]
    together(jobs)
    best = min(searches, key=_cost)
    slots: Short = best.state.best.copy()
    cells = np.flatnonzero(programme.slots != slots).astype(np.int32)
    programme.search.put(cells, slots[cells])
    programme.search.keep()


def is_poor(programme: Programme, stop: Flags) -> bool:
    """Tell whether a short annealing finds far better rows than those of a plan at hand."""
    ground = programme.ground
    begun = Search(ground.compiled, ground.weights, programme.codes(), pinned=ground.pins)
    before = begun.cost
    _run(ground, begun, stop, HOT, quick=True)
    after = begun.best_cost
    return after.hard < before.hard or before.soft > POOR * after.soft


def _staying(programme: Programme) -> Weights:
    """Make it cost something to leave a place, so that a plan at hand changes where it gains."""
    ground = programme.ground
    placed = programme.slots != ground.layout.out
    price = ground.weights.price + STAY * placed[ground.compiled.slot_cell]
    price[programme.slots[placed]] -= STAY
    return replace(ground.weights, price=price)


def _cost(search: Search) -> Cost:
    return search.best_cost


def _run(ground: Ground, search: Search, stop: Flags, begin: float, *, quick: bool) -> None:
    """One search from hot to cold, by tries, or by time where that is shorter."""
    allowance = ground.desk.allowance
    moves: TheatreMoves = theatre_moves(ground.compiled, ground.layout.session_of_code())
    tries = min(_TRIES_A_CASE * ground.compiled.cells, _MOST)
    tries = tries if begin == HOT else tries // 2
    tries = allowance.tries if allowance.counted else tries
    tries = min(tries, _QUICK) if quick else tries
    seconds = float("inf") if allowance.counted else _SHARE * allowance.left()
    clock = time.thread_time if allowance.cpu else time.monotonic
    since = 0.0 if allowance.counted else clock()
    done, at = 0, 0.0
    while at < 1.0 and not stop[0]:
        piece = min(_PIECE, max(tries - done, 1))
        step = piece / tries
        if done and not allowance.counted:
            step = max(step, (clock() - since) / seconds * piece / done)
        then = min(1.0, at + step)
        hot, cold = (begin * (COLD / begin) ** share for share in (at, then))
        anneal(search, moves, tries=piece, hot=hot, cold=cold, legal=LEGAL, stop=stop)
        done, at = done + piece, then
        if done >= tries:
            at = 1.0
    for times in (10, 100):  # the best plan is a legal one: end on legal ground
        if search.cost.hard and not stop[0]:
            legal = times * LEGAL
            anneal(search, moves, tries=_PIECE, hot=COLD, cold=COLD, legal=legal, stop=stop)
    search.back_to_best()
