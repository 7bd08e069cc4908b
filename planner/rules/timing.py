"""What a rule may say about the clock of one theatre day: a closed list of verbs.

A rule sees the choices of the day (case × session × surgeon, each an interval that may be absent)
and yields verbs over their numbers. A hard rule's verb binds; a soft one's costs weight × amount.
All times are minutes after midnight of the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from planner.cases import Case
from planner.facts import Facts
from planner.hospital import Session
from planner.problem import Problem
from planner.rules.blocks import About
from planner.rules.contract import Scope


class Choice(NamedTuple):
    """A case that may be operated in a session by a surgeon, for `minutes` after `turnover`."""

    number: int
    case: Case
    session: Session
    surgeon: str | None
    minutes: int
    turnover: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TheatreDay:
    """The sessions and choices of one day that a sequencing model decides on.

    `sessions` are all sessions of the day, those without choices here included.
    """

    problem: Problem
    facts: Facts
    day: int
    sessions: tuple[Session, ...]
    choices: tuple[Choice, ...]

    def sessions_in(self, scope: Scope) -> Iterator[Session]:
        """Give the sessions of the day that a scope means."""
        tags = self.facts.session_tags
        return (s for s in self.sessions if not scope.tags or scope.holds(tags[s.id]))

    def choices_in(self, scope: Scope) -> Iterator[Choice]:
        """Give the choices whose cases a scope means."""
        if not scope.tags:
            return iter(self.choices)
        meant = self.facts.meant(scope)
        return (choice for choice in self.choices if choice.case.id in meant)


class Stretch(NamedTuple):
    """The time that a choice holds something.

    From `origin` "case": [start − before, end + after); from "start": [start − before, start + after);
    from "end": [end, end + after).
    """

    choice: int
    before: int = 0
    after: int = 0
    origin: Literal["case", "start", "end"] = "case"


class NoOverlap(NamedTuple):
    """At most one of the stretches at a time, and none of them over a busy (start, end)."""

    about: About
    stretches: tuple[Stretch, ...]
    busy: tuple[tuple[int, int], ...] = ()


class Cumulative(NamedTuple):
    """At most `capacity` of the stretches at a time, one less in each busy (start, end)."""

    about: About
    stretches: tuple[Stretch, ...]
    capacity: int
    busy: tuple[tuple[int, int], ...] = ()


class NeverBoth(NamedTuple):
    """No stretch of one side at the same time as one of the other side.

    What stretches of the same side do to one another is not said here. `disjoint`: other verbs
    keep them apart, so that all may be taken for one.
    """

    about: About
    one: tuple[Stretch, ...]
    other: tuple[Stretch, ...]
    disjoint: bool = True


class BlockUntil(NamedTuple):
    """Each stretch waits for one of `capacity` places, first come first served.

    They are stretches from the end of a choice: there a patient waits in the theatre, `most` minutes
    at most. A unit is a minute more that one waits.
    """

    about: About
    stretches: tuple[Stretch, ...]
    capacity: int
    most: int


class InTheWay(NamedTuple):
    """No stretch in a room while a choice of the same room still waits there.

    `rooms` are the stretches of each room, those of choices that wait included. A unit is a minute.
    """

    about: About
    waits: BlockUntil
    rooms: tuple[tuple[Stretch, ...], ...]


class Within(NamedTuple):
    """The choice starts at `low` or later, and its end + `stay` is at `high` or earlier.

    A soft rule pays for each minute outside (before `low`, or after `high`).
    """

    about: About
    choice: int
    low: int | None = None
    high: int | None = None
    stay: int = 0


class Late(NamedTuple):
    """The last end of the choices is at `limit` or earlier; a soft rule pays a minute after it."""

    about: About
    choices: tuple[int, ...]
    limit: int


class Order(NamedTuple):
    """None of the `late` choices starts before one of the `early` ones; at once is no breach.

    A unit is a choice of the `counted` side that has one of the other on the wrong side.
    """

    about: About
    early: tuple[int, ...]
    late: tuple[int, ...]
    counted: Literal["early", "late"]


class Idle(NamedTuple):
    """From the begin of the first stretch to the end of the last, less their minutes, not below 0."""

    about: About
    stretches: tuple[Stretch, ...]


class LargestGap(NamedTuple):
    """From the first start on, the ends of the choices follow within `most` minutes of one another.

    A unit is a minute between two of these moments beyond `most`, as far as it lies between `since`
    and `until`.
    """

    about: About
    choices: tuple[int, ...]
    since: int
    until: int
    most: int


Verb: TypeAlias = (
    NoOverlap
    | Cumulative
    | NeverBoth
    | Within
    | Late
    | Order
    | Idle
    | BlockUntil
    | InTheWay
    | LargestGap
)
