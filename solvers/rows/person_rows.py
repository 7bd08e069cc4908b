"""What the compiled rows say of one person by herself: what the pricing of whole rosters reads.

Nothing is derived from rules again. A row that is broken by one course of days only (a run too
long, a rest too short) and a forbidden conjunction are *patterns*; any other row of hers is a
*counter*. Rows over several people are for the master problem. What is neither is left out, which
can only lower a bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final, NamedTuple

import numpy as np

from solvers.rows.arrays import NO_BOUND, Compiled, Flags, Lists, Short, Whole, gather
from solvers.rows.weights import SHIFT, Weights, halves

LETTERS: Final = 80
"""Codes of a day, of all tracks together, up to which a person's days are gone through."""
FORBIDDEN: Final = 1 << 48
"""The cost of what breaks a hard rule; sums of such costs stay far below 2⁶³."""


class Pattern(NamedTuple):
    """A course of days that costs something, or counts in a counter, where every day passes.

    `passing[i]` holds the letters that pass on day `first + i`, as bits.
    """

    first: int
    passing: tuple[int, ...]
    cost: int
    counter: int = -1
    amount: int = 0


@dataclass(slots=True)
class Counter:
    """A sum over days with what its final value costs; `amount[day][letter]`, and patterns.

    `bounds` holds (lo, hi, each, knee, beyond, price of a unit, units forgiven).
    """

    first: int
    last: int
    amount: dict[int, tuple[int, ...]]
    bounds: list[tuple[int, int, int, int, int, int, int]]
    rows: list[int] = field(default_factory=list)
    patterns: bool = False  # that it counts courses of days, so the master cannot have it

    @property
    def floor(self) -> bool:
        """Whether a value may be too low."""
        return any(abs(lo) < NO_BOUND >> 1 for lo, *_ in self.bounds)

    def cost(self, value: int) -> int:
        """Give what a final value costs, `FORBIDDEN` or more if that breaks a hard rule."""
        total = 0
        for lo, hi, each, knee, beyond, price, free in self.bounds:
            missed = each * max(0, lo - value, value - hi) + beyond * max(0, value - knee)
            total += price * max(0, missed - free)
        return min(total, FORBIDDEN)


@dataclass(slots=True)
class Days:
    """The days of a person: what she may do on each, and what it costs and counts.

    Days are numbered from 0, history first. A letter is a slot of each cell of the day.
    """

    letters: list[list[tuple[int, ...]]]
    price: list[tuple[int, ...]]
    patterns: list[Pattern]
    counters: list[Counter]

    @property
    def size(self) -> int:
        """The number of letters of all days."""
        return sum(map(len, self.letters))


class Reader:
    """Reads the rows of people from the arrays; `people[i]` holds the cells of person i day by day.

    Hard amounts are `FORBIDDEN`, soft ones their weight.
    """

    def __init__(
        self, compiled: Compiled, weights: Weights, people: Sequence[Sequence[Sequence[int]]]
    ) -> None:
        self.compiled, self.weights, self.people = compiled, weights, people
        owner = np.full(compiled.cells + 1, -1, np.int64)
        for number, days in enumerate(people):
            for cells in days:
                owner[list(cells)] = number
        self._owner = owner
        slot = np.repeat(np.arange(compiled.slots), np.diff(compiled.tests.start))
        every = owner[compiled.slot_cell]
        self._of_feature = _single(every[slot], compiled.tests.target, len(compiled.base))
        source = np.repeat(np.arange(len(compiled.base)), np.diff(compiled.terms.start))
        slot = np.repeat(np.arange(compiled.slots), np.diff(compiled.loads.start))
        self.of_row = _single(
            np.concatenate((every[slot], self._of_feature[source])),
            np.concatenate((compiled.loads.target, compiled.terms.target)),
            len(compiled.rows.lo),
        )
        self._has_terms = np.bincount(compiled.terms.target, minlength=len(compiled.rows.lo)) > 0
        self._never_of: dict[int, list[int]] = {}
        for never, feature in enumerate(compiled.nevers.feature.tolist()):
            if weights.never[never]:
                self._never_of.setdefault(feature, []).append(never)
        self._inverse = _inverse(compiled.terms, len(compiled.rows.lo))
        self.live = weights.row != 0
        self._price = self._priced(weights.price)
        self._rows_of: dict[int, list[int]] = {}
        for row in np.flatnonzero(self.live & (self.of_row >= 0)).tolist():
            self._rows_of.setdefault(int(self.of_row[row]), []).append(row)

    def shared_rows(self) -> Whole:
        """Give the rows over several people that single days decide, so that a master can have them."""
        counted = np.bincount(self.compiled.loads.target, minlength=len(self.of_row)) > 0
        return np.flatnonzero(self.live & (self.of_row < 0) & ~self._has_terms & counted)

    def days(self, person: int, now: Short | None, may_move: Flags | None) -> Days | None:
        """Read the days of a person; None where a day has no open code or too many.

        Cells that may not move have their slot of `now`.
        """
        letters: list[list[tuple[int, ...]]] = []
        for cells in self.people[person]:
            choices = [self._open(cell, now, may_move) for cell in cells]
            if not 0 < prod(map(len, choices)) <= LETTERS:
                return None
            letters.append(list(product(*choices)))
        price = [tuple(sum(int(self._price[s]) for s in each) for each in day) for day in letters]
        found = Days(letters, price, [], [])
        return _Person(self, person, found).read()

    def _open(self, cell: int, now: Short | None, may_move: Flags | None) -> list[int]:
        compiled = self.compiled
        if now is not None and may_move is not None and not may_move[cell]:
            return [int(now[cell])]
        first, end = compiled.slot_start[cell : cell + 2].tolist()
        if compiled.fixed[cell]:
            return [first + 1]
        closed = self.weights.closed
        return [slot for slot in range(first + 1, end) if not closed[slot]]

    def _priced(self, sums: Whole) -> Whole:
        hard, soft = halves(sums)
        return np.where(hard > 0, FORBIDDEN, soft)

    def unit(self, sums: int) -> int:
        """Give the price of a 64-bit weight: soft, or `FORBIDDEN`."""
        return FORBIDDEN if sums >> (SHIFT - 1) > 0 else sums

    def feature(self, number: int) -> list[int]:
        """Give the conjunctions (nevers) that cost something while a feature is true."""
        return self._never_of.get(number, [])

    def rows_of(self, person: int) -> list[int]:
        """Give the rows that concern one person alone."""
        return self._rows_of.get(person, [])

    def row_terms(self, row: int) -> list[tuple[int, int]]:
        """Give the (feature, coefficient) pairs of a row."""
        start, source, value = self._inverse
        part = slice(start[row], start[row + 1])
        return list(zip(source[part].tolist(), value[part].tolist(), strict=True))

    def owner_of_feature(self, number: int) -> int:
        """Give the only person of a feature, −1 where there are several or none."""
        return int(self._of_feature[number])


class _Person:
    """Reads one person."""

    def __init__(self, reader: Reader, person: int, found: Days) -> None:
        self.reader, self.person, self.found = reader, person, found
        self.day_of: dict[int, int] = {}
        self.where: dict[int, list[tuple[int, int]]] = {}  # slot → (day, letter)
        for day, letters in enumerate(found.letters):
            for letter, slots in enumerate(letters):
                for slot in slots:
                    self.where.setdefault(slot, []).append((day, letter))
        self.slots = np.array(sorted(self.where), np.int64)
        self.tests = self._by_day(reader.compiled.tests)
        self.loads = self._by_day(reader.compiled.loads)

    def _by_day(self, lists: Lists) -> dict[int, dict[int, list[int]]]:
        """Give target → day → what each letter adds."""
        at, target, value = gather(lists, self.slots)
        found: dict[int, dict[int, list[int]]] = {}
        for slot, to, amount in zip(
            self.slots[at].tolist(), target.tolist(), value.tolist(), strict=True
        ):
            days = found.setdefault(to, {})
            for day, letter in self.where[slot]:
                if day not in days:
                    days[day] = [0] * len(self.found.letters[day])
                days[day][letter] += amount
        return found

    def read(self) -> Days:
        reader = self.reader
        self._features()
        same: dict[object, Counter] = {}
        for row in reader.rows_of(self.person):
            self._row(row, same)
        self.found.counters.extend(same.values())
        return self.found

    def _features(self) -> None:
        """Conjunctions that cost something by themselves."""
        weights, nevers = self.reader.weights, self.reader.compiled.nevers
        for number in self.tests:
            for never in self.reader.feature(number):
                left = max(int(nevers.amount[never]) - int(weights.never_free[never]), 0)
                cost = self.reader.unit(int(weights.never[never])) * left
                if cost and self.reader.owner_of_feature(number) == self.person:
                    course = self._course(number)
                    if course is not None:
                        self.found.patterns.append(Pattern(*course, min(cost, FORBIDDEN)))

    def _course(self, number: int) -> tuple[int, tuple[int, ...]] | None:
        """Give first day and passing letters of a feature, None where it is never true."""
        days = self.tests.get(number, {})
        least = int(self.reader.compiled.base[number]) + sum(min(each) for each in days.values())
        if least > 0 or not days:
            return None
        return _passing(self.found, {d: (tuple(own), min(own)) for d, own in days.items()})

    def _row(self, row: int, same: dict[object, Counter]) -> None:
        compiled, weights = self.reader.compiled, self.reader.weights
        rows = compiled.rows
        amount = {day: list(each) for day, each in self.loads.get(row, {}).items()}
        courses: list[tuple[int, tuple[int, ...], int]] = []
        constant = 0
        for number, times in self.reader.row_terms(row):
            days = self.tests.get(number, {})
            if not days:  # always true, or never
                constant += times if compiled.base[number] == 0 else 0
                continue
            course = self._course(number)
            if course is None:
                continue
            first, passing = course
            if len(passing) == 1:
                own = amount.setdefault(first, [0] * len(self.found.letters[first]))
                for letter in range(len(own)):
                    own[letter] += times if passing[0] >> letter & 1 else 0
            else:
                courses.append((first, passing, times))
        price = self.reader.unit(int(weights.row[row]))
        bounds = (
            int(rows.lo[row]) - constant,
            int(rows.hi[row]) - constant,
            int(rows.each[row]),
            int(rows.knee[row]) - constant,
            int(rows.beyond[row]),
            price,
            int(weights.row_free[row]),
        )
        sums = {day: tuple(each) for day, each in sorted(amount.items())}
        if not courses and self._as_patterns(sums, bounds):
            return
        key = (tuple(sums.items()), tuple(courses))
        if key not in same:
            last = [first + len(passing) - 1 for first, passing, _ in courses]
            days_of = [*sums, *last, *(first for first, _, _ in courses)]
            if not days_of:  # whatever she does
                cost = Counter(0, 0, {}, [bounds]).cost(0)
                every = (1 << len(self.found.letters[0])) - 1
                self.found.patterns.append(Pattern(0, (every,), cost))
                return
            number = len(same)
            same[key] = Counter(min(days_of), max(days_of), sums, [], [], bool(courses))
            for first, passing, times in courses:
                self.found.patterns.append(Pattern(first, passing, 0, number, times))
        same[key].bounds.append(bounds)
        same[key].rows.append(row)

    def _as_patterns(
        self, amount: dict[int, tuple[int, ...]], bounds: tuple[int, int, int, int, int, int, int]
    ) -> bool:
        """Take a row as courses of days, if only its extreme values are outside its bounds."""
        lo, hi, each, knee, beyond, price, free = bounds
        found = []
        for sign, limit, unit in ((-1, lo, each), (1, hi, each), (1, knee, beyond)):
            if abs(limit) >= NO_BOUND >> 1 or not unit:
                continue
            ends = [_end(own, sign) for own in amount.values()]
            top = sum(value for value, _ in ends)
            if sign * top <= sign * limit:
                continue
            least = min((gap for _, gap in ends), default=FORBIDDEN)
            if not ends or sign * top - least > sign * limit:
                return False
            cost = price * max(0, unit * sign * (top - limit) - free)
            if cost:
                wanted = {
                    day: (own, value)
                    for (day, own), (value, _) in zip(amount.items(), ends, strict=True)
                }
                found.append(Pattern(*_passing(self.found, wanted), min(cost, FORBIDDEN)))
        self.found.patterns.extend(found)
        return True


def _passing(
    found: Days, wanted: dict[int, tuple[tuple[int, ...], int]]
) -> tuple[int, tuple[int, ...]]:
    """Give first day and bits of letters that have the wanted value, day by day."""
    first, last = min(wanted), max(wanted)
    bits = []
    for day in range(first, last + 1):
        own = wanted.get(day)
        bits.append((1 << len(found.letters[day])) - 1 if own is None else _bits(*own))
    return first, tuple(bits)


@lru_cache(maxsize=1 << 12)
def _bits(own: tuple[int, ...], value: int) -> int:
    """Give the letters that add a value, as bits."""
    return sum(1 << letter for letter, each in enumerate(own) if each == value)


@lru_cache(maxsize=1 << 12)
def _end(own: tuple[int, ...], sign: int) -> tuple[int, int]:
    """Give the largest or the least of some values, and how far the next one is from it."""
    end = max(own) if sign > 0 else min(own)
    return end, min((abs(each - end) for each in own if each != end), default=FORBIDDEN)


_MANY: Final = np.iinfo(np.int64).max


def _single(owner: Whole, target: Short | Whole, size: int) -> Whole:
    """Give the only owner of each target, −1 where there are several or none is known."""
    least = np.full(size, _MANY)
    most = np.full(size, -2)
    np.minimum.at(least, target, owner)
    np.maximum.at(most, target, owner)
    return np.where(least == most, most, -1)


def _inverse(lists: Lists, targets: int) -> tuple[Short, Whole, Short]:
    """Give lists target → (source, value)."""
    source = np.repeat(np.arange(len(lists.start) - 1), np.diff(lists.start))
    order = np.argsort(lists.target, kind="stable")
    start = np.zeros(targets + 1, np.int32)
    np.cumsum(np.bincount(lists.target, minlength=targets), out=start[1:])
    return start, source[order], lists.value[order]
