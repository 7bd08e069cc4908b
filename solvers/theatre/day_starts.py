"""The cases of a day with their starts, and how early they may be by its clock."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from solvers.theatre.clock import choice_of
from solvers.theatre.exact import Move
from solvers.theatre.listing import DayList
from solvers.theatre.programme import Ground


class DayStarts:
    """A day as its clock sees it: `there` holds slot and start by cell, and may change."""

    def __init__(self, ground: Ground, day: int, there: dict[int, Move]) -> None:
        self.there = there
        self._number = {move.slot: number for number, move in enumerate(there.values())}
        choices = [choice_of(number, ground.option(slot)) for slot, number in self._number.items()]
        self._clock = ground.clocks.day(day, choices)
        self._low = tuple(self._clock.low)

    def moved_up(self, inside: Sequence[Move], free: AbstractSet[int]) -> list[Move]:
        """Let cases begin as soon as may be, in the order in which they stand; only `free` cells move."""
        up = {move.cell for move in inside}
        kept = (move for move in self.there.values() if move.cell not in up)
        day = DayList(self._clock, {self._number[move.slot]: move.start for move in kept})
        found: list[Move] = []
        for move in inside:
            start = move.start
            if move.cell in free:
                soonest = self._soonest(day, move, found[-1].start if found else 0)
                start = start if soonest is None else min(start, soonest)
            day.put(self._number[move.slot], start)
            found.append(move._replace(start=start))
        return found

    def _soonest(self, day: DayList, move: Move, low: int) -> int | None:
        number = self._number[move.slot]
        self._clock.low[number] = max(self._low[number], low)
        start = day.soonest(number)
        self._clock.low[number] = self._low[number]
        return start
