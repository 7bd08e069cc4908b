"""What a lane gained by itself: kept to be put on the better roster that it takes over.

Lanes gain in different days and people. A lane that only took over the better roster would lose its
own gains, and two lanes would be hardly faster than one.
"""

from collections import deque
from typing import Final

import numpy as np

from solvers.rows.arrays import Short
from solvers.rows.search import Search

_MOST: Final = 400
"""Gains that are kept; older ones have been seen by all."""


class Patches:
    """The gains of a lane since it took over a roster: cells, and the slots that they were given."""

    def __init__(self) -> None:
        self._kept: deque[tuple[Short, Short]] = deque(maxlen=_MOST)

    def note(self, before: Short, after: Short) -> None:
        """Keep what differs between two rosters, a slot a cell."""
        cells = np.flatnonzero(before != after).astype(np.int32)
        if len(cells):
            self._kept.append((cells, after[cells]))

    def put(self, search: Search) -> None:
        """Put each on the best roster of a search where that makes it better; none is kept."""
        while self._kept:
            cells, slots = self._kept.popleft()
            before, old = search.cost, search.state.current[cells].copy()
            if np.array_equal(old, slots):
                continue
            search.put(cells, slots)
            if search.cost < before:
                search.keep()
            else:
                search.put(cells, old)
