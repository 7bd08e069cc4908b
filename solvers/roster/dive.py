"""From shares of columns to one roster: fix people one after another, pricing anew in between."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from solvers.roster.master import Answer
from solvers.roster.pricing import Pricing

_ROUNDS: Final = 6
"""Rounds of pricing after each step."""


def dive(
    pricing: Pricing,
    over: Callable[[], bool],
    *,
    kept: Sequence[int] = (),
    rounds: int = _ROUNDS,
    together: float = 0.85,
) -> list[int] | None:
    """Give a column for everybody, None when stopped; afterwards everybody is free again.

    The people of the columns in `kept` have those from the start.
    """
    fixed: dict[int, int] = {}
    master = pricing.master
    try:
        for column in kept:
            fixed[master.columns[column].person] = column
            master.fix(column)
        while len(fixed) < len(pricing.people):
            answer = master.solve()
            if answer is None or over():
                return None
            for _ in range(rounds):
                if not _add(pricing, answer, fixed, over):
                    break
                answer = master.solve()
                if answer is None or over():
                    return None
            for column in _next(pricing, answer, fixed, together):
                fixed[master.columns[column].person] = column
                master.fix(column)
    finally:
        for person in fixed:
            master.free(person)
    return [fixed[person] for person in sorted(fixed)]


def _next(pricing: Pricing, answer: Answer, fixed: dict[int, int], together: float) -> list[int]:
    """Choose the columns to fix: all sure ones, else the surest and those nearly as sure."""
    best: list[tuple[float, int]] = []
    for person, columns in enumerate(pricing.master.of_person):
        if person not in fixed:
            shares = answer.shares[columns]
            at = int(np.argmax(shares))
            best.append((-round(float(shares[at]), 9), columns[at]))
    best.sort()
    sure = [column for share, column in best if -share >= together]
    return sure or [best[0][1]]


def _add(pricing: Pricing, answer: Answer, fixed: dict[int, int], over: Callable[[], bool]) -> int:
    new = []
    for person in range(len(pricing.people)):
        if person in fixed:
            continue
        if over():
            return 0
        for _, column in pricing.priced(person, answer.duals):
            if pricing.gains(column, answer):
                new.append(column)
    return pricing.master.add(new)
