"""What a grid costs: waiting list without a place, peaks of beds, sessions that get another owner."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.clock import WEEK
from planner.hospital import SpecialtyId, WardId
from planner.master.demand import Need
from planner.master.grid import MILLI, Grid, Owners
from planner.score import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The cost of a grid: `unmet` and `changed` in points, `beds` in thousandths of one.

    `waiting` are minutes of the waiting list without a place by specialty, `load` thousandths of a
    bed by ward and day of the cycle.
    """

    unmet: int
    beds: int
    changed: int
    waiting: Mapping[SpecialtyId, int]
    load: Mapping[WardId, tuple[int, ...]]

    @property
    def exact(self) -> int:
        """The whole cost in thousandths of a point."""
        return MILLI * (self.unmet + self.changed) + self.beds

    @property
    def score(self) -> Score:
        """The cost in whole points: waiting list, beds and changes as tiers 1, 2 and 4."""
        beds = -(-self.beds // MILLI)
        tiers = (self.unmet, beds, 0, self.changed)
        return Score(tiers=tiers, total=sum(tiers))

    def peak(self, ward: WardId) -> tuple[float, int]:
        """Give the beds of a ward on its fullest day, and that day of the cycle."""
        load = self.load[ward]
        day = max(range(len(load)), key=load.__getitem__)
        return load[day] / MILLI, day

    def variance(self, wards: Sequence[WardId]) -> float:
        """Give the variance over the cycle of the beds of each of some wards, added up."""
        return sum(_variance([beds / MILLI for beds in self.load[ward]]) for ward in wards)


def _variance(beds: Sequence[float]) -> float:
    mean = sum(beds) / len(beds)
    return sum((each - mean) ** 2 for each in beds) / len(beds)


def grade(grid: Grid, owners: Owners) -> Grade:
    """Judge a grid: the owners of its free templates."""
    unmet, waiting = 0, {}
    rooms = rooms_of(grid, owners)
    for specialty, asked in grid.needs.items():
        left = without_place(asked, rooms[specialty])
        unmet += sum(need.weight * minutes for need, minutes in zip(asked, left, strict=True))
        waiting[specialty] = sum(left)
    load = load_of(grid, owners)
    options = grid.options
    return Grade(
        unmet=unmet,
        beds=sum(
            options.bed * max(days)
            + options.shut * sum(b for day, b in enumerate(days) if grid.shut(ward, day))
            for ward, days in load.items()
        ),
        changed=options.change
        * sum(
            max(1, slot.times)
            for slot in grid.free
            if owners[slot.template.id] != grid.present[slot.template.id]
        ),
        waiting=waiting,
        load=load,
    )


def allowed(grid: Grid, owners: Owners) -> bool:
    """Tell whether a grid keeps to rooms, surgeons and each specialty's minimum."""
    count: dict[tuple[SpecialtyId, int, int], int] = defaultdict(int)
    kept: dict[SpecialtyId, int] = defaultdict(int)
    for slot in grid.free:
        owner = owners[slot.template.id]
        if not grid.suits(slot, owner):
            return False
        kept[owner] += grid.cycle_minutes(slot)
        for day in slot.days:
            for half in slot.halves:
                count[owner, day, half] += 1
    limits = grid.limits()
    if any(number > limits[key][0] for key, number in count.items()):
        return False
    return all(kept[specialty] >= grid.minimum(specialty) for specialty in grid.specialties)


def rooms_of(grid: Grid, owners: Owners) -> Mapping[SpecialtyId, dict[frozenset[str], int]]:
    """Give the minutes that each specialty can fill, by the features of the theatres."""
    found: dict[SpecialtyId, dict[frozenset[str], int]] = defaultdict(lambda: defaultdict(int))
    for slot in grid.free:
        found[owners[slot.template.id]][slot.features] += grid.usable(slot)
    for slot, owner, sharers in grid.fixed:
        found[owner][slot.features] += grid.usable(slot) // sharers
    return found


def load_of(grid: Grid, owners: Owners) -> Mapping[WardId, tuple[int, ...]]:
    """Give the beds of each ward by day of the cycle, in thousandths."""
    found: dict[tuple[WardId, int], int] = defaultdict(int, grid.fixed_beds)
    for slot in grid.free:
        for key, beds in grid.beds(slot, owners[slot.template.id]).items():
            found[key] += beds
    wards = [w.id for w in grid.problem.wards if w.kind in ("ward", "intensive")]
    return {w: tuple(found[w, day] for day in range(WEEK * grid.weeks)) for w in wards}


def without_place(asked: Sequence[Need], rooms: Mapping[frozenset[str], int]) -> tuple[int, ...]:
    """Give the minutes of each need that find no place, when the dearest are placed first."""
    inside = placed(asked, rooms)
    return tuple(
        need.minutes - sum(inside.get((number, features), 0) for features in rooms)
        for number, need in enumerate(asked)
    )


def placed(
    asked: Sequence[Need], rooms: Mapping[frozenset[str], int]
) -> Mapping[tuple[int, frozenset[str]], int]:
    """Place minutes into theatres, the dearest first: by number of the need and theatre's features.

    A need that is placed stays so; it may move to another theatre for the next one. No other order
    of placing leaves less behind (the minutes that can be placed together are a polymatroid).
    """
    room = dict(rooms)
    inside: dict[tuple[int, frozenset[str]], int] = defaultdict(int)
    for number, need in enumerate(asked):
        rest = need.minutes
        while rest:
            path = _path(number, asked, room, inside)
            if path is None:
                break
            amount = min(rest, room[path[-1][1]], *(inside[step] for step in _leaving(path)))
            for place, (who, where) in enumerate(path):
                inside[who, where] += amount
                if place + 1 < len(path):
                    inside[path[place + 1][0], where] -= amount
            room[path[-1][1]] -= amount
            rest -= amount
    return inside


_Step = tuple[int, frozenset[str]]


def _leaving(path: Sequence[_Step]) -> Iterator[_Step]:
    """Give who leaves which theatres on a path: each next one makes room for the one before."""
    for (_, where), (who, _) in pairwise(path):
        yield who, where


def _path(
    number: int,
    asked: Sequence[Need],
    room: Mapping[frozenset[str], int],
    inside: Mapping[_Step, int],
) -> list[_Step] | None:
    """Find a shortest chain of moves that gives a need a place: (who, into which theatres)."""
    before: dict[_Step, _Step | None] = {}
    waiting: deque[_Step] = deque()
    for features in room:
        if asked[number].features <= features:
            before[number, features] = None
            waiting.append((number, features))
    seen = {features for _, features in waiting}
    while waiting:
        step = waiting.popleft()
        if room[step[1]] > 0:
            path, here = [], step
            while True:
                path.append(here)
                back = before[here]
                if back is None:
                    return path[::-1]
                here = back
        for who in range(number):
            if inside.get((who, step[1]), 0) > 0:
                for features in room:
                    if features not in seen and asked[who].features <= features:
                        seen.add(features)
                        before[who, features] = step
                        waiting.append((who, features))
    return None
