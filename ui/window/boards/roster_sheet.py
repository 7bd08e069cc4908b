"""What a roster board shows: which people, which posts, in which order, made from lazily laid-out rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from planner.boards.marks import Sign
from planner.boards.roster import CoverRow, RosterRows, Row, off_days, outlines
from planner.boards.roster_burdens import Share
from planner.boards.roster_published import Published, beside_published
from planner.people import StaffMember
from planner.plan import Plan
from planner.problem import Problem
from ui.window.boards.roster_tiles import key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Whom a board shows: everybody, a role, or a team."""

    role: str = ""
    team: str = ""

    def holds(self, person: StaffMember) -> bool:
        """Tell whether a person is shown."""
        return self.role in ("", person.role) and self.team in ("", person.team)


EVERYBODY = Group()


def groups(problem: Problem) -> tuple[Group, ...]:
    """Give the roles and the teams that can be asked for, where there are several."""
    roles = dict.fromkeys(person.role for person in problem.staff if person.role)
    teams = dict.fromkeys(person.team for person in problem.staff if person.team)
    found = [Group(role=role) for role in roles] if len(roles) > 1 else []
    found += [Group(team=team) for team in teams] if len(teams) > 1 else []
    return tuple(found)


class Order(NamedTuple):
    """In which order people stand: by a column, "" as in the facts; the most first, or the least."""

    by: str = ""
    most: bool = True

    def after(self, column: str) -> "Order":
        """Give the order once a title is pressed: the most first, the least first, as in the facts."""
        if column != self.by:
            return Order(column) if column else Order()
        return Order(column, most=False) if self.most else Order()


class Mark(NamedTuple):
    """Something small over a cell: `granted`, `refused`, `changed`, `fixed`, `unpublished` on a column."""

    column: int
    what: str


Told = tuple[tuple[int, tuple[str, ...]], ...]
"""Days on which other shifts were published, with those."""
NATURAL = Order()


class Face(NamedTuple):
    """What is painted of a row: (column, key of a tile) by column, small marks, outlines, its sign."""

    row: Row
    tiles: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    outlines: tuple[tuple[int, int, Sign], ...]
    sign: Sign
    told: Told = ()


class Sheet:
    """The people of a group in some order, and the posts that they can take.

    `burdens`: whether nights and weekends have their columns.
    """

    def __init__(
        self,
        rows: RosterRows,
        group: Group = EVERYBODY,
        published: Plan | None = None,
        *,
        order: Order = NATURAL,
        burdens: bool = False,
    ) -> None:
        self.rows, self.group, self.order = rows, group, order
        self.burdens = rows.burdens.known if burdens else ()
        problem = rows.outcome.problem
        self.problem = problem
        self.people = tuple(person for person in problem.staff if group.holds(person))
        if order.by:
            self.people = tuple(sorted(self.people, key=self._rank))
        self.days = range(problem.horizon.days)
        self.past = range(max(0, min(rows.facts.as_of, problem.horizon.days)))
        self.off = off_days(problem)
        self.published: Published = beside_published(rows.outcome.plan, published, self.days)
        self.stale: frozenset[str] = frozenset()
        """Who has other facts than when the plan was made."""
        self._faces: dict[str, Face] = {}

    @cached_property
    def place(self) -> dict[str, int]:
        """The row of each person that is shown."""
        return {person.id: place for place, person in enumerate(self.people)}

    @cached_property
    def breaks(self) -> frozenset[int]:
        """The rows with which another role or team begins, where they stand together."""
        if self.order.by:
            return frozenset()
        sides = [(person.role, person.team) for person in self.people]
        return frozenset(row for row in range(1, len(sides)) if sides[row] != sides[row - 1])

    @cached_property
    def posts(self) -> tuple[CoverRow, ...]:
        """The posts that somebody shown can take, those short on some day first."""
        skills = {skill for person in self.people for skill in person.skills}
        found = [post for post in self.rows.cover if _meant(post, skills)]
        return tuple(sorted(found, key=lambda post: not _short(post)))

    @cached_property
    def told(self) -> dict[str, Told]:
        """The days of each person on which other shifts were published, with those."""
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        for (person, day), shifts in sorted(self.published.shifts.items()):
            found[person].append((day, shifts))
        return {person: tuple(days) for person, days in found.items()}

    @property
    def over(self) -> str:
        """The message of days that are over: those of a published roster are kept when it is solved."""
        published = self.published.same or self.published.other
        return "roster.past.kept" if published else "roster.past"

    def state(self, day: int) -> str:
        """Tell whether a day stands as published, is another than published, or a draft."""
        if day in self.published.same:
            return "published"
        return "unpublished" if day in self.published.other else "draft"

    def shares(self, person: str) -> tuple[Share | None, ...]:
        """Give what a person bears of each burden that has a column."""
        return tuple(self.rows.burdens.of(burden).get(person) for burden in self.burdens)

    def _rank(self, person: StaffMember) -> tuple[bool, float, float]:
        """Give the place of a person in the order; who has no such figure comes last."""
        row, sign = self.rows.row(person), -1 if self.order.most else 1
        if self.order.by in ("hours", "balance"):
            figure = row.minutes - (row.due if self.order.by == "balance" else 0)
            return False, sign * figure, 0
        share = self.rows.burdens.of(self.order.by).get(person.id)
        if share is None:
            return True, 0, 0
        return False, sign * share.here, sign * (share.here + share.before - share.fair)

    def row(self, number: int) -> Row:
        """Give a row by its place."""
        return self.rows.row(self.people[number])

    def face(self, number: int) -> Face:
        """Give what is to be painted of a row; kept as long as the row is the same."""
        row = self.row(number)
        known, told = self._faces.get(row.person.id), self.told.get(row.person.id, ())
        if known is None or known.row is not row or known.told != told:
            runs = tuple((run.first, run.last, run.sign) for run in outlines(row.runs) if run.sign)
            marks = (*_marks(row), *(Mark(day, "unpublished") for day, _ in told))
            known = Face(row, tuple(_tiles(row)), marks, runs, row.sign, told)
            self._faces[row.person.id] = known
        return known

    def after(self, rows: RosterRows, published: Plan | None) -> "Sheet | None":
        """Give the same sheet with other rows; None where it is not about the same people and posts."""
        if rows.outcome.problem is not self.problem:
            return None
        made = Sheet(rows, self.group, published, burdens=bool(self.burdens))
        made.people, made._faces, made.order = self.people, self._faces, self.order
        counted = {(post.label, min(post.days, default=0)): post for post in rows.cover}
        if "posts" in self.__dict__:  # in the order that they had: nothing jumps under the hand
            made.__dict__["posts"] = tuple(
                counted[post.label, min(post.days, default=0)] for post in self.posts
            )
        return made


def _tiles(row: Row) -> Iterable[tuple[int, str]]:
    for column, cell in enumerate(row.cells):
        if cell.shifts or cell.away is not None:
            yield column, key_of(tuple(shift.id for shift in cell.shifts), cell.away)


def _marks(row: Row) -> Iterable[Mark]:
    for column, cell in enumerate(row.cells):
        if cell.before is not None:
            yield Mark(column, "changed")
        if cell.fixed:
            yield Mark(column, "fixed")
        if cell.wish:
            yield Mark(column, cell.wish)


def _meant(post: CoverRow, skills: set[str]) -> bool:
    return any(c.need.skill is None or c.need.skill in skills for c in post.days.values())


def _short(post: CoverRow) -> bool:
    return any(cover.state == "short" for cover in post.days.values())
