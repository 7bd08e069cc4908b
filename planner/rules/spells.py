"""The windows of the calendar as rows see them, and what carried amounts leave of them."""

from collections.abc import Iterable
from typing import Final

from planner.clock import WEEK, Horizon
from planner.facts import Facts
from planner.rules.blocks import Table
from planner.rules.windows import MONTHS, Window, carried, months

LONGEST: Final = 3
"""Days over which one shift can reach, its own not counted."""


def borders(horizon: Horizon, window: Window) -> list[tuple[int, int]]:
    """Give the windows of the calendar that meet the horizon, from the first day of each."""
    found, day = [], 0
    while day <= horizon.last:
        if window.kind in MONTHS:
            first, last = months(horizon, day, MONTHS[window.kind])
        elif window.kind == "week":
            first, last = horizon.monday(day), horizon.monday(day) + WEEK - 1
        else:
            first = horizon.block(day, window.weeks, window.later)
            last = first + window.weeks * WEEK - 1
        found.append((first, last))
        day = last + 1
    return found


def uncovered(facts: Facts, person: str, measure: str, first: int, last: int) -> set[int]:
    """Give the days of a window for which no amount of a measure is carried."""
    days = set(range(first, last + 1))
    for each in carried(facts, person, measure, first, last):
        days.difference_update(range(each.since, each.until + 1))
    return days


def stretches(
    facts: Facts, person: str, measure: str, first: int, last: int
) -> list[tuple[int, int]]:
    """Give what is left of a window between the days that carried amounts stand for."""
    found, start = [], first
    for each in carried(facts, person, measure, first, last):
        if start < each.since:
            found.append((start, each.since - 1))
        start = each.until + 1
    if start <= last:
        found.append((start, last))
    return found


def alike(days: Iterable[tuple[int, Table]]) -> list[tuple[list[int], Table]]:
    """Give the days that have one and the same table together, those of an empty one left out."""
    grouped: dict[int, tuple[list[int], Table]] = {}
    for day, table in days:
        if table:
            grouped.setdefault(id(table), ([], table))[0].append(day)
    return list(grouped.values())
