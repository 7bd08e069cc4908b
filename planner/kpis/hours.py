"""Hours on the roster against the contracts."""

from planner.kpis.contract import Amounts, Outcome, kpi
from planner.people import StaffMember

WORK = "work"


@kpi("staff_minutes", unit="minute", better="none", part="roster")
def staff_minutes(outcome: Outcome) -> Amounts:
    """Add the effective minutes of all duties of the horizon, on-call duties left out."""
    worked = ((person, _worked(outcome, person)) for person in outcome.problem.staff)
    return {("staff", person.id): minutes for person, minutes in worked if minutes}


@kpi("minutes_above", unit="minute", better="less", part="roster")
def minutes_above(outcome: Outcome) -> Amounts:
    """Add, person by person, the minutes above what the contract asks."""
    over = ((p.id, _worked(outcome, p) - _due(outcome, p)) for p in outcome.problem.staff)
    return {("staff", id): minutes for id, minutes in over if minutes > 0}


@kpi("minutes_below", unit="minute", better="less", part="roster")
def minutes_below(outcome: Outcome) -> Amounts:
    """Add, person by person, the minutes below what the contract asks."""
    under = ((p.id, _due(outcome, p) - _worked(outcome, p)) for p in outcome.problem.staff)
    return {("staff", id): minutes for id, minutes in under if minutes > 0}


def _worked(outcome: Outcome, person: StaffMember) -> int:
    duties = outcome.roster.duties(person.id, 0, outcome.problem.horizon.last)
    return sum(d.end - d.start - d.shift.pause for d in duties if WORK in d.shift.tags)


def _due(outcome: Outcome, person: StaffMember) -> int:
    """Give the contract's weekly minutes × share for the days of the horizon on which she is there."""
    facts, horizon = outcome.roster.facts, outcome.problem.horizon
    contract = facts.contracts.get(person.contract)
    there = sum(not facts.off(person.id, day) for day in range(horizon.days))
    exact = 0 if contract is None else contract.week * person.share * there
    return (exact + 350) // 700  # per cent of a week, rounded half up
