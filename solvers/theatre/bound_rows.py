"""The rows of a part of a hospital, as sets of cases see them.

A part is sessions and cases that no other session and case has to do with: a specialty, as a rule. A
row that several parts share is left out, which can only lower a bound. A set has a coefficient for
each of its items, one for each surgeon in it, and one for not being empty: "nobody operates in this
session", or this surgeon does not, is 1 less such a coefficient. Other conjunctions are columns of
their own. A soft row about how far one session is filled is no row, but part of what its sets cost.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from solvers.rows.arrays import NO_BOUND, Bools, Compiled, Short, Whole, gather
from solvers.rows.knapsack import LENGTH, TURNOVER, Reals
from solvers.rows.weights import SHIFT, Weights
from solvers.theatre.bound_sessions import Glance, Items, nothing

_MASK: Final = (1 << SHIFT) - 1
_NEARLY: Final = 90
"""Minutes by which a session may be longer than a row wants it filled, and the row cost as a line."""
NOBODY, SHARED = -1, -2
"""The part of what touches no part, and of what touches several."""


class Parts(NamedTuple):
    """The part of every session, case, row and conjunction."""

    number: int
    session: Short
    cell: Short
    row: Short
    feature: Short


class Entries:
    """Entries (row, column, value) of a sparse matrix, in arrays."""

    def __init__(self) -> None:
        self._found: list[tuple[Whole, Whole, Reals]] = []

    def add(self, row: object, column: object, value: object) -> None:
        """Add entries, or one."""
        row, column, value = np.broadcast_arrays(
            np.atleast_1d(np.asarray(row, np.int64)),
            np.atleast_1d(np.asarray(column, np.int64)),
            np.atleast_1d(np.asarray(value, float)),
        )
        self._found.append((row, column, value))

    def arrays(self) -> tuple[Whole, Whole, Reals]:
        """Give all rows, columns and values."""
        if not self._found:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        row, column, value = (np.concatenate([each[k] for each in self._found]) for k in range(3))
        return row, column, value


def parts_of(compiled: Compiled, items: Items, out: Short, glance: Glance = nothing) -> Parts:
    """Find the parts: cases and sessions that options join; `out` is the slot of leaving a case out."""
    session = np.arange(items.sessions)
    while True:
        cell = np.full(compiled.cells, items.sessions)
        np.minimum.at(cell, items.cell, session[items.session])
        joined = session.copy()
        np.minimum.at(joined, items.session, cell[items.cell])
        if (joined == session).all():
            break
        session = joined
    used = np.unique(session[items.session])
    number = np.full(items.sessions + 1, NOBODY, np.int32)
    number[used] = np.arange(len(used))
    of_session, of_cell = number[session], number[cell]
    row = np.full(len(compiled.rows.lo), NOBODY, np.int32)
    feature = np.full(len(compiled.base), NOBODY, np.int32)
    for part in range(len(used)):  # one by one, as all entries at once would take 100 MB
        glance()
        slots = np.concatenate(
            (items.slot[of_session[items.session] == part], out[of_cell == part])
        )
        _touch(row, gather(compiled.loads, slots)[1], part)
        _touch(feature, gather(compiled.tests, slots)[1], part)
    source = np.repeat(np.arange(len(feature)), np.diff(compiled.terms.start))
    for part in (*range(len(used)), SHARED):
        _touch(row, compiled.terms.target[feature[source] == part], part)
    return Parts(len(used), of_session, of_cell, row, feature)


def _touch(owner: Short, found: Short, part: int) -> None:
    found = np.unique(found)
    mine = (owner[found] == NOBODY) | (owner[found] == part)
    owner[found] = np.where(mine, part, SHARED)


class PartRows:
    """Rows and columns of a part; numbers of items, cells, sessions and groups are its own."""

    def __init__(
        self,
        compiled: Compiled,
        weights: Weights,
        live: Bools,
        items: Items,
        parts: Parts,
        part: int,
        out: Short,
        taken: Mapping[int, float],
    ) -> None:
        self.compiled = compiled
        self.weights = weights
        self.items = np.flatnonzero(parts.session[items.session] == part)
        self.sessions = np.flatnonzero(parts.session == part)
        self.cells = np.flatnonzero(parts.cell == part)
        self.groups = np.unique(items.group[self.items])
        self.slot = items.slot[self.items]
        self.cell = np.searchsorted(self.cells, items.cell[self.items])
        self.session = np.searchsorted(self.sessions, items.session[self.items])
        self.group = np.searchsorted(self.groups, items.group[self.items])
        self.group_session = np.searchsorted(self.sessions, items.group_session[self.groups])
        self.known = items.known[self.items]
        self.cap = items.cap[self.sessions]
        self.item_cost = items.price[self.items].copy()
        self.group_cost = np.zeros(len(self.groups))
        self.session_cost = np.zeros(len(self.sessions))
        self.constant = 0.0
        self.low: list[float] = [1.0] * len(self.cells) + [-np.inf] * len(self.sessions)
        self.high: list[float] = [1.0] * (len(self.cells) + len(self.sessions))
        self.cost: list[float] = []
        self.most: list[float] = []
        self.entries, self.of_item, self.of_group, self.of_session = (Entries() for _ in range(4))
        self._leave_out(out[self.cells])
        numbers = np.flatnonzero(live & (parts.row == part))
        mine = parts.feature == part
        truths = self._truths(numbers, mine)
        self._nevers(mine, truths)
        self._rows(numbers, truths, parts, taken)

    def forget(self) -> None:
        """Give up the entries, once somebody else has them in arrays."""
        self.entries, self.of_item, self.of_group, self.of_session = (Entries() for _ in range(4))

    def _column(self, cost: float, most: float) -> int:
        self.cost.append(cost)
        self.most.append(most)
        return len(self.cost) - 1

    def _row(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def _leave_out(self, out: Short) -> None:
        """A column for each case that may be left out."""
        self.out = out
        price = (self.weights.price[out] & _MASK).astype(float)
        self.open = np.flatnonzero((out >= 0) & (self.weights.closed[out] == 0))
        for cell in self.open.tolist():
            self.entries.add(cell, self._column(price[cell], 1.0), 1.0)

    def _truths(self, rows: Whole, mine: Bools) -> dict[int, tuple[str, int]]:
        """Say what each conjunction is that counts: 1 − a session's, 1 − a group's, or a column."""
        compiled = self.compiled
        wanted = np.zeros(len(compiled.base), bool)
        wanted[compiled.nevers.feature] = True
        source = np.repeat(np.arange(len(wanted)), np.diff(compiled.terms.start))
        wanted[source[np.isin(compiled.terms.target, rows)]] = True
        wanted &= mine
        whole, odd = self._groups_of(wanted)
        size = np.bincount(self.group_session, minlength=len(self.sessions))
        found: dict[int, tuple[str, int]] = {}
        for feature in np.flatnonzero(wanted).tolist():
            groups = whole.get(feature, [])
            sessions = {int(self.group_session[group]) for group in groups}
            if feature in odd or not groups:
                found[feature] = ("column", self._column(0.0, 1.0))  # nothing is said of it
            elif len(sessions) == 1 and len(groups) == size[min(sessions)]:
                found[feature] = ("session", min(sessions))
            elif len(groups) == 1:
                found[feature] = ("group", groups[0])
            else:
                found[feature] = ("column", self._linked(groups, size))
        return found

    def _groups_of(self, wanted: Bools) -> tuple[dict[int, list[int]], set[int]]:
        """Give the groups none of whose items may be taken; and the conjunctions that say more."""
        compiled, groups = self.compiled, len(self.groups)
        at, feature, value = gather(compiled.tests, self.slot)
        kept = wanted[feature]
        pair = feature[kept].astype(np.int64) * groups + self.group[at[kept]]
        pairs, count = np.unique(pair, return_counts=True)
        size = np.bincount(self.group, minlength=groups)
        whole: dict[int, list[int]] = defaultdict(list)
        odd = set(feature[kept & (value < 0)].tolist())
        odd.update(np.flatnonzero(wanted & (compiled.base != 0)).tolist())
        _, left_out, _ = gather(compiled.tests, self.out[self.out >= 0])
        odd.update(left_out.tolist())
        for each, found in zip(pairs.tolist(), count.tolist(), strict=True):
            number, group = divmod(each, groups)
            if found == size[group]:
                whole[number].append(group)
            else:
                odd.add(number)
        return whole, odd

    def _linked(self, groups: list[int], size: Whole) -> int:
        """A column that is at most 1 − each of its groups, or sessions, and at least 1 − all of them."""
        column = self._column(0.0, 1.0)
        least = self._row(1.0, np.inf)
        self.entries.add(least, column, 1.0)
        by_session: dict[int, list[int]] = defaultdict(list)
        for group in groups:
            by_session[int(self.group_session[group])].append(group)
        for session, found in by_session.items():
            if len(found) == size[session]:
                row = self._row(-np.inf, 1.0)
                self.entries.add(row, column, 1.0)
                self.of_session.add([row, least], session, 1.0)
            for group in found if len(found) < size[session] else ():
                row = self._row(-np.inf, 1.0)
                self.entries.add(row, column, 1.0)
                self.of_group.add([row, least], group, 1.0)
        return column

    def _nevers(self, mine: Bools, truths: Mapping[int, tuple[str, int]]) -> None:
        """What conjunctions cost while they are true; a forbidden one is a row."""
        nevers = self.compiled.nevers
        cost = self.weights.never * np.maximum(nevers.amount - self.weights.never_free, 0)
        for feature, each in zip(nevers.feature.tolist(), cost.tolist(), strict=True):
            if not mine[feature] or not each:
                continue
            what, number = truths[feature]
            if each > _MASK:
                if what == "column":
                    self.most[number] = 0.0
            elif what == "column":
                self.cost[number] += each
            else:
                self.constant += each
                (self.session_cost if what == "session" else self.group_cost)[number] -= each

    def _rows(
        self,
        numbers: Whole,
        truths: Mapping[int, tuple[str, int]],
        parts: Parts,
        taken: Mapping[int, float],
    ) -> None:
        compiled = self.compiled
        at, row, load = _of(numbers, gather(compiled.loads, self.slot))
        off_at, off_row, off_load = _of(numbers, gather(compiled.loads, self.out[self.open]))
        terms: dict[int, list[tuple[int, int]]] = defaultdict(list)
        features = np.array(sorted(truths), np.int64)
        known = np.flatnonzero((parts.feature == NOBODY) & (compiled.base == 0))
        for source in (features, known):
            of, target, value = _of(numbers, gather(compiled.terms, source))
            for k, each, coefficient in zip(
                of.tolist(), target.tolist(), value.tolist(), strict=True
            ):
                terms[each].append((int(source[k]), coefficient))
        order = np.argsort(row, kind="stable")
        at, row, load = at[order], row[order], load[order]
        first = np.searchsorted(row, numbers)
        last = np.searchsorted(row, numbers, side="right")
        for k, number in enumerate(numbers.tolist()):
            inside = slice(first[k], last[k])
            here = off_row == number
            line = _Line(number, at[inside], load[inside].astype(float), terms[number])
            if here.any() or not self._filled(line, truths):
                outside = off_at[here], off_load[here].astype(float)
                self._sides(line, outside, truths, taken.get(number, 0.0))

    def _filled(self, line: "_Line", truths: Mapping[int, tuple[str, int]]) -> bool:
        """Take a soft row about how far one session is filled into the cost of its sets, if it is one."""
        rows, number = self.compiled.rows, line.number
        price = int(self.weights.row[number]) * int(rows.each[number])
        beyond = rows.hi[number] < NO_BOUND or rows.beyond[number] > 0
        if beyond or rows.lo[number] <= -NO_BOUND or price > _MASK or not len(line.at):
            return False
        session = int(self.session[line.at[0]])
        known, lo = self.known[line.at], float(rows.lo[number])
        ratio = float((line.load / np.maximum(known[:, LENGTH], 1)).max())
        most = ratio * float(self.cap[session] + known[:, TURNOVER].max())
        if (self.session[line.at] != session).any() or not 0 < most <= lo + _NEARLY:
            return False
        empty = 0.0
        for feature, coefficient in line.terms:
            what, where = truths.get(feature, ("always", 0))
            if what != "always" and (what, where) != ("session", session):
                return False
            empty += coefficient
            lo -= coefficient if what == "always" else 0
        nothing = price * max(0.0, float(rows.lo[number]) - empty)
        self.item_cost[line.at] -= price * line.load
        self.session_cost[session] += price * lo - nothing
        self.constant += nothing
        return True

    def _sides(
        self,
        line: "_Line",
        outside: tuple[Whole, Reals],
        truths: Mapping[int, tuple[str, int]],
        taken: float,
    ) -> None:
        """Make a row of each bound of a row, with a column for what lies beyond it."""
        rows, number = self.compiled.rows, line.number
        weight = int(self.weights.row[number])
        hard = weight > _MASK
        for limit, sign, each in (
            (rows.lo[number], -1, rows.each[number]),
            (rows.hi[number], 1, rows.each[number]),
            (rows.knee[number], 1, rows.beyond[number]),
        ):
            if abs(limit) >= NO_BOUND or each <= 0:
                continue
            free = self.weights.row_free[number] / each
            price = 0.0 if hard else max(0.0, weight - taken) * each
            row = self._row(-np.inf, float(sign * limit + (free if hard else 0)))
            if not hard:
                self.entries.add(row, self._column(price, np.inf), -1.0)
            self.of_item.add(row, line.at, sign * line.load)
            self.entries.add(row, outside[0], sign * outside[1])
            for feature, coefficient in line.terms:
                what, where = truths.get(feature, ("always", 0))
                if what == "column":
                    self.entries.add(row, where, sign * coefficient)
                    continue
                self.high[row] -= sign * coefficient
                if what != "always":
                    of = self.of_session if what == "session" else self.of_group
                    of.add(row, where, -sign * coefficient)


class _Line(NamedTuple):
    """A row: what it counts of items (by number and load), and of conjunctions."""

    number: int
    at: Whole
    load: Reals
    terms: list[tuple[int, int]]


def _of(numbers: Whole, found: tuple[Whole, Short, Short]) -> tuple[Whole, Whole, Short]:
    """Keep the entries of some rows."""
    at, row, value = found
    kept = np.isin(row, numbers)
    return at[kept], row[kept].astype(np.int64), value[kept]
