"""Which cases are freed together, and where they may go: what a sub-model decides on."""

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from solvers.rows.arrays import Bools, Short, Whole
from solvers.theatre.programme import Ground, Programme

LARGE: Final = 60
"""Cases of a day above which it is sequenced by specialty."""
_WAITING: Final = 15
_LITERALS: Final = 420
"""Open slots of a block; a larger one takes longer than it gives."""
_TOGETHER: Final = 8
"""Cases of small blocks of a day that are sequenced in one model."""


_ROOMY: Final = 12
"""Places of a waiting case that are looked at: those with most room."""
_SESSIONS: Final = 3
"""Sessions of these that are freed."""


class Block(NamedTuple):
    """Cells to free, the slots that they may take, and the days that they can be on."""

    cells: Short
    allowed: Bools


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
        self.specialty_of_slot = self.specialty[self.slot_cell]
        self.day, self.session = layout.day, layout.session
        self.open: Bools = (layout.day >= 0) & (ground.weights.closed == 0)
        sessions = ground.space.problem.sessions
        self.room = np.array([ground.space.facts.length(each) for each in sessions], np.int64)
        length = [0, *(option.minutes + option.turnover for option in ground.space.options)]
        self.minutes = np.array(length, np.int64)[np.maximum(layout.compiled.slot_code, 0)]
        price = ground.weights.price & ((1 << 34) - 1)
        self.value = price[np.maximum(layout.out, 0)]


def to_sequence(programme: Programme, wished: Short) -> list[Block]:
    """Part a programme into blocks that keep who is where: rooms of a day that share surgeons.

    `wished` holds the slot of each case, that of those too whom the list schedule left out.
    """
    ground = programme.ground
    layout = ground.layout
    cells = programme.movable(np.flatnonzero(layout.day[wished] >= 0).astype(np.int32))
    together = _Together()
    for cell in cells.tolist():
        option = ground.option(wished[cell])
        day = option.session.day
        place = (day, option.session.theatre)
        together.join(("room", *place), ("cell", cell))
        if option.surgeon is not None:
            together.join(("room", *place), ("surgeon", day, option.surgeon))
        for partner in option.case.partners:
            together.join(("room", *place), ("surgeon", day, partner))
    found: dict[Hashable, list[int]] = defaultdict(list)
    for cell in cells.tolist():
        found[together.root(("cell", cell))].append(cell)
    blocks = []
    for members in _side_by_side(found.values(), layout.day[wished]):
        part = np.array(members, np.int32)
        allowed = np.zeros(len(layout.day), bool)
        allowed[wished[part]] = True
        blocks.append(Block(part, allowed))
    return blocks


def _side_by_side(parts: Iterable[list[int]], day: Short) -> Iterator[list[int]]:
    """Put small parts of a day together: a model costs as much for its day as for its cases."""
    open_: dict[int, list[int]] = {}
    for part in parts:
        of_day = int(day[part[0]])
        before = open_.pop(of_day, [])
        if len(before) + len(part) <= _TOGETHER:
            open_[of_day] = before + part
            continue
        small, large = sorted((before, part), key=len)
        open_[of_day] = small
        yield large
    yield from (part for part in open_.values() if part)


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


Choose: TypeAlias = Callable[[Programme, random.Random], Block | None]
"""Choose a block."""


class Neighbourhoods:
    """Ways to choose blocks for large-neighbourhood search."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def ways(self) -> dict[str, Choose]:
        """Give all ways by name."""
        return {
            "day": self.day,
            "one_day": lambda p, d: self._specialty(p, d, 1),
            "two_days": lambda p, d: self._specialty(p, d, 2),
            "three_days": lambda p, d: self._specialty(p, d, 3),
            "three_specialties": self.three_specialties,
            "six_sessions": lambda p, d: self._sessions(p, d, 6),
            "waiting": self.waiting,
        }

    def day(self, programme: Programme, draw: random.Random) -> Block | None:
        """Free a whole day, or what fits of it."""
        day = draw.choice(self.places.days)
        if len(programme.placed_on(day)) > LARGE:
            return self._specialty(programme, draw, 1)
        return self._block(programme, draw, self.places.day == day)

    def _specialty(self, programme: Programme, draw: random.Random, many: int) -> Block | None:
        """Free a specialty on some days that it has sessions on."""
        places = self.places
        mine = places.specialty_of_slot == draw.randrange(places.specialties)
        days = np.unique(places.day[mine & places.open]).tolist()
        if not days:
            return None
        many = min(many, len(days))
        if many > 1 and draw.random() < 0.5:  # neighbours share beds
            at = draw.randrange(len(days) - many + 1)
            chosen = days[at : at + many]
        else:
            chosen = draw.sample(days, many)
        return self._block(programme, draw, mine & np.isin(places.day, chosen))

    def _sessions(self, programme: Programme, draw: random.Random, many: int) -> Block | None:
        """Free some sessions of a specialty."""
        places = self.places
        mine = places.specialty_of_slot == draw.randrange(places.specialties)
        found = np.unique(places.session[mine & places.open]).tolist()
        chosen = draw.sample(found, min(many, len(found)))
        return self._block(programme, draw, mine & np.isin(places.session, chosen))

    def three_specialties(self, programme: Programme, draw: random.Random) -> Block | None:
        """Free three specialties of a day."""
        places = self.places
        there = places.day == draw.choice(places.days)
        found = np.unique(places.specialty_of_slot[there & places.open]).tolist()
        chosen = draw.sample(found, min(3, len(found)))
        return self._block(programme, draw, there & np.isin(places.specialty_of_slot, chosen))

    def waiting(self, programme: Programme, draw: random.Random) -> Block | None:
        """Free sessions that have room for a waiting case, with it."""
        found = self._drawn(draw, programme.waiting())
        return self.room_for(programme, draw, found[0]) if found else None

    def room_for(self, programme: Programme, draw: random.Random, cell: int) -> Block | None:
        """Free a case, and some of the sessions in which it would have most room."""
        places, start = self.places, programme.ground.compiled.slot_start
        mine = np.arange(start[cell], start[cell + 1])
        mine = mine[places.open[mine]]
        used = np.bincount(
            places.session[programme.slots] + 1,
            places.minutes[programme.slots],
            minlength=len(places.room) + 1,
        )[1:]
        left = (places.room - used)[places.session[mine]] - places.minutes[mine]
        best = np.unique(places.session[mine[np.argsort(-left, kind="stable")[:_ROOMY]]])
        if not len(best):
            return None
        chosen = draw.sample(best.tolist(), min(_SESSIONS, len(best)))
        inside = np.isin(places.session, chosen) & places.open
        cells = programme.movable(np.flatnonzero(inside[programme.slots]).astype(np.int32))
        freed = np.zeros(len(places.specialty), bool)
        freed[cells] = freed[cell] = True
        return Block(np.flatnonzero(freed).astype(np.int32), inside & freed[places.slot_cell])

    def _block(self, programme: Programme, draw: random.Random, inside: Bools) -> Block | None:
        """Free the cases in some slots and waiting ones that could be there, as many as fit."""
        places = self.places
        slots = np.flatnonzero(inside & places.open)
        count = np.bincount(places.slot_cell[slots], minlength=len(places.specialty))
        placed = np.flatnonzero(inside[programme.slots]).astype(np.int32)
        waiting = programme.waiting()
        waiting = waiting[count[waiting] > 0]
        cells = self._fitting(draw, programme.movable(placed), self._drawn(draw, waiting), count)
        if not len(cells):
            return None
        freed = np.zeros(len(places.specialty), bool)
        freed[cells] = True
        allowed = np.zeros(len(inside), bool)
        allowed[slots[freed[places.slot_cell[slots]]]] = True
        return Block(cells, allowed)

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
