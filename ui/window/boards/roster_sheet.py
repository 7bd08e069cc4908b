"""What a roster board shows: which people, which posts, in which order, made from lazily laid-out rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from planner.boards.marks import Sign
from planner.boards.roster import CoverRow, RosterRows, Row, off_days, outlines, published_days
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


class Mark(NamedTuple):
    """Something small to be painted over a cell: `wish`, `changed` or `fixed` on a column."""

    column: int
    what: str


class Face(NamedTuple):
    """What is painted of a row: (column, key of a tile) by column, small marks, outlines, its sign."""

    row: Row
    tiles: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    outlines: tuple[tuple[int, int, Sign], ...]
    sign: Sign


class Sheet:
    """The people of a group in the order of the problem, and the posts that they can take."""

    def __init__(
        self, rows: RosterRows, group: Group = EVERYBODY, published: Plan | None = None
    ) -> None:
        self.rows, self.group = rows, group
        problem = rows.outcome.problem
        self.problem = problem
        self.people = tuple(person for person in problem.staff if group.holds(person))
        self.days = range(problem.horizon.days)
        self.off = off_days(problem)
        self.published = published_days(rows.outcome.plan, published)
        self.stale: frozenset[str] = frozenset()
        """Who has other facts than when the plan was made."""
        self._faces: dict[str, Face] = {}

    @cached_property
    def place(self) -> dict[str, int]:
        """The row of each person that is shown."""
        return {person.id: place for place, person in enumerate(self.people)}

    @cached_property
    def breaks(self) -> frozenset[int]:
        """The rows with which another role or team begins."""
        sides = [(person.role, person.team) for person in self.people]
        return frozenset(row for row in range(1, len(sides)) if sides[row] != sides[row - 1])

    @cached_property
    def posts(self) -> tuple[CoverRow, ...]:
        """The posts that somebody shown can take, those short on some day first."""
        skills = {skill for person in self.people for skill in person.skills}
        found = [post for post in self.rows.cover if _meant(post, skills)]
        return tuple(sorted(found, key=lambda post: not _short(post)))

    def row(self, number: int) -> Row:
        """Give a row by its place."""
        return self.rows.row(self.people[number])

    def face(self, number: int) -> Face:
        """Give what is to be painted of a row; kept as long as the row is the same."""
        row = self.row(number)
        known = self._faces.get(row.person.id)
        if known is None or known.row is not row:
            runs = tuple((run.first, run.last, run.sign) for run in outlines(row.runs) if run.sign)
            known = Face(row, tuple(_tiles(row)), tuple(_marks(row)), runs, row.sign)
            self._faces[row.person.id] = known
        return known

    def after(self, rows: RosterRows, published: Plan | None) -> "Sheet | None":
        """Give the same sheet with other rows; None where it is not about the same people and posts."""
        if rows.outcome.problem is not self.problem:
            return None
        made = Sheet(rows, self.group, published)
        made.people, made._faces = self.people, self._faces
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
