"""The grid of owners as a board: theatres and weeks × weekdays, each half-day before and after."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from planner.clock import WEEK
from planner.hospital import SpecialtyId, TheatreId
from planner.master.words import Comparison


class GridCell(NamedTuple):
    """A template in the grid: its hours, and who owns it before and after; "" where it is closed."""

    template: str
    start: int
    end: int
    before: str
    after: str
    free: bool

    @property
    def changed(self) -> bool:
        """Whether it gets another owner."""
        return self.before != self.after


class GridRow(NamedTuple):
    """A theatre in a week of the cycle (1 is the first); `days` from Monday on, each in order of hours."""

    theatre: TheatreId
    week: int
    days: tuple[tuple[GridCell, ...], ...]


def grid_board(compared: Comparison) -> tuple[GridRow, ...]:
    """Give the rows of a grid, theatre by theatre; days that no theatre has stand at the end only."""
    grid = compared.grid
    found: dict[tuple[TheatreId, int], list[GridCell]] = defaultdict(list)
    for slot in grid.slots:
        template = slot.template
        before = ", ".join(sorted(template.owners)) if not template.closed else ""
        owner: SpecialtyId | None = compared.owners.get(template.id)
        after = before if owner is None else str(owner)
        for day in slot.days:
            found[template.theatre, day].append(
                GridCell(
                    template.id, template.start, template.end, before, after, owner is not None
                )
            )
    length = 1 + max((day % WEEK for _, day in found), default=4)
    return tuple(
        GridRow(theatre, week + 1, days)
        for theatre in (each.id for each in grid.problem.theatres)
        for week in range(grid.weeks)
        if any(days := tuple(_days(found, theatre, week, max(length, 5))))
    )


def _days(
    found: dict[tuple[TheatreId, int], list[GridCell]], theatre: TheatreId, week: int, length: int
) -> Iterator[tuple[GridCell, ...]]:
    for day in range(length):
        cells = found.get((theatre, WEEK * week + day), [])
        yield tuple(sorted(cells, key=lambda cell: (cell.start, cell.template)))
