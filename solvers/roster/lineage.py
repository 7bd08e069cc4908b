"""Whose roster a lane works on: the best of all, or for a while one of its own that is worse.

Where nobody gains any more, all lanes sit in one basin, and large neighbourhoods of the best roster
hold nothing better. A lane then leaves it: it anneals, takes what comes out, and searches from there
until that gains nothing either; only then the better roster counts again.
"""

import time
from typing import Final

from solvers.rows.weights import Cost

_IDLE: Final = 4.0
"""CPU-seconds without a gain after which a roster is left."""
_IDLE_SHARE: Final = 0.08
"""The same, of the time that a lane has searched: in the long run gains are rarer."""
_BEHIND: Final = 1.06
"""Times the best cost that a roster of one's own may have at most for it to be gone on with."""


class Lineage:
    """Tells when a lane leaves the best roster of all, and when it comes back to it."""

    def __init__(self, *, own: bool, leaves: bool) -> None:
        self.own = own  # whether the lane stays on its own roster now
        self._leaves = leaves
        self._start = self._gained = time.thread_time()

    def tell(self, gained: bool) -> None:
        """Note how a call went."""
        if gained:
            self._gained = time.thread_time()

    def idle(self) -> bool:
        """Tell whether nothing has been gained for long."""
        now = time.thread_time()
        return now - self._gained > max(_IDLE, _IDLE_SHARE * (now - self._start))

    def turn(self) -> bool:
        """Come back, or leave, where nothing is gained for long; tell whether the lane has to leave."""
        if not self.idle():
            return False
        self._gained = time.thread_time()
        if self.own:
            self.own = False
        elif self._leaves:
            self.own = True
            return True
        return False

    def stays(self, own: Cost, best: Cost) -> bool:
        """Tell whether the lane goes on with its own roster beside a better one."""
        near = own.hard <= best.hard and own.soft <= _BEHIND * best.soft
        self.own = self.own and near
        return self.own
