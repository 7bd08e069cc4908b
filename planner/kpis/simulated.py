"""What the simulation of a plan expects; not available where the plan has moved on since."""

from planner.kpis.contract import Amounts, Outcome, Ratio, kpi


@kpi("expected_overtime", unit="minute", better="less", part="theatre")
def expected_overtime(outcome: Outcome) -> Amounts | None:
    """Add, session by session, the minutes after its end that the simulation finds on average."""
    found = outcome.outlook.whole
    if found is None:
        return None
    return {("session", s.session): s.overtime for s in found.sessions if s.overtime > 0}


@kpi("late_chance", unit="per cent", better="less", part="theatre")
def late_chance(outcome: Outcome) -> Ratio | None:
    """Give the chance to end after its end, as a mean of the sessions that have a case."""
    found = outcome.outlook.whole
    if found is None:
        return None
    return Ratio(sum(each.late for each in found.sessions), 1000 * len(found.sessions))
