"""Theatres: a greedy plan at once, annealing over the rows, exact sequencing, then neighbourhoods.

Where those gain next to nothing any more, a new round begins with annealing; the best round counts.

A plan at hand is the start instead where it places most of what a greedy plan would, and a short
annealing finds no far better rows. Every plan that is shown has been audited; the search never
accepts one that the audit finds no better.
"""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from planner.cases import CaseId
from planner.hospital import SessionId
from planner.rules.closing import forget_closing
from planner.rules.contract import Rule
from planner.rules.theatre_space import TheatreSpace
from planner.score import Score, judge
from solvers.desk import Desk
from solvers.lanes import lanes_of, stop_sign, together
from solvers.memory import give_back
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import Bools, Flags, Short
from solvers.theatre.annealing import HOT, WARM, anneal_rows, is_poor
from solvers.theatre.blocks import Block, Neighbourhoods, Places, to_sequence
from solvers.theatre.bound_work import BoundWork
from solvers.theatre.finish import begin_earlier, insert_waiting
from solvers.theatre.first import First, first, standing
from solvers.theatre.greedy import listed
from solvers.theatre.lane import Lane
from solvers.theatre.layout import OPEN, codes_of
from solvers.theatre.programme import Ground, Programme
from solvers.theatre.referee import Referee
from solvers.theatre.untimed import plan_untimed

_FEW_CASES: Final = 1000
"""Cases up to which a short annealing is sequenced first: a good plan in five CPU-seconds."""
_LAST: Final = 0.002
_LAST_SHARE: Final = 0.05
"""Seconds a case that are kept for the last looks at the plan, and the share of the time at most."""
_LEAST: Final = 0.0005
_FILLING: Final = 0.6
"""Seconds a case without which nobody looks for places for waiting ones; the share that this takes."""
_ROUND: Final = 0.015
"""Seconds a case that annealing and sequencing take, as long as none were timed."""
_FEW: Final = 5
_DISPLACED: Final = 0.01
"""Cases without their place, and their share, above which a plan at hand is annealed too."""


def plan_theatres(desk: Desk) -> None:
    """Place the cases of a request, offering better and better plans to the desk."""
    problem = desk.request.problem
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    kept = standing(desk)
    start, warm = first(desk) if problem.clock else First(kept, warm=False)
    if problem.clock and desk.should_stop():
        return  # the first plan stands
    desk.phase("build")
    space = TheatreSpace(problem, kept)
    try:
        compiled = rows_compile.compile(space, rules, _impatient(desk))
    except rows_compile.StoppedError:
        return
    space.forget()
    forget_closing()
    give_back()
    ground = Ground(desk, space, compiled, rules)
    if not problem.clock:
        codes, _ = codes_of(space, kept)
        plan_untimed(ground, rules, codes)
        return
    if desk.should_stop():
        return
    programme = Programme(ground, desk.plan.with_placements(start), seed=desk.request.seed)
    give_back()
    if desk.should_stop():
        return
    _Work(ground, programme, rules, warm=warm).run()


def _impatient(desk: Desk) -> Callable[[], bool]:
    """Tell when building may be left: where there is a first plan already."""
    return desk.should_stop if desk.request.problem.clock else lambda: False


class _Work:
    """All steps of a search with a clock."""

    def __init__(
        self,
        ground: Ground,
        programme: Programme,
        rules: Sequence[Rule[Any, Any]],
        *,
        warm: bool,
    ) -> None:
        self.ground = ground
        self.desk = ground.desk
        self.programme = programme
        self.warm = warm
        self.near = self.desk.request.near
        self.hot = WARM if warm else HOT
        self.places = Places(ground)
        self.proof = BoundWork(ground, rules)
        self.counted = self.desk.allowance.counted
        self.round = 0.0  # what annealing and sequencing take, in the unit of the budget
        self.lanes = 1 if self.counted else lanes_of(self.desk.request.workers)
        left = 0.0 if self.counted else self.desk.allowance.left()
        self.kept = min(_LAST * ground.space.cells, _LAST_SHARE * left)
        self.filled: Score | None = None

    def run(self) -> None:
        """Search until the allowance is over."""
        with stop_sign(self._late) as stop:
            since = self.desk.allowance.now()
            if self.warm and not self.near and is_poor(self.programme, stop):
                self.warm, self.hot = False, HOT  # kept all the same while nothing better is found
            wished = self.programme.slots.copy()
            short = self.ground.space.cells <= _FEW_CASES and not (self.warm or self.counted)
            if not self.warm or self._displaced():
                wished = self._begin(stop, short=short)
            if self.desk.should_stop():
                return
            referee = Referee(self.programme)
            seed = self.desk.request.seed
            seeds = [seed + 7919 * k for k in range(self.lanes)]
            lanes = [Lane(referee, seed=each, over=self._late) for each in seeds]
            blocks = self._blocks(referee, wished, self._at_hand())
            self._sequence(lanes, blocks, wished, short=short, prove=not short)
            if self.desk.should_stop():
                return
            self.round = self.desk.allowance.now() - since
            if self.warm:
                self.round = max(self.round, _ROUND * self.ground.space.cells)
            if short:
                self._again(lanes, stop)
            else:
                self._descend(lanes)
            while not (self.counted or self._late()):
                if self.round < self.desk.allowance.left() - self.kept:
                    self._again(lanes, stop)
                else:
                    self._descend(lanes, last=True)
            self._fill(referee)
            if not self.desk.over():
                begin_earlier(self.programme, self.desk.over)

    def _late(self) -> bool:
        """Tell whether the search has to end, so that there is time for the last looks."""
        allowance = self.desk.allowance
        return self.desk.should_stop() or not (self.counted or allowance.left() > self.kept)

    def _fill(self, referee: Referee) -> None:
        """Place waiting cases that fit after all, once in each plan that was searched to its end."""
        allowance = self.desk.allowance
        few = not self.counted and self.kept < _LEAST * self.ground.space.cells
        if few or self.filled is referee.score or self.desk.over():
            return
        end = allowance.now() + _FILLING * self.kept

        def over() -> bool:
            return self.desk.over() or not (self.counted or allowance.now() < end)

        if insert_waiting(self.programme, over) and not self.desk.should_stop():
            referee.begin()
        self.filled = referee.score

    def _begin(self, stop: Flags, *, short: bool) -> Short:
        """Anneal, shortly at first, so that there is a plan to look at."""
        self.desk.phase("annealing")
        if not (self.warm or self.counted):
            wished = self._anneal(stop, HOT, quick=True)
            if short or self.desk.should_stop():
                return wished
            self.desk.offer(self.programme.plan())
        return self._anneal(stop, self.hot)

    def _sequence(
        self,
        lanes: list[Lane],
        blocks: deque[Block],
        wished: Short,
        *,
        short: bool = False,
        prove: bool = False,
    ) -> None:
        """Sequence blocks, on all cores; offer other sessions to those of `wished` left out."""
        deterministic, left = self._deterministic(), (Neighbourhoods(self.places), wished)
        self.desk.phase("sequencing")
        jobs = [
            partial(lane.sequence, blocks, deterministic, short=short, left=left) for lane in lanes
        ]
        self._together(lanes[0].referee, jobs, prove=prove)

    def _descend(self, lanes: list[Lane], *, last: bool = False) -> None:
        """Search neighbourhoods until that gains next to nothing, or to the end."""
        self.desk.phase("neighbourhoods")
        ways, tired = Neighbourhoods(self.places), None
        if not (last or self.counted or self.near):
            tired = np.zeros(1, np.uint8)
        jobs = [partial(lane.descend, ways, self._deterministic(), tired) for lane in lanes]
        self._together(lanes[0].referee, jobs, prove=not self.counted)
        if not (self.counted or self._late()):
            self._fill(lanes[0].referee)

    def _together(
        self, referee: Referee, jobs: Sequence[Callable[[], None]], *, prove: bool
    ) -> None:
        """Run a job on each core; the last one works on the bound before, if asked to."""
        slots = self.programme.slots.copy()

        def last() -> None:
            if prove:
                self.proof.go_on(slots, referee.lock)
            jobs[-1]()

        together([*jobs[:-1], last])
        if not self.desk.should_stop():  # else somebody waits for the end
            referee.settle()

    def _deterministic(self) -> float | None:
        return self.desk.allowance.deterministic if self.counted else None

    def _again(self, lanes: list[Lane], stop: Flags) -> None:
        """Anneal again, sequence and descend; take the plan before where that ends no better."""
        referee, programme = lanes[0].referee, self.programme
        every = np.arange(self.ground.space.cells, dtype=np.int32)
        slots, starts, score = programme.slots.copy(), programme.starts.copy(), referee.score
        since = self.desk.allowance.now()
        self.desk.phase("annealing")
        wished = self._anneal(stop, HOT)
        if not self._late():
            referee.begin()
            self._sequence(lanes, self._blocks(referee, wished, None), wished)
            self.round = self.desk.allowance.now() - since
        if not self._late():
            self._descend(lanes)
        if self.desk.should_stop():
            return
        if not referee.score.key < score.key:
            programme.put(every, slots, starts)
            referee.begin()

    def _blocks(
        self, referee: Referee, wished: Short, before: tuple[Short, Short] | None
    ) -> deque[Block]:
        """Give what to sequence, dropped cases first; what is new or broken since `before`."""
        blocks = to_sequence(self.programme, wished)
        now = self.programme.slots
        if before is not None:
            slots, starts = before
            touched = (now != slots) | (self.programme.starts != starts) | self._broken(referee)
            blocks = [block for block in blocks if touched[block.cells].any()]
        value = np.where(now != wished, self.places.value, 0)
        blocks.sort(key=lambda block: -int(value[block.cells].sum()))
        return deque(blocks)

    def _at_hand(self) -> tuple[Short, Short] | None:
        """Give slots and starts of the plan at hand, if the search began from it."""
        if not self.warm:
            return None
        codes, starts = codes_of(self.ground.space, self.desk.request.plan.placements)
        return self.ground.compiled.slots_of(codes), starts

    def _broken(self, referee: Referee) -> Bools:
        """Mark the cells of cases that a hard breach names, or all where one names none."""
        space = self.ground.space
        found = np.zeros(space.cells, bool)
        if referee.score.hard == 0:
            return found
        request = self.desk.request
        plan = self.programme.plan()
        inside = {part[0].session: [p.case for p in part] for part in plan.sessions}
        for each in judge(request.problem, plan, request.waivers, parts=("theatre",)).hard:
            cases = [
                case
                for subject in each.breach.about.subjects
                for case in inside.get(SessionId(subject), [CaseId(subject)])
                if case in space.cell_of
            ]
            if not cases:
                return np.ones(space.cells, bool)
            found[[space.cell_of[case] for case in cases]] = True
        return found

    def _displaced(self) -> bool:
        """Tell whether so many cases have lost their place that neighbourhoods are too narrow."""
        codes, _ = codes_of(self.ground.space, self.desk.request.plan.placements)
        before = self.ground.compiled.slots_of(codes)
        placed = before != self.ground.layout.out
        moved = int((placed & (self.programme.slots != before)).sum())
        return moved > max(_FEW, _DISPLACED * int(placed.sum()))

    def _anneal(self, stop: Flags, hot: float, *, quick: bool = False) -> Short:
        """Anneal over the rows, then list; give the slots wanted, those the list left out too."""
        programme, layout = self.programme, self.ground.layout
        before = programme.slots.copy()
        anneal_rows(programme, stop, self.lanes, hot, quick=quick)
        wished = programme.slots.copy()
        if self.desk.should_stop():
            return wished
        held = programme.search.state.movable == 0
        kept = held | self._untouched(before) if hot < HOT else held
        programme.starts[~kept] = OPEN
        placed = listed(self.ground.clocks, programme.plan().placements)
        cells = np.array([self.ground.space.cell_of[p.case] for p in placed], np.int32)
        fits = held.copy()
        fits[cells] = True
        out = np.flatnonzero(~fits & (wished != layout.out)).astype(np.int32)
        programme.put(out, layout.out[out], np.full(len(out), OPEN, np.int32))
        _, starts = codes_of(self.ground.space, placed)
        programme.starts[cells] = starts[cells]
        return wished

    def _untouched(self, before: Short) -> Bools:
        """Mark the cells whose session has the same cases as before."""
        session, now = self.ground.layout.session, self.programme.slots
        changed = np.flatnonzero(now != before)
        touched = np.concatenate((session[now[changed]], session[before[changed]]))
        return ~np.isin(session[now], touched)
