"""A first legal roster: person by person, with the same kernel on her cells only."""

import random
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from planner.rules.contract import OCCURRENCE
from solvers.rows.arrays import Compiled, Flags, Short, Whole, amounts, values
from solvers.rows.moves_roster import RosterMoves, anneal
from solvers.rows.search import Search
from solvers.rows.state import RECORD, WEIGHT
from solvers.rows.weights import SHIFT

_TRIES_A_WEEK: Final = 750
_ROUNDS: Final = 12
_ALONE: Final = (40, 0, 20, 0, 0, 40)
"""Shares of the moves when one person moves: nobody to swap with, and no guided moves."""
_HOTTER: Final = 1.5
_LEGAL: Final = 4.0
"""Units of cover that a hard occurrence is worth in the first round; in each further one as many more.
Stiffer from the start, and some people of 26 weeks end illegal."""


def cover_unit(search: Search, moves: RosterMoves) -> float:
    """Give the median soft weight of a unit of cover: the unit of temperatures."""
    record = search.state.row
    weights = record[moves.need + WEIGHT]
    soft = weights[(weights > 0) & (weights < 1 << SHIFT)]
    if not len(soft):
        every = record[WEIGHT::RECORD]
        soft = every[(every > 0) & (every < 1 << SHIFT)]
    return float(np.median(soft)) if len(soft) else 1.0


class OneByOne:
    """Anneals people alone, each on her own cells, hotter until she breaks no rule by herself.

    `people[i]` are the lines of person i in `moves`.
    """

    def __init__(self, search: Search, moves: RosterMoves, people: Sequence[Sequence[int]]) -> None:
        self.people = people
        self._unit = cover_unit(search, moves)
        self._step = _LEGAL * self._unit / _occurrence(search.compiled)
        self._own = _Own(search.compiled, moves.line, people)
        self._tries = max(1000, _TRIES_A_WEEK * moves.days // 7)
        self._moves = moves._replace(until=np.cumsum(_ALONE).astype(np.int32))

    def fill(self, search: Search, person: int, stop: Flags | None = None) -> bool:
        """Anneal a person from the current plan; ends on the best one with it. False when stopped."""
        alone = self._moves._replace(active=np.array(self.people[person], np.int32))
        search.keep()
        for round_ in range(_ROUNDS):
            if stop is not None and stop[0]:
                return False
            hot, legal = self._unit * _HOTTER**round_, (1 + round_) * self._step
            cold, tries = hot / 100, self._tries
            anneal(search, alone, tries=tries, hot=hot, cold=cold, legal=legal, stop=stop)
            search.back_to_best()
            if self._own.hard(search, person) == 0:
                break
        return True

    def mend(self, search: Search, stop: Flags | None = None) -> None:
        """Anneal those who break a hard rule by themselves; ends on the best plan with the current."""
        for person in range(len(self.people)):
            if self._own.hard(search, person) and not self.fill(search, person, stop):
                return


def first_roster(
    search: Search,
    moves: RosterMoves,
    people: Sequence[Sequence[int]],
    *,
    seed: int = 1,
    stop: Flags | None = None,
    placed: Callable[[int], None] | None = None,
    alone: OneByOne | None = None,
) -> None:
    """Give everybody a roster, in random order, hotter until hers is legal; ends on the best.

    `people[i]` are the lines of person i in `moves`. `placed(i)` is told after each. `alone` is what
    anneals them, if it is there already.
    """
    draw = random.Random(seed)
    order = list(range(len(people)))
    draw.shuffle(order)
    alone = OneByOne(search, moves, people) if alone is None else alone
    for person in order:
        if not alone.fill(search, person, stop):
            return
        if placed is not None:
            placed(person)


def _occurrence(compiled: Compiled) -> float:
    """What a hard occurrence weighs, as a rule; minutes are too small a step to go by."""
    hard = [
        rule.price
        for rule in compiled.rules
        if rule.tier == 0 and getattr(rule, "unit", "") != "minute"
    ]
    return float(np.median(hard)) if hard else OCCURRENCE


class _Own:
    """Rows and conjunctions that concern one person alone."""

    def __init__(self, compiled: Compiled, line: Short, people: Sequence[Sequence[int]]) -> None:
        person_of = np.full(int(line.max(initial=0)) + 2, -1, np.int64)
        for person, lines in enumerate(people):
            person_of[list(lines)] = person
        of_slot = person_of[line[compiled.slot_cell]]  # −1 reads the spare last place
        slot = np.repeat(np.arange(compiled.slots), np.diff(compiled.tests.start))
        feature = _single(of_slot[slot], compiled.tests.target, len(compiled.base))
        source = np.repeat(np.arange(len(compiled.base)), np.diff(compiled.terms.start))
        slot = np.repeat(np.arange(compiled.slots), np.diff(compiled.loads.start))
        row = _single(
            np.concatenate((of_slot[slot], feature[source])),
            np.concatenate((compiled.loads.target, compiled.terms.target)),
            len(compiled.rows.lo),
        )
        self._rows = _grouped(row, len(people))
        self._nevers = _grouped(feature[compiled.nevers.feature], len(people))
        self._compiled = compiled
        of_cell = of_slot[compiled.slot_start[:-1]]
        self._cells = _grouped(of_cell, len(people))

    def hard(self, search: Search, person: int) -> int:
        """Give the hard cost of her own rows and conjunctions."""
        compiled, weights = self._compiled, search.weights
        value, failing = values(compiled, search.state.current[self._cells[person]])
        rows, nevers = self._rows[person], self._nevers[person]
        left = np.maximum(amounts(compiled, value)[rows] - weights.row_free[rows], 0)
        cost = int((left * (weights.row[rows] >> SHIFT)).sum())
        broken = nevers[failing[compiled.nevers.feature[nevers]] == 0]
        left = np.maximum(compiled.nevers.amount[broken] - weights.never_free[broken], 0)
        return cost + int((left * (weights.never[broken] >> SHIFT)).sum())


_MANY: Final = np.iinfo(np.int64).max


def _single(owner: Whole, target: Short, size: int) -> Whole:
    """Give the one owner of each target, −1 where there are several or none."""
    known = owner >= 0
    least = np.full(size, _MANY)
    most = np.full(size, -1)
    np.minimum.at(least, target[known], owner[known])
    np.maximum.at(most, target[known], owner[known])
    return np.where(least == most, most, -1)


def _grouped(owner: Whole, owners: int) -> list[Whole]:
    order = np.argsort(owner, kind="stable")
    ends = np.searchsorted(owner[order], np.arange(owners + 1))
    return [order[ends[i] : ends[i + 1]] for i in range(owners)]
