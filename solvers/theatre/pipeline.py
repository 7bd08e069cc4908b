"""Theatres: a greedy plan at once, annealing over the rows, exact sequencing, then neighbourhoods.

A plan at hand is the start instead where it places most of what a greedy plan would. Every plan that
is shown has been audited; the search never accepts one that the audit finds no better.
"""

from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from planner.cases import CaseId
from planner.hospital import SessionId
from planner.rules.contract import Rule
from planner.rules.theatre_space import TheatreSpace
from planner.score import judge
from solvers.desk import Desk
from solvers.lanes import lanes_of, stop_sign, together
from solvers.memory import give_back
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import Bools, Flags, Short
from solvers.theatre.annealing import HOT, WARM, anneal_rows
from solvers.theatre.blocks import Block, Neighbourhoods, Places, to_sequence
from solvers.theatre.bound import given_kept, lower_bound
from solvers.theatre.first import First, first, standing
from solvers.theatre.greedy import listed
from solvers.theatre.lane import Lane
from solvers.theatre.layout import OPEN, codes_of
from solvers.theatre.programme import Ground, Programme
from solvers.theatre.referee import Referee
from solvers.theatre.untimed import plan_untimed

_FEW: Final = 5
_DISPLACED: Final = 0.01
"""Cases without their place, and their share, above which a plan at hand is annealed too."""
_BOUND: Final = 0.05
_LONGEST_BOUND: Final = 10.0


def plan_theatres(desk: Desk) -> None:
    """Place the cases of a request, offering better and better plans to the desk."""
    problem = desk.request.problem
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    kept = standing(desk)
    start, warm = first(desk) if problem.clock else First(kept, warm=False)
    desk.phase("build")
    space = TheatreSpace(problem, kept)
    compiled = rows_compile.compile(space, rules)
    space.forget()
    give_back()
    ground = Ground(desk, space, compiled, rules)
    if not problem.clock:
        codes, _ = codes_of(space, kept)
        plan_untimed(ground, rules, codes)
        return
    programme = Programme(ground, desk.plan.with_placements(start), seed=desk.request.seed)
    give_back()
    _Work(ground, programme, rules, warm=warm).run()


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
        self.rules = rules
        self.warm = warm
        self.places = Places(ground)
        self.counted = self.desk.allowance.counted
        self.lanes = 1 if self.counted else lanes_of(self.desk.request.workers)

    def run(self) -> None:
        """Search until the allowance is over."""
        with stop_sign(self.desk.over) as stop:
            wished = self.programme.slots.copy()
            if not self.warm or self._displaced():
                self.desk.phase("annealing")
                if not (self.warm or self.counted):
                    self._anneal(stop, quick=True)
                    self.desk.offer(self.programme.plan())
                wished = self._anneal(stop)
            if self.desk.should_stop():
                return
            referee = Referee(self.programme)
            seed = self.desk.request.seed
            lanes = [Lane(referee, seed=seed + 7919 * k) for k in range(self.lanes)]
            deterministic = self.desk.allowance.deterministic if self.counted else None
            self._bound()
            self.desk.phase("sequencing")
            blocks = self._blocks(referee, wished)
            together([partial(lane.sequence, blocks, deterministic) for lane in lanes])
            self._settle(referee)
            self.desk.phase("neighbourhoods")
            ways = Neighbourhoods(self.places)
            together([partial(lane.descend, ways, deterministic) for lane in lanes])
            self._settle(referee)

    def _settle(self, referee: Referee) -> None:
        """Audit what is pending, unless somebody waits for the end."""
        if not self.desk.should_stop():
            referee.settle()

    def _blocks(self, referee: Referee, wished: Short) -> deque[Block]:
        """Give what to sequence, dropped cases first; of a plan at hand what is new or broken."""
        blocks = to_sequence(self.programme, wished)
        now = self.programme.slots
        if self.warm:
            codes, known = codes_of(self.ground.space, self.desk.request.plan.placements)
            same = (now == self.ground.compiled.slots_of(codes)) & (self.programme.starts == known)
            touched = ~same | self._broken(referee)
            blocks = [block for block in blocks if touched[block.cells].any()]
        value = np.where(now != wished, self.places.value, 0)
        blocks.sort(key=lambda block: -int(value[block.cells].sum()))
        return deque(blocks)

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

    def _anneal(self, stop: Flags, *, quick: bool = False) -> Short:
        """Anneal over the rows, then list; give the slots wanted, those the list left out too."""
        programme, layout = self.programme, self.ground.layout
        before = programme.slots.copy()
        anneal_rows(programme, stop, self.lanes, WARM if self.warm else HOT, quick=quick)
        wished = programme.slots.copy()
        held = programme.search.state.movable == 0
        kept = held | self._untouched(before) if self.warm else held
        programme.starts[~kept] = OPEN
        placed = listed(self.ground.clocks, programme.plan().placements)
        cells = np.array([self.ground.space.cell_of[p.case] for p in placed], np.int32)
        fits = held.copy()
        fits[cells] = True
        out = np.flatnonzero(~fits & (wished != layout.out)).astype(np.int32)
        programme.put(out, layout.out[out], np.full(len(out), OPEN, np.int32))
        programme.starts[cells] = [OPEN if p.start is None else p.start for p in placed]
        return wished

    def _untouched(self, before: Short) -> Bools:
        """Mark the cells whose session has the same cases as before."""
        session, now = self.ground.layout.session, self.programme.slots
        changed = np.flatnonzero(now != before)
        touched = np.concatenate((session[now[changed]], session[before[changed]]))
        return ~np.isin(session[now], touched)

    def _bound(self) -> None:
        """Work out a bound where it costs little of the time."""
        allowance = self.desk.allowance
        seconds = 0.0 if self.counted else min(_LONGEST_BOUND, _BOUND * allowance.left())
        waived = frozenset(waiver.rule for waiver in self.desk.request.waivers)
        kept = given_kept(self.ground.compiled, self.rules, waived)
        found = lower_bound(
            self.ground.compiled,
            self.ground.open_weights,
            kept,
            seconds=seconds,
            counted=self.counted,
        )
        if found is not None:
            self.desk.prove(found)
