"""When a case holds a shared thing: what the audit judges, and what boards draw.

Times only: who counts them, and against what, is the reader's own affair.
"""

from planner.facts import Facts
from planner.hospital import Equipment
from planner.rules.crowding import Held, held
from planner.rules.day_units import minutes_after
from planner.rules.hands import spared
from planner.view import Placed


def with_device(facts: Facts, equipment: Equipment, placed: Placed) -> Held:
    """Give when a case with a start holds a device: until it can be used again."""
    return held(facts.horizon, placed, after=equipment.delay)


def at_post(facts: Facts, placed: Placed, wait: int = 0) -> Held:
    """Give when a case with a start holds a post of the recovery room, `wait` minutes after its end."""
    later, stay = placed.minutes + wait, facts.recovery_minutes(placed.case)
    return held(facts.horizon, placed, before=-later, after=wait + stay)


def operating(facts: Facts, placed: Placed, surgeon: str) -> tuple[int, int] | None:
    """Give from when until when a case needs its surgeon, in minutes that pass after midnight.

    None without a start.
    """
    if placed.begin is None:
        return None
    opening, closing = spared(facts, placed.case, surgeon)
    return placed.begin + opening, placed.begin + placed.minutes - closing


def in_unit(facts: Facts, placed: Placed, arrival: int) -> Held:
    """Give when a case with a start holds a place of its day unit."""
    return held(facts.horizon, placed, before=arrival, after=minutes_after(facts, placed.case))
