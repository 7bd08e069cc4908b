"""Rows of the roster board, each made when it is asked for; what an edit left alone is kept.

A board of four hundred people shows thirty: laying out the others would cost each key stroke more than
the key stroke itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from planner.boards.marks import by_subject
from planner.boards.roster_burdens import Burdens
from planner.boards.roster_parts import (
    LEFT,
    SHORT_RUN,
    Cell,
    Cover,
    CoverRow,
    Fixed,
    Row,
    Run,
    Wish,
)
from planner.kpis.contract import Outcome
from planner.live import difference
from planner.people import Request, StaffId, StaffMember
from planner.plan import Duty
from planner.rostering import CoverRequirement, ShiftType
from planner.score import Judged
from planner.study import Pin


class RosterRows:
    """The rows of an outcome by person and the cover by post, kept from `like` where nothing differs.

    `fresh` are the people whose rows may differ from those of `like`, `days` those with other cover;
    None: all of them.
    """

    def __init__(
        self, outcome: Outcome, pins: Iterable[Pin] = (), like: "RosterRows | None" = None
    ) -> None:
        self.outcome, self.view, self.facts = outcome, outcome.roster, outcome.roster.facts
        self.days = range(outcome.problem.horizon.days)
        self.fixed = Fixed(pins)
        self.marks = {} if outcome.waits else by_subject(outcome.judgement, "roster")
        self.fresh: frozenset[str] | None = None
        self.other_days: frozenset[int] | None = None
        self.made: dict[str, Row] = {}
        self.posts: tuple[CoverRow, ...] | None = None
        self.borne: Burdens | None = None
        self._borne_before = None if like is None else like.borne
        near = like is not None and like.outcome.problem is outcome.problem
        self.wishes: Mapping[tuple[str, int], tuple[Request, ...]] = (
            like.wishes if near and like is not None else _wishes(outcome)
        )
        if near and like is not None:
            self._keep(like)

    def row(self, person: StaffMember) -> Row:
        """Give a person's row."""
        found = self.made.get(person.id)
        if found is None:
            found = self.made[person.id] = self._row(person)
        return found

    @property
    def cover(self) -> tuple[CoverRow, ...]:
        """The posts: requirements that ask for the same skill on the same shifts."""
        if self.posts is None:
            self.posts = tuple(_posts(self))
        return self.posts

    @property
    def burdens(self) -> Burdens:
        """The nights and weekends of everybody beside their fair shares."""
        if self.borne is None:
            self.borne = Burdens(self.view, self._borne_before, self.fresh)
            self._borne_before = None  # no chain of all boards that there were
        return self.borne

    # --- keeping ------------------------------------------------------------------------------

    def _keep(self, like: "RosterRows") -> None:
        """Take over what cannot differ."""
        same = _same_reference(self.outcome, like.outcome)
        apart = difference(like.outcome.plan, self.outcome.plan).duties
        remarked = self._remarked(like)
        self._recount(like, apart, remarked - self.facts.staff.keys())
        if not same or not self._same_pins(like):
            return
        touched = {duty.person for duty in apart} | remarked
        touched |= self._repinned(like)
        self.fresh = frozenset(touched & self.facts.staff.keys())
        self.made = {id: row for id, row in like.made.items() if id not in touched}

    def _remarked(self, like: "RosterRows") -> set[str]:
        old, new = like.marks, self.marks
        return {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}

    def _recount(self, like: "RosterRows", apart: Iterable[Duty], remarked: set[str]) -> None:
        """Count the posts again on whose shifts somebody came or went, or whose breaches differ."""
        shifts: dict[int, set[str]] = defaultdict(set)
        for duty in apart:
            shifts[duty.day].add(duty.shift)
        for id in remarked:
            for each in (*self.marks.get(id, ()), *like.marks.get(id, ())):
                shifts[each.breach.about.first] |= set()
        self.other_days = frozenset(shifts)
        if like.posts is not None:
            self.posts = tuple(_again(self, like.posts, shifts, remarked))

    def _same_pins(self, like: "RosterRows") -> bool:
        """Tell whether pins that hold a day of everybody are the same."""
        if self.fixed.pins == like.fixed.pins:
            return True
        return None not in (self.fixed.people(), like.fixed.people())

    def _repinned(self, like: "RosterRows") -> frozenset[str]:
        if self.fixed.pins == like.fixed.pins:
            return frozenset()
        return (self.fixed.people() or frozenset()) | (like.fixed.people() or frozenset())

    # --- laying out ---------------------------------------------------------------------------

    def _row(self, person: StaffMember) -> Row:
        duties = self.view.duties(person.id, 0, self.days.stop - 1)
        work = (d.end - d.start - d.shift.pause for d in duties if "work" in d.shift.tags)
        cells = tuple(self._cell(person.id, day) for day in self.days)
        there = sum(cell.away is None for cell in cells)
        contract = self.facts.contracts.get(person.contract)
        due = 0 if contract is None else (contract.week * person.share * there + 350) // 700
        judged = self.marks.get(person.id, ())
        short = [each for each in judged if _length(each) <= SHORT_RUN]
        long = tuple(each for each in judged if _length(each) > SHORT_RUN)
        return Row(person, sum(work), due, cells, tuple(_runs(short)), long)

    def _cell(self, person: str, day: int) -> Cell:
        shifts = self.view.shifts(person, day)
        away = self.away(person, day)
        wish = self._wish(person, day) if (person, day) in self.wishes else ""
        fixed = bool(self.fixed.pins) and self.fixed.holds(person, day)
        return Cell(day, shifts, away, wish, self._before(person, day, shifts), fixed)

    def _wish(self, person: str, day: int) -> Wish:
        there = [shift.id for shift in self.view.shifts(person, day)]
        met = (
            (bool(there) if wish.shift is None else wish.shift in there) == wish.wanted
            for wish in self.wishes[person, day]
        )
        return "granted" if all(met) else "refused"

    def away(self, person: str, day: int) -> str | None:
        """Give why a person is away all day, `LEFT` after her last one, None where she is there."""
        if self.facts.left(person, day):
            return LEFT
        absences = self.facts.absences.get(person, ())
        if not absences or not self.facts.off(person, day):
            return None
        return next(each.reason for each in absences if each.first <= day <= each.last)

    def _before(self, person: str, day: int, now: tuple[ShiftType, ...]) -> tuple[str, ...] | None:
        if self.outcome.reference is None:
            return None
        was = self.outcome.reference.roster.shifts(person, day)
        if was == now:  # mostly the very same
            return None
        ids = tuple(shift.id for shift in was)
        return None if ids == tuple(shift.id for shift in now) else ids

    def present(self, need: CoverRequirement, there: Mapping[str, set[str]]) -> Cover:
        """Count the people of a day (by shift) that a requirement means, each once."""
        people: set[str] = set()
        for shift in need.shifts:
            people |= there.get(shift, set())
        known = [self.facts.staff.get(StaffId(id)) for id in people]
        able = sum(
            person is not None and (need.skill is None or need.skill in person.abilities)
            for person in known
        )
        return Cover(need, able, self.marks.get(need.id, ()))


def _there(duties: tuple[Duty, ...]) -> Mapping[str, set[str]]:
    """Give the people of a day by shift."""
    found: dict[str, set[str]] = defaultdict(set)
    for duty in duties:
        found[duty.shift].add(duty.person)
    return found


def _same_reference(one: Outcome, other: Outcome) -> bool:
    if one.reference is None or other.reference is None:
        return one.reference is other.reference
    same_facts = one.reference.problem is other.reference.problem
    return same_facts and one.reference.plan is other.reference.plan


def _wishes(outcome: Outcome) -> Mapping[tuple[str, int], tuple[Request, ...]]:
    found: dict[tuple[str, int], list[Request]] = defaultdict(list)
    for wish in outcome.problem.requests:
        found[wish.person, wish.day].append(wish)
    return {key: tuple(wishes) for key, wishes in found.items()}


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


def _posts(rows: RosterRows) -> Iterable[CoverRow]:
    posts: dict[tuple[str, frozenset[str]], dict[int, Cover]] = defaultdict(dict)
    horizon = rows.outcome.problem.horizon
    by_day = {each[0].day: _there(each) for each in rows.outcome.plan.days}
    for need in rows.outcome.problem.cover:
        label = need.id.removesuffix(f"-{horizon.date(need.day).isoformat()}")
        name = label if label != need.id else need.skill or ""
        posts[name, need.shifts][need.day] = rows.present(need, by_day.get(need.day, {}))
    for (label, shifts), days in posts.items():
        yield CoverRow(label or "/".join(sorted(shifts)), days)


def _again(
    rows: RosterRows,
    cover: Iterable[CoverRow],
    shifts: Mapping[int, set[str]],
    remarked: set[str],
) -> Iterable[CoverRow]:
    """Count the requirements again that ask for these shifts of a day, or whose marks differ."""
    plan = rows.outcome.plan
    by_day = {each[0].day: _there(each) for each in plan.days if each[0].day in shifts}
    for row in cover:
        other = [
            day
            for day in shifts.keys() & row.days.keys()
            if not shifts[day].isdisjoint(row.days[day].need.shifts)
            or row.days[day].need.id in remarked
        ]
        if not other:
            yield row
            continue
        counted = dict(row.days)
        for day in other:
            counted[day] = rows.present(row.days[day].need, by_day.get(day, {}))
        yield CoverRow(row.label, counted)
