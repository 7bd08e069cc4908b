"""Labels in which a day of a study is written in a way that does not move: weeks, months by name, six digits.

One such label tells by how much all dates of a shared file have moved.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Final

from planner.moved_dates import known_days, undated
from planner.naming import folded
from planner.problem import Problem

_MONTHS: Final = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_BY_NAME: Final = {name: n for n, names in enumerate(_MONTHS, 1) for name in names}
_SHORT: Final = 3
"""Letters of a month that mean it beside a number only: `MAR` is an anaesthetist, `SEP` a disease."""
_NAME: Final = "|".join(sorted(_BY_NAME, key=len, reverse=True))
_DIGEST: Final = re.compile(r"[0-9a-f]{16,}")
"""Fingerprints and ids: six digits in a row come by chance."""
_WEEK: Final = re.compile(
    r"(?:(?<!\d)\d{4}[\s-]{0,2}(?:w|s|kw)|(?<![a-z])(?:w|kw|sem|semaine|week)[\s._-]{0,2})"
    r"(\d\d?)(?!\d)"
)
_NAMED: Final = re.compile(
    rf"(?<![a-z])(?:(?P<before>\d{{1,2}})(?:er|st|nd|rd|th)?[\s.-]{{0,2}})?(?P<name>{_NAME})(?![a-z])"
    r"\.?(?:[\s.,-]{0,2}(?P<after>\d{1,4})(?!\d))?"
)
_NUMBERS: Final = re.compile(
    r"(?<!\d)(?:(?P<six>\d{6})|(?P<second>\d{10})|(?P<year>\d{4})[-/._](?P<month>\d\d?)"
    r"|(?P<m>\d\d?)[-/._](?P<y>\d{4})|(?P<a>\d\d?)[-/._](?P<b>\d\d?)[-/._](?P<c>\d\d))(?!\d)"
)


def dated_labels(texts: Iterable[str], problem: Problem) -> tuple[str, ...]:
    """Give the texts in which a day, week or month that a problem knows is written so that it stays."""
    known = frozenset(known_days(problem))
    weeks = {day.isocalendar()[1] for day in known}

    def tells(text: str) -> bool:
        if _DIGEST.fullmatch(text):
            return False
        words = undated(folded(text))
        if any(int(found[1]) in weeks for found in _WEEK.finditer(words)):
            return True
        return any(_named(found, known) for found in _NAMED.finditer(words)) or any(
            not known.isdisjoint(_days(found, known)) for found in _NUMBERS.finditer(words)
        )

    return tuple(sorted(text for text in set(texts) if tells(text)))


def _named(found: re.Match[str], known: frozenset[date]) -> bool:
    """Tell whether a month by its name, with a day or a year where there is one, is a known one."""
    month = _BY_NAME[found["name"]]
    numbers = [int(found[side]) for side in ("before", "after") if found[side]]
    if not numbers and len(found["name"]) <= _SHORT:
        return False
    return any(
        day.month == month and all(n in (day.day, day.year, day.year % 100) for n in numbers)
        for day in known
    )


def _days(found: re.Match[str], known: frozenset[date]) -> Iterator[date]:
    """Give the days that numbers may mean; of a month, one that is known."""
    if found["second"]:
        yield datetime.fromtimestamp(int(found["second"]), UTC).date()
    elif found["year"] or found["y"]:
        there = int(found["year"] or found["y"]), int(found["month"] or found["m"])
        yield from (day for day in known if (day.year, day.month) == there)
    else:
        six = found["six"]
        a, b, c = (six[:2], six[2:4], six[4:]) if six else found.group("a", "b", "c")
        for year, month, day in ((a, b, c), (c, b, a), (c, a, b)):
            with suppress(ValueError):  # no such day
                yield date(2000 + int(year), int(month), int(day))
