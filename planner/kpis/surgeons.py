"""What a plan asks of the surgeons: minutes that they wait, rooms that they change."""

from planner.kpis.contract import Amounts, Key, Outcome, kpi
from planner.rules.holding import operating


@kpi("surgeon_idle", unit="minute", better="less", part="theatre")
def surgeon_idle(outcome: Outcome) -> Amounts:
    """Add, a surgeon and day, what lies between first start and last end without a case of hers.

    Of a surgeon of two theatres the critical parts of cases count, in which she is needed. A day on
    which one of her cases has no start counts nothing.
    """
    found: dict[Key, int] = {}
    facts = outcome.theatre.facts
    for (surgeon, _), together in outcome.theatre.surgeon_days().items():
        parts = [part for p in together if (part := operating(facts, p, surgeon))]
        if len(parts) == len(together):
            whole = max(end for _, end in parts) - min(begin for begin, _ in parts)
            idle = whole - sum(end - begin for begin, end in parts)
            if idle > 0:
                key = ("surgeon", surgeon)
                found[key] = found.get(key, 0) + idle
    return found


@kpi("room_changes", unit="change", better="less", part="theatre")
def room_changes(outcome: Outcome) -> Amounts:
    """Count, a surgeon and day, the theatres beyond the first in which she operates."""
    found: dict[Key, int] = {}
    for (surgeon, _), together in outcome.theatre.surgeon_days().items():
        more = len({placed.session.theatre for placed in together}) - 1
        if more > 0:
            key = ("surgeon", surgeon)
            found[key] = found.get(key, 0) + more
    return found
