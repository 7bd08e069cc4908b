"""The roster board: people × days, with absences, wishes, hours, and cover rows.

Tones are those of the shifts: morning, day, evening, night, call.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from planner.boards.marks import Sign, by_subject, worst
from planner.clock import MINUTES_A_DAY, SATURDAY
from planner.kpis.contract import Outcome
from planner.people import StaffMember
from planner.rostering import CoverRequirement, ShiftType
from planner.score import Judged

Tone: TypeAlias = Literal["morning", "day", "evening", "night", "call"]
Wish: TypeAlias = Literal["", "granted", "refused"]
SHORT_RUN = 8
"""Days up to which a breach is shown around its days; a longer one stands at the person's name."""


class Cell(NamedTuple):
    """A person on a day: her shifts, or why she is away; `before` are the reference's shifts.

    `before` is None where it has the same ones, or where there is no reference.
    """

    day: int
    shifts: tuple[ShiftType, ...] = ()
    away: str | None = None
    wish: Wish = ""
    before: tuple[str, ...] | None = None

    @property
    def tone(self) -> Tone:
        """The tone of the first shift."""
        return tone(self.shifts[0]) if self.shifts else "day"


class Run(NamedTuple):
    """Days in a row that a breach is about."""

    first: int
    last: int
    breaches: tuple[Judged, ...]

    @property
    def sign(self) -> Sign:
        """The gravest sign."""
        return worst(self.breaches)


class Row(NamedTuple):
    """A person: planned minutes, what the contract asks, cells day by day, marked runs.

    `breaches` are those that are about more than a few days.
    """

    person: StaffMember
    minutes: int
    due: int
    cells: tuple[Cell, ...]
    runs: tuple[Run, ...] = ()
    breaches: tuple[Judged, ...] = ()

    @property
    def sign(self) -> Sign:
        """The gravest sign of what is about the whole row."""
        return worst(self.breaches)


class Cover(NamedTuple):
    """The people on a requirement of a day."""

    need: CoverRequirement
    there: int


class CoverRow(NamedTuple):
    """A post: its requirements by day."""

    label: str
    days: Mapping[int, Cover]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterBoard:
    """Everybody in the order of the problem; `off` are weekends and public holidays."""

    rows: tuple[Row, ...] = ()
    cover: tuple[CoverRow, ...] = ()
    days: range = range(0)
    off: frozenset[int] = frozenset()
    shifts: tuple[ShiftType, ...] = ()


def tone(shift: ShiftType) -> Tone:
    """Give the tone of a shift by its tags."""
    if "night" in shift.tags:
        return "night"
    if "call" in shift.tags:
        return "call"
    if "late" in shift.tags:
        return "evening"
    return "morning" if "early" in shift.tags else "day"


def roster_board(outcome: Outcome) -> RosterBoard:
    """Lay out the duties of an outcome; what changed against its reference is marked."""
    problem, horizon = outcome.problem, outcome.problem.horizon
    days = range(horizon.days)
    off = {day for day in days if horizon.weekday(day) >= SATURDAY}
    off |= {holiday.day for holiday in problem.holidays if holiday.day in days}
    used = {duty.shift for duty in outcome.plan.duties}
    maker = _Maker(outcome)
    return RosterBoard(
        rows=tuple(maker.row(person) for person in problem.staff),
        cover=tuple(_cover(outcome)),
        days=days,
        off=frozenset(off),
        shifts=tuple(shift for shift in problem.shifts if shift.id in used),
    )


class _Maker:
    """What all rows of a board need."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.view, self.facts = outcome, outcome.roster, outcome.roster.facts
        self.days = range(outcome.problem.horizon.days)
        self.marks = by_subject(outcome.judgement, "roster")
        self.wishes: dict[tuple[str, int], list[bool]] = defaultdict(list)
        for wish in outcome.problem.requests:
            there = [shift.id for shift in self.view.shifts(wish.person, wish.day)]
            met = (bool(there) if wish.shift is None else wish.shift in there) == wish.wanted
            self.wishes[wish.person, wish.day].append(met)

    def row(self, person: StaffMember) -> Row:
        """Lay out a person."""
        duties = self.view.duties(person.id, 0, self.days.stop - 1)
        work = (d.end - d.start - d.shift.pause for d in duties if "work" in d.shift.tags)
        cells = tuple(self.cell(person.id, day) for day in self.days)
        there = sum(cell.away is None for cell in cells)
        contract = self.facts.contracts.get(person.contract)
        due = 0 if contract is None else (contract.week * person.share * there + 350) // 700
        judged = self.marks.get(person.id, ())
        short = [each for each in judged if _length(each) <= SHORT_RUN]
        long = tuple(each for each in judged if _length(each) > SHORT_RUN)
        return Row(person, sum(work), due, cells, tuple(_runs(short)), long)

    def cell(self, person: str, day: int) -> Cell:
        """Lay out a person's day."""
        shifts = self.view.shifts(person, day)
        met = self.wishes.get((person, day))
        wish: Wish = "" if met is None else "granted" if all(met) else "refused"
        return Cell(day, shifts, self.away(person, day), wish, self.before(person, day))

    def away(self, person: str, day: int) -> str | None:
        """Give why a person is away all day, None where she is not."""
        if (0, MINUTES_A_DAY) not in self.facts.away(person, day):
            return None
        absences = self.facts.absences[person]
        return next(each.reason for each in absences if each.first <= day <= each.last)

    def before(self, person: str, day: int) -> tuple[str, ...] | None:
        """Give the reference's shifts of a day, None where they are the same."""
        if self.outcome.reference is None:
            return None
        was = self.outcome.reference.roster.shifts(person, day)
        ids = tuple(shift.id for shift in was)
        return None if ids == tuple(s.id for s in self.view.shifts(person, day)) else ids


def _length(judged: Judged) -> int:
    return judged.breach.about.last - judged.breach.about.first + 1


def _runs(judged: Iterable[Judged]) -> Iterable[Run]:
    """Join breaches about the same days."""
    found: dict[tuple[int, int], list[Judged]] = defaultdict(list)
    for each in judged:
        about = each.breach.about
        found[max(about.first, 0), about.last].append(each)
    for (first, last), together in sorted(found.items()):
        if first <= last:
            yield Run(first, last, tuple(together))


def _cover(outcome: Outcome) -> Iterable[CoverRow]:
    """Give the posts: requirements that ask for the same skill on the same shifts."""
    posts: dict[tuple[str, frozenset[str]], dict[int, Cover]] = defaultdict(dict)
    staff = outcome.roster.facts.staff
    for need in outcome.problem.cover:
        there: set[str] = set()
        for shift in need.shifts:
            there |= outcome.roster.at_work(need.day, shift)
        able = sum(
            need.skill is None or need.skill in staff[id].skills for id in staff.keys() & there
        )
        label = need.id.removesuffix(f"-{outcome.problem.horizon.date(need.day).isoformat()}")
        name = label if label != need.id else need.skill or ""
        posts[name, need.shifts][need.day] = Cover(need, able)
    for (label, shifts), days in posts.items():
        yield CoverRow(label or "/".join(sorted(shifts)), days)
