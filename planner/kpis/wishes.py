"""Wishes of the staff that the roster refuses."""

from planner.kpis.contract import Amounts, Key, Outcome, Ratio, kpi
from planner.people import Request


@kpi("wishes_refused", unit="wish", better="less", part="roster")
def wishes_refused(outcome: Outcome) -> Amounts:
    """Count the wishes of the horizon that are not met, person by person."""
    found: dict[Key, int] = {}
    for wish in _wishes(outcome):
        if not _met(outcome, wish):
            key = ("staff", str(wish.person))
            found[key] = found.get(key, 0) + 1
    return found


@kpi("wishes_met", unit="per cent", better="more", part="roster")
def wishes_met(outcome: Outcome) -> Ratio:
    """Give the share of the wishes of the horizon that are met."""
    wishes = _wishes(outcome)
    return Ratio(sum(_met(outcome, wish) for wish in wishes), len(wishes))


def _wishes(outcome: Outcome) -> list[Request]:
    last = outcome.problem.horizon.last
    return [wish for wish in outcome.problem.requests if 0 <= wish.day <= last]


def _met(outcome: Outcome, wish: Request) -> bool:
    there = [shift.id for shift in outcome.roster.shifts(wish.person, wish.day)]
    return (bool(there) if wish.shift is None else wish.shift in there) == wish.wanted
