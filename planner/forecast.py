"""What may become of a plan on the day itself: how late its sessions end, by the luck of durations.

A forecast holds the figures of a simulation, and for each day a digest of all that the simulation
read of it. So it is known day by day whether a forecast is about the plan and the facts at hand: a
case moved on Tuesday leaves what was found for Wednesday as it was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from operator import is_not
from typing import Final, Literal, NamedTuple
from weakref import WeakKeyDictionary

from planner.cases import CaseId
from planner.facts import Facts
from planner.hospital import Session, SessionId, TheatreId
from planner.rules.hands import spared
from planner.theatre_view import Placed, TheatreView

REPLICATIONS: Final = 10_000
MOST_REPLICATIONS: Final = 1_000_000
SEED: Final = 1
LITTLE: Final = 150
MUCH: Final = 350
"""Chances per mille below which a session is seldom late, and from which it often is."""
MODEL: Final = 1
"""The way of simulating; it counts up when the same facts come to other figures."""


class Step(NamedTuple):
    """A case as it is simulated: planned start, what must come before it, and how long it may last.

    `start` and `end` (of the session) are minutes that pass after the day's midnight, `turnover` the planned
    minutes after the case before in the theatre. The case lasts `pace` per cent of a shifted
    lognormal of `mean`, `deviation` and `shift`. `people` are its surgeons: who, and how many minutes
    at the beginning and at the end of it she may be elsewhere.
    """

    case: CaseId
    session: SessionId
    theatre: TheatreId
    end: int
    overtime: int
    start: int
    turnover: int
    mean: int
    deviation: int
    shift: int
    pace: float
    people: tuple[tuple[str, int, int], ...]


def course(view: TheatreView, day: int) -> tuple[Step, ...]:
    """Give the cases of a day in the order in which they are simulated: by start, then session.

    Cases without a start follow in line what stands before them in their session.
    """
    steps = [
        _step(view, placed, start)
        for session in view.facts.sessions_on.get(day, ())
        for placed, start in in_line(view.facts, session, view.inside(session))
    ]
    return tuple(sorted(steps, key=lambda step: (step.start, step.session)))


def in_line(
    known: Facts, session: Session, inside: Sequence[Placed]
) -> Iterator[tuple[Placed, int]]:
    """Give the cases of a session with their starts, in minutes that pass after midnight.

    Those without a start stand in line.
    """
    now = known.opens(session)
    for placed in inside:
        begin = now if placed.begin is None else placed.begin
        yield placed, begin
        now = begin + placed.minutes + placed.turnover


def _step(view: TheatreView, placed: Placed, start: int) -> Step:
    case, session = placed.case, placed.session
    procedure = view.facts.procedures[case.procedure]
    surgeon = None if placed.surgeon is None else view.facts.surgeons[placed.surgeon]
    people = [(partner, 0, 0) for partner in sorted(case.partners - {placed.surgeon})]
    if surgeon is not None:
        people.insert(0, (surgeon.id, *spared(view.facts, case, surgeon.id)))
    return Step(
        case=case.id,
        session=session.id,
        theatre=session.theatre,
        end=view.facts.closes(session),
        overtime=session.overtime,
        start=start,
        turnover=placed.turnover,
        mean=case.mean,
        deviation=case.deviation,
        shift=procedure.shift,
        pace=view.facts.pace(case, placed.surgeon),
        people=tuple(people),
    )


_DIGESTS: Final[WeakKeyDictionary[Facts, dict[int, "_Made"]]] = WeakKeyDictionary()
"""The digests of days, with the placements that they were made from: an edit leaves most as they are."""


class _Made(NamedTuple):
    inside: tuple[tuple[Placed, ...], ...]
    digest: str


def digest_of(view: TheatreView, day: int) -> str:
    """Give the digest of a day of a plan, "" where it has no case; worked out once."""
    inside = tuple(map(view.inside, view.facts.sessions_on.get(day, ())))
    known = _DIGESTS.setdefault(view.facts, {})
    made = known.get(day)
    if made is None or any(map(is_not, made.inside, inside)):
        steps = course(view, day)
        made = known[day] = _Made(inside, digest(steps) if steps else "")
    return made.digest


def digest(steps: tuple[Step, ...]) -> str:
    """Give a digest of all that is simulated of a day: 16 hexadecimal digits."""
    whole = json.dumps([MODEL, *steps], ensure_ascii=False, separators=(",", ":"))
    return blake2b(whole.encode(), digest_size=8).hexdigest()


class SessionForecast(NamedTuple):
    """What may become of a session; chances are per mille, ends minutes that pass after midnight.

    `late`: the chance to end after its end. `over`: after the overtime that it is allowed. `overtime`
    are the minutes after its end, on average. It ends by `half`, `most` and `nearly` in 50, 80 and 95
    of 100 replications.
    """

    session: SessionId
    late: int
    over: int
    overtime: int
    half: int
    most: int
    nearly: int

    def by_clock(self, known: Facts, day: int) -> "SessionForecast":
        """Give the same with ends as a clock shows them."""
        half, most, nearly = (known.clock(day, e) for e in (self.half, self.most, self.nearly))
        return self._replace(half=half, most=most, nearly=nearly)

    @property
    def risk(self) -> Literal["low", "some", "much"]:
        """How likely it ends late, in three levels."""
        return "low" if self.late < LITTLE else "some" if self.late < MUCH else "much"


class DayForecast(NamedTuple):
    """The sessions of a day that have a case, and the digest of what was simulated."""

    day: int
    digest: str
    sessions: tuple[SessionForecast, ...]

    @property
    def overtime(self) -> int:
        """Minutes of overtime on average, all sessions together."""
        return sum(session.overtime for session in self.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a simulation found of a plan, day by day.

    `high` are the minutes of overtime, all days together, that nine of ten replications stay within.
    """

    days: tuple[DayForecast, ...] = ()
    high: int = 0
    replications: int = REPLICATIONS
    seed: int = SEED

    @property
    def sessions(self) -> tuple[SessionForecast, ...]:
        """The sessions of all days."""
        return tuple(session for day in self.days for session in day.sessions)

    @property
    def overtime(self) -> int:
        """Minutes of overtime on average, all days together."""
        return sum(day.overtime for day in self.days)

    @property
    def late(self) -> float:
        """The chance to finish late, as a mean of the sessions: a share of one."""
        sessions = self.sessions
        return sum(each.late for each in sessions) / (1000 * max(1, len(sessions)))

    @property
    def over(self) -> float:
        """The chance to go on after the allowed overtime, as a mean of the sessions."""
        sessions = self.sessions
        return sum(each.over for each in sessions) / (1000 * max(1, len(sessions)))


class Outlook:
    """A forecast held against a plan and its facts: what of it is about them, and what is out of date."""

    def __init__(self, view: TheatreView, forecast: Forecast | None) -> None:
        self.view = view
        self.forecast = forecast
        self._days: dict[int, bool] = {}

    @cached_property
    def _by_day(self) -> Mapping[int, Mapping[SessionId, SessionForecast]]:
        days = () if self.forecast is None else self.forecast.days
        return {each.day: {found.session: found for found in each.sessions} for each in days}

    @cached_property
    def _digests(self) -> Mapping[int, str]:
        days = () if self.forecast is None else self.forecast.days
        return {each.day: each.digest for each in days}

    def current(self, day: int) -> bool:
        """Tell whether the forecast of a day is about the day as it is planned now."""
        known = self._days.get(day)
        if known is None:
            made = self._digests.get(day, "")
            known = self._days[day] = made == digest_of(self.view, day)
        return known

    def of(self, session: Session) -> SessionForecast | None:
        """Give what is to be expected of a session, with ends as a clock shows them.

        None where there is no forecast up to date.
        """
        if session.id not in self._by_day.get(session.day, {}) or not self.current(session.day):
            return None
        found = self._by_day[session.day][session.id]
        return found.by_clock(self.view.facts, session.day)

    def outdated(self, session: Session) -> bool:
        """Tell whether a session with cases has a forecast that was made for another plan of the day."""
        there = self.forecast is not None and bool(self.view.inside(session))
        return there and not self.current(session.day)

    @cached_property
    def stale(self) -> bool:
        """Whether there is a forecast, and something that it read has moved on since."""
        if self.forecast is None:
            return False
        days = {*self.view.facts.sessions_on, *self._digests}
        return not all(map(self.current, sorted(days)))

    @cached_property
    def whole(self) -> Forecast | None:
        """The forecast where it is up to date on all days."""
        return None if self.stale else self.forecast
