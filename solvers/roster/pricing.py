"""Whole rosters as columns, priced person by person; a valid bound after each complete round.

What a person's graph does not carry is relaxed: the bound stays valid, and every roster is costed
by the kernel before it is believed.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from solvers.roster.master import SCALE, Answer, Column, Master, SharedRow, worth
from solvers.roster.prices import at_least, step_of
from solvers.rows.arrays import NO_BOUND, Compiled, Flags, Short, Whole
from solvers.rows.person_graph import Drawn, Graph, draw_both
from solvers.rows.person_path import Path, Planner
from solvers.rows.person_rows import FORBIDDEN, Days, Reader
from solvers.rows.weights import Weights

_INF: Final = float("inf")
_STEADY: Final = 0.7
"""Weight of the best duals so far in those that are priced next (measured, roster-solver.md 2.3)."""
_MANY: Final = 1 << 30
_EACH: Final = 3
"""Columns of a person a round: those that end differently."""
_ROUNDING: Final = 1e-6
_EPSILON: Final = 16
"""Parts of a unit that a column has to gain: duals are rounded to one."""
_STIFF: Final = 10
"""What a unit of a hard row of the master costs, in the dearest soft ones."""


class Person(NamedTuple):
    """What the pricing of one person reads; letters are numbered over all her days."""

    days: Days
    graph: Graph  # carries all that it can
    quick: Graph  # leaves upper limits to the master
    price: Whole  # of letters, in parts of a unit
    letter: Short  # entries: the letter, the shared row, the amount
    row: Short
    amount: Whole
    slots: list[tuple[int, ...]]  # letter → its slots


class Pricing:
    """Columns of all people, and the rounds of pricing."""

    def __init__(self, people: list[Person], master: Master, step: int = 1) -> None:
        self.people = people
        self.master = master
        self.step = step  # what every cost is a multiple of
        self.planner = Planner()
        self.bound: int | None = None
        self.done = False
        self.quick = False  # price without upper limits of people: sooner, and a weaker bound
        self._steady: Whole | None = None
        self._best = -(1 << 62)

    # --- columns -----------------------------------------------------------------------------

    def column(self, number: int, path: Path) -> Column:
        """Make the column of a course of days; its own cost is that without any duals."""
        person = self.people[number]
        taken = np.zeros(len(person.slots), bool)
        taken[path.letters] = True
        kept = taken[person.letter]
        sums = np.bincount(person.row[kept], person.amount[kept], minlength=len(self.master.rows))
        rows = np.flatnonzero(sums)
        return Column(
            number,
            path.cost // SCALE,
            path.letters.tobytes(),
            tuple(rows.tolist()),
            tuple(np.rint(sums[rows]).astype(int).tolist()),
        )

    def own_cost(self, number: int, letters: Short) -> Path | None:
        """Give what a course of days costs by itself, None where a hard rule forbids it."""
        person = self.people[number]
        prices = np.full(len(person.price), FORBIDDEN, np.int64)
        prices[letters] = person.price[letters]
        found = self.planner.cheapest(person.graph, prices)
        return found[0] if found else None

    def columns_of(self, slots: Short) -> list[Column]:
        """Give the columns of a roster's people; those that break a hard rule are left out."""
        found = []
        taken = set(slots.tolist())
        for number, person in enumerate(self.people):
            letters: list[int] = []
            for day, own in enumerate(person.days.letters):
                first = int(person.graph.letter_start[day])
                letters.extend(first + i for i, each in enumerate(own) if taken.issuperset(each))
            if len(letters) == len(person.days.letters):
                path = self.own_cost(number, np.array(letters, np.int32))
                if path is not None:
                    found.append(self.column(number, path))
        return found

    def slots_of(self, columns: Iterable[Column]) -> Short:
        """Give the slots that the columns of people take."""
        found: list[int] = []
        for column in columns:
            slots = self.people[column.person].slots
            for letter in np.frombuffer(column.letters, np.int32).tolist():
                found.extend(slots[letter])
        return np.array(found, np.int32)

    # --- rounds ------------------------------------------------------------------------------

    def priced(
        self, number: int, duals: Whole, *, quick: bool = False, most: int = 1
    ) -> list[tuple[int, Column]]:
        """Give the cheapest columns of a person that end differently, with their cost at the duals.

        None where none is lawful. A quick one may break upper limits of hers that the master holds.
        """
        person = self.people[number]
        prices = person.price.copy()
        np.subtract.at(prices, person.letter, duals[person.row] * person.amount)
        graph = person.quick if quick else person.graph
        found = []
        for path in self.planner.cheapest(graph, prices, most):
            column = self.column(number, path)
            own = (path.cost + worth(column, duals)) // SCALE
            found.append((path.cost, column._replace(cost=own)))
        return found

    def round(self, answer: Answer, over: Callable[[], bool]) -> int | None:
        """Price everybody once at steadied duals; give the columns added, None when stopped.

        The bound is taken only from a round that everybody took part in.
        """
        for steady in (_STEADY, 0.0):
            duals = answer.duals
            if steady and self._steady is not None:
                mixed = steady * self._steady + (1 - steady) * answer.duals
                duals = self.master.rounded(mixed / SCALE)
            elif steady:
                continue
            total = self.master.constant(duals)
            new: list[Column] = []
            for number in range(len(self.people)):
                if over():
                    return None
                found = self.priced(number, duals, quick=self.quick, most=_EACH)
                if not found:
                    return None
                total += found[0][0]
                new.extend(column for _, column in found if self.gains(column, answer))
            if total > self._best:
                self._best, self._steady = total, duals
                self.bound = at_least(total, SCALE * self.step) // SCALE
            if new:
                return self.master.add(new)
        return 0

    def gains(self, column: Column, answer: Answer) -> bool:
        """Tell whether a column may lower the value of the linear program."""
        own = column.cost * SCALE - worth(column, answer.duals)
        return own - int(answer.people[column.person]) < -_EPSILON

    def begin(self, over: Callable[[], bool]) -> bool:
        """Add everybody's cheapest column without duals; tell whether all have one."""
        duals = np.zeros(len(self.master.rows), np.int64)
        for number in range(len(self.people)):
            found = [] if over() else self.priced(number, duals)
            if not found:
                return False
            self.master.add([found[0][1]])
        return True

    def converge(self, over: Callable[[], bool], rounds: int = _MANY) -> bool:
        """Price until the bound meets the linear program, or for some rounds; False if stopped.

        `done` tells afterwards whether nothing is left to price.
        """
        for _ in range(rounds):
            answer = self.master.solve(over)
            if answer is None or over():
                return False
            self.done = self.bound is not None and self.bound >= answer.value - _ROUNDING
            if self.done:
                return True
            added = self.round(answer, over)
            if added is None:
                return False
            if not added:
                self.done = True
                return True
        return True


def set_up(
    compiled: Compiled,
    weights: Weights,
    people: Sequence[Sequence[Sequence[int]]],
    now: Short | None = None,
    may_move: Flags | None = None,
    over: Callable[[], bool] = lambda: False,
) -> Pricing | None:
    """Read all people and the rows they share; None where somebody does not fit, or when stopped.

    `people[i]` holds the cells of person i, day by day. `weights` are those without guides. Cells
    that may not move keep their slot of `now`; without it only history is fixed.
    """
    reader = Reader(compiled, weights, people)
    rows, shared = _shared(compiled, weights, reader)
    found: list[Person] = []
    own = len(rows)
    for number in range(len(people)):
        days = reader.days(number, now, may_move)
        drawn = None if days is None or over() else draw_both(days)
        if days is None or drawn is None:
            return None
        found.append(_person(days, drawn[0].graph, drawn[1], rows, shared))
    soft = [price for row in rows for price in (row.under, row.over) if price < _INF]
    step = step_of(compiled)
    stiff = _STIFF * max(soft, default=float(step))
    rows = [row._replace(under=min(row.under, stiff), over=min(row.over, stiff)) for row in rows]
    return Pricing(found, Master(rows, len(people), own), step)


def _shared(
    compiled: Compiled, weights: Weights, reader: Reader
) -> tuple[list[SharedRow], dict[int, list[tuple[int, int]]]]:
    """Give the shared rows, and slot → (row, amount); rows over the same sum become one."""
    wanted = reader.shared_rows()
    place = np.full(len(compiled.rows.lo), -1, np.int64)
    source = np.repeat(np.arange(compiled.slots), np.diff(compiled.loads.start))
    entries: dict[int, list[tuple[int, int]]] = {int(row): [] for row in wanted}
    kept = np.isin(compiled.loads.target, wanted)
    for slot, row, amount in zip(
        source[kept].tolist(),
        compiled.loads.target[kept].tolist(),
        compiled.loads.value[kept].tolist(),
        strict=True,
    ):
        entries[row].append((slot, amount))
    rows: list[SharedRow] = []
    of_slot: dict[int, list[tuple[int, int]]] = {}
    known: dict[tuple[tuple[int, int], ...], int] = {}
    for row, loads in entries.items():
        for side in _sides(compiled, weights, reader, row):
            at = known.get(tuple(loads))
            both = None if at is None else _joined(rows[at], side)
            if both is not None and at is not None:
                rows[at] = both
                continue
            known[tuple(loads)] = place[row] = len(rows)
            for slot, amount in loads:
                of_slot.setdefault(slot, []).append((len(rows), amount))
            rows.append(side)
    return rows, of_slot


def _sides(compiled: Compiled, weights: Weights, reader: Reader, row: int) -> Iterable[SharedRow]:
    rows = compiled.rows
    price = reader.unit(int(weights.row[row]))
    yield from _both(
        *(int(rows.lo[row]), int(rows.hi[row]), int(rows.each[row])),
        *(int(rows.knee[row]), int(rows.beyond[row]), price, int(weights.row_free[row])),
    )


def _both(
    lo: int, hi: int, each: int, knee: int, beyond: int, price: int, free: int
) -> Iterable[SharedRow]:
    """Give a row of one bound for each side of a row; what is forgiven widens the bounds."""
    for limit, unit, lower in ((lo, each, True), (hi, each, False), (knee, beyond, False)):
        if unit and abs(limit) < NO_BOUND >> 1:
            wide = -(-free // unit)
            cost = float(price * unit) if price < FORBIDDEN else _INF
            if lower:
                yield SharedRow(limit - wide, _INF, cost, 0.0)
            else:
                yield SharedRow(-_INF, limit + wide, 0.0, cost)


def _joined(one: SharedRow, other: SharedRow) -> SharedRow | None:
    """Make one row of a lower and an upper bound over the same sum."""
    low, high = (one, other) if other.lo == -_INF else (other, one)
    if low.hi == _INF and high.lo == -_INF and low.lo <= high.hi:
        return SharedRow(low.lo, high.hi, low.under, high.over)
    return None


def _scaled(graph: Graph) -> Graph:
    return graph._replace(arc_cost=graph.arc_cost * SCALE, end_cost=graph.end_cost * SCALE)


def _person(
    days: Days,
    graph: Graph,
    quick: Drawn,
    rows: list[SharedRow],
    shared: dict[int, list[tuple[int, int]]],
) -> Person:
    letter: list[int] = []
    row: list[int] = []
    amount: list[int] = []
    slots = [each for day in days.letters for each in day]
    for number, each in enumerate(slots):
        for slot in each:
            for to, value in shared.get(slot, ()):
                letter.append(number)
                row.append(to)
                amount.append(value)
    for counter in quick.left:
        for bounds in counter.bounds:
            for side in _both(*bounds):
                for day, own in counter.amount.items():
                    for place, value in enumerate(own):
                        if value:
                            letter.append(int(graph.letter_start[day]) + place)
                            row.append(len(rows))
                            amount.append(value)
                rows.append(side)
    price = np.array([each for day in days.price for each in day], np.int64)
    return Person(
        days,
        _scaled(graph),
        _scaled(quick.graph),
        np.minimum(price, FORBIDDEN) * SCALE,
        np.array(letter, np.int32),
        np.array(row, np.int32),
        np.array(amount, np.int64),
        slots,
    )
