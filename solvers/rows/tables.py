"""Rows and conjunctions of one person that look at a few days in a row, as look-up tables.

A run that is too long or too short, a rest day alone, a shift that may not follow another: on a
roster most rows say such a pattern for every start day. Two forms are found from the arrays alone,
so that nothing can drift:

- a *pattern* depends only on which days are in one set of codes (days off, nights …): a table gives
  the change of cost when a day turns, by the bits of the days around it;
- a *pair* forbids a code set on a day and another on the next: a matrix code × code.

What is tabled leaves the lists of the kernel; everything else stays there. Rows that reach into the
history stay rows, as every past would need a table of its own.
"""

import itertools
from collections import Counter, defaultdict
from typing import Any, Final, NamedTuple

import numpy as np

from solvers.rows.arrays import Bools, Compiled, Short, Whole
from solvers.rows.patterns import (
    Chains,
    Found,
    Pattern,
    never_patterns,
    pairs_of,
    row_patterns,
    tests_by_day,
)
from solvers.rows.weights import SHIFT, Weights

PLANES: Final = 6
"""Sets of codes that one line may have patterns for."""
_WIDEST: Final = 62  # codes that fit a 64-bit mask
_USUAL: Final = 0.8  # of all start days have a pattern that deserves a table
_NOTHING: Final = np.zeros(1, np.int64)
_MOST: Final = 1 << 21  # entries of all tables together


class Tables(NamedTuple):
    """What the kernel looks up. Bits lie in 64-bit words, a stretch for each line and set."""

    bits: Short  # slot → in which sets of its line the code is, a bit each
    place: Short  # cell × PLANES → first bit of the window round the cell; its table, −1 for none
    mask: Whole  # PLANES → the bits of a window
    middle: Short  # PLANES → the place of the cell in its window
    shift: Whole  # PLANES → by how much the numbers of its tables are shifted: hard or soft
    turn: Short  # tables: window → change of cost when the cell turns
    words: Any  # 64-bit words, unsigned
    before: Short  # cell → the cell of the day before in its line, −1
    after: Short
    pair: Short  # cell → where the matrix of it and the next day begins, −1
    code: Short  # slot → row or column of the matrices
    matrix: Whole
    side: Whole  # one number: rows of a matrix


class Tabled(NamedTuple):
    """Tables, and what they hold: rows and conjunctions to leave out of the lists."""

    tables: Tables
    rows: np.ndarray
    nevers: np.ndarray


def no_tables(compiled: Compiled) -> Tables:
    """Give tables that hold nothing."""
    empty, nothing = np.zeros(0, np.int32), np.zeros(1, np.int64)
    cells = np.full(compiled.cells, -1, np.int32)
    return Tables(
        np.zeros(compiled.slots, np.int32), empty, np.zeros(PLANES, np.int64),
        np.zeros(PLANES, np.int32), np.zeros(PLANES, np.int64), np.zeros(1, np.int32),
        np.zeros(2, np.uint64), cells, cells.copy(), cells.copy(),
        _codes(compiled), nothing, np.ones(1, np.int64),
    )  # fmt: skip


def _codes(compiled: Compiled) -> Short:
    """The shared codes of all slots; one more stands for void and for codes of one cell."""
    code, shared = compiled.slot_code, compiled.shared
    return np.where((code >= 0) & (code < shared), code, shared).astype(np.int32)


def tabulate(compiled: Compiled, weights: Weights) -> Tabled:
    """Table what can be tabled of the rows and conjunctions inside one line of `compiled.lines`."""
    rows = np.zeros(len(compiled.rows.lo), bool)
    nevers = np.zeros(len(compiled.nevers.amount), bool)
    if (
        not compiled.lines
        or compiled.shared > _WIDEST
        or len(compiled.slot_of_owned) > compiled.shared
    ):
        return Tabled(no_tables(compiled), rows, nevers)
    chains = Chains(compiled)
    tests = tests_by_day(compiled, weights, chains)
    patterns = [*row_patterns(compiled, weights, chains), *never_patterns(tests, chains)]
    made = _Maker(compiled, chains)
    for found, is_never in made.patterns(patterns):
        (nevers if is_never else rows)[found] = True
    for found in made.pairs(pairs_of(tests)):
        nevers[found] = True
    return Tabled(made.tables(), rows, nevers)


class _Maker:
    """Lays out tables, words and matrices."""

    def __init__(self, compiled: Compiled, chains: Chains) -> None:
        self.compiled = compiled
        self.chains = chains
        size = compiled.cells * PLANES
        self.place = np.zeros((size, 2), np.int64)
        self.codes = np.zeros((compiled.cells, PLANES), np.int64)
        self.span = [1] * PLANES
        self.hard = [False] * PLANES
        self.turn: list[Whole] = []
        self.entries = 0
        self.length = 64
        self.pair = np.full(compiled.cells, -1, np.int64)
        self.matrices: list[tuple[Whole, Bools]] = []  # and which of their entries are read
        self._made: dict[tuple[object, ...], int] = {}
        self._kind: dict[int, bool] = {}
        self._ids: dict[Pattern, int] = {}

    def patterns(self, found: list[Found]) -> list[tuple[int, bool]]:
        """Table the patterns that a line has on most start days; give their numbers."""
        by_line: dict[int, list[Found]] = defaultdict(list)
        for each in found:
            by_line[each.line].append(each)
            self._ids.setdefault(each.pattern, len(self._ids))
        used: list[tuple[int, bool]] = []
        chosen: dict[int, list[list[Found]]] = {}
        for line, inside in sorted(by_line.items()):
            chosen[line] = self._usual(line, inside)
            for plane, members in enumerate(chosen[line]):
                spans = (each.span for each in members)
                self.span[plane] = max(self.span[plane], *spans) if members else self.span[plane]
        for line, planes in chosen.items():
            for plane, members in enumerate(planes):
                if members and self._plane(line, plane, members):
                    used.extend((each.number, each.pattern.never > 0) for each in members)
        return used

    def _usual(self, line: int, found: list[Found]) -> list[list[Found]]:
        days = sum(cell >= 0 and self.chains.usable[cell] for cell in self.chains.lines[line])
        count = Counter((each.codes, self._ids[each.pattern]) for each in found)
        planes: dict[tuple[int, bool], list[Found]] = defaultdict(list)
        for each in found:
            if count[each.codes, self._ids[each.pattern]] >= _USUAL * (days - each.span + 1):
                planes[each.codes, each.pattern.unit >= 1 << SHIFT].append(each)
        return self._seated(planes)

    def _seated(self, found: dict[tuple[int, bool], list[Found]]) -> list[list[Found]]:
        """Seat hard sets on the first planes and soft ones on the last, the fullest first."""
        seats: list[list[Found]] = [[] for _ in range(PLANES)]
        fullest = sorted(found.items(), key=lambda each: -len(each[1]))
        for hard, places in ((True, range(PLANES)), (False, range(PLANES - 1, -1, -1))):
            groups = [members for (_, is_hard), members in fullest if is_hard == hard]
            for members, place in zip(groups, places, strict=False):
                if not seats[place] and self._takes(place, hard=hard):
                    seats[place] = members
        return seats

    def _takes(self, plane: int, *, hard: bool) -> bool:
        known = self._kind.setdefault(plane, hard)
        self.hard[plane] = known
        return known == hard

    def _plane(self, line: int, plane: int, members: list[Found]) -> bool:
        """Lay out one set of codes of a line: its bits, and a table for each of its days."""
        cells = self.chains.lines[line]
        reach = self.span[plane]
        round_: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for each in members:
            number = self._ids[each.pattern]
            for day in range(each.first, each.first + each.span):
                round_[day].append((each.first - day, number))
        tables: dict[int, int] = {}
        for day, touching in round_.items():
            if cells[day] >= 0:
                key = (reach, *sorted(touching))
                if key not in self._made and self.entries + (1 << (2 * reach - 1)) > _MOST:
                    return False
                tables[day] = (
                    self._made[key] if key in self._made else self._turns(key, reach, touching)
                )
        start = self.length + reach
        known = np.array(cells, np.int64)
        free = np.flatnonzero((known >= 0) & (self.compiled.fixed[known] == 0))
        at = known[free] * PLANES + plane
        self.place[at, 0] = start + free - (reach - 1)
        self.place[at, 1] = [tables.get(day, -1) for day in free.tolist()]
        self.codes[known[free], plane] = members[0].codes
        self.length = start + len(cells) + reach
        return True

    def _turns(self, key: tuple[object, ...], reach: int, touching: list[tuple[int, int]]) -> int:
        """Make the table of a day: the change of cost when it turns, by the bits around it."""
        windows = np.arange(1 << (2 * reach - 1), dtype=np.int64)
        cost = np.zeros(len(windows), np.int64)
        patterns = list(self._ids)
        for offset, number in touching:
            cost += patterns[number].cost(windows >> (reach - 1 + offset))
        turn = cost[windows ^ (1 << (reach - 1))] - cost
        if patterns[touching[0][1]].unit >= 1 << SHIFT:
            turn >>= SHIFT
        at = self._made[key] = self.entries
        self.turn.append(turn)
        self.entries += len(turn)
        return at

    def pairs(self, found: list[tuple[int, int, int, int, int]]) -> list[int]:
        """Make a matrix for each day and the next."""
        by_cell: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for _, cell, one, next_, cost in found:
            by_cell[cell].append((one, next_, cost))
        known: dict[tuple[object, ...], int] = {}
        side = self.compiled.shared + 1
        for cell, forbidden in by_cell.items():
            domain = int(self.chains.domain[cell])
            key = (domain, *sorted(forbidden))
            if key not in known:
                known[key] = self._matrix(domain, forbidden)
            self.pair[cell] = known[key] * side * side
        return [number for number, *_ in found]

    def _matrix(self, domain: int, forbidden: list[tuple[int, int, int]]) -> int:
        """Give the number of a matrix that is right for the codes of a domain, a new one if need be.

        People with other codes share it: small matrices stay in the fastest memory.
        """
        codes = np.arange(self.compiled.shared)
        matrix = np.zeros((len(codes) + 1, len(codes) + 1), np.int64)
        for one, next_, cost in forbidden:
            matrix[:-1, :-1] += cost * np.outer((one >> codes) & 1, (next_ >> codes) & 1)
        mine = np.append((domain >> codes) & 1, 1) != 0
        read = np.outer(mine, mine)
        for number, (other, others_read) in enumerate(self.matrices):
            if not (read & others_read & (matrix != other)).any():
                other[read] = matrix[read]
                others_read |= read
                return number
        self.matrices.append((matrix, read))
        return len(self.matrices) - 1

    def tables(self) -> Tables:
        """Give everything as the kernel wants it."""
        compiled = self.compiled
        before = np.full(compiled.cells, -1, np.int32)
        after = np.full(compiled.cells, -1, np.int32)
        for line in self.chains.lines:
            for one, other in itertools.pairwise(line):
                if one >= 0 and other >= 0:
                    after[one], before[other] = other, one
        span = np.array(self.span)
        inside = (self.chains.mask[:, None] & self.codes[compiled.slot_cell]) != 0
        bits = (inside.astype(np.int64) << np.arange(PLANES)).sum(axis=1)
        return Tables(
            bits.astype(np.int32),
            self.place.astype(np.int32).reshape(-1),
            (1 << (2 * span - 1)) - 1,
            (span - 1).astype(np.int32),
            np.array([SHIFT if hard else 0 for hard in self.hard], np.int64),
            np.concatenate(self.turn or [np.zeros(1, np.int64)]).astype(np.int32),
            np.zeros(self.length // 64 + 2, np.uint64),
            before,
            after,
            self.pair.astype(np.int32),
            _codes(compiled),
            np.concatenate([matrix.reshape(-1) for matrix, _ in self.matrices] or [_NOTHING]),
            np.array([compiled.shared + 1], np.int64),
        )
