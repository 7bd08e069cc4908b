"""Which sessions, or which templates of the master schedule, a command means, and how they change.

A word is the code of a session, template, theatre or specialty (an owner), a weekday, a date, DATE..DATE
or `all`. Words of one kind add to each other, kinds narrow each other: `S1 S2 monday` are the Monday
sessions of both theatres.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from planner.changes import Change, Set
from planner.clock import WEEKDAY_WORDS
from planner.commands.contract import LEVELS, CommandRefusedError, days
from planner.commands.need import need_changes
from planner.fields import specs
from planner.hospital import Session, SessionTemplate
from planner.master.cycle import weekday_of
from planner.plain import plain
from planner.problem import Problem

Item: TypeAlias = Session | SessionTemplate
KINDS: Final = dict(zip(LEVELS, ("session", "template"), strict=True))
"""Level as it is typed → kind of record."""

ALL: Final = frozenset({"all", "*", "tout", "toutes"})


def meant(problem: Problem, level: str, words: tuple[str, ...]) -> tuple[Item, ...]:
    """Give the sessions or templates that words mean.

    Raises:
        CommandRefusedError: a word names nothing, or together they mean none.
    """
    if level not in KINDS:
        raise CommandRefusedError("command_level", words=level)
    items: tuple[Item, ...] = problem.records(KINDS[level])
    if level == "templates" and not items:
        raise CommandRefusedError("command_no_templates")
    wanted: dict[str, list[Callable[[Any], bool]]] = {}
    for word in words:
        kind, test = _test(problem, level, items, word)
        wanted.setdefault(kind, []).append(test)
    found = tuple(
        item for item in items if all(any(t(item) for t in tests) for tests in wanted.values())
    )
    if not found:
        raise CommandRefusedError("command_none_meant", words=" ".join(words))
    return found


def _test(
    problem: Problem, level: str, items: tuple[Item, ...], word: str
) -> tuple[str, Callable[[Any], bool]]:
    if word.lower() in ALL:
        return "all", lambda _: True
    if any(item.id == word for item in items):
        return "id", lambda item: bool(item.id == word)
    if any(theatre.id == word for theatre in problem.theatres):
        return "theatre", lambda item: bool(item.theatre == word)
    if any(specialty.id == word for specialty in problem.specialties):
        return "owner", lambda item: word in item.owners
    weekday = WEEKDAY_WORDS.get(word.lower())
    if weekday is not None:
        horizon = problem.horizon
        if level == "templates":
            return "day", lambda item: weekday_of(item) == weekday
        return "day", lambda item: horizon.weekday(item.day) == weekday
    return "day", _dated(problem, level, word)


def _dated(problem: Problem, level: str, word: str) -> Callable[[Any], bool]:
    try:
        chosen = frozenset(days(problem, word))
    except CommandRefusedError as error:
        raise CommandRefusedError("command_filter", words=word) from error
    if level == "templates":
        raise CommandRefusedError("command_filter_dates", words=word)
    return lambda item: item.day in chosen


def altered(problem: Problem, items: Iterable[tuple[Item, Item]]) -> Iterator[Change]:
    """Change sessions or templates, each given as it is and as it is to be, and the people needed."""
    after: dict[str, Session] = {}
    for before, now in items:
        kind = "session" if isinstance(now, Session) else "template"
        for spec in specs(type(now)):
            was, value = (
                plain(spec, getattr(each, spec.name), problem.horizon) for each in (before, now)
            )
            if was != value:
                yield Set(kind=kind, id=now.id, field=spec.name, expected=was, value=value)
        if isinstance(now, Session):
            after[now.id] = now
    if after:
        yield from need_changes(problem, (after.get(each.id, each) for each in problem.sessions))
