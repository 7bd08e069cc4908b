"""Which case of a session comes next where some are to start before others, in a list schedule."""

from typing import NamedTuple

from planner.rules.timing import Order
from solvers.theatre.clock import FAR, DayClock


class _Side(NamedTuple):
    """A choice's side of an order: the order's number, its price, who is on the other side."""

    order: int
    price: int
    early: bool
    others: frozenset[int]


class Orders:
    """The orders of a day: binding ones bound the starts, and all of them rank what waits."""

    def __init__(self, clock: DayClock) -> None:
        said = [each for each in clock.said if isinstance(each.verb, Order)]
        self._sides: dict[int, list[_Side]] = {}
        self._first = [FAR] * len(said)  # of those that come late, and are placed
        self._last = [0] * len(said)  # of those that come early
        for number, (verb, price, _) in enumerate(said):
            assert isinstance(verb, Order)
            early, late = frozenset(verb.early), frozenset(verb.late)
            for mine, others in ((early, late), (late, early)):
                for choice in mine:
                    side = _Side(number, price, mine is early, others)
                    self._sides.setdefault(choice, []).append(side)

    def put(self, choice: int, start: int) -> None:
        """Note the start of a choice."""
        for side in self._sides.get(choice, ()):
            if side.early:
                self._last[side.order] = max(self._last[side.order], start)
            else:
                self._first[side.order] = min(self._first[side.order], start)

    def low(self, choice: int) -> int:
        """Give the first start that binding orders leave to a choice."""
        sides = self._sides.get(choice, ())
        return max((self._last[s.order] for s in sides if not s.early and not s.price), default=0)

    def high(self, choice: int) -> int:
        """Give the last start that binding orders leave to a choice."""
        sides = self._sides.get(choice, ())
        return min((self._first[s.order] for s in sides if s.early and not s.price), default=FAR)

    def waits(self, choice: int, there: frozenset[int]) -> bool:
        """Tell whether a choice has to wait for another of those that are there."""
        return any(
            not side.early and not side.price and not side.others.isdisjoint(there)
            for side in self._sides.get(choice, ())
        )

    def price(self, choice: int, there: frozenset[int]) -> int:
        """Give what it seems to cost that a choice comes before the others that are there."""
        return sum(
            -side.price if side.early else side.price
            for side in self._sides.get(choice, ())
            if not side.others.isdisjoint(there)
        )
