"""Values of rows and failing tests of a plan, worked out anew only for the cells that have changed.

A model of a few free cells needs those of the whole plan; of a large one, most stay from model to model.
"""

from typing import Final

import numpy as np

from solvers.rows.arrays import Compiled, Short, Whole, gather, values

_MANY: Final = 4
"""One cell in so many changed: then all is worked out anew."""


class Standing:
    """What the rows of a plan count, followed from plan to plan."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._slots: Short = np.zeros(0, np.int32)
        self._value: Whole = np.zeros(0, np.int64)
        self._failing: Short = np.zeros(0, np.int32)

    def at(self, slots: Short) -> tuple[Whole, Short]:
        """Give the value of every row and the failing tests of every feature at some slots."""
        if len(self._slots) == len(slots):
            moved = np.flatnonzero(self._slots != slots)
        else:
            moved = np.arange(len(slots))
        if _MANY * len(moved) > len(slots):
            self._value, self._failing = values(self._compiled, slots)
        elif len(moved):
            self._move(self._slots[moved], slots[moved])
        self._slots = slots.copy()
        return self._value.copy(), self._failing.copy()

    def _move(self, old: Short, new: Short) -> None:
        """Take some slots out of the rows, and others in."""
        compiled, value, failing = self._compiled, self._value, self._failing
        tests = []
        for slots, sign in ((old, -1), (new, 1)):
            _, row, amount = gather(compiled.loads, slots)
            np.add.at(value, row, sign * amount)
            _, feature, one = gather(compiled.tests, slots)
            tests.append((feature, sign * one))
        feature, change = (np.concatenate(each) for each in zip(*tests, strict=True))
        touched = np.unique(feature)
        before = failing[touched] == 0
        np.add.at(failing, feature, change)
        after = failing[touched] == 0
        for which, sign in ((before & ~after, -1), (after & ~before, 1)):
            _, row, amount = gather(compiled.terms, touched[which])
            np.add.at(value, row, sign * amount)
