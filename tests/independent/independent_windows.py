"""Windows of a person's days, with what is carried from the past: looked up date by date."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from independent_folder import Folder, Limit, Row, date, yes

FIRST_MONDAY = dt.date(2024, 1, 1)
ONE_DAY = dt.timedelta(days=1)
TOGETHER = {"month": 1, "quarter": 3, "four_months": 4, "year": 12}


class Stretch(NamedTuple):
    """The dates of a window, those of them that carried amounts stand for, and their sum."""

    dates: list[dt.date]
    stood_for: set[dt.date]
    amount: int

    def whole(self, known: set[dt.date]) -> bool:
        """Tell whether all is known of it."""
        return all(day in known or day in self.stood_for for day in self.dates)

    def total(self, each: Counter[dt.date]) -> int:
        """Add what is counted by date, and what is carried."""
        return self.amount + sum(each[day] for day in self.dates if day not in self.stood_for)


def counts(folder: Folder, numbers: dict[str, Any], day: dt.date) -> bool:
    """Tell whether what is on a day counts."""
    named = day.weekday() in numbers.get("weekdays", range(7))
    holiday = any(date(row["day"]) == day for row in folder.rows_if_any("holidays"))
    kind = numbers.get("holidays", "alike")
    if kind == "too":
        return named or holiday
    if kind in ("only", "never"):
        return named and holiday == (kind == "only")
    return named


def windows(folder: Folder, limit: Limit, person: str, known: set[dt.date]) -> list[Stretch]:
    """Give the windows of a rule that meet the horizon."""
    kind = limit.numbers["window"]
    if kind == "horizon":
        return [_carrying(folder, limit, person, folder.dates)]
    if kind == "rolling":
        length = int(limit.numbers["days"])
        every = [[last - n * ONE_DAY for n in reversed(range(length))] for last in folder.dates]
        whole = [window for window in every if all(day in known for day in window)]
        found = whole or [[day for day in every[-1] if day in known]]
        return [Stretch(window, set(), 0) for window in found]
    by_period: dict[Any, list[dt.date]] = {}
    for back in range(-400, len(folder.dates) + 400):
        day = folder.start + back * ONE_DAY
        by_period.setdefault(_period(limit, day), []).append(day)
    met = {_period(limit, day) for day in folder.dates}
    return [_carrying(folder, limit, person, by_period[period]) for period in sorted(met)]


def _period(limit: Limit, day: dt.date) -> tuple[int, int]:
    kind, numbers = limit.numbers["window"], limit.numbers
    if kind in TOGETHER:
        return (day.year, (day.month - 1) // TOGETHER[kind])
    weeks = 1 if kind == "week" else int(numbers.get("weeks", 2))
    later = 0 if kind == "week" else int(numbers.get("later", 0))
    return (0, ((day - FIRST_MONDAY).days // 7 - later) // weeks)


def _carrying(folder: Folder, limit: Limit, person: str, dates: list[dt.date]) -> Stretch:
    measure, left = limit.numbers.get("carried", ""), dates[0]
    stood_for: set[dt.date] = set()
    amount = 0
    for row in carried(folder, person, measure):
        since, until = date(row["since"]), date(row["until"])
        if left <= since and until <= dates[-1] and until < folder.start:
            stood_for.update(since + n * ONE_DAY for n in range((until - since).days + 1))
            amount += int(row["amount"])
            left = until + ONE_DAY
    return Stretch(dates, stood_for, amount)


def carried(folder: Folder, person: str, measure: str) -> list[Row]:
    rows = folder.rows_if_any("carried")
    own = [row for row in rows if measure and (row["person"], row["measure"]) == (person, measure)]
    own = [row for row in own if row["since"] <= row["until"]]
    return sorted(own, key=lambda row: (row["since"], -date(row["until"]).toordinal(), row["id"]))


def bounds(
    limit: Limit, share: int, dates: list[dt.date], there: set[dt.date]
) -> Iterator[tuple[str, int]]:
    """Give the bounds of a window, `least` or `most`, for a person's share and her days there."""
    of = share if yes_or(limit, "pro_rata") else 100
    for name in ("least", "most"):
        value = limit.numbers.get(name, "none")
        if value == "none":
            continue
        exact, whole = int(value) * of, 100
        if yes_or(limit, "average"):
            exact, whole = exact * sum(day in there for day in dates), 700
            yield name, -(-exact // whole) if name == "least" else exact // whole
        else:
            yield name, int(exact / whole + 0.5)


def yes_or(limit: Limit, name: str) -> bool:
    """Tell whether a flag of a rule is set."""
    value = limit.numbers.get(name, False)
    return yes(value) if isinstance(value, str) else bool(value)
