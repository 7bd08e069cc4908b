"""Dates that move by whole weeks, in whatever way a code has them written; and how far they may."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from planner.problem import Problem

_DATE: Final = re.compile(
    r"(?<!\d)(?:(\d{4})([-/._]?)(\d{2})\2(\d{2})|(\d{2})([-/._])(\d{2})\6(\d{4}))(?!\d)"
)
"""Year, month, day with one sign between them or none; or day, month, year."""
_YEARS: Final = range(1900, 2100)
"""Years of dates: other numbers of four digits are none."""


def moved(text: str, weeks: int) -> str:
    """Give a code with the dates in it moved, each in its own writing; so they move back alike.

    >>> [moved(code, -52) for code in ("S1-2026-10-05", "S1-20261005-0", "05/10/2026", "20261399")]
    ['S1-2025-10-06', 'S1-20251006-0', '06/10/2025', '20261399']
    """
    return _DATE.sub(lambda found: _moved(found, weeks), text)


def undated(text: str) -> str:
    """Give a code with a gap instead of each date."""
    return _DATE.sub(" ", text)


def _moved(found: re.Match[str], weeks: int) -> str:
    yearly = found[1] is not None
    year, sign, month, day = found.group(1, 2, 3, 4) if yearly else found.group(8, 6, 7, 5)
    if int(year) not in _YEARS:
        return found[0]
    try:
        there = date(int(year), int(month), int(day)) + timedelta(weeks=weeks)
    except ValueError:  # it only looks like a date
        return found[0]
    words = there.isoformat().split("-")
    return str(sign).join(words if yearly else reversed(words))


def unmoved(problem: Problem, weeks: int) -> frozenset[str]:
    """Give the known days of a problem in the writings that `moved` leaves: they would tell its dates.

    None where the dates stay.
    """
    if not weeks:
        return frozenset()
    past = max((len(each.past) for each in problem.histories), default=0)
    days = map(problem.horizon.date, range(-past, problem.horizon.days))
    written = (text for day in days for text in _writings(day))
    return frozenset(text for text in written if moved(text, weeks) == text)


def _writings(day: date) -> Iterator[str]:
    yield f"{day:%d%m%Y}"
    for sign in "-/._":
        yield f"{day:%d{sign}%m{sign}%y}"
        for first, second in ((day.day, day.month), (day.month, day.day)):
            yield f"{first}{sign}{second}{sign}{day.year}"
            yield f"{first:02}{sign}{second:02}{sign}{day.year}"
        yield f"{day.year}{sign}{day.month}{sign}{day.day}"


MOST_WEEKS: Final = 520
_BESIDE: Final = 14
"""Days before and after those that are known within which days stay as long as well."""
_CYCLE: Final = 12
"""Weeks after which blocks of two, three, four, six and twelve weeks fall alike."""


def movable_weeks(problem: Problem) -> tuple[int, ...]:
    """Give the weeks by which dates may move back so that every known day stays as long as it is.

    Clock changes fall alike then, and blocks of weeks as far as possible. None: by none.
    """
    horizon = problem.horizon
    past = max((len(each.past) for each in problem.histories), default=0)
    days = range(-past - _BESIDE, horizon.days + _BESIDE)
    lengths = [horizon.elapsed(day, 0) for day in days]

    def alike(weeks: int) -> bool:
        there = replace(horizon, start=horizon.start - timedelta(weeks=weeks))
        return all(
            there.elapsed(day, 0) == length for day, length in zip(days, lengths, strict=True)
        )

    for step in (_CYCLE, 1):
        found = tuple(-weeks for weeks in range(step, MOST_WEEKS, step) if alike(weeks))
        if found:
            return found
    return ()
