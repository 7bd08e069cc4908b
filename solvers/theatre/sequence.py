"""A CP-SAT model of some cases with the clock: rows and prices as `SubModel` has them, plus starts.

Each open slot of a free case is an optional interval, all with the case's one start; what is not
free is constant. Hard verbs bind: a case that breaks one moves or is dropped at its price. Built from
timing verbs and exact rows alone, so a new rule needs nothing here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import SatParameters

from planner.facts import GRID
from planner.rules.timing import Choice, Idle, Late, Stretch, Within
from solvers.cpsat import Answer, Limits, solve
from solvers.rows.arrays import Bools, Short
from solvers.rows.cpsat import SubModel
from solvers.theatre.clock import FAR, DayClock, Group, choice_of, hold
from solvers.theatre.programme import LEGAL, Programme

_CROWDED: Final = 30
"""Minutes that a thing too few is taken to last where a soft rule counts them: the audit says it."""


class Taken(NamedTuple):
    """A choice of a day in the model: its cell and slot; fixed where it has a constant start."""

    cell: int
    slot: int
    fixed: int | None


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
        self._slots = programme.slots
        self._clocks: list[tuple[DayClock, list[Taken]]] = []
        self._start: dict[int, cp_model.IntVar] = {}
        self._first: dict[int, int] = {}  # hints, in units
        slots = np.fromiter(self.sub.literal, np.int32, len(self.sub.literal))
        days = np.unique(layout.day[slots])
        for day in days[days >= 0].tolist():
            self._day(day, slots[layout.day[slots] == day].tolist())
        self.unit = self._unit()
        self.clock_now = 0
        self._make_starts()
        for clock, taken in self._clocks:
            for group in clock.groups:
                self._group(clock, taken, group)
            for verb, price in clock.priced:
                if isinstance(verb, Within):
                    self._within(clock, taken, verb, price)
                elif isinstance(verb, Late):
                    self._late(clock, taken, verb, price)
                else:
                    self._idle(clock, taken, verb, price)
        self.before = self.sub.present + self.clock_now
        self.sub.minimise()

    def solve(self, limits: Limits, over: Callable[[], bool] | None = None) -> Answer:
        """Solve within limits; `over` is asked on the way whether to stop."""
        return solve(self.model, limits, over, tune=_tune)

    def answer(self, value: Callable[[cp_model.IntVar], int]) -> tuple[Short, Short]:
        """Give (slots, starts) of the free cells, in the order of `sub.cells`, by values found."""
        taken = {
            int(self.sub.compiled.slot_cell[slot]): slot
            for slot, literal in self.sub.literal.items()
            if value(literal)
        }
        cells = self.sub.cells.tolist()
        starts = [
            value(self._start[cell]) * self.unit if cell in self._start else -1 for cell in cells
        ]
        slots = [taken[cell] for cell in cells]
        return np.array(slots, np.int32), np.array(starts, np.int32)

    # --- what there is -----------------------------------------------------------------------

    def _day(self, day: int, slots: list[int]) -> None:
        """Number the choices of a day: open slots of free cells, and placements that stay."""
        space, compiled = self.ground.space, self.ground.compiled
        taken = [Taken(int(compiled.slot_cell[slot]), slot, None) for slot in slots]
        for cell in self.programme.placed_on(day).tolist():
            start = int(self.programme.starts[cell])
            if cell not in self.free and start >= 0:
                taken.append(Taken(cell, int(self._slots[cell]), start))
        options = [space.options[int(compiled.slot_code[each.slot]) - 1] for each in taken]
        choices = [choice_of(number, option) for number, option in enumerate(options)]
        self._clocks.append((self.ground.clocks.day(day, choices), taken))

    def _unit(self) -> int:
        """Count in steps of the grid where all starts lie on it, else in minutes."""
        fixed = (
            each.fixed for _, taken in self._clocks for each in taken if each.fixed is not None
        )
        own = (int(self.programme.starts[cell]) for cell in self.free)
        on_grid = all(start % GRID == 0 for start in (*fixed, *own) if start >= 0)
        minutes = (c.minutes for clock, _ in self._clocks for c in clock.choices)
        return GRID if on_grid and all(each % GRID == 0 for each in minutes) else 1

    def _literal(self, taken: Taken) -> cp_model.IntVar:
        return self.sub.literal[taken.slot]

    def _present(self, taken: Taken) -> bool:
        return taken.fixed is not None or int(self._slots[taken.cell]) == taken.slot

    def _now(self, taken: Taken) -> int:
        """The start that a choice has, or is hinted to have."""
        return self._first[taken.cell] * self.unit if taken.fixed is None else taken.fixed

    def _make_starts(self) -> None:
        """One start a case; bounds that differ between its choices depend on the choice."""
        bounds: dict[int, list[tuple[Taken, int, int]]] = defaultdict(list)
        for clock, all_taken in self._clocks:
            for number, taken in enumerate(all_taken):
                if taken.fixed is None:
                    low = -(-clock.low[number] // self.unit)
                    bounds[taken.cell].append((taken, low, clock.high[number] // self.unit))
        for cell, found in bounds.items():
            possible = [each for each in found if each[1] <= each[2]]
            for taken, low, high in found:
                if low > high:
                    self.model.add(self._literal(taken) == 0)
            first = min((low for _, low, _ in possible), default=0)
            last = max((high for _, _, high in possible), default=0)
            now = int(self.programme.starts[cell])
            hint = now // self.unit if now >= 0 else first
            start = self._start[cell] = self._start_of(cell, first, last, hint)
            self._first[cell] = min(max(hint, first), last)
            for taken, low, high in possible:
                if low > first:
                    self.model.add(start >= low).only_enforce_if(self._literal(taken))
                if high < last:
                    self.model.add(start <= high).only_enforce_if(self._literal(taken))

    def _start_of(self, cell: int, first: int, last: int, hint: int) -> cp_model.IntVar:
        start = self.sub.whole(first, last, "", hint)
        if self.unit == 1:  # new starts lie on the grid, the one at hand may stay
            steps = {*range(-(-first // GRID) * GRID, last + 1, GRID), min(max(hint, first), last)}
            domain = cp_model.Domain.from_values(sorted(steps))
            self.model.add_linear_expression_in_domain(start, domain)
        return start

    # --- hard and soft groups ----------------------------------------------------------------

    def _group(self, clock: DayClock, taken: list[Taken], group: Group) -> None:
        fixed = list(group.busy)
        open_: list[tuple[Taken, int, int]] = []
        profile: list[tuple[int, int]] = []
        for stretch in group.stretches:
            each, choice = taken[stretch.choice], clock.choices[stretch.choice]
            before, whole = hold(choice, stretch)
            if whole <= 0:
                continue
            if each.fixed is None:
                open_.append((each, *self._in_units(choice, stretch)))
            else:
                profile.append((each.fixed - before, each.fixed - before + whole))
        if not open_ or (len(open_) + len(profile) <= group.capacity and not fixed):
            return
        if group.price:
            self._soft_group(open_, profile, group)
        elif group.capacity == 1:
            self._no_overlap(open_, _joined([*fixed, *profile], self.unit))
        else:
            self._cumulative(open_, profile, group.capacity)

    def _in_units(self, choice: Choice, stretch: Stretch) -> tuple[int, int]:
        """Give (before, whole) of a stretch in units, rounded up on both sides."""
        unit = self.unit
        if stretch.origin == "end":
            return -(choice.minutes // unit), -(-stretch.after // unit)
        before = -(-stretch.before // unit)
        return before, before - (-choice.minutes // unit) - (-stretch.after // unit)

    def _interval(self, taken: Taken, before: int, whole: int) -> cp_model.IntervalVar:
        start = self._start[taken.cell]
        return self.model.new_optional_fixed_size_interval_var(
            start - before, whole, self._literal(taken), ""
        )

    def _no_overlap(
        self, open_: list[tuple[Taken, int, int]], fixed: list[tuple[int, int]]
    ) -> None:
        intervals = [self._interval(*each) for each in open_]
        for first, last in fixed:
            intervals.append(self.model.new_fixed_size_interval_var(first, last - first, ""))
        if len(intervals) > 1:
            self.model.add_no_overlap(intervals)

    def _cumulative(
        self, open_: list[tuple[Taken, int, int]], fixed: list[tuple[int, int]], capacity: int
    ) -> None:
        """What stays may be too much by itself; it then takes all there is, not more."""
        steps = _profile(fixed, self.unit, capacity)
        most = max((many for _, _, many in steps), default=0)
        if len(open_) + most <= capacity:
            return
        intervals = [self._interval(*each) for each in open_]
        demands = [1] * len(intervals)
        for first, last, many in steps:
            intervals.append(self.model.new_fixed_size_interval_var(first, last - first, ""))
            demands.append(many)
        self.model.add_cumulative(intervals, demands, capacity)

    def _soft_group(
        self, open_: list[tuple[Taken, int, int]], fixed: list[tuple[int, int]], group: Group
    ) -> None:
        """Let more of a thing be there at a price; the audit counts the minutes."""
        steps = _profile([*fixed, *group.busy], self.unit, len(fixed) + len(group.busy))
        most = max((many for _, _, many in steps), default=0)
        more = self.sub.whole(0, len(open_) + most, "", len(open_) + most)
        intervals = [self._interval(*each) for each in open_]
        demands = [1] * len(intervals)
        for first, last, many in steps:
            intervals.append(self.model.new_fixed_size_interval_var(first, last - first, ""))
            demands.append(many)
        self.model.add_cumulative(intervals, demands, more + group.capacity)
        self.sub.cost(more, group.price * _CROWDED)
        self.clock_now += (len(open_) + most) * group.price * _CROWDED

    # --- soft verbs --------------------------------------------------------------------------

    def _within(self, clock: DayClock, taken: list[Taken], verb: Within, price: int) -> None:
        each, choice = taken[verb.choice], clock.choices[verb.choice]
        if each.fixed is not None:
            return
        start, literal, now = self._start[each.cell], self._literal(each), self._now(each)
        there = self._present(each)
        if verb.low is not None and verb.low > clock.low[verb.choice]:
            amount = max(0, verb.low - now) if there else 0
            short = self._excess(verb.low, amount, price)
            self.model.add(short >= verb.low - start * self.unit).only_enforce_if(literal)
        last = FAR if verb.high is None else verb.high - verb.stay - choice.minutes
        if last < clock.high[verb.choice]:
            amount = max(0, now - last) if there else 0
            past = self._excess(clock.high[verb.choice] - last, amount, price)
            self.model.add(past >= start * self.unit - last).only_enforce_if(literal)

    def _excess(self, most: int, now: int, price: int) -> cp_model.IntVar:
        """Make a priced amount that is `now` at present."""
        made = self.sub.whole(0, max(most, now), "", now)
        self.sub.cost(made, price)
        self.clock_now += price * now
        return made

    def _late(self, clock: DayClock, taken: list[Taken], verb: Late, price: int) -> None:
        least = now = 0
        open_: list[tuple[Taken, int]] = []
        most = 0
        for number in verb.choices:
            each, minutes = taken[number], clock.choices[number].minutes
            if self._present(each):
                now = max(now, self._now(each) + minutes - verb.limit)
            if each.fixed is not None:
                least = max(least, each.fixed + minutes - verb.limit)
            elif clock.high[number] + minutes > verb.limit:
                most = max(most, clock.high[number] + minutes - verb.limit)
                open_.append((each, minutes))
        if not open_ or most <= least:
            return
        late = self.sub.whole(least, max(most, now), "", now)
        self.sub.cost(late, price)
        self.clock_now += price * now
        for each, minutes in open_:
            end = self._start[each.cell] * self.unit + minutes
            self.model.add(late >= end - verb.limit).only_enforce_if(self._literal(each))

    def _idle(self, clock: DayClock, taken: list[Taken], verb: Idle, price: int) -> None:
        if all(taken[number].fixed is not None for number in verb.choices):
            return
        there = [number for number in verb.choices if self._present(taken[number])]
        starts = [self._now(taken[number]) for number in there]
        ends = [s + clock.choices[n].minutes for s, n in zip(starts, there, strict=True)]
        busy = sum(clock.choices[number].minutes for number in there)
        begin, end = min(starts, default=0), max(ends, default=0)
        first = self.sub.whole(0, FAR, "", begin)
        last = self.sub.whole(0, FAR, "", end)
        worked: list[cp_model.LinearExprT] = []
        constant = 0
        for number in verb.choices:
            each, minutes = taken[number], clock.choices[number].minutes
            if each.fixed is not None:
                self.model.add(first <= each.fixed)
                self.model.add(last >= each.fixed + minutes)
                constant += minutes
                continue
            literal, start = self._literal(each), self._start[each.cell] * self.unit
            self.model.add(first <= start).only_enforce_if(literal)
            self.model.add(last >= start + minutes).only_enforce_if(literal)
            worked.append(literal * minutes)
        idle = self._excess(FAR, max(0, end - begin - busy), price)
        self.model.add(idle >= last - first - cp_model.LinearExpr.sum(worked) - constant)
        self._spread(clock, taken, verb, last - first)

    def _spread(
        self, clock: DayClock, taken: list[Taken], verb: Idle, span: cp_model.LinearExprT
    ) -> None:
        """Say what follows for the linear relaxation: what one room holds lies side by side."""
        mine = frozenset(verb.choices)
        for group in clock.groups:
            if group.capacity != 1 or group.price:
                continue
            held = [
                (s, hold(clock.choices[s.choice], s)) for s in group.stretches if s.choice in mine
            ]
            edge = max(
                (whole - clock.choices[s.choice].minutes for s, (_, whole) in held), default=0
            )
            if len(held) < 2 or edge <= 0 or any(s.origin == "end" for s, _ in held):
                continue
            fixed = sum(whole for s, (_, whole) in held if taken[s.choice].fixed is not None)
            open_ = [(taken[s.choice], whole) for s, (_, whole) in held]
            literals = [self._literal(t) for t, _ in open_ if t.fixed is None]
            wholes = [whole for t, whole in open_ if t.fixed is None]
            used = cp_model.LinearExpr.weighted_sum(literals, wholes)
            self.model.add(span + edge >= used + fixed)


def _tune(parameters: SatParameters) -> None:
    """Set what was measured to gain most a CPU-second on blocks with starts.

    That is no linear relaxation, and several strategies in turn (twice the gain on five hundred cases).
    """
    parameters.linearization_level = 0
    parameters.interleave_search = True


def _joined(stretches: Iterable[tuple[int, int]], unit: int) -> list[tuple[int, int]]:
    """Join stretches that overlap, in units: two that stay may be in each other's way."""
    found: list[tuple[int, int]] = []
    for first, last in sorted((a // unit, -(-b // unit)) for a, b in stretches):
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif last > first:
            found.append((first, last))
    return found


def _profile(stretches: list[tuple[int, int]], unit: int, most: int) -> list[tuple[int, int, int]]:
    """Give (first, last, how many, at most `most`) of stretches that stay, in units."""
    change: dict[int, int] = defaultdict(int)
    for first, last in stretches:
        change[first // unit] += 1
        change[-(-last // unit)] -= 1
    found, many, since = [], 0, 0
    for at in sorted(change):
        if many > 0 and at > since:
            found.append((since, at, min(many, most)))
        many, since = many + change[at], at
    return found
