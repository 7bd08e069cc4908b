"""The theatre plan under search: who is where (the rows' search) and when (starts), and its audit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np

from planner.plan import Plan
from planner.rules.contract import Rule
from planner.rules.theatre_space import Option, TheatreSpace
from planner.score import Score
from solvers.desk import Desk
from solvers.rows.arrays import KINDS, Bools, Compiled, Flags, Short, Whole
from solvers.rows.search import Search
from solvers.rows.weights import SEARCH, WEIGHTED, Order, Weights, weigh
from solvers.theatre.clock import Clocks, timed
from solvers.theatre.layout import OPEN, Layout, codes_of, lay_out, pinned, plan_of

LEGAL: Final = 1_000
"""What a hard unit of weight costs in the objective of a sub-model."""
_GUIDE: Final = KINDS.index("guide")
_RELAXATION: Final = KINDS.index("relaxation")


class Before(NamedTuple):
    """What a change replaced, to undo it."""

    cells: Short
    slots: Short
    starts: Short


class Ground:
    """What all searches on one problem share: space, arrays, weights, clocks, pins."""

    def __init__(
        self,
        desk: Desk,
        space: TheatreSpace,
        compiled: Compiled,
        rules: Sequence[Rule[Any, Any]],
        order: Order = WEIGHTED,
    ) -> None:
        self.desk = desk
        self.space = space
        self.compiled = compiled
        self.layout: Layout = lay_out(space, compiled)
        request = desk.request
        self.clocks = Clocks(request.problem, space.facts, rules, request.waivers)
        self.pins = pinned(space, request.plan, request.pins)
        self.rules = tuple(rules)
        self.shut = self._shut(request.pins)
        self.open_weights = weigh(compiled, waivers=request.waivers, kinds=SEARCH, order=order)
        self.weights = _closing(self.open_weights, self.shut)
        self.timed_weights = _without(
            self.weights, compiled, self._silent() | (compiled.rows.kind == _RELAXATION)
        )

    def option(self, slot: int) -> Option:
        """Give the option of a slot that is no waiting."""
        option: Option = self.space.options[int(self.compiled.slot_code[slot]) - 1]
        return option

    def _shut(self, pins: Iterable[Any]) -> Flags:
        """Mark the slots into pinned sessions: nobody else comes in."""
        numbers = {session.id: k for k, session in enumerate(self.space.problem.sessions)}
        held = [numbers[pin.id] for pin in pins if pin.kind == "session" and pin.id in numbers]
        return np.isin(self.layout.session, np.array(held, np.int32)).astype(np.uint8)

    def without_clock(self, order: Order) -> Weights:
        """Give weights for a study without a clock: all rows but guides that something else says."""
        weights = weigh(self.compiled, waivers=self.desk.request.waivers, kinds=SEARCH, order=order)
        row = np.where(self._silent(), 0, weights.row)
        return _closing(replace(weights, row=row), self.shut)

    def _silent(self) -> Bools:
        """Mark the guides that models leave out; a rule that only the audit can judge keeps its own."""
        rows = self.compiled.rows
        speaks = np.zeros(max(1, len(self.rules)), bool)
        speaks[rows.rule[rows.kind != _GUIDE]] = True
        clocked = {id(rule) for rule in timed(self.rules)}
        for number, rule in enumerate(self.rules):
            speaks[number] |= id(rule) in clocked
        silent: Bools = (rows.kind == _GUIDE) & speaks[rows.rule]
        return silent


def _closing(weights: Weights, closed: Flags) -> Weights:
    return replace(weights, closed=weights.closed | closed)


def _without(weights: Weights, compiled: Compiled, silent: Bools) -> Weights:
    row = weights.row.copy()
    row[silent] = 0
    kept = compiled.nevers.kind == KINDS.index("exact")
    return replace(weights, row=row, never=np.where(kept, weights.never, 0))


class Programme:
    """A plan under search; every change can be undone."""

    def __init__(self, ground: Ground, plan: Plan, *, seed: int = 1) -> None:
        self.ground = ground
        codes, self.starts = codes_of(ground.space, plan.placements)
        self.search = Search(ground.compiled, ground.weights, codes, seed=seed, pinned=ground.pins)

    @property
    def slots(self) -> Short:
        """The slot of each cell now."""
        return self.search.state.current

    def movable(self, cells: Short) -> Short:
        """Leave out the cells that pins hold."""
        movable: Short = cells[self.search.state.movable[cells] != 0]
        return movable

    def placed_on(self, day: int) -> Short:
        """Give the cells of the cases placed on a day."""
        return np.flatnonzero(self.ground.layout.day[self.slots] == day).astype(np.int32)

    def waiting(self) -> Short:
        """Give the movable cells of the cases that are left out and could be placed."""
        layout = self.ground.layout
        sizes = np.diff(self.ground.compiled.slot_start)
        found = np.flatnonzero((self.slots == layout.out) & (sizes > 2)).astype(np.int32)
        return self.movable(found)

    def put(self, cells: Short, slots: Short, starts: Short) -> Before:
        """Change some cells; give what was there."""
        before = Before(cells, self.slots[cells].copy(), self.starts[cells].copy())
        self.search.put(cells, slots)
        out = slots == self.ground.layout.out[cells]
        self.starts[cells] = np.where(out, OPEN, starts)
        return before

    def undo(self, before: Before) -> None:
        """Take a change back."""
        self.search.put(before.cells, before.slots)
        self.starts[before.cells] = before.starts

    def codes(self) -> Whole:
        """Give the code of each cell."""
        return self.search.codes

    def plan(self) -> Plan:
        """Give the plan, with the roster at hand."""
        ground = self.ground
        return plan_of(ground.space, self.codes(), self.starts, ground.desk.plan)

    def judged(self) -> Score:
        """Audit the plan."""
        return self.ground.desk.judged(self.plan())
