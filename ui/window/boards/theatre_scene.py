"""What the theatre board shows now: some days of a plan, with all that is to be marked on them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from planner.boards.codes import short_codes, tiny_codes
from planner.boards.compare import Ghost, ghosts, with_ghosts
from planner.boards.origins import Origin, origins
from planner.boards.theatre import Band, Bar, Day, Idle, Over, TheatreBoard, theatre_board
from planner.hospital import Session, Theatre, TheatreId
from planner.kpis.contract import Outcome
from ui.window.boards.theatre_layout import FIRST, LAST
from ui.window.document import Document

Kind: TypeAlias = Literal["session", "case", "ghost", "idle"]
LONGEST: Final = 14 * 60
"""Minutes of a session after which a board of four weeks is not made wider for it."""


class Item(NamedTuple):
    """Something on the board: kind and id, place of its day, row, and minutes of that day.

    What is idle is a theatre with no session on a day; its id is that of the theatre.
    `over` is true for what began the day before, and for a ghost whose place is taken; `band` is the
    session that a case lies in. A session that stands `alone` stands for its cases as well.
    """

    kind: Kind
    id: str
    place: int
    row: int
    start: int
    end: int
    band: Band | None = None
    bar: Bar | None = None
    ghost: Ghost | None = None
    over: bool = False
    minutes: int = 0
    idle: Idle | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Days, theatres and items of a board, and which cases and sessions carry which marks."""

    outcome: Outcome | None = None
    board: TheatreBoard = field(default_factory=TheatreBoard)
    days: tuple[int, ...] = ()
    theatres: tuple[Theatre, ...] = ()
    hours: tuple[int, int] = (480, 1080)
    items: tuple[Item, ...] = ()
    pinned: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    reference: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Short codes of procedures."""
    tiny: Mapping[str, str] = field(default_factory=dict)
    """Codes of two letters or a little more, for narrow bars."""
    least: Mapping[str, int] = field(default_factory=dict)
    """The minutes of the shortest bar of each procedure, where days or plans stand side by side."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Short codes of specialties."""
    only: frozenset[str] = frozenset()
    """Specialties to be seen, empty: all."""
    low: frozenset[int] = frozenset()
    """Rows with nothing on them."""
    colours: str = "specialty"
    """What colours mean: see `theatre_colours`."""
    coarse: bool = False
    """Whether sessions stand without their cases, four weeks of them."""

    def faint(self, item: Item) -> bool:
        """Tell whether an item is of a specialty that is filtered out."""
        if not self.only:
            return False
        if item.bar is not None:
            return item.bar.tone not in self.only
        if item.ghost is not None:
            return item.ghost.case.specialty not in self.only
        owners = item.band.session.owners if item.band is not None else frozenset()
        return bool(owners) and self.only.isdisjoint(owners)


def scene(
    document: Document,
    days: tuple[int, ...],
    *,
    differences: bool,
    only: frozenset[str],
    outdated: frozenset[str] = frozenset(),
    coarse: bool = False,
    colours: str = "specialty",
) -> Scene:
    """Make the scene of some days of the open scenario, or of the plan that is previewed.

    `outdated`: cases and sessions whose facts moved on since the plan was made. `coarse`: sessions
    alone, without their cases.
    """
    outcome = document.beside_parent()
    board = theatre_board(outcome, days)
    haunted = ghosts(outcome) if differences else _in_shut(board, outcome)
    theatres = _theatres(board, outcome, days, haunted, only)
    study, name = document.study, document.name
    pins = study.pins(name)
    first, last = _opening(board) if coarse else _hours(board, days, theatres, haunted)
    idle = tuple(_idle(board, days, theatres, (min(first, FIRST), max(last, LAST))))
    there = tuple(items(board, days, theatres, haunted))
    if coarse:
        idle = tuple(_within(each, first, last) for each in idle if each.idle and each.idle.lost)
        alone = (item for item in there if item.kind == "session" and not item.over)
        there = tuple(_within(item, first, last) for item in alone)
    procedures = [str(each.id) for each in document.problem.procedures]
    return Scene(
        outcome=outcome,
        board=board,
        days=days,
        theatres=theatres,
        hours=(first, last),
        items=(*idle, *there),
        low=frozenset(range(len(theatres))) - {item.row for item in there},
        pinned=frozenset(pin.id for pin in pins if pin.kind == "case"),
        shut=frozenset(pin.id for pin in pins if pin.kind == "session"),
        origins=origins(study, name),
        stale=outdated,
        reference=document.scenario.parent or "",
        codes=short_codes(procedures),
        tiny=tiny_codes(procedures),
        least=shortest(there) if len(days) > 1 else {},
        owners=short_codes(str(each.id) for each in document.problem.specialties),
        only=only,
        coarse=coarse,
        colours=colours,
    )


def shortest(there: Iterable[Item]) -> Mapping[str, int]:
    """Give the minutes of the shortest bar, or ghost in its place, of each procedure."""
    found: dict[str, int] = {}
    for item in there:
        block = item.bar or (None if item.over else item.ghost)
        if block is not None:
            procedure = str(block.case.procedure)
            minutes = item.end - item.start
            found[procedure] = min(minutes, found.get(procedure, minutes))
    return found


def _hours(
    board: TheatreBoard,
    days: tuple[int, ...],
    theatres: tuple[Theatre, ...],
    haunted: Mapping[tuple[int, str], tuple[Ghost, ...]],
) -> tuple[int, int]:
    """Give the hours that hold all that is on a board."""
    seen = {cell: found for cell, found in haunted.items() if cell[0] in days}
    whole = with_ghosts(board, theatres, seen).days
    first = min((day.first for day in whole), default=480)
    return first, max((day.last for day in whole), default=1080)


def _opening(board: TheatreBoard) -> tuple[int, int]:
    """Give the hours that hold the sessions, those aside that go on for most of a day."""
    bands = [band.session for day in board.days for row in day.rows for band in row.bands]
    usual = [session for session in bands if session.by_clock <= LONGEST] or bands
    first = min((session.start for session in usual), default=FIRST)
    return first, min(1440, max((session.end for session in usual), default=LAST))


def _within(item: Item, first: int, last: int) -> Item:
    """Cut an item to the hours of a day that are shown."""
    start = min(max(item.start, first), last - 60)
    return item._replace(start=start, end=max(start + 60, min(item.end, last)), alone=True)


_SHARED: Final = (
    "days", "theatres", "hours", "low", "pinned", "shut", "origins", "stale", "reference", "codes",
    "tiny", "least", "only", "coarse", "owners", "colours",
)  # fmt: skip
"""Fields of a scene on which every row depends."""


def changed_rows(before: Scene, after: Scene) -> frozenset[int] | None:
    """Give the rows that look different in another scene; None: all may."""
    if any(getattr(before, name) != getattr(after, name) for name in _SHARED):
        return None
    rows: list[dict[int, list[Item]]] = []
    for shown in (before, after):
        found: dict[int, list[Item]] = defaultdict(list)
        for item in shown.items:
            found[item.row].append(item)
        rows.append(found)
    was, now = rows
    return frozenset(row for row in was.keys() | now.keys() if was.get(row) != now.get(row))


def _in_shut(board: TheatreBoard, outcome: Outcome) -> Mapping[tuple[int, str], tuple[Ghost, ...]]:
    """Give the ghosts of cases that the reference has where nobody works here any more.

    A night that is closed leaves them after midnight too.
    """
    before = () if outcome.reference is None else outcome.reference.problem.sessions
    shut = {session.id for session in before if _shut(outcome, session)}
    if not shut:  # as nearly always: no case is looked at for it
        return {}
    open_: dict[tuple[int, str], list[tuple[int, int]]] = {
        (day.day, row.theatre.id): [
            *((b.session.start, b.session.end) for b in row.bands if not b.session.closed),
            *((0, over.end) for over in row.over if not over.band.session.closed),
        ]
        for day in board.days
        for row in day.rows
    }
    found: dict[tuple[int, str], tuple[Ghost, ...]] = {}
    for cell, there in ghosts(outcome).items():
        beside = open_.get(cell, ())
        kept = (g for g in there if not any(a < g.end and g.start < b for a, b in beside))
        found[cell] = tuple(ghost for ghost in kept if ghost.session.id in shut)
    return {cell: there for cell, there in found.items() if there}


def _shut(outcome: Outcome, before: Session) -> bool:
    """Tell whether a session of the reference is closed, gone, or elsewhere."""
    now = outcome.theatre.facts.sessions.get(before.id)
    if now is None or now.closed:
        return True
    return (now.theatre, now.day) != (before.theatre, before.day)


def _theatres(
    board: TheatreBoard,
    outcome: Outcome,
    days: tuple[int, ...],
    haunted: Mapping[tuple[int, str], tuple[Ghost, ...]],
    only: frozenset[str],
) -> tuple[Theatre, ...]:
    """Give all theatres, or those that have something of some specialties, in their order."""
    if not only:
        return outcome.problem.theatres
    used = {theatre for day, theatre in haunted if day in days}
    for day in board.days:
        for row in day.rows:
            tones = {bar.tone for band in row.bands for bar in band.bars}
            tones |= {owner for band in row.bands for owner in band.session.owners}
            if tones & only:
                used.add(row.theatre.id)
    return tuple(theatre for theatre in outcome.problem.theatres if theatre.id in used)


def _idle(
    board: TheatreBoard,
    days: tuple[int, ...],
    theatres: tuple[Theatre, ...],
    hours: tuple[int, int],
) -> Iterator[Item]:
    """Give the theatres that have nothing on a day: all day, or while they were open before."""
    rows = {theatre.id: number for number, theatre in enumerate(theatres)}
    for day in board.days:
        place = days.index(day.day)
        for each in day.idle:
            row = rows.get(each.theatre.id)
            if row is None:
                continue
            start = min((session.start for session in each.lost), default=hours[0])
            end = min(1440, max((session.end for session in each.lost), default=hours[1]))
            yield Item("idle", each.theatre.id, place, row, start, end, idle=each)


def items(
    board: TheatreBoard,
    days: tuple[int, ...],
    theatres: tuple[Theatre, ...],
    haunted: Mapping[tuple[int, str], tuple[Ghost, ...]],
) -> Iterator[Item]:
    """Give all items, sessions before what lies in them, day by day and row by row."""
    rows = {theatre.id: number for number, theatre in enumerate(theatres)}
    shown = {day.day: day for day in board.days}
    for place, day in enumerate(days):
        for each in shown[day].rows if day in shown else ():
            row = rows.get(each.theatre.id)
            if row is None:
                continue
            for over in each.over:
                yield from _over(over, place, row)
            for band in each.bands:
                yield from _band(band, place, row)
        yield from _ghosts(shown.get(day), day, place, rows, haunted)


def _band(band: Band, place: int, row: int) -> Iterator[Item]:
    session = band.session
    end = min(session.end, 1440)
    yield Item("session", session.id, place, row, session.start, end, band)
    for piece in band.pieces:
        bar = piece.bar
        yield Item("case", bar.case.id, place, row, piece.start, piece.end, band, bar,
                   minutes=piece.minutes)  # fmt: skip


def _over(over: Over, place: int, row: int) -> Iterator[Item]:
    if over.open:
        yield Item("session", over.band.session.id, place, row, 0, over.open, over.band, over=True)
    for piece in over.pieces:
        bar = piece.bar
        yield Item("case", bar.case.id, place, row, piece.start, piece.end, over.band, bar,
                   over=True, minutes=piece.minutes)  # fmt: skip


def _ghosts(
    day: Day | None,
    number: int,
    place: int,
    rows: Mapping[TheatreId, int],
    haunted: Mapping[tuple[int, str], tuple[Ghost, ...]],
) -> Iterator[Item]:
    taken = {
        row.theatre.id: [(p.start, p.end) for each in row.bands + row.over for p in each.pieces]
        for row in (() if day is None else day.rows)
    }
    for theatre, row in rows.items():
        for ghost in haunted.get((number, theatre), ()):
            start, end = ghost.start, ghost.end
            over = any(start < b and a < end for a, b in taken.get(theatre, ()))
            yield Item("ghost", ghost.case.id, place, row, start, end, ghost=ghost, over=over)
