"""How well the sessions are used: opening, filling, sessions left empty (MeaH/ANAP, AACD)."""

from collections.abc import Iterable, Iterator

from planner.clock import SATURDAY, SUNDAY
from planner.hospital import Session
from planner.kpis.contract import Amounts, Outcome, Ratio, kpi

WEEKDAY_POTENTIAL, SATURDAY_POTENTIAL = 600, 240
"""Minutes a day that a theatre could be open: 54 h a week (MeaH)."""


def _planning(outcome: Outcome) -> Iterator[Session]:
    """Give the sessions for planned cases: those kept for emergencies are counted nowhere here."""
    return (session for session in outcome.problem.sessions if not session.emergency)


def _offered(outcome: Outcome) -> Iterator[Session]:
    return (session for session in _planning(outcome) if not session.closed)


def _length(outcome: Outcome, sessions: Iterable[Session]) -> int:
    return sum(map(outcome.theatre.facts.length, sessions))


def _operating(outcome: Outcome, session: Session) -> int:
    return sum(placed.minutes for placed in outcome.theatre.inside(session))


def _planned(outcome: Outcome, session: Session) -> int:
    """Give cases and the turnovers between them; the one before the first lies outside."""
    inside = outcome.theatre.inside(session)
    return sum(p.minutes for p in inside) + sum(p.turnover for p in inside[1:])


@kpi("open_sessions", unit="session", better="none", part="theatre")
def open_sessions(outcome: Outcome) -> Amounts:
    """Count the sessions that have a case."""
    return {("session", s.id): 1 for s in _planning(outcome) if outcome.theatre.inside(s)}


@kpi("empty_sessions", unit="per cent", better="less", part="theatre")
def empty_sessions(outcome: Outcome) -> Ratio:
    """Give the share of the sessions on offer that have no case (taux de vacations vides)."""
    offered = list(_offered(outcome))
    return Ratio(sum(not outcome.theatre.inside(s) for s in offered), len(offered))


@kpi("offered_minutes", unit="minute", better="none", part="theatre")
def offered_minutes(outcome: Outcome) -> Amounts:
    """Add the minutes of the sessions on offer (TVO, temps de vacation offert)."""
    return {("session", s.id): outcome.theatre.facts.length(s) for s in _offered(outcome)}


@kpi("planned_minutes", unit="minute", better="none", part="theatre")
def planned_minutes(outcome: Outcome) -> Amounts:
    """Add planned cases and the turnovers between them (TPOS = Σ planned + τ·(n − 1))."""
    return {
        ("session", s.id): _planned(outcome, s)
        for s in _planning(outcome)
        if outcome.theatre.inside(s)
    }


@kpi("planned_fill", unit="per cent", better="more", part="theatre")
def planned_fill(outcome: Outcome) -> Ratio:
    """Give TPOS / TVO: planned cases and turnovers over the minutes on offer."""
    planned = sum(_planned(outcome, s) for s in _planning(outcome))
    return Ratio(planned, _length(outcome, _offered(outcome)))


@kpi("used_fill", unit="per cent", better="more", part="theatre")
def used_fill(outcome: Outcome) -> Ratio:
    """Give planned cases and turnovers over the minutes of the sessions that have a case."""
    used = [s for s in _planning(outcome) if outcome.theatre.inside(s)]
    return Ratio(sum(_planned(outcome, s) for s in used), _length(outcome, used))


@kpi("patient_fill", unit="per cent", better="more", part="theatre")
def patient_fill(outcome: Outcome) -> Ratio:
    """Give the planned minutes with a patient in the room, over those on offer (uncapped).

    Turnovers do not count, and what runs late does: the figure is the same in every order.
    """
    operated = sum(_operating(outcome, s) for s in _planning(outcome))
    return Ratio(operated, _length(outcome, _offered(outcome)))


@kpi("capped_fill", unit="per cent", better="more", part="theatre", profiles=("nhs", "us"))
def capped_fill(outcome: Outcome) -> Ratio:
    """Give the planned minutes with a patient in the room inside the session, over those on offer.

    A session with a case without a start counts its cases up to its length.
    """
    facts, inside = outcome.theatre.facts, 0
    for session in _planning(outcome):
        starts = [(p.begin, p.minutes) for p in outcome.theatre.inside(session)]
        if any(start is None for start, _ in starts):
            inside += min(facts.length(session), _operating(outcome, session))
            continue
        for start, minutes in starts:
            assert start is not None
            opens, closes = facts.opens(session), facts.closes(session)
            inside += max(0, min(start + minutes, closes) - max(start, opens))
    return Ratio(inside, _length(outcome, _offered(outcome)))


@kpi("opening_rate", unit="per cent", better="none", part="theatre", profiles=("fr",))
def opening_rate(outcome: Outcome) -> Ratio:
    """Give TVO over the potential of the theatres: 600 min Monday to Friday, 240 on Saturday."""
    horizon = outcome.problem.horizon
    a_theatre = 0
    for day in range(horizon.days):
        weekday = horizon.weekday(day)
        if weekday < SATURDAY:
            a_theatre += WEEKDAY_POTENTIAL
        elif weekday < SUNDAY:
            a_theatre += SATURDAY_POTENTIAL
    potential = a_theatre * len(outcome.problem.theatres)
    return Ratio(_length(outcome, _offered(outcome)), potential)


@kpi("underused_minutes", unit="minute", better="less", part="theatre")
def underused_minutes(outcome: Outcome) -> Amounts:
    """Add what planned cases and turnovers leave empty in the sessions that have a case.

    u = max(0, A − w) (Dexter, Macario).
    """
    empty = {
        ("session", s.id): outcome.theatre.facts.length(s) - _planned(outcome, s)
        for s in _planning(outcome)
        if outcome.theatre.inside(s)
    }
    return {key: minutes for key, minutes in empty.items() if minutes > 0}
