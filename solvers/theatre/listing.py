"""A list schedule: each session takes next the case that can begin soonest; what fits nowhere is left.

A case that others of the session have to follow comes first, whoever could begin sooner.

Plain and fast (a day of 150 cases in some milliseconds), so that every assignment gets starts at
once; exact sequencing follows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from planner.facts import GRID
from planner.rules.timing import BlockUntil, Choice, NeverBoth, Stretch
from solvers.theatre.clock import FAR, DayClock, hold
from solvers.theatre.listing_order import Orders

_FULL: Final = b"\x01"
_PLACES: Final = FAR // GRID + 1


class _Held:
    """How many hold a thing in each step of the grid, and where it is full."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.count = [0] * _PLACES
        self.full = bytearray(_PLACES) if capacity > 0 else bytearray(_FULL * _PLACES)

    def add(self, first: int, last: int, many: int = 1) -> None:
        """Take it from one minute to before another."""
        for place in range(max(first // GRID, 0), min(-(-last // GRID), _PLACES)):
            self.count[place] += many
            if self.count[place] >= self.capacity:
                self.full[place] = 1


class DayList:
    """A day under list scheduling: some starts are given, others are asked for."""

    def __init__(self, clock: DayClock, given: Mapping[int, int]) -> None:
        self.clock = clock
        self.starts = dict(given)
        self._orders = Orders(clock)
        self._holds: list[list[tuple[_Held, int, int]]] = [[] for _ in clock.choices]
        self._asks: list[list[tuple[_Held, int, int]]] = [[] for _ in clock.choices]
        for group in clock.groups:
            if group.price:
                continue
            held = _Held(group.capacity)
            for first, last in group.busy:
                held.add(first, last)
            self._crowd(held, group.stretches)
        for said in clock.said:
            if isinstance(said.verb, NeverBoth) and not said.price:
                self._part(said.verb)
            elif isinstance(said.verb, BlockUntil) and not said.price:  # nobody waits in a list
                self._crowd(_Held(said.verb.capacity), said.verb.stretches)
        for number, start in given.items():
            self.put(number, start)

    def _crowd(self, held: _Held, stretches: tuple[Stretch, ...]) -> None:
        """Let stretches hold a thing, and ask for it."""
        for stretch in stretches:
            before, whole = hold(self.clock.choices[stretch.choice], stretch)
            if whole > 0:
                self._holds[stretch.choice].append((held, before, whole))
                self._asks[stretch.choice].append((held, before, whole))

    def _part(self, verb: NeverBoth) -> None:
        """Let what either side holds be full for the other."""
        sides = (_Held(1), verb.one), (_Held(1), verb.other)
        for (mine, stretches), (theirs, _) in (sides, sides[::-1]):
            for stretch in stretches:
                before, whole = hold(self.clock.choices[stretch.choice], stretch)
                if whole > 0:
                    self._holds[stretch.choice].append((mine, before, whole))
                    self._asks[stretch.choice].append((theirs, before, whole))

    def put(self, number: int, start: int) -> None:
        """Give a choice a start."""
        self.starts[number] = start
        self._orders.put(number, start)
        for held, before, whole in self._holds[number]:
            held.add(start - before, start - before + whole)

    def soonest(self, number: int) -> int | None:
        """Give the first start of a choice that fits everything placed by now."""
        start = -(-max(self.clock.low[number], self._orders.low(number)) // GRID) * GRID
        last = min(self.clock.high[number], self._orders.high(number))
        asks = self._asks[number]
        while start <= last:
            was = start
            for held, before, whole in asks:
                first = max((start - before) // GRID, 0)
                end = -((before - start - whole) // GRID)
                at = held.full.rfind(_FULL, first, end)
                if at >= 0:
                    start = -(-((at + 1) * GRID + before) // GRID) * GRID
            again = self.clock.again
            if again is not None and again[0] <= start < again[1]:
                start = -(-again[1] // GRID) * GRID
            if start == was:
                return start
        return None

    def run(self, numbers: Sequence[int]) -> dict[int, int]:
        """Give starts to choices that want to be placed; those that fit nowhere are left out."""
        choices = self.clock.choices
        waiting: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            waiting[choices[number].session.id].append(number)
        surgeon: dict[str, str | None] = {}
        alone = {id: not self._shared(queued) for id, queued in waiting.items()}
        queue = [
            (self.clock.opens.get(id, choices[queued[0]].session.start), alone[id], id)
            for id, queued in waiting.items()
        ]
        heapify(queue)
        while queue:
            told, _, id = heappop(queue)
            found = self._next(waiting[id], surgeon.get(id))
            if found is None:
                continue
            start, number = found
            if start > told:
                heappush(queue, (start, alone[id], id))
                continue
            self.put(number, start)
            surgeon[id] = choices[number].surgeon
            waiting[id].remove(number)
            alone[id] = not self._shared(waiting[id])
            heappush(queue, (start + choices[number].minutes, alone[id], id))
        return self.starts

    def _shared(self, numbers: Sequence[int]) -> bool:
        """Tell whether a case needs a second surgeon: it comes before her own where it can."""
        return any(self.clock.choices[number].case.partners for number in numbers)

    def _next(self, queued: list[int], surgeon: str | None) -> tuple[int, int] | None:
        """Give (start, number) of the case of a session to come next."""
        soonest = ((self.soonest(number), number) for number in queued)
        found = [(start, number) for start, number in soonest if start is not None]
        there = frozenset(number for _, number in found)

        def rank(each: tuple[int, int]) -> tuple[bool, int, int, bool, bool, bool, int, int]:
            start, number = each
            waits, price = self._orders.waits(number, there), self._orders.price(number, there)
            return waits, start, price, *_rank(self.clock.choices[number], surgeon), number

        return min(found, key=rank, default=None)


def _rank(choice: Choice, surgeon: str | None) -> tuple[bool, bool, bool, int]:
    """Cases of two surgeons first, then day cases, then the surgeon who is there, then long cases."""
    return (
        not choice.case.partners,
        choice.case.mode != "day",
        choice.surgeon != surgeon,
        -choice.minutes,
    )
