"""Amounts of theatre options put together as few prices."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from planner.rules.blocks import Price
from planner.rules.space import Option, TheatreSpace


def priced(
    space: TheatreSpace, what: str, amounts: Iterable[tuple[Option, int]]
) -> Iterator[Price]:
    """Give one price for all options of the same amount; an amount of 0 costs nothing."""
    grouped: dict[int, list[Option]] = defaultdict(list)
    for option, amount in amounts:
        if amount > 0:
            grouped[amount].append(option)
    for amount in sorted(grouped):
        options = grouped[amount]
        yield Price(what, space.cells_of(options), space.codes_in(options), amount)
