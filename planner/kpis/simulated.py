"""What the simulation of a plan expects; not available where the plan has moved on since."""

from planner.forecast import SessionForecast
from planner.kpis.contract import Amounts, Outcome, Ratio, kpi


def _expected(outcome: Outcome) -> list[SessionForecast] | None:
    """Give what is to be expected of each session with a case, None without a forecast up to date."""
    forecast = outcome.outlook.whole
    return None if forecast is None else [each for day in forecast.days for each in day.sessions]


@kpi("expected_overtime", unit="minute", better="less", part="theatre")
def expected_overtime(outcome: Outcome) -> Amounts | None:
    """Add, session by session, the minutes after its end that the simulation finds on average."""
    found = _expected(outcome)
    if found is None:
        return None
    return {("session", each.session): each.overtime for each in found if each.overtime > 0}


@kpi("late_chance", unit="per cent", better="less", part="theatre")
def late_chance(outcome: Outcome) -> Ratio | None:
    """Give the chance to end after its end, as a mean of the sessions that have a case."""
    found = _expected(outcome)
    return None if found is None else Ratio(sum(each.late for each in found), 1000 * len(found))
