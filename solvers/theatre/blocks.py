"""Which cases are freed together, and where they may go: what a sub-model decides on."""

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from solvers.rows.arrays import Bools, Short, Whole
from solvers.theatre.programme import Ground, Programme

LARGE: Final = 60
"""Cases of a day above which it is sequenced by specialty."""
_WAITING: Final = 15
_LITERALS: Final = 420
"""Open slots of a block; a larger one takes longer than it gives."""


class Block(NamedTuple):
    """Cells to free, the slots that they may take, and the days that they can be on."""

    cells: Short
    allowed: Bools
    days: frozenset[int]


class Places:
    """Days and specialties of cells and slots, by number."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        layout = ground.layout
        cases = ground.space.cases
        names = sorted({case.specialty for case in cases})
        number = {name: k for k, name in enumerate(names)}
        self.specialties = len(names)
        self.specialty: Short = np.array([number[case.specialty] for case in cases], np.int32)
        self.days: list[int] = sorted({session.day for session in ground.space.problem.sessions})
        self.slot_cell = layout.compiled.slot_cell
        open_ = (layout.day >= 0) & (ground.weights.closed == 0)
        self._by_day: Mapping[int, Short] = {
            day: np.flatnonzero(open_ & (layout.day == day)).astype(np.int32) for day in self.days
        }
        price = ground.weights.price & ((1 << 34) - 1)
        self.value = price[np.maximum(layout.out, 0)]

    def slots_on(self, days: Sequence[int]) -> Short:
        """Give the open slots on some days."""
        found = [self._by_day[day] for day in days if day in self._by_day]
        return np.concatenate(found) if found else np.zeros(0, np.int32)


def to_sequence(programme: Programme, wished: Short) -> list[Block]:
    """Part a programme into blocks that keep who is where: rooms of a day that share surgeons.

    `wished` holds the slot of each case, that of those too whom the list schedule left out.
    """
    ground = programme.ground
    layout = ground.layout
    cells = programme.movable(np.flatnonzero(layout.day[wished] >= 0).astype(np.int32))
    together = _Together()
    for cell in cells.tolist():
        option = ground.space.options[int(ground.compiled.slot_code[wished[cell]]) - 1]
        day = option.session.day
        place = (day, option.session.theatre)
        together.join(("room", *place), ("cell", cell))
        if option.surgeon is not None:
            together.join(("room", *place), ("surgeon", day, option.surgeon))
    found: dict[Hashable, list[int]] = defaultdict(list)
    for cell in cells.tolist():
        found[together.root(("cell", cell))].append(cell)
    blocks = []
    for members in found.values():
        part = np.array(members, np.int32)
        allowed = np.zeros(len(layout.day), bool)
        allowed[wished[part]] = True
        blocks.append(Block(part, allowed, frozenset({int(layout.day[wished[part[0]]])})))
    return blocks


class _Together:
    """Sets that grow together (union–find)."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, thing: Hashable) -> Hashable:
        parent = self._parent.setdefault(thing, thing)
        while parent != thing:
            thing, parent = parent, self._parent[parent]
        return thing

    def join(self, one: Hashable, other: Hashable) -> None:
        self._parent[self.root(other)] = self.root(one)


class Busy(NamedTuple):
    """The days and cells that others work on."""

    days: frozenset[int] = frozenset()
    cells: frozenset[int] = frozenset()


Choose: TypeAlias = Callable[[Programme, random.Random, Busy], Block | None]
"""Choose a block outside what others work on."""


class Neighbourhoods:
    """Ways to choose blocks for large-neighbourhood search."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def ways(self) -> dict[str, Choose]:
        """Give all ways by name."""
        return {
            "day": self.day,
            "one_day": lambda p, d, t: self._specialty(p, d, t, 1),
            "two_days": lambda p, d, t: self._specialty(p, d, t, 2),
            "three_days": lambda p, d, t: self._specialty(p, d, t, 3),
            "three_specialties": self.three_specialties,
        }

    def _days(self, draw: random.Random, taken: Busy, many: int) -> list[int]:
        free = [day for day in self.places.days if day not in taken.days]
        return sorted(draw.sample(free, min(many, len(free))))

    def day(self, programme: Programme, draw: random.Random, taken: Busy) -> Block | None:
        """Free a whole day, or what fits of it."""
        days = self._days(draw, taken, 1)
        everybody = range(self.places.specialties)
        if not days or len(programme.placed_on(days[0])) > LARGE:
            return self._specialty(programme, draw, taken, 1)
        return self._block(programme, draw, taken, days, frozenset(everybody))

    def _specialty(
        self, programme: Programme, draw: random.Random, taken: Busy, many: int
    ) -> Block | None:
        """Free a specialty on some days that it has sessions on."""
        number = draw.randrange(self.places.specialties)
        slots = self.places.slots_on([d for d in self.places.days if d not in taken.days])
        mine = slots[self.places.specialty[self.places.slot_cell[slots]] == number]
        days = np.unique(self.places.ground.layout.day[mine]).tolist()
        if not days:
            return None
        if many > 1 and len(days) > many and draw.random() < 0.5:  # neighbours share beds
            at = draw.randrange(len(days) - many + 1)
            chosen = days[at : at + many]
        else:
            chosen = sorted(draw.sample(days, min(many, len(days))))
        return self._block(programme, draw, taken, chosen, frozenset({number}))

    def three_specialties(
        self, programme: Programme, draw: random.Random, taken: Busy
    ) -> Block | None:
        """Free three specialties of a day."""
        days = self._days(draw, taken, 1)
        if not days:
            return None
        slots = self.places.slots_on(days)
        there = np.unique(self.places.specialty[self.places.slot_cell[slots]]).tolist()
        chosen = draw.sample(there, min(3, len(there)))
        return self._block(programme, draw, taken, days, frozenset(chosen))

    def _block(
        self,
        programme: Programme,
        draw: random.Random,
        taken: Busy,
        days: Sequence[int],
        specialties: frozenset[int],
    ) -> Block | None:
        places = self.places
        layout = places.ground.layout
        placed = [programme.placed_on(day) for day in days]
        cells = np.concatenate(placed)
        wanted = np.zeros(places.specialties, bool)
        wanted[sorted(specialties)] = True
        cells = programme.movable(cells[wanted[places.specialty[cells]]])
        slots = places.slots_on(days)
        slots = slots[wanted[places.specialty[places.slot_cell[slots]]]]
        count = np.bincount(places.slot_cell[slots], minlength=len(places.specialty))
        waiting = programme.waiting()
        waiting = waiting[(count[waiting] > 0) & wanted[places.specialty[waiting]]]
        waiting = waiting[~np.isin(waiting, np.array(sorted(taken.cells), np.int32))]
        cells = self._fitting(draw, cells, self._drawn(draw, waiting), count)
        if not len(cells):
            return None
        inside = np.zeros(len(places.specialty), bool)
        inside[cells] = True
        allowed = np.zeros(len(layout.day), bool)
        allowed[slots[inside[places.slot_cell[slots]]]] = True
        return Block(cells, allowed, frozenset(days))

    def _drawn(self, draw: random.Random, waiting: Short) -> list[int]:
        """Draw some waiting cases, dear ones more often."""
        keys = [
            (draw.random() ** (1.0 / max(1.0, float(self.places.value[cell]))), cell)
            for cell in waiting.tolist()
        ]
        return [cell for _, cell in sorted(keys, reverse=True)[:_WAITING]]

    def _fitting(
        self, draw: random.Random, cells: Short, waiting: list[int], count: Whole
    ) -> Short:
        """Keep as many cells as a block may have open slots; waiting cases take a third at most."""
        found: list[int] = []
        left = _LITERALS // 3
        for cell in waiting:
            if count[cell] <= left:
                found.append(cell)
                left -= int(count[cell])
        left += _LITERALS - _LITERALS // 3
        order = cells.tolist()
        draw.shuffle(order)
        for cell in order:
            if count[cell] + 1 <= left:
                found.append(cell)
                left -= int(count[cell]) + 1
        return np.array(sorted(found), np.int32)
