"""How long patients wait, and who is late."""

from typing import Final

from planner.cases import Case
from planner.kpis.contract import Amounts, Outcome, kpi
from planner.problem import Problem

YEAR: Final = 360


@kpi("mean_wait", unit="day", better="less", part="theatre")
def mean_wait(outcome: Outcome) -> float | None:
    """Give the mean days from listing to the day of surgery, over the placed cases."""
    waits = _waits(outcome)
    return sum(waits) / len(waits) if waits else None


@kpi("wait_p90", unit="day", better="less", part="theatre")
def wait_p90(outcome: Outcome) -> int | None:
    """Give the days within which nine of ten placed cases are operated (nearest rank)."""
    waits = _waits(outcome)
    return waits[-(-9 * len(waits) // 10) - 1] if waits else None


@kpi("overdue", unit="case", better="less", part="theatre")
def overdue(outcome: Outcome) -> Amounts:
    """Count the cases operated after their due date, or left out with a due date in the horizon."""
    return {("case", case.id): 1 for case in outcome.problem.cases if _days_late(outcome, case) > 0}


def _longest(problem: Problem) -> dict[str, int]:
    """Give the longest wait of each class, in days."""
    return {each.id: max(1, each.wait) for each in problem.priorities}


@kpi("weighted_tardiness", unit="point", better="less", part="theatre", defined=_longest)
def weighted_tardiness(outcome: Outcome) -> Amounts:
    """Add days late × 360 ÷ the longest wait of the class, so that urgent days count more.

    A case left out counts as operated on the day after the horizon.
    """
    longest = _longest(outcome.problem)
    found = {
        ("case", case.id): _days_late(outcome, case) * YEAR // longest.get(case.priority, YEAR)
        for case in outcome.problem.cases
    }
    return {key: points for key, points in found.items() if points > 0}


def _waits(outcome: Outcome) -> list[int]:
    return sorted(p.session.day - p.case.listed for p in outcome.theatre.all_placed())


def _days_late(outcome: Outcome, case: Case) -> int:
    if case.due is None:
        return 0
    placed = outcome.theatre.where(case.id)
    day = outcome.problem.horizon.days if placed is None else placed.session.day
    return max(0, day - case.due)
