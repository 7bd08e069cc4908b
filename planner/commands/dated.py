"""A group of changes narrowed to records of days from a date on, or until one: “opens on 1 March”.

A record's day is its own; of an absence that is added the days within stay. A record without a day has
no place in it.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from planner.changes import Add, Change, ChangeSet
from planner.clock import Horizon
from planner.commands.contract import CommandRefusedError
from planner.fields import KINDS, specs
from planner.problem import ATTRIBUTES, Problem

_DAYS: Final = ("day", "first")
_LIMIT: Final = re.compile(r" --(from|until) (\d{4}-\d\d-\d\d)")


def dated(
    problem: Problem, group: ChangeSet, since: dt.date | None, until: dt.date | None
) -> ChangeSet:
    """Give the changes of records from a date on, and until one; the group's name tells the dates.

    `problem` are the facts that the group meets. Without a date the group is given as it is.

    Raises:
        CommandRefusedError: all days of the period lie before or after a date, a record has no day, or
            nothing is left.
    """
    if since is None and until is None:
        return group
    horizon = problem.horizon
    first = 0 if since is None else max(0, horizon.day(since))
    last = horizon.last if until is None else min(horizon.last, horizon.day(until))
    for day, date in ((first, since), (last, until)):
        if not 0 <= day <= horizon.last:
            raise CommandRefusedError("command_days", words=str(date))
    if last < first:
        raise CommandRefusedError("command_dates_turned", first=str(since), last=str(until))
    days = _Days(problem)
    cut = (_within(each, horizon, first, last) for each in group.changes)
    kept = tuple(each for each in cut if first <= days.of(each) <= last)
    if not kept:
        raise CommandRefusedError("command_nothing_then", command=group.name)
    limits = (("from", since), ("until", until))
    told = "".join(f" --{word} {date.isoformat()}" for word, date in limits if date is not None)
    return ChangeSet(name=group.name + told, changes=kept)


def _within(change: Change, horizon: Horizon, first: int, last: int) -> Change:
    """Give a record that is added with those of its days that lie within, where it has several."""
    record = dict(change.record) if isinstance(change, Add) else {}
    if not isinstance(change, Add) or not {"first", "last"} <= record.keys():
        return change
    begin, end = (horizon.day(dt.date.fromisoformat(record[name])) for name in ("first", "last"))
    if end < first or begin > last:
        return change
    cut = {"first": max(begin, first), "last": min(end, last)}
    dates = {name: horizon.date(day).isoformat() for name, day in cut.items()}
    return replace(change, record=tuple((record | dates).items()))


def limits(name: str) -> tuple[str, dict[str, dt.date]]:
    """Part the name of a dated group into what it was before, and its dates by `from` and `until`."""
    found = {word: dt.date.fromisoformat(date) for word, date in _LIMIT.findall(name)}
    return _LIMIT.sub("", name), found


class _Days:
    """The days of records, those that the changes before have added among them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[tuple[str, str], int] = {}
        self.read: set[str] = set()

    def of(self, change: Change) -> int:
        """Give the day of the record of a change.

        Raises:
            CommandRefusedError: it has none.
        """
        name = day_field(change.kind)
        if name is None:
            raise CommandRefusedError("command_undated", kind=change.kind, id=change.id)
        key = (change.kind, change.id)
        if isinstance(change, Add):
            date = dict(change.record).get(name)
            self.known[key] = self.problem.horizon.day(dt.date.fromisoformat(str(date)))
        elif change.kind not in self.read:
            self.read.add(change.kind)
            self.known = dict(self._there(change.kind, name)) | self.known
        if key not in self.known:
            raise CommandRefusedError("command_unknown", kind=change.kind, id=change.id)
        return self.known[key]

    def _there(self, kind: str, name: str) -> Iterator[tuple[tuple[str, str], int]]:
        for record in self.problem.records(kind):
            yield (kind, str(record.id)), getattr(record, name)


def day_field(kind: str) -> str | None:
    """Give the field that says on which day a record of a kind is; None where it has no day."""
    if kind not in ATTRIBUTES or kind not in KINDS:
        return None
    days = {spec.name for spec in specs(KINDS[kind]) if spec.form == "day"}
    return next((name for name in _DAYS if name in days), None)
