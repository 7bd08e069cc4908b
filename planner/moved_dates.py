"""Dates that move by whole weeks, in whatever way a code has them written; and how far they may."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from math import lcm
from typing import Final

from planner.changes import Add, Set
from planner.clock import WEEK
from planner.problem import Problem
from planner.study import Study

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
    written = (text for day in known_days(problem) for text in _writings(day))
    return frozenset(text for text in written if moved(text, weeks) == text)


def known_days(problem: Problem) -> Iterator[date]:
    """Give the days of a problem, and those before of which it knows what people worked."""
    past = max((len(each.past) for each in problem.histories), default=0)
    return map(problem.horizon.date, range(-past, problem.horizon.days))


def _writings(day: date) -> Iterator[str]:
    yield f"{day:%d%m%Y}"
    for sign in "-/._":
        yield f"{day:%d{sign}%m{sign}%y}"
        for first, second in ((day.day, day.month), (day.month, day.day)):
            yield f"{first}{sign}{second}{sign}{day.year}"
            yield f"{first:02}{sign}{second:02}{sign}{day.year}"
        yield f"{day.year}{sign}{day.month}{sign}{day.day}"


MOST_WEEKS: Final = 1300
"""Twenty-five years: clocks have changed by the same rule since 1996."""
_BESIDE: Final = 14
"""Days before and after those that are known within which days stay as long as well."""
_CYCLES: Final = frozenset({"weeks", "cycle"})
"""Fields of rules, rotations and templates that hold the length of a block."""


def movable_weeks(study: Study) -> tuple[int, ...]:
    """Give the weeks by which dates may move back so that all costs what it did, as far as possible.

    Every known day stays as long as it is, and clock changes fall alike. Blocks of weeks, of rules,
    session templates and rotations, fall alike where such weeks are found; calendar months never do.
    None: dates stay.
    """
    problem = study.base
    horizon = problem.horizon
    past = max((len(each.past) for each in problem.histories), default=0)
    first, last = -past - _BESIDE, horizon.days + _BESIDE
    uneven = {day: horizon.more(day) for day in range(first - MOST_WEEKS * WEEK, last)}
    uneven = {day: more for day, more in uneven.items() if more}
    here = {day: more for day, more in uneven.items() if day >= first}

    def alike(weeks: int) -> bool:
        back = weeks * WEEK
        there = {day + back: more for day, more in uneven.items() if first <= day + back < last}
        return there == here

    step = lcm(*cycles(study))
    for by in (step, 1):
        found = tuple(-weeks for weeks in range(by, MOST_WEEKS, by) if alike(weeks))
        if found:
            return found
    return ()


def cycles(study: Study) -> frozenset[int]:
    """Give the lengths of the blocks of weeks, in weeks, that something in a study counts by."""
    found = {each.cycle for each in study.base.records("template")}
    found |= {each.weeks for each in study.base.records("rotation")}
    for rule in study.base.records("rule"):
        if getattr(rule, "window", "block") == "block":
            found.add(getattr(rule, "weeks", 1))
    for change in study.all_changes():
        named = [(change.field, change.value)] if isinstance(change, Set) else []
        named += [*change.record] if isinstance(change, Add) else []
        found |= {value for field, value in named if field in _CYCLES and isinstance(value, int)}
    return frozenset(found)
