"""What moves against the outcome that is compared with."""

from planner.kpis.contract import Amounts, Key, Outcome, kpi
from planner.plan import Placement


@kpi("cases_moved", unit="case", better="none", part="theatre", compares=True)
def cases_moved(outcome: Outcome) -> Amounts | None:
    """Count the cases placed in both plans, but in another session, or at another start.

    None where there is nothing to compare with.
    """
    if outcome.reference is None:
        return None
    before = {each.case: each for each in outcome.reference.plan.placements}
    return {
        ("case", each.case): 1
        for each in outcome.plan.placements
        if each.case in before and _when(each) != _when(before[each.case])
    }


def _when(placement: Placement) -> tuple[str, int | None]:
    return placement.session, placement.start


@kpi("duties_changed", unit="duty", better="none", part="roster", compares=True)
def duties_changed(outcome: Outcome) -> Amounts | None:
    """Count, person by person, the days on which she has other shifts than in the other plan."""
    if outcome.reference is None:
        return None
    found: dict[Key, int] = {}
    now, then = set(outcome.plan.duties), set(outcome.reference.plan.duties)
    for person, _ in sorted({(duty.person, duty.day) for duty in now ^ then}):
        key = ("staff", str(person))
        found[key] = found.get(key, 0) + 1
    return found
