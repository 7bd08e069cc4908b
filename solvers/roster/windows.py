"""Windows: some people on some days anew, each by whole courses of her days, all others as they are.

Her rules hold within each course, so that the linear program over courses is all but whole: windows
of all staff and several days, or of a few people and many, are solved that no model of single days
and no annealing solves. What a graph does not carry is relaxed; the kernel costs what comes out.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from solvers.cpsat import Limits
from solvers.roster.master import SCALE
from solvers.roster.pricing import Person, Pricing
from solvers.roster.window_master import Bounds, Course, Real, WindowMaster
from solvers.rows.arrays import Lists, Short, Whole, gather
from solvers.rows.lns import Step
from solvers.rows.person_path import Path, Planner
from solvers.rows.person_rows import FORBIDDEN
from solvers.rows.search import Search
from solvers.rows.weights import Cost

_MOST: Final = 2
"""Courses of a member a round of pricing: those that end differently."""
_NEAR: Final = 40
"""Courses of a member that are added when the linear program is solved, as far as they may gain."""
_ROUNDS: Final = 60
_STEADY: Final = 0.7
_EPSILON: Final = 16
_LABELS: Final = 1e-7
_PRICED: Final = 1e-4
"""Deterministic seconds that a label and a course cost, about."""
_NOTHING: Final = Cost(0, 0)


class Member(NamedTuple):
    """A person in a window: her letters there, what they add, and the prices without duals."""

    person: Person
    first: int  # letter, as is `end`
    end: int
    days: slice
    base: Whole  # of all letters; forbidden outside the window, but for the present ones
    letter: Whole  # entries, letters counted from `first`
    row: Short
    amount: Short

    def prices(self, duals: Whole) -> Whole:
        """Give the prices of all letters at duals, in parts of a unit."""
        found = self.base.copy()
        worth = np.bincount(self.letter, duals[self.row] * self.amount, self.end - self.first)
        found[self.first : self.end] -= np.rint(worth).astype(np.int64)
        return found


class Windows:
    """Solves windows of a search; `day[cell]` is the day of a cell, below 0 for history."""

    def __init__(self, pricing: Pricing, search: Search, day: Short) -> None:
        self.people, self._search = pricing.people, search
        self.step = pricing.step
        self._cells = [
            [search.compiled.slot_cell[list(slots[0])] for slots in _by_day(person)]
            for person in self.people
        ]
        self._day = [np.array([int(day[c[0]]) for c in own], np.int64) for own in self._cells]
        self._letters = [
            {slots: number for number, slots in enumerate(person.slots)} for person in self.people
        ]
        self._planner = Planner()
        rows = pricing.master.rows
        self._lo = np.array([row.lo for row in rows])
        self._hi = np.array([row.hi for row in rows])
        self._under = np.array([row.under for row in rows])
        self._over = np.array([row.over for row in rows])
        self._start = np.cumsum([0, *(len(person.slots) for person in self.people)])
        self._adds = self._lists()

    def _lists(self) -> Lists:
        """Give what each letter of everybody adds to which row."""
        parts = zip(self.people, self._start[:-1].tolist(), strict=True)
        letter = np.concatenate([person.letter + first for person, first in parts])
        order = np.argsort(letter, kind="stable")
        start = np.searchsorted(letter[order], np.arange(self._start[-1] + 1)).astype(np.int32)
        row = np.concatenate([person.row for person in self.people])[order]
        amount = np.concatenate([person.amount for person in self.people])[order]
        return Lists(start, row, amount.astype(np.int32))

    def improve(
        self,
        members: Sequence[int],
        first: int,
        last: int,
        *,
        limits: Limits,
        should_stop: Callable[[], bool] | None = None,
    ) -> Step:
        """Solve some people from a day to the day before another; better, or left as it is.

        Half of the deterministic limit is for pricing, the rest for the choice.
        """
        present = [self._present(number) for number in range(len(self.people))]
        every = [own + start for own, start in zip(present, self._start.tolist(), strict=False)]
        _, row, amount = gather(self._adds, np.concatenate(every))
        total: Real = np.bincount(row, amount, len(self._lo)).astype(np.float64)
        window = _Window(self, members, first, last, present, total)
        return window.solve(self._search, limits, should_stop)

    def _present(self, number: int) -> Short:
        """Give the letters that somebody has now."""
        now, known = self._search.state.current, self._letters[number]
        return np.array([known[tuple(now[c].tolist())] for c in self._cells[number]], np.int32)

    def span(self, number: int, first: int, last: int) -> slice:
        """Give the places of days of the horizon among the days of somebody."""
        return slice(*np.searchsorted(self._day[number], (first, last)).tolist())

    def bounds(self, rows: Short, value: Real) -> Bounds:
        """Give some rows, less what they are without a window."""
        lo, hi = self._lo[rows] - value[rows], self._hi[rows] - value[rows]
        return Bounds(lo, hi, self._under[rows], self._over[rows])

    def adds(self, number: int, letters: Short | Whole) -> tuple[Whole, Short, Short]:
        """Give (place in `letters`, row, amount) of what letters of somebody add."""
        return gather(self._adds, letters + self._start[number])

    def cheapest(
        self, person: Person, prices: Whole, most: int, room: int = FORBIDDEN
    ) -> list[Path]:
        """Give the cheapest courses of somebody, none that costs over `room` more than the best."""
        return self._planner.cheapest(person.graph, prices, most, room)

    @property
    def labels(self) -> int:
        """The labels made so far."""
        return self._planner.labels


def _by_day(person: Person) -> list[list[tuple[int, ...]]]:
    """Give the letters of each day of somebody."""
    starts = person.graph.letter_start.tolist()
    return [person.slots[first:end] for first, end in pairwise(starts)]


class _Window:
    """One window while it is solved."""

    def __init__(
        self,
        windows: Windows,
        members: Sequence[int],
        first: int,
        last: int,
        present: Sequence[Short],
        total: Real,
    ) -> None:
        self.windows, self.numbers = windows, list(members)
        value = total.copy()
        found = []
        for number in self.numbers:
            person, days = windows.people[number], windows.span(number, first, last)
            _, row, amount = windows.adds(number, present[number][days])
            np.subtract.at(value, row, amount)
            begin, end = person.graph.letter_start[[days.start, days.stop]].tolist()
            at, row, amount = windows.adds(number, np.arange(begin, end))
            base = np.full(len(person.price), FORBIDDEN, np.int64)
            base[present[number]] = person.price[present[number]]
            base[begin:end] = person.price[begin:end]
            found.append(Member(person, begin, end, days, base, at, row, amount))
        rows = np.unique(np.concatenate([member.row for member in found]))
        self._place = np.full(len(total), -1, np.int32)
        self._place[rows] = np.arange(len(rows))
        self.members = [each._replace(row=self._place[each.row]) for each in found]
        self.master = WindowMaster(windows.bounds(rows, value), len(found))
        self._now = present
        self._first_label = windows.labels
        self._priced = 0
        self.best = -(1 << 62)  # the bound, in parts of a unit
        self.duals: Whole | None = None  # that it came from

    @property
    def spent(self) -> float:
        """Deterministic seconds so far, without the choice."""
        return (self.windows.labels - self._first_label) * _LABELS + self._priced * _PRICED

    def solve(self, search: Search, limits: Limits, should_stop: Callable[[], bool] | None) -> Step:
        """Price, choose, and take what is better."""
        cost = self._begin()
        if cost is None:
            return Step(_NOTHING, self.spent, proven=False, found=False)
        done = self._price(cost, limits.deterministic / 2, should_stop)
        if done is None or self.duals is None or self._hopeless(cost):
            return Step(_NOTHING, self.spent, proven=bool(done), found=False)
        kept = self._near(cost)
        chosen = self.master.choose(kept, limits, should_stop, cost)
        spent = self.spent + chosen.spent
        proven = chosen.proven and done
        if len(chosen.courses) < len(self.members):
            return Step(_NOTHING, spent, proven, found=False)
        return Step(self._take(search, chosen.courses), spent, proven, found=True)

    def _begin(self) -> int | None:
        """Add the present courses; give what the window costs, None where one is unlawful."""
        value = np.zeros(len(self.master.bounds.lo))
        total = 0
        for place, (number, member) in enumerate(zip(self.numbers, self.members, strict=True)):
            prices = np.full(len(member.base), FORBIDDEN, np.int64)
            prices[self._now[number]] = member.base[self._now[number]]
            found = self.windows.cheapest(member.person, prices, 1)
            if not found:
                return None
            course = self._course(place, found[0], None)
            self.master.add([course])
            total += course.cost
            value[course.rows] += course.amounts
        return total + self.master.bounds.cost(value)

    def _course(self, place: int, path: Path, duals: Whole | None) -> Course:
        """Make a course of what was priced at duals; its own cost is that without them."""
        letters = path.letters[self.members[place].days]
        _, row, amount = self.windows.adds(self.numbers[place], letters)
        sums = np.bincount(self._place[row], amount, len(self.master.bounds.lo))
        rows = np.flatnonzero(sums).astype(np.int32)
        amounts = np.rint(sums[rows]).astype(np.int64)
        worth = 0 if duals is None else int(duals[rows] @ amounts)
        return Course(place, (path.cost + worth) // SCALE, letters.copy(), rows, amounts)

    def _hopeless(self, cost: int) -> bool:
        return self.best > (cost - self.windows.step) * SCALE + _EPSILON

    def _price(
        self, cost: int, limit: float, should_stop: Callable[[], bool] | None
    ) -> bool | None:
        """Price until nothing gains, or nothing better than `cost` can come; None when stopped."""
        for _ in range(_ROUNDS):
            relaxed = self.master.relax()
            if relaxed is None or (should_stop is not None and should_stop()):
                return None
            added = self._round(relaxed.rows, relaxed.members)
            if self._hopeless(cost) or not added:
                return True
            if self.spent > limit:
                return False
        return False

    def _round(self, duals: Whole, of_members: Whole) -> int:
        """Price everybody at steadied duals, else at the true ones; give the courses added."""
        for steady in (_STEADY, 0.0):
            at = duals
            if steady:
                if self.duals is None:
                    continue
                mixed = steady * self.duals + (1 - steady) * duals
                at = self.master.rounded(mixed / SCALE)
            new = []
            total = self.master.constant(at)
            for place, member in enumerate(self.members):
                paths = self.windows.cheapest(member.person, member.prices(at), _MOST)
                self._priced += 1
                total += paths[0].cost
                for path in paths:
                    course = self._course(place, path, at)
                    own = course.cost * SCALE - int(duals[course.rows] @ course.amounts)
                    if own - int(of_members[place]) < -_EPSILON:
                        new.append(course)
            if total > self.best:
                self.best, self.duals = total, at
            added = self.master.add(new)
            if added:
                return added
        return 0

    def _near(self, cost: int) -> list[int]:
        """Add what is nearly as cheap; give the courses that something better may be made of."""
        duals = self.duals
        assert duals is not None
        room = (cost - self.windows.step) * SCALE + _EPSILON - self.best
        least = []
        for place, member in enumerate(self.members):
            paths = self.windows.cheapest(member.person, member.prices(duals), _NEAR, room)
            self._priced += 1
            least.append(paths[0].cost)
            self.master.add([self._course(place, path, duals) for path in paths])
        kept = []
        for number, course in enumerate(self.master.courses):
            own = course.cost * SCALE - int(duals[course.rows] @ course.amounts)
            if number < len(self.members) or own - least[course.member] <= room:
                kept.append(number)
        return kept

    def _take(self, search: Search, courses: Iterable[Course]) -> Cost:
        """Put the courses; give what that saves, nothing if the kernel says that it is worse."""
        slots = np.array(
            [
                slot
                for course in courses
                for letter in course.letters.tolist()
                for slot in self.members[course.member].person.slots[letter]
            ],
            np.int32,
        )
        before, cells = search.cost, search.compiled.slot_cell[slots]
        old = search.state.current[cells].copy()
        search.put(cells, slots)
        after = search.cost
        if after > before:
            search.put(cells, old)
            return _NOTHING
        if after < search.best_cost:
            search.keep()
        return Cost(before.hard - after.hard, before.soft - after.soft)
