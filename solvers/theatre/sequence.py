"""A CP-SAT model of some cases with the clock: rows and prices as `SubModel` has them, plus starts.

Each open slot of a free case is an optional interval, all with the case's one start; what is not
free is constant. Hard verbs bind: a case that breaks one moves or is dropped at its price. Built from
timing verbs and exact rows alone, so a new rule needs nothing here. A new verb is a line of `_MAKERS`
and the maker in a file of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import SatParameters

from planner.facts import GRID
from planner.rules.timing import (
    BlockUntil,
    Idle,
    InTheWay,
    LargestGap,
    Late,
    NeverBoth,
    Order,
    Within,
)
from solvers.cpsat import Answer, Limits, solve
from solvers.rows.arrays import Bools, Short
from solvers.rows.cpsat import SubModel
from solvers.theatre.clock import Said, choice_of
from solvers.theatre.programme import LEGAL, Programme
from solvers.theatre.sequence_blocked import block_until, in_the_way
from solvers.theatre.sequence_frame import DayPart, Frame, Taken
from solvers.theatre.sequence_gaps import largest_gap
from solvers.theatre.sequence_groups import group
from solvers.theatre.sequence_hours import late, within
from solvers.theatre.sequence_idle import idle
from solvers.theatre.sequence_order import order
from solvers.theatre.sequence_sides import never_both

Maker: TypeAlias = Callable[[Frame, DayPart, Any, Said], None]
_MAKERS: Final[Mapping[type, Maker]] = {
    Within: within,
    Late: late,
    Idle: idle,
    NeverBoth: never_both,
    BlockUntil: block_until,
    InTheWay: in_the_way,
    LargestGap: largest_gap,
    Order: order,
}
"""What puts a verb into the model, given what the clock says of it."""


class TimedModel:
    """The model of some free cells of a programme on the days that they can be on.

    `allowed` marks the slots that free cells may take, besides their present one and left out.
    `before` is what the present plan costs in the objective, if its starts break nothing.
    """

    def __init__(self, programme: Programme, free: Short, allowed: Bools) -> None:
        self.programme = programme
        self.ground = programme.ground
        layout = self.ground.layout
        weights = self.ground.timed_weights
        closed = np.where(allowed, weights.closed, 1).astype(np.uint8)
        closed[layout.out[free][layout.out[free] >= 0]] = 0
        self.sub = SubModel(
            programme.search, free, legal=LEGAL, weights=replace(weights, closed=closed)
        )
        self.model = self.sub.model
        self.free = frozenset(free.tolist())
        self.frame = Frame(self.sub, programme.slots)
        self._days: list[DayPart] = []
        slots = np.fromiter(self.sub.literal, np.int32, len(self.sub.literal))
        days = np.unique(layout.day[slots])
        self.days: list[int] = days[days >= 0].tolist()
        for day in self.days:
            self._day(day, slots[layout.day[slots] == day].tolist())
        self.frame.unit = self._unit()
        self._make_starts()
        for part in self._days:
            for held in part.clock.groups:
                group(self.frame, part, held)
            for said in part.clock.said:
                _MAKERS[type(said.verb)](self.frame, part, said.verb, said)
        self.before = self.sub.present + self.frame.now
        self.sub.minimise()

    def solve(
        self, limits: Limits, over: Callable[[], bool] | None = None, *, easy: bool = False
    ) -> Answer:
        """Solve within limits; `over` is asked on the way whether to stop.

        One that seems `easy` is given a single strategy: getting several ready takes longer than it.
        """
        return solve(self.model, limits, over, tune=_plain if easy else _tune)

    def answer(self, value: Callable[[cp_model.IntVar], int]) -> tuple[Short, Short]:
        """Give (slots, starts) of the free cells, in the order of `sub.cells`, by values found."""
        taken = {
            int(self.sub.compiled.slot_cell[slot]): slot
            for slot, literal in self.sub.literal.items()
            if value(literal)
        }
        cells = self.sub.cells.tolist()
        start, unit = self.frame.start, self.frame.unit
        starts = [value(start[cell]) * unit if cell in start else -1 for cell in cells]
        slots = [taken[cell] for cell in cells]
        return np.array(slots, np.int32), np.array(starts, np.int32)

    # --- what there is -----------------------------------------------------------------------

    def _day(self, day: int, slots: list[int]) -> None:
        """Number the choices of a day: open slots of free cells, and placements that stay."""
        compiled = self.ground.compiled
        taken = [Taken(int(compiled.slot_cell[slot]), slot, None) for slot in slots]
        for cell in self.programme.placed_on(day).tolist():
            start = int(self.programme.starts[cell])
            if cell not in self.free and start >= 0:
                taken.append(Taken(cell, int(self.frame.slots[cell]), start))
        options = [self.ground.option(each.slot) for each in taken]
        choices = [choice_of(number, option) for number, option in enumerate(options)]
        self._days.append(DayPart(self.ground.clocks.day(day, choices), taken))

    def _unit(self) -> int:
        """Count in steps of the grid where all starts lie on it, else in minutes."""
        fixed = (each.fixed for _, taken in self._days for each in taken if each.fixed is not None)
        own = (int(self.programme.starts[cell]) for cell in self.free)
        on_grid = all(start % GRID == 0 for start in (*fixed, *own) if start >= 0)
        minutes = (c.minutes for clock, _ in self._days for c in clock.choices)
        return GRID if on_grid and all(each % GRID == 0 for each in minutes) else 1

    def _make_starts(self) -> None:
        """One start a case; bounds that differ between its choices depend on the choice."""
        bounds: dict[int, list[tuple[Taken, int, int]]] = defaultdict(list)
        again = {}
        for clock, all_taken in self._days:
            for number, taken in enumerate(all_taken):
                if taken.fixed is None:
                    low = -(-clock.low[number] // self.frame.unit)
                    bounds[taken.cell].append((taken, low, clock.high[number] // self.frame.unit))
                    again[taken.slot] = clock.again
        for cell, found in bounds.items():
            possible = [each for each in found if each[1] <= each[2]]
            for taken, low, high in found:
                if low > high:
                    self.model.add(self.frame.literal(taken) == 0)
            first = min((low for _, low, _ in possible), default=0)
            last = max((high for _, _, high in possible), default=0)
            now = int(self.programme.starts[cell])
            hint = now // self.frame.unit if now >= 0 else first
            start = self.frame.start[cell] = self._start_of(cell, first, last, hint)
            self.frame.first[cell] = min(max(hint, first), last)
            for taken, low, high in possible:
                if low > first:
                    self.model.add(start >= low).only_enforce_if(self.frame.literal(taken))
                if high < last:
                    self.model.add(start <= high).only_enforce_if(self.frame.literal(taken))
                self._off(start, (low, high), again[taken.slot], self.frame.literal(taken))

    def _off(
        self,
        start: cp_model.IntVar,
        bounds: tuple[int, int],
        again: tuple[int, int] | None,
        literal: cp_model.IntVar,
    ) -> None:
        """Keep a start off the hour that the clock shows again, which no start can name."""
        if again is None:
            return
        first, after = (-(-minute // self.frame.unit) for minute in again)
        low, high = bounds
        sides = [[low, min(first - 1, high)], [max(after, low), high]]
        domain = cp_model.Domain.from_intervals([side for side in sides if side[0] <= side[1]])
        self.model.add_linear_expression_in_domain(start, domain).only_enforce_if(literal)

    def _start_of(self, cell: int, first: int, last: int, hint: int) -> cp_model.IntVar:
        start = self.sub.whole(first, last, "", hint)
        if self.frame.unit == 1:  # new starts lie on the grid, the one at hand may stay
            steps = {*range(-(-first // GRID) * GRID, last + 1, GRID), min(max(hint, first), last)}
            domain = cp_model.Domain.from_values(sorted(steps))
            self.model.add_linear_expression_in_domain(start, domain)
        return start


def _tune(parameters: SatParameters) -> None:
    """Set what was measured to gain most a CPU-second on blocks with starts.

    That is no linear relaxation, and several strategies in turn (twice the gain on five hundred cases).
    """
    _plain(parameters)
    parameters.interleave_search = True


def _plain(parameters: SatParameters) -> None:
    parameters.linearization_level = 0
