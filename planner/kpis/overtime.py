"""Planned overtime: minutes after the end of the session."""

from planner.hospital import Session
from planner.kpis.contract import Amounts, Outcome, kpi


@kpi("planned_overtime", unit="minute", better="less", part="theatre")
def planned_overtime(outcome: Outcome) -> Amounts:
    """Add, session by session, the minutes from its end to the planned end of its last case.

    A session with a case without a start is judged by its sum of cases and turnovers, less its
    spare turnover, as the rules do.
    """
    return {
        ("session", session.id): late
        for session in outcome.problem.sessions
        if (late := _late(outcome, session)) > 0
    }


@kpi("late_sessions", unit="session", better="less", part="theatre")
def late_sessions(outcome: Outcome) -> Amounts:
    """Count the sessions that are planned to end late."""
    return {("session", s.id): 1 for s in outcome.problem.sessions if _late(outcome, s) > 0}


def _late(outcome: Outcome, session: Session) -> int:
    facts, inside = outcome.theatre.facts, outcome.theatre.inside(session)
    ends = [placed.over for placed in inside if placed.over is not None]
    if len(ends) < len(inside):
        used = sum(placed.minutes + placed.turnover for placed in inside)
        return used - facts.spare(session) - facts.length(session)
    return max(ends, default=0) - facts.closes(session)
