"""Theatres: a greedy plan at once, annealing over the rows, exact sequencing, then neighbourhoods.

A plan at hand is the start instead where it places most of what it can. Every plan that is shown has
been audited; the search never accepts one that the audit finds no better.
"""

import os
import time
from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from planner.facts import facts
from planner.plan import Placement
from planner.rules.contract import Rule
from planner.rules.theatre_space import TheatreSpace
from planner.score import judge
from solvers.engine import Desk
from solvers.lanes import lanes_of, stop_sign, together
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import Flags, Short
from solvers.rows.moves_theatre import anneal, theatre_moves
from solvers.theatre.blocks import Neighbourhoods, Places, to_sequence
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from solvers.theatre.lane import Days, Lane
from solvers.theatre.layout import OPEN, codes_of
from solvers.theatre.programme import Ground, Programme
from solvers.theatre.referee import Referee
from solvers.theatre.untimed import plan_untimed

HOT: Final = 3_000.0
COLD: Final = 40.0
ANNEAL_LEGAL: Final = 300.0
_PIECE: Final = 100_000


def plan_theatres(desk: Desk) -> None:
    """Place the cases of a request, offering better and better plans to the desk."""
    problem = desk.request.problem
    rules = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    kept = standing(desk)
    warm = len(kept) > 0
    if problem.clock:
        desk.phase("greedy")
        kept = _first(desk, rules, kept)
    desk.phase("build")
    space = TheatreSpace(problem, (*_known(desk), *kept))
    compiled = rows_compile.compile(space, rules)
    ground = Ground(desk, space, compiled, rules)
    if not problem.clock:
        codes, _ = codes_of(space, kept)
        plan_untimed(ground, rules, codes)
        return
    programme = Programme(ground, desk.plan.with_placements(kept), seed=desk.request.seed)
    _Work(ground, programme, warm=warm).run()


def _known(desk: Desk) -> list[Placement]:
    """Give the placements of the plan at hand whose case, session and surgeon there still are."""
    known = facts(desk.request.problem)
    return [
        placement
        for placement in desk.request.plan.placements
        if placement.case in known.cases
        and placement.session in known.sessions
        and (placement.surgeon is None or placement.surgeon in known.surgeons)
    ]


def standing(desk: Desk) -> list[Placement]:
    """Give what still fits of the plan at hand.

    A placement that breaks a hard rule by itself (its session closed since, or another owner's)
    does not, unless a pin holds it: the case goes back to the list.
    """
    request = desk.request
    known = _known(desk)
    plan = request.plan.with_placements(known)
    alone = {
        each.breach.about.subjects[0]
        for each in judge(request.problem, plan, request.waivers, parts=(desk.part,)).hard
        if len(each.breach.about.subjects) == 1 and each.rule.reach == "case"
        if each.rule.type != "needs_start"
    }
    held = {(pin.kind, pin.id) for pin in request.pins}
    return [
        placement
        for placement in known
        if placement.case not in alone
        or ("case", placement.case) in held
        or ("session", placement.session) in held
    ]


def _first(desk: Desk, rules: Sequence[Rule[Any, Any]], kept: list[Placement]) -> list[Placement]:
    request = desk.request
    known = facts(request.problem)
    clocks = Clocks(request.problem, known, rules, request.waivers)
    held = frozenset(known.sessions[p.id].id for p in request.pins if p.kind == "session" and p.id in known.sessions)
    placed = listed(clocks, first_plan(request.problem, kept, held))
    desk.offer(request.plan.with_placements(placed))
    return placed


class _Work:
    """All steps of a search with a clock."""

    def __init__(self, ground: Ground, programme: Programme, *, warm: bool) -> None:
        self.ground = ground
        self.desk = ground.desk
        self.programme = programme
        self.warm = warm
        self.places = Places(ground)

    def run(self) -> None:
        """Search until the allowance is over."""
        with stop_sign(self.desk.over) as stop:
            wished = self.programme.slots.copy()
            if not self.warm:
                wished = self._anneal(stop)
            referee = Referee(self.programme)
            days = Days()
            number = 1 if self.desk.allowance.counted else lanes_of(self.desk.request.workers)
            lanes = [
                Lane(k, referee, days, seed=self.desk.request.seed + 7919 * k)
                for k in range(number)
            ]
            if self.desk.over():
                return
            self.desk.phase("sequencing")
            blocks = deque(to_sequence(self.programme, wished))
            det = self.desk.allowance.deterministic if self.desk.allowance.counted else None
            together([partial(lane.sequence, blocks, det) for lane in lanes])
            referee.settle()
            self.desk.phase("neighbourhoods")
            ways = Neighbourhoods(self.places)
            together([partial(lane.descend, ways, det) for lane in lanes])
            referee.settle()

    def _anneal(self, stop: Flags) -> Short:
        """Anneal over the rows, then list; give the slots wanted, those the list left out too."""
        self.desk.phase("annealing")
        search = self.programme.search
        moves = theatre_moves(self.ground.compiled, self.ground.layout.session_of_code())
        tries = self._tries()
        done = 0
        while done < tries and not stop[0]:
            ratio = COLD / HOT
            piece = min(_PIECE, tries - done)
            hot = HOT * ratio ** (done / tries)
            cold = HOT * ratio ** ((done + piece) / tries)
            anneal(search, moves, tries=piece, hot=hot, cold=cold, legal=ANNEAL_LEGAL, stop=stop)
            done += piece
        search.back_to_best()
        self._list()
        return self.wished

    def _tries(self) -> int:
        if self.desk.allowance.counted:
            return self.desk.allowance.tries
        return int(float(os.environ.get("ANN", "4e6")))

    def _list(self) -> None:
        """Give starts to all cases that have none, and leave out those for which there is none."""
        programme, layout = self.programme, self.ground.layout
        self.wished = programme.slots.copy()
        programme.starts[:] = OPEN
        placed = listed(self.ground.clocks, programme.plan().placements)
        cells = np.array([self.ground.space.cell_of[p.case] for p in placed], np.int32)
        fits = np.zeros(len(self.wished), bool)
        fits[cells] = True
        out = np.flatnonzero(~fits & (self.wished != layout.out)).astype(np.int32)
        programme.put(out, layout.out[out], np.full(len(out), OPEN, np.int32))
        programme.starts[cells] = [OPEN if p.start is None else p.start for p in placed]


_ = time
