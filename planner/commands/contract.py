"""What a command is: words in, changes out; and how its words name days."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from planner.changes import Change
from planner.clock import WEEKDAY_WORDS
from planner.problem import Problem

Expand: TypeAlias = Callable[..., Iterable[Change]]
Ask: TypeAlias = Literal["theatre", "session", "specialty", "person", "team", "shift", "days"]
"""What a word of a command names; a form offers what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: what its words name, in order; with `more` the last one may be given many times.

    Its words are the messages `command.NAME`, `command.NAME.usage` and `command.ask.ASK`.
    """

    name: str
    asks: tuple[Ask, ...]
    more: bool
    expand: Expand

    def __call__(self, problem: Problem, *given: str) -> Iterable[Change]:
        """Expand the command over the facts of a problem.

        Raises:
            CommandRefusedError: too few or too many words, or they do not fit the facts.
        """
        least = len(self.asks)
        if len(given) < least or (len(given) > least and not self.more):
            usage = f"command.{self.name}.usage"
            raise CommandRefusedError("command_words", command=self.name, usage=usage)
        return self.expand(problem, *given)


COMMANDS: Final[dict[str, Command]] = {}


class CommandRefusedError(ValueError):
    """A command that cannot be expanded: a message id and the facts of its sentence."""

    def __init__(self, what: str, **facts: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.facts: Mapping[str, str | int] = facts


def command(name: str, *asks: Ask, more: bool = False) -> Callable[[Expand], Expand]:
    """Register a command under a name; `asks` say what its words name."""

    def register(expand: Expand) -> Expand:
        COMMANDS[name] = Command(name=name, asks=asks, more=more, expand=expand)
        return expand

    return register


def choices(problem: Problem, ask: Ask) -> tuple[str, ...]:
    """Give what there is to name for a word of a command; nothing for days, which are typed."""
    match ask:
        case "person":
            staff, surgeons = problem.staff, problem.surgeons
            return (*(each.id for each in staff), *(each.id for each in surgeons))
        case "team":
            return tuple(sorted({each.team for each in problem.staff if each.team}))
        case "days":
            return ()
    records: tuple[Any, ...] = problem.records(ask)
    return tuple(str(each.id) for each in records)


def days(problem: Problem, words: str) -> tuple[int, ...]:
    """Read which days of the horizon are meant: a weekday's name, a date, or DATE..DATE.

    Raises:
        CommandRefusedError: the words name no day of the horizon.
    """
    horizon = problem.horizon
    weekday = WEEKDAY_WORDS.get(words.lower())
    if weekday is not None:
        return tuple(d for d in range(horizon.days) if horizon.weekday(d) == weekday)
    first, _, last = words.partition("..")
    try:
        begin = horizon.day(dt.date.fromisoformat(first))
        end = horizon.day(dt.date.fromisoformat(last or first))
    except ValueError as error:
        raise CommandRefusedError("command_days", words=words) from error
    if not 0 <= begin <= end < horizon.days:
        raise CommandRefusedError("command_days", words=words)
    return tuple(range(begin, end + 1))


def known(problem: Problem, kind: str, id: str) -> Any:
    """Give a record by kind and id.

    Raises:
        CommandRefusedError: there is none.
    """
    for record in problem.records(kind):
        if record.id == id:
            return record
    raise CommandRefusedError("command_unknown", kind=kind, id=id)
