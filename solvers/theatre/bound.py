"""How good a theatre plan can be at best: sets of cases for sessions, priced by the rows and the clock.

The hospital falls into parts (specialties, as a rule) whose bounds add up; rows that several parts
share are left out. Rows that are exact or relaxations are in it, guides are not. Hard rows and closed
codes bind, less what waivers forgive, so the bound is one on plans without a hard breach.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from planner.rules.contract import Rule
from planner.rules.theatre_space import TheatreSpace
from solvers.rows.arrays import KINDS, Bools, Compiled, Short, amounts, gather
from solvers.rows.weights import SHIFT, Weights
from solvers.theatre.bound_idle import idle_of
from solvers.theatre.bound_rows import NOBODY, PartRows, Parts, parts_of
from solvers.theatre.bound_sessions import Glance, items_of, nothing, sure_types
from solvers.theatre.bound_sets import PartBound
from solvers.theatre.bound_slack import slack_of

_GUIDE: Final = KINDS.index("guide")
_RELAXATION: Final = KINDS.index("relaxation")
_MASK: Final = (1 << SHIFT) - 1
LARGE: Final = 40_000
"""Options above which the turnover before a session's first case is taken for the longest."""


def _known(kind: Short, given: Sequence[tuple[str, ...]], sure: frozenset[str]) -> Bools:
    """Mark what is true of every legal plan: what is exact, or given what is in force."""
    kept = np.array([sure.issuperset(types) for types in given], bool)
    marked: Bools = (kind != _GUIDE) & ((kind != _RELAXATION) | kept)
    return marked


class LowerBound:
    """A bound on the soft total of every plan without a hard breach; each round may raise it.

    `glance` is called now and then, also while it is made: what it raises ends the work.
    """

    def __init__(
        self,
        space: TheatreSpace,
        compiled: Compiled,
        weights: Weights,
        rules: Sequence[Rule[Any, Any]],
        broken: frozenset[str] = frozenset(),
        glance: Glance = nothing,
    ) -> None:
        self.glance = glance
        self.items = items_of(space, compiled, weights, rules, broken, glance)
        self.idle = idle_of(space, compiled, weights, rules, self.items, broken, glance)
        self.slack = slack_of(space, compiled, rules, self.items, glance)
        self.out = compiled.slot_of_shared.reshape(compiled.cells, -1)[:, 0].copy()
        sure = sure_types(rules, broken)
        nevers = compiled.nevers
        known = _known(nevers.kind, nevers.given, sure)
        self.weights = replace(weights, never=np.where(known, weights.never, 0))
        self.compiled = compiled
        self.live = _known(compiled.rows.kind, compiled.rows.given, sure) & (weights.row != 0)
        if self.items.clocked:
            own = np.array([rule.type == "session_overtime" for rule in compiled.rules], bool)
            self.live &= ~own[compiled.rows.rule]
        self.divided = parts_of(compiled, self.items, self.out, glance)
        self.fixed = self._elsewhere(self.divided)
        self.parts: list[PartBound] = []

    @property
    def value(self) -> int:
        """The bound so far, in whole units of the score."""
        found = self.fixed + sum(part.bound for part in self.parts)
        return max(0, int(np.ceil(found - 1e-9 * abs(found) - 1e-6)))

    @property
    def done(self) -> bool:
        """Whether more rounds would raise it no more."""
        return len(self.parts) == self.divided.number and all(part.done for part in self.parts)

    def pieces(self, sweeps: int) -> int:
        """Give in how many pieces some rounds over all parts come, getting ready included."""
        return 1 + self.divided.number * (1 + sweeps)

    def rounds(self, slots: Short | None = None) -> Iterator[int]:
        """Work in rounds over all parts, from the sets of a plan on; give the bound after each piece."""
        exact = len(self.items.slot) <= LARGE
        yield self.value
        for part in range(self.divided.number):
            rows = PartRows(
                self.compiled,
                self.weights,
                self.live,
                self.items,
                self.divided,
                part,
                self.out,
                self.idle.taken,
            )
            self.glance()
            self.parts.append(PartBound(rows, self.items, self.idle.again, self.slack, exact=exact))
            if slots is not None:
                self.parts[-1].seed(slots)
            yield self.value
        while not self.done:
            for each in self.parts:
                if not each.done:
                    each.round()
                    yield self.value

    def _elsewhere(self, parts: Parts) -> float:
        """Give what cases without an option cost, and rows and conjunctions that nobody is in."""
        compiled, weights = self.compiled, self.weights
        out = self.out[(parts.cell == NOBODY) & (self.out >= 0)]
        total = float((weights.price[out] & _MASK).sum())
        always = (parts.feature == NOBODY) & (compiled.base == 0)
        nevers = compiled.nevers
        cost = weights.never * np.maximum(nevers.amount - weights.never_free, 0)
        soft = always[nevers.feature] & (cost <= _MASK)
        total += float(cost[soft].sum())
        value = np.zeros(len(compiled.rows.lo), np.int64)
        _, row, amount = gather(compiled.terms, np.flatnonzero(always))
        np.add.at(value, row, amount)
        idle = self.live & (parts.row == NOBODY) & (weights.row <= _MASK)
        return total + float((weights.row * amounts(compiled, value))[idle].sum())
