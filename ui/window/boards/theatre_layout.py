"""Where things stand on the theatre board: days side by side, theatres below one another, in pixels."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QRectF

from planner.clock import MINUTES_A_DAY
from planner.hospital import Theatre

Density: TypeAlias = Literal["compact", "normal", "roomy"]
HEIGHTS: Final[Mapping[str, int]] = {"compact": 44, "normal": 52, "roomy": 72}
FIRST, LAST = 8 * 60, 18 * 60
"""Hours that a board shows at least."""
SNAP: Final = 5
LABEL: Final = 15
TOP: Final = 3
LANE: Final = 8
HIGHEST: Final = 1.8
"""Times its least height that a row may have."""
LOW: Final = 26
"""Height of a row that has nothing on it."""
_PAD: Final = 36
_WEEK_PAD: Final = 9
_COARSE_PAD: Final = 1
_NARROWEST, _COARSEST = 60.0, 26.0
"""Widths that a day has at least, with bars and without."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The measures of a board: everything is counted from its top left corner, unscrolled."""

    days: tuple[int, ...] = ()
    theatres: tuple[Theatre, ...] = ()
    first: int = FIRST
    last: int = LAST
    column: float = 600.0
    row: float = 52.0
    lanes: bool = False
    """Whether ghosts need a lane under the bars."""
    coarse: bool = False
    """Whether sessions alone are shown, four weeks of them."""
    low: frozenset[int] = frozenset()
    """Rows with nothing on them."""

    @cached_property
    def week(self) -> bool:
        """Whether several days stand side by side."""
        return len(self.days) > 1

    @cached_property
    def pad(self) -> float:
        """The room before the first and after the last hour of a day."""
        return _COARSE_PAD if self.coarse else _WEEK_PAD if self.week else _PAD

    @cached_property
    def scale(self) -> float:
        """Pixels a minute."""
        return (self.column - 2 * self.pad) / max(1, self.last - self.first)

    @property
    def width(self) -> float:
        """The width of all days."""
        return self.column * len(self.days)

    @property
    def height(self) -> float:
        """The height of all rows."""
        return self.tops[-1]

    @cached_property
    def tops(self) -> tuple[float, ...]:
        """Where each row begins, and where the last one ends."""
        highs = (self.high(row) for row in range(len(self.theatres)))
        return tuple(accumulate(highs, initial=0.0))

    def high(self, row: int) -> float:
        """Give the height of a row."""
        return min(LOW, self.row) if row in self.low else self.row

    def rows(self, top: float, bottom: float) -> range:
        """Give the rows that meet a stretch from top to bottom."""
        first, last = bisect_right(self.tops, top) - 1, bisect_right(self.tops, bottom)
        return range(max(0, first), min(len(self.theatres), last))

    def x(self, place: int, minute: float) -> float:
        """Give where a minute of the day at a place stands."""
        return place * self.column + self.pad + (minute - self.first) * self.scale

    def hours(self, apart: float) -> range:
        """Give full hours of a day that stand at least some pixels apart."""
        steps = (60, 120, 180, 240, 360)
        step = next((s for s in steps if s * self.scale >= apart), 720)
        return range(-(-self.first // step) * step, self.last + 1, step)

    def day_at(self, x: float) -> int:
        """Give the place of the day at a position."""
        return min(max(0, int(x // self.column)), max(0, len(self.days) - 1))

    def minute_at(self, x: float) -> float:
        """Give the minute of its day at a position, within the day."""
        minute = (x - self.day_at(x) * self.column - self.pad) / self.scale + self.first
        return min(max(0.0, minute), float(MINUTES_A_DAY))

    def row_at(self, y: float) -> int:
        """Give the row at a position; -1 where there is none."""
        row = bisect_right(self.tops, y) - 1
        return row if row < len(self.theatres) else -1

    def snapped(self, x: float) -> int:
        """Give the minute of the day at a position, on the grid of starts."""
        return round(self.minute_at(x) / SNAP) * SNAP

    def rect(self, place: int, row: int, start: float, end: float) -> QRectF:
        """Give the frame of a session: label and bars."""
        left, right = self.x(place, start), self.x(place, end)
        high = self.high(row) - 2 * TOP
        return QRectF(left, self.tops[row] + TOP, max(1.0, right - left), high)

    def block(self, place: int, row: int, start: float, end: float) -> QRectF:
        """Give the frame of a bar, under the label of its session."""
        whole = self.rect(place, row, start, end)
        whole.setTop(whole.top() + LABEL)
        if self.lanes:
            whole.setBottom(whole.bottom() - LANE)
        return whole

    def lane(self, place: int, row: int, start: float, end: float) -> QRectF:
        """Give the frame of a ghost whose place is taken."""
        whole = self.rect(place, row, start, end)
        whole.setTop(whole.bottom() - LANE + 2)
        whole.setBottom(whole.bottom() + 1)
        return whole


def layout(
    days: Sequence[int],
    theatres: Sequence[Theatre],
    hours: tuple[int, int],
    room: tuple[int, int],
    *,
    zoom: float = 1.0,
    density: Density = "normal",
    taller: float = 1.0,
    lanes: bool = False,
    low: frozenset[int] = frozenset(),
    coarse: bool = False,
    most: float = HIGHEST,
) -> Layout:
    """Lay a board out in a room of some pixels; zoomed, it is wider than the room.

    In normal density rows share the height that low ones leave, with a least one, and `most` times it.
    """
    least, full = HEIGHTS[density], len(theatres) - len(low)
    share = (room[1] - LOW * len(low)) / full if full and density == "normal" else 0
    row = max(least, min(share, most * least)) * taller
    return Layout(
        days=tuple(days),
        theatres=tuple(theatres),
        first=hours[0] if coarse else min(FIRST, hours[0]),
        last=min(MINUTES_A_DAY, hours[1] if coarse else max(LAST, hours[1])),
        column=max(_COARSEST if coarse else _NARROWEST, room[0] * zoom / max(1, len(days))),
        row=max(30.0, row),
        lanes=lanes,
        low=low,
        coarse=coarse,
    )
