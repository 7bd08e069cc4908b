"""What rules say of one person, collected once and said again of everybody like her.

A ward is a few kinds of people: rests, runs and windows of one of them are those of another with
other cells. Reading her blocks as Python objects is the dear part of building; the others' come
from numbers alone. A contract test holds what is said again to what the rules would say.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from planner.rules.alike import Alike, alike, only
from planner.rules.blocks import About
from planner.rules.space import RosterSpace
from solvers.rows.arrays import Whole
from solvers.rows.collect import Blocks, Bucket


class _Before(NamedTuple):
    """How much there was of everything."""

    rows: int
    nevers: int
    features: int
    uses: int
    users: int
    parts: dict[int, tuple[int, int]]
    tests: dict[int, tuple[int, int]]


class Repeated:
    """Takes what rules say into blocks, once a kind of people where it repeats itself."""

    def __init__(self, blocks: Blocks, space: Any, rules: Sequence[Any]) -> None:
        self._blocks, self._space, self._rules = blocks, space, rules
        roster = isinstance(space, RosterSpace)
        self._repeats = [roster and rule.repeats(space) for rule in rules]
        chosen = [rule for rule, again in zip(rules, self._repeats, strict=True) if again]
        self._groups = alike(space, chosen) if chosen else []
        self._shown = [only(space, group.people[0]) for group in self._groups]
        # Features that are numbered for all of a group: one that tests nothing is the same object for
        # people of several groups, and has a number of its own in each.
        self._known: list[dict[int, Any]] = [{} for _ in self._groups]
        self._stride: dict[int, int] = {}  # and from one person's number to that of the next

    def take(self, number: int) -> None:
        """Collect the rows of a rule."""
        blocks, rule = self._blocks, self._rules[number]
        if not self._repeats[number]:
            blocks.take(rule.rows(self._space))
            return
        others = blocks.known
        for group, space, known in zip(self._groups, self._shown, self._known, strict=True):
            blocks.known = known
            before = _before(blocks)
            blocks.take(rule.rows(space))
            self._again(before, group)
        blocks.known = others

    def _again(self, before: _Before, group: Alike) -> None:
        blocks = self._blocks
        rows = len(blocks.row_about) - before.rows
        features = blocks.features - before.features
        times = np.arange(1, len(group.people))
        apart = np.array(group.cells[1:], np.int64) - group.cells[0]
        self._stride.update(dict.fromkeys(range(before.features, blocks.features), features))
        self._uses(before, times, apart, rows)
        for known, buckets, stride in (
            (before.parts, blocks.parts, rows),
            (before.tests, blocks.tests, features),
        ):
            for key, bucket in buckets.items():
                _repeat(bucket, known.get(key, (0, 0)), times * stride, apart)
        count = len(times)
        for values, size in (
            (blocks.row_given, before.rows),
            (blocks.row_rule, before.rows),
            (blocks.numbers, before.rows),
            (blocks.never_given, before.nevers),
            (blocks.never_numbers, before.nevers),
        ):
            values += values[size:] * count  # type: ignore[operator]  # lists of several kinds
        others = group.people[1:]
        blocks.row_about += _about(blocks.row_about[before.rows :], others)
        blocks.never_about += _about(blocks.never_about[before.nevers :], others)
        _extend(blocks.never_feature, before.nevers, times * features)
        blocks.features += features * count

    def _uses(self, before: _Before, times: Whole, apart: Whole, rows: int) -> None:
        """Repeat the features in rows: cells move with the person, counters have numbers of their own."""
        blocks = self._blocks
        key = np.array(blocks.use_key[before.uses :], np.int64)
        cell = np.array(blocks.use_cell[before.uses :], np.int64)
        counted = cell < 0
        stride = np.zeros(len(key), np.int64)
        stride[counted] = [self._stride[number] for number in key[counted].tolist()]
        blocks.use_key += (key + times[:, None] * stride).reshape(-1).tolist()
        blocks.use_cell += np.where(counted, -1, cell + apart[:, None]).reshape(-1).tolist()
        blocks.times += blocks.times[before.uses :] * len(times)
        blocks.use_count += blocks.use_count[before.users :] * len(times)
        _extend(blocks.use_row, before.users, times * rows)


def _before(blocks: Blocks) -> _Before:
    return _Before(
        len(blocks.row_about),
        len(blocks.never_about),
        blocks.features,
        len(blocks.use_key),
        len(blocks.use_row),
        {key: (len(each.owners), len(each.cells)) for key, each in blocks.parts.items()},
        {key: (len(each.owners), len(each.cells)) for key, each in blocks.tests.items()},
    )


def _extend(values: list[int], begin: int, more: Whole) -> None:
    """Say the values from `begin` on again, each time so much more."""
    values += (np.array(values[begin:], np.int64) + more[:, None]).reshape(-1).tolist()


def _repeat(bucket: Bucket, begin: tuple[int, int], owners: Whole, cells: Whole) -> None:
    uses, first = begin
    if uses < len(bucket.owners):
        bucket.counts += bucket.counts[uses:] * len(owners)
        _extend(bucket.owners, uses, owners)
        _extend(bucket.cells, first, cells)


def _about(said: Sequence[About], people: Iterable[str]) -> list[About]:
    return [
        About(what, (person,), first, last) for person in people for what, _, first, last in said
    ]
