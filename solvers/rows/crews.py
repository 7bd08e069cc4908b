"""Who works with whom: lines of a roster that count in the same rows over several people (cover).

Found from the rows, not from what a team is called: somebody of a float pool works with everybody
whose places she can take.
"""

import numpy as np

from solvers.rows.arrays import Bools, Short


def partners(lines: int, rows: int, row: Short, line: Short) -> tuple[Short, Short]:
    """Give for each line those that work with it, itself too, as starts and one list.

    `row` and `line` are entries: that a line counts in a row. One that is in no row works with all.
    """
    inside: Bools = np.zeros((rows, lines), bool)
    inside[row, line] = True
    counted = inside.astype(np.float32)
    together = counted.T @ counted > 0
    alone = ~together.any(axis=1)
    together[alone, :] = True
    together[:, alone] = True
    start = np.concatenate(([0], np.cumsum(together.sum(axis=1)))).astype(np.int32)
    return start, np.nonzero(together)[1].astype(np.int32)


def crews_of(start: Short, partner: Short) -> list[Short]:
    """Give the sets of lines that work together: of partners, all that smaller ones do not make up.

    Somebody of a float pool is in the crew of every team; the pool with all teams is none.
    """
    lines = len(start) - 1
    together = np.zeros((lines, lines), bool)
    together[np.repeat(np.arange(lines), np.diff(start)), partner] = True
    sets = np.unique(together, axis=0)
    kept: list[Bools] = []
    for mine in sets[np.argsort(sets.sum(axis=1), kind="stable")]:
        covered = np.zeros(lines, bool)
        for other in kept:
            if not (other & ~mine).any():
                covered |= other
        if not covered[mine].all():
            kept.append(mine)
    return [np.flatnonzero(each).astype(np.int32) for each in kept]
