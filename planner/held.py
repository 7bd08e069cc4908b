"""Pins and accepted breaches that two scenarios do not share: what a comparison says of them."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from planner.rules.contract import Waiver
from planner.study import Pin


class PinChange(NamedTuple):
    """A pin that only one of two scenarios has, or that holds on other days; None: there is none."""

    scenario: str
    before: Pin | None
    after: Pin | None


class WaiverChange(NamedTuple):
    """A breach accepted in one of two scenarios only, or otherwise; None: it is not accepted."""

    scenario: str
    before: Waiver | None
    after: Waiver | None


def pin_changes(scenario: str, before: Sequence[Pin], after: Sequence[Pin]) -> Iterator[PinChange]:
    """Give the pins that differ, those of one case, person, day or session together."""
    was, now = set(before), set(after)
    for kind, id in dict.fromkeys((pin.kind, pin.id) for pin in (*before, *after)):
        gone, new = (
            [p for p in dict.fromkeys(mine) if (p.kind, p.id) == (kind, id) and p not in others]
            for mine, others in ((before, now), (after, was))
        )
        for one, two in zip_longest(gone, new):
            yield PinChange(scenario, one, two)


def waiver_changes(
    scenario: str, before: Sequence[Waiver], after: Sequence[Waiver]
) -> Iterator[WaiverChange]:
    """Give the accepted breaches that differ, those of one rule, people and days together."""
    was, now = ({_about(waiver): waiver for waiver in side} for side in (before, after))
    for about in dict.fromkeys((*was, *now)):
        if was.get(about) != now.get(about):
            yield WaiverChange(scenario, was.get(about), now.get(about))


def _about(waiver: Waiver) -> tuple[str, frozenset[str], int, int]:
    return waiver.rule, waiver.subjects, waiver.first, waiver.last
