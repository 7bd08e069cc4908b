"""The rows of an unrolled rotation with its cells tied: all days that are one day of a line take one shift.

So the rules are said once, for rosters and for rotations, and what wraps round from the last line to
the first is a pair of days like any other.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from planner.people import ShiftId
from planner.rotation.unrolled import Unrolled
from planner.rotation.wheel import Weeks
from planner.rules.space import OFF, RosterSpace
from solvers.roster.layout import codes_of
from solvers.rows import compile as rows_compile
from solvers.rows.arrays import Compiled
from solvers.rows.cpsat import SubModel
from solvers.rows.search import Search
from solvers.rows.weights import JUDGED, weigh

_Test: TypeAlias = tuple[list[int], bool, int]
_Seen: TypeAlias = tuple[tuple[tuple[int, ...], bool], ...]
Place: TypeAlias = tuple[int, int, str]
"""A decision of a rotation: number of the line, weekday, track."""


class Ground(NamedTuple):
    """An unrolled rotation as cells and rows, with its lines of now as the plan at hand."""

    unrolled: Unrolled
    space: RosterSpace
    compiled: Compiled
    search: Search
    groups: Mapping[Place, list[int]]


def ground(unrolled: Unrolled) -> Ground:
    """Compile the rules of an unrolled rotation, and group the cells that are one decision."""
    problem, turning = unrolled.problem, unrolled.wheel
    plan = unrolled.plan(turning.weeks)
    space = RosterSpace(problem, plan.duties)
    compiled = rows_compile.compile(space, problem.rules)
    codes = codes_of(space, compiled, plan.duties)
    search = Search(compiled, weigh(compiled, kinds=JUDGED), codes)
    groups: dict[Place, list[int]] = defaultdict(list)
    horizon = problem.horizon
    for turn in turning.turns:
        for day in range(horizon.days):
            number = turning.line(turn, horizon, day)
            for track in space.tracks:
                cell = space.cell(turn.id, track, day)
                if cell is not None:
                    groups[number, horizon.weekday(day), track].append(cell)
    return Ground(unrolled, space, compiled, search, groups)


class TiedModel(SubModel):
    """The model of cells in groups, each of which takes one code, OFF or one of `allowed`.

    Rows and conjunctions that have become alike, as people work the same lines in turn, are one.
    """

    def __init__(
        self, search: Search, groups: Sequence[Sequence[int]], allowed: frozenset[int], legal: int
    ) -> None:
        self._groups, self._allowed = groups, allowed
        self._known: dict[tuple[_Seen, bool], cp_model.IntVar] = {}
        self._alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self.taken: list[dict[int, cp_model.IntVar]] = []
        """Group by group: code → whether it is taken."""
        every = [cell for group in groups for cell in group]
        super().__init__(search, every, legal=legal, guarded=False)

    def _make_literals(self) -> None:
        compiled = self.compiled
        self._index = np.full(compiled.slots, -1, np.int64)
        for group in self._groups:
            found: dict[int, cp_model.IntVar] = {}
            for code in sorted(self._allowed | {OFF}):
                slots = compiled.slot_of_shared[np.asarray(group) * compiled.shared + code]
                if (slots < 0).any() or (code != OFF and self.weights.closed[slots].any()):
                    continue  # somebody of the rotation may not work it
                now = bool((self._now[np.asarray(group)] == slots).all())
                variable = found[code] = self.boolean("", hint=now)
                self.cost(variable, int(self._energy(self.weights.price[slots]).sum()))
                self._index[slots] = variable.index
                self.literal |= dict.fromkeys(slots.tolist(), variable)
            self.model.add_exactly_one(found.values())
            self.taken.append(found)
        self._slots = np.fromiter(self.literal, np.int64, len(self.literal))

    def _truth(self, tests: list[_Test], now: bool, *, both: bool) -> cp_model.IntVar:
        key = tuple(sorted((tuple(sorted(open_)), passes) for open_, passes, _ in tests)), both
        if key not in self._known:
            self._known[key] = super()._truth(tests, now, both=both)
        return self._known[key]

    def _make_rows(self) -> None:
        super()._make_rows()
        for (terms, *_), numbers in self._alike.items():
            index, times = [each[0] for each in terms], [each[1] for each in terms]
            super()._row(numbers[0], index, times, len(numbers))

    def _row(self, number: int, index: list[int], times: list[int], count: int = 1) -> None:
        """Put a row aside with those like it."""
        merged: Counter[int] = Counter()
        for variable, factor in zip(index, times, strict=True):
            merged[variable] += factor
        rows, weights = self.compiled.rows, self.weights
        form = (rows.lo, rows.hi, rows.knee, rows.each, rows.beyond, self._value)
        numbers = (*form, weights.row, weights.row_free)
        terms = tuple(sorted((variable, factor) for variable, factor in merged.items() if factor))
        self._alike[terms, *(int(each[number]) for each in numbers)].append(number)


def tied(found: Ground, legal: int) -> TiedModel:
    """Make the model of a rotation."""
    allowed = frozenset(found.space.code_of[shift] for shift in found.unrolled.shifts)
    model = TiedModel(found.search, list(found.groups.values()), allowed, legal)
    model.minimise()
    return model


def weeks_of(found: Ground, model: TiedModel, solver: cp_model.CpSolver) -> Weeks:
    """Read the lines of a solution."""
    rotation, shift_of = found.unrolled.wheel.rotation, found.space.shift_of
    made: list[list[list[ShiftId]]] = [[[] for _ in range(7)] for _ in range(rotation.weeks)]
    for (number, weekday, _), taken in zip(found.groups, model.taken, strict=True):
        code = next(code for code, variable in taken.items() if solver.boolean_value(variable))
        shift = shift_of[code]
        if shift is not None:
            made[number - 1][weekday].append(shift.id)
    return tuple(tuple(tuple(day) for day in week) for week in made)
