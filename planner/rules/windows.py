"""Windows of days, and what each duty counts there: facts of the calendar, for both voices of a rule.

Which windows there are for a person each voice finds by itself; here is only where the calendar
puts its borders.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from planner.clock import Horizon
from planner.facts import Facts
from planner.people import Carried, ShiftId

KINDS: Final = ("rolling", "week", "block", "month", "quarter", "four_months", "year", "horizon")
MONTHS: Final = {"month": 1, "quarter": 3, "four_months": 4, "year": 12}


class Window(NamedTuple):
    """A kind of window.

    `rolling`: any `days` days in a row; `week`: civil weeks; `block`: blocks of `weeks` civil weeks,
    counted from Monday 1 January 2024 or so many weeks `later`; calendar months, or three, four or
    twelve of them counted from January; `horizon`.
    """

    kind: str
    days: int = 7
    weeks: int = 2
    later: int = 0


def months(horizon: Horizon, day: int, length: int) -> tuple[int, int]:
    """Give the first and the last day of the months, so many together from January on, with a day."""
    here = horizon.date(day)
    first = date(here.year, here.month - (here.month - 1) % length, 1)
    over = first.month - 1 + length
    after = date(first.year + over // 12, over % 12 + 1, 1)
    return horizon.day(first), horizon.day(after - timedelta(days=1))


def carried(facts: Facts, person: str, measure: str, first: int, last: int) -> tuple[Carried, ...]:
    """Give the amounts that stand for past days of a window: whole inside, the earliest first.

    One that shares a day with an earlier one is left out, so that no day counts twice.
    """
    found: list[Carried] = []
    free = first
    for each in facts.carried.get((person, measure), ()) if measure else ():
        if each.since >= free and each.since <= each.until <= min(last, -1):
            found.append(each)
            free = each.until + 1
    return tuple(found)


def pieces(facts: Facts, day: int, shift: ShiftId, *, pause: bool) -> tuple[int, int]:
    """Give the minutes of a shift on the civil day on which it starts to count, and on the next.

    The `pause` is taken off the first of the two, what is left of it off the second.
    """
    start, end = facts.span(day, shift)
    midnight = facts.horizon.elapsed(day + 1, 0)
    here, over = max(0, min(end, midnight) - start), end - max(start, midnight)
    off = facts.shifts[shift].pause if pause else 0
    return max(0, here - off), max(0, over - max(0, off - here))
