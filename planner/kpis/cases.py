"""How many cases have a place, in all and by priority class."""

from planner.kpis.contract import Amounts, Groups, Key, Outcome, kpi
from planner.rules.contract import EVERYONE


@kpi("scheduled", unit="case", better="more", part="theatre")
def scheduled(outcome: Outcome) -> Amounts:
    """Count the cases that have a place."""
    return {("case", placed.case.id): 1 for placed in outcome.theatre.all_placed()}


@kpi("unscheduled", unit="case", better="less", part="theatre")
def unscheduled(outcome: Outcome) -> Amounts:
    """Count the cases that wait beyond the horizon."""
    return {("case", case.id): 1 for case in outcome.theatre.waiting()}


@kpi("scheduled_minutes", unit="minute", better="more", part="theatre")
def scheduled_minutes(outcome: Outcome) -> Amounts:
    """Add the planned minutes of the cases that have a place."""
    return {("case", p.case.id): p.minutes for p in outcome.theatre.all_placed()}


@kpi("scheduled_by_class", unit="case", better="more", part="theatre")
def scheduled_by_class(outcome: Outcome) -> Groups:
    """Count the cases that have a place, by priority class."""
    return _by_class(outcome, placed=True)


@kpi("unscheduled_by_class", unit="case", better="less", part="theatre")
def unscheduled_by_class(outcome: Outcome) -> Groups:
    """Count the cases that wait beyond the horizon, by priority class."""
    return _by_class(outcome, placed=False)


def _by_class(outcome: Outcome, *, placed: bool) -> Groups:
    counted: dict[str, dict[Key, int]] = {each.id: {} for each in outcome.problem.priorities}
    for case in outcome.theatre.cases(EVERYONE):
        if (outcome.theatre.where(case.id) is not None) == placed:
            counted.setdefault(case.priority, {})["case", case.id] = 1
    return Groups("priority", counted)
