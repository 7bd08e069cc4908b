"""Which days the theatre board shows: one, those of its week, or those of four weeks."""

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from planner.clock import Horizon

Span: TypeAlias = Literal["day", "week", "month"]
SPANS: Final[tuple[Span, ...]] = ("day", "week", "month")
WEEKS: Final = {"day": 0, "week": 1, "month": 4}
_WORKDAYS: Final = frozenset(range(5))


def read_span(kept: object) -> Span:
    """Read a span from the settings; a day where they say nothing of use."""
    return next((span for span in SPANS if span == kept), "day")


def span_days(horizon: Horizon, span: Span, day: int, there: Sequence[int]) -> tuple[int, ...]:
    """Give the days of a span round a day; of weeks the workdays, and whatever weekdays have anything.

    Four weeks are counted from the week of the first day that has anything; those after the horizon
    and all that reaches beyond it are left away.
    """
    if span == "day":
        return (day,)
    monday = _begin(horizon, span, day, there)
    found = [each for each in there if monday <= each < monday + 7 * WEEKS[span]]
    weekdays = _WORKDAYS | {(each - monday) % 7 for each in found}
    if span == "week":
        return tuple(range(monday, monday + max(weekdays) + 1))
    weeks = (max([*found, horizon.last]) - monday) // 7 + 1
    end = monday + 7 * min(WEEKS[span], max(1, weeks))
    return tuple(d for d in range(monday, end) if (d - monday) % 7 in weekdays)


def span_step(horizon: Horizon, span: Span, day: int, there: Sequence[int], by: int) -> int:
    """Give the day to go to for the next (1) or previous (-1) span that has anything."""
    if span == "day":
        beyond = [each for each in there if (each - day) * by > 0]
        return day if not beyond else min(beyond) if by > 0 else max(beyond)
    length = 7 * WEEKS[span]
    monday = _begin(horizon, span, day, there) + length * by
    if any(monday <= each < monday + length for each in there):
        return max(0, monday)
    return day


def _begin(horizon: Horizon, span: Span, day: int, there: Sequence[int]) -> int:
    """Give the Monday on which the span of a day begins."""
    monday = horizon.monday(day)
    if span == "week":
        return monday
    first = horizon.monday(min(there, default=day))
    return monday - (monday - first) % (7 * WEEKS[span])


def other(span: Span, by: int) -> Span:
    """Give the next finer (1) or coarser (-1) span; itself where there is none."""
    return SPANS[min(len(SPANS) - 1, max(0, SPANS.index(span) - by))]
