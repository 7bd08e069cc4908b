"""Longer or shorter days: sessions, or templates, end later or earlier."""

import dataclasses
from collections.abc import Iterator
from typing import Final

from planner.changes import Change
from planner.clock import MINUTES_A_DAY
from planner.commands.contract import CommandRefusedError, amount, command
from planner.commands.filters import Item, altered, meant
from planner.problem import Problem

_MOST: Final = 600


@command("lengthen", "level", "minutes", "filter", more=True)
def lengthen(problem: Problem, level: str, minutes: str, *which: str) -> Iterator[Change]:
    """Let sessions end so many minutes later, −90 earlier; the people they need follow."""
    far = amount(minutes, -_MOST, _MOST)
    return altered(problem, ((item, _longer(item, far)) for item in meant(problem, level, which)))


def _longer(item: Item, far: int) -> Item:
    end = item.end + far
    if not item.start < end <= 2 * MINUTES_A_DAY:
        raise CommandRefusedError("command_no_hours", id=item.id)
    return dataclasses.replace(item, end=end)
