"""Longer or shorter days: sessions, or templates, end later or earlier."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from planner.changes import Change
from planner.clock import MINUTES_A_DAY
from planner.commands.contract import CommandRefusedError, Sentence, amount, command
from planner.commands.filters import Item, altered, meant
from planner.hospital import Session
from planner.problem import Problem

_MOST: Final = 600


def _tell(problem: Problem, level: str, minutes: str, *which: str) -> Iterator[Sentence]:
    """Say how many end earlier than asked, as another one follows them in their theatre."""
    far, next_start = amount(minutes, -_MOST, _MOST), _Followers(problem)
    items = meant(problem, level, which)
    limited = [item for item in items if _end(item, far, next_start) < item.end + far]
    if limited:
        yield "command.lengthen.limited", {"n": len(limited)}


@command("lengthen", "level", "minutes", "filter", more=True, tell=_tell)
def lengthen(problem: Problem, level: str, minutes: str, *which: str) -> Iterator[Change]:
    """Let sessions end so many minutes later, −90 earlier; the people they need follow.

    One that another follows in its theatre ends when that one begins, at the latest.
    """
    far, next_start = amount(minutes, -_MOST, _MOST), _Followers(problem)
    items = meant(problem, level, which)
    return altered(problem, ((item, _longer(item, far, next_start)) for item in items))


def _longer(item: Item, far: int, next_start: "_Followers") -> Item:
    end = _end(item, far, next_start)
    if not item.start < end <= 2 * MINUTES_A_DAY:
        raise CommandRefusedError("command_no_hours", id=item.id)
    return dataclasses.replace(item, end=end)


def _end(item: Item, far: int, next_start: "_Followers") -> int:
    return min(item.end + far, max(item.end, next_start.of(item))) if far > 0 else item.end + far


class _Followers:
    """When the next session, or template, of a theatre begins; templates of other weeks may meet one."""

    def __init__(self, problem: Problem) -> None:
        self._starts: dict[tuple[str, object], list[int]] = defaultdict(list)
        there: list[Item] = [*problem.templates]
        there += [session for session in problem.sessions if not session.closed]
        for item in there:
            self._starts[_place(item)].append(item.start)

    def of(self, item: Item) -> int:
        """Give the start of the first one after an item ends, far in the future where there is none."""
        later = (start for start in self._starts[_place(item)] if start >= item.end)
        return min(later, default=3 * MINUTES_A_DAY)


def _place(item: Item) -> tuple[str, object]:
    return str(item.theatre), item.day if isinstance(item, Session) else item.weekday
