"""The theatre board: theatres × time, sessions as bands, cases as bars, and the waiting tray.

Times are minutes after midnight of the board's day. Tones are ids of specialties.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planner.boards.marks import Sign, by_subject, worst
from planner.cases import Case
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


class Band(NamedTuple):
    """A session with its bars; `turnovers` are (start, end) between them, `late` minutes too long."""

    session: Session
    bars: tuple[Bar, ...]
    turnovers: tuple[tuple[int, int], ...]
    breaches: tuple[Judged, ...] = ()

    @property
    def tone(self) -> str:
        """The specialty of the first owner, "" for a session open to all."""
        return min(self.session.owners, default="")

    @property
    def fill(self) -> int:
        """Per cent of the session that cases and turnovers take."""
        used = sum(bar.end - bar.start for bar in self.bars)
        used += sum(end - start for start, end in self.turnovers)
        return round(100 * used / max(1, self.session.minutes))

    @property
    def late(self) -> int:
        """Minutes from the end of the session to the end of its last bar."""
        return max((bar.end for bar in self.bars), default=0) - self.session.end

    @property
    def sign(self) -> Sign:
        """The gravest sign of what is about the session itself."""
        return worst(self.breaches)


class Row(NamedTuple):
    """A theatre on a day."""

    theatre: Theatre
    bands: tuple[Band, ...]


class Day(NamedTuple):
    """A day with sessions; `first` and `last` bound everything on it, in whole hours."""

    day: int
    rows: tuple[Row, ...]
    first: int
    last: int


class Waiting(NamedTuple):
    """A case in the tray; `before` is where the reference has it."""

    case: Case
    title: str
    minutes: int
    before: Placement | None = None


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


def theatre_board(outcome: Outcome) -> TheatreBoard:
    """Lay out the placements of an outcome; what moved against its reference is marked."""
    maker = _Maker(outcome)
    days = tuple(filter(None, map(maker.day, sorted(outcome.theatre.facts.sessions_on))))
    shown = {bar.case.id for day in days for row in day.rows for b in row.bands for bar in b.bars}
    tray = sorted(outcome.theatre.waiting(), key=_due)
    return TheatreBoard(
        days=days,
        tray=tuple(maker.waiting(case) for case in tray),
        tones=tuple(specialty.id for specialty in outcome.problem.specialties),
        lost=tuple(p for p in outcome.plan.placements if p.case not in shown),
    )


def _due(case: Case) -> tuple[bool, int, str]:
    return case.due is None, case.due or 0, case.id


class _Maker:
    """What all days of a board need."""

    def __init__(self, outcome: Outcome) -> None:
        self.view, self.facts = outcome.theatre, outcome.theatre.facts
        self.marks = by_subject(outcome.judgement, "theatre")
        self.before: Mapping[str, Placement] | None = None
        if outcome.reference is not None:
            self.before = {each.case: each for each in outcome.reference.plan.placements}

    def day(self, day: int) -> Day | None:
        """Lay out a day: the theatres that have a session on it; None where no theatre is known."""
        rows = tuple(
            Row(theatre, tuple(self.band(s) for s in sessions))
            for theatre in self.facts.problem.theatres
            if (sessions := self.facts.sessions_in.get((theatre.id, day)))
        )
        return Day(day, rows, *_hours(row.bands for row in rows)) if rows else None

    def band(self, session: Session) -> Band:
        """Lay out a session."""
        placed = self.view.inside(session)
        bars = tuple(self.bars(session, placed))
        turnovers = tuple(
            (bar.start - each.turnover, bar.start)
            for each, bar in zip(placed[1:], bars[1:], strict=True)
            if each.turnover
        )
        return Band(session, bars, turnovers, self.marks.get(session.id, ()))

    def bars(self, session: Session, placed: Sequence[Placed]) -> Iterable[Bar]:
        """Give the bars of a session; cases without a start stand in line from its start."""
        clock = session.start
        for each in placed:
            start = clock if each.start is None else each.start
            clock = start + each.minutes
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
            clock += each.turnover

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
        """Give a case of the tray."""
        before = None if self.before is None else self.before.get(case.id)
        return Waiting(case, self.title(case), self.facts.minutes(case, None), before)


def _hours(all_bands: Iterable[Sequence[Band]]) -> tuple[int, int]:
    times = [
        time
        for bands in all_bands
        for band in bands
        for time in (
            band.session.start,
            band.session.end,
            *(bar.start for bar in band.bars),
            *(bar.end for bar in band.bars),
        )
    ]
    return min(times) // 60 * 60, -(-max(times) // 60) * 60
