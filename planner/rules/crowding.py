"""Where more hold a thing than there are of it: rooms, surgeons, devices, recovery posts.

For the audit only: the engines are told by verbs and by sums of minutes, never by this sweep.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planner.clock import Horizon
from planner.view import Placed


class Held(NamedTuple):
    """A case that holds a thing from `first` to before `last`, in elapsed minutes, on a day."""

    first: int
    last: int
    case: str
    day: int


class Crowd(NamedTuple):
    """A case for which nothing was left: who held all of it, since when, for how many minutes."""

    late: Held
    holders: tuple[Held, ...]
    since: int
    minutes: int

    @property
    def cases(self) -> tuple[str, ...]:
        """The case and the holders, in the order in which they began."""
        return (*(held.case for held in self.holders), self.late.case)

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day of those concerned."""
        days = [self.late.day, *(held.day for held in self.holders)]
        return min(days), max(days)


def overlaps(all_held: Iterable[Held]) -> Iterator[Crowd]:
    """Find each pair that holds the same thing at the same time.

    What a pair says depends on nobody else, so that moving a third case leaves it as it is.

    >>> held = [Held(480, 570, "A", 0), Held(540, 600, "B", 0), Held(570, 630, "C", 0)]
    >>> [(pair.cases, pair.since, pair.minutes) for pair in overlaps(held)]
    [(('A', 'B'), 540, 30), (('B', 'C'), 570, 30)]
    """
    active: list[Held] = []
    for late in sorted(all_held):
        active = [held for held in active if held.last > late.first]
        for held in active:
            minutes = min(held.last, late.last) - late.first
            if minutes > 0:
                yield Crowd(late, (held,), late.first, minutes)
        active.append(late)


def crowded(all_held: Iterable[Held], capacity: int) -> Iterator[Crowd]:
    """Find who holds for some time what `capacity` or more earlier ones hold as well.

    The minutes of all crowds together are the integral of what is held above the capacity.

    >>> one, two = Held(480, 600, "A", 0), Held(570, 660, "B", 0)
    >>> [(crowd.cases, crowd.since, crowd.minutes) for crowd in crowded([one, two], 1)]
    [(('A', 'B'), 570, 30)]
    """
    active: list[Held] = []
    for late in sorted(all_held):
        active = [held for held in active if held.last > late.first]
        if len(active) >= capacity:
            crowd = _crowd(late, active, capacity)
            if crowd is not None:
                yield crowd
        active.append(late)


def _crowd(late: Held, active: list[Held], capacity: int) -> Crowd | None:
    """Measure the minutes of `late` on which at least `capacity` earlier ones hold as well."""
    ends = sorted({late.last, *(min(held.last, late.last) for held in active)})
    holders: dict[Held, None] = {}
    minutes, since, begin = 0, late.first, late.first  # earlier ones hold from here, and only end
    for end in ends:
        holding = [held for held in active if held.last > begin]
        if len(holding) < capacity:
            break
        minutes += end - begin
        holders.update(dict.fromkeys(holding))
        begin = end
    return Crowd(late, tuple(sorted(holders)), since, minutes) if minutes > 0 else None


def held(horizon: Horizon, placed: Placed, before: int = 0, after: int = 0) -> Held:
    """Give the time that a placement with a start holds a thing, from before to after the case.

    Raises:
        ValueError: the placement has no start.
    """
    if placed.start is None:
        raise ValueError(placed.case.id)
    day = placed.session.day
    start = horizon.elapsed(day, placed.start)
    return Held(start - before, start + placed.minutes + after, placed.case.id, day)
