"""What a command is: words in, changes out; and how its words name days."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from planner.changes import Change
from planner.clock import WEEKDAY_WORDS
from planner.problem import Problem

Command: TypeAlias = Callable[..., Iterable[Change]]
COMMANDS: Final[dict[str, Command]] = {}


class CommandRefusedError(ValueError):
    """A command that cannot be expanded: a message id and the facts of its sentence."""

    def __init__(self, what: str, **facts: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.facts: Mapping[str, str | int] = facts


def command(name: str, words: int, *, more: bool = False) -> Callable[[Command], Command]:
    """Register a command that takes a number of words, or at least so many with `more`."""

    def register(function: Command) -> Command:
        def checked(problem: Problem, *given: str) -> Iterable[Change]:
            if len(given) < words or (len(given) > words and not more):
                usage = f"command.{name}.usage"
                raise CommandRefusedError("command_words", command=name, usage=usage)
            return function(problem, *given)

        checked.__doc__ = function.__doc__
        COMMANDS[name] = checked
        return checked

    return register


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
