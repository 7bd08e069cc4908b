"""From a rough roster to a smooth one: windows of all people, one after another over the days."""

from collections.abc import Callable
from typing import Final

import numpy as np

from solvers.cpsat import Limits
from solvers.roster.windows import Windows
from solvers.rows.arrays import Short
from solvers.rows.lns import Operator
from solvers.rows.search import Search

ALL: Final = 400
"""Cells that windows of all people begin with."""
_LIMIT: Final = 0.5
_PASSES: Final = 12


def polish(windows: Windows, days: int, over: Callable[[], bool], *, counted: bool = False) -> None:
    """Solve windows that overlap by half until a pass over all days gains nothing, or it is over.

    The dive leaves what no short window needs long to mend (Curtois 18: 6 040, after six
    CPU-seconds 4 801). Where work is counted no window is stopped inside.
    """
    people = len(windows.people)
    window = Operator("polish", lambda _size, _draw: [], ALL, float(people), float(people * days))
    gained, passes = True, 0
    while gained and passes < _PASSES:
        gained, first = False, 0
        passes += 1
        while first < days and not over():
            length = min(days, max(1, round(window.size / people)))
            last = min(days, first + length)
            step = windows.improve(
                range(people),
                first,
                last,
                limits=Limits(deterministic=_LIMIT, seed=passes),
                should_stop=None if counted else over,
            )
            window.fit(step, _LIMIT)
            gained = gained or step.saved > (0, 0)
            first = days if last == days else first + max(1, length // 2)


def smoothed(
    rough: Short,
    search: Search,
    windows: Windows,
    days: int,
    over: Callable[[], bool],
    *,
    counted: bool = False,
) -> bool:
    """Polish a roster, a slot a cell; tell whether the best one has got better, else go back to it."""
    best, before = search.best_cost, search.state.best.copy()
    every = np.arange(len(before), dtype=np.int32)
    search.put(every, rough)
    search.keep()
    polish(windows, days, over, counted=counted)
    if search.best_cost < best:
        search.back_to_best()
        return True
    search.put(every, before)
    search.keep()
    return False
