"""Amounts of theatre options put together as few prices."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from planner.cases import Case
from planner.rules.blocks import Codes, Price
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


def priced_days(
    space: TheatreSpace, what: str, cases: Iterable[Case], amount: Callable[[Case, int], int]
) -> Iterator[Price]:
    """Give one price for all options of the same amount, where it depends on case and day alone."""
    cells: dict[int, dict[int, None]] = defaultdict(dict)
    codes: dict[int, list[int]] = defaultdict(list)
    for case in cases:
        cell = space.cell_of[case.id]
        for day, options in space.days_of(cell).items():
            each = amount(case, day)
            if each > 0:
                cells[each][cell] = None
                codes[each] += options
    for each in sorted(codes):
        yield Price(what, tuple(cells[each]), Codes(frozenset(codes[each])), each)
