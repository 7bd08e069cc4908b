"""From shares of columns to one roster: fix people one after another, pricing anew in between."""

from collections.abc import Callable
from typing import Final

import numpy as np

from solvers.roster.master import Answer, Column, Master
from solvers.roster.pricing import Pricing

_LEAN: Final = 30
"""Columns a person to begin with: the linear program is what takes the time."""
_ROUNDS: Final = 6
"""Rounds of pricing after each step."""


def dive(
    pricing: Pricing,
    over: Callable[[], bool],
    *,
    rounds: int = _ROUNDS,
    together: float = 0.85,
    hurry: Callable[[], bool] = lambda: False,
) -> list[Column] | None:
    """Give a column for everybody, None when stopped; it works on a few of the columns there are.

    `together` is the share of a column from which several people are fixed at once. In a hurry half
    of the people left are fixed at once, and nobody is priced: a rough roster is better than none.
    """
    first = pricing.master.solve(over)
    if first is None or over():
        return None
    master = pricing.master.lean(first, _LEAN)
    fixed: dict[int, int] = {}
    while len(fixed) < len(pricing.people):
        answer = master.solve(over)
        for _ in range(rounds):
            if answer is None or hurry() or not _add(pricing, master, answer, fixed, over):
                break
            answer = master.solve(over)
        if answer is None or over():
            return None
        least = (len(pricing.people) - len(fixed) + 1) // 2 if hurry() else 1
        for column in _next(master, answer, fixed, together, least):
            fixed[master.columns[column].person] = column
            master.fix(column)
    found = [master.columns[fixed[person]] for person in sorted(fixed)]
    pricing.master.add(found)
    return found


def _next(
    master: Master, answer: Answer, fixed: dict[int, int], together: float, least: int
) -> list[int]:
    """Choose the columns to fix: all sure ones, and at least so many of the surest."""
    best: list[tuple[float, int]] = []
    for person, columns in enumerate(master.of_person):
        if person not in fixed:
            shares = answer.shares[columns]
            at = int(np.argmax(shares))
            best.append((-round(float(shares[at]), 9), columns[at]))
    best.sort()
    sure = [column for share, column in best if -share >= together]
    return [column for _, column in best[: max(least, len(sure))]]


def _add(
    pricing: Pricing,
    master: Master,
    answer: Answer,
    fixed: dict[int, int],
    over: Callable[[], bool],
) -> int:
    new: list[Column] = []
    for person in range(len(pricing.people)):
        if person in fixed:
            continue
        if over():
            return 0
        found = pricing.priced(person, answer.duals)
        new.extend(column for _, column in found if pricing.gains(column, answer))
    return master.add(new)
