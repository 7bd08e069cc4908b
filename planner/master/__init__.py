"""The master surgical schedule: templates that come back each cycle, and the sessions made of them.

Cycles are counted from one Monday, the same in every study (`planner.clock.FIRST_MONDAY`), so that
the next period goes on where this one stopped.
"""

from planner.master.cycle import dates, falls, overlap, sessions_of, weekday_of
from planner.master.expansion import Expansion, expansion

__all__ = [
    "Expansion",
    "dates",
    "expansion",
    "falls",
    "overlap",
    "sessions_of",
    "weekday_of",
]
