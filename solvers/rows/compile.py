"""Blocks of rules to arrays, in bulk: one numpy operation a table or code set, none a term."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

import numpy as np

from planner.bulk import many_objects
from planner.rules.blocks import OFF, Codes
from planner.rules.space import Space
from solvers.memory import give_back
from solvers.rows.arrays import (
    Compiled,
    Flags,
    Lists,
    Nevers,
    Prices,
    Rows,
    Short,
    Whole,
    pack,
)
from solvers.rows.collect import Blocks, Bucket
from solvers.rows.repeated import Repeated


class StoppedError(Exception):
    """Somebody does not want to wait for the end of building."""


def compile(
    space: Space, rules: Iterable[Any], should_stop: Callable[[], bool] = lambda: False
) -> Compiled:
    """Turn all prices and rows of some rules into arrays.

    Raises:
        StoppedError: `should_stop` said so between two rules.
    """
    with many_objects():
        return _compile(space, rules, should_stop)


def _compile(space: Space, rules: Iterable[Any], should_stop: Callable[[], bool]) -> Compiled:
    slots = _Slots(space)
    blocks = Blocks()
    in_force = tuple(rules)
    repeated = Repeated(blocks, space, in_force)
    parts = []
    for number, rule in enumerate(in_force):
        if should_stop():
            raise StoppedError
        blocks.rule = number
        for price in rule.prices(space):
            blocks.price(price)
        repeated.take(number)
        parts.append(_parts(slots, blocks))
        if len(parts[-1][0]) > _MANY:
            give_back()
    return _assemble(space, in_force, slots, blocks, parts)


_Use: TypeAlias = tuple[Bucket, Collection[int], Collection[int]]
"""A bucket, codes, and the value of each."""
_Indicators: TypeAlias = list[tuple[int, Bucket]]
_Parts: TypeAlias = list[tuple[Short, Short, Short]]
_MANY: Final = 100_000
"""Terms whose tables, once freed, are worth a look through all memory."""
_USES: Final = 2000
"""Uses of own codes that are worked on together: a byte each for every cell."""


class _Slots:
    """The slots of a space and the ways to find them."""

    def __init__(self, space: Space) -> None:
        self.cells = space.cells
        self.shared = max(1, space.shared)
        domains = [space.domain(cell) for cell in range(space.cells)]
        sizes = np.fromiter((len(d) + 1 for d in domains), np.int64, space.cells)
        self.start = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        total = int(self.start[-1])
        self.cell: Short = np.repeat(np.arange(space.cells, dtype=np.int32), sizes)
        self.code: Short = np.full(total, -1, np.int32)
        taken = np.ones(total, bool)
        taken[self.start[:-1]] = False
        self.code[taken] = np.fromiter(chain.from_iterable(domains), np.int32)
        slot = np.arange(total, dtype=np.int32)
        common = taken & (self.code < self.shared)
        self.of_shared: Short = np.full(space.cells * self.shared, -1, np.int32)
        at = self.cell[common].astype(np.int64) * self.shared + self.code[common]
        self.of_shared[at] = slot[common]
        self.of_owned: Short = np.full(space.codes, -1, np.int32)
        owned = taken & ~common
        self.of_owned[self.code[owned]] = slot[owned]
        self.owner: Short = np.full(space.codes, -1, np.int32)
        self.owner[self.code[owned]] = self.cell[owned]
        fixed = (space.fixed(cell) is not None for cell in range(space.cells))
        self.fixed: Flags = np.fromiter(fixed, np.uint8, space.cells)
        self.any_owned = bool(owned.any())

    def spread(self, bucket: Bucket, codes: Whole, value: Whole) -> tuple[Whole, Whole, Whole]:
        """Give (owner, slot, value) of shared codes with values, over all uses of a bucket."""
        cells = np.asarray(bucket.cells, np.int64)
        owners = np.asarray(bucket.owners, np.int64)
        if bucket.counts:
            owners = np.repeat(owners, bucket.counts)
        where = cells[:, None] * self.shared + codes[None, :]
        slot = self.of_shared[where]
        kept = slot >= 0
        owner = np.broadcast_to(owners[:, None], slot.shape)[kept]
        amount = np.broadcast_to(value[None, :], slot.shape)[kept]
        return owner, slot[kept].astype(np.int64), amount

    def spread_all(self, uses: Iterable[_Use]) -> tuple[Whole, Whole, Whole]:
        """Give (owner, slot, value) of codes with values, over all uses of many buckets."""
        found = []
        owned = _Owned(self)
        for bucket, codes, values in uses:
            code = np.fromiter(codes, np.int64, len(codes))
            value = np.fromiter(values, np.int64, len(codes))
            if self.shared > 1 or OFF in codes:
                common = code < self.shared
                found.append(self.spread(bucket, code[common], value[common]))
            if self.any_owned:
                owned.add(bucket, code, value)
        found.extend(owned.found())
        return _join(found)

    def all_but(self, bucket: Bucket, members: Whole) -> tuple[Whole, Whole]:
        """Give (owner, slot) of all codes but some, over the cells of a bucket."""
        cells = np.asarray(bucket.cells, np.int64)
        owners = np.asarray(bucket.owners, np.int64)
        if bucket.counts:
            owners = np.repeat(owners, bucket.counts)
        first = self.start[cells].astype(np.int64) + 1
        count = self.start[cells + 1] - first
        offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        slot = np.repeat(first, count) + offset
        mask = np.ones(len(self.of_owned), bool)
        mask[members] = False
        kept = mask[self.code[slot]]
        return np.repeat(owners, count)[kept], slot[kept]


class _Owned:
    """Codes of one cell each, used over some cells: they count as often as theirs is among them."""

    def __init__(self, slots: _Slots) -> None:
        self._slots = slots
        self._owners: list[int] = []
        self._cells: list[Whole] = []
        self._codes: list[Whole] = []
        self._values: list[Whole] = []

    def add(self, bucket: Bucket, codes: Whole, values: Whole) -> None:
        """Note all uses of a bucket."""
        cells = np.array(bucket.cells, np.int64)
        uses = len(bucket.owners)
        ends = np.cumsum(bucket.counts)[:-1].tolist() if uses > 1 else []
        self._owners += bucket.owners
        self._cells += [
            cells[begin:end] for begin, end in zip([0, *ends], [*ends, len(cells)], strict=True)
        ]
        self._codes += [codes] * uses
        self._values += [values] * uses

    def found(self) -> Iterator[tuple[Whole, Whole, Whole]]:
        """Give (owner, slot, value), some uses at a time."""
        for first in range(0, len(self._owners), _USES):
            yield self._part(slice(first, first + _USES))

    def _part(self, part: slice) -> tuple[Whole, Whole, Whole]:
        slots = self._slots
        owners = np.array(self._owners[part], np.int64)
        uses = np.arange(len(owners))
        cells, codes = np.concatenate(self._cells[part]), np.concatenate(self._codes[part])
        cell_counts = [len(each) for each in self._cells[part]]
        code_counts = [len(each) for each in self._codes[part]]
        times = np.zeros(len(owners) * slots.cells, np.int8)
        inside = np.repeat(uses, cell_counts) * slots.cells + cells
        times[inside] = 1
        if int(np.count_nonzero(times)) != len(inside):
            times[inside] = 0
            np.add.at(times, inside, 1)
        owner_cell = slots.owner[codes]
        use = np.repeat(uses, code_counts)
        often = np.where(owner_cell >= 0, times[use * slots.cells + owner_cell], 0)
        kept = often > 0
        slot = slots.of_owned[codes[kept]].astype(np.int64)
        values = np.concatenate(self._values[part])[kept]
        return owners[use[kept]], slot, values * often[kept]


def _truths(slots: _Slots, buckets: Iterable[Bucket]) -> tuple[Whole, Whole]:
    """Give (owner, slot) wherever a slot's code is in the code set of a bucket."""
    plain: list[_Use] = []
    others: list[tuple[Whole, Whole]] = []
    for bucket in buckets:
        codes: Codes = bucket.what
        if codes.negated:
            others.append(slots.all_but(bucket, np.fromiter(codes.members, np.int64)))
        else:
            members = codes.members
            plain.append((bucket, members, (1,) * len(members)))
    owner, slot, _ = slots.spread_all(plain)
    others.append((owner, slot))
    return np.concatenate([o for o, _ in others]), np.concatenate([s for _, s in others])


def _join(found: Sequence[tuple[Whole, Whole, Whole]]) -> tuple[Whole, Whole, Whole]:
    if not found:
        empty = np.zeros(0, np.int64)
        return empty, empty, empty
    first, second, third = (np.concatenate([each[i] for each in found]) for i in range(3))
    return first, second, third


def _parts(slots: _Slots, blocks: Blocks) -> tuple[Short, Short, Short]:
    """Take the sums of one rule over: its tables are as large as all arrays, and go at once."""
    taken = blocks.parts
    blocks.parts = {}
    found = slots.spread_all((b, b.what.keys(), b.what.values()) for b in taken.values())
    row, slot, value = (each.astype(np.int32) for each in found)
    return row, slot, value


def _loads(slots: _Slots, parts: _Parts, indicators: _Indicators, rows: int) -> Lists:
    found: list[tuple[Any, Any, Any]] = [*parts]
    parts.clear()
    for coefficient, bucket in indicators:
        owner, slot = _truths(slots, (bucket,))
        times = np.full(len(owner), coefficient, np.int32)
        found.append((owner.astype(np.int32), slot.astype(np.int32), times))
    row, slot, value = _join(found)
    found.clear()
    return pack(len(slots.cell), slot, row, value, rows)


def _uses(blocks: Blocks, rows: int) -> tuple[_Indicators, Lists]:
    """Features in rows: tests of one cell by code set and coefficient, and counters as terms."""
    row = np.repeat(np.asarray(blocks.use_row, np.int64), blocks.use_count)
    times = np.asarray(blocks.times, np.int64)
    key = np.asarray(blocks.use_key, np.int64)
    cell = np.asarray(blocks.use_cell, np.int64)
    counted = cell < 0
    terms = pack(blocks.features, key[counted], row[counted], times[counted], rows)
    row, times, key, cell = (each[~counted] for each in (row, times, key, cell))
    order = np.lexsort((times, key))
    row, times, key, cell = (each[order] for each in (row, times, key, cell))
    new = (np.diff(key, prepend=-1) != 0) | (np.diff(times, prepend=0) != 0)
    first = np.flatnonzero(new)
    indicators = []
    for begin, end in zip(first, [*first[1:], len(row)], strict=False):
        owners, cells = row[begin:end].tolist(), cell[begin:end].tolist()
        bucket = Bucket(blocks.sets[int(key[begin])], owners, [1] * len(owners), cells)
        indicators.append((int(times[begin]), bucket))
    return indicators, terms


def _tests(slots: _Slots, blocks: Blocks) -> tuple[Lists, Short]:
    """A test that fails counts one: listed by the codes that pass, or by those that fail."""
    base = np.zeros(blocks.features, np.int64)
    uses: list[_Use] = []
    for bucket in blocks.tests.values():
        codes: Codes = bucket.what
        members: Collection[int] = codes.members
        fails = codes.negated
        if not slots.any_owned and len(members) * 2 > slots.shared:
            members = [c for c in range(slots.shared) if c not in codes.members]  # the shorter side
            fails = not fails
        uses.append((bucket, members, (1 if fails else -1,) * len(members)))
        if not fails:
            np.add.at(base, np.asarray(bucket.owners, np.int64), bucket.counts)
    feature, slot, value = slots.spread_all(uses)
    return pack(len(slots.cell), slot, feature, value, blocks.features), base.astype(np.int32)


def _prices(slots: _Slots, blocks: Blocks) -> Prices:
    single = blocks.single
    owner = np.repeat(np.asarray(single.owner, np.int64), single.count)
    cell = np.repeat(np.asarray(single.cell, np.int64), single.count)
    code = np.asarray(single.codes, np.int64)
    common = code < slots.shared
    slot = np.full(len(code), -1, np.int64)
    slot[common] = slots.of_shared[cell[common] * slots.shared + code[common]]
    own = slots.of_owned[code[~common]]
    slot[~common] = np.where(slots.owner[code[~common]] == cell[~common], own, -1)
    found = [(owner[slot >= 0], slot[slot >= 0])]
    found.append(_truths(slots, blocks.costs.values()))
    number = np.concatenate([each[0] for each in found])
    slot = np.concatenate([each[1] for each in found])
    order = np.lexsort((number, slot))
    number, slot = number[order], slot[order]
    amount, rule = np.array(blocks.price_numbers or [(0, 0)], np.int64).T
    what = [blocks.price_what[each] for each in number]
    return Prices(slot.astype(np.int32), amount[number], rule[number].astype(np.int32), what)


def _assemble(
    space: Space, rules: tuple[Any, ...], slots: _Slots, blocks: Blocks, parts: _Parts
) -> Compiled:
    rows = len(blocks.row_about)
    lo, hi, each, knee, beyond, kind = np.array(blocks.numbers, np.int64).reshape(rows, 6).T.copy()
    of_row = np.asarray(blocks.row_rule, np.int32)
    amount, rule, never_kind = np.array(blocks.never_numbers, np.int64).reshape(-1, 3).T.copy()
    tests, base = _tests(slots, blocks)
    if sum(len(each[0]) for each in parts) > _MANY:
        give_back()
    indicators, terms = _uses(blocks, rows)
    return Compiled(
        space=space,
        rules=rules,
        cells=slots.cells,
        shared=slots.shared,
        slot_start=slots.start,
        slot_cell=slots.cell,
        slot_code=slots.code,
        slot_of_shared=slots.of_shared,
        slot_of_owned=slots.of_owned,
        fixed=slots.fixed,
        rows=Rows(
            lo,
            hi,
            each,
            knee,
            beyond,
            of_row,
            kind.astype(np.int32),
            blocks.row_about,
            blocks.row_given,
        ),
        nevers=Nevers(
            np.asarray(blocks.never_feature, np.int32),
            amount,
            rule.astype(np.int32),
            never_kind.astype(np.int32),
            blocks.never_about,
            blocks.never_given,
        ),
        prices=_prices(slots, blocks),
        loads=_loads(slots, parts, indicators, rows),
        tests=tests,
        terms=terms,
        base=base,
        lines=_lines(space),
    )


def _lines(space: Any) -> tuple[tuple[int, ...], ...]:
    """Cells by person and track, day by day: a space that has days says so by its `places`."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for cell, (person, track, day) in enumerate(getattr(space, "places", ())):
        found.setdefault((person, track), {})[day] = cell
    return tuple(
        tuple(days.get(day, -1) for day in range(min(days), max(days) + 1))
        for days in found.values()
    )
