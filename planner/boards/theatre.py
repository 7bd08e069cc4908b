"""The theatre board: theatres × time, sessions as bands, cases as bars, and the waiting tray.

Times are minutes after midnight of the board's day. Tones are ids of specialties. What runs past
midnight stands on both days, cut at midnight, with the times that a clock on the wall shows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from planner.boards.marks import Sign, by_subject, worst
from planner.cases import Case, CaseId
from planner.clock import MINUTES_A_DAY
from planner.facts import Facts
from planner.forecast import SessionForecast, in_line
from planner.hospital import Session, Theatre
from planner.kpis.contract import Outcome
from planner.plan import Placement
from planner.score import Judged
from planner.view import Placed


class Bar(NamedTuple):
    """A placed case; `timed` is false where the plan has no start, and it only stands in line.

    `moved`: the reference has it elsewhere, at another time or nowhere.
    """

    case: Case
    title: str
    surgeon: str | None
    start: int
    end: int
    timed: bool = True
    moved: bool = False
    breaches: tuple[Judged, ...] = ()

    @property
    def tone(self) -> str:
        """The specialty."""
        return self.case.specialty

    @property
    def sign(self) -> Sign:
        """The gravest sign."""
        return worst(self.breaches)


class Piece(NamedTuple):
    """The part of a bar on one day: from and until when by the clock, and the minutes that pass."""

    bar: Bar
    start: int
    end: int
    minutes: int


class Band(NamedTuple):
    """A session of so many `minutes` with its bars; `turnovers` are (start, end) between them.

    `late` are the minutes from its end to that of its last bar, below 0 where it ends sooner.
    `pieces` are the bars as far as they lie on the session's own day. `expected` is what was
    simulated of it; `outdated`: it was simulated, but the plan of the day has moved on since.
    """

    session: Session
    bars: tuple[Bar, ...]
    turnovers: tuple[tuple[int, int], ...]
    breaches: tuple[Judged, ...] = ()
    pieces: tuple[Piece, ...] = ()
    expected: SessionForecast | None = None
    outdated: bool = False
    minutes: int = 0
    late: int = 0

    @property
    def tone(self) -> str:
        """The specialty of the first owner, "" for a session open to all."""
        return min(self.session.owners, default="")

    @property
    def fill(self) -> int:
        """Per cent of the session that cases and turnovers take."""
        used = sum(bar.end - bar.start for bar in self.bars)
        used += sum(end - start for start, end in self.turnovers)
        return round(100 * used / max(1, self.minutes))

    @property
    def sign(self) -> Sign:
        """The gravest sign of what is about the session itself."""
        return worst(self.breaches)


class Over(NamedTuple):
    """What a session of a day before has on a day after its midnight; `end` is its last minute there.

    `open` is how long the session itself goes on there, 0 where only its cases do.
    """

    band: Band
    pieces: tuple[Piece, ...]
    open: int = 0

    @property
    def end(self) -> int:
        """The last minute of all that goes on."""
        return max(self.open, *(piece.end for piece in self.pieces), 0)


class Row(NamedTuple):
    """A theatre on a day; `over` is what began the day before."""

    theatre: Theatre
    bands: tuple[Band, ...]
    over: tuple[Over, ...] = ()


class Idle(NamedTuple):
    """A theatre with nothing on a day; `lost` are open sessions that the reference has there."""

    theatre: Theatre
    lost: tuple[Session, ...] = ()


class Day(NamedTuple):
    """A day with sessions; `first` and `last` bound everything on it, in whole hours, within the day.

    `idle` are the theatres that have no row.
    """

    day: int
    rows: tuple[Row, ...]
    first: int
    last: int
    idle: tuple[Idle, ...] = ()


class Waiting(NamedTuple):
    """A case in the tray; `before` is where the reference has it."""

    case: Case
    title: str
    minutes: int
    before: Placement | None = None
    breaches: tuple[Judged, ...] = ()

    @property
    def sign(self) -> Sign:
        """The gravest sign."""
        return worst(self.breaches)


@dataclass(frozen=True, slots=True, kw_only=True)
class TheatreBoard:
    """All days with a session, and the tray in order of due date.

    `lost` are placements that name a case, session or surgeon that is not there any more.
    """

    days: tuple[Day, ...] = ()
    tray: tuple[Waiting, ...] = ()
    tones: tuple[str, ...] = ()
    lost: tuple[Placement, ...] = ()

    def weeks(self, monday: Mapping[int, int]) -> Mapping[int, tuple[Day, ...]]:
        """Give the days by the Monday of their week."""
        found: dict[int, list[Day]] = defaultdict(list)
        for day in self.days:
            found[monday[day.day]].append(day)
        return {key: tuple(days) for key, days in found.items()}


REACH: Final = 3
"""Days after which a case of a day, started by 48:00, is over."""


def theatre_board(outcome: Outcome, days: Iterable[int] | None = None) -> TheatreBoard:
    """Lay out the placements of an outcome; what moved against its reference is marked.

    `days`: only these, for who looks at a few; the tray is always whole.
    """
    maker = _Maker(outcome)
    wanted = maker.days() if days is None else sorted(days)
    tray = sorted(outcome.theatre.waiting(), key=_due)
    return TheatreBoard(
        days=tuple(filter(None, map(maker.day, wanted))),
        tray=tuple(maker.waiting(case) for case in tray),
        tones=tuple(specialty.id for specialty in outcome.problem.specialties),
        lost=tuple(p for p in outcome.plan.placements if maker.lost(p)),
    )


def theatre_days(outcome: Outcome) -> tuple[int, ...]:
    """Give the days that have anything on the board, cheaply."""
    return tuple(_Maker(outcome).days())


def open_on(session: Session, day: int) -> tuple[int, int] | None:
    """Give from when until when a session is open on a day, by the clock on the wall as it is told."""
    midnight = (day - session.day) * MINUTES_A_DAY
    start, end = max(0, session.start - midnight), min(MINUTES_A_DAY, session.end - midnight)
    return (start, end) if start < end else None


def _due(case: Case) -> tuple[bool, int, str]:
    return case.due is None, case.due or 0, case.id


_CARDS: Final[WeakKeyDictionary[Facts, dict[CaseId, Waiting]]] = WeakKeyDictionary()
"""The cards of the tray as they are without a plan, beside the facts that they are made from."""


class _Maker:
    """What all days of a board need."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.view, self.facts = outcome.theatre, outcome.theatre.facts
        self.horizon = outcome.problem.horizon
        self.cards = _CARDS.setdefault(self.facts, {})
        self.before: Mapping[str, Placement] | None = None
        if outcome.reference is not None:
            self.before = {each.case: each for each in outcome.reference.plan.placements}

    @cached_property
    def marks(self) -> Mapping[str, tuple[Judged, ...]]:
        """The marked breaches by subject; none while the plan is being audited."""
        return {} if self.outcome.waits else by_subject(self.outcome.judgement, "theatre")

    def days(self) -> Sequence[int]:
        """Give the days with a session, and those that one of the day before runs into."""
        found = {day for day, there in self.facts.sessions_on.items() if self.rooms(there)}
        found |= {d for s in self.facts.problem.sessions for d in self.reached(s)}
        return sorted(found)

    def rooms(self, sessions: Iterable[Session]) -> bool:
        """Tell whether a session is in a theatre that there is."""
        return any(session.theatre in self.facts.theatres for session in sessions)

    def reached(self, session: Session) -> range:
        """Give the days after its own that a session, or a case of it, goes on into."""
        if session.theatre not in self.facts.theatres:
            return range(0)
        latest = self.facts.clock(session.day, self.view.latest(session))
        return range(session.day + 1, session.day - -latest // MINUTES_A_DAY)

    def lost(self, placement: Placement) -> bool:
        """Tell whether a placement names something that is not there any more."""
        found = self.view.where(placement.case)
        return found is None or found.session.theatre not in self.facts.theatres

    def day(self, day: int) -> Day | None:
        """Lay out a day: the theatres that have something on it; None where there is nothing."""
        over = self.over(day)
        rows = tuple(
            Row(theatre, tuple(map(self.band, sessions)), tuple(over.get(theatre.id, ())))
            for theatre in self.facts.problem.theatres
            if (sessions := self.facts.sessions_in.get((theatre.id, day), ())) or theatre.id in over
        )
        return Day(day, rows, *_hours(rows), self.idle(day, rows)) if rows else None

    def idle(self, day: int, rows: Iterable[Row]) -> tuple[Idle, ...]:
        """Give the theatres that have nothing on a day, with what the reference has there."""
        used = {row.theatre.id for row in rows}
        reference = self.outcome.reference
        before = {} if reference is None else reference.theatre.facts.sessions_in
        return tuple(
            Idle(theatre, tuple(s for s in before.get((theatre.id, day), ()) if not s.closed))
            for theatre in self.facts.problem.theatres
            if theatre.id not in used
        )

    def over(self, day: int) -> Mapping[str, Sequence[Over]]:
        """Give what goes on from the days before, by theatre."""
        found: dict[str, list[Over]] = defaultdict(list)
        for before in range(day - REACH, day):
            for session in self.facts.sessions_on.get(before, ()):
                if day in self.reached(session):
                    band = self.band(session)
                    pieces = tuple(self.pieces(band.session, band.bars, day))
                    open_ = self.open(session, day)
                    if pieces or open_:
                        found[session.theatre].append(Over(band, pieces, open_))
        return found

    def open(self, session: Session, day: int) -> int:
        """Give until when a session of a day before is open on a day."""
        hours = open_on(session, day)
        return 0 if hours is None else hours[1]

    def pieces(self, session: Session, bars: Iterable[Bar], day: int) -> Iterator[Piece]:
        """Give the parts of bars that lie on a day."""
        even = self.horizon.even(session.day)
        for bar in bars:
            if day == session.day and even and bar.end <= MINUTES_A_DAY:
                yield Piece(bar, bar.start, bar.end, bar.end - bar.start)
                continue
            for here, start, end, minutes in self.horizon.pieces(session.day, bar.start, bar.end):
                if here == day:
                    yield Piece(bar, start, end, minutes)

    def band(self, session: Session) -> Band:
        """Lay out a session."""
        placed = self.view.inside(session)
        bars = tuple(self.bars(session, placed))
        turnovers = tuple(
            (bar.start - each.turnover, bar.start)
            for each, bar in zip(placed[1:], bars[1:], strict=True)
            if each.turnover
        )
        breaches = self.marks.get(session.id, ())
        pieces = tuple(self.pieces(session, bars, session.day))
        outlook = self.outcome.outlook
        expected, outdated = outlook.of(session), outlook.outdated(session)
        minutes, late = self.facts.length(session), self.late(session, placed)
        return Band(session, bars, turnovers, breaches, pieces, expected, outdated, minutes, late)

    def late(self, session: Session, placed: Sequence[Placed]) -> int:
        """Give the minutes from the end of a session to that of its last case."""
        ends = (begin + each.minutes for each, begin in in_line(self.facts, session, placed))
        return max(ends, default=0) - self.facts.closes(session)

    def bars(self, session: Session, placed: Sequence[Placed]) -> Iterable[Bar]:
        """Give the bars of a session; cases without a start stand in line from its start."""
        for each, begin in in_line(self.facts, session, placed):
            start = self.facts.clock(session.day, begin) if each.start is None else each.start
            yield Bar(
                each.case,
                self.title(each.case),
                each.surgeon,
                start,
                start + each.minutes,
                each.start is not None,
                self.moved(each),
                self.marks.get(each.case.id, ()),
            )

    def title(self, case: Case) -> str:
        """Give the name of what is done, else its code."""
        procedure = self.facts.procedures.get(case.procedure)
        return case.procedure if procedure is None else procedure.name or procedure.id

    def moved(self, placed: Placed) -> bool:
        """Tell whether the reference has a case elsewhere."""
        if self.before is None:
            return False
        before = self.before.get(placed.case.id)
        return before is None or before[1:] != (placed.session.id, placed.surgeon, placed.start)

    def waiting(self, case: Case) -> Waiting:
        """Give a case of the tray; what does not depend on plans is worked out once."""
        card = self.cards.get(case.id)
        if card is None:
            minutes = self.facts.minutes(case, None)
            card = self.cards[case.id] = Waiting(case, self.title(case), minutes)
        before = None if self.before is None else self.before.get(case.id)
        breaches = self.marks.get(case.id, ())
        if before is None and not breaches:
            return card
        return card._replace(before=before, breaches=breaches)


def _hours(rows: Iterable[Row]) -> tuple[int, int]:
    times: list[int] = []
    for row in rows:
        for band in row.bands:
            times += (band.session.start, min(band.session.end, MINUTES_A_DAY))
            times += (time for piece in band.pieces for time in (piece.start, piece.end))
        for over in row.over:
            times += (0, over.end)
    return whole_hours(times)


def whole_hours(times: Sequence[int]) -> tuple[int, int]:
    """Give the whole hours of a day that hold some minutes of it, one hour at least."""
    first = min(min(times), MINUTES_A_DAY - 60)
    return first // 60 * 60, -(-max(times) // 60) * 60
