"""Starts that are later than anything asks for: nobody should wonder why a theatre stands empty.

A search takes any start that costs the same. So in the end each session begins as early as it may:
its cases move up one after the other, or all by as much, where no rule's price rises by it.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from solvers.theatre.day_starts import DayStarts
from solvers.theatre.exact import MANY, Exact, Move
from solvers.theatre.programme import Ground


class Earlier:
    """Moves starts of the plan under `exact` up, those of `free` cells alone."""

    def __init__(
        self,
        ground: Ground,
        exact: Exact,
        there: Mapping[int, dict[int, Move]],
        free: AbstractSet[int],
        over: Callable[[], bool],
    ) -> None:
        self._ground = ground
        self._exact = exact
        self._there = there
        self._free = free
        self._over = over

    def run(self) -> None:
        """Move up what may, day by day."""
        for day in sorted(self._there):
            that = DayStarts(self._ground, day, self._there[day])
            sessions = sorted({self._session(move) for move in that.there.values()})
            together: dict[int, list[Move]] = {}
            for session in sessions:
                moves = self._up(that, session)
                if sum(map(len, together.values())) + len(moves) > MANY:
                    self._settle(that, together)
                    together, moves = {}, self._up(that, session)
                if moves:
                    together[session] = self._put(that, moves)
            self._settle(that, together)
            if self._over():
                return

    def _session(self, move: Move) -> int:
        return int(self._ground.layout.session[move.slot])

    def _up(self, that: DayStarts, session: int) -> list[Move]:
        """Give the cases of a session that can begin earlier, as early as they can."""
        there = (move for move in that.there.values() if self._session(move) == session)
        inside = sorted(there, key=lambda move: (move.start, move.cell))
        if self._free.isdisjoint(move.cell for move in inside) or not self._gap(session, inside):
            return []
        return [move for move in that.moved_up(inside, self._free) if move not in inside]

    def _gap(self, session: int, inside: list[Move]) -> bool:
        """Tell whether the theatre is empty before one of some cases, longer than it takes to turn over."""
        space = self._ground.space
        free = space.facts.opens(space.problem.sessions[session])
        for number, move in enumerate(inside):
            option = self._ground.option(move.slot)
            if move.start > free + (option.turnover if number else 0):
                return True
            free = move.start + option.minutes
        return False

    def _put(self, that: DayStarts, moves: list[Move]) -> list[Move]:
        """Put cases where they are to be; give what stood there."""
        before = [that.there[move.cell] for move in moves]
        that.there.update((move.cell, move) for move in moves)
        return before

    def _settle(self, that: DayStarts, together: dict[int, list[Move]]) -> None:
        """Keep what was put for several sessions if nothing costs more, else what single ones may."""
        moves = [that.there[was.cell] for before in together.values() for was in before]
        if not moves or self._taken(moves):
            return
        for before in together.values():
            self._put(that, before)
        for session in together:
            moves = self._up(that, session)
            if moves and len(together) > 1 and self._taken(moves):
                self._put(that, moves)
            elif moves:
                self._all_by(that, session, moves)

    def _all_by(self, that: DayStarts, session: int, moves: list[Move]) -> None:
        """Let all cases of a session begin earlier by as much as the last of them can."""
        inside = [move for move in that.there.values() if self._session(move) == session]
        by = min(that.there[move.cell].start - move.start for move in moves)
        if len(moves) == len(inside):
            shifted = [move._replace(start=move.start - by) for move in inside]
            if self._taken(shifted):
                self._put(that, shifted)

    def _taken(self, moves: list[Move]) -> bool:
        """Make moves if no rule's price rises by them; say whether it was so."""
        if self._over():
            return False
        change = self._exact.tried(moves)
        prices: Counter[str] = Counter()
        for each in change.new:
            prices[each.rule.id] += each.cost
        for each in change.gone:
            prices[each.rule.id] -= each.cost
        if max(prices.values(), default=0) > 0:
            return False
        self._exact.take(moves, change)
        return True
