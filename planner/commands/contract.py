"""What a command is: words in, changes out; and how its words name days."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from planner.changes import Change
from planner.clock import WEEKDAY_WORDS, WEEKDAYS
from planner.packs.scheme import scheme_names
from planner.plan import Plan
from planner.problem import Problem
from planner.rostering import LONGEST_CYCLE
from planner.words import LANGUAGES

Expand: TypeAlias = Callable[..., Iterable[Change]]
Ask: TypeAlias = Literal[
    "theatre",
    "session",
    "specialty",
    "person",
    "team",
    "shift",
    "days",
    "scheme",
    "language",
    "level",  # dated sessions, or the templates of the master schedule
    "filter",  # which of them
    "release",  # from when on
    "weeks",  # how many
    "priority",
    "ward",
    "equipment",
    "percent",
    "minutes",
    "beta",  # hundredths
]
"""What a word of a command names; a form offers what there is."""

Sentence: TypeAlias = tuple[str, Mapping[str, str | int]]
"""A message id and the facts of its sentence."""

Tell: TypeAlias = Callable[..., Iterable[Sentence]]
"""Says what a command does to the facts of a problem, for the same words."""

LEVELS: Final = ("sessions", "templates")
AMOUNTS: Final = {
    "percent": ("10", "15", "20", "50"),
    "minutes": ("90", "60", "30", "-30"),
    "beta": ("25", "52", "84"),
}
"""What a form offers for numbers; any other may be typed."""


class AtHand(NamedTuple):
    """The plan of a scenario, and its facts without what such commands have changed there before."""

    plan: Plan
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: what its words name, in order; with `more` the last one may be given many times.

    The last `optional` words may be left out. `tell` says what it does, beyond what it was asked.
    With `reads_plan` both get what is at hand after the problem. Its words are the messages
    `command.NAME`, `command.NAME.usage` and `command.ask.ASK`.
    """

    name: str
    asks: tuple[Ask, ...]
    more: bool
    expand: Expand
    optional: int = 0
    tell: Tell | None = None
    reads_plan: bool = False

    def __call__(
        self, problem: Problem, *given: str, hand: AtHand | None = None
    ) -> Iterable[Change]:
        """Expand the command over the facts of a problem, and what is at hand where it reads that.

        Raises:
            CommandRefusedError: too few or too many words, or they do not fit the facts.
        """
        self._refuse_words(given)
        return self.expand(problem, *self._read(problem, hand), *given)

    def told(
        self, problem: Problem, *given: str, hand: AtHand | None = None
    ) -> tuple[Sentence, ...]:
        """Say what the command does to the facts of a problem, before it is done.

        Raises:
            CommandRefusedError: as when it is expanded.
        """
        self._refuse_words(given)
        if self.tell is None:
            return ()
        return tuple(self.tell(problem, *self._read(problem, hand), *given))

    def _read(self, problem: Problem, hand: AtHand | None) -> tuple[AtHand, ...]:
        if not self.reads_plan:
            return ()
        return (AtHand(Plan(), problem) if hand is None else hand,)

    def _refuse_words(self, given: tuple[str, ...]) -> None:
        most = len(self.asks)
        if len(given) < most - self.optional or (len(given) > most and not self.more):
            usage = f"command.{self.name}.usage"
            raise CommandRefusedError("command_words", command=self.name, usage=usage)


COMMANDS: Final[dict[str, Command]] = {}


class CommandRefusedError(ValueError):
    """A command that cannot be expanded: a message id and the facts of its sentence."""

    def __init__(self, what: str, **facts: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.facts: Mapping[str, str | int] = facts


def command(
    name: str,
    *asks: Ask,
    more: bool = False,
    optional: int = 0,
    tell: Tell | None = None,
    reads_plan: bool = False,
) -> Callable[[Expand], Expand]:
    """Register a command under a name; `asks` say what its words name."""

    def register(expand: Expand) -> Expand:
        COMMANDS[name] = Command(
            name=name,
            asks=asks,
            more=more,
            expand=expand,
            optional=optional,
            tell=tell,
            reads_plan=reads_plan,
        )
        return expand

    return register


def choices(problem: Problem, ask: Ask) -> tuple[str, ...]:
    """Give what there is to name for a word of a command; nothing for days, which are typed.

    Of a filter the first two words together are one that holds.
    """
    match ask:
        case "person":
            staff, surgeons = problem.staff, problem.surgeons
            return (*(each.id for each in staff), *(each.id for each in surgeons))
        case "team":
            return tuple(sorted({each.team for each in problem.staff if each.team}))
        case "days" | "release":
            return ()
        case "weeks":
            return tuple(str(weeks) for weeks in range(1, LONGEST_CYCLE + 1))
        case "percent" | "minutes" | "beta":
            return AMOUNTS[ask]
        case "scheme":
            return scheme_names()
        case "language":
            return LANGUAGES
        case "level":
            return LEVELS
        case "filter":
            theatres = tuple(str(each.id) for each in problem.theatres)
            owners = tuple(str(each.id) for each in problem.specialties)
            return (*theatres[:1], *WEEKDAYS[:1], *theatres[1:], *WEEKDAYS[1:], *owners)
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


def amount(words: str, low: int, high: int) -> int:
    """Read a whole number from `low` to `high`; a minus or a plus may stand before it.

    Raises:
        CommandRefusedError: it is none.
    """
    try:
        found = int(words.replace("\u2212", "-"))
    except ValueError:
        found = low - 1
    if not low <= found <= high:
        raise CommandRefusedError("command_amount", words=words, low=low, high=high)
    return found


def known(problem: Problem, kind: str, id: str) -> Any:
    """Give a record by kind and id.

    Raises:
        CommandRefusedError: there is none.
    """
    for record in problem.records(kind):
        if record.id == id:
            return record
    raise CommandRefusedError("command_unknown", kind=kind, id=id)
